"""A case is the fold of its events, whatever is tried with it, before and after JSON."""

from collections import Counter
from pathlib import Path
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case.codec import (
    case_from_plain,
    case_to_plain,
    event_from_plain,
    event_to_plain,
    join_case,
    split_case,
)
from engine.case.codes import REFUSAL_CODES
from engine.case.errors import MoveRefused
from engine.case.fold import apply, fold
from engine.case.values import Event, Step
from engine.compiling.plan import Workflow
from tests.builders.club_worlds import ID, told
from tests.builders.random_walks import Walk, through_json
from tests.builders.shelves import FILES, SHIPPED, plot, rows, shipped, shipped_names

SEEDS = st.integers(0, 2**31)


def workflow_named(name: str) -> tuple[Workflow, Path]:
    return (plot(), FILES) if name == "plot" else (shipped(name), SHIPPED)


def walk(name: str, seed: int) -> Walk:
    workflow, folder = workflow_named(name)
    return Walk(workflow=workflow, rows=rows(folder), random=Random(seed))


def check_step(way: Walk, step: Step) -> None:
    case, workflow = step.after, way.workflow
    assert case.revision == len(way.events) == step.event.seq
    assert case.state in workflow.definition.states
    assert workflow.is_final(case.state) == (case.outcome is not None)
    assert (case.state in workflow.definition.overlays) == bool(case.stack)
    assert not case.erased & case.fields.keys()
    assert not set(told(step)["patch"].get("set", {})) & workflow.vaults.keys()
    assert case == fold(way.events)
    plain, sealed = split_case(case, workflow.vaults)
    assert not set(plain["fields"]) & workflow.vaults.keys()
    assert join_case(through_json(plain), through_json(sealed)) == case


def check_refusal(refused: MoveRefused) -> None:
    assert refused.reasons
    assert refused.code == refused.reasons[0].code
    for reason in refused.reasons:
        assert reason.code in REFUSAL_CODES
        assert reason.text("zh")
        assert reason.text("en")


@pytest.mark.parametrize("name", ["plot", *shipped_names()])
@given(seed=SEEDS)
def test_whatever_is_tried_the_case_is_the_fold_of_its_events(name, seed):
    way = walk(name, seed)

    for _move, found in way.steps(30):
        before = way.case
        if isinstance(found, MoveRefused):
            check_refusal(found)
            assert way.case is before
        else:
            check_step(way, found)

    if way.case is not None:
        again = [event_from_plain(through_json(event_to_plain(e))) for e in way.events]
        assert fold(again) == way.case
        assert case_from_plain(through_json(case_to_plain(way.case))) == way.case


def test_the_walks_through_the_garden_take_every_kind_of_event_and_most_transitions():
    kinds: Counter[str] = Counter()
    taken: set[tuple[str, str, str]] = set()
    codes: set[str] = set()
    for seed in range(150):
        for _move, found in walk("plot", seed).steps(30):
            if isinstance(found, MoveRefused):
                codes |= {reason.code for reason in found.reasons}
            else:
                kinds[found.event.kind] += 1
                notes = found.event.public
                taken.add(
                    (str(notes.get("from")), str(notes.get("trigger")), str(notes.get("branch")))
                )

    offered = {
        (state, trigger, str(b.place))
        for (state, trigger), ways in plot().branches.items()
        for b in ways
    }
    assert kinds.keys() >= {
        "opened",
        "moved",
        "amended",
        "proposed",
        "signed",
        "corrected",
        "linked",
    }
    assert codes >= {"move.state", "move.role", "move.missing", "move.field", "move.guard"}
    assert len(offered - taken) <= len(offered) // 4, sorted(offered - taken)


def test_there_is_no_case_without_events():
    with pytest.raises(ValueError, match="begins with its opening"):
        fold([])


def test_a_history_begins_with_an_opening():
    event = Event(
        case=ID, seq=1, kind="moved", at="", occurred_at="", actor="ke", public={"patch": {}}
    )

    with pytest.raises(ValueError, match="expected an opening"):
        apply(None, event)


OPENING = {"workflow": "toy", "version": 1, "unit": "north", "opened_by": "ke", "opened_at": ""}


def event(seq: int, patch: dict, *, kind: str = "moved", sealed: dict | None = None) -> Event:
    return Event(
        case=ID, seq=seq, kind=kind, at=f"t{seq}", occurred_at="", actor="ke",
        public={"patch": patch}, sealed=sealed or {},
    )  # fmt: skip


def test_a_sealed_part_whose_key_is_gone_contributes_nothing():
    first = event(
        1,
        {"opening": OPENING, "state": "asked", "set": {"a": 1}},
        kind="opened",
        sealed={"p/b": None},
    )
    second = event(2, {"erased": ["b"]})

    case = fold([first, second])

    assert case.fields == {"a": 1}
    assert case.erased == {"b"}


def test_what_was_erased_may_be_entered_again():
    first = event(1, {"opening": OPENING, "state": "asked"}, kind="opened")
    second = event(2, {"erased": ["b"]})
    third = event(3, {}, sealed={"p/b": {"set": {"b": 2}}})

    case = fold([first, second, third])

    assert case.fields == {"b": 2}
    assert case.erased == frozenset()


def test_a_proposal_gets_its_sealed_data_back_unless_the_key_is_gone():
    plain = {
        "trigger": "go",
        "branch": 0,
        "data": {"a": 1},
        "hash": "h",
        "by": "ke",
        "needs": ["head"],
        "signed": [["x", "ke"]],
    }
    patch = {"opening": OPENING, "state": "asked", "proposals": [plain]}

    whole = fold([event(1, patch, kind="opened", sealed={"p": {"data": {"go": {"b": 2}}}})])
    without = fold([event(1, patch, kind="opened", sealed={"p": None})])

    assert whole.proposals[0].data == {"a": 1, "b": 2}
    assert without.proposals[0].data == {"a": 1}


def test_a_case_whose_key_is_gone_is_joined_without_its_sealed_values():
    case = fold(
        [event(1, {"opening": OPENING, "state": "asked", "set": {"a": 1, "b": 2}}, kind="opened")]
    )
    plain, sealed = split_case(case, {"b": "personal"})

    assert sealed == {"personal": {"set": {"b": 2}}}
    assert join_case(plain, {"personal": None}).fields == {"a": 1}


def test_sealed_data_of_a_proposal_that_is_no_more_is_left_alone():
    case = fold([event(1, {"opening": OPENING, "state": "asked"}, kind="opened")])
    plain, _sealed = split_case(case, {})

    assert join_case(plain, {"personal": {"data": {"go": {"b": 2}}}}) == case
