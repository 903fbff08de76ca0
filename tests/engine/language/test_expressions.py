"""Expressions: only BOOL true grants; whatever cannot be known or goes wrong refuses."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.language.cel import (
    FUNCTIONS,
    MAX_SOURCE,
    Answer,
    Environment,
    ExpressionError,
    environment,
)
from engine.language.scan import scan
from tests.builders.shelves import national

VARIABLES = {
    "a": "integer", "b": "boolean", "c": "boolean", "t": "text", "d": "decimal", "m": "map",
    "rows": "list of maps", "words": "list of text", "any": "any", "filled.a": "boolean",
}  # fmt: skip
COLUMNS = {"rows": frozenset({"x", "y"}), "m": frozenset({"k"})}
ENVIRONMENT = Environment(VARIABLES, COLUMNS)  # type: ignore[arg-type]


def ask(source: str, **facts: object) -> Answer:
    known = {name.replace("__", "."): value for name, value in facts.items()}
    return ENVIRONMENT.compile(source).ask(known, national())


GRANTED: list[tuple[str, dict[str, object]]] = [
    ("a > 1", {"a": 2}),
    ("t == '和顺'", {"t": "和顺"}),
    ("'x' in words", {"words": ["x"]}),
    ("rows.exists(r, r.x == 1)", {"rows": [{"x": 1}]}),
    ("has(m.k) && m.k == 1", {"m": {"k": 1}}),
    ("filled.a && a > 1", {"filled__a": True, "a": 2}),
    ("d / 2.0 == 1.5", {"d": 3.0}),
    ("sum(rows.map(r, r.x)) == 3", {"rows": [{"x": 1}, {"x": 2}]}),
    ("latest(['2026-01-01', '2026-01-02']) == '2026-01-02'", {}),
    ("earliest(['2026-01-01', '2026-01-02']) == '2026-01-01'", {}),
    ("days_between('2026-02-27', '2026-03-02') == 3", {}),
    ("months_between('2026-05-01', '2027-05-01') == 12", {}),
    ("working_days('2026-04-30', '2026-05-06') == 1", {}),
    ("plus_days('2026-02-27', 3) == '2026-03-02'", {}),
    ("plus_months('2026-01-31', 1) == '2026-02-28'", {}),
    ("meets('> 1/2', 3, 5)", {}),
    ("meets('>= 2/3', 66.7, 100.0)", {}),
    ("needed('> 1/2', 10) == 6", {}),
    ("days_between('2026-03-01T17:00:00Z', '2026-03-03') == 2", {}),
]


@pytest.mark.parametrize(("source", "facts"), GRANTED)
def test_a_true_condition_grants(source, facts):
    assert ask(source, **facts).holds


@pytest.mark.parametrize(
    ("source", "facts"),
    [
        pytest.param("a > 1", {"a": 1}, id="false"),
        pytest.param("t != 'x'", {"t": "\ud800"}, id="a text that no encoding holds"),
        pytest.param("a != 1", {"a": 2**70}, id="a number beyond 64 bits"),
        pytest.param("a != 1", {"a": None}, id="a null"),
        pytest.param("t != 'x'", {"t": object()}, id="a value that is no value"),
        pytest.param("a > 1", {}, id="unset"),
        pytest.param("a", {"a": 1}, id="a number"),
        pytest.param("t", {"t": "true"}, id="a text that says true"),
        pytest.param("any", {"any": "true"}, id="a dynamic text"),
        pytest.param("any", {"any": [True]}, id="a list"),
        pytest.param("any == 1", {"any": "1"}, id="another type"),
        pytest.param("m.k == 1", {"m": {}}, id="a key that is missing"),
        pytest.param("rows[0].x == 1", {"rows": []}, id="beyond the end"),
        pytest.param("latest([]) == 'x'", {}, id="an exception in a function"),
        pytest.param("sum(['a']) == 0", {}, id="a sum of text"),
        pytest.param("meets('half', 1, 2)", {}, id="no share"),
        pytest.param("working_days('soon', '2026-01-01') > 0", {}, id="no day"),
        pytest.param("plus_days('2026-01-01', 99999999999) > ''", {}, id="beyond all days"),
        pytest.param("a % 0 == 1", {"a": 1}, id="modulus by zero"),
        pytest.param("9223372036854775807 + a > 0", {"a": 1}, id="an overflow"),
        pytest.param("!(a > 1)", {}, id="the negation of unset"),
        pytest.param("a > 1 || c", {}, id="two unset"),
        pytest.param("b ? true : true", {}, id="a choice by unset"),
        pytest.param("rows.all(r, r.x == 1)", {"rows": [{"y": 1}]}, id="an item without the column"),
    ],
)  # fmt: skip
def test_whatever_is_not_true_does_not_grant(source, facts):
    assert not ask(source, **facts).holds


@pytest.mark.parametrize(
    ("source", "facts", "holds"),
    [
        pytest.param("b || a > 1", {"b": True}, True, id="true or unknown"),
        pytest.param("a > 1 || b", {"b": True}, True, id="unknown or true"),
        pytest.param("b && a > 1", {"b": False}, False, id="false and unknown"),
        pytest.param("a > 1 && b", {"b": False}, False, id="unknown and false"),
        pytest.param("b ? true : a > 1", {"b": True}, True, id="the branch not taken"),
        pytest.param("rows.exists(r, r.x == 1)", {"rows": [{}, {"x": 1}]}, True, id="one item is enough"),
    ],
)  # fmt: skip
def test_what_is_decided_without_the_unknown_is_known(source, facts, holds):
    answer = ask(source, **facts)

    assert answer.known
    assert answer.holds is holds


@pytest.mark.parametrize("source", ["b && a > 1", "a > 1 && b", "!b || a > 1"])
def test_the_unknown_is_named_where_it_decides(source):
    answer = ask(source, b=True)

    assert not answer.known
    assert answer.missing == ("a",)


def test_an_error_that_is_no_missing_name_says_what_happened():
    answer = ask("m.k == 1", m={})

    assert answer.missing == ()
    assert "Key not found" in answer.error


@given(
    st.sampled_from(["a > 1", "b", "c", "t == 'x'", "m.k == 1"]),
    st.sampled_from(["&&", "||"]),
    st.sampled_from(["a > 1", "b", "c", "t == 'x'", "m.k == 1"]),
    st.fixed_dictionaries(
        {},
        optional={
            "a": st.integers(0, 3), "b": st.booleans(), "c": st.booleans(),
            "t": st.sampled_from(["x", "y"]), "m": st.sampled_from([{}, {"k": 1}, {"k": "1"}]),
        },
    ),
)  # fmt: skip
def test_two_conditions_grant_as_three_valued_logic_says(left, word, right, facts):
    one, other, both = (ask(s, **facts) for s in (left, right, f"({left}) {word} ({right})"))

    values = {one.value if one.known else None, other.value if other.known else None}
    if word == "&&":
        expected = False if False in values else None if None in values else True
    else:
        expected = True if True in values else None if None in values else False
    assert both.known == (expected is not None)
    assert both.holds == (expected is True)


@pytest.mark.parametrize(
    ("source", "what"),
    [
        pytest.param("t.__class__ == 'x'", "select", id="an attribute of Python"),
        pytest.param("t.__class__.__mro__ == []", "select", id="the classes above"),
        pytest.param("__import__('os').system('x') == 0", "undeclared", id="an import"),
        pytest.param("import os", "reserved", id="a statement"),
        pytest.param("open('/etc/passwd') == ''", "undeclared", id="a file"),
        pytest.param("eval('1') == 1", "undeclared", id="eval"),
        pytest.param("(lambda: 1)() == 1", "Syntax", id="a lambda"),
        pytest.param("t.format(t) == ''", "undeclared", id="str.format"),
        pytest.param("'x' * 1000000000 == t", "overload", id="a text multiplied"),
        pytest.param("[x for x in rows] == []", "Syntax", id="a comprehension"),
        pytest.param("a = 1", "Syntax", id="an assignment"),
        pytest.param("a == 1; b", "Syntax", id="two statements"),
        pytest.param("globals()['x'] == 1", "undeclared", id="globals"),
        pytest.param("(" * 300 + "true" + ")" * 300, "recursion", id="brackets 300 deep"),
        pytest.param("[" * 300 + "]" * 300 + " == []", "recursion", id="lists 300 deep"),
        pytest.param("a > ", "Syntax", id="half a condition"),
        pytest.param("", "Syntax", id="nothing"),
        pytest.param("x > 1", "undeclared reference to 'x'", id="a name nothing declares"),
        pytest.param("d > 0", "overload", id="a decimal against an integer"),
        pytest.param("meets(1, 2, 3)", "overload", id="a function given other types"),
        pytest.param("\x00", "Syntax|token", id="a NUL"),
    ],
)
def test_what_is_no_expression_of_this_language_is_refused(source, what):
    with pytest.raises(ExpressionError, match=what) as refused:
        ENVIRONMENT.compile(source)

    assert refused.value.code == "HY301"
    assert 0 <= refused.value.at <= len(source)


def test_an_expression_has_at_most_2000_characters():
    long = "b || " * 399 + "b    "

    assert ENVIRONMENT.compile(long[:MAX_SOURCE]).ask({"b": True}, national()).holds
    with pytest.raises(ExpressionError, match="longer than 2000") as refused:
        ENVIRONMENT.compile(long + "  ")
    assert refused.value.code == "HY308"


def test_the_place_of_a_mistake_on_a_later_line_is_an_offset_in_the_text():
    with pytest.raises(ExpressionError) as refused:
        ENVIRONMENT.compile("b &&\n  nobody")

    assert refused.value.at == len("b &&\n  ")


def test_the_functions_that_are_promised_are_the_functions_there_are():
    sources = [source for source, _facts in GRANTED]
    called = {name for s in sources for name in scan(s, VARIABLES, COLUMNS).functions}

    assert called - {"has"} == set(FUNCTIONS)


@pytest.mark.parametrize(
    ("source", "kind"),
    [
        ("a", "integer"), ("b", "boolean"), ("d", "decimal"), ("t", "text"), ("rows", "list of maps"),
        ("words", "list of text"), ("m", "map"), ("any", "any"), ("[1]", "list"), ("m.k", "any"),
        ("rows.map(r, r.x)", "list"), ("b'x'", "any"),
    ],
)  # fmt: skip
def test_the_kind_of_a_result_is_known_before_it_is_asked(source, kind):
    assert ENVIRONMENT.compile(source).kind == kind


def test_the_same_names_have_one_environment_and_compile_a_text_once():
    one, two = environment({"a": "integer"}, {}), environment({"a": "integer"}, {})

    assert one.compile("a + 1") is two.compile("a + 1")
    assert environment({"a": "decimal"}, {}).compile("a").kind == "decimal"
