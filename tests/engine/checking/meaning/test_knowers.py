"""Roles that cannot know the case where they act or are told, and ladders unheard under a seal."""

from typing import Any

import pytest

from tests.builders.toy_workflows import field
from tests.engine.checking.meaning.checked_files import said

ROLES = {"gardener": {"level": "garden"}, "head": {"level": "region"}, "boss": {"in_case": "chief"}}
FIELDS = {"chief": field("person"), "high": field("boolean"), "note": field("text")}
FACTS = {
    "begun": {"is": "state != 'asked'"}, "graver": {"is": "high && begun"},
    "later": {"is": "begun || taken.go > 0"},
}  # fmt: skip


def moves(**more: Any) -> dict[str, Any]:
    """Return a file of two states: ``go`` leads from the first to the second, ``end`` ends it."""
    go = {"to": "grown", "by": ["gardener"], **more.pop("go", {})}
    end = {"to": "done", "by": ["gardener"], **more.pop("end", {})}
    asked, grown = more.pop("asked", {}), more.pop("grown", {})
    states = {"asked": {"on": {"go": go}, **asked}, "grown": {"on": {"end": end}, **grown}}
    return {"roles": ROLES, "fields": FIELDS, "facts": FACTS, "states": states, **more}


def wrong(**more: Any) -> list[str]:
    return said("HY625", **moves(**more))


def test_who_acts_must_be_able_to_know_the_case():
    assert wrong(seen_by=["gardener"], end={"by": ["gardener", "head"]}) == [
        "'by' names 'head', who cannot know the case in state 'grown' ('seen_by')"
    ]


PAPER = {"documents": {"paper": {"label": {"zh": "纸", "en": "paper"}, "to": ["head"]}}}
EVERY_KEY = [
    pytest.param({"end": {"cosign": ["head"]}}, "cosign", id="who signs"),
    pytest.param({"end": {"propose": ["head"]}}, "propose", id="who proposes"),
    pytest.param({"go": {"tells": ["head"]}}, "tells", id="who is told"),
    pytest.param({"go": {"issues": ["paper"]}, **PAPER}, "to", id="whom a paper is for"),
    pytest.param({"grown": {"amends": {"by": "head", "fields": ["note"]}}}, "amends", id="who amends"),
    pytest.param({"end": {"to": "stay", "tells": ["head"]}, "grown": {"on": {"end": {"to": "done", "by": ["gardener"]}, "stop": {"to": "stay", "by": ["gardener"], "tells": ["head"]}}}}, "tells", id="who is told where the case stays"),
]  # fmt: skip


@pytest.mark.parametrize(("parts", "key"), EVERY_KEY)
def test_every_key_that_names_a_role_is_asked(parts, key):
    assert [one.split(" ")[0] for one in wrong(seen_by=["gardener"], **parts)] == [f"'{key}'"]
    assert wrong(seen_by=["gardener", "head"], **parts) == []
    assert wrong(**parts) == []


def test_whom_a_case_is_given_to_must_be_able_to_know_it():
    given = {"go": {"asks": ["chief"], "assigns": "chief"}}

    assert [one.split(" ")[0] for one in wrong(seen_by=["gardener"], **given)] == ["'assigns'"]
    assert wrong(seen_by=["gardener", "boss"], **given) == []


@pytest.mark.parametrize(
    ("when", "found"),
    [
        pytest.param("state == 'asked'", 1, id="another state"),
        pytest.param("state == 'grown'", 0, id="the state"),
        pytest.param("begun", 0, id="a fact about the state"),
        pytest.param("!begun", 1, id="a fact that says no"),
        pytest.param("high", 0, id="data could make it true"),
        pytest.param("high && !begun", 1, id="no data could"),
        pytest.param("graver || later", 0, id="through facts"),
        pytest.param("filled.note && taken.go > 0", 0, id="what may have happened"),
    ],
)
def test_a_condition_counts_unless_no_data_could_make_it_true(when, found):
    seen = ["gardener", {"role": "head", "when": when}]

    assert len(wrong(seen_by=seen, end={"by": ["head"]})) == found


@pytest.mark.parametrize("word", ["anyone", "clock", "link"])
def test_words_are_not_asked(word):
    assert wrong(seen_by=["gardener"], end={"by": ["gardener", word]}) == []


def test_what_anyone_may_know_everybody_can_and_the_opener_must_be_named():
    assert wrong(seen_by=["anyone"], end={"by": ["head", "opener"]}) == []
    assert len(wrong(seen_by=["gardener"], end={"by": ["gardener", "opener"]})) == 1


def test_a_move_that_goes_back_tells_those_who_could_know_the_case_before():
    states = {
        "asked": {"on": {"go": {"to": "done", "by": ["gardener"]}, "rest": {"to": "resting", "by": ["gardener"]}}},
        "resting": {"on": {"wake": {"to": "back", "by": ["gardener"], "tells": ["head"]}, "go": {"to": "done", "by": ["gardener"]}}},
    }  # fmt: skip
    overlays = {"resting": {"over": ["asked"]}}

    assert said("HY625", roles=ROLES, fields=FIELDS, states=states, overlays=overlays, seen_by=["gardener"]) == []  # fmt: skip


CLOCK = {"within": "5 days", "starts": ["asked"], "class": "internal", "stops": "finals"}


@pytest.mark.parametrize(
    ("rung", "inside", "found"),
    [
        pytest.param({"at": "due", "tell": ["gardener"]}, ["head"], 1, id="a level outside"),
        pytest.param({"at": "due", "tell": ["gardener"]}, ["gardener"], 0, id="inside"),
        pytest.param({"at": "due", "level": 1}, ["head"], 0, id="a level above is inside"),
        pytest.param({"at": "due", "tell": ["assignee"]}, ["boss"], 0, id="who has the case is inside"),
        pytest.param({"at": "due", "mark": "late", "propose": "go"}, ["head"], 0, id="it tells nobody"),
    ],
)  # fmt: skip
def test_a_ladder_is_heard_in_a_sealed_case(rung, inside, found):
    chain = ["gardener", "head"] if rung.get("level") else ["gardener"]
    parts = moves(
        asked={"assignee": "boss"}, chain=chain, sealed={"when": "high", "to": [], "partly": inside},
        clocks={"term": {**CLOCK, "rungs": [rung]}},
    )  # fmt: skip

    assert len(said("HY626", **parts)) == found


def test_where_nothing_is_sealed_no_ladder_is_asked():
    assert said("HY626", **moves(clocks={"term": {**CLOCK, "rungs": [{"at": "due", "tell": ["head"]}]}})) == []  # fmt: skip
