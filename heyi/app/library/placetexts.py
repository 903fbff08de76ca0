"""Normalises places, so that two ways of writing one place compare alike.

``和顺花园３号楼 二单元501室``, ``和顺花园三栋2单元501`` and ``和顺花园3-2-501`` are one place.
Numbers of one kind (building, entrance, floor, room, house) that differ make two places; a number
that one text leaves out makes no difference.
"""

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from heyi.app.library.likeness import alike

_DIGITS = {**dict(zip("零一二三四五六七八九", range(10), strict=True)), "〇": 0, "两": 2}
_TENS = {"十": 10, "百": 100}
_KINDS = {
    "building": r"号[楼院]|栋|幢|座|#楼?|buildings?\b",
    "entrance": r"单元|门洞|门|梯|entrances?\b|unit\b",
    "floor": r"层|楼|floors?\b",
    "room": r"室|户|房|rooms?\b",
    "house": r"号|no\b",
}
# A Chinese numeral counts as a number only before such a word: 三里屯 and 五一路 are names.
_CHINESE = re.compile(
    f"([{''.join(_DIGITS)}{''.join(_TENS)}]+)(?=\\d*(?:{'|'.join(_KINDS.values())}))"
)
_NUMBERED = {kind: re.compile(rf"(\d+) *(?:{words})") for kind, words in _KINDS.items()}
_ENGLISH = re.compile(r"\b(building|entrance|unit|floor|room|no)\.? *(\d+)")
_SAME = {"unit": "entrance", "no": "house"}
_DASHED = re.compile(r"(?<!\d)(\d+)-(\d+)(?:-(\d+))?(?!\d)")
_LOOSE = re.compile(r"\d+")
_DASHES = re.compile(r"[—–‐−~]")
_GAPS = re.compile(r"(?<=[\u3400-\u9fff])\s+|\s+(?=[\u3400-\u9fff])")
_NOISE = re.compile(r"[^0-9a-z\u3400-\u9fff]+")
_LEAST_NAME = 2
_LONGEST = 200
"""Characters that are looked at: whoever writes more tells a story, and patterns take long."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place, normalised.

    Attributes:
        name: what is left without numbers.
        numbers: by kind.
    """

    name: str
    numbers: Mapping[str, str]


def normalised(text: str) -> Place:
    """Return a place as it compares: width, spaces and numerals count for nothing."""
    plain = " ".join(unicodedata.normalize("NFKC", text).casefold().split())[:_LONGEST]
    plain = _GAPS.sub("", _DASHES.sub("-", plain))
    plain = _CHINESE.sub(lambda found: _arabic(found[1]), plain)
    numbers: dict[str, str] = {}

    def keep(kind: str, number: str) -> str:
        numbers.setdefault(kind, number.lstrip("0") or "0")
        return " "

    def keep_dashed(found: re.Match[str]) -> str:
        kinds = ("building", "entrance", "room") if found[3] else ("building", "room")
        numbers_found = [one for one in found.groups() if one]
        return "".join(keep(k, n) for k, n in zip(kinds, numbers_found, strict=True))

    plain = _ENGLISH.sub(lambda found: keep(_SAME.get(found[1], found[1]), found[2]), plain)
    for kind, pattern in _NUMBERED.items():
        plain = pattern.sub(lambda found, kind=kind: keep(kind, found[1]), plain)  # type: ignore[misc]
    plain = _DASHED.sub(keep_dashed, plain)
    # Behind a building or an entrance a number alone is the room; elsewhere it is just a number.
    loose = "room" if {"building", "entrance", "floor"} & numbers.keys() else "other"
    plain = _LOOSE.sub(lambda found: keep(loose, found[0]), plain)
    return Place(_NOISE.sub("", plain), numbers)


def _arabic(numeral: str) -> str:
    """Return a Chinese numeral in digits: 十二 is 12, 二〇三 is 203, 一百零二 is 102."""
    if not any(one in _TENS for one in numeral):
        return "".join(str(_DIGITS[one]) for one in numeral)
    total, digit = 0, 0
    for one in numeral:
        if one in _TENS:
            total, digit = total + (digit or 1) * _TENS[one], 0
        else:
            digit = _DIGITS[one]
    return str(total + digit)


def same_place(one: Place, other: Place, *, least: int) -> bool:
    """Tell whether two places may be one.

    Args:
        one: a place.
        other: another.
        least: how alike their names must be, in per cent.
    """
    both = one.numbers.keys() & other.numbers.keys()
    if any(one.numbers[kind] != other.numbers[kind] for kind in both):
        return False
    names = [len(place.name) >= _LEAST_NAME for place in (one, other)]
    if all(names):
        likeness = min(alike(one.name, other.name), alike(other.name, one.name))
        return likeness * 100 >= least
    # Within a unit people leave the estate's name out: then the numbers must say it, and the
    # building among them, for a room alone is in every house.
    return "building" in both or "house" in both or (one == other and one != _NOWHERE)


_NOWHERE = Place("", {})
