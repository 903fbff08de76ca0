"""Assigns rows: which edges lead back, the row of each node, and the nodes of the main way."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from engine.telling.diagram.graph import Ends, Graph

Rows = dict[str, int]


def returning(graph: Graph) -> frozenset[Ends]:
    """Return the edges that close a circle, walking from the roots, edges in file order.

    Source:
        Tarjan's depth-first search; Gansner et al., A Technique for Drawing Directed Graphs, 2.1.
    """
    out = _out(graph.edges)
    found: set[Ends] = set()
    seen: set[str] = set()
    for root in (*graph.roots, *graph.nodes):
        if root in seen:
            continue
        seen.add(root)
        way = {root: iter(out.get(root, ()))}
        while way:
            node, rest = next(reversed(way.items()))
            target = next(rest, None)
            if target is None:
                del way[node]
            elif target in way:
                found.add((node, target))
            elif target not in seen:
                seen.add(target)
                way[target] = iter(out.get(target, ()))
    return frozenset(found)


def rows(graph: Graph, back: Collection[Ends]) -> Rows:
    """Return each node's row, 0 on top, so that every edge leads down and is short.

    Args:
        graph: what is laid out.
        back: edges that are turned round.

    Source:
        Longest path, then each node moved within its slack towards its heavier side.
    """
    pairs = _downward(graph, back)
    fed = {target for _source, target in pairs}
    for ghost in graph.ghosts:
        if ghost[1] not in fed and len(sorted_down(graph.nodes, [*pairs, ghost])) == len(
            graph.nodes
        ):
            pairs.append(ghost)
    up, down = _out((b, a) for a, b in pairs), _out(pairs)
    found: Rows = {}
    order = sorted_down(graph.nodes, pairs)
    for node in order:
        found[node] = max((found[one] + 1 for one in up.get(node, ())), default=0)
    for node in (*reversed(order), *order):
        above = [found[one] for one in up.get(node, ())]
        below = [found[one] for one in down.get(node, ())]
        if below and len(below) > len(above):
            found[node] = min(below) - 1
    return _closed_up(found)


def shortened(graph: Graph, back: frozenset[Ends]) -> tuple[frozenset[Ends], Rows]:
    """Turn further edges round where that puts a side state near the state it is left for.

    A node all of whose edges lead back, reached from two rows, would stand under the lower one,
    far from where it leads; seen from the lower one it is a way back as well.

    Returns:
        All edges that lead up, and the rows.
    """
    best, row = back, rows(graph, back)
    out = _out(graph.edges)
    ends = {node for kind in graph.goals for node in kind}
    for edge in graph.edges:
        _source, target = edge
        leaves = [(target, one) in best for one in out.get(target, ())]
        others = [one for one in graph.edges if one[1] == target and one not in best]
        if edge not in others[1:] or target in ends or not leaves or not all(leaves):
            continue
        trial = best | {edge}
        if len(sorted_down(graph.nodes, _downward(graph, trial))) < len(graph.nodes):
            continue
        found = rows(graph, trial)
        if _length(graph, found) < _length(graph, row):
            best, row = trial, found
    return best, row


def _length(graph: Graph, row: Rows) -> int:
    return sum(abs(row[source] - row[target]) for source, target in graph.edges)


def _downward(graph: Graph, back: Collection[Ends]) -> list[Ends]:
    return [(b, a) if (a, b) in back else (a, b) for a, b in graph.edges]


def _closed_up(found: Rows) -> Rows:
    used = {row: place for place, row in enumerate(sorted(set(found.values())))}
    return {node: used[row] for node, row in found.items()}


def sorted_down(nodes: Iterable[str], pairs: Sequence[Ends]) -> list[str]:
    """Return the nodes so that every pair leads forward; ties in the order given.

    Returns:
        All nodes but those on circles and behind them.
    """
    names = list(nodes)
    waits = {name: sum(target == name for _source, target in pairs) for name in names}
    down = _out(pairs)
    found: list[str] = []
    ready = [name for name in names if not waits[name]]
    while ready:
        node = ready.pop(0)
        found.append(node)
        for target in down.get(node, ()):
            waits[target] -= 1
            if not waits[target]:
                ready.append(target)
    return found


def main_way(graph: Graph, back: Collection[Ends], row: Mapping[str, int]) -> tuple[str, ...]:
    """Return the nodes of the main way: from the first root, the first-named edge each time.

    An edge is passed over if no goal can be reached behind it without going back. The author
    names the usual way first; the longest way would run through every exception.

    Args:
        graph: with at least one node.
        back: edges that lead up.
        row: each node's row.

    Returns:
        At least one node.
    """
    out = _out(edge for edge in graph.edges if edge not in back)
    node = (*graph.roots, *graph.nodes)[0]
    within = _reach(node, out)
    kinds = (*([one for one in kind if one in within] for kind in graph.goals), sorted(within))
    goal = max(next(kind for kind in kinds if kind), key=lambda one: row[one])
    way = [node]
    while node != goal:
        node = next(one for one in out[node] if goal in _reach(one, out))
        way.append(node)
    return tuple(way)


def _reach(start: str, out: Mapping[str, Sequence[str]]) -> set[str]:
    seen, todo = {start}, [start]
    while todo:
        fresh = [one for one in out.get(todo.pop(), ()) if one not in seen]
        seen.update(fresh)
        todo += fresh
    return seen


def _out(pairs: Iterable[Ends]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for source, target in pairs:
        found.setdefault(source, []).append(target)
    return found
