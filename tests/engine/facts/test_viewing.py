"""Who reads a case on request: for its days, by the post, the classes that the file names, no more."""

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case.values import Actor, Viewing
from engine.checking.build import check_workflow
from engine.facts.facts import Facts
from engine.facts.knowing import may_know
from engine.facts.reading import knows_people, may_read, readable_fields
from engine.facts.viewing import may_allow, may_ask, views
from tests.builders.club_worlds import HEAD, ID, LINK, STRANGER, facts_of
from tests.builders.toy_workflows import text_of, toy

CLASSES = ("public", "internal", "personal", "confidential", "sealed")
PARTS: dict[str, Any] = {
    "roles": {
        "gardener": {"level": "garden"},
        "head": {"level": "region"},
        "auditor": {"level": "region", "never": "boss"},
        "own": {"in_case": "boss"},
    },
    "fields": {
        **{name: {"type": "text", "privacy": name} for name in CLASSES},
        "boss": {"type": "person", "privacy": "internal"},
        "note": {"type": "text", "privacy": "internal", "seal_to": ["gardener"]},
        "bid": {"type": "integer", "seal": "done", "seal_to": ["gardener"], "privacy": "internal"},
        "violent": {"type": "boolean", "privacy": "public"},
    },
    "seen_by": ["gardener", "head"],
    "readers": {"internal": ["gardener", "head"], "personal": "gardener", "confidential": "gardener"},
    "sealed": {"when": "violent", "to": ["gardener"]},
}  # fmt: skip
ASKS: dict[str, Any] = {"by": ["auditor"], "allowed_by": ["head", "gardener"]}
WORKFLOW = toy(**PARTS, viewing=ASKS)
POST = ("auditor", "top")
AUDITOR = Actor(id="shen", posts=(POST,))
ALLOWED = replace(AUDITOR, viewing=(Viewing(case=ID, role="auditor", post=POST),))


def facts(workflow: Any = WORKFLOW, *, violent: bool = False, boss: str = "zi") -> Facts:
    return facts_of(workflow, fields={"boss": boss, "violent": violent})


def test_whose_request_was_allowed_reads_what_the_file_names():
    assert not may_know(AUDITOR, facts())
    assert may_know(ALLOWED, facts())
    assert set(readable_fields(ALLOWED, facts())) == {
        "public", "internal", "personal", "boss", "violent",
    }  # fmt: skip
    assert knows_people(ALLOWED, facts())


@pytest.mark.parametrize("violent", [False, True])
def test_neither_what_is_sealed_nor_what_has_readers_of_its_own(violent: bool):
    seen = facts(violent=violent)

    assert views(ALLOWED, seen)
    assert not any(
        may_read(name, ALLOWED, seen) for name in ("sealed", "note", "bid", "confidential")
    )
    assert may_read("internal", ALLOWED, seen)


@pytest.mark.parametrize(
    "reader",
    [
        pytest.param(replace(ALLOWED, posts=()), id="the post ended"),
        pytest.param(replace(ALLOWED, posts=(("auditor", "north"),)), id="another post"),
        pytest.param(
            replace(ALLOWED, viewing=(Viewing(case="x", role="auditor", post=POST),)),
            id="another case",
        ),
        pytest.param(
            replace(ALLOWED, viewing=(Viewing(case=ID, role="own", post=POST),)), id="no such role"
        ),
        pytest.param(replace(ALLOWED, kind="link"), id="a link"),
        pytest.param(replace(STRANGER, lent=(ALLOWED,)), id="in another's place"),
        pytest.param(LINK, id="nobody"),
    ],
)
def test_nothing_is_left_of_it_without_the_post_or_for_others(reader: Actor):
    assert not views(reader, facts())
    assert not may_know(reader, facts())


def test_who_is_barred_reads_nothing_on_request():
    assert not may_know(ALLOWED, facts(boss=ALLOWED.id))
    assert not may_ask(AUDITOR, facts(boss=AUDITOR.id))


def test_a_file_without_the_key_knows_no_requests():
    plain = facts(toy(**PARTS))

    assert not may_know(ALLOWED, plain)
    assert not may_read("internal", ALLOWED, plain)
    assert may_ask(AUDITOR, plain) == ""
    assert not may_allow(HEAD, plain, asked_by=AUDITOR.id)


def test_nobody_decides_on_their_own_request_nor_in_anothers_place():
    assert may_ask(AUDITOR, facts()) == "auditor"
    assert may_ask(replace(STRANGER, lent=(AUDITOR,)), facts()) == ""
    assert may_allow(HEAD, facts(), asked_by=AUDITOR.id)
    assert not may_allow(HEAD, facts(), asked_by=HEAD.id)
    assert not may_allow(replace(STRANGER, lent=(HEAD,)), facts(), asked_by=AUDITOR.id)
    assert not may_allow(AUDITOR, facts(), asked_by="anybody")


@given(
    st.sets(st.sampled_from(CLASSES[:4]), min_size=1),
    st.booleans(),
    st.sampled_from([(POST,), (("auditor", "north"),), ()]),
)
def test_a_request_opens_its_classes_and_never_more(reads, violent, posts):
    workflow = toy(**PARTS, viewing={**ASKS, "reads": sorted(reads)})
    seen, before = facts(workflow, violent=violent), replace(AUDITOR, posts=posts)
    after = replace(before, viewing=ALLOWED.viewing)

    opened = set(readable_fields(after, seen)) - set(readable_fields(before, seen))

    # Who knows a case reads what is public in it.
    assert {WORKFLOW.fields[name].privacy for name in opened} <= reads | {"public"}
    assert not opened or posts == (POST,)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"by": ["own"]}, "HY203"),
        ({"allowed_by": ["anyone"]}, "HY203"),
        ({"by": ["nobody"]}, "HY201"),
        ({"days": 31}, "HY103"),
        ({"days": 0}, "HY103"),
        ({"reads": ["sealed"]}, "HY103"),
        ({"by": []}, "HY103"),
        ({"allowed_by": ["auditor"]}, "HY625"),
    ],
)
def test_a_file_that_lets_the_wrong_ones_ask_or_allow_is_refused(change, code):
    text = text_of(**PARTS, viewing={**ASKS, **change})
    found = check_workflow(text, file="toy.yaml")[1]

    assert code in {one.code for one in found if one.severity == "error"}
