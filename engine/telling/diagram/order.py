"""Orders the knots of each row, so that few threads cross and none covers the main column."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from engine.telling.diagram.threads import Knot, LayeredRows, Thread

_SWEEPS = 12
Rows = list[list[Knot]]
Beside = Mapping[Knot, Sequence[tuple[Knot, int]]]


def order(whole: LayeredRows) -> None:
    """Put the knots of each row in order, in place.

    Source:
        Barycentre sweeps with transposition: Gansner et al., A Technique for Drawing Directed
        Graphs, 3. The first order already has ways back on the left and ways out on the right.
    """
    above, below = _beside(whole.threads)
    rows = _first(whole)
    best, least = rows, _crossings(rows, below)
    for sweep in range(_SWEEPS):
        if not least:
            break
        rows = _swept(rows, above if sweep % 2 == 0 else below, down=sweep % 2 == 0)
        rows = _transposed(rows, above, below)
        count = _crossings(rows, below)
        if count < least:
            best, least = rows, count
    whole.rows[:] = best


def _beside(threads: Mapping[Thread, int]) -> tuple[Beside, Beside]:
    above: dict[Knot, list[tuple[Knot, int]]] = {}
    below: dict[Knot, list[tuple[Knot, int]]] = {}
    for thread, weight in threads.items():
        above.setdefault(thread.lower, []).append((thread.upper, weight))
        below.setdefault(thread.upper, []).append((thread.lower, weight))
    return above, below


def _first(whole: LayeredRows) -> Rows:
    up = {
        knot
        for (source, target), way in whole.ways.items()
        for knot in way[1:-1]
        if way[0].row > way[-1].row
    }
    spine = set(whole.spine)

    def side(knot: Knot) -> int:
        return 0 if knot in spine else -1 if knot in up else 1

    return [sorted(row, key=side) for row in whole.rows]


def _swept(rows: Rows, beside: Beside, *, down: bool) -> Rows:
    """Sort each row by the middle of what it is joined to in the row before it."""
    found = [list(row) for row in rows]
    turn = range(1, len(rows)) if down else range(len(rows) - 2, -1, -1)
    for at in turn:
        before = found[at - 1 if down else at + 1]
        scale = len(before)
        place = {knot: n / scale for n, knot in enumerate(before)}
        middle = {
            knot: _middle(beside.get(knot, ()), place, n / len(found[at]))
            for n, knot in enumerate(found[at])
        }
        found[at].sort(key=lambda knot, middle=middle: middle[knot])  # type: ignore[misc]
    return found


def _middle(
    near: Sequence[tuple[Knot, int]], place: Mapping[Knot, float], otherwise: float
) -> float:
    weight = sum(weight for _one, weight in near)
    return sum(place[one] * weight for one, weight in near) / weight if weight else otherwise


def _transposed(rows: Rows, above: Beside, below: Beside) -> Rows:
    """Exchange two side by side wherever that takes a crossing away, until it no longer does."""
    changed = True
    # Each exchange lowers the number of crossings, so this ends.
    while changed:
        changed = False
        for at, row in enumerate(rows):
            near = [
                (_places(rows[at - 1]) if at else {}, above),
                (_places(rows[at + 1]) if at + 1 < len(rows) else {}, below),
            ]
            for n in range(len(row) - 1):
                one, other = row[n], row[n + 1]
                gain = sum(
                    _pair(one, other, beside, place) - _pair(other, one, beside, place)
                    for place, beside in near
                )
                if gain > 0:
                    row[n], row[n + 1] = other, one
                    changed = True
    return rows


def _places(row: Sequence[Knot]) -> dict[Knot, int]:
    return {knot: n for n, knot in enumerate(row)}


def _pair(left: Knot, right: Knot, beside: Beside, place: Mapping[Knot, int]) -> int:
    """Count the weighted crossings of two knots' threads if one stands left of the other."""
    total, others = 0, beside.get(right, ())
    for one, weight in beside.get(left, ()):
        at = place[one]
        for other, heavy in others:
            if at > place[other]:
                total += weight * heavy
    return total


def _crossings(rows: Rows, below: Beside) -> int:
    total = 0
    for row, under in pairwise(rows):
        place = _places(under)
        for n, left in enumerate(row):
            total += sum(_pair(left, right, below, place) for right in row[n + 1 :])
    return total
