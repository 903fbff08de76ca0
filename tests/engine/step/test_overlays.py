"""Overlays stack, pop and clear; final states are left only by a reopening."""

from collections.abc import Callable

import pytest

from engine.case.errors import MoveRefused
from engine.case.values import Case
from engine.compiling.plan import Node
from tests.builders.club_worlds import GARDENER, HEAD, STRANGER, fire, variant_of
from tests.builders.shelves import plot
from tests.builders.toy_workflows import END, field, toy


def growing(**data: object) -> Case:
    case = variant_of(plot(), data={"topic": "豆", "beds": 1, "kind": "raised", "feud": False})
    return fire(plot(), case, "accept", data={"kind": "raised", **data}).after


def test_entering_an_overlay_pushes_the_state_below():
    frozen = fire(plot(), growing(), "freeze").after

    assert (frozen.state, frozen.stack) == ("frozen", ("growing",))


def test_overlays_lie_over_one_another():
    stormy = fire(plot(), fire(plot(), growing(), "freeze").after, "storm", STRANGER).after

    assert (stormy.state, stormy.stack) == ("stormy", ("growing", "frozen"))


def test_back_pops_one():
    stormy = fire(plot(), fire(plot(), growing(), "freeze").after, "storm", STRANGER).after

    frozen = fire(plot(), stormy, "calm").after
    thawed = fire(plot(), frozen, "thaw").after

    assert (frozen.state, frozen.stack) == ("frozen", ("growing",))
    assert (thawed.state, thawed.stack) == ("growing", ())


@pytest.mark.parametrize(
    ("trigger", "who", "state"), [("flee", STRANGER, "withdrawn"), ("calm", STRANGER, "growing")]
)
def test_any_other_target_clears_the_stack(trigger, who, state):
    stormy = fire(plot(), growing(), "storm", STRANGER).after

    after = fire(plot(), stormy, trigger, who).after

    assert (after.state, after.stack) == (state, ())


def test_a_plain_state_reached_from_an_overlay_clears_the_stack():
    frozen = fire(plot(), growing(), "freeze").after

    assert fire(plot(), frozen, "clear", HEAD).after.stack == ()


def test_only_the_triggers_of_the_top_are_offered():
    frozen = fire(plot(), growing(), "freeze").after

    with pytest.raises(MoveRefused) as refused:
        fire(plot(), frozen, "unlist")

    assert refused.value.code == "move.state"
    assert refused.value.allowed == ("thaw", "storm", "clear")


def test_going_back_is_no_entry_and_staying_is_none_either():
    """A clock that starts in a state starts when the state is entered, and then only."""
    case = growing()
    assert [run.clock for run in case.runs if run.clock == "rest"] == ["rest"]

    again = fire(plot(), fire(plot(), case, "freeze").after, "thaw").after

    assert [run.clock for run in again.runs if run.clock == "rest"] == ["rest"]


def test_the_same_state_is_exit_and_entry():
    case = variant_of(plot(), data={"topic": "豆"})
    before = [run for run in case.runs if run.clock == "answer"]

    after = fire(plot(), case, "again").after

    assert after.taken == {"again": 1}
    assert [run for run in after.runs if run.clock == "answer"] == before


TWICE = toy(
    fields={"n": field("integer")},
    states={
        "asked": {"on": {"end": {"to": "done", "by": "anyone"}, "drop": {"to": "done", "by": "anyone", "outcome": "negative"}}},
        "done": {**END, "on": {
            "note": {"to": "stay", "by": "anyone", "asks": ["n"]},
            "turn": {"to": "stay", "by": "anyone", "outcome": "neutral"},
            "reopen": {"to": "asked", "by": "anyone", "when": "taken.reopen < 1"},
        }},
    },
)  # fmt: skip


@pytest.mark.parametrize(("trigger", "outcome"), [("end", "positive"), ("drop", "negative")])
def test_a_transition_s_outcome_beats_its_state_s(trigger, outcome):
    assert fire(TWICE, variant_of(TWICE), trigger).after.outcome == outcome


def test_a_final_state_may_hold_moves_that_stay():
    done = fire(TWICE, variant_of(TWICE), "drop").after

    noted = fire(TWICE, done, "note", data={"n": 1}).after
    turned = fire(TWICE, noted, "turn").after

    assert (noted.state, noted.outcome) == ("done", "negative")
    assert turned.outcome == "neutral"


def test_a_move_that_leaves_a_final_state_is_called_a_reopening():
    done = fire(TWICE, variant_of(TWICE), "end").after

    step = fire(TWICE, done, "reopen")

    assert step.event.public["reopening"] is True
    assert (step.after.state, step.after.outcome) == ("asked", None)
    closed = fire(TWICE, step.after, "end")
    assert "reopening" not in closed.event.public
    with pytest.raises(MoveRefused) as refused:
        fire(TWICE, closed.after, "reopen")
    assert refused.value.code == "move.guard"


def test_a_group_s_trigger_is_offered_in_each_of_its_states_and_the_state_s_own_beats_it():
    workflow = toy(
        states={
            "asked": {"on": {"go": {"to": "grown", "by": "anyone"}, "drop": {"id": "own", "to": "done", "by": "anyone"}}},
            "grown": {},
        },
        groups={"open": {"states": "all open", "on": {"drop": {"id": "shared", "to": "done", "by": "anyone"}}}},
    )  # fmt: skip
    asked = variant_of(workflow)
    grown = fire(workflow, asked, "go").after

    assert fire(workflow, asked, "drop").event.public["rule"] == "own"
    assert fire(workflow, grown, "drop").event.public["rule"] == "shared"
    with pytest.raises(MoveRefused):
        fire(workflow, fire(workflow, asked, "drop").after, "drop")


def test_a_group_amends_in_each_of_its_states():
    frozen = growing()

    assert (
        fire(plot(), frozen, "", GARDENER, kind="amend", data={"remarks": "x"}).after.fields[
            "remarks"
        ]
        == "x"
    )


def grants_only(place: int) -> Callable[[int], bool]:
    return lambda asked: asked == place


def test_where_a_branch_leads_is_where_the_machine_takes_it():
    workflow, seen = plot(), set[Node]()
    todo: list[Node] = [(one.definition.to, ()) for one in workflow.openings]

    while todo:
        state, stack = node = todo.pop()
        ways = [
            one for trigger in workflow.triggers[state] for one in workflow.branches[state, trigger]
        ]
        for branch in ways:
            to = workflow.leads_to(node, branch)
            found = workflow.machine.target(
                state,
                branch.trigger,
                below=stack[-1] if stack else None,
                grants=grants_only(branch.place),
            )
            assert found == (branch.place, to[0])
            assert (branch.enters is None) == (branch.stays or branch.returns)
            if to not in seen and len(to[1]) <= 3:
                seen.add(to)
                todo.append(to)

    assert any(stack for _state, stack in seen)
