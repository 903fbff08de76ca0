"""One reads only a case that one may know; openers read their own words, parties are not named."""

from dataclasses import replace
from typing import Any

import pytest

from engine.case.values import Actor
from engine.facts.reading import (
    knows_person,
    may_read,
    readable_fields,
    role_reads,
    role_reads_always,
)
from tests.builders.club_worlds import GARDENER, HEAD, STRANGER, facts_of
from tests.builders.toy_workflows import field, toy


def test_one_reads_only_a_case_that_one_may_know_and_as_a_role_that_may():
    """The gardener who opened it keeps the header, and reads nothing by a post that may not know."""
    workflow = toy(
        fields={"x": field("text", privacy="internal"), "free": field("text"), "high": field("boolean")},
        readers={"internal": ["gardener", {"role": "head", "when": "high"}]},
        seen_by=["opener", "head", {"role": "gardener", "when": "high"}],
    )  # fmt: skip

    def reads(who: Actor, opened_by: str = "", **fields: Any) -> list[str]:
        case = replace(facts_of(workflow, fields=fields).case, opened_by=opened_by)
        return readable_fields(who, facts_of(workflow, case))

    assert reads(GARDENER) == []
    assert reads(GARDENER, GARDENER.id) == ["free", "high"]
    assert reads(GARDENER, high=True) == ["x", "free", "high"]
    assert reads(HEAD) == reads(HEAD, high=False) == ["free", "high"]
    assert reads(HEAD, high=True) == ["x", "free", "high"]
    assert reads(STRANGER) == []


def test_whoever_knows_a_case_as_anyone_reads_what_is_public_and_no_more():
    workflow = toy(
        fields={"x": field("text", privacy="internal"), "free": field("text"), "paper": field("text", privacy="confidential")},
        readers={"internal": "anyone", "confidential": "head"}, seen_by=["gardener", "anyone"],
    )  # fmt: skip
    facts = facts_of(workflow)

    assert readable_fields(STRANGER, facts) == readable_fields(HEAD, facts) == ["free"]
    assert readable_fields(GARDENER, facts) == ["x", "free"]


def test_a_reader_under_a_condition_counts_as_none_where_a_file_is_checked():
    workflow = toy(
        fields={"x": field("text", privacy="internal"), "high": field("boolean")},
        readers={"internal": [{"role": "head", "when": "high"}]},
    )  # fmt: skip

    assert not role_reads_always(workflow, "head", "x")
    assert role_reads("head", "x", facts_of(workflow, fields={"high": True}))
    assert not role_reads("head", "x", facts_of(workflow))


def test_who_opened_a_case_reads_what_the_opening_brought_until_somebody_acts():
    workflow = toy(
        fields={"x": field("text", privacy="sealed"), "y": field("text", privacy="sealed"), "bad": field("boolean")},
        roles={"head": {"level": "region"}}, sealed={"when": "bad", "to": ["head"]},
    )  # fmt: skip
    fields = {"x": "what happened", "bad": True}
    case = replace(facts_of(workflow, fields=fields).case, opened_by=STRANGER.id, acted=1)

    assert readable_fields(STRANGER, facts_of(workflow, case)) == ["x", "bad"]
    assert readable_fields(GARDENER, facts_of(workflow, case)) == []
    rung = replace(case, revision=4)
    assert readable_fields(STRANGER, facts_of(workflow, rung)) == ["x", "bad"]
    later = replace(case, acted=2)
    assert readable_fields(STRANGER, facts_of(workflow, later)) == []
    by_link = Actor(id=STRANGER.id, kind="link")
    assert not may_read("x", by_link, facts_of(workflow, case))


PARTIES = toy(
    roles={
        "gardener": {"level": "garden"}, "head": {"level": "region"}, "party": {"in_case": "parties.person"},
        "referee": {"in_case": "referee", "level": "garden"},
    },
    fields={
        "parties": {"type": "list", "of": {"person": {"type": "person"}}, "privacy": "personal"},
        "referee": {"type": "person", "privacy": "personal"}, "bad": field("boolean"),
    },
    readers={"internal": ["gardener", "head", "party"], "personal": ["head"]},
    sealed={"when": "bad", "to": ["head"], "partly": ["gardener"]},
)  # fmt: skip


@pytest.mark.parametrize(
    ("person", "who", "named"),
    [
        pytest.param("wu", GARDENER, False, id="a party, to who may not read the parties"),
        pytest.param("wu", HEAD, True, id="to who may"),
        pytest.param("wu", Actor(id="wu"), True, id="to themselves"),
        pytest.param("he", GARDENER, True, id="somebody who is no party"),
        pytest.param("li", GARDENER, True, id="who holds a post that the case names"),
        pytest.param("he", STRANGER, False, id="to who may not know the case"),
        pytest.param("clock", STRANGER, True, id="the clock is nobody"),
    ],
)
def test_a_party_is_not_named_to_who_may_not_read_the_parties(person, who, named):
    fields = {"parties": [{"person": "wu"}], "referee": "li"}

    assert knows_person(person, who, facts_of(PARTIES, fields=fields)) is named


def test_in_a_sealed_case_those_alone_are_told_who_moved_who_read_all_of_it():
    facts = facts_of(PARTIES, fields={"bad": True, "parties": [{"person": "wu"}]})

    assert knows_person("he", HEAD, facts)
    assert not knows_person("he", GARDENER, facts)


def test_a_file_without_readers_of_class_internal_hides_nobody():
    assert knows_person("he", GARDENER, facts_of(toy()))
