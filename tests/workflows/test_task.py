"""No task is accepted but on an assistance item in force, with funds, hours, acts and data in scope.

The property is tried on tasks in every state, over every row, answer, trigger and actor. It is
shown not to be empty, and every line of the gate's guard is shown to be needed.
"""

import copy
from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, note, settings
from hypothesis import strategies as st

from engine.checking.build import load_workflow
from engine.compiling.plan import Workflow
from engine.language.load import ShelfKind
from heyi.app.cases.casework import Casework
from heyi.app.clocks.sweeps import Sweeps
from tests.builders.shelves import SHIPPED, folder
from tests.effort import examples, more
from tests.workflows.admission_office import moment
from tests.workflows.scenario_player import Cast, plain, scripts, yaml_of
from tests.workflows.task_cases import (
    RULES,
    Granted,
    Trial,
    Wish,
    a_row,
    a_trial,
    favourable,
    play,
    wrongs,
)

LOOK = 20_000
"""How many trials a search tries before it gives up: the same ones on every machine."""
FILE = plain(SHIPPED / "task.yaml")
GUARD = [line["that"] for line in FILE["states"]["checking"]["on"]["accept"]["when"]]
TODAY = date(2026, 3, 2)


def found(workflow: Workflow, wanted: Callable[[Granted], bool]) -> bool:
    """Tell whether any of the seeded trials has a step as wanted."""
    trials = (a_trial(Random(seed)) for seed in range(LOOK))
    return any(wanted(step) for trial in trials for step in play(workflow, trial))


@settings(max_examples=settings().max_examples * 10, suppress_health_check=[HealthCheck.too_slow])
@given(draw=st.randoms(use_true_random=False))
def test_whatever_is_tried_nothing_is_accepted_beyond_the_list(draw: Random):
    trial = a_trial(draw)
    note(str(trial))

    for granted in play(RULES, trial):
        assert not granted.accepts or wrongs(granted) == []


@pytest.mark.parametrize(
    "seeds",
    [
        pytest.param(range(examples(everyday=1_500, full=4_000)), id="everyday", marks=more),
        pytest.param(range(4_000, 60_000), id="deep", marks=pytest.mark.slow),
    ],
)
def test_nor_in_any_of_many_seeded_trials(seeds: range):
    let_in = [
        (seed, wrongs(granted))
        for seed in seeds
        for granted in play(RULES, a_trial(Random(seed)))
        if granted.accepts and wrongs(granted)
    ]

    assert let_in == []


@pytest.mark.parametrize("kind", ["A", "E"])
def test_what_may_be_accepted_is_accepted_in_some_of_the_same_trials(kind: str):
    def accepts(granted: Granted) -> bool:
        listed: Any = granted.world.catalogues["work_items"]
        code = granted.step.after.fields.get("work_item")
        return granted.accepts and listed[code]["class"] == kind

    assert found(RULES, accepts)


def test_accepting_is_the_only_way_to_an_accepted_task():
    ways = {
        (state, trigger)
        for (state, trigger), branches in RULES.branches.items()
        for branch in branches
        if branch.definition.to == "accepted"
    }

    assert ways == {("checking", "accept")}
    assert "accepted" not in {branch.definition.to for branch in RULES.openings}


# --- one obstacle at a time


def _accepted(fields: dict[str, Any], row: dict[str, Any], used: int, *, signed: bool) -> bool:
    trial = Trial(
        state="checking", day=TODAY, row={**a_row(TODAY), **row},
        counts={"used_month": used, "used_year": used, "refused_before": 0},
        fields={**favourable(TODAY), **fields}, wishes=(Wish(),), signed=signed,
    )  # fmt: skip
    return any(granted.accepts for granted in play(RULES, trial))


@pytest.mark.parametrize(
    ("fields", "row", "used"),
    [
        pytest.param({}, {}, 0, id="as it should be"),
        pytest.param({}, {}, 12, id="the last hours of the month"),
        pytest.param({"funds_arrived_on": None, "no_cost_signed": "a.pdf"}, {}, 0, id="at no cost"),
        pytest.param(
            {"any_data": "yes", "data_asked": [{"field": "场次"}]}, {}, 0, id="listed data"
        ),
        pytest.param(
            {"due_on": "2026-03-02"}, {"until": "2026-03-02"}, 0, id="the item's last day"
        ),
        pytest.param(
            {"funds_arrived_on": None}, {"class": "E", "volume": None}, 0, id="an emergency"
        ),
    ],
)
def test_what_the_list_covers_is_accepted(fields: Any, row: Any, used: int):
    assert _accepted(fields, row, used, signed=True)


