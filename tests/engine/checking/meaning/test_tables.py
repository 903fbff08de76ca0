"""Decision tables by law date: gaps, overlaps, idle rows."""

import pytest

from tests.builders.toy_workflows import field
from tests.engine.checking.meaning.checked_files import meant, said

GO = {"to": "done", "by": "anyone"}
LABEL = {"zh": "某", "en": "some"}
PICK = field("choice", options={"a": LABEL, "b": LABEL, "c": LABEL})


def table(hit, rules, **more):
    whole = {"t": {"hit": hit, "gives": {"n": "integer"}, "rules": rules, **more}}
    fields = {
        "pick": PICK,
        "flag": field("boolean"),
        "days": field("integer", min=0),
        "many": {**PICK, "many": True},
        "note": field("text"),
    }
    return [
        one
        for one in meant(
            fields=fields, tables=whole, states={"asked": {"on": {"go": {**GO, "when": "t.n > 0"}}}}
        )
        if one.code in {"HY615", "HY616", "HY617"}
    ]


def row(name, **more):
    return {"id": name, "then": {"n": 1}, **more}


def test_rows_that_overlap_name_the_case_and_the_law_date():
    (found,) = table(
        "unique",
        [
            row("a", **{"if": {"pick": ["a", "b"]}}),
            row("b", **{"if": {"pick": ["b", "c"]}, "from": "2026-01-01"}),
            row("old", **{"if": {"pick": "c"}, "until": "2025-12-31"}),
        ],
    )

    assert found.words.en == "rows 'a' and 'b' of table 't' both apply: pick=b (from 2026-01-01)"
    assert found.code == "HY615"


def test_rows_that_overlap_on_any_day_say_so():
    (found,) = table("unique", [row("a"), row("b")])

    assert found.words.en == "rows 'a' and 'b' of table 't' both apply: — (on any day)"


@pytest.mark.parametrize(
    ("then", "codes"),
    [
        pytest.param({"n": 1}, [], id="the same"),
        pytest.param({"n": 2}, ["HY615"], id="something else"),
        pytest.param({"n": "=days"}, [], id="what is worked out is not compared"),
    ],
)
def test_rows_that_overlap_under_any_must_give_the_same(then, codes):
    found = table("any", [row("a"), row("b", then=then)])

    assert [one.code for one in found] == codes


def test_a_case_without_a_row_is_a_gap():
    (found,) = table(
        "first", [row("a", **{"if": {"pick": "a"}}), row("b", **{"if": "flag && pick == 'b'"})]
    )

    assert (
        found.words.en
        == "table 't' has no row for 3 cases, such as: flag=False, pick=b; flag=False, pick=c; flag=True, pick=c; a last row can catch all"
    )


def test_a_law_that_ends_leaves_a_gap_from_its_last_day():
    (found,) = table("first", [row("a", **{"from": "2024-01-01", "until": "2025-12-31"})])

    assert "such as: — (2026-01-01)" in found.words.en


@pytest.mark.parametrize(
    "rules",
    [
        pytest.param(
            [row("a", **{"if": "days < 3"}), row("b", **{"if": "days >= 3"})], id="numbers"
        ),
        pytest.param(
            [row("a", **{"if": {"many": "a"}}), row("b", **{"if": "!('a' in many)"})],
            id="one of several",
        ),
        pytest.param(
            [row("a", **{"if": "filled.note"}), row("b", **{"if": "!filled.note"})],
            id="whether it is filled",
        ),
        pytest.param([row("a", **{"if": "size(note) > 3"})], id="nobody can tell"),
        pytest.param([row("a", **{"if": "flag"}), row("b", **{"if": "!flag"})], id="a flag"),
    ],
)
def test_a_table_is_whole(rules):
    assert table("unique", rules) == []


def test_a_table_that_collects_may_collect_nothing():
    states = {"asked": {"on": {"go": {**GO, "when": "size(t.n) > 0"}}}}
    collects = {
        "t": {"hit": "collect", "gives": {"n": "integer"}, "rules": [row("a", **{"if": "flag"})]}
    }

    assert said("HY616", fields={"flag": field("boolean")}, tables=collects, states=states) == []


def test_a_row_behind_one_that_always_applies_never_decides():
    (found,) = table("first", [row("a"), row("b", **{"if": {"pick": "a"}})])

    assert found.words.en == "row 'b' never decides"


def test_a_table_with_too_many_cases_is_not_accused():
    many = {
        "t": {
            "hit": "first",
            "gives": {"n": "integer"},
            "rules": [row("a", **{"if": " && ".join(f"x{k} > 1" for k in range(9))})],
        }
    }
    fields = {f"x{k}": field("integer") for k in range(9)}

    assert (
        said(
            "HY616",
            fields=fields,
            tables=many,
            states={"asked": {"on": {"go": {**GO, "when": "t.n > 0"}}}},
        )
        == []
    )
