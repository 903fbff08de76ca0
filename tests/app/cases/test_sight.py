"""Author tests say what a person reads of a case, and what not; where a case is opened by itself."""

from typing import Any

import pytest

from engine.case.errors import DefinitionError
from heyi.app.authors.scenariofile import ScenarioFileDef, load_scenarios
from heyi.app.authors.stage import Played, Rehearsal
from heyi.app.authors.workflowview import workflow_view
from heyi.app.library.shelf import FolderShelf
from tests.builders.errand_office import FILE
from tests.builders.shelves import SHIPPED
from tests.workflows.scenario_player import ZONE, yaml_of

GIVEN = {"what": "灯", "received_on": "2026-03-02", "sources": [{"code": "letter"}]}
OPENED = {"at": "2026-03-02 10:00", "who": "tao", "opens": GIVEN, "unit": "town"}
NOTED = {"who": "tao", "does": "note", "with": {"caucus": "嘘"}}


def told(*steps: dict[str, Any], **parts: Any) -> ScenarioFileDef:
    """Return a file of author tests with these steps."""
    file = {
        "workflow": "petition",
        "units": {
            "town": {"level": "town"},
            "north": {"level": "garden", "in": "town"},
        },
        "people": {
            "li": {"posts": ["runner@north"]},
            "tao": {"posts": ["runner@town"]},
            "sun": {"posts": ["head@town"]},
        },
        "scenarios": [{"name": {"zh": "一"}, "steps": list(steps)}],
        **parts,
    }
    return load_scenarios(yaml_of(file), file="tests.yaml")[0]


@pytest.fixture
def stage(tmp_path):
    return Rehearsal(FolderShelf([FILE.parent, SHIPPED]), tmp_path, ZONE)


def play(stage: Rehearsal, *steps: dict[str, Any]) -> Played:
    rule = told(*steps)
    workflow = stage.workflow("petition")
    assert workflow is not None
    with stage.stage(rule, rule.scenarios[0]) as cases:
        *_, played = stage.play(cases, rule, rule.scenarios[0], workflow)
    return played


def wrong(stage: Rehearsal, **expect: Any) -> list[Any]:
    """Return what differs after a note was taken that its runners alone may read."""
    played = play(stage, OPENED, {**NOTED, "expect": expect})
    return [one for step in played.steps for one in step.wrong]


def test_what_each_person_reads_is_as_expected(stage):
    seen = {"tao": ["caucus", "what"], "sun": ["what", "sources", "told"]}
    hidden = {"sun": "caucus", "li": ["caucus", "hushed", "what", "told"]}

    assert wrong(stage, hidden=hidden, seen=seen) == []


def test_who_reads_what_should_be_hidden_is_told_with_what_was_read(stage):
    assert wrong(stage, hidden={"tao": ["caucus", "gone"], "sun": ["caucus"]}) == [
        ("hidden.tao.caucus", "＊＊＊", "嘘"),
        ("hidden.tao.gone", "＊＊＊", "(readable; nothing there yet)"),
    ]


def test_who_does_not_read_what_should_be_seen_is_told(stage):
    assert wrong(stage, seen={"sun": ["what", "caucus", "hushed"]}) == [
        ("seen.sun.caucus", "嘘", "＊＊＊"),
        ("seen.sun.hushed", True, "＊＊＊"),
    ]


def test_what_is_no_field_is_told_with_the_nearest_that_is(stage):
    assert wrong(stage, hidden={"sun": ["cauces"]}, seen={"sun": "zzz"}) == [
        ("hidden.sun.cauces", "cauces", "no such field, fact or table; did you mean 'caucus'?"),
        ("seen.sun.zzz", "zzz", "no such field, fact or table"),
    ]


BAD = [
    pytest.param({"hidden": {"sum": ["caucus"]}}, "HY201", "sun", id="nobody of the file"),
    pytest.param({"seen": {"sun": {"caucus": 1}}}, "HY103", "", id="no list of names"),
    pytest.param({"seen": {"sun": [1]}}, "HY103", "", id="no names"),
    pytest.param({"hidden": ["caucus"]}, "HY103", "", id="no persons"),
]


@pytest.mark.parametrize(("expect", "code", "hint"), BAD)
def test_a_slip_in_it_is_found_where_it_stands(expect, code, hint):
    with pytest.raises(DefinitionError) as refused:
        told(OPENED, {**NOTED, "expect": expect})

    (problem,) = refused.value.problems
    assert (problem.code, hint in problem.hint.en) == (code, True)


@pytest.mark.parametrize(("expect", "code", "hint"), BAD)
def test_a_slip_in_a_shared_opening_is_found_too(expect, code, hint):
    with pytest.raises(DefinitionError) as refused:
        told(OPENED, starts={"begun": [OPENED, {**NOTED, "expect": expect}]})

    assert [one.code for one in refused.value.problems] == [code]


def test_a_person_of_one_scenario_is_known_in_it():
    scenario = {
        "name": {"zh": "一"},
        "people": {"qi": {}},
        "steps": [{**OPENED, "expect": {"hidden": {"qi": "caucus"}}}],
    }

    assert told(scenarios=[scenario]).scenarios[0].people.keys() == {"qi"}


def test_no_made_up_unit_is_of_a_level_called_own():
    with pytest.raises(DefinitionError) as refused:
        told(OPENED, units={"town": {"level": "own"}, "north": {"level": "garden"}})

    assert [one.code for one in refused.value.problems] == ["HY103"]


@pytest.mark.parametrize(("who", "unit"), [("tao", "town"), ("li", "north")])
def test_a_case_is_opened_where_its_opener_has_a_post_whatever_the_level(stage, who, unit):
    opened = {one: value for one, value in OPENED.items() if one != "unit"}

    (step,) = play(stage, {**opened, "who": who}).steps

    assert step.seen is not None
    assert step.seen.case.unit == unit


def test_the_levels_of_a_workflow_are_told_as_a_list(stage):
    workflow = stage.workflow("petition")
    assert workflow is not None

    assert workflow_view(workflow, "en").opened_at == ("garden", "town")
