"""One pass tells mistakes of shape and of names together."""

from typing import Any, Self

import pytest
from pydantic import model_validator

from engine.checking.build import check_workflow
from engine.language.mend import mended
from engine.language.model import StateDef, WorkflowDef
from engine.language.words import Part

FIVE = """\
format: 1
workflow: five
version: 1
title: {zh: 五处错误, en: five mistakes}
roles: {keeper: {label: {zh: 管理员, en: keeper}, level: garden}}
fields: {n: {type: integer, label: {zh: 数, en: n}, privacy: public}}
opening: {to: asked, by: anyone, asks: [n], triger: x}
states:
  asked:
    label: {zh: 已申请, en: asked}
    on: {go: {to: nowhere, by: [keepr], when: n > nn, label: {zh: 走, en: go}}}
  done: {label: {zh: 完, en: done}, final: true, outcome: positiv}
"""


def test_five_mistakes_of_shape_names_and_meaning_are_told_in_one_pass():
    workflow, problems = check_workflow(FIVE)

    assert workflow is None
    assert [p.code for p in problems] == ["HY101", "HY201", "HY201", "HY301", "HY103"]


def test_what_is_taken_out_is_not_missed_again():
    text = FIVE.replace("label: {zh: 已申请, en: asked}", "labl: {zh: 已申请, en: asked}")

    _workflow, problems = check_workflow(text)

    assert "HY502" not in {p.code for p in problems}


@pytest.mark.parametrize(
    "value",
    [
        pytest.param({"final": [1]}, id="a list for a flag"),
        pytest.param(
            {"outcome": 1, "final": "maybe"}, id="one that can be mended, one that cannot"
        ),
        pytest.param([1], id="not even a mapping"),
    ],
)
def test_where_nobody_can_tell_what_was_meant_nothing_is_mended(value):
    assert mended(StateDef, value) is None


def test_a_version_of_the_format_that_is_not_known_is_not_mended():
    assert mended(WorkflowDef, {"format": 2}) is None


def test_a_value_is_mended_in_a_copy():
    value = {"outcome": "positiv", "odd": 1}

    assert mended(StateDef, value) is not None
    assert value == {"outcome": "positiv", "odd": 1}


class Strict(Part):
    """A part whose own rule is asked only once its keys are right."""

    n: int = 0

    @model_validator(mode="after")
    def _refuse(self) -> Self:
        message = "never right"
        raise ValueError(message)


def test_a_mistake_that_another_one_hid_ends_the_mending():
    value: dict[str, Any] = {"n": 1, "odd": 2}

    assert mended(Strict, value) is None
