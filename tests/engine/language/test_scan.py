"""What CEL does not see in a text: columns, divisions, macros, names, options."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.language.cel import Environment, ExpressionError
from engine.language.scan import scan, tokens
from tests.builders.shelves import national

VARIABLES = {
    "a": "integer", "b": "boolean", "c": "boolean", "t": "text", "d": "decimal", "m": "map",
    "rows": "list of maps", "words": "list of text", "any": "any", "filled.a": "boolean",
}  # fmt: skip
COLUMNS = {"rows": frozenset({"x", "y"}), "m": frozenset({"k"})}
ENVIRONMENT = Environment(VARIABLES, COLUMNS)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "source",
    [
        "a / 2 == 1", "1/2 > 0", "2 / 3 == a", "a == 1 && (a + 1) / 2 == 1",
        "rows.map(r, r.x / 2)[0] == 1", "any / any == 1", "sum([1]) / 2 == 1",
        "true // it's\n && 1/2 == 0 // it's", "t == r'\\w' && 1/2 == 0 && t == 'x'",
        "t == '/' && 4/2 == 2", "t == \"\"\"it's\"\"\" && 4/2 == 2",
    ],
)  # fmt: skip
def test_a_division_of_integers_is_refused(source):
    with pytest.raises(ExpressionError) as refused:
        ENVIRONMENT.compile(source)

    assert refused.value.code == "HY302"
    assert source[refused.value.at] == "/"


@pytest.mark.parametrize(
    "source",
    ["d / 2.0 > 1.0", "t == '1/2'", "t == r'1/2\\x'", "a > 1 // not 1/2", "t == '''it's 1/2'''",
     "b'1/2' == b'x'", 't == "say \\"1/2\\""'],
)  # fmt: skip
def test_what_is_no_division_of_integers_is_not_refused(source):
    assert ENVIRONMENT.compile(source).kind == "boolean"


@pytest.mark.parametrize(
    ("source", "at", "column"),
    [
        ("rows.exists(r, r.z == 1)", 17, "z"),
        ("m.z == 1", 2, "z"),
        ("rows.filter(r, r.x == 1).exists(q, q.z == 1)", 37, "z"),
        ("rows.filter(r, rows.exists(q, q.z == r.x)) == []", 32, "z"),
        ("rows[0].x == 1 && rows.map(r, r.z) == []", 32, "z"),
        ("rows[0].z == 1", 8, "z"),
        ("rows.filter(r, r.x == 1)[0].z == 1", 28, "z"),
        ("rows[0].z.size() == 1", 8, "z"),
    ],
)
def test_a_column_that_a_list_does_not_have_is_refused_where_it_stands(source, at, column):
    with pytest.raises(ExpressionError, match=f"no column '{column}'") as refused:
        ENVIRONMENT.compile(source)

    assert (refused.value.code, refused.value.at) == ("HY305", at)


@pytest.mark.parametrize(
    "source",
    ["rows.map(r, r.x) == [] && rows.exists(r, r.y == 1)", "[1, 2].exists(z, z == a)",
     "rows.filter(r, r.x == 1).map(q, q.y) == []", "[1].map(x, x + 1) == [2]", "m['k'] == 1", "rows[0]['x'] == 1", "rows.exists(r, r['x'] == 1)",
     "rows[a].x.y == 1", "words[0].size() == 1", "(rows)[0].x == 1", "{'a': [1]}.a[0] == 1", "[{'z': 1}].exists(z, z.z == 1)"],
)  # fmt: skip
def test_columns_that_exist_are_accepted(source):
    assert ENVIRONMENT.compile(source).kind == "boolean"


@pytest.mark.parametrize(
    ("source", "names"),
    [
        ("filled.a && a > 1", {"filled.a", "a"}),
        ("rows.exists(a, a.x == 1)", {"rows"}),
        ("t == 'a' // b", {"t"}),
        ("rows.filter(r, r.x == a).map(q, q.y) == words", {"rows", "a", "words"}),
        ("m.k == t || {'b': c} == m", {"m", "t", "c"}),
        ("rows[0].t == 1 && (m).a == 1", {"rows", "m"}),
        ("rows[a].x == 1", {"rows", "a"}),
        ("a.1 == b.[c]", {"a", "b", "c"}),
        ("(a).1 == t", {"a", "t"}),
    ],
)
def test_the_names_that_an_expression_reads_are_found(source, names):
    assert scan(source, VARIABLES, COLUMNS).names == names


@pytest.mark.parametrize(
    ("source", "literals"),
    [
        ("t == 'x'", [("t", "x")]),
        ("t != \"x\"", [("t", "x")]),
        ("t in ['x', 'y']", [("t", "x"), ("t", "y")]),
        ("'x' in words", [("words", "x")]),
        ("rows.exists(r, r.x == 'v')", [("rows.x", "v")]),
        ("t == r'x'", [("t", "x")]),
        ("t == '''x'''", [("t", "x")]),
        ("t == words[0] && t in words && a in [1]", []),
        ("'x' == t", []),
    ],
)  # fmt: skip
def test_literals_compared_with_a_name_are_found(source, literals):
    assert [(n, word) for n, word, _at in scan(source, VARIABLES, COLUMNS).literals] == literals


@given(st.text(max_size=60))
def test_scanning_takes_any_text_as_it_is(source):
    seen = scan(source, VARIABLES, COLUMNS)

    assert seen.names <= VARIABLES.keys()
    assert all(source[t.at : t.at + len(t.text)] == t.text for t in tokens(source))


@pytest.mark.parametrize(
    "source",
    ["rows.exists(r, r.x == 1)", "(rows).exists(r, true)", "[1, 2].exists(x, x == a)", "rows.filter(r, true).all(r, true)",
     "m.k.map(x, x) == []", "rows[0].x.exists(q, q == 1)", "rows.exists(1, true)", "rows.exists(", "{}.all(x, true)" ],
)  # fmt: skip
def test_a_macro_is_seen_wherever_it_stands(source):
    assert scan(source, VARIABLES, COLUMNS).macros


@pytest.mark.parametrize(
    "source",
    ["size(words) == 1", "t.contains('all(')", "t.startsWith(t)", "exists == 1", "(m).k == 1"],
)
def test_what_is_no_macro_is_not_taken_for_one(source):
    assert not scan(source, VARIABLES, COLUMNS).macros


PIECES = st.sampled_from(
    ["a", "b", "rows", ".", "exists", "filter", "(", ")", "[", "]", "r", ",", "x", "==", "'x'", "in",
     "1", "/", "&&", " ", "{", "}", "//", "\n", "m.k"]
)  # fmt: skip


@given(st.lists(PIECES, max_size=25).map("".join))
def test_whatever_is_put_together_compiles_or_is_refused_and_never_more(source):
    try:
        compiled = ENVIRONMENT.compile(source)
    except ExpressionError as refused:
        code = refused.code
        assert code in {"HY301", "HY302", "HY305"}
    else:
        facts = {"a": 1, "b": True, "rows": [{"x": 1, "y": 1}], "m": {"k": 1}}
        assert compiled.ask(facts, national()).holds in {True, False}
