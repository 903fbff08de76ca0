"""Who may read what, and what refusals say of it."""

from typing import Any

import pytest

from engine.case.errors import MoveRefused, Reason
from engine.case.text import Text
from engine.case.values import Actor
from engine.facts.facts import Facts
from engine.facts.messages import MASK, name_of, shown
from engine.facts.needs import counts_read, names_read
from engine.facts.reading import (
    base_fields,
    is_sealed,
    may_read,
    may_read_fact,
    readable_fields,
)
from tests.builders.club_worlds import BED, GARDENER, HEAD, STRANGER, facts_of, fire, variant_of
from tests.builders.shelves import plot
from tests.builders.toy_workflows import ROLES, field, one_move, toy

CLASSES = ("public", "internal", "personal", "confidential", "sealed")
WORKFLOW = toy(
    roles={"gardener": {"level": "garden"}, "head": {"level": "region"}, "own": {"in_case": "boss"}},
    fields={
        **{name: {"type": "text", "privacy": name} for name in CLASSES},
        "boss": {"type": "person"},
        "bid": {"type": "integer", "seal": "done", "seal_to": ["head"], "privacy": "public"},
        "violent": {"type": "boolean", "privacy": "public"},
        "strange": {"type": "integer", "privacy": "public"},
    },
    readers={"internal": ["gardener", "head", "own"], "personal": ["gardener"], "confidential": "head", "sealed": []},
    sealed={"when": "violent && strange > 0", "to": ["own"]},
    seen_by=["gardener", "head", "own", "anyone"],
)  # fmt: skip
OWN = Actor(id="zi")


def reads(who: Actor, **fields: Any) -> set[str]:
    facts = facts_of(WORKFLOW, fields={"boss": "zi", "violent": False, **fields})
    return {name for name in readable_fields(who, facts) if name in (*CLASSES, "bid")}


@pytest.mark.parametrize(
    ("who", "readable"),
    [
        pytest.param(STRANGER, {"public"}, id="anyone"),
        pytest.param(GARDENER, {"public", "internal", "personal"}, id="a role of several classes"),
        pytest.param(HEAD, {"public", "internal", "confidential", "bid"}, id="another"),
        pytest.param(OWN, {"public", "internal"}, id="whom the case names"),
    ],
)
def test_a_field_is_read_by_the_readers_of_its_class(who, readable):
    assert reads(who) == readable


def test_a_class_that_names_no_readers_is_read_by_nobody_but_public_by_anyone():
    facts = facts_of(toy(fields={name: {"type": "text", "privacy": name} for name in CLASSES}))

    assert readable_fields(GARDENER, facts) == ["public"]


def test_public_may_be_narrowed():
    workflow = toy(fields={"x": field("text")}, readers={"public": ["gardener"]})

    assert not may_read("x", STRANGER, facts_of(workflow))
    assert may_read("x", GARDENER, facts_of(workflow))


@pytest.mark.parametrize("strange", [{"strange": 1}, {}])
def test_a_sealed_case_is_read_by_those_it_is_sealed_to_and_while_unknown_it_is_sealed(strange):
    sealed = {"violent": True, **strange}

    assert reads(GARDENER, **sealed) == set()
    assert reads(HEAD, **sealed) == set()
    assert reads(OWN, **sealed) == {*CLASSES}


def test_some_read_of_a_sealed_case_what_their_classes_let_them_read_and_no_more():
    workflow = toy(
        roles={"gardener": {"level": "garden"}, "head": {"level": "region"}},
        fields={**{name: {"type": "text", "privacy": name} for name in CLASSES}, "bad": field("boolean")},
        readers={"internal": ["gardener", "head"], "sealed": ["gardener"], "personal": ["head"]},
        sealed={"when": "bad", "to": [], "partly": ["gardener"]},
    )  # fmt: skip
    facts = facts_of(workflow, fields={"bad": True})

    assert set(readable_fields(GARDENER, facts)) == {"public", "internal", "sealed", "bad"}
    assert readable_fields(HEAD, facts) == []


