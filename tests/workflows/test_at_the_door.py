"""An author test in which somebody moves who may not know the case fails: no door lets them."""

from typing import Any

import pytest

from heyi.app.authors.scenariofile import load_scenarios
from heyi.app.authors.stage import Rehearsal
from heyi.app.library.shelf import FolderShelf
from tests.builders.shelves import SHIPPED
from tests.workflows.scenario_player import ZONE, yaml_of

CLUE = {
    "at": "2026-03-16 09:00",
    "who": "zhou",
    "opens": {"source": "phone", "place": "3号楼", "facts_text": "有人争吵"},
}
DANGER = {"does": "L09", "with": {"danger_kind": "other"}}


def wrong(spare: Any, *steps: dict[str, Any]) -> list[Any]:
    """Return what differs in a story of a clue that the handler took down."""
    file = {
        "workflow": "dispute",
        "units": {"heshun": {"level": "community"}},
        "people": {"zhou": {"posts": ["handler@heshun"]}, "other": {}},
        "scenarios": [{"name": {"zh": "一"}, "steps": [CLUE, *steps]}],
    }
    rule = load_scenarios(yaml_of(file), file="tests.yaml")[0]
    stage = Rehearsal(FolderShelf([SHIPPED]), spare, ZONE)
    workflow = stage.workflow("dispute")
    assert workflow is not None
    with stage.stage(rule, rule.scenarios[0]) as cases:
        *_, played = stage.play(cases, rule, rule.scenarios[0], workflow)
    return [one for step in played.steps for one in step.wrong]


@pytest.mark.parametrize(
    ("who", "expected"), [("zhou", []), ("other", [("known.other", True, False)])]
)
def test_a_story_is_wrong_where_somebody_moves_who_may_not_know_the_case(tmp_path, who, expected):
    step = {"at": "2026-03-16 09:10", "who": who, **DANGER}

    assert wrong(tmp_path, step) == expected


def test_who_may_not_know_a_case_may_still_be_refused_in_a_story(tmp_path):
    step = {
        "at": "2026-03-16 09:10",
        "who": "other",
        "does": "L09",
        "refused": {"code": "move.missing"},
    }

    assert wrong(tmp_path, step) == []
