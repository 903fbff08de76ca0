"""The graph: where a trigger leads, in the file's order, and nothing that the file does not say."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case.errors import MoveRefused
from engine.compiling.machine import Rule, StateMachine
from tests.builders.club_worlds import fire, variant_of
from tests.builders.toy_workflows import toy

STATES = ("asked", "grown", "frozen", "storm")
COVERS = {"frozen": ("asked", "grown"), "storm": ("asked", "frozen")}


def machine(*rules: tuple[str, str, str]) -> StateMachine:
    places: dict[tuple[str, str], int] = {}
    made = []
    for source, trigger, to in rules:
        place = places.get((source, trigger), 0)
        places[source, trigger] = place + 1
        made.append(Rule(source=source, trigger=trigger, place=place, to=to))
    return StateMachine(STATES, made, COVERS)


def always(_place: int) -> bool:
    return True


def ask(graph: StateMachine, state: str, trigger: str, below: str | None = None, grants=always):
    return graph.target(state, trigger, below=below, grants=grants)


def test_a_trigger_leads_where_the_rule_says():
    assert ask(machine(("asked", "go", "grown")), "asked", "go") == (0, "grown")


@pytest.mark.parametrize(
    ("state", "trigger"),
    [("grown", "go"), ("asked", "come"), ("asked", "to_grown"), ("asked", "state")],
)
def test_what_no_rule_says_leads_nowhere(state, trigger):
    assert ask(machine(("asked", "go", "grown")), state, trigger) is None


def test_no_guard_that_grants_leads_nowhere():
    graph = machine(("asked", "go", "grown"))

    assert ask(graph, "asked", "go", grants=lambda _: False) is None


def test_the_first_branch_that_grants_is_taken_and_no_further_one_is_asked():
    graph = machine(("asked", "go", "grown"), ("asked", "go", "frozen"), ("asked", "go", "storm"))
    seen = []

    def grants(place: int) -> bool:
        seen.append(place)
        return place == 1

    assert ask(graph, "asked", "go", grants=grants) == (1, "frozen")
    assert seen == [0, 1]


def test_stay_and_the_state_itself_both_answer_the_state():
    graph = machine(("asked", "note", "stay"), ("asked", "again", "asked"))

    assert ask(graph, "asked", "note") == (0, "asked")
    assert ask(graph, "asked", "again") == (0, "asked")


@pytest.mark.parametrize(("below", "to"), [("asked", "asked"), ("grown", "grown")])
def test_back_leads_to_the_state_below(below, to):
    assert ask(machine(("frozen", "thaw", "back")), "frozen", "thaw", below=below) == (0, to)


@pytest.mark.parametrize("below", [None, "storm"])
def test_back_leads_nowhere_but_to_what_the_overlay_may_cover(below):
    assert ask(machine(("frozen", "thaw", "back")), "frozen", "thaw", below=below) is None


def test_back_beside_a_plain_branch_keeps_the_order_of_the_file():
    graph = machine(("frozen", "thaw", "back"), ("frozen", "thaw", "grown"))

    assert ask(graph, "frozen", "thaw", below="asked") == (0, "asked")
    assert ask(graph, "frozen", "thaw", below="asked", grants=lambda p: p == 1) == (1, "grown")


@given(
    st.dictionaries(
        st.tuples(st.sampled_from(STATES), st.sampled_from("xyz")),
        st.sampled_from(STATES),
        max_size=8,
    ),
    st.sampled_from(STATES),
    st.sampled_from("xyz"),
)
def test_the_machine_is_the_map_and_nothing_else(rules, state, trigger):
    graph = machine(*((s, t, to) for (s, t), to in rules.items()))

    found = ask(graph, state, trigger)

    assert found == ((0, rules[state, trigger]) if (state, trigger) in rules else None)


def test_threads_that_share_a_machine_never_see_one_another_s_case():
    graph = machine(("asked", "go", "grown"), ("grown", "go", "storm"), ("storm", "go", "asked"))
    following = {"asked": "grown", "grown": "storm", "storm": "asked"}

    def walk(start: str) -> int:
        state, wrong = start, 0
        for _ in range(500):
            found = ask(graph, state, "go")
            wrong += found != (0, following[state])
            state = following[state]
        return wrong

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(walk, ["asked", "grown", "storm", "asked"] * 8)) == 0


def test_threads_that_share_a_workflow_take_no_wrong_step():
    workflow = toy(
        fields={"n": {"type": "integer"}},
        states={"asked": {"on": {"go": {"to": "asked", "by": "anyone", "asks": ["n"], "when": "n > 0"}}}},
    )  # fmt: skip
    case = variant_of(workflow)

    def attempt(n: int) -> bool:
        try:
            step = fire(workflow, case, "go", data={"n": n})
        except MoveRefused:
            return n <= 0
        return n > 0 and step.after.fields == {"n": n} and step.after.taken == {"go": 1}

    with ThreadPoolExecutor(8) as pool:
        assert all(pool.map(attempt, [n % 3 - 1 for n in range(300)]))


def test_a_transition_deleted_from_the_machine_is_not_taken():
    whole = toy(
        states={
            "asked": {
                "on": {"go": {"to": "done", "by": "anyone"}, "note": {"to": "stay", "by": "anyone"}}
            }
        }
    )
    from dataclasses import replace

    without = replace(whole, machine=StateMachine(whole.definition.states, [], {}))
    case = variant_of(whole)

    assert fire(whole, case, "go").after.state == "done"
    with pytest.raises(MoveRefused) as refused:
        fire(without, case, "go")
    assert refused.value.code == "move.guard"
