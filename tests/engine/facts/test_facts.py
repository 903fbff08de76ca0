"""Facts: what expressions read about a case, computed when asked, absent when unset."""

from typing import Any

import pytest

from engine.compiling.plan import Literal
from engine.facts.facts import Facts
from engine.step.links import link_case
from tests.builders.club_worlds import MONDAY, OTHER, UNITS, facts_of, later, variant_of, world
from tests.builders.shelves import plot
from tests.builders.toy_workflows import field, toy


def known(fields: dict[str, Any], name: str, value: Any = None, **more: Any) -> Any:
    given = {} if value is None else {name: value}
    return facts_of(toy(fields=fields), fields=given, **more).get(name)


@pytest.mark.parametrize(
    ("part", "plain", "seen"),
    [
        ({"type": "text"}, "x", "x"), ({"type": "integer"}, 3, 3), ({"type": "decimal"}, "2.50", 2.5), ({"type": "money"}, "3", 3.0),
        ({"type": "unit"}, "north", {"id": "north", "level": "garden", "title": "北园"}),
        ({"type": "item", "of": "plants"}, "rose", {"code": "rose", "name": "玫瑰", "kind": "F"}),
        ({"type": "case", "of": "toy"}, OTHER.id, {"number": OTHER.number, "unit": "north", "state": "growing", "final": False, "opened_on": "2026-02-02"}),
        ({"type": "person", "many": True}, ["a"], ["a"]), ({"type": "decimal", "many": True}, ["1.5"], [1.5]),
        ({"type": "item", "of": "plants", "many": True}, ["rose"], [{"code": "rose", "name": "玫瑰", "kind": "F"}]),
    ],
)  # fmt: skip
def test_a_field_is_seen_as_its_type_says(part, plain, seen):
    assert known({"f": part}, "f", plain) == seen


@pytest.mark.parametrize(
    ("part", "unset"),
    [
        ({"type": "boolean"}, False), ({"type": "list", "of": {"x": {"type": "text"}}}, []), ({"type": "person", "many": True}, []),
        ({"type": "text"}, None), ({"type": "integer"}, None), ({"type": "unit"}, None),
    ],
)  # fmt: skip
def test_flags_are_false_lists_are_empty_and_all_else_is_absent_while_unset(part, unset):
    facts = facts_of(toy(fields={"f": part}))

    assert facts.get("f") == unset
    assert ("f" in facts) is (unset is not None)
    assert facts["filled.f"] is False


@pytest.mark.parametrize(
    ("part", "plain"),
    [
        ({"type": "unit"}, "gone"), ({"type": "item", "of": "plants"}, "gone"), ({"type": "case", "of": "toy"}, "gone"),
        ({"type": "item", "of": "plants", "many": True}, ["rose", "gone"]),
    ],
)  # fmt: skip
def test_what_can_no_longer_be_looked_up_is_not_known(part, plain):
    assert known({"f": part}, "f", plain) is None


def test_an_item_leaves_out_the_columns_that_are_unset_or_not_to_be_found():
    columns = {
        "who": {"type": "unit", "optional": True},
        "n": {"type": "decimal"},
        "tags": {"type": "unit", "many": True, "optional": True},
    }
    fields = {"rows": {"type": "list", "of": columns}}

    assert known(fields, "rows", [{"n": "1.5", "who": "gone"}]) == [{"n": 1.5}]
    assert known(fields, "rows", [{"n": "1", "who": "rose", "tags": ["bean"]}]) == [
        {"n": 1.0, "who": {"id": "rose", "level": "bed", "title": "玫瑰畦"}, "tags": [{"id": "bean", "level": "bed", "title": "豆畦"}]}
    ]  # fmt: skip


def test_what_is_built_in_is_known():
    case = variant_of(plot(), data={"topic": "豆"})
    facts = facts_of(plot(), case, now=later(case), actor="er")

    built_in = {
        n: facts.get(n) for n in ("today", "now", "state", "actor", "number", "opened_on", "unit")
    }

    assert built_in == {
        "today": "2026-03-02", "now": "2026-03-02T03:00:00Z", "state": "asked", "actor": "er", "number": None,
        "opened_on": "2026-03-02", "unit": {"id": "north", "level": "garden", "title": "北园"},
    }  # fmt: skip


def test_before_the_opening_there_is_no_day_it_was_opened_on_and_a_unit_may_be_unknown():
    facts = facts_of(plot(), at=world(units={}))

    assert (facts.get("opened_on"), facts.get("unit")) == (None, None)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("params.most_beds", 3), ("params.greeting", "你好"), ("params.seasons", ["spring", "autumn"]), ("counts.used", 1),
        ("taken.accept", 0), ("documents.receipt.issued", True), ("documents.receipt.delivered", False), ("filled.topic", True),
        ("filled.beds", False), ("clocks.answer.running", True), ("clocks.answer.met", False), ("links.parts", []), ("before.topic", "豆"),
        ("terms.days", None), ("season.planting", True), ("season.rule", "rest"), ("nonsense", None), ("counts.other", None),
    ],
)  # fmt: skip
def test_every_name_of_a_file_is_answered(name, value):
    facts = facts_of(plot(), variant_of(plot(), data={"topic": "豆"}))

    assert facts.get(name) == value


