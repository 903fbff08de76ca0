"""Author tests may make up rows of a catalogue: they stand on top of those of the shelf."""

import pytest

from engine.case.errors import DefinitionError
from heyi.app.authors.scenariofile import ScenarioFileDef, load_scenarios
from heyi.app.authors.stage import Rehearsal
from heyi.app.library.shelf import FolderShelf
from tests.builders.shelves import SHIPPED
from tests.workflows.scenario_player import ZONE, yaml_of

MADE_UP = {"code": "R-1", "name": "试", "class": "A", "basis": "试", "active": True}


def told(rows: list[dict[str, object]]) -> ScenarioFileDef:
    """Return a file of author tests with these rows."""
    file = {
        "workflow": "task",
        "units": {"here": {"level": "community"}},
        "people": {"ann": {}},
        "catalogues": {"work_items": rows},
        "scenarios": [{"name": {"zh": "一"}, "steps": [{"at": "2026-03-02 10:00"}]}],
    }
    return load_scenarios(yaml_of(file), file="tests.yaml")[0]


def test_rows_are_added_and_stand_in_the_place_of_rows_of_the_same_code(tmp_path):
    rule = told([MADE_UP, {**MADE_UP, "code": "IT-A12", "name": "另一个"}])
    stage = Rehearsal(FolderShelf([SHIPPED]), tmp_path, ZONE)

    with stage.stage(rule, rule.scenarios[0]) as cases, cases.store.read() as work:
        rows = work.catalogues.rows("work_items")

    assert rows["R-1"] == MADE_UP
    assert rows["IT-A12"]["name"] == "另一个"
    assert rows["IT-A13"]["class"] == "A"


def test_a_row_without_a_code_is_refused_at_its_place():
    with pytest.raises(DefinitionError) as refused:
        told([{"name": "试"}])

    assert [one.code for one in refused.value.problems] == ["HY102"]
