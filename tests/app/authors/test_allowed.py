"""Author tests say which moves whose posts allow, and all that a refused move still asks for."""

import json
from typing import Any

import pytest

from engine.case.errors import DefinitionError
from heyi.app.authors.scenariofile import load_scenarios
from heyi.app.authors.stage import Rehearsal
from heyi.app.library.shelf import FolderShelf
from tests.app.cases.test_sight import OPENED, told
from tests.builders.errand_office import FILE
from tests.builders.shelves import SHIPPED
from tests.workflows.scenario_player import ZONE


@pytest.fixture
def stage(tmp_path):
    return Rehearsal(FolderShelf([FILE.parent, SHIPPED]), tmp_path, ZONE)


def wrong(stage: Rehearsal, step: dict[str, Any]) -> list[Any]:
    """Return what differs in a step taken once a petition was opened."""
    rule = told(OPENED, step)
    workflow = stage.workflow("petition")
    assert workflow is not None
    with stage.stage(rule, rule.scenarios[0]) as cases:
        *_, played = stage.play(cases, rule, rule.scenarios[0], workflow)
    return [one for step in played.steps for one in step.wrong]


def test_the_moves_that_posts_allow_are_as_expected_whatever_the_guards_say(stage):
    allowed = {"tao": ["end", "note", "merge"], "sun": [], "li": []}

    assert wrong(stage, {"expect": {"allowed": allowed}}) == []


def test_a_move_too_few_or_too_many_is_told_with_all_there_are(stage):
    allowed = {"tao": ["merge", "note"], "sun": "end"}

    assert wrong(stage, {"expect": {"allowed": allowed}}) == [
        ("allowed.tao", ["merge", "note"], ["merge", "note", "end"]),
        ("allowed.sun", "end", []),
    ]


def test_nobody_of_the_file_is_no_person():
    with pytest.raises(DefinitionError) as refused:
        told(OPENED, {"expect": {"allowed": {"sum": []}}})

    assert [one.code for one in refused.value.problems] == ["HY201"]


@pytest.mark.parametrize(
    ("group", "name"),
    [("people", "opener"), ("people", "clock"), ("people", "bearer"), ("units", "link")],
)
def test_a_made_up_person_or_unit_bears_no_word_of_the_language(group, name):
    rule: dict[str, Any] = {
        "workflow": "petition", "units": {"heshun": {"level": "community"}}, "people": {"li": {}},
        "scenarios": [{"name": {"zh": "x"}, "steps": [{"at": "2026-03-02 10:00"}]}],
    }  # fmt: skip
    rule[group] = {**rule[group], name: {"level": "community"} if group == "units" else {}}

    with pytest.raises(DefinitionError) as refused:
        load_scenarios(json.dumps(rule))

    assert [one.code for one in refused.value.problems] == ["HY104"]


def test_what_is_missing_is_as_expected(stage):
    step = {"who": "tao", "does": "note", "refused": {"missing": ["caucus"]}}

    assert wrong(stage, step) == []


def test_a_question_that_is_no_longer_asked_is_told(stage):
    step = {"who": "tao", "does": "note", "refused": {"missing": ["caucus", "what"]}}

    assert wrong(stage, step) == [("refused.missing", ["caucus", "what"], ["caucus"])]


def test_a_refusal_for_another_reason_lacks_nothing(stage):
    step = {"who": "sun", "does": "note", "refused": {"missing": "caucus"}}

    assert wrong(stage, step) == [("refused.missing", ["caucus"], [])]
