"""Hides figures of small groups in a table, so that nothing computes them again.

A cell below ``least`` is small. Where a table has none, all of it is told. Where it has one, all
cells below ``wide`` (the small ones, the nothings, and some that are large enough) go into one
rest, of which only the sum is told; where that would be small itself, or a single cell, the least
of the others joins it, with all that are as large. Two cells of the rest could always be swapped,
or one case be given from one to another, and the table would read the same: nobody can work out
which is small, nor how small. A sum that is small is not told at all.

The sum of a table counts as known throughout, so tables over the same cases, or over cases that
lie in different periods, cannot be played off against each other.
"""

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Suppressed:
    """A table with what may be published of it.

    Attributes:
        total: the sum; None where it is small.
        shown: cells that may be told, in the table's order.
        rest: the sum of the others; None where there are none, or nothing is told of them.
        whole: every cell is shown.
        most: no cell that is not shown holds more than this.
    """

    total: int | None
    shown: Mapping[str, int]
    rest: int | None
    whole: bool
    most: int


def suppress(counts: Mapping[str, int], *, least: int, wide: int) -> Suppressed:
    """Return a table of counts with small groups hidden.

    Args:
        counts: by cell; every cell there could be, also those that hold nothing.
        least: cells that hold something and less than this are small; 2 or more.
        wide: cells below this are put together where one is small; more than ``least``.
    """
    total = sum(counts.values())
    if 0 < total < least:
        return Suppressed(None, {}, None, whole=False, most=least - 1)
    if all(n == 0 or n >= least for n in counts.values()):
        return Suppressed(total, dict(counts), None, whole=True, most=0)
    inside = [n for n in counts.values() if n < wide]
    if sum(inside) < least or len(inside) == 1:
        wide = min((n for n in counts.values() if n >= wide), default=wide) + 1
    shown = {key: n for key, n in counts.items() if n >= wide}
    if not shown:
        return Suppressed(total, {}, None, whole=False, most=total)
    rest = total - sum(shown.values())
    return Suppressed(total, shown, rest, whole=False, most=min(rest, min(shown.values()) - 1))
