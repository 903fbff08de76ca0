"""Whoever listens to the chooser hears what guards said, and changes nothing."""

from collections.abc import Sequence

import pytest

from engine.case.errors import MoveRefused
from engine.case.values import Actor, Case, Move, Step
from engine.compiling.plan import Branch
from engine.facts.facts import Facts
from engine.language.cel import Answer
from engine.step.choose import Recorder
from engine.step.take import open_case, take_step
from tests.builders.club_worlds import GARDENER, MONDAY, STRANGER, shown_hash, world
from tests.builders.toy_workflows import field, toy

TOY = toy(
    roles={"gardener": {"level": "garden"}},
    fields={"a": field("integer"), "b": field("integer")},
    opening={"to": "asked", "by": "anyone", "may": ["a", "b"], "when": "!filled.a || a > 0"},
    states={
        "asked": {
            "on": {
                "go": [
                    {"to": "stay", "by": "gardener", "when": "a > 10"},
                    {"to": "stay", "by": "anyone", "when": ["a > 1", "b > 1"]},
                    {"to": "done", "by": "anyone", "when": "a > 0"},
                    {"to": "done", "by": "anyone", "when": "a > -1"},
                ],
                "sure": {"to": "done", "by": "anyone", "cosign": ["gardener"], "when": "a > 0"},
            }
        }
    },
)  # fmt: skip


class Ear:
    """Keeps what it hears: by branch the answers of its lines."""

    def __init__(self) -> None:
        self.heard: dict[int, list[bool | None]] = {}

    def judged(self, branch: Branch, answers: Sequence[Answer], after: Facts) -> None:
        assert after.workflow is TOY
        self.heard[branch.place] = [one.holds if one.known else None for one in answers]


def opened(recorder: Recorder | None = None, **data: int) -> Step:
    move = Move(actor=STRANGER, data=dict(data))
    return open_case(
        TOY, case_id="c", unit="north", move=move, now=MONDAY, world=world(), recorder=recorder
    )


def taken(
    case: Case, trigger: str, who: Actor, *, recorder: Recorder | None = None, kind: str = "fire"
) -> Step:
    named = shown_hash(TOY, case, trigger) if kind == "sign" else ""
    move = Move(actor=who, trigger=trigger, kind=kind, hash=named)  # type: ignore[arg-type]
    return take_step(TOY, case, move, now=MONDAY, world=world(), recorder=recorder)


@pytest.mark.parametrize(
    ("who", "heard"),
    [
        pytest.param(
            STRANGER,
            {1: [True, None], 2: [True]},
            id="those they may use, up to the one that grants",
        ),
        pytest.param(GARDENER, {0: [False], 1: [True, None], 2: [True]}, id="with one more role"),
    ],
)
def test_every_branch_that_is_judged_is_heard(who, heard):
    ear = Ear()

    taken(opened(a=2).after, "go", who, recorder=ear)

    assert ear.heard == heard


def test_a_move_that_is_refused_is_heard_too():
    ear, case = Ear(), opened().after

    with pytest.raises(MoveRefused):
        taken(case, "go", STRANGER, recorder=ear)

    assert ear.heard == {1: [None, None], 2: [None], 3: [None]}


def test_an_opening_is_heard():
    ear = Ear()

    opened(ear, a=2)

    assert ear.heard == {0: [True]}


def test_a_proposal_is_heard_when_it_is_made_and_again_when_all_have_signed():
    first, last = Ear(), Ear()

    proposed = taken(opened(a=2).after, "sure", STRANGER, recorder=first).after
    done = taken(proposed, "sure", GARDENER, recorder=last, kind="sign").after

    assert (done.state, first.heard, last.heard) == ("done", {0: [True]}, {0: [True]})


def test_nothing_changes_by_being_heard():
    case = opened(a=2).after

    assert opened(Ear(), a=2) == opened(a=2)
    assert taken(case, "go", GARDENER, recorder=Ear()) == taken(case, "go", GARDENER)
