"""Tables, fields, lists of persons, keys and kinds as promises see them."""

import json
from typing import Any

import pytest

from engine.checking.build import check_workflow
from tests.builders.toy_workflows import END, field, one_move, text_of
from tests.engine.checking.promises.toy_packs import says, shelf_of
from tests.engine.checking.promises.toy_parts import BAD_END, FLAG, people

TABLE = {"table": "law", "values": {"class": ["X"]}, "only_to": {"outcome": "negative"}}


def judged(guard, *, rules=None, **more):
    gives = {"class": ["A", "X"], "note": "text"}
    rows = rules or [
        {"id": "r1", "if": "ready", "then": {"class": "X"}},
        {"id": "r2", "then": {"class": "A"}},
    ]
    table = {"hit": "first", "means": "law", "gives": gives, "rules": rows, **more}
    go = {"to": "done", "by": "anyone", "when": guard}
    refuse = {"to": "no", "by": "anyone"}
    states = {"asked": {"on": {"go": go, "refuse": refuse}}, "no": BAD_END, "done": END}
    opening = {"to": "asked", "by": "anyone", "when": "verdict.class == 'A'", "may": ["ready"]}
    return {
        "fields": {"ready": FLAG},
        "tables": {"verdict": table},
        "states": states,
        "opening": opening,
    }


def test_an_answer_that_leads_only_where_it_may():
    assert says(TABLE, **judged("verdict.class == 'A'")) == []


def test_a_way_that_the_answer_does_not_shut_is_shown():
    assert says(TABLE, **judged("ready || verdict.class == 'A'")) == [
        "'go' can enter 'done' while the table says {'class': ['X']}; the way: open1 → go"
    ]


def test_a_table_that_the_file_does_not_have():
    assert says(TABLE) == ["nothing in 'tables' says means: law"]


GIVEN = {"table": "law", "values": {"class": ["X"]}, "given": {"given": {"ready": True}}}
CALM = {"id": "r0", "if": "!ready", "then": {"class": "A"}}
SURE = {"id": "r1", "if": "ready", "then": {"class": "X"}}


@pytest.mark.parametrize(
    ("rules", "more", "wrong"),
    [
        pytest.param([CALM, SURE, {"id": "r2", "then": {"class": "A"}}], {}, [], id="the sure hit is right"),
        pytest.param([{"id": "r1", "if": "ready", "then": {"class": "A"}}], {}, ["r1"], id="the wrong answer"),
        pytest.param([{"id": "r0", "if": "today == 'x'", "then": {"class": "A"}}, SURE], {}, ["r0"], id="one before may hit"),
        pytest.param([SURE | {"from": "2030-01-01"}, {"id": "r2", "then": {"class": "A"}}], {}, ["r2"], id="not yet in force"),
        pytest.param([{"id": "r1", "then": {"note": "n"}}], {"defaults": {"class": "X"}}, [], id="the default is right"),
        pytest.param([{"id": "r1", "then": {"class": "=ready ? 'X' : 'A'"}}], {}, ["r1"], id="an expression is nobody's knowledge"),
        pytest.param([SURE, {"id": "r2", "then": {"class": "A"}}], {"hit": "any"}, ["r2"], id="other policies ask every rule"),
    ],
)  # fmt: skip
def test_what_a_table_can_answer_of_what_is_known(rules, more, wrong):
    found = says(GIVEN, **judged("true", rules=rules, **more))

    assert [one.split("'")[1] for one in found] == wrong


def test_an_answer_for_a_tag_that_nothing_carries():
    promise = {**GIVEN, "given": {"unset": "nothing"}}

    assert says(promise, **judged("true")) == ["nothing in 'fields' says means: nothing"]


RESTS = {"table": "law", "rests_on": ["ready"]}


