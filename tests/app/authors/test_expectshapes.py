"""A misshapen `expect` is said at its place, in both languages, before anything is played."""

import json
from typing import Any

import pytest

from engine.case.errors import DefinitionError
from heyi.app.authors.scenariofile import load_scenarios


def text_of(expect: dict[str, Any]) -> str:
    step = {"at": "2026-03-02 10:00", "who": "wang", "opens": {}, "expect": expect}
    scenario = {"name": {"zh": "试", "en": "try"}, "steps": [step]}
    whole = {
        "workflow": "toy", "units": {"yuan": {"level": "garden"}}, "people": {"wang": {}},
        "scenarios": [scenario],
    }  # fmt: skip
    return json.dumps(whole, ensure_ascii=False)


@pytest.mark.parametrize(
    "expect",
    [
        {"issued": None}, {"issued": "receipt"}, {"documents": [1]}, {"running": {}},
        {"alerts": None}, {"alerts": ["due"]}, {"fields": None}, {"due": []}, {"facts": "x"},
        {"children": ["a"]}, {"children": {"parts": None}},
    ],
)  # fmt: skip
def test_what_is_not_in_its_shape_is_said_at_its_place(expect: dict[str, Any]):
    with pytest.raises(DefinitionError) as refused:
        load_scenarios(text_of(expect), file="tests/toy.yaml")

    [problem] = refused.value.problems
    [key] = expect
    assert problem.code == "HY103"
    assert problem.words.zh.startswith(f"{key} 写作 ")
    assert f"'{key}' is written" in problem.words.en
    assert problem.at.column > 1


@pytest.mark.parametrize(
    "expect",
    [
        {"issued": []}, {"alerts": [{"clock": "c"}]}, {"fields": {"n": 1}}, {"state": "asked"},
        {"children": {"parts": {"state": "asked"}}},
    ],
)  # fmt: skip
def test_what_is_in_its_shape_is_read(expect: dict[str, Any]):
    rule, _document = load_scenarios(text_of(expect), file="tests/toy.yaml")

    assert rule.scenarios[0].steps[0].expect == expect
