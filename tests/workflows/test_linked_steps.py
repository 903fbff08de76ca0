"""Steps of author tests in a linked case: found by link, unit or place, and judged like any other."""

import copy
from typing import Any

import pytest

from heyi.app.authors.expectations import Difference
from heyi.app.authors.scenariofile import load_scenarios
from tests.builders.shelves import SHIPPED
from tests.workflows.scenario_player import Cast, Performance, Script, plain, yaml_of

PARTED = [{"starts": "parted"}]
AT = "2026-03-04 09:00"


def play(cast: Cast, *steps: dict[str, Any]) -> Performance:
    """Play two communities with a case each, and then these steps."""
    file = plain(SHIPPED / "tests" / "joint_consultation.yaml")
    told = [{"at": AT, **step} for step in steps]
    scenario = {"name": {"zh": "一"}, "steps": [*PARTED, *told]}
    rule, _document = load_scenarios(
        yaml_of({**copy.deepcopy(file), "scenarios": [scenario]}), file="linked.yaml"
    )
    return cast.perform(Script(id="linked", rule=rule, scenario=rule.scenarios[0]))


def wrong(cast: Cast, *steps: dict[str, Any]) -> list[Difference]:
    return [one for _place, one in play(cast, *steps).differences]


@pytest.mark.parametrize(
    ("name", "unit"),
    [
        pytest.param("parts[xingfu]", "幸福社区", id="by unit"),
        pytest.param("parts[1]", "幸福社区", id="by place"),
        pytest.param("parts[2]", "双丰社区", id="by another place"),
        pytest.param("parts", "双丰社区", id="the newest"),
        pytest.param("parts[2].whole.parts[1]", "幸福社区", id="hop by hop"),
    ],
)
def test_a_step_is_about_the_linked_case_it_names(name: str, unit: str, cast: Cast):
    number = f"{unit}议字〔2026〕0001号"

    assert wrong(cast, {"in": name, "expect": {"number": number, "state": "planning"}}) == []
    assert wrong(cast, {"in": name, "expect": {"number": "1"}}) == [("number", "1", number)]


@pytest.mark.parametrize("name", ["parts[3]", "parts[jie]", "whole", "parts[1].parts[1]"])
def test_a_linked_case_that_is_not_there_breaks_the_story(name: str, cast: Cast):
    after = {"expect": {"state": "nowhere"}}

    assert wrong(cast, {"in": name, "expect": {"state": "planning"}}, after) == [
        ("in", name, ["parts", "parts[1]", "parts[2]", "parts[shuangfeng]", "parts[xingfu]"])
    ]


def test_a_step_in_a_linked_case_before_any_case_breaks_the_story(cast: Cast):
    file = plain(SHIPPED / "tests" / "joint_consultation.yaml")
    scenario = {"name": {"zh": "一"}, "steps": [{"at": AT, "in": "parts", "expect": {}}]}
    rule, _document = load_scenarios(yaml_of({**file, "scenarios": [scenario]}), file="none.yaml")

    performance = cast.perform(Script(id="none", rule=rule, scenario=rule.scenarios[0]))

    assert performance.differences == [(1, ("in", "parts", []))]


def test_a_refusal_in_a_linked_case_is_judged_by_its_own_rules(cast: Cast):
    step = {"in": "parts[xingfu]", "who": "wei", "does": "C09"}

    assert wrong(cast, {**step, "refused": {"code": "move.role"}}) == []
    assert [one[0] for one in wrong(cast, {**step, "refused": {"code": "move.guard"}})] == [
        "refused"
    ]


def test_the_history_that_is_kept_is_that_of_the_scenarios_own_case(cast: Cast):
    performance = play(cast, {"in": "parts[xingfu]", "expect": {"state": "planning"}})

    ids = {event.case for event in performance.played.events}
    own = [case for case, _events in performance.histories if case.id in ids]
    assert [case.workflow for case in own] == ["joint_consultation"]


def test_issued_names_all_that_this_very_step_issued_and_nothing_more(cast: Cast):
    file = plain(SHIPPED / "tests" / "joint_consultation.yaml")
    file["starts"]["parted"][-1]["expect"] = {"issued": ["parts_note", "receipt"]}
    scenario = {"name": {"zh": "一"}, "steps": [*PARTED, {"at": AT, "expect": {"issued": []}}]}
    rule, _document = load_scenarios(yaml_of({**file, "scenarios": [scenario]}), file="issued.yaml")

    performance = cast.perform(Script(id="issued", rule=rule, scenario=rule.scenarios[0]))

    assert performance.differences == [(2, ("issued", ["parts_note", "receipt"], ["parts_note"]))]


def test_a_linked_case_can_be_looked_at_from_outside_by_its_unit(cast: Cast):
    good = {"children": {"parts[xingfu]": {"state": "planning", "unit": "xingfu"}}}
    bad = {"children": {"parts[xingfu]": {"state": "closed"}, "parts[jie]": {"state": "planning"}}}

    assert wrong(cast, {"expect": good}) == []
    assert wrong(cast, {"expect": bad}) == [
        ("children.parts[xingfu].state", "closed", "planning"),
        ("children.parts[jie].state", "planning", None),
    ]
