"""The cells and outputs of decision tables, and the literals of sets, suit what they stand for."""

import pytest

from tests.builders.toy_workflows import codes_of, field, one_move

N = {
    "n": field("integer"),
    "t": field("text"),
    "d": field("decimal"),
    "ok": field("boolean"),
    "on": field("date"),
}
ROWS = {
    "rows": {
        "type": "list",
        "of": {"x": {"type": "text"}, "n": {"type": "integer", "optional": True}},
    }
}


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n", "3"), ("n", True), ("n", 1.5), ("n", None), ("t", 3), ("t", ""), ("d", "x"), ("d", True), ("ok", "yes"), ("ok", 1),
        ("on", "2026-02-30"), ("on", 3), ("rows", "x"), ("rows", {"x": "a"}), ("unit", 3), ("when", "soon"), ("many", [3]),
    ],
)  # fmt: skip
def test_a_literal_that_its_field_could_not_hold_is_refused(name, value):
    fields = {
        **N,
        **ROWS,
        "unit": {"type": "person"},
        "when": {"type": "moment"},
        "many": {"type": "person", "many": True},
    }
    fields["where"] = {"type": "unit"}
    wrong = {"where": 3} if name == "unit" else {name: value}

    assert codes_of(
        fields={k: v for k, v in fields.items() if k != "unit"}, states=one_move(sets=wrong)
    ) == ["HY103"]


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n", 3), ("t", "x"), ("d", 2), ("d", "2.50"), ("ok", False), ("on", "2026-02-28"), ("rows", []), ("where", "north"), ("many", ["a", "b"]),
        ("many", "a"), ("n", "=n + 1"), ("d", "=n"), ("rows", "=rows.filter(r, r.x == 'a')"), ("where", "=where"), ("many", "=rows.map(r, r.x)"),
    ],
)  # fmt: skip
def test_a_literal_that_its_field_can_hold_is_accepted(name, value):
    fields = {**N, **ROWS, "where": {"type": "unit"}, "many": {"type": "person", "many": True}}

    assert codes_of(fields=fields, states=one_move(sets={name: value})) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("n", "=t"),
        ("t", "=n"),
        ("ok", "=n"),
        ("n", "=d"),
        ("rows", "=n"),
        ("on", "=ok"),
        ("many", "=n"),
    ],
)
def test_an_expression_of_another_kind_than_its_field_is_refused(name, value):
    fields = {**N, **ROWS, "many": {"type": "person", "many": True}}

    assert codes_of(fields=fields, states=one_move(sets={name: value})) == ["HY304"]


TABLE = {"hit": "first", "gives": {"n": "integer"}}


@pytest.mark.parametrize(
    ("cell", "codes"),
    [({"d": 2}, []), ({"d": [2, 3.5]}, []), ({"d": "big"}, ["HY103"]), ({"d": [1, []]}, ["HY103"]), ({"d": None}, ["HY103"]), ({"ok": 3}, ["HY301"]),
     ({"unheard": 1}, ["HY201"]), (3, ["HY103"]), ({}, []), (None, [])],
)  # fmt: skip
def test_a_cell_of_a_table_is_compared_with_what_its_column_holds(cell, codes):
    rules = [{"id": "a", "if": cell, "then": {"n": 1}}]

    assert codes_of(fields=N, tables={"tab": {**TABLE, "rules": rules}}) == codes


LABEL = {"zh": "文字", "en": "label"}


@pytest.mark.parametrize(
    ("gives", "value", "good"),
    [
        ("share", "> 1/2", True), ("share", "all", True), ("share", "half", False), ("share", 2, False), ("integer", 3, True), ("integer", True, False),
        ("integer", "=n", True), ("integer", "=t", False), ("decimal", 3, True), ("decimal", 2.5, True), ("decimal", "2", False), ("decimal", False, False),
        ("text", "x", True), ("text", 3, False), ("boolean", True, True), ("boolean", "true", False), ("date", "2026-01-01", True), ("label", LABEL, True),
        ("label", "x", False), ({"zh": "text"}, LABEL, True), (["a", "b"], "a", True), (["a", "b"], "c", False), (["a"], ["a"], False), ("share", "=t", True),
    ],
)  # fmt: skip
def test_an_output_of_a_table_is_of_the_type_it_gives(gives, value, good):
    table = {"hit": "first", "gives": {"n": gives}, "rules": [{"id": "a", "then": {"n": value}}]}

    assert (codes_of(fields=N, tables={"tab": table}) == []) is good


@pytest.mark.parametrize("gives", ["colour", 3, None, True])
def test_an_output_of_no_known_type_is_refused(gives):
    table = {"hit": "first", "gives": {"n": gives}, "rules": [{"id": "a", "then": {}}]}

    assert codes_of(tables={"tab": table}) == ["HY103"]
