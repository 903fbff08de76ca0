"""Decision tables: DMN's hit policies, law dates, and never a guess."""

from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.facts.tables import Decision
from tests.builders.club_worlds import facts_of
from tests.builders.shelves import shipped
from tests.builders.toy_workflows import field, toy

FIELDS = {
    "kind": field("choice", options={w: {"zh": w, "en": w} for w in ("a", "b", "c")}),
    "n": field("integer"),
    "sunny": field("boolean"),
    "tags": field("choice", many=True, options={w: {"zh": w, "en": w} for w in ("a", "b", "c")}),
    "size": field("decimal"),
}
RULES = [
    {"id": "one", "if": {"kind": "a"}, "then": {"out": 1}},
    {"id": "two", "if": {"kind": ["a", "b"]}, "then": {"out": 2}},
    {"id": "three", "if": "n > 5", "then": {"out": 2}},
]


def decide(hit: str, given: dict[str, Any], rules: Any = None, **table: Any) -> Decision:
    whole = {"hit": hit, "gives": {"out": "integer"}, "rules": rules or RULES, **table}
    workflow = toy(fields=FIELDS, tables={"t": whole})
    return facts_of(workflow, fields=given).decision("t")


@pytest.mark.parametrize(
    ("hit", "given", "outputs"),
    [
        pytest.param("first", {"kind": "a", "n": 9}, {"out": 1, "rule": "one"}, id="the first of three"),
        pytest.param("first", {"kind": "c", "n": 9}, {"out": 2, "rule": "three"}, id="the last alone"),
        pytest.param("unique", {"kind": "b", "n": 1}, {"out": 2, "rule": "two"}, id="the only one"),
        pytest.param("any", {"kind": "b", "n": 9}, {"out": 2, "rule": "two"}, id="two that agree"),
        pytest.param("collect", {"kind": "a", "n": 9}, {"out": [1, 2, 2], "rule": ["one", "two", "three"]}, id="all"),
        pytest.param("collect", {"kind": "c", "n": 1}, {"out": [], "rule": []}, id="none collected"),
        pytest.param("first", {"kind": "c", "n": 1}, {}, id="no hit, no output"),
    ],
)  # fmt: skip
def test_a_hit_policy_means_what_dmn_says(hit, given, outputs):
    decision = decide(hit, given)

    assert decision.outputs == outputs
    assert not decision.ambiguous


@pytest.mark.parametrize(
    ("hit", "given", "hits"),
    [
        pytest.param("unique", {"kind": "b", "n": 9}, ("two", "three"), id="two hits are one too many"),
        pytest.param("any", {"kind": "a", "n": 1}, ("one", "two"), id="two that differ"),
    ],
)  # fmt: skip
def test_what_is_ambiguous_gives_nothing_and_names_the_rules(hit, given, hits):
    decision = decide(hit, given)

    assert decision.ambiguous
    assert decision.outputs == {}
    assert decision.hits == hits


def test_an_unknown_rule_before_the_first_hit_makes_all_unknown():
    decision = decide("first", {"n": 9})

    assert decision.outputs == {}
    assert decision.missing == ("kind",)
    assert decision.open_rules == ("one", "two")


def test_an_unknown_rule_after_the_first_hit_does_not_matter():
    assert decide("first", {"kind": "a"}).outputs["rule"] == "one"


@pytest.mark.parametrize("hit", ["unique", "any", "collect"])
def test_under_the_other_policies_any_unknown_rule_makes_all_unknown(hit):
    decision = decide(hit, {"kind": "a"})

    assert decision.outputs == {}
    assert decision.missing == ("n",)


def test_a_row_with_several_cells_needs_them_all():
    rules = [{"id": "x", "if": {"kind": "a", "sunny": True, "n": [1, 2]}, "then": {"out": 1}}]

    assert decide("first", {"kind": "a", "sunny": True, "n": 2}, rules).hits == ("x",)
    assert decide("first", {"kind": "a", "n": 2}, rules).hits == ()
    assert decide("first", {"kind": "b"}, rules).missing == ()
    assert decide("first", {"sunny": True}, rules).missing == ("kind", "n")


def test_a_cell_on_a_list_asks_whether_any_word_is_in_it():
    rules = [{"id": "x", "if": {"tags": ["a", "b"]}, "then": {"out": 1}}]

    assert decide("first", {"tags": ["c", "b"]}, rules).hits == ("x",)
    assert decide("first", {"tags": ["c"]}, rules).hits == ()
    assert decide("first", {}, rules).hits == ()


def test_a_cell_on_a_decimal_takes_whole_numbers():
    rules = [{"id": "x", "if": {"size": [2, 3.5]}, "then": {"out": 1}}]

    assert decide("first", {"size": "2"}, rules).hits == ("x",)
    assert decide("first", {"size": "3.50"}, rules).hits == ("x",)
    assert decide("first", {"size": "2.1"}, rules).hits == ()


def test_a_row_without_conditions_always_applies():
    assert decide("first", {}, [{"id": "else", "then": {"out": 7}}]).outputs["out"] == 7


def test_a_condition_that_fails_with_an_error_leaves_its_rule_open():
    rules = [{"id": "x", "if": "sum([n]) % 0 == 1", "then": {"out": 1}}]

    assert decide("first", {"n": 1}, rules).open_rules == ("x",)


