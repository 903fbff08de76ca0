"""Computes the x of every knot: main column and lanes straight, the rest near what they join."""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from statistics import median

from engine.telling.diagram.threads import Knot, LayeredRows

_ROUNDS = 8
_FREE = 10.0**9
_GAP = {"node": 26.0, "label": 16.0, "lane": 16.0, "spine": 10.0}
Block = int


def columns(whole: LayeredRows) -> dict[Knot, float]:
    """Return the x of every knot's middle; the main column has 0.

    Source:
        Alignment in blocks as Brandes and Köpf, Fast and Simple Horizontal Coordinate
        Assignment; placed outwards from the main column, then each block moved to the median
        of what it is joined to within its slack.
    """
    block = _blocks(whole)
    found = dict.fromkeys(whole.spine, 0.0)
    place = {row: whole.rows[row].index(knot) for row, knot in enumerate(whole.spine)}
    for sign in (1, -1):
        sides = [
            row[place[at] :] if sign > 0 else row[place[at] :: -1]
            for at, row in enumerate(whole.rows)
        ]
        found |= {knot: sign * x for knot, x in _side(sides, block).items()}
    for _round in range(_ROUNDS):
        _relax(whole, block, found)
    return found


def _blocks(whole: LayeredRows) -> dict[Knot, Block]:
    """Give knots one number that shall stand in one column; heavier threads choose first."""
    place = {knot: n for row in whole.rows for n, knot in enumerate(row)}
    down: dict[Knot, Knot] = dict(pairwise(whole.spine))
    up: dict[Knot, Knot] = {lower: upper for upper, lower in down.items()}
    taken: dict[int, list[tuple[int, int]]] = {}
    for upper, lower in down.items():
        taken.setdefault(upper.row, []).append((place[upper], place[lower]))
    ranked = sorted(
        whole.threads.items(),
        key=lambda pair: (-pair[1], pair[0].upper.row, place[pair[0].upper], place[pair[0].lower]),
    )
    for thread, _weight in ranked:
        upper, lower = thread.upper, thread.lower
        pair = (place[upper], place[lower])
        if upper in down or lower in up or _crosses(pair, taken.get(upper.row, ())):
            continue
        down[upper], up[lower] = lower, upper
        taken.setdefault(upper.row, []).append(pair)
    block: dict[Knot, Block] = {}
    for number, knot in enumerate(knot for row in whole.rows for knot in row):
        block[knot] = block[up[knot]] if knot in up else number
    return block


def _crosses(pair: tuple[int, int], taken: Sequence[tuple[int, int]]) -> bool:
    return any((pair[0] - upper) * (pair[1] - lower) < 0 for upper, lower in taken)


def apart(left: Knot, right: Knot) -> float:
    """Return the least distance between the middles of two knots side by side."""
    gap = max(_GAP[left.kind], _GAP[right.kind]) if "node" in (left.kind, right.kind) else 16.0
    return (left.size.width + right.size.width) / 2 + gap


def _side(sides: Sequence[Sequence[Knot]], block: Mapping[Knot, Block]) -> dict[Knot, float]:
    """Place the blocks on one side as near to the column as they can stand."""
    spine = block[sides[0][0]]
    inner: dict[Block, list[tuple[Block, float]]] = {}
    for row in sides:
        for left, right in pairwise(row):
            inner.setdefault(block[right], []).append((block[left], apart(left, right)))
    x: dict[Block, float] = {spine: 0.0}
    waiting = list(inner)
    while waiting:
        ready = [one for one in waiting if all(near in x for near, _gap in inner[one])]
        for one in ready:
            x[one] = max(x[near] + gap for near, gap in inner[one])
        waiting = [one for one in waiting if one not in x]
    return {knot: x[block[knot]] for row in sides for knot in row[1:]}


def _relax(whole: LayeredRows, block: Mapping[Knot, Block], found: dict[Knot, float]) -> None:
    """Move each block to the median of what it is joined to, as far as there is room."""
    members: dict[Block, list[Knot]] = {}
    for knot, number in block.items():
        members.setdefault(number, []).append(knot)
    near: dict[Block, list[Knot]] = {}
    for thread in whole.threads:
        one, other = block[thread.upper], block[thread.lower]
        if one != other:
            near.setdefault(one, []).append(thread.lower)
            near.setdefault(other, []).append(thread.upper)
    beside = {
        knot: (row[n - 1] if n else None, row[n + 1] if n + 1 < len(row) else None)
        for row in whole.rows
        for n, knot in enumerate(row)
    }
    spine = block[whole.spine[0]]
    for number in sorted(near, key=lambda one: -abs(found[members[one][0]])):
        if number == spine:
            continue
        low, high = -_FREE, _FREE
        for knot in members[number]:
            left, right = beside[knot]
            low = max(low, found[left] + apart(left, knot)) if left else low
            high = min(high, found[right] - apart(knot, right)) if right else high
        wanted = median(found[knot] for knot in near[number])
        x = min(max(wanted, low), high)
        found.update(dict.fromkeys(members[number], x))
