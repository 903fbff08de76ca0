"""Places the whole sheet: the map on the left, the lane and the key to the signs on its right."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.telling.diagram.graph import Ends, Graph, Point, Rect
from engine.telling.diagram.lane import Lane, lane_of, wanted_signs
from engine.telling.diagram.layers import lay_out
from engine.telling.diagram.model import START, Diagram
from engine.telling.diagram.say import says
from engine.telling.diagram.sizes import Content, content, text_of, text_size
from engine.telling.diagram.text import width
from engine.telling.diagram.way import Way

MARGIN = 28.0
HEADER = 64.0
KEY_LINE = 25.0
KEY_TEXT = 12.0
KEY_SIGN = 44.0
_BETWEEN = 56.0
_OUTCOMES = ("positive", "neutral", "negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """Everything that is drawn, with its place.

    Attributes:
        nodes: the boxes of all states, in the map and in the lane.
        labels: the boxes of the edges' texts.
        texts: the lines of the edges' texts.
        routes: by edge its line, in one or two pieces.
        key: the signs that are explained, with the y of their middles and the x they begin at.
    """

    diagram: Diagram
    way: Way | None
    width: float
    height: float
    contents: Mapping[str, Content]
    nodes: Mapping[str, Rect]
    labels: Mapping[Ends, Rect]
    texts: Mapping[Ends, tuple[str, ...]]
    routes: Mapping[Ends, tuple[tuple[Point, ...], ...]]
    main: frozenset[Ends]
    lane: Lane
    key: Sequence[tuple[str, float, float]]


def sheet_of(diagram: Diagram, way: Way | None = None) -> Sheet:
    """Return where everything in a diagram stands.

    Args:
        diagram: what is drawn.
        way: the way of one case to be marked, or None.
    """
    contents = {node.name: content(node, diagram.lang, way) for node in diagram.nodes}
    texts = {(edge.source, edge.target): text_of(edge, diagram.lang) for edge in diagram.edges}
    laid = lay_out(_graph(diagram, contents, texts))
    aside = MARGIN + laid.width + _BETWEEN
    lane = lane_of(diagram, contents, left=aside, top=HEADER)
    below = HEADER + lane.height + (MARGIN if lane.height else 0)
    signs = wanted_signs(diagram, with_way=way is not None)
    key = [(sign, aside, below + KEY_LINE * (n + 0.5)) for n, sign in enumerate(signs)]
    bottom = max(HEADER + laid.height, below + KEY_LINE * len(signs))
    return Sheet(
        diagram=diagram, way=way, contents=contents, texts=texts, lane=lane, key=key,
        width=aside + max(lane.width, _key_width(diagram.lang, signs)) + MARGIN,
        height=bottom + MARGIN,
        nodes={n: r.moved(MARGIN, HEADER) for n, r in laid.nodes.items()} | dict(lane.nodes),
        labels={ends: rect.moved(MARGIN, HEADER) for ends, rect in laid.labels.items()},
        routes={ends: _shifted(pieces) for ends, pieces in laid.routes.items()},
        main=frozenset(pairwise(laid.main)),
    )  # fmt: skip


def _graph(
    diagram: Diagram, contents: Mapping[str, Content], texts: Mapping[Ends, tuple[str, ...]]
) -> Graph:
    inside = {node.name: node for node in diagram.nodes if node.name not in diagram.lane}
    ends = [node for node in inside.values() if node.kind == "final"]
    ghosts = [
        (member, row.target)
        for card in diagram.cards
        for row in card.rows
        for member in card.members[:1]
        if row.target in inside and member in inside
    ]
    return Graph(
        nodes={name: contents[name].size for name in inside},
        edges={ends: text_size(lines) for ends, lines in texts.items()},
        roots=(START,),
        goals=tuple(
            tuple(node.name for node in ends if (node.outcome or "neutral") == outcome)
            for outcome in _OUTCOMES
        ),
        ghosts=tuple(ghosts),
    )


def _key_width(lang: str, signs: Sequence[str]) -> float:
    words = [says(lang)[f"legend_{sign}"] for sign in signs]
    return KEY_SIGN + max(width(word, KEY_TEXT) for word in words)


def _shifted(pieces: Sequence[Sequence[Point]]) -> tuple[tuple[Point, ...], ...]:
    return tuple(tuple((x + MARGIN, y + HEADER) for x, y in piece) for piece in pieces)
