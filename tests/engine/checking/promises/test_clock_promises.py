"""Clocks as promises see them, and tables of law."""

import json

import pytest

from engine.checking.build import check_workflow
from engine.checking.promises.clocks import check_fixed
from engine.checking.promises.view import View
from engine.compiling.builder import Builder
from engine.compiling.expand import expand
from engine.compiling.formulas import Formulas
from engine.language.load import load_definition
from engine.language.promises import FixedPromise
from tests.builders.toy_workflows import field, text_of
from tests.engine.checking.promises.toy_packs import SAYS, says, shelf_of

CLOCK = {"clock": "wait"}


def waiting(clock=None, **parts):
    whole = {"means": "wait", "starts": ["asked"], "class": "local", "within": "3 days"}
    return {"clocks": {"c": {**whole, **(clock or {})}}, **parts}


@pytest.mark.parametrize(
    ("promise", "clock", "found"),
    [
        pytest.param({"class": "local"}, {}, [], id="its class"),
        pytest.param({"class": "statutory"}, {}, ["clock 'c': its class must be statutory"], id="another class"),
        pytest.param({"at_most": "3 days"}, {}, [], id="at most"),
        pytest.param({"at_most": "2 days"}, {}, ["clock 'c' has the wrong length: at_most: 2 days"], id="too long"),
        pytest.param({"at_most": "72 hours"}, {}, [], id="in other units"),
        pytest.param({"at_least": "3 days"}, {}, [], id="at least"),
        pytest.param({"at_least": "4 days"}, {}, ["clock 'c' has the wrong length: at_least: 4 days"], id="too short"),
        pytest.param({"exactly": "3 days"}, {}, [], id="exactly"),
        pytest.param({"exactly": "4 days"}, {}, ["clock 'c' has the wrong length: exactly: 4 days"], id="not exactly"),
        pytest.param({"at_most": "3 days"}, {"within": "term"}, ["clock 'c' has the wrong length: at_most: 3 days"], id="a param may change"),
        pytest.param({"at_most": "9 days"}, {"within": "3 working days"}, ["clock 'c' has the wrong length: at_most: 9 days"], id="not comparable"),
        pytest.param({"at_most": "9 days"}, {"within": {"n": "=rule.days", "unit": "days"}}, ["clock 'c' has the wrong length: at_most: 9 days"], id="an expression"),
        pytest.param({"at_most": "9 days"}, {"rules": [{"if": "unit.id == 'x'", "within": "99 days", "class": "statutory", "source": "law#2"}, {"within": "9 days"}]}, [], id="a special law"),
        pytest.param({"at_most": "9 days"}, {"rules": [{"if": "unit.id == 'x'", "within": "99 days", "class": "statutory"}, {"within": "9 days"}]}, ["clock 'c' has the wrong length: at_most: 9 days"], id="special without a source"),
        pytest.param({"at_least": "9 days"}, {"rules": [{"if": "unit.id == 'x'", "within": "1 day", "class": "statutory", "source": "law#2"}, {"within": "9 days"}]}, ["clock 'c' has the wrong length: at_least: 9 days"], id="no special law below a minimum"),
        pytest.param({"runs_in": "all open"}, {}, [], id="starts with the state"),
        pytest.param({"runs_in": "all open"}, {"starts": [{"move": "go"}]}, ["entering 'asked' does not start it"], id="starts with a move elsewhere"),
        pytest.param({"runs_in": "finals"}, {"starts": [{"move": "go"}]}, [], id="starts with every move there"),
        pytest.param({"runs_in": "nowhere"}, {}, ["nothing in 'states' says means: nowhere"], id="no such state"),
        pytest.param({"runs_from": "effect"}, {"runs_from": "day"}, [], id="from a day of the meaning"),
        pytest.param({"runs_from": "effect"}, {}, ["clock 'c': it runs from another day"], id="from the start"),
        pytest.param({"runs_from": "effect"}, {"rules": [{"if": "unit.id == 'x'", "runs_from": "day"}, {"within": "3 days"}]}, ["clock 'c': it runs from another day"], id="from another day in one of its rules"),
        pytest.param({"without": ["pauses", "extend"]}, {"pauses": "none", "extend": "none"}, [], id="without a rest"),
        pytest.param({"without": ["extend"]}, {"extend": {"at_most": "3 days", "source": "law#2"}}, ["clock 'c' may have no 'extend'"], id="extended"),
        pytest.param({"without": ["pauses"]}, {"rules": [{"if": "unit.id == 'x'", "pauses": {"in": ["asked"]}}, {"within": "3 days"}]}, ["clock 'c' may have no 'pauses'"], id="rests in one of its rules"),
        pytest.param({"without": ["when"]}, {"when": "unit.id == 'x'"}, ["clock 'c' may have no 'when'"], id="starts under a condition"),
        pytest.param({"without": ["if"]}, {"rules": [{"if": "unit.id == 'x'", "within": "1 day"}, {"within": "3 days"}]}, ["clock 'c' may have no 'if'"], id="differs by a condition"),
        pytest.param({"each": "beds"}, {"each": "plots"}, [], id="for each item"),
        pytest.param({"each": "beds"}, {}, ["clock 'c' does not run for each item"], id="not for each item"),
        pytest.param({"follows": {"law": "days"}}, {"within": {"n": "=rule.days", "unit": "days"}}, [], id="as long as the table says"),
        pytest.param({"follows": {"law": "days"}}, {"within": {"n": "=rule.days + 1", "unit": "days"}}, [], id="longer than the table says"),
        pytest.param({"follows": {"law": "days"}}, {"within": {"n": "=rule.days - 1", "unit": "days"}}, ["clock 'c' can be shorter than the table says"], id="shorter"),
        pytest.param({"follows": {"law": "days"}}, {}, ["clock 'c' can be shorter than the table says"], id="a plain number"),
        pytest.param({"follows": {"law": "days"}}, {"within": {"n": "=params.n", "unit": "days"}}, ["clock 'c' can be shorter than the table says"], id="something else"),
        pytest.param({"follows": {"other": "days"}}, {}, ["clock 'c' can be shorter than the table says"], id="no such table"),
    ],
)  # fmt: skip
def test_what_a_clock_must_be(promise, clock, found):
    row = {"id": "r", "then": {"days": 9}}
    parts = waiting(
        clock,
        params={"term": {"value": "3 days"}, "n": {"value": 3}},
        fields={
            "plots": field("list", means="beds", of={"a": field("text")}),
            "day": field("date", means="effect"),
        },
        tables={"rule": {"hit": "first", "means": "law", "gives": {"days": "integer"}, "rules": [row]}},
    )  # fmt: skip

    assert says({**CLOCK, **promise}, **parts) == found


