"""The shipped author tests all pass, and an author test that is wrong does not."""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from engine.case.codec import case_to_plain, event_from_plain, event_to_plain
from engine.case.fold import fold
from heyi.app.authors.scenariofile import load_scenarios
from tests.builders.shelves import SHIPPED
from tests.workflows.scenario_player import Cast, Performance, Script, plain, scripts, yaml_of

SCRIPTS = scripts()
STORY = "T-01"


@pytest.fixture(scope="module")
def performance(request: pytest.FixtureRequest, cast: Cast) -> Performance:
    """How a script went: played once for all that is said of it."""
    script: Script = request.param
    return cast.perform(script)


@pytest.mark.parametrize("performance", SCRIPTS, ids=lambda script: script.id, indirect=True)
def test_a_shipped_scenario_goes_as_its_author_wrote_and_its_history_verifies(
    performance: Performance,
):
    assert performance.differences == []
    assert performance.findings == ()
    assert performance.played.steps, "nothing was played"


@pytest.mark.parametrize("performance", SCRIPTS, ids=lambda script: script.id, indirect=True)
def test_every_case_is_the_fold_of_its_events_after_they_went_through_json(
    performance: Performance,
):
    for case, events in performance.histories:
        sent = json.loads(json.dumps([event_to_plain(event) for event in events]))
        assert fold(map(event_from_plain, sent)) == case
        assert json.loads(json.dumps(case_to_plain(case))) == case_to_plain(case)


@pytest.mark.parametrize("story", ["consultation:K-04", "mediation:M-07", "access_control:T-01"])
def test_the_story_has_a_scenario(story: str):
    assert story in {script.id for script in SCRIPTS}


def _story() -> dict[str, Any]:
    """Return the author tests of the admission with one short scenario left: story T-01's."""
    file = plain(SHIPPED / "tests" / "access_control.yaml")
    chosen = next(one for one in file["scenarios"] if one.get("story") == STORY)
    return {**file, "scenarios": [copy.deepcopy(chosen)]}


def _wrong_state(file: dict[str, Any]) -> None:
    file["starts"]["classifying"][-1]["expect"]["state"] = "joint_review"


def _wrong_date(file: dict[str, Any]) -> None:
    file["starts"]["classifying"][-1]["expect"]["due"]["decide"] = "2026-03-26"


def _wrong_code(file: dict[str, Any]) -> None:
    file["scenarios"][0]["steps"][1]["refused"]["code"] = "move.role"


def _wrong_words(file: dict[str, Any]) -> None:
    step = next(s for s in file["scenarios"][0]["steps"] if "says" in s.get("refused", {}))
    step["refused"]["says"] = "D4.9"


def _wrong_fact(file: dict[str, Any]) -> None:
    step = next(s for s in file["scenarios"][0]["steps"] if "facts" in s.get("expect", {}))
    step["expect"]["facts"] = {"verdict.class": "A"}


def _wrong_document(file: dict[str, Any]) -> None:
    file["starts"]["classifying"][2]["expect"]["documents"] = ["approval"]


def _wrongly_granted(file: dict[str, Any]) -> None:
    file["starts"]["classifying"][2] |= {"refused": {"code": "move.guard"}}


def _wrongly_refused(file: dict[str, Any]) -> None:
    del file["scenarios"][0]["steps"][1]["refused"]


@pytest.mark.parametrize(
    ("spoil", "what", "expected", "found"),
    [
        pytest.param(_wrong_state, "state", "joint_review", "classifying", id="state"),
        pytest.param(_wrong_date, "due.decide", "2026-03-26", "2026-03-25", id="date"),
        pytest.param(_wrong_code, "refused", "move.role", "move.guard", id="refusal code"),
        pytest.param(_wrong_words, "refused", "D4.9", "D4.2", id="words of a refusal"),
        pytest.param(_wrong_fact, "facts.verdict.class", "A", "G", id="fact"),
        pytest.param(_wrong_document, "documents", "approval", "receipt", id="document"),
        pytest.param(_wrongly_granted, "refused", "move.guard", "None", id="granted"),
        pytest.param(_wrongly_refused, "refused", "None", "move.guard", id="refused"),
    ],
)
def test_a_wrong_expectation_is_reported_with_what_was_expected_and_found(
    spoil: Callable[[dict[str, Any]], None], what: str, expected: str, found: str, cast: Cast
):
    file = _story()
    spoil(file)
    rule, _document = load_scenarios(yaml_of(file), file="spoilt.yaml")

    performance = cast.perform(Script(id="spoilt", rule=rule, scenario=rule.scenarios[0]))

    assert not performance.played.passed
    reported = [wrong for _place, wrong in performance.differences if wrong[0] == what]
    assert len(reported) == 1, performance.differences
    assert expected in str(reported[0][1])
    assert found in str(reported[0][2])
