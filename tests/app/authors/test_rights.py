"""Author tests say who may know of a case, and what each may do with its fields."""

from typing import Any

import pytest

from engine.case.errors import DefinitionError
from tests.app.authors.test_allowed import stage, wrong
from tests.app.cases.test_sight import OPENED, told

__all__ = ["stage"]


def test_who_may_know_and_what_each_may_do_is_as_expected(stage):
    expect = {
        "known": {"tao": True, "sun": True, "li": False},
        "access": {
            "tao": {"caucus": "write", "what": "read"}, "sun": {"caucus": "none", "what": "read"},
            "li": {"what": "none"},
        },
    }  # fmt: skip

    assert wrong(stage, {"expect": expect}) == []


def test_what_is_otherwise_is_told(stage):
    expect = {"known": {"li": True}, "access": {"sun": {"caucus": "read", "wat": "none"}}}

    assert wrong(stage, {"expect": expect}) == [
        ("known.li", True, False), ("access.sun.caucus", "read", "none"),
        ("access.sun.wat", "none", "no such field; did you mean 'what'?"),
    ]  # fmt: skip


def test_a_field_like_no_other_is_told_without_a_guess(stage):
    assert wrong(stage, {"expect": {"access": {"sun": {"zzzzz": "none"}}}}) == [
        ("access.sun.zzzzz", "none", "no such field")
    ]


@pytest.mark.parametrize(
    ("expect", "code"),
    [
        ({"known": {"sum": True}}, "HY201"), ({"access": {"sum": {}}}, "HY201"),
        ({"known": {"sun": "no"}}, "HY103"), ({"known": ["sun"]}, "HY103"),
        ({"access": {"sun": {"what": "some"}}}, "HY103"), ({"access": {"sun": "none"}}, "HY103"),
        ({"access": []}, "HY103"),
    ],
)  # fmt: skip
def test_what_is_not_in_its_shape_or_names_nobody_is_said(expect: dict[str, Any], code: str):
    with pytest.raises(DefinitionError) as refused:
        told(OPENED, {"expect": expect})

    assert [one.code for one in refused.value.problems] == [code]
