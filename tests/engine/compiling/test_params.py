"""Params: a value is one of its options, and what the law has set is known as such."""

from typing import Any

import pytest

from engine.compiling.params import bound_by_law, option_problem
from engine.language.parts import ParamDef
from engine.telling.sentences.conditions import Conditions
from tests.builders.toy_workflows import codes_of, problems_of, toy

STYLES = {"plain": {"zh": "普通", "en": "plain"}, "strict": {"zh": "从严", "en": "strict"}}
STYLE = {"value": "plain", "options": STYLES, "label": {"zh": "做法", "en": "style"}}


def guarded(guard: str) -> dict[str, Any]:
    """Return a file's states with one guarded move, and a param with options."""
    move = {"to": "done", "by": "anyone", "when": guard}
    return {"params": {"style": STYLE}, "states": {"asked": {"on": {"go": move}}}}


@pytest.mark.parametrize("value", ["plain", ["plain", "strict"], []])
def test_a_value_may_be_an_option_or_a_list_of_them(value):
    assert codes_of(params={"style": {**STYLE, "value": value}}) == []


@pytest.mark.parametrize("value", ["plan", ["plain", "plan"], [7], "Plain", ""])
def test_a_value_that_is_no_option_is_refused(value):
    assert codes_of(params={"style": {**STYLE, "value": value}}) == ["HY203"]


def test_a_misspelt_option_is_answered_with_the_one_that_was_meant():
    [problem] = problems_of(params={"style": {**STYLE, "value": "plan"}})

    assert problem.hint.en == "did you mean 'plain'?"
    assert "plain, strict" in problem.words.en
    assert "plain、strict" in problem.words.zh


@pytest.mark.parametrize("value", ["5 days", 7, 1.5, True, {"n": 3, "unit": "days"}])
def test_only_text_has_options(value):
    assert codes_of(params={"style": {**STYLE, "value": value}}) == ["HY203"]


def test_without_options_any_value_will_do():
    assert option_problem(ParamDef(value="free"), "anything") is None


def test_options_as_a_list_are_refused():
    assert codes_of(params={"style": {"value": "a", "options": ["a", "b"]}}) == ["HY103"]


@pytest.mark.parametrize(
    ("guard", "codes"),
    [
        ("params.style == 'strict'", []),
        ("'strict' == params.style", []),
        ("params.style in ['plain', 'strict']", []),
        ("params.style == 'strikt'", ["HY307"]),
        ("params.style != 'strikt'", ["HY307"]),
        ("params.style in ['plain', 'strikt']", ["HY307"]),
    ],
)
def test_a_comparison_names_options_as_with_a_choice(guard, codes):
    assert codes_of(**guarded(guard)) == codes


@pytest.mark.parametrize(("lang", "says"), [("zh", "做法为“从严”"), ("en", "“style” is “strict”")])
def test_a_condition_on_a_param_is_said_by_its_labels(lang, says):
    workflow = toy(**guarded("params.style == 'strict'"))

    assert Conditions(workflow, lang).phrase("params.style == 'strict'").text == says


def clocked(**clock: Any) -> dict[str, Any]:
    """Return a file with a clock and the params it may take its lengths from."""
    return {
        "params": {name: {"value": "3 days", "class": "local"} for name in ("a", "b", "c")}
        | {"n": {"value": 3}, "law": {"value": "3 days", "class": "statutory"}},
        "clocks": {"c": {"starts": ["asked"], **clock}},
    }


@pytest.mark.parametrize(
    ("clock", "bound"),
    [
        ({"within": "a"}, set()),
        ({"within": "a", "class": "local"}, set()),
        ({"within": "a", "class": "statutory"}, {"a"}),
        ({"at_least": "b", "class": "statutory"}, {"b"}),
        ({"within": {"n": "=params.n + 1", "unit": "days"}, "class": "statutory"}, {"n"}),
        ({"within": "3 days", "class": "statutory", "extend": {"at_most": "b"}}, {"b"}),
        ({"within": "3 days", "class": "statutory", "pauses": {"in": ["asked"], "each": "a", "all": "c"}}, {"a", "c"}),
        ({"class": "statutory", "rules": [{"if": "today > ''", "within": "a"}, {"within": "b", "class": "local"}]}, {"a"}),
        ({"class": "local", "within": "a", "rules": [{"class": "statutory"}]}, {"a"}),
        ({"class": "local", "extend": {"at_most": "a"}, "rules": [{"within": "3 days", "class": "statutory", "extend": "none"}]}, set()),
    ],
)  # fmt: skip
def test_what_gives_a_statutory_clock_its_length_is_bound_by_law(clock, bound):
    rule = toy(**clocked(**clock)).definition

    assert {name for name in rule.params if bound_by_law(rule, name)} == bound | {"law"}


def test_a_length_is_bound_through_facts_and_tables_and_what_chooses_between_them_is_not():
    label = {"zh": "某", "en": "some"}
    parts = clocked(within={"n": "=longest", "unit": "days"}, **{"class": "statutory"})
    parts["facts"] = {"longest": {"is": "answer.days + 1", "label": label}}
    parts["params"] |= {"m": {"value": 2}, "odd": {"value": True}}
    parts["tables"] = {
        "answer": {
            "hit": "first", "gives": {"days": "integer"},
            "rules": [
                {"id": "r1", "if": "params.odd", "then": {"days": "=params.n"}},
                {"id": "r2", "then": {"days": "=params.m"}},
            ],
        }
    }  # fmt: skip
    rule = toy(**parts).definition

    assert {name for name in rule.params if bound_by_law(rule, name)} == {"law", "n", "m"}
