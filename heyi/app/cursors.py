"""Converts places in lists to text that a door may keep and give back."""

import json
import re
from datetime import datetime
from typing import Any

from engine.case.errors import HeyiError

_NUMBER = re.compile("[0-9]{1,18}")


class CursorWrong(HeyiError):
    """What was given as the place of a page is none."""

    code = "usage.cursor"

    def __init__(self) -> None:
        super().__init__("there is no such page; begin at the first")


def cursor_text(cursor: tuple[Any, ...]) -> str:
    """Return a place in a list of open clocks as text."""
    due_at, *key = cursor
    return json.dumps([due_at and due_at.isoformat(), *key])


def cursor_of(text: str) -> tuple[Any, ...] | None:
    """Return the place among open clocks that a text means; None for "", the beginning.

    Raises:
        CursorWrong: it means none.
    """
    if not text:
        return None
    try:
        due_at, case, clock, item, run = json.loads(text)
        return (
            due_at and datetime.fromisoformat(due_at),
            str(case),
            str(clock),
            int(item),
            int(run),
        )
    except (ValueError, TypeError):
        raise CursorWrong from None


def numbers_text(*numbers: int) -> str:
    """Return a place that numbers tell, one a list that is read, as text."""
    return ".".join(map(str, numbers))


def numbers_of(text: str, count: int = 1) -> tuple[int | None, ...]:
    """Return the numbers that tell a place, as many as lists are read; None each for "".

    Raises:
        CursorWrong: they tell none.
    """
    if not text:
        return (None,) * count
    parts = text.split(".")
    if len(parts) != count or not all(_NUMBER.fullmatch(one) for one in parts):
        raise CursorWrong
    return tuple(map(int, parts))
