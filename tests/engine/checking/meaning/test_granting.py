"""Conditions that decide who knows and who reads, and look beyond the case."""

from typing import Any

import pytest

from tests.builders.toy_workflows import field, problems_of, text_of
from tests.engine.checking.meaning.checked_files import said

FIELDS = {
    "high": field("boolean"), "note": field("text"), "day": field("date"),
    "other": {"type": "case", "of": "toy"}, "boss": field("person"), "mates": field("person", many=True),
    "rows": field("list", of={"who": {"type": "person"}, "case": {"type": "case", "of": "toy"}}),
}  # fmt: skip
FACTS = {
    "plain": {"is": "high && state == 'asked' && taken.go == 0 && filled.note"},
    "late": {"is": "day < today"},
    "both": {"is": "plain || late"},
    "worked": {"is": "working_days(day, day) > 0"},
    "crew": {"is": "rows.filter(r, plain).map(r, r.who)"},
    "late_crew": {"is": "rows.filter(r, late).map(r, r.who)"},
    "foreign": {"is": "rows.exists(r, has(r.case) && r.case.state == 'asked')"},
}
TABLES = {
    "steady": {"hit": "first", "gives": {"n": "integer"}, "rules": [{"id": "a", "if": "plain", "then": {"n": "=size(rows)"}}]},
    "dated": {"hit": "first", "gives": {"n": "integer"}, "rules": [{"id": "a", "if": "plain", "then": {"n": 1}, "from": "2026-01-01"}]},
    "aged": {"hit": "first", "gives": {"n": "integer"}, "rules": [{"id": "a", "if": "late", "then": {"n": 1}}]},
}  # fmt: skip
PARAMS = {"big": {"value": True}}


def beyond(**parts: Any) -> list[str]:
    return said("HY309", fields=FIELDS, facts=FACTS, tables=TABLES, params=PARAMS, **parts)


def seen(when: str) -> dict[str, Any]:
    return {"seen_by": ["gardener", {"role": "head", "when": when}]}


@pytest.mark.parametrize(
    "when",
    [
        "high", "state != 'done'", "taken.go > 0", "filled.other && filled.day", "size(rows) > 0",
        "plain", "steady.n > 0", "boss == 'a'",
    ],
)  # fmt: skip
def test_a_condition_reads_fields_what_is_filled_the_state_and_what_was_taken(when):
    assert beyond(**seen(when)) == []


@pytest.mark.parametrize(
    ("when", "odd"),
    [
        ("day < today", "today"), ("opened_on == day", "opened_on"), ("before.high", "before.high"),
        ("actor == boss", "actor"), ("unit.level == 'garden'", "unit"), ("params.big", "params.big"),
        ("other.state == 'asked'", "other"), ("late", "today"), ("both", "today"),
        ("worked", "working_days"), ("foreign", "rows.case"), ("dated.n > 0", "dated"),
        ("aged.n > 0", "today"),
    ],
)  # fmt: skip
def test_a_condition_that_looks_beyond_the_case_is_an_error(when, odd):
    assert beyond(**seen(when)) == [
        "who knows and reads may rest on the case's fields, filled, state and taken alone; this reads:"
        f" {odd}"
    ]


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"readers": {"internal": [{"role": "head", "when": "late"}]}}, id="a reader's"),
        pytest.param({"sealed": {"when": "late", "to": []}}, id="the seal's"),
        pytest.param({"sealed": {"when": "high", "to": [{"role": "head", "when": "late"}]}}, id="of whom a seal lets in"),
        pytest.param({"sealed": {"when": "high", "to": [], "partly": [{"role": "head", "when": "late"}]}}, id="of whom it partly does"),
        pytest.param({"roles": {"gardener": {"level": "garden"}, "head": {"level": "region"}, "crew": {"in_case": "late_crew"}}}, id="whom a fact names"),
        pytest.param({"roles": {"gardener": {"level": "garden"}, "head": {"level": "region", "never": "late_crew"}}}, id="whom a fact bars"),
    ],
)  # fmt: skip
def test_every_condition_that_decides_who_knows_is_asked(parts):
    assert len(beyond(**parts)) == 1


def test_whom_a_steady_fact_names_or_bars_is_known():
    roles = {"crew": {"in_case": "crew"}, "head": {"level": "region", "never": ["crew", "mates"]}}

    assert beyond(roles=roles) == []


def test_a_condition_under_a_field_that_is_hidden_is_asked_too():
    hidden = {**FIELDS, "bid": field("integer", seal_to=[{"role": "head", "when": "late"}])}

    assert len(said("HY309", fields=hidden, facts=FACTS)) == 1


def test_the_place_of_a_wrong_condition_is_its_own():
    wrong: dict[str, Any] = {"seen_by": ["gardener", {"role": "nobody", "when": "gone"}]}
    text = text_of(**wrong)

    assert [(one.code, one.at.column) for one in problems_of(**wrong)] == [
        ("HY201", text.index('"nobody"') + 1), ("HY301", text.index('"gone"') + 2),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        pytest.param({"seen_by": []}, "HY103", id="nobody at all"),
        pytest.param({"seen_by": ["clock"]}, "HY201", id="a clock"),
        pytest.param({"readers": {"internal": ["opener"]}}, "HY201", id="opener is no reader of a class"),
        pytest.param({"seen_by": [{"role": "head"}]}, "HY102", id="a condition that is missing"),
        pytest.param({"seen_by": [{"role": "head", "when": "1 + 1"}]}, "HY304", id="no condition"),
        pytest.param({"seen_by": [{"role": "head", "when": "[1].exists(x, x == 1)"}]}, "HY303", id="a macro"),
        pytest.param({"seen_by": [{"role": "head", "if": "true"}]}, "HY101", id="another key"),
        pytest.param({"roles": {"bearer": {"level": "garden"}}}, "HY202", id="a built-in word as a role"),
        pytest.param({"roles": {"opener": {"level": "garden"}}}, "HY202", id="another"),
    ],
)  # fmt: skip
def test_a_list_of_readers_is_checked(parts, code):
    assert code in [one.code for one in problems_of(**parts)]
