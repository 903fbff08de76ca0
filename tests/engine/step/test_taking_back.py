"""Taking a move back: the case is as it was before; never another's, never late, never twice."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case.errors import MoveRefused
from engine.case.fold import fold
from engine.case.values import Case, Move, Step
from engine.step.take import take_step
from tests.builders.club_worlds import GARDENER, MONDAY, SECOND, opened, world
from tests.builders.toy_workflows import problems_of, toy

DAY = timedelta(days=1)
STATES: dict[str, Any] = {
    "asked": {
        "on": {
            "plan": {
                "to": "planned", "by": "gardener", "may": ["n", "secret"], "issues": ["letter"],
                "takes_back": {"within": "1 working day"}, "assigns": "who", "sets": {"who": "=actor"},
            },
            "note": {"to": "stay", "by": "gardener", "may": ["n"], "takes_back": {"within": "2 hours"}},
            "plain": {"to": "planned", "by": "gardener"},
        },
        "amends": {"by": ["gardener"], "fields": ["n"]},
    },
    "planned": {"on": {"go": {"to": "done", "by": "gardener"}}},
}  # fmt: skip
PARTS: dict[str, Any] = {
    "fields": {
        "n": {"type": "integer"}, "secret": {"type": "text", "privacy": "personal"},
        "who": {"type": "person"},
    },
    "documents": {"letter": {"label": {"zh": "信", "en": "letter"}}},
    "clocks": {
        "look": {"within": "5 working days", "starts": ["asked"], "stops": ["planned"]},
        "work": {"within": "3 working days", "starts": ["planned"], "stops": ["done"]},
    },
    "states": STATES,
}  # fmt: skip
WORKFLOW = toy(**PARTS)


class Told:
    """A case with its history."""

    def __init__(self, step: Step) -> None:
        self.case, self.events = step.after, [step.event]

    def do(
        self,
        trigger: str = "",
        *,
        kind: Any = "fire",
        who: Any = GARDENER,
        now: datetime = MONDAY,
        **data: Any,
    ) -> Step:
        undo = (fold(self.events[:-1]), self.events[-1]) if len(self.events) > 1 else None
        move = Move(actor=who, kind=kind, trigger=trigger, data=data)
        step = take_step(WORKFLOW, self.case, move, now=now, world=world(undo=undo))
        self.case = step.after
        self.events.append(step.event)
        return step

    def back(self, **more: Any) -> Step:
        return self.do(kind="take_back", **more)

    def refused(self, **more: Any) -> str:
        with pytest.raises(MoveRefused) as found:
            self.back(**more)
        return found.value.reasons[0].words.en


def told() -> Told:
    return Told(opened(WORKFLOW, GARDENER))


def bare(case: Case) -> Case:
    """Return a case without what tells that something happened at all."""
    return replace(case, revision=0, acted=0, moved_at="")


def test_the_case_is_as_it_was_before():
    here = told()
    before = here.case
    here.do("plan", n=3, secret="话")
    assert {run.clock for run in here.case.runs} == {"look", "work"}

    step = here.back(now=MONDAY + DAY)

    assert bare(step.after) == bare(before)
    assert (step.event.kind, step.event.public["of"]) == ("taken_back", 2)
    assert fold(here.events) == here.case


def test_the_run_that_it_started_leaves_the_index_and_the_one_it_stopped_is_there_again():
    here = told()
    here.do("plan")

    step = here.back()

    assert {(one.clock, one.open) for one in step.schedule} == {("work", False), ("look", True)}


def test_a_clock_runs_on_with_its_old_anchor():
    here = told()
    run = here.case.runs[0]
    here.do("plan", now=MONDAY + DAY / 2)
    here.back(now=MONDAY + DAY)

    assert here.case.runs == (run,)


@pytest.mark.parametrize(
    ("trigger", "after", "fine"),
    [
        ("plan", DAY, True),
        ("plan", DAY + timedelta(hours=13, minutes=59), True),
        ("plan", DAY + timedelta(hours=14), False),
        ("note", timedelta(hours=2), True),
        ("note", timedelta(hours=2, seconds=1), False),
    ],
)
def test_a_day_lasts_to_its_end_and_hours_to_the_second(trigger, after, fine):
    here = told()
    here.do(trigger, n=1)

    if fine:
        here.back(now=MONDAY + after)
    else:
        assert "is over" in here.refused(now=MONDAY + after)


def test_only_who_made_it_takes_it_back():
    here = told()
    here.do("plan")

    assert "only who made" in here.refused(who=SECOND)


def test_nothing_is_taken_back_twice_nor_the_opening_nor_what_came_before_something_else():
    here = told()
    assert "no move to take back" in here.refused()
    here.do("plan")
    here.back()
    assert "no move to take back" in here.refused()
    here.do("note", n=1)
    here.do(kind="amend", n=2)
    assert "no move to take back" in here.refused()


def test_a_move_whose_file_does_not_say_so_is_kept():
    here = told()
    here.do("plain")

    assert "never taken back" in here.refused()


def test_a_stale_history_takes_nothing_back():
    here = told()
    here.do("note", n=1)
    older = (fold(here.events[:1]), here.events[0])
    move = Move(actor=GARDENER, kind="take_back")

    with pytest.raises(MoveRefused):
        take_step(WORKFLOW, here.case, move, now=MONDAY, world=world(undo=older))


@given(st.lists(st.sampled_from(["note", "plan", "plain", "back", "amend", "go"]), max_size=8))
def test_whatever_is_done_a_case_that_was_taken_back_is_the_one_before(acts: list[str]):
    here = told()
    for act in acts:
        before = fold(here.events[:-1]) if len(here.events) > 1 else None
        try:
            if act == "back":
                here.back()
            elif act == "amend":
                here.do(kind="amend", n=len(here.events))
            else:
                here.do(act)
        except MoveRefused:
            continue
        if act == "back":
            assert before is not None
            assert bare(here.case) == bare(before)
        assert fold(here.events) == here.case


@pytest.mark.parametrize(
    ("key", "plan", "more"),
    [
        ("final", {"to": "done"}, {}),
        ("delivers", {"delivers": ["letter"]}, {}),
        ("cosign", {"cosign": ["head"]}, {}),
        ("by", {"by": "clock"}, {}),
        ("within", {"takes_back": {"within": {"n": "=n", "unit": "days"}}}, {}),
        ("erases", {"erases": ["secret"]}, {}),
        ("number", {}, {"number": {"format": "{unit}〔{year}〕{seq}号", "drawn": {"move": "plan"}}}),
        (
            "seal", {},
            {"fields": PARTS["fields"] | {"bid": {"type": "integer", "seal": "planned", "seal_to": ["head"]}}},
        ),
    ],
)  # fmt: skip
def test_a_file_that_lets_the_irrevocable_be_taken_back_is_refused(
    key: str, plan: dict[str, Any], more: dict[str, Any]
):
    changed = {**STATES["asked"]["on"]["plan"], **plan}
    states = {**STATES, "asked": {"on": {"plan": changed}}}

    found = problems_of(**{**PARTS, "states": states, **more})

    assert any(one.code == "HY203" and f"because of '{key}'" in one.words.en for one in found)