def test_a_case_is_not_sealed_where_its_condition_does_not_hold_or_there_is_none():
    assert not is_sealed(facts_of(WORKFLOW, fields={"violent": True, "strange": 0}))
    assert not is_sealed(facts_of(toy()))


def test_a_sealed_field_opens_when_its_state_was_entered_and_stays_open():
    workflow = toy(
        fields={"bid": {"type": "integer", "seal": "opened", "seal_to": ["head"], "privacy": "public"}},
        states={
            "asked": {"on": {"go": {"to": "opened", "by": "anyone"}, "hide": {"to": "lid", "by": "anyone"}}},
            "opened": {"on": {"back": {"to": "asked", "by": "anyone"}, "hide": {"to": "lid", "by": "anyone"}}},
            "lid": {"on": {"end": {"to": "done", "by": "anyone"}}},
        },
        overlays={"lid": {"over": ["asked", "opened"]}}, seen_by="anyone",
    )  # fmt: skip
    case = variant_of(workflow, GARDENER, data={"bid": 1})
    seen = []
    for trigger in ("", "go", "back", "hide"):
        case = fire(workflow, case, trigger).after if trigger else case
        seen.append(may_read("bid", STRANGER, facts_of(workflow, case)))

    assert seen == [False, True, True, True]
    assert case.unsealed == ("opened",)


SECRET: dict[str, Any] = {
    "fields": {
        "note": {"type": "text", "seal_to": ["head", "gardener"], "privacy": "public"},
        "violent": {"type": "boolean", "privacy": "public"},
    },
    "states": {"asked": {"on": {"go": {"to": "done", "by": "anyone"}}}},
}


def test_a_field_that_names_who_reads_it_and_no_state_never_opens():
    workflow = toy(
        **SECRET,
        seen_by=["head", "bedder", "anyone"],
        roles={**ROLES, "bedder": {"level": "bed", "reach": "below"}},
    )
    case = variant_of(workflow, GARDENER, data={"note": "hush"})

    for now in (case, fire(workflow, case, "go").after):
        facts = facts_of(workflow, now)
        assert [may_read("note", who, facts) for who in (HEAD, STRANGER)] == [True, False]
        assert "note" not in readable_fields(BED, facts)
    assert fire(workflow, case, "go").after.unsealed == ()


def test_in_a_sealed_case_a_hidden_field_is_read_by_those_whom_both_name():
    workflow = toy(**SECRET, sealed={"when": "violent", "to": ["head"]})
    facts = facts_of(workflow, fields={"note": "hush", "violent": True})

    assert may_read("note", HEAD, facts)
    assert not may_read("note", GARDENER, facts)


def test_a_fact_is_read_by_who_may_read_all_it_is_made_from():
    workflow = toy(
        fields={"a": field("integer"), "b": {"type": "integer", "privacy": "personal"}},
        facts={"both": {"is": "a + b"}, "again": {"is": "both * 2"}, "clear": {"is": "a * 2"}, "old": {"is": "before.b > 0"}},
        tables={"t": {"hit": "first", "gives": {"n": "integer"}, "rules": [{"id": "x", "if": "a > 1", "then": {"n": "=again"}}]}},
        readers={"personal": ["gardener"]}, seen_by=["gardener", "anyone"],
    )  # fmt: skip
    facts = facts_of(workflow)

    readable = {
        n
        for n in ("both", "again", "clear", "old", "t.n", "filled.b", "today")
        if may_read_fact(n, STRANGER, facts)
    }

    assert readable == {"clear", "today"}
    assert may_read_fact("t.n", GARDENER, facts)
    assert base_fields(workflow, ["t.n", "again", "filled.b", "before.b"]) == {"a", "b"}


