"""Turns a graph into rows of knots, with threads between adjoining rows.

Nodes stand in even rows, labels in the odd rows between them. Where an edge passes further
rows it runs in a lane; the edges to one target in one direction share a lane, so that seven
ways back to one node are one line and not seven.
"""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from itertools import pairwise
from typing import Literal

from engine.telling.diagram.graph import Ends, Graph, Size

Kind = Literal["node", "label", "lane", "spine"]
_NOTHING = Size(width=0, height=0)


# Compared by identity: a layered_rows makes each knot once, and they are looked up a million times.
@dataclass(frozen=True, slots=True, eq=False)
class Knot:
    """Something that takes room in a row: a node, a label, a lane, or the bare main column."""

    kind: Kind
    row: int
    name: object
    size: Size


@dataclass(frozen=True, slots=True)
class Thread:
    """A connection of adjoining rows; ``net`` names what it shares its line with."""

    upper: Knot
    lower: Knot
    net: tuple[str, str]


@dataclass(slots=True)
class LayeredRows:
    """All knots by row, all threads, and the knots each edge runs through from its source.

    Attributes:
        rows: knots in each row; their order is what `order` decides.
        known: the same by kind, row and name.
        threads: each once, with its weight; heavier ones shall be straight and not crossed.
        ways: by edge its knots.
        spine: the knots of the main column, one a row.
    """

    rows: list[list[Knot]]
    known: dict[object, Knot] = field(default_factory=dict)
    threads: dict[Thread, int] = field(default_factory=dict)
    ways: dict[Ends, tuple[Knot, ...]] = field(default_factory=dict)
    spine: tuple[Knot, ...] = ()

    def knot(self, kind: Kind, row: int, name: object, size: Size = _NOTHING) -> Knot:
        """Return a knot, put at the end of its row if it is new."""
        key = (kind, row, name)
        if key not in self.known:
            self.known[key] = Knot(kind, row, name, size)
            self.rows[row].append(self.known[key])
        return self.known[key]


def layered_rows(
    graph: Graph, row: Mapping[str, int], back: Collection[Ends], main: tuple[str, ...]
) -> LayeredRows:
    """Return the layered_rows of a graph.

    Args:
        graph: what is laid out.
        row: each node's row.
        back: edges that lead up.
        main: the main way.
    """
    depth = 2 * max(row.values(), default=0) + 1
    whole = LayeredRows(rows=[[] for _ in range(depth)])
    nodes = {
        name: whole.knot("node", 2 * row[name], name, size) for name, size in graph.nodes.items()
    }
    straight = set(pairwise(main))
    for (source, target), size in graph.edges.items():
        up = (source, target) in back
        turn = -1 if up else 1
        first, last = 2 * row[source] + turn, 2 * row[target]
        lanes = [whole.knot("lane", at, (target, up)) for at in range(first + turn, last, turn)]
        label = whole.knot("label", first, (source, target), size)
        way = (nodes[source], label, *lanes, nodes[target])
        whole.ways[source, target] = way
        _thread(whole, way, heavy=(source, target) in straight, up=up)
    _add_spine(whole, main, nodes)
    return whole


def _thread(whole: LayeredRows, way: tuple[Knot, ...], *, heavy: bool, up: bool) -> None:
    for place, (one, other) in enumerate(pairwise(way)):
        upper, lower = (other, one) if up else (one, other)
        source, target = str(way[0].name), str(way[-1].name)
        net = (f"out{up:d}", source) if place == 0 else (f"in{up:d}", target)
        thread = Thread(upper, lower, net)
        weight = 4 if heavy else 2 if one.kind == "lane" == other.kind else 1
        whole.threads[thread] = max(weight, whole.threads.get(thread, 0))


def _add_spine(whole: LayeredRows, main: tuple[str, ...], nodes: Mapping[str, Knot]) -> None:
    """Note one knot a row for the main column; rows above and below it get a bare one."""
    held = {nodes[name].row: nodes[name] for name in main}
    for ends in pairwise(main):
        held |= {one.row: one for one in whole.ways[ends]}
    whole.spine = tuple(
        held[at] if at in held else whole.knot("spine", at, "") for at in range(len(whole.rows))
    )
