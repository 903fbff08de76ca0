"""Random graphs and workflows, and what must hold of every drawing."""

from collections.abc import Iterable, Iterator
from itertools import combinations, pairwise
from typing import Any

from hypothesis import strategies as st

from engine.compiling.plan import Workflow
from engine.telling.diagram.graph import Ends, Graph, Point, Rect, Size
from engine.telling.diagram.sheet import Sheet
from tests.builders.toy_workflows import toy

_SIZES = st.builds(
    lambda width, height: Size(width=width, height=height),
    st.integers(40, 190), st.integers(20, 110),
)  # fmt: skip
_LABELS = st.one_of(st.just(Size(width=0, height=0)), _SIZES)
WORDS = st.text("公示异议处理审查案件, opened again.（终）<&>\"'", min_size=1, max_size=24).filter(
    str.strip
)


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Return a graph of 5 to 40 nodes with up to three edges a node."""
    names = [f"n{n}" for n in range(draw(st.integers(5, 40)))]
    node = st.sampled_from(names)
    pairs = draw(
        st.lists(
            st.tuples(node, node), min_size=len(names) // 2, max_size=2 * len(names), unique=True
        )
    )
    return Graph(
        nodes={name: draw(_SIZES) for name in names},
        edges={pair: draw(_LABELS) for pair in pairs if pair[0] != pair[1]},
        roots=tuple(draw(st.lists(node, max_size=2, unique=True))),
        goals=tuple(tuple(kind) for kind in draw(st.lists(st.lists(node, max_size=3), max_size=3))),
        ghosts=tuple(draw(st.lists(st.tuples(node, node), max_size=3))),
    )


@st.composite
def workflows(draw: st.DrawFn) -> Workflow:
    """Return a workflow of 5 to 40 states with ends, an overlay and groups."""
    count = draw(st.integers(3, 36))
    opened = [f"s{n}" for n in range(count)]
    ends = [f"e{n}" for n in range(draw(st.integers(1, 3)))]
    target = st.sampled_from([*opened, *ends, "stay"])
    states: dict[str, Any] = {}
    for name, after in pairwise([*opened, ends[0]]):
        moves = draw(st.lists(target, max_size=3))
        on = {
            f"go{n}": {"to": to, "by": "anyone", "label": _label(draw)}
            for n, to in enumerate(moves)
        }
        states[name] = {"label": _label(draw), "on": {"next": {"to": after, "by": "anyone"}, **on}}
    outcome = st.sampled_from(["positive", "negative", "neutral"])
    for name in ends:
        states[name] = {"label": _label(draw), "final": True, "outcome": draw(outcome)}
    calm, flee = {"to": "back", "by": "anyone"}, {"to": ends[-1], "by": "anyone"}
    states["over"] = {"on": {"calm": calm, "flee": flee}}
    some = st.lists(st.sampled_from(opened), min_size=1, max_size=6, unique=True)
    return toy(
        states=states,
        overlays={"over": {"over": ["all open"]}},
        groups={
            "all": {"states": "all open", "on": {"alarm": {"to": "over", "by": "anyone"}}},
            "some": {"states": draw(some), "on": {"leave": {"to": draw(target), "by": "anyone"}}},
            "more": {"states": draw(some), "on": {"go1": {"to": draw(target), "by": "anyone"}}},
        },
    )


def _label(draw: st.DrawFn) -> dict[str, str]:
    return {"zh": draw(WORDS)}


def overlaps(boxes: Iterable[Rect]) -> list[tuple[Rect, Rect]]:
    return [(one, other) for one, other in combinations(boxes, 2) if one.meets(other)]


def segments(pieces: Iterable[Iterable[Point]]) -> Iterator[Rect]:
    """Yield the straight parts of a line as very thin boxes."""
    for piece in pieces:
        for (x, y), (u, v) in pairwise(piece):
            yield Rect(
                x=min(x, u) - 0.1,
                y=min(y, v) - 0.1,
                width=abs(x - u) + 0.2,
                height=abs(y - v) + 0.2,
            )


def inner(box: Rect) -> Rect:
    """Return a box without its border."""
    return Rect(x=box.x + 0.6, y=box.y + 0.6, width=box.width - 1.2, height=box.height - 1.2)


def run_over(
    routes: dict[Ends, tuple[tuple[Point, ...], ...]], boxes: Iterable[Rect]
) -> list[tuple[Ends, Rect]]:
    """Return the lines that cross a box."""
    kept = [inner(box) for box in boxes if box.width > 2]
    return [
        (ends, box)
        for ends, pieces in routes.items()
        for part in segments(pieces)
        for box in kept
        if part.meets(box)
    ]


def on_border(point: Point, box: Rect) -> bool:
    """Tell whether a point lies on the upper or lower border of a box."""
    x, y = point
    level = min(abs(y - box.y), abs(y - box.bottom)) < 0.01
    return level and box.x - 0.01 <= x <= box.right + 0.01


def boxes_of(sheet: Sheet) -> list[Rect]:
    """Return every box of a sheet: states, texts, cards."""
    return [
        *sheet.nodes.values(),
        *sheet.labels.values(),
        *(card.rect for card in sheet.lane.cards),
    ]
