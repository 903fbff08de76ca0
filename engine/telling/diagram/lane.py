"""Places the lane beside the map: cards, overlays, and a key to the signs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from engine.telling.diagram.graph import Point, Rect
from engine.telling.diagram.model import Card, Diagram, Row
from engine.telling.diagram.say import says
from engine.telling.diagram.sizes import MARK, Content
from engine.telling.diagram.text import LEADING, wrap

TEXT = 12.5
INNER = 12.0
INDENT = 18.0
_AWAY = 40.0
_GAP = 18.0
_WIDTH = {"zh": 208.0, "en": 248.0}
_LINE = TEXT * LEADING


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A row of a card with its place: lines of text from ``y`` downwards."""

    row: Row
    lines: tuple[str, ...]
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class PlacedCard:
    """A card with its place."""

    card: Card
    rect: Rect
    heading: tuple[str, ...]
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lane:
    """All that stands in the lane.

    Attributes:
        cards: from top to bottom.
        nodes: the states that stand beside their card.
        arrows: from a card's row to its state, with the state's name.
    """

    cards: tuple[PlacedCard, ...]
    nodes: Mapping[str, Rect]
    arrows: tuple[tuple[str, tuple[Point, ...]], ...]
    width: float
    height: float


def lane_of(diagram: Diagram, contents: Mapping[str, Content], *, left: float, top: float) -> Lane:
    """Return the lane of a diagram; of width 0 if it has neither cards nor states.

    Args:
        diagram: what is drawn.
        contents: what stands in each state's box.
        left: x of the lane.
        top: y of the lane.
    """
    wide = _WIDTH.get(diagram.lang, _WIDTH["zh"])
    stack = _Stack(diagram, contents, left, wide, [], {}, [])
    y = top
    for card in diagram.cards:
        y = stack.card(card, y) + _GAP
    for name in diagram.lane:
        if name not in stack.nodes:
            y = stack.alone(name, y) + _GAP
    boxes = [*(card.rect for card in stack.cards), *stack.nodes.values()]
    return Lane(
        cards=tuple(stack.cards), nodes=stack.nodes, arrows=tuple(stack.arrows),
        width=max((box.right for box in boxes), default=left) - left,
        height=max((box.bottom for box in boxes), default=top) - top,
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Stack:
    diagram: Diagram
    contents: Mapping[str, Content]
    left: float
    width: float
    cards: list[PlacedCard]
    nodes: dict[str, Rect]
    arrows: list[tuple[str, tuple[Point, ...]]]

    def card(self, card: Card, top: float) -> float:
        """Place a card and the states it alone leads to; return where it ends."""
        room = self.width - 2 * INNER
        heading = wrap(card.heading, TEXT * 1.04, room - (MARK + 6 if card.letter else 0))
        y = top + INNER + len(heading) * _LINE + 5
        entries = list[Entry]()
        lowest = top
        for row in card.rows:
            beside = row.target in self.diagram.lane and row.target not in self.nodes
            lines = self._lines(row, beside=beside)
            tall = len(lines) * _LINE
            entry = Entry(row=row, lines=lines, y=y)
            if beside:
                middle = max(y + tall / 2, lowest + self.contents[row.target].size.height / 2)
                entry = Entry(row=row, lines=lines, y=middle - tall / 2)
                lowest = self._beside(row.target, middle) + 10
            entries.append(entry)
            y = entry.y + tall + 5
        bottom = max(y - 5 + INNER, lowest - 10)
        rect = Rect(x=self.left, y=top, width=self.width, height=bottom - top)
        self.cards.append(PlacedCard(card=card, rect=rect, heading=heading, entries=tuple(entries)))
        return bottom

    def _lines(self, row: Row, *, beside: bool) -> tuple[str, ...]:
        text = row.text
        if row.target and not beside:
            target = self.diagram.node(row.target).label
            text = says(self.diagram.lang)["to"].format(text=text, target=target)
        return wrap(text, TEXT, self.width - 2 * INNER - INDENT)

    def _beside(self, name: str, middle: float) -> float:
        size = self.contents[name].size
        border = self.left + self.width
        x, y = border + _AWAY, middle - size.height / 2
        self.nodes[name] = Rect(x=x, y=y, width=size.width, height=size.height)
        self.arrows.append((name, ((border, middle), (x, middle))))
        return y + size.height

    def alone(self, name: str, top: float) -> float:
        """Place a state that no card leads to; return where it ends."""
        size = self.contents[name].size
        self.nodes[name] = Rect(x=self.left, y=top, width=size.width, height=size.height)
        return top + size.height


def wanted_signs(diagram: Diagram, *, with_way: bool) -> Sequence[str]:
    """Return the signs that need a key: those that the diagram uses."""
    nodes = diagram.nodes
    outcomes = {node.outcome or "neutral" for node in nodes if node.kind == "final"}
    used = {
        "main": True,
        "open": any(node.kind == "open" for node in nodes),
        "overlay": any(node.kind == "overlay" for node in nodes),
        "positive": "positive" in outcomes,
        "negative": "negative" in outcomes,
        "neutral": "neutral" in outcomes,
        "stay": any(arrow.to in {"stay", arrow.source} for arrow in diagram.arrows),
        "letter": any(card.letter for card in diagram.cards),
        "visited": with_way,
        "now": with_way,
    }
    return [sign for sign, wanted in used.items() if wanted]
