"""Collects what many states share into cards, so that it is shown once."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count

from engine.compiling.plan import Workflow
from engine.telling.diagram.arrows import Shared, open_states, shared
from engine.telling.diagram.model import START, Arrow, Card, Row, merged
from engine.telling.diagram.say import says

_FEW = 3
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True, slots=True)
class Grouped:
    """The cards, and the transitions that are not on any."""

    cards: tuple[Card, ...]
    rest: tuple[Arrow, ...]


def grouped(workflow: Workflow, arrows: Sequence[Arrow], lang: str) -> Grouped:
    """Return the cards of a workflow, and the transitions that are on none.

    One for each group; and for what states of their own accord lead into an overlay, one for
    each set of states that do so.
    """
    dealer = _Dealer(workflow, lang, _letters())
    cards: list[Card] = []
    gone: set[tuple[str, str]] = set()
    for group in shared(workflow):
        cards.append(dealer.group_card(group, arrows))
        gone |= {(state, trigger) for trigger, states in group.takers.items() for state in states}
    rest = [arrow for arrow in arrows if (arrow.source, arrow.trigger) not in gone]
    entering = [arrow for arrow in rest if dealer.enters(arrow)]
    cards += dealer.entry_cards(entering)
    return Grouped(tuple(cards), tuple(arrow for arrow in rest if arrow not in entering))


def _letters() -> Iterator[str]:
    return chain(_ALPHABET, (f"{letter}{number}" for number in count(2) for letter in _ALPHABET))


@dataclass(frozen=True, slots=True)
class _Dealer:
    workflow: Workflow
    lang: str
    letters: Iterator[str]

    def enters(self, arrow: Arrow) -> bool:
        """Tell whether a transition leads from elsewhere into an overlay."""
        overlays = self.workflow.definition.overlays
        return arrow.to in overlays and arrow.source not in overlays

    def group_card(self, group: Shared, arrows: Sequence[Arrow]) -> Card:
        """Return the card of one group."""
        rows = list[Row]()
        for trigger, states in group.takers.items():
            one = [
                arrow for arrow in arrows if (arrow.source, arrow.trigger) == (states[0], trigger)
            ]
            missing = [name for name in group.members if name not in states]
            rows += self._rows(one, missing)
        return self._card(group.members, rows)

    def entry_cards(self, arrows: Sequence[Arrow]) -> list[Card]:
        """Return cards for the ways into overlays that are no group's."""
        sources: dict[tuple[str, str, str], list[str]] = {}
        for arrow in arrows:
            sources.setdefault((arrow.trigger, arrow.label, arrow.to), []).append(arrow.source)
        rows: dict[tuple[str, ...], list[Row]] = {}
        for (_trigger, label, to), names in sources.items():
            rows.setdefault(tuple(dict.fromkeys(names)), []).append(Row(text=label, target=to))
        return [self._card(members, some) for members, some in rows.items()]

    def _rows(self, branches: Sequence[Arrow], missing: Sequence[str]) -> list[Row]:
        say, found = says(self.lang), list[Row]()
        targets: Mapping[str, list[str]] = {arrow.to: [] for arrow in branches}
        for arrow in branches:
            targets[arrow.to].append(arrow.label)
        for to, labels in targets.items():
            text = merged(tuple(labels))
            if missing:
                text = say["but"].format(text=text, states=self._names(missing))
            if to == "back":
                text = say["back"].format(text=text)
            found.append(Row(text=text, target="" if to in {"stay", "back"} else to))
        return found

    def _card(self, members: tuple[str, ...], rows: Sequence[Row]) -> Card:
        say = says(self.lang)
        if set(members) >= set(open_states(self.workflow)):
            extra = [name for name in members if name not in open_states(self.workflow)]
            heading = say["comma"].join([say["all"], *filter(None, [self._names(extra)])])
            return Card(letter="", heading=heading, members=members, rows=tuple(rows))
        letter = next(self.letters)
        many = say["marked"].format(letter=letter, n=len(members))
        heading = self._names(members) if len(members) <= _FEW else many
        return Card(letter=letter, heading=heading, members=members, rows=tuple(rows))

    def _names(self, states: Sequence[str]) -> str:
        say = says(self.lang)
        names = [
            say["start"] if name == START else self.workflow.label("states", name, self.lang)
            for name in states
        ]
        return say["comma"].join(names)