@pytest.mark.parametrize(
    ("condition", "wrong"),
    [
        pytest.param("ready", [], id="a field it may rest on"),
        pytest.param("filled.ready && before.ready", [], id="its earlier value, and whether it is filled"),
        pytest.param("calm", [], id="through a derived fact"),
        pytest.param("calm && ready", [], id="twice"),
        pytest.param("params.most > 3", [], id="a param"),
        pytest.param("odd", ["odd"], id="another field"),
        pytest.param("strange", ["odd"], id="another field through a derived fact"),
        pytest.param("actor == 'wang'", ["actor"], id="who acts"),
        pytest.param("taken.go > 0", ["taken.go"], id="what was done"),
    ],
)  # fmt: skip
def test_what_a_table_may_rest_on(condition, wrong):
    rules = [{"id": "r1", "if": condition, "then": {"class": "X"}}]
    parts = judged("true", rules=rules)
    parts["fields"] = {"ready": {**FLAG, "means": "ready"}, "odd": {**FLAG, "means": "odd"}}
    label = {"zh": "甲", "en": "a"}
    parts["facts"] = {
        "calm": {"is": "ready", "label": label}, "strange": {"is": "!odd", "label": label},
    }  # fmt: skip
    parts["params"] = {"most": {"value": 3, "class": "internal", "source": "x", "label": label}}

    assert says(RESTS, **parts) == [f"rule 'r1' reads '{name}'" for name in wrong]


def test_an_answer_that_is_worked_out_rests_on_what_it_reads():
    rules = [{"id": "r1", "then": {"note": "=actor"}}]

    assert says(RESTS, **judged("true", rules=rules)) == ["rule 'r1' reads 'actor'"]


EVERY = {"every": "fields", "needs": ["retention"]}


@pytest.mark.parametrize(
    ("section", "key", "parts", "count"),
    [
        pytest.param("fields", "retention", {"fields": {"a": field("text")}}, 1, id="a field without"),
        pytest.param("fields", "retention", {"fields": {"a": field("text", retention="y")}}, 0, id="with"),
        pytest.param("moves", "source", {"states": one_move(source="law#1"), "opening": [{"to": "asked", "by": "anyone"}, {"to": "asked", "by": "clock", "source": "law#1"}]}, 1, id="moves and openings"),
        pytest.param("clocks", "class", {"clocks": {"c": {"starts": ["asked"], "class": "local", "rules": [{"within": "3 days"}]}}}, 0, id="a clock's rules inherit"),
    ],
)  # fmt: skip
def test_what_every_part_says(section, key, parts, count):
    assert len(says({"every": section, "needs": [key]}, **parts)) == count


LIST = {
    "list": "people", "has": ["side"], "columns": ["side", "contact"], "reads": ["side"],
}  # fmt: skip


CONTACT: dict[str, Any] = {"phone": field("text", means="contact", optional=True)}


@pytest.mark.parametrize(
    ("parts", "found"),
    [
        pytest.param(people(**CONTACT), [], id="kept"),
        pytest.param(people(job=field("text")), ["'people' may not have 'job'"], id="a column too many"),
        pytest.param(people(side=field("text", means="side", optional=True)), ["'people' has no required column meaning 'side'"], id="optional is not required"),
        pytest.param(people(fact="people.exists(p, has(p.phone))", **CONTACT), ["an expression reads 'phone' of 'people'"], id="read as a column"),
        pytest.param(people(fact="people.exists(p, p['phone'] == 'x')", **CONTACT), ["an expression reads 'phone' of 'people'"], id="read as a key"),
        pytest.param({}, ["nothing in 'fields' says means: people"], id="no such list"),
    ],
)  # fmt: skip
def test_what_a_list_may_hold_and_what_may_be_read_of_it(parts, found):
    assert says(LIST, **parts) == found


@pytest.mark.parametrize("reader", ["guard", "table"])
def test_guards_and_tables_are_read_as_facts_are(reader):
    parts = people(fact="size(people) > 0", **CONTACT)
    asks = "people[0]['phone'] == 'x'"
    if reader == "guard":
        parts["states"] = one_move(when=asks)
    else:
        row = {"id": "r", "if": asks, "then": {"n": 1}}
        parts["tables"] = {"t": {"hit": "first", "gives": {"n": "integer"}, "rules": [row]}}

    assert says(LIST, **parts) == ["an expression reads 'phone' of 'people'"]


