"""The list and the gate: what the admission puts into force is what the task gate lets through."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

import pytest

from heyi.app.authors.scenariofile import ScenarioFileDef, load_scenarios
from heyi.app.authors.scenarios import furnish
from heyi.app.cases.casework import Casework
from tests.builders.shelves import SHIPPED
from tests.workflows.scenario_player import ZONE, Cast, plain, yaml_of

LIST = plain(SHIPPED / "tests" / "access_control.yaml")
SUSPEND = {"suspend_why": "scope", "reason": "超出范围"}


def _file(whole: dict[str, Any], steps: list[dict[str, Any]]) -> ScenarioFileDef:
    scenario = {"name": {"zh": "一", "en": "one"}, "steps": steps}
    rule, _document = load_scenarios(yaml_of({**whole, "scenarios": [scenario]}), file="made.yaml")
    return rule


def _perform(cases: Casework, cast: Cast, rule: ScenarioFileDef) -> str:
    """Play the one scenario of a file on a stage that others have used; return its case's id."""
    furnish(cases.store, rule)
    workflow = cast.workflow(rule.workflow)
    *_before, played = cast.rehearsal.play(cases, rule, rule.scenarios[0], workflow)
    assert [wrong for step in played.steps for wrong in step.wrong] == []
    seen = played.steps[-1].seen
    assert seen is not None
    return seen.case.id


def _task(
    number: str, day: str, last: dict[str, Any], *, datum: str = "沿街商户名称"
) -> ScenarioFileDef:
    """Return a task under an item, checked on a day, with what the gate is then to say."""
    said = {
        "work_item": number, "verbs": ["publicise"], "any_signs": "no", "any_burdens": "no",
        "volume": 5, "due_on": "2026-06-30", "any_data": "yes", "data_asked": [{"field": datum}],
        "funds_arrived_on": "2026-04-20", "conditions_ready": True,
    }  # fmt: skip
    opened = {"sender": "cg", "what": "宣传", "channel": "paper"}
    steps: list[dict[str, Any]] = [
        {"at": f"{day} 09:00", "who": "jing", "opens": opened},
        {
            "at": f"{day} 10:00", "who": "jing", "does": "T01",
            "with": {"channel": "paper", "asked_by": "程某"},
        },
        {"at": f"{day} 11:00", "who": "jing", "does": "accept", "with": said, **last},
    ]  # fmt: skip
    people = {"jing": {"posts": ["handler@heshun"]}}
    return _file({"workflow": "task", "units": LIST["units"], "people": people}, steps)


@pytest.fixture
def listed(cast: Cast) -> Iterator[tuple[Casework, str, str]]:
    """An item in force: the use cases, its case's id and its number."""
    rule = _file(LIST, [{"starts": "active"}])
    with cast.rehearsal.stage(rule, rule.scenarios[0]) as cases:
        case = _perform(cases, cast, rule)
        with cases.store.read() as work:
            number = work.cases.load(case).number
        assert number is not None
        yield cases, case, number


def _used(cases: Casework, case_id: str, cast: Cast, day: str) -> int | float:
    workflow = cast.workflow("access_control")
    with cases.store.write() as work:
        case = work.cases.load(case_id)
        world = cases.worlds.build(
            work, workflow, unit=case.unit, now=datetime.fromisoformat(f"{day}T12:00").replace(tzinfo=ZONE),
            case=case, branches=workflow.branches["active", "exit_item"],
        )  # fmt: skip
    return world.counts["used"]


def test_a_task_that_is_accepted_counts_as_a_use_for_twelve_months(
    listed: tuple[Casework, str, str], cast: Cast
):
    cases, case, number = listed
    before = _used(cases, case, cast, "2026-05-11")

    _perform(cases, cast, _task(number, "2026-05-11", {"expect": {"state": "accepted"}}))

    assert before == 0
    assert _used(cases, case, cast, "2026-05-11") == 1
    assert _used(cases, case, cast, "2027-05-12") == 0


def test_tasks_are_refused_while_the_item_is_suspended(
    listed: tuple[Casework, str, str], cast: Cast
):
    cases, case, number = listed
    now = datetime(2026, 5, 11, 8, tzinfo=ZONE)
    shut = {"refused": {"code": "move.guard", "says": "T03.5"}}

    cases.move(case, person="min", now=now, trigger="suspend", data=SUSPEND)

    _perform(cases, cast, _task(number, "2026-05-11", shut))


def test_tasks_may_ask_for_the_data_that_the_decision_grants_and_for_no_other(
    listed: tuple[Casework, str, str], cast: Cast
):
    cases, _case, number = listed
    shut = {"refused": {"code": "move.guard", "says": "T03.11"}}

    _perform(cases, cast, _task(number, "2026-05-11", shut, datum="户主身份证号"))
