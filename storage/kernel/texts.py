"""Converts plain values to the text that is stored and hashed; refuses unstorable texts."""

import json
from typing import Any

from storage.kernel.errors import TextRefused

_ENCODE = json.JSONEncoder(
    ensure_ascii=False, separators=(",", ":"), allow_nan=False, check_circular=False
).encode
"""Made once: ``json.dumps`` with options makes an encoder a call. Plain values hold no circles."""


def to_text(value: Any, *, what: str) -> str:  # noqa: ANN401 - any plain value
    """Return plain data as compact JSON, the order of keys kept.

    Every text survives byte for byte: NUL is escaped by JSON, so both databases take it.

    Raises:
        TextRefused: a text holds half a surrogate pair, which no encoding can write.
        ValueError: a number is infinite or not a number.
    """
    text = _ENCODE(value)
    if not text.isascii():
        check_encodable(text, what=what)
    return text


def from_text(text: str) -> Any:  # noqa: ANN401 - any plain value
    """Return the plain data that ``to_text`` wrote."""
    return json.loads(text)


def check_encodable(text: str, *, what: str) -> None:
    """Refuse a text that UTF-8 cannot write."""
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise TextRefused(what, why="half of a surrogate pair") from error


def checked(text: str, *, what: str) -> str:
    """Return an id or a title that stands in a column of its own.

    Raises:
        TextRefused: it holds NUL, which PostgreSQL cannot keep, or half a surrogate pair.
    """
    if "\0" in text:
        raise TextRefused(what, why="a NUL character")
    check_encodable(text, what=what)
    return text