@pytest.mark.parametrize(
    ("fields", "row", "used"),
    [
        pytest.param({"work_item": None}, {}, 0, id="no item"),
        pytest.param({"work_item": "IT-Z99"}, {}, 0, id="an item that is not in the list"),
        pytest.param({}, {"until": "2026-03-01"}, 0, id="an item that is over"),
        pytest.param({}, {"from": "2026-03-03"}, 0, id="an item that has not begun"),
        pytest.param({}, {"active": False}, 0, id="a suspended item"),
        pytest.param({"due_on": "2026-12-31"}, {}, 0, id="work after the term"),
        *(pytest.param({}, {"class": kind}, 0, id=f"class {kind}") for kind in "SGFXPNC"),
        pytest.param({}, {}, 13, id="an hour too much"),
        pytest.param({}, {"volume": None}, 0, id="an item without a cap"),
        pytest.param({"any_data": "yes", "data_asked": [{"field": "名单"}]}, {}, 0, id="other data"),
        pytest.param({"funds_arrived_on": "2026-03-03"}, {}, 0, id="funds of tomorrow"),
        pytest.param(
            {"funds_arrived_on": None, "no_cost_signed": "a.pdf"}, {}, 0,
            id="a statement that the chair did not sign",
        ),
        pytest.param({"conditions_ready": False}, {}, 0, id="no conditions"),
        pytest.param({"verbs": ["publicise", "power"]}, {}, 0, id="an act of power"),
        pytest.param({"signs": ["pledge"]}, {}, 0, id="a pledge"),
        pytest.param({"burdens": ["assessment"]}, {}, 0, id="an assessment of its own"),
        pytest.param({"any_burdens": None}, {}, 0, id="a question unanswered"),
        pytest.param(
            {"any_data": "yes", "data_asked": [{"field": "场次"}]}, {"class": "E"}, 0,
            id="data in an emergency",
        ),
    ],
)  # fmt: skip
def test_one_obstacle_is_enough_to_keep_a_task_out(fields: Any, row: Any, used: int):
    assert not _accepted(fields, row, used, signed=False)


# --- mutants: every line of the guard is needed


def _without(line: str) -> Workflow:
    """Return the file without one line of the guard of accepting; rule packs would refuse it."""

    def shelf(kind: ShelfKind, name: str) -> tuple[str, str] | None:
        return None if kind == "pack" else folder(SHIPPED)(kind, name)

    file = copy.deepcopy(FILE)
    accept = file["states"]["checking"]["on"]["accept"]
    accept["when"] = [one for one in accept["when"] if one["that"] != line]
    return load_workflow(yaml_of(file), file="mutant.yaml", shelf=shelf)


@pytest.mark.parametrize("line", GUARD)
def test_without_one_line_of_the_guard_something_gets_in(line: str):
    assert found(_without(line), lambda granted: granted.accepts and bool(wrongs(granted)))


# --- what author tests cannot say: two cases at once


@pytest.fixture
def cases(cast: Cast) -> Iterator[Casework]:
    """The use cases, with the people and the items of the author tests."""
    script = next(one for one in scripts() if one.rule.workflow == "task")
    with cast.rehearsal.stage(script.rule, script.scenario) as found:
        yield found


@pytest.fixture
def done(cases: Casework) -> tuple[str, str]:
    """The ids of a task that is done, and of the evaluation that it opened."""
    now = moment(TODAY)
    asked = ("verbs", "any_signs", "any_burdens", "any_data", "volume", "due_on",
             "funds_arrived_on", "conditions_ready")  # fmt: skip
    answers = {name: favourable(TODAY)[name] for name in asked}
    data = {"sender": "xf", "what": "宣传"}
    task = cases.open("task", unit="heshun", person="fang", now=now, data=data).after.id
    moves: tuple[tuple[str, dict[str, Any]], ...] = (
        ("T01", {"channel": "paper", "asked_by": "方某"}),
        ("T02", {**answers, "work_item": "XF-1"}),
        ("T07a", {}),
        ("T07", {"report": "4场", "spent": 6, "reply_on": "2026-03-02"}),
    )
    for trigger, given_now in moves:
        step = cases.move(task, person="wang", trigger=trigger, data=given_now, now=now)
    return task, step.after.links["evaluations"][0]


def test_a_task_is_evaluated_as_soon_as_both_sides_have_answered(cases, done):
    task, evaluation = done
    ours = {"funds_came": "late", "conditions_met": "yes", "beyond_list": "no", "body_grade": 4}
    theirs = {"done_as_agreed": "yes", "community_grade": 5}

    cases.move(evaluation, person="li", trigger="community_answers", data=ours, now=moment(TODAY))
    waiting = cases.see(task, person="li", now=moment(TODAY)).case.state
    cases.move(evaluation, person="fang", trigger="body_answers", data=theirs, now=moment(TODAY))

    after = cases.see(task, person="li", now=moment(TODAY)).case
    assert (waiting, after.state, after.outcome) == ("done", "evaluated", "positive")


def test_the_window_of_the_evaluation_ends_the_task_by_the_clock(cases, done):
    over = moment(date(2026, 3, 17), 0)

    Sweeps(cases).all(over - timedelta(minutes=1))
    before = [cases.see(one, person="li", now=over).case.state for one in done]
    Sweeps(cases).all(over)

    after = [cases.see(one, person="li", now=over).case.state for one in done]
    assert (before, after) == (["done", "open"], ["evaluated", "closed"])
