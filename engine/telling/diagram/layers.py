"""Lays out a graph in rows: returns boxes and lines that touch nothing else.

Rows from top to bottom; level lines run only between rows, upright lines only in columns of
their own: therefore no line can cross a box, and no label lies on anything. Deterministic.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from engine.telling.diagram.channels import FOOT, HEAD, TRACK, Net, tracks
from engine.telling.diagram.columns import columns
from engine.telling.diagram.graph import Ends, Graph, Laid, Point, Rect
from engine.telling.diagram.order import order
from engine.telling.diagram.ranks import main_way, returning, shortened
from engine.telling.diagram.threads import Knot, LayeredRows, Thread, layered_rows

NetName = tuple[str, str, int]


@dataclass(frozen=True, slots=True)
class _Grid:
    """Coordinates: x of each knot, upper and lower edge of each row, height of each net's track."""

    x: Mapping[Knot, float]
    tops: Sequence[float]
    heights: Sequence[float]
    tracks: Mapping[NetName, float]
    ports: Mapping[tuple[Knot, str], float]

    def rect(self, knot: Knot) -> Rect:
        """Return the box of a knot, in the middle of its row."""
        size, row = knot.size, knot.row
        return Rect(
            x=self.x[knot] - size.width / 2,
            y=self.tops[row] + (self.heights[row] - size.height) / 2,
            width=size.width,
            height=size.height,
        )


def lay_out(graph: Graph) -> Laid:
    """Return where the nodes, the labels and the lines of a graph stand.

    Returns:
        A drawing without room around it; of width and height 0 for a graph without nodes.
    """
    if not graph.nodes:
        return Laid(width=0, height=0, nodes={})
    back = returning(graph)
    back, row = shortened(graph, back)
    main = main_way(graph, back, row)
    whole = layered_rows(graph, row, back, main)
    order(whole)
    grid = _grid(whole)
    nodes = {str(k.name): grid.rect(k) for r in whole.rows for k in r if k.kind == "node"}
    labels = {
        ends: grid.rect(way[1]) for ends, way in whole.ways.items() if graph.edges[ends].width
    }
    routes = {ends: _route(way, grid, cut=ends in labels) for ends, way in whole.ways.items()}
    return _at_origin(nodes, labels, routes, main)


def _grid(whole: LayeredRows) -> _Grid:
    x = columns(whole)
    ports = _ports(whole, x)
    heights = [max((knot.size.height for knot in row), default=0.0) for row in whole.rows]
    tops, levels, y = [0.0], dict[NetName, float](), 0.0
    for at in range(len(whole.rows) - 1):
        nets = _nets(whole, x, ports, at)
        places = tracks(list(nets.values()))
        plain = all(net.straight for net in nets.values())
        y = tops[at] + heights[at] + (HEAD - 8 if plain else HEAD)
        levels |= {name: y + TRACK * n for name, n in zip(nets, places, strict=True)}
        tops.append(y + TRACK * max(places, default=0) + FOOT)
    return _Grid(x, tops, heights, levels, ports)


def _nets(
    whole: LayeredRows, x: Mapping[Knot, float], ports: Mapping[tuple[Knot, str], float], at: int
) -> dict[NetName, Net]:
    found: dict[NetName, tuple[set[float], set[float]]] = {}
    for thread in whole.threads:
        if thread.upper.row == at:
            tops, bottoms = found.setdefault((*thread.net, at), (set(), set()))
            tops.add(x[thread.upper] + ports.get((thread.upper, thread.net[0]), 0.0))
            bottoms.add(x[thread.lower] + ports.get((thread.lower, thread.net[0]), 0.0))
    return {
        name: Net(tops=tuple(sorted(tops)), bottoms=tuple(sorted(bottoms)))
        for name, (tops, bottoms) in found.items()
    }


def _ports(whole: LayeredRows, x: Mapping[Knot, float]) -> dict[tuple[Knot, str], float]:
    """Return how far from its middle a line meets a node: ways back stand aside of ways on."""
    joined: dict[tuple[Knot, str], list[float]] = {}
    for thread in whole.threads:
        for one, other in _both(thread):
            if one.kind == "node":
                joined.setdefault((one, thread.net[0]), []).append(x[other])
    found: dict[tuple[Knot, str], float] = {}
    for (knot, net), ends in joined.items():
        # A way back shares the lower border with what goes on, the upper one with what comes.
        partner = {"out1": "in0", "in1": "out0"}.get(net)
        if partner is not None and (knot, partner) in joined:
            away = min(knot.size.width * 0.3, 34.0)
            found[knot, net] = -away if sum(ends) / len(ends) <= x[knot] else away
    return found


def _both(thread: Thread) -> tuple[tuple[Knot, Knot], tuple[Knot, Knot]]:
    return (thread.upper, thread.lower), (thread.lower, thread.upper)


def _route(way: Sequence[Knot], grid: _Grid, *, cut: bool) -> tuple[tuple[Point, ...], ...]:
    """Return an edge's line, in two pieces where its label stands between them."""
    source, target = str(way[0].name), str(way[-1].name)
    up = int(way[0].row > way[-1].row)
    pieces: list[list[Point]] = [[]]
    for place, (one, other) in enumerate(pairwise(way)):
        net = (f"out{up}", source) if place == 0 else (f"in{up}", target)
        level = grid.tracks[*net, min(one.row, other.row)]
        first = grid.x[one] + grid.ports.get((one, net[0]), 0.0)
        last = grid.x[other] + grid.ports.get((other, net[0]), 0.0)
        begin, end = grid.rect(one), grid.rect(other)
        y, z = (begin.y, end.bottom) if up else (begin.bottom, end.y)
        pieces[-1] += [(first, y), (first, level), (last, level), (last, z)]
        if place == 0 and cut:
            pieces.append([])
    return tuple(_plain(piece) for piece in pieces)


def _plain(points: Sequence[Point]) -> tuple[Point, ...]:
    """Drop points that stand on others or in the middle of a straight line."""
    found: list[Point] = []
    for x, y in points:
        if found and abs(found[-1][0] - x) < 1 and abs(found[-1][1] - y) < 1:
            continue
        if len(found) > 1 and all(abs(one[0] - x) < 1 for one in found[-2:]):
            found.pop()
        found.append((found[-1][0] if found and abs(found[-1][0] - x) < 1 else x, y))
    return tuple(found)


def _at_origin(
    nodes: Mapping[str, Rect],
    labels: Mapping[Ends, Rect],
    routes: Mapping[Ends, tuple[tuple[Point, ...], ...]],
    main: tuple[str, ...],
) -> Laid:
    boxes = [*nodes.values(), *labels.values()]
    points = [point for route in routes.values() for piece in route for point in piece]
    left = min(*(box.x for box in boxes), *(x for x, _y in points), boxes[0].x)
    right = max(*(box.right for box in boxes), *(x for x, _y in points), boxes[0].right)
    return Laid(
        width=right - left,
        height=max(box.bottom for box in boxes),
        nodes={name: box.moved(-left, 0) for name, box in nodes.items()},
        labels={ends: box.moved(-left, 0) for ends, box in labels.items()},
        routes={
            ends: tuple(tuple((x - left, y) for x, y in piece) for piece in route)
            for ends, route in routes.items()
        },
        main=main,
    )