def test_defaults_stand_in_for_outputs_a_row_leaves_out():
    rules = [{"id": "x", "then": {}}, {"id": "y", "then": {"out": "=n"}}]

    assert decide("first", {}, rules, defaults={"out": 3}).outputs == {"out": 3, "rule": "x"}
    assert decide("collect", {"n": 4}, rules, defaults={"out": 3}).outputs["out"] == [3, 4]


def test_an_output_that_is_unknown_is_left_out():
    rules = [{"id": "y", "then": {"out": "=n"}}]

    assert decide("first", {}, rules).outputs == {"rule": "y"}
    assert decide("collect", {}, rules).outputs == {"out": [], "rule": ["y"]}


LAW = [
    {"id": "old", "until": "2025-12-31", "then": {"out": 1}, "source": "law#1"},
    {"id": "new", "from": "2026-01-01", "until": "2026-06-30", "then": {"out": 2}, "source": "law#2"},
]  # fmt: skip


@pytest.mark.parametrize(
    ("day", "hits"),
    [
        ("2025-12-31", ("old",)), ("2026-01-01", ("new",)), ("2026-06-30", ("new",)),
        ("2026-07-01", ()),
    ],
)  # fmt: skip
def test_law_dates_include_the_first_and_the_last_day(day, hits):
    from datetime import UTC, datetime

    workflow = toy(
        fields=FIELDS, sources={"law": {"title": "法"}},
        tables={"t": {"hit": "unique", "gives": {"out": "integer"}, "rules": LAW}},
    )  # fmt: skip
    noon = datetime.combine(date.fromisoformat(day), datetime.min.time(), tzinfo=UTC)

    decision = facts_of(workflow, now=noon.replace(hour=4)).decision("t")

    assert decision.hits == hits
    assert decision.source == ("" if not hits else "law#1" if hits == ("old",) else "law#2")


def test_the_day_of_the_law_begins_at_midnight_of_the_office():
    from datetime import UTC, datetime

    workflow = toy(tables={"t": {"hit": "unique", "gives": {"out": "integer"}, "rules": LAW}})

    before = facts_of(workflow, now=datetime(2025, 12, 31, 15, 59, tzinfo=UTC)).decision("t")
    after = facts_of(workflow, now=datetime(2025, 12, 31, 16, 0, tzinfo=UTC)).decision("t")

    assert (before.hits, after.hits) == (("old",), ("new",))


GIVEN = st.fixed_dictionaries(
    {},
    optional={
        "kind": st.sampled_from(["a", "b", "c"]),
        "n": st.integers(0, 9),
        "sunny": st.booleans(),
        "tags": st.lists(st.sampled_from(["a", "b", "c"])),
    },
)
CONDITION = st.sampled_from(
    [None, {"kind": "a"}, {"kind": ["a", "b"]}, "n > 5", "n > 2 && kind == 'b'", "sunny || n > 3",
     {"tags": ["a"], "n": [1, 2, 3]}, "kind == 'c' && sunny"]
)  # fmt: skip
ROWS = st.lists(CONDITION, min_size=1, max_size=5).map(
    lambda conditions: [
        {"id": f"r{n}", "then": {"out": n}, **({"if": c} if c else {})}
        for n, c in enumerate(conditions)
    ]
)


@given(
    rows=ROWS, given=GIVEN, more=GIVEN, hit=st.sampled_from(["first", "unique", "any", "collect"])
)
def test_filling_in_what_was_missing_never_changes_what_was_known(rows, given, more, hit):
    workflow = toy(
        fields=FIELDS, tables={"t": {"hit": hit, "gives": {"out": "integer"}, "rules": rows}}
    )
    # A flag and a list have a value before anybody gives one, so that giving it is a change.
    known = {"sunny": False, "tags": [], **given}

    before = facts_of(workflow, fields=known).decision("t")
    after = facts_of(workflow, fields={**more, **known}).decision("t")

    if before.outputs or before.ambiguous:
        assert after == before
    if before.missing:
        assert not set(before.missing) & known.keys()


@given(rows=ROWS, given=GIVEN)
def test_first_is_the_first_of_what_collect_collects(rows, given):
    whole = {"sunny": False, "tags": [], "kind": "a", "n": 0, **given}
    tables = {
        h: {"hit": h, "gives": {"out": "integer"}, "rules": rows}
        for h in ("first", "collect", "unique")
    }
    facts = facts_of(
        toy(fields=FIELDS, tables={f"t_{h}": t for h, t in tables.items()}), fields=whole
    )

    every = facts.decision("t_collect")

    assert facts.decision("t_first").hits == every.hits[:1]
    assert facts.decision("t_unique").ambiguous == (len(every.hits) > 1)


def test_a_table_may_read_a_fact_and_what_is_missing_is_the_fact_s_field():
    workflow = toy(
        fields=FIELDS,
        facts={"twice": {"is": "n * 2"}},
        tables={"t": {"hit": "first", "gives": {"out": "integer"}, "rules": [{"id": "x", "if": "twice > 3", "then": {"out": 1}}]},
                "u": {"hit": "first", "gives": {"out": "integer"}, "rules": [{"id": "x", "if": "t.out == 1", "then": {"out": 1}}]}},
    )  # fmt: skip

    assert facts_of(workflow).decision("u").missing == ("n",)
    assert facts_of(workflow, fields={"n": 2}).decision("u").outputs == {"out": 1, "rule": "x"}


@pytest.mark.parametrize("name", ["consultation", "access_control"])
def test_no_row_of_a_shipped_table_is_without_an_id_of_its_own(name):
    for table in shipped(name).tables.values():
        ids = [rule.id for rule in table.rules]

        assert len(set(ids)) == len(ids)
