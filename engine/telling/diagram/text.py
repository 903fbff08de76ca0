"""Estimates how wide a text is and where it may break, without reading a font.

A Chinese character is one em wide in every font; Latin letters are taken a little wider than
in the usual sans-serif fonts, so that a box is rather too wide than too narrow.
"""

import unicodedata
from collections.abc import Sequence

from engine.telling.diagram.graph import Size

LEADING = 1.35
_NARROW = frozenset("ijl.,:;'|!()[] ftrI-/")
_WIDE = frozenset("mwMW@%&")
_NOT_FIRST = frozenset("，。、；：！？）】》”’〕.,;:!?)]%·…")
_NOT_LAST = frozenset("（【《“‘〔([")


def width(text: str, size: float) -> float:
    """Return the width of one line.

    Args:
        text: without line breaks.
        size: the font's size in pixels.
    """
    return size * sum(_em(letter) for letter in text)


def _em(letter: str) -> float:
    if unicodedata.combining(letter):
        return 0.0
    kind = unicodedata.east_asian_width(letter)
    # "A" is punctuation that Chinese fonts make wide, and letters that none does.
    if kind in "WF" or (kind == "A" and not letter.isalpha()):
        return 1.0
    if letter in _NARROW:
        return 0.37
    return 0.9 if letter in _WIDE else 0.7 if letter.isupper() else 0.59


def wrap(text: str, size: float, room: float) -> tuple[str, ...]:
    """Break a text into lines that are at most ``room`` wide.

    Latin words stay whole unless one alone is too wide; punctuation begins or ends no line
    where it must not. Lines are evened out: the last is not left with one character.

    Returns:
        At least one line; ``("",)`` for an empty text.
    """
    pieces = _pieces(text, size, room)
    lines = even = _filled(pieces, size, room)
    narrow = room
    while len(even) == len(lines) > 1 and narrow > size:
        lines, narrow = even, narrow - size / 2
        even = _filled(pieces, size, narrow)
    return tuple(lines)


def _filled(pieces: Sequence[str], size: float, room: float) -> list[str]:
    lines, line = list[str](), ""
    for piece in pieces:
        if line and width(line + piece.rstrip(), size) > room:
            lines.append(line.rstrip())
            line = ""
        line += piece if line else piece.lstrip()
    return [*lines, line.rstrip()]


def _pieces(text: str, size: float, room: float) -> list[str]:
    """Cut a text where it may break; what follows a cut may begin a line."""
    pieces: list[str] = []
    for letter in " ".join(text.split()):
        last = pieces[-1] if pieces else ""
        if last and _joined(last, letter) and width(last + letter, size) <= room:
            pieces[-1] += letter
        else:
            pieces.append(letter)
    return pieces


def _joined(before: str, letter: str) -> bool:
    if letter in _NOT_FIRST or before[-1] in _NOT_LAST:
        return True
    wide = any(unicodedata.east_asian_width(one) in "WF" for one in (before[-1], letter))
    return not wide and not before[-1].isspace()


def extent(lines: Sequence[str], size: float) -> Size:
    """Return the room that lines take; none for no lines."""
    if not any(lines):
        return Size(width=0, height=0)
    return Size(width=max(width(line, size) for line in lines), height=len(lines) * size * LEADING)
