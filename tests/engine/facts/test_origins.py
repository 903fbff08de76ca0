"""What a name rests on: the closure through facts and tables, against plain reachability."""

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.facts.needs import names_read
from engine.facts.origins import rests_on, table_names
from engine.facts.reading import base_fields
from tests.builders.toy_workflows import field, toy

FIELDS, FACTS, TABLES = ("a", "b", "c"), ("f", "g", "h"), ("t", "u")
NAMES = st.sampled_from(
    [
        *FIELDS,
        *FACTS,
        "t.n",
        "t.rule",
        "u.n",
        "f.column",
        "today",
        "params.p",
        "counts.k",
        "taken.go",
    ]
)
READ = st.builds(
    lambda prefix, name: prefix + name, st.sampled_from(["", "", "before.", "filled."]), NAMES
)
LISTS = st.lists(READ, max_size=4)


def plain(name: str) -> str:
    return name.removeprefix("before.").removeprefix("filled.")


def workflow_of(facts: dict[str, list[str]], tables: dict[str, list[str]]) -> Any:
    """Return as much of a workflow as the closure looks at; circles too, which no file may have."""
    rules = {
        name: SimpleNamespace(conditions=[SimpleNamespace(names=read)], then={})
        for name, read in tables.items()
    }
    return SimpleNamespace(
        facts={name: SimpleNamespace(names=tuple(read)) for name, read in facts.items()},
        tables={name: SimpleNamespace(rules=[rule]) for name, rule in rules.items()},
        fields=dict.fromkeys(FIELDS),
    )  # fmt: skip


@given(
    st.fixed_dictionaries(dict.fromkeys(FACTS, LISTS)), st.fixed_dictionaries(dict.fromkeys(TABLES, LISTS)),
    LISTS, st.booleans(),
)  # fmt: skip
def test_a_name_rests_on_all_that_can_be_reached_from_it_and_on_nothing_else(
    facts, tables, names, follows
):
    behind = facts | (tables if follows else {})
    reached = {plain(name) for name in names}
    for _ in range(len(FACTS) + len(TABLES) + 1):
        reached |= {
            plain(read) for name in reached for read in behind.get(name.partition(".")[0], ())
        }

    found = rests_on(workflow_of(facts, tables), names, tables=follows)

    assert len(found) == len(set(found))
    assert set(found) == reached


@given(st.fixed_dictionaries(dict.fromkeys(FACTS, LISTS)), LISTS)
def test_names_that_are_asked_for_come_before_what_they_rest_on(facts, names):
    asked = list(dict.fromkeys(plain(name) for name in names))

    assert rests_on(workflow_of(facts, {}), names)[: len(asked)] == asked


TOY = toy(
    fields={"a": field("integer"), "b": field("integer"), "c": field("integer")},
    facts={"big": {"is": "t.n > 1"}, "again": {"is": "big && c > 0"}},
    tables={"t": {"hit": "first", "gives": {"n": "integer"}, "rules": [{"id": "x", "if": "a > 0", "then": {"n": "=b"}}]}},
    states={"asked": {"on": {"go": {"to": "done", "by": "anyone", "when": "before.again"}}}},
)  # fmt: skip


@pytest.mark.parametrize(
    ("names", "tables", "found"),
    [
        pytest.param(["c"], True, ["c"], id="a field"),
        pytest.param(
            ["before.again"], True, ["again", "big", "c", "t.n", "a", "b"], id="facts and tables"
        ),
        pytest.param(["again"], False, ["again", "big", "c", "t.n"], id="facts alone"),
        pytest.param(
            ["again.column"], False, ["again.column", "big", "c", "t.n"], id="a path into a fact"
        ),
        pytest.param([], True, [], id="nothing"),
    ],
)
def test_names_in_a_file(names, tables, found):
    assert rests_on(TOY, names, tables=tables) == found


def test_everyone_who_asks_what_a_name_rests_on_is_told_the_same():
    whole = {*rests_on(TOY, ["again"])}

    assert table_names(TOY.tables["t"]) == {"a", "b"}
    assert base_fields(TOY, ["again"]) == whole & TOY.fields.keys() == {"a", "b", "c"}
    assert names_read(TOY, TOY.branches["asked", "go"]) == whole