def test_a_clock_that_the_file_does_not_have():
    assert says(CLOCK) == ["nothing in 'clocks' says means: wait"]


FIXED = {"fixed": "statutory"}


@pytest.mark.parametrize(
    ("clock", "found"),
    [
        pytest.param({}, [], id="a plain length"),
        pytest.param({"within": "term", "class": "local"}, [], id="a param for another class"),
        pytest.param({"within": "term"}, ["clock 'c': its length comes from a param"], id="a param"),
        pytest.param({"within": {"n": "=params.n", "unit": "days"}}, ["clock 'c': its length comes from a param"], id="computed from a param"),
        pytest.param({"within": {"n": "=size(state)", "unit": "days"}}, [], id="computed from something else"),
    ],
)  # fmt: skip
def test_a_statutory_clock_is_not_changed_from_outside(clock, found):
    parts = waiting(
        {"class": "statutory", **clock}, params={"term": {"value": "3 days"}, "n": {"value": 3}}
    )

    assert says(FIXED, **parts) == found


@pytest.mark.parametrize(
    ("key", "part", "found"),
    [
        pytest.param("pauses", {"in": ["asked"]}, ["clock 'c': 'pauses' has no source of its own"], id="rests"),
        pytest.param("pauses", {"in": ["asked"], "source": "law#2"}, [], id="rests by law"),
        pytest.param("pauses", "none", [], id="never rests"),
        pytest.param("extend", {"at_most": "3 days"}, ["clock 'c': 'extend' has no source of its own"], id="is extended"),
    ],
)  # fmt: skip
def test_a_statutory_clock_rests_and_is_extended_by_a_source_of_its_own(key, part, found):
    rule, findings = load_definition(text_of(**waiting({"class": "statutory", key: part})))
    assert rule is not None
    expanded = expand(rule, findings)
    formulas = Formulas(rule, findings, {})
    workflow = Builder(rule, expanded, formulas, findings).build()
    view = View(rule=rule, workflow=workflow, expanded=expanded, findings=findings)

    check_fixed(
        view, FixedPromise.model_validate({"id": "T", "says": SAYS, "source": "s", **FIXED})
    )

    assert [
        one.words.en.split(": ", 1)[1].split(" (source")[0] for one in findings.problems
    ] == found


def test_a_table_of_law_comes_from_a_pack():
    law = {
        "law": {
            "hit": "first",
            "means": "law",
            "gives": {"n": "integer"},
            "rules": [{"id": "r", "then": {"n": 1}}],
        }
    }
    own = says({"law": "law"}, tables=law)
    none = says({"law": "law"})
    packed = json.dumps({"format": 1, "pack": "laws", "tables": law}, ensure_ascii=False)
    shelf = shelf_of({"law": "law"}, pack_laws=packed)
    text = text_of(kind="toys", uses=["laws"])

    assert own == ["'law' is the file's own; only a pack's table counts"]
    assert none == ["nothing in 'tables' says means: law"]
    assert [one.code for one in check_workflow(text, shelf=shelf)[1] if one.code == "T01"] == []
