"""Persons, roles and documents are judged by one rule: whoever has a role reads what it reads."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case.values import CLOCK, Actor
from engine.facts.facts import Facts
from engine.facts.reading import (
    knows_people,
    knows_person,
    may_read,
    may_read_as,
    readers_of,
    role_reads,
    role_reads_always,
)
from tests.builders.club_worlds import GARDENER, HEAD, STRANGER, facts_of
from tests.builders.toy_workflows import field, toy

CLASSES = ("public", "internal", "personal", "confidential", "sealed")
OWN = Actor(id="zi")
ROLES = {"gardener": GARDENER, "head": HEAD, "anyone": STRANGER}
TOY = toy(
    roles={"gardener": {"level": "garden"}, "head": {"level": "region"}, "own": {"in_case": "boss"}},
    fields={
        **{name: {"type": "text", "privacy": name} for name in CLASSES},
        "boss": {"type": "person", "privacy": "sealed"},
        "bid": {"type": "integer", "seal": "done", "seal_to": ["head"], "privacy": "internal"},
        "vote": {"type": "integer", "seal_to": ["head", "own"], "privacy": "public"},
        "violent": field("boolean", privacy="public"),
    },
    readers={"internal": ["gardener", "own"], "personal": "gardener", "confidential": "head", "sealed": []},
    sealed={"when": "violent", "to": ["own"], "partly": ["gardener"]},
    seen_by=["gardener", "head", "own", "anyone"],
)  # fmt: skip
NAMED = [*CLASSES, "boss", "bid", "vote"]


def facts(workflow: Any = TOY, *, violent: bool = False, **more: Any) -> Facts:
    return facts_of(workflow, fields={"boss": OWN.id, "violent": violent}, **more)


@given(st.sampled_from(sorted(ROLES)), st.sampled_from(NAMED), st.booleans())
def test_a_role_reads_what_whoever_has_it_reads(role: str, name: str, violent):
    now = facts(violent=violent)

    assert role_reads(role, name, now) is may_read(name, ROLES[role], now)


@given(st.sampled_from(["gardener", "head", "own", "anyone"]), st.sampled_from(NAMED))
def test_what_a_role_always_reads_it_reads_in_every_case_that_is_not_sealed(role: str, name: str):
    if role_reads_always(TOY, role, name):
        assert role_reads(role, name, facts())


@pytest.mark.parametrize("word", ["clock", "link"])
def test_the_system_reads_every_field(word):
    assert all(role_reads_always(TOY, word, name) for name in NAMED)


@pytest.mark.parametrize(
    ("role", "name", "reads"),
    [
        pytest.param("gardener", "bid", False, id="hidden until a state"),
        pytest.param("head", "bid", False, id="hidden, then of a class that is not theirs"),
        pytest.param("head", "vote", True, id="hidden for ever, but not from them"),
        pytest.param("gardener", "vote", False, id="hidden for ever"),
        pytest.param("gardener", "personal", True, id="of their class"),
        pytest.param("head", "public", True, id="public"),
    ],
)
def test_what_a_file_decides_of_a_role_and_a_field(role, name, reads):
    assert role_reads_always(TOY, role, name) is reads


@pytest.mark.parametrize("violent", [False, True])
def test_whom_a_field_names_reads_their_own_name(violent):
    assert role_reads("own", "boss", facts(violent=violent))
    assert not role_reads("gardener", "boss", facts(violent=violent))


def test_a_class_without_readers_is_for_nobody_but_public_for_anyone():
    workflow = toy(fields={"x": field("text")})

    assert {name: readers_of(workflow, name) for name in CLASSES} == {
        name: ("anyone",) if name == "public" else () for name in CLASSES
    }
    assert readers_of(TOY, "internal") == ("gardener", "own")


@pytest.mark.parametrize(
    ("who", "violent", "reads"),
    [
        pytest.param(GARDENER, False, True, id="one of the readers"),
        pytest.param(HEAD, False, False, id="none of them"),
        pytest.param(OWN, False, False, id="who reads all, but only of a sealed case"),
        pytest.param(OWN, True, True, id="who reads all of a sealed case"),
        pytest.param(GARDENER, True, True, id="a reader who knows a part of it"),
        pytest.param(HEAD, True, False, id="who knows nothing of it"),
    ],
)
def test_a_document_is_read_by_its_readers_and_in_a_sealed_case_by_whom_it_names(
    who, violent, reads
):
    assert may_read_as(["gardener"], who, facts(violent=violent)) is reads


@pytest.mark.parametrize(
    ("who", "violent", "knows"),
    [
        pytest.param(GARDENER, False, True, id="who reads internal"),
        pytest.param(HEAD, False, False, id="who does not"),
        pytest.param(GARDENER, True, False, id="who reads a part of a sealed case"),
        pytest.param(OWN, True, True, id="who reads all of it"),
    ],
)
def test_who_moved_is_known_to_those_who_read_internal(who, violent, knows):
    now = facts(violent=violent)

    assert knows_people(who, now) is knows
    assert knows_person("li", who, now) is knows


@given(st.sampled_from([GARDENER, HEAD, OWN, STRANGER]), st.booleans())
def test_everybody_knows_their_own_moves_and_the_systems(who: Actor, violent):
    now = facts(violent=violent)

    assert knows_person(who.id, who, now)
    assert knows_person(CLOCK, who, now)


def test_a_file_that_names_no_readers_of_internal_hides_nobody_but_in_a_sealed_case():
    flag = {"violent": field("boolean", privacy="public")}
    workflow = toy(fields=flag, sealed={"when": "violent", "to": []})

    assert knows_person("li", STRANGER, facts_of(workflow, fields={"violent": False}))
    assert not knows_person("li", STRANGER, facts_of(workflow, fields={"violent": True}))
