"""Reads from a case's events through which states it went."""

from collections.abc import Iterable
from dataclasses import dataclass

from engine.case.values import Case, Event
from engine.telling.diagram.model import START


@dataclass(frozen=True, slots=True, kw_only=True)
class Way:
    """Where a case was and is.

    Attributes:
        stops: the states it entered, first to last; one that it left and entered again stands
            here again.
        present: the state it is in.
        steps: the (from, to) pairs it went; ``START`` where it was opened.
        caption: what names the case, its number; may be "".
    """

    stops: tuple[str, ...]
    present: str
    steps: frozenset[tuple[str, str]]
    caption: str = ""

    def places(self, state: str) -> tuple[int, ...]:
        """Return the 1-based places of a state among the stops; none if it was never entered."""
        return tuple(n for n, stop in enumerate(self.stops, 1) if stop == state)


def way_of(case: Case, events: Iterable[Event]) -> Way:
    """Return the way of a case.

    Args:
        case: as it stands.
        events: all of them, oldest first.

    Source:
        issue 3, part 6; events keep ``from`` and ``to`` in their public part.
    """
    stops: list[str] = []
    steps: set[tuple[str, str]] = set()
    before = START
    for event in events:
        after = str(event.public.get("to") or "")
        if not after or after == before:
            continue
        stops.append(after)
        steps.add((before, after))
        before = after
    return Way(
        stops=tuple(stops), present=case.state, steps=frozenset(steps), caption=case.number or ""
    )