@pytest.mark.parametrize("in_case", ["people.who", "askers"])
def test_lists_that_name_roles_need_no_tag(in_case):
    parts = people(job=field("text"))
    del parts["fields"]["people"]["means"]
    parts["facts"]["askers"] = {"is": "people.map(p, p.who)", "label": {"zh": "人", "en": "who"}}
    roles = {"gardener": {"level": "garden"}, "head": {"in_case": in_case}}

    found = says({"list": "in_case", "columns": ["side"]}, roles=roles, **parts)

    assert found == ["'people' may not have 'job'"]


def test_a_file_without_roles_in_the_case_has_no_such_lists():
    assert says({"list": "in_case", "columns": ["side"]}) == []


def test_a_list_without_columns_has_none_of_them():
    parts = {"fields": {"people": field("text", means="people")}}

    assert len(says({"list": "people", "has": ["side"]}, **parts)) == 1


PERSONS = {"persons_never": ["counts", "publishes"]}
ROW = {"catalogue": "beds", "put": {"code": "x", "who": "=named"}}


def counted(by, put=ROW):
    return {
        "fields": {"who": field("person"), "bed": field("text")},
        "facts": {"named": {"is": by, "label": {"zh": "名", "en": "name"}}},
        "counts": {"n": {"of": "toy", "where": {by: by}}},
        "states": one_move(publishes=put),
    }


def test_nothing_is_counted_or_published_by_person():
    found = says(PERSONS, **counted("who"))

    assert sorted(one.split(";")[0] for one in found) == [
        "'go' publishes a person", "count 'n' is by person",
    ]  # fmt: skip


def test_what_is_no_person_may_be_counted_and_published():
    assert says(PERSONS, **counted("bed")) == []


def test_only_what_the_promise_names_is_held_against_a_file():
    assert len(says({"persons_never": ["counts"]}, **counted("who"))) == 1
    assert len(says({"persons_never": ["publishes"]}, **counted("who"))) == 1


def test_a_file_that_holds_no_persons_has_neither_a_field_nor_a_column_for_them():
    promise = {"persons_never": ["fields"]}

    assert says(promise, **people()) == ["'people' holds persons"]
    assert says(promise, fields={"who": field("person")}) == ["'who' holds persons"]
    assert says(promise, fields={"bed": field("text")}) == []


def test_a_list_of_persons_is_not_published_either():
    parts = people()
    parts["states"] = one_move(publishes={"catalogue": "b", "put": {"code": "=people[0].who"}})

    assert len(says(PERSONS, **parts)) == 1


def test_one_case_a_key():
    promise = {"unique": ["unit", "year"]}

    assert says(promise, unique=["year", "unit"]) == []
    assert says(promise) == ["it must say unique: [unit, year]"]


def test_a_key_is_known_by_the_tag_of_its_field():
    promise = {"unique": ["unit", "slot"]}
    fields = {"held": field("integer", means="slot"), "other": field("integer")}

    assert says(promise, unique=["unit", "held"], fields=fields) == []
    assert says(promise, unique=["unit", "other"], fields=fields) != []
    assert says(promise, unique=["held"], fields=fields) != []


def test_a_kind_that_no_pack_is_named_for():
    promise = {"kind": "known"}

    assert says(promise) == []


def test_a_kind_that_is_misspelt_is_named():
    text = text_of(kind="toyz")
    every = json.dumps({"format": 1, "everywhere": "rules", "kinds": {"toys": []}})
    shelf = shelf_of({"kind": "known"}, pack_kinds=every)

    found = [one for one in check_workflow(text, shelf=shelf)[1] if one.code == "T01"]

    assert [one.words.en for one in found] == [
        "it should be so: no pack for 'toyz'; there are: toys (source: law#1)"
    ]