def masked(who: Actor, text: str) -> Reason:
    workflow = toy(
        fields={"a": field("integer"), "b": {"type": "text", "privacy": "personal"}}, readers={"personal": ["gardener"]}, seen_by=["gardener", "anyone"],
        states=one_move(when="a > 5", otherwise={"zh": text, "en": text}),
    )  # fmt: skip
    case = variant_of(workflow, HEAD, data={"a": 1, "b": "hush"})
    with pytest.raises(MoveRefused) as refused:
        fire(workflow, case, "go", who)
    return refused.value.reasons[0]


def test_a_refusal_masks_what_its_reader_may_not_read():
    for lang in ("zh", "en"):
        assert masked(STRANGER, "{a}: {b}").text(lang) == f"1: {MASK}"
        assert masked(GARDENER, "{a}: {b}").text(lang) == "1: hush"


def test_braces_that_name_nothing_stand_as_they_are():
    assert masked(STRANGER, "{} {A} {a b} {{a}}").words.zh == "{} {A} {a b} {1}"


@pytest.mark.parametrize(
    ("value", "zh", "en"),
    [
        (None, "未填", "not set"), (True, "是", "yes"), (False, "否", "no"), (3, "3", "3"), (2.5, "2.5", "2.5"),
        (3.0, "3", "3"), ("x", "x", "x"), (["a", True], "a、是", "a, yes"), ({"zh": "红", "en": "red"}, "红", "red"),
        ({"zh": "红"}, "红", "红"), ({"id": "n", "title": "北园"}, "北园", "北园"), ({"code": "p", "name": "豌豆"}, "豌豆", "豌豆"),
        ([{"id": "n"}], "n", "n"), ({"x": 1}, "{'x': 1}", "{'x': 1}"), ([], "", ""),
    ],
)  # fmt: skip
def test_values_are_shown_as_people_read_them(value, zh, en):
    assert (shown(value, "zh"), shown(value, "en")) == (zh, en)


def test_a_name_is_called_by_its_label_and_its_id():
    facts: Facts = facts_of(plot())

    assert name_of(facts, "beds").zh == "“畦数”（beds）"
    assert name_of(facts, "idle").en == "'helpers without hours' (idle)"
    assert name_of(facts, "taken.note").zh == "'taken.note'"
    assert name_of(facts_of(toy(fields={"x": {"type": "text"}})), "x").zh == "'x'"


def test_a_reason_without_english_is_read_in_chinese():
    assert Reason(code="move.guard", words=Text("不行")).text("en") == "不行"


def test_what_a_move_may_read_is_followed_through_facts_and_tables():
    workflow = toy(
        fields={"a": field("integer"), "kind": field("text")},
        counts={"used": {"of": "toy"}, "idle": {"of": "toy"}, "lent": {"of": "toy"}, "due": {"of": "toy"}},
        facts={"busy": {"is": "t.n > 1"}, "more": {"is": "counts.lent > 1"}},
        tables={"t": {"hit": "first", "gives": {"n": "integer"}, "rules": [{"id": "x", "if": "counts.used > a", "then": {"n": 1}}]}},
        clocks={"c": {"within": "5 days", "starts": ["asked"], "when": "counts.due > 1", "met": "kind == 'x'", "rules": [{"if": "a > 1"}]}},
        states={"asked": {"on": {"go": {"to": "done", "by": "anyone", "when": "!before.busy"},
                                 "note": {"to": "stay", "by": "anyone", "sets": {"a": "=counts.lent", "kind": "x"}}}}},
    )  # fmt: skip
    branches = {trigger: workflow.branches["asked", trigger] for trigger in ("go", "note")}

    assert counts_read(workflow, branches["go"]) == {"used", "due"}
    assert counts_read(workflow, branches["note"]) == {"lent", "due"}
    assert names_read(workflow, branches["go"]) >= {"busy", "t.n", "a", "kind", "counts.used"}
