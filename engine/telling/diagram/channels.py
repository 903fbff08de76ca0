"""Assigns tracks in the space between two rows, so that no two lines overlap.

A net is what shares a line: all that leaves one node downwards, all that reaches one node from
above. It has one level piece at most; nothing but such pieces and their stems lies in a channel.
"""

from collections.abc import Sequence
from dataclasses import dataclass

TRACK = 12.0
HEAD = 14.0
FOOT = 18.0
_SAME = 5.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Net:
    """One line with branches in a channel.

    Attributes:
        tops: x of the stems that come from the row above.
        bottoms: x of those that go to the row below.
    """

    tops: tuple[float, ...]
    bottoms: tuple[float, ...]

    @property
    def left(self) -> float:
        """Where its level piece begins."""
        return min(*self.tops, *self.bottoms)

    @property
    def right(self) -> float:
        """Where its level piece ends."""
        return max(*self.tops, *self.bottoms)

    @property
    def straight(self) -> bool:
        """Tell whether it has no level piece at all."""
        return self.right - self.left < 1

    def near(self, other: "Net") -> bool:
        """Tell whether the level pieces would touch on one track."""
        return self.left - _SAME < other.right and other.left - _SAME < self.right


def tracks(nets: Sequence[Net]) -> list[int]:
    """Return each net's track, 0 on top; nets without a level piece have track 0 too.

    The order is found by exchanging two that lie next to each other while that takes away a
    crossing, or two stems that would lie over each other.
    """
    order = sorted(
        (n for n, net in enumerate(nets) if not net.straight),
        key=lambda n: (nets[n].left, nets[n].right, n),
    )
    for _round in range(len(order)):
        changed = False
        for at in range(len(order) - 1):
            one, other = nets[order[at]], nets[order[at + 1]]
            if _cost(other, one) < _cost(one, other):
                order[at], order[at + 1] = order[at + 1], order[at]
                changed = True
        if not changed:
            break
    found = [0] * len(nets)
    for at, number in enumerate(order):
        before = [n for n in order[:at] if nets[n].near(nets[number])]
        found[number] = max((found[n] + 1 for n in before), default=0)
    return found


def _cost(upper: Net, lower: Net) -> int:
    """Count what goes wrong if one net's track is above the other's."""
    crossed = sum(lower.left < x < lower.right for x in upper.bottoms)
    crossed += sum(upper.left < x < upper.right for x in lower.tops)
    covered = sum(abs(x - y) < _SAME for x in upper.bottoms for y in lower.tops)
    return crossed + 20 * covered
