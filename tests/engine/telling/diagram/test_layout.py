"""Every drawing of every graph: nothing lies over anything, every line ends where it should."""

from itertools import pairwise

import pytest
from hypothesis import given

from engine.telling.diagram.channels import Net, tracks
from engine.telling.diagram.graph import Graph, Size
from engine.telling.diagram.layers import lay_out
from engine.telling.diagram.ranks import returning, rows, shortened
from tests.engine.telling.diagram.drawings import graphs, on_border, overlaps, run_over

BOX, TEXT = Size(width=80, height=30), Size(width=40, height=16)


def graph_of(*edges: str, goals: tuple[tuple[str, ...], ...] = ()) -> Graph:
    """Return a graph of one-letter nodes from edges like ``ab``."""
    nodes = dict.fromkeys("".join(edges), BOX)
    pairs = {(edge[0], edge[1]): TEXT for edge in edges}
    return Graph(nodes=nodes, edges=pairs, roots=("a",), goals=goals)


@given(graph=graphs())
def test_no_box_lies_over_another(graph):
    laid = lay_out(graph)

    assert laid.nodes.keys() == graph.nodes.keys()
    assert laid.labels.keys() == {ends for ends, size in graph.edges.items() if size.width}
    assert overlaps([*laid.nodes.values(), *laid.labels.values()]) == []


@given(graph=graphs())
def test_no_line_crosses_a_box(graph):
    laid = lay_out(graph)

    assert laid.routes.keys() == graph.edges.keys()
    assert run_over(dict(laid.routes), [*laid.nodes.values(), *laid.labels.values()]) == []


@given(graph=graphs())
def test_every_line_goes_from_border_to_label_to_border(graph):
    laid = lay_out(graph)

    for (source, target), pieces in laid.routes.items():
        assert on_border(pieces[0][0], laid.nodes[source])
        assert on_border(pieces[-1][-1], laid.nodes[target])
        assert len(pieces) == 1 + ((source, target) in laid.labels)
        for before, after in pairwise(pieces):
            assert on_border(before[-1], laid.labels[source, target])
            assert on_border(after[0], laid.labels[source, target])


@given(graph=graphs())
def test_lines_are_level_or_upright_and_inside(graph):
    laid = lay_out(graph)

    for pieces in laid.routes.values():
        for piece in pieces:
            for (x, y), (u, v) in pairwise(piece):
                assert abs(x - u) < 1 or abs(y - v) < 1
                assert -0.01 <= x <= laid.width + 0.01
                assert -0.01 <= y <= laid.height + 0.01


@given(graph=graphs())
def test_the_main_way_stands_in_one_column(graph):
    laid = lay_out(graph)

    middles = [laid.nodes[name].middle for name in laid.main]
    assert max(middles) - min(middles) < 0.01
    assert all(pair in graph.edges for pair in pairwise(laid.main))


@given(graph=graphs())
def test_what_does_not_lead_back_leads_down(graph):
    back, row = shortened(graph, returning(graph))

    for source, target in graph.edges:
        assert (row[source] < row[target]) == ((source, target) not in back)
        assert row[source] != row[target]


@given(graph=graphs())
def test_the_same_graph_is_drawn_the_same_way(graph):
    assert lay_out(graph) == lay_out(graph)


def test_a_graph_without_nodes_needs_no_room():
    laid = lay_out(Graph(nodes={}, edges={}))

    assert (laid.width, laid.height, laid.main) == (0, 0, ())


def test_the_main_way_takes_the_first_edge_that_leads_to_the_best_end():
    graph = graph_of("ab", "ac", "cd", "ce", goals=(("e",), ("b", "d")))

    assert lay_out(graph).main == ("a", "c", "e")


def test_of_ends_of_one_kind_the_main_way_takes_the_lowest():
    graph = graph_of("ab", "ac", "cd", goals=((), ("b", "d")))

    assert lay_out(graph).main == ("a", "c", "d")


def test_a_detour_stands_where_it_is_left_for():
    # "d" leads back to "a" only; it is reached from "a" and from "c".
    graph = graph_of("ab", "bc", "ad", "cd", "da", "ce", goals=(("e",),))

    back, row = shortened(graph, returning(graph))

    assert ("c", "d") in back
    assert row["d"] == 1


def test_a_detour_is_not_turned_round_where_that_would_close_a_circle():
    graph = graph_of("ab", "ad", "bd", "bc", "cd", "da", "ce", "ef", "fd", goals=(("e",),))

    back, row = shortened(graph, returning(graph))

    assert ("b", "d") not in back
    assert row["b"] < row["d"]


def test_ways_back_to_one_node_share_their_line():
    laid = lay_out(graph_of("ab", "bc", "cd", "ca", "da", goals=(("d",),)))

    assert laid.routes["c", "a"][-1][-2:] == laid.routes["d", "a"][-1][-2:]


def test_a_ghost_puts_a_node_below_another_without_a_line():
    graph = Graph(
        nodes=dict.fromkeys("abcd", BOX), edges={("a", "b"): TEXT, ("c", "d"): TEXT},
        roots=("a",), ghosts=(("b", "c"), ("c", "c")),
    )  # fmt: skip

    row = rows(graph, frozenset())

    assert row["c"] > row["b"]
    assert ("b", "c") not in lay_out(graph).routes


def test_ghosts_that_close_a_circle_are_passed_over():
    graph = Graph(nodes=dict.fromkeys("ab", BOX), edges={}, ghosts=(("a", "b"), ("b", "a")))

    assert rows(graph, frozenset()) == {"a": 0, "b": 1}


def test_level_pieces_that_would_touch_get_tracks_of_their_own():
    nets = [
        Net(tops=(0,), bottoms=(100,)), Net(tops=(50,), bottoms=(150,)),
        Net(tops=(300,), bottoms=(400,)), Net(tops=(500,), bottoms=(500,)),
    ]  # fmt: skip

    found = tracks(nets)

    assert sorted(found[:2]) == [0, 1]
    assert found[2:] == [0, 0]


@pytest.mark.parametrize("turned", [False, True])
def test_stems_in_one_column_do_not_lie_over_each_other(turned):
    # One net goes down at x 50, the other comes down there: it must turn aside above the first.
    nets = [Net(tops=(0,), bottoms=(50,)), Net(tops=(50,), bottoms=(120,))]

    found = tracks(nets[::-1] if turned else nets)

    assert found == ([0, 1] if turned else [1, 0])
