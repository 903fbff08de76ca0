"""Formulas say what the expression language says, within the fragment."""

from itertools import product
from typing import Any

import pytest

from engine.checking.build import check_workflow
from engine.checking.meaning.guards import Guards
from engine.time.calendars import weekdays_only
from tests.builders.shelves import SHIPPED, folder, shipped_names
from tests.builders.toy_workflows import field, guarded, text_of
from tests.engine.checking.meaning.large_files import large

LABEL = {"zh": "某", "en": "some"}
FIELDS = {
    "flag": field("boolean"), "pick": field("choice", options={"a": LABEL, "b": LABEL}), "count": field("integer"),
    "note": field("text"), "rows": {"type": "list", "of": {"n": {"type": "integer"}}},
    "many": field("choice", many=True, options={"a": LABEL, "b": LABEL}),
}  # fmt: skip
FACTS = {
    "known": {"is": "pick == 'a' || flag"},
    "long": {"is": "size(note)"},
    "all_of_it": {"is": "rows.exists(r, r.n > 1)"},
}


def formula(when):
    guards = Guards(guarded(when, fields=FIELDS, facts=FACTS))
    (branch,) = guards.workflow.branches["asked", "go"]
    return guards.lines(branch)[0], branch.guard[0].ask


@pytest.mark.parametrize(
    "when",
    [
        "flag", "!flag", "true", "!(false)", "flag == true", "flag != false", "flag && pick == 'a'", "flag || pick == 'a'",
        "!(flag || pick == 'a')", "pick != 'a'", "'a' == pick", "pick in ['a', 'b']", "!(pick in ['b'])", "count > 1",
        "1 < count", "2 <= count && count <= 3", "-1 >= count", "count == -1", "filled.count", "!filled.pick || pick == 'b'",
        "flag ? pick == 'a' : count > 1", "(flag ? filled.count : true) ? flag : count == 2", "known", "!known && count < 2",
        "flag ? (flag ? true : false) : false", "pick == 'a' ? flag : true", "(flag)", "((flag) && (flag))", "flag ? pick == 'a' : filled.pick ? pick == 'b' : flag",
    ],
)  # fmt: skip
def test_a_decidable_guard_says_what_the_language_says(when):
    mine, compiled = formula(when)
    assert mine.decidable

    for flag, pick, count in product(
        [None, True, False], [None, "a", "b"], [None, -1, 0, 1, 2, 3, 4]
    ):
        env = {"flag": flag, "pick": pick, "count": count}
        facts = {"flag": bool(flag), **{k: v for k, v in env.items() if v is not None}}
        facts |= {f"filled.{name}": value is not None for name, value in env.items()}
        known = pick == "a" or bool(flag)
        facts |= {} if pick is None and not flag else {"known": known}
        answer = compiled.ask(facts, weekdays_only())
        assert mine.ask(env) is (answer.value if answer.known else None), (when, env)


@pytest.mark.parametrize(
    "when",
    [
        "count + 1 > 2", "note == 'x'", "size(rows) > 0", "count in [count]", "pick in many", "'a' in many", "many == ['a']",
        "today > '2026-05-01'", "long > 2", "count > count", "pick == 'a' + 'b'", "note.startsWith('x')", "all_of_it",
        "clocks.term.elapsed", "before.known", "pick in []", "note in ['x']", "has(unit.id) && flag", "note == 'a\\\\n'",
    ],
)  # fmt: skip
def test_what_lies_outside_the_fragment_is_not_decided(when):
    workflow_parts: Any = {"clocks": {"term": {"within": "2 days", "starts": ["asked"]}}}
    guards = Guards(guarded(when, fields=FIELDS, facts=FACTS, **workflow_parts))
    (branch,) = guards.workflow.branches["asked", "go"]

    assert not guards.lines(branch)[0].decidable
    assert guards.can_hold(branch)


@pytest.mark.parametrize(
    ("when", "lacks"),
    [
        pytest.param("note == 'x'", {"note"}, id="a text"),
        pytest.param("long > 2", {"note"}, id="a fact made of a text"),
        pytest.param("known", {"pick"}, id="a fact"),
        pytest.param("pick == 'a'", {"pick"}, id="a choice"),
    ],
)
def test_a_guard_that_is_unknown_names_what_it_lacks(when, lacks):
    mine, _compiled = formula(when)
    env = dict.fromkeys(mine.keys)

    assert mine.ask(env) is None
    assert mine.missing(env) == lacks


def test_a_part_that_is_there_may_say_either():
    mine, _compiled = formula("long > 2")
    (key,) = [key for key in mine.keys if key.startswith("?long")]

    assert [
        mine.ask({**dict.fromkeys(mine.keys, "set"), key: value}) for value in (True, False)
    ] == [True, False]


@pytest.mark.parametrize("name", shipped_names())
def test_a_shipped_file_has_no_error(name):
    text = (SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")

    _workflow, problems = check_workflow(text, file=name, shelf=folder(SHIPPED))

    assert [str(one) for one in problems if one.severity == "error"] == []


def test_a_file_of_a_thousand_states_is_decided():
    _workflow, problems = check_workflow(text_of(**large(1000)), file="large.yaml")

    assert [one for one in problems if one.code.startswith("HY6")] == []


def test_a_formula_lacks_what_its_unknown_facts_lack_and_no_more():
    read, _ask = formula("known && count > 1")

    assert read.missing({"flag": None, "pick": "a", "count": None}) == {"count"}
    assert read.missing({"flag": None, "pick": None, "count": None}) == {"count", "pick"}
