"""Whom a case names for work: the assignee, a handing, open texts, roles with post and name."""

from dataclasses import replace
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from engine.case.values import Handing, Proposal
from engine.facts.naming import named_in, word_of
from tests.builders.club_worlds import facts_of
from tests.builders.toy_workflows import toy

WORKFLOW = toy(
    roles={
        "gardener": {"level": "garden"},
        "chosen": {"level": "garden", "in_case": "referee"},
        "party": {"in_case": "friends"},
        "guest": {"level": "garden", "in_case": "club"},
    },
    fields={
        "referee": {"type": "person"}, "club": {"type": "unit"},
        "friends": {"type": "person", "many": True},
    },
)  # fmt: skip
TEXT = Proposal(
    trigger="go", branch=0, data={}, hash="h", by="bo", needs=("gardener",),
    signed=(("gardener", "si"),), acting=(("si", "away"),),
)  # fmt: skip


def named(**more: Any) -> dict[str, tuple[str, ...]]:
    case = replace(facts_of(WORKFLOW, fields=more.pop("fields", {})).case, **more)
    return named_in(facts_of(WORKFLOW, case))


def test_a_case_that_names_nobody_names_nobody():
    assert named() == {}


def test_parties_units_and_people_of_one_case_are_no_work_to_hand_over():
    fields = {"referee": {"id": "#1", "name": "外人"}, "friends": ["pa"], "club": "north"}

    assert named(fields=fields) == {}


def test_everybody_is_named_with_all_that_they_are():
    found = named(
        fields={"referee": "bo"}, assignee="bo", proposals=(TEXT,),
        handing=Handing(giver="bo", receiver="re", at=""),
    )  # fmt: skip

    assert found == {
        "away": ("text",), "bo": ("assignee", "handing", "text", "chosen"), "re": ("handing",),
        "si": ("text",),
    }  # fmt: skip


@given(st.text(min_size=1), st.text(min_size=1))
def test_two_people_have_two_words_and_no_word_is_a_key(one: str, other: str):
    assert (word_of(one) == word_of(other)) == (one == other)
    assert word_of(one).startswith("n:")
