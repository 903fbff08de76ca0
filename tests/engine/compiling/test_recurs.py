"""What the loader says about ``recurs``: where it is wrong, it says so at the very place."""

from typing import Any

import pytest

from engine.checking.build import check_workflow
from engine.compiling.recurs import check_recurs
from engine.compiling.words import RECURS
from engine.language.load import Findings, load_definition
from tests.builders.toy_workflows import text_of

FIELDS = {
    "topic": {"type": "text", "label": {"zh": "议"}},
    "beds": {"type": "integer", "label": {"zh": "床"}},
    "size": {"type": "text", "label": {"zh": "大小"}},
}
CLOCKED = [
    {"to": "asked", "by": ["gardener"], "may": ["topic"]},
    {"to": "asked", "by": ["head", "clock"], "asks": ["topic"], "may": ["beds"]},
]
GOOD = {"on": "days 1 and 16", "at": "09:00", "each": "garden", "with": {"topic": "半月"}}


def found(recur: dict[str, Any], **parts: Any) -> list[tuple[str, str]]:
    """Return (code, what stands at the place) of every problem of one entry."""
    text = text_of(fields=FIELDS, opening=CLOCKED, recurs={"round": recur}, **parts)
    rule, before = load_definition(text, file="toy.yaml")
    assert rule is not None, before.problems
    findings = Findings(document=before.document)
    check_recurs(rule, findings)
    return [
        (p.code, text[p.at.column - 1 :].split('"')[1] if p.at.line == 1 else "")
        for p in findings.problems
    ]


def test_a_good_entry_has_no_problem():
    assert found(GOOD) == []
    assert found(GOOD, opened_at="garden") == []


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        pytest.param({"on": "monday"}, ("HY103", "monday"), id="no days"),
        pytest.param({"at": "9 o'clock"}, ("HY103", "9 o'clock"), id="no time"),
        pytest.param({"with": {"topic": "x", "bets": 1}}, ("HY201", "bets"), id="no field"),
        pytest.param({"with": {"topic": "=today"}}, ("HY103", "=today"), id="an expression"),
        pytest.param({"with": {"topic": "x", "beds": "many"}}, ("HY103", "many"), id="no number"),
        pytest.param({"with": {}}, ("HY203", "round"), id="the opening asks for more"),
        pytest.param({"with": {"topic": "x", "size": "y"}}, ("HY203", "with"), id="the opening takes less"),
    ],
)  # fmt: skip
def test_a_mistake_is_found_where_it_stands(change, expected):
    assert found({**GOOD, **change}) == [expected]


def test_what_names_no_days_is_answered_with_examples():
    assert "days 1 and 16" in RECURS["on"].zh
    assert "days 1 and 16" in RECURS["on"].en


def test_the_level_is_that_of_the_cases():
    assert found(GOOD, opened_at="region") == [("HY203", "garden")]


def test_the_level_is_one_of_those_of_the_cases():
    assert found(GOOD, opened_at=["region", "garden"]) == []

    text = text_of(
        fields=FIELDS, opening=CLOCKED, recurs={"round": GOOD}, opened_at=["region", "bed"]
    )
    found_too = check_workflow(text, file="toy.yaml")[1]
    (problem,) = [one for one in found_too if one.code == "HY203"]
    assert problem.words.zh == "本流程的案件立在“region”或“bed”级单位"
    assert problem.words.en == "cases of this workflow live at level 'region' or 'bed'"


def test_somebody_must_be_able_to_open_it():
    assert opened_by("gardener") == ["HY606"]


@pytest.mark.parametrize("by", ["clock", "anyone"])
def test_a_calendar_opens_what_the_clock_or_anybody_may_open(by):
    assert opened_by(by) == []


def opened_by(word: str) -> list[str]:
    """Return the codes of what is wrong where the one opening is for ``word``."""
    opening = {"to": "asked", "by": word, "asks": ["topic"]}
    text = text_of(fields=FIELDS, recurs={"round": GOOD}, opening=opening)
    rule, findings = load_definition(text, file="toy.yaml")
    assert rule is not None
    findings.problems.clear()
    check_recurs(rule, findings)
    return [p.code for p in findings.problems]
