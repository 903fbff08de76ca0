"""Converts places in lists of open clocks to text that a door may keep and give back."""

import json
from datetime import datetime
from typing import Any

from engine.case.errors import HeyiError


class CursorWrong(HeyiError):
    """What was given as the place of a page is none."""

    code = "usage.cursor"

    def __init__(self) -> None:
        super().__init__("there is no such page; begin at the first")


def cursor_text(cursor: tuple[Any, ...]) -> str:
    """Return a place as text."""
    due_at, *key = cursor
    return json.dumps([due_at and due_at.isoformat(), *key])


def cursor_of(text: str) -> tuple[Any, ...] | None:
    """Return the place that a text means; None for "", the beginning.

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
