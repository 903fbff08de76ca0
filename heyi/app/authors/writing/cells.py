"""Converts values to the text of spreadsheet cells, and back without loss.

A cell shows a text as it is, a number or truth as YAML writes it, and a list or mapping as YAML in
one line. A text that would read as something else stands in quotes.
"""

import json
import re
from typing import Any

from engine.case.text import Text
from engine.language.reader import read_yaml
from heyi.app.errors import InputWrong

# What a spreadsheet takes for the beginning of a formula, in half and full width.
_DANGEROUS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠", "'")
_BARE = re.compile(r"[\w.][\w. /<>-]*")


def to_cell(value: Any) -> str:
    """Return a value as the text of a cell, guarded so that no spreadsheet computes it."""
    return guarded(_shown(value))


def from_cell(text: str) -> Any:
    """Return the value that a cell's text stands for.

    Raises:
        InputWrong: it begins like a list, mapping or quoted text and is none.
    """
    return _read(unguarded(text))


def guarded(text: str) -> str:
    """Return a text with ``'`` before it where it could be taken for a formula."""
    return f"'{text}" if text.startswith(_DANGEROUS) else text


def unguarded(text: str) -> str:
    """Return a text without its guard."""
    return text.removeprefix("'")


def _shown(value: Any) -> str:
    if isinstance(value, str):
        return value if _is_plain(value) else json.dumps(value, ensure_ascii=False)
    return in_line(value)


def in_line(value: Any, *, quoted: bool = False) -> str:
    """Return a value as YAML in one line, without quotes where none are needed or asked for."""
    if quoted and isinstance(value, str):
        return json.dumps(value, ensure_ascii=False)
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_word(k)}: {in_line(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(in_line, value)) + "]"
    return _word(value) if isinstance(value, str) else json.dumps(value)


def _word(text: str) -> str:
    bare = _BARE.fullmatch(text) and text == text.strip() and _is_plain(text)
    return text if bare else json.dumps(text, ensure_ascii=False)


def _is_plain(text: str) -> bool:
    """Tell whether a text read from a cell is itself again."""
    return text == text.strip() and not text.startswith(("{", "[", '"')) and _scalar(text) == text


def _scalar(text: str) -> Any:
    """Return a plain scalar as the reader of files takes it; what is no scalar is text."""
    if not re.fullmatch(r"[-+.\w~]*", text):
        return text
    value = read_yaml(f"value: {text}").value
    return text if not isinstance(value, dict) else value.get("value")


def _read(text: str) -> Any:
    if not text.startswith(("{", "[", '"')):
        return _scalar(text)
    document = read_yaml(f"value: {text}")
    if document.problems or not isinstance(document.value, dict):
        told = Text(f"单元格“{text}”写法不对", f"cell '{text}' cannot be read")
        raise InputWrong(told)
    return document.value.get("value")
