"""Reads and compares shares of a whole exactly: ``> 1/2``, ``>= 2/3``, ``all``.

"过半数" is strictly more than half; "三分之二以上" includes the number itself. Nothing is ever
divided: ``part / whole >= 2 / 3`` is asked as ``part * 3 >= whole * 2``.
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

_SHARE = re.compile(r"\s*(>=?)\s*(\d{1,9})\s*/\s*(\d{1,9})\s*")
Amount = int | float | Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of a whole.

    Attributes:
        over: the part must exceed the share, not only reach it.
        top: numerator.
        bottom: denominator, at least 1.
    """

    over: bool
    top: int
    bottom: int

    def __str__(self) -> str:
        if (self.over, self.top, self.bottom) == (False, 1, 1):
            return "all"
        return f"{'>' if self.over else '>='} {self.top}/{self.bottom}"


def parse_share(text: str) -> Share:
    """Read ``> 1/2``, ``>= 2/3`` or ``all``.

    Raises:
        ValueError: the text is no share, or lies above the whole or below nothing.
    """
    if text.strip() == "all":
        return Share(over=False, top=1, bottom=1)
    match = _SHARE.fullmatch(text)
    if not match or int(match[3]) == 0 or int(match[2]) > int(match[3]):
        message = f"'{text}' is no share; write '> 1/2', '>= 2/3' or 'all'"
        raise ValueError(message)
    return Share(over=match[1] == ">", top=int(match[2]), bottom=int(match[3]))


def meets(share: Share, part: Amount, whole: Amount) -> bool:
    """Tell whether ``part`` of ``whole`` meets the share, by exact cross-multiplication.

    A whole of zero is met by nothing, or an empty list would carry every vote.

    Source:
        Civil Code 1259: "以上" includes the number, "超过" does not; domain B.2.
    """
    if whole <= 0 or part < 0:
        return False
    left, right = Fraction(part) * share.bottom, Fraction(whole) * share.top
    return left > right if share.over else left >= right


def needed(share: Share, whole: int) -> int:
    """Return the smallest part of ``whole`` that meets the share; 0 for an empty whole."""
    if whole <= 0:
        return 0
    full, rest = divmod(whole * share.top, share.bottom)
    return full + (1 if share.over or rest else 0)
