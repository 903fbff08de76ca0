"""Makes a diagram from a checked workflow: its lines, its cards, and what is in the lane."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from engine.compiling.plan import Workflow
from engine.telling.diagram.arrows import arrows_of
from engine.telling.diagram.cards import grouped
from engine.telling.diagram.model import START, Arrow, Card, Diagram, Edge, Kind, Node, Row, merged
from engine.telling.diagram.say import says


def diagram_of(workflow: Workflow, lang: str = "zh") -> Diagram:
    """Return what a diagram shows of a workflow.

    Args:
        workflow: checked.
        lang: ``zh`` or ``en``; a label without English is shown in Chinese.
    """
    arrows = arrows_of(workflow, lang)
    cards, rest = (found := grouped(workflow, arrows, lang)).cards, found.rest
    overlays = workflow.definition.overlays
    drawn = [a for a in rest if a.source not in overlays and a.to not in {"stay", a.source}]
    joined = {name for arrow in drawn for name in (arrow.source, arrow.to)}
    lane = tuple(
        name for name in workflow.definition.states if name in overlays or name not in joined
    )
    maker = _Maker(workflow, lang, lane, cards)
    start = Node(name=START, label=says(lang)["start"], kind="start")
    return Diagram(
        name=workflow.name,
        version=workflow.version,
        title=workflow.definition.title.text(lang),
        lang=lang,
        nodes=(start, *(maker.node(name, rest) for name in workflow.definition.states)),
        edges=_edges(drawn),
        cards=cards,
        lane=lane,
        arrows=arrows,
    )


def _edges(arrows: Iterable[Arrow]) -> tuple[Edge, ...]:
    """Merge what runs between the same two states; openings of one state are one line of text."""
    found: dict[tuple[str, str], dict[str, list[str]]] = {}
    for arrow in arrows:
        lines = found.setdefault((arrow.source, arrow.to), {})
        lines.setdefault(arrow.trigger if arrow.source else "", []).append(arrow.label)
    return tuple(
        Edge(source=source, target=target, lines=tuple(merged(tuple(s)) for s in lines.values()))
        for (source, target), lines in found.items()
    )


@dataclass(frozen=True, slots=True)
class _Maker:
    workflow: Workflow
    lang: str
    lane: Sequence[str]
    cards: Sequence[Card]

    def node(self, name: str, arrows: Sequence[Arrow]) -> Node:
        """Return a state with its notes and letters."""
        rule = self.workflow.definition
        kind: Kind = "overlay" if name in rule.overlays else "open"
        letters = tuple(card.letter for card in self.cards if card.letter and name in card.members)
        return Node(
            name=name,
            label=self.workflow.label("states", name, self.lang),
            kind="final" if rule.states[name].final else kind,
            outcome=rule.states[name].outcome or "",
            notes=self._notes(name, [arrow for arrow in arrows if arrow.source == name]),
            letters=letters,
        )

    def _notes(self, name: str, arrows: Sequence[Arrow]) -> tuple[Row, ...]:
        inside = [a for a in arrows if name in self.lane or a.to in {"stay", name}]
        texts: dict[tuple[str, str], list[str]] = {}
        for arrow in inside:
            texts.setdefault((arrow.trigger, arrow.to), []).append(arrow.label)
        return tuple(self._note(name, to, merged(tuple(s))) for (_, to), s in texts.items())

    def _note(self, name: str, to: str, text: str) -> Row:
        say = says(self.lang)
        if to in {"stay", name}:
            return Row(text=text)
        if to == "back":
            return Row(text=say["back"].format(text=text))
        target = self.workflow.label("states", to, self.lang)
        return Row(text=say["to"].format(text=text, target=target), target=to)
