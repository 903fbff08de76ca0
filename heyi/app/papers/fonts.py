"""Finds the fonts for papers, and replaces characters that none of them can show.

They come with packages and are embedded: a paper looks the same on every machine. A character
without a glyph would be an empty box, and one that steers the direction of text could make a
paper read as what it does not say: both are printed as their numbers.
"""

import struct
import unicodedata
from bisect import bisect_right
from functools import cache
from importlib.resources import files
from pathlib import Path

_PACKAGES = ("pylopdf_fonts_zh_cn", "manimgx_fonts")
_UNICODE, _BASIC = (3, 10), (3, 1)
"""Platform and encoding of the subtables that cover all of Unicode, and its first plane."""
_JOINERS = frozenset("\u200c\u200d\ufe0e\ufe0f")
"""What shapes its neighbours and needs no glyph."""
_SEEN = frozenset(("Cc", "Cf", "Co", "Cs", "Cn"))
"""Categories of characters that are nothing to look at."""


@cache
def folders() -> tuple[Path, ...]:
    """Return the folders of the fonts: Chinese first, then what other scripts and signs need."""
    return tuple(Path(str(files(package))) for package in _PACKAGES)


def visible(text: str) -> str:
    """Return a text in which every character can be seen.

    Line breaks stay; a tab becomes a space; what has no glyph, or is nothing to look at,
    becomes 〔U+20BB7〕.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\t", " ")
    return "".join(one if _shows(one) else f"〔U+{ord(one):04X}〕" for one in text)


@cache
def _shows(one: str) -> bool:
    if one in _JOINERS or one == "\n":
        return True
    if unicodedata.category(one) in _SEEN:
        return False
    return _covered(ord(one))


def _covered(code: int) -> bool:
    starts, ends = _coverage()
    place = bisect_right(starts, code) - 1
    return place >= 0 and code <= ends[place]


@cache
def _coverage() -> tuple[list[int], list[int]]:
    """Return the ranges of characters that some font has, merged: their starts and their ends."""
    paths = (path for folder in folders() for path in folder.iterdir())
    fonts = (path for path in paths if path.suffix in {".otf", ".ttf"})
    starts: list[int] = []
    ends: list[int] = []
    for first, last in sorted(span for path in fonts for span in _spans(path.read_bytes())):
        if ends and first <= ends[-1] + 1:
            ends[-1] = max(ends[-1], last)
        else:
            starts.append(first)
            ends.append(last)
    return starts, ends


def _spans(font: bytes) -> list[tuple[int, int]]:
    """Return the ranges of characters in a font's table ``cmap``.

    Source:
        OpenType 1.9, cmap: format 12 (segmented coverage) of platform 3, encoding 10, else
        format 4 (segment mapping to delta values) of platform 3.
    """
    tables = struct.unpack_from(">H", font, 4)[0]
    for n in range(tables):
        tag, _sum, at, _length = struct.unpack_from(">4sLLL", font, 12 + 16 * n)
        if tag == b"cmap":
            return _best(font, at)
    return []


def _best(font: bytes, at: int) -> list[tuple[int, int]]:
    count = struct.unpack_from(">H", font, at + 2)[0]
    entries = (struct.unpack_from(">HHL", font, at + 4 + 8 * n) for n in range(count))
    found = {(platform, encoding): at + offset for platform, encoding, offset in entries}
    if _UNICODE in found:
        return _groups(font, found[_UNICODE])
    return _segments(font, found[_BASIC]) if _BASIC in found else []


def _groups(font: bytes, at: int) -> list[tuple[int, int]]:
    count = struct.unpack_from(">L", font, at + 12)[0]
    found = (struct.unpack_from(">LLL", font, at + 16 + 12 * n) for n in range(count))
    return [(first, last) for first, last, _glyph in found]


def _segments(font: bytes, at: int) -> list[tuple[int, int]]:
    double = struct.unpack_from(">H", font, at + 6)[0]
    ends = struct.unpack_from(f">{double // 2}H", font, at + 14)
    starts = struct.unpack_from(f">{double // 2}H", font, at + 16 + double)
    last = 0xFFFF
    return [(a, b) for a, b in zip(starts, ends, strict=True) if a != last]