def test_a_param_that_the_office_sets_beats_the_file_s():
    assert facts_of(plot(), at=world(params={"most_beds": 9})).get("params.most_beds") == 9


def test_only_linked_cases_that_were_looked_up_are_seen():
    case = variant_of(plot(), data={"topic": "豆"})
    linked = link_case(
        plot(), case, name="parts", other=OTHER.id, by="gao", now=later(case), world=world()
    ).after

    assert [p["state"] for p in facts_of(plot(), linked).get("links.parts")] == ["growing"]
    assert facts_of(plot(), linked, at=world(linked={})).get("links.parts") == []


def test_an_unknown_name_is_no_fact():
    with pytest.raises(KeyError):
        facts_of(toy())["nonsense"]


def test_the_names_are_those_of_the_file():
    assert {"topic", "before.topic", "filled.topic", "idle", "terms.days"} <= set(
        facts_of(plot()).keys()
    )


def test_what_is_missing_is_traced_through_facts_and_tables_to_fields():
    workflow = toy(
        fields={"a": field("integer"), "b": field("integer")},
        facts={"one": {"is": "a + 1"}, "two": {"is": "one + b"}, "bad": {"is": "size([1]) % 0"}},
        tables={"t": {"hit": "first", "gives": {"n": "integer", "m": "integer"}, "rules": [{"id": "x", "if": "two > 1", "then": {"n": 1}}]}},
        states={"asked": {"on": {"go": {"to": "done", "by": "anyone", "when": ["t.n > 1", "t.m > 1", "bad > 1", "t.rule == 'x'"]}}}},
    )  # fmt: skip
    lines = [line.ask for line in workflow.branches["asked", "go"][0].guard]

    unset = [facts_of(workflow).ask(line).missing for line in lines]
    given = [facts_of(workflow, fields={"a": 1, "b": 1}).ask(line).missing for line in lines]

    assert [set(names) for names in unset] == [{"a", "b"}, {"a", "b"}, {"bad"}, {"a", "b"}]
    assert given == [(), ("t.m",), ("bad",), ()]


def test_a_literal_answers_itself():
    assert facts_of(toy()).ask(Literal(value=[1])).value == [1]


def test_before_reads_what_stood_before_the_move():
    workflow = toy(fields={"n": field("integer")}, facts={"twice": {"is": "n * 2"}})
    case = variant_of(workflow, data={"n": 1})
    old = facts_of(workflow, case)

    new = Facts(workflow, case, world(), now=MONDAY, fields={"n": 5}, before=old)

    assert (new.get("n"), new.get("before.n"), new.get("twice"), new.get("before.twice")) == (
        5,
        1,
        10,
        2,
    )
    assert old.get("before.n") == 1


def test_the_facts_of_an_item_are_bound_to_it_alone():
    workflow = toy(fields={"rows": {"type": "list", "of": {"x": {"type": "unit"}}}})
    facts = facts_of(workflow, fields={"rows": [{"x": "north"}]})

    inner = facts.with_item({"x": "rose"}, workflow.fields["rows"])

    assert (
        inner.get("it")
        == inner.get("item")
        == {"x": {"id": "rose", "level": "bed", "title": UNITS["rose"].title}}
    )
    assert facts.get("item") is None


def test_only_decisions_that_were_asked_for_can_be_ambiguous():
    rules = [{"id": "x", "then": {"n": 1}}, {"id": "y", "then": {"n": 2}}]
    workflow = toy(tables={"t": {"hit": "unique", "gives": {"n": "integer"}, "rules": rules}})
    facts = facts_of(workflow)

    assert facts.ambiguous() == []
    assert facts.get("t.n") is None
    assert [d.hits for d in facts.ambiguous()] == [("x", "y")]


def test_a_refusal_names_the_rules_that_contradict_one_another():
    from engine.case.errors import MoveRefused
    from tests.builders.club_worlds import fire

    rules = [{"id": "x", "then": {"n": 1}}, {"id": "y", "then": {"n": 2}}]
    workflow = toy(
        tables={"t": {"hit": "unique", "gives": {"n": "integer"}, "rules": rules}},
        states={"asked": {"on": {"go": {"to": "done", "by": "anyone", "when": "t.n > 0"}}}},
    )

    with pytest.raises(MoveRefused) as refused:
        fire(workflow, variant_of(workflow), "go")

    assert [(r.code, r.names) for r in refused.value.reasons] == [
        ("move.guard", ("t.n",)),
        ("table.ambiguous", ("x", "y")),
    ]
