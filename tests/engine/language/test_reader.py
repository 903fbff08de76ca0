"""The reader: plain values with their places; whatever is hostile is refused with a code."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case.problems import Position
from engine.language.codes import CODES
from engine.language.reader import MAX_BYTES, MAX_DEPTH, MAX_NODES, read_yaml


def codes(text: str) -> list[str]:
    return [problem.code for problem in read_yaml(text, file="x.yaml").problems]


def places(text: str) -> list[tuple[str, int, int]]:
    return [(p.code, p.at.line, p.at.column) for p in read_yaml(text, file="x.yaml").problems]


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("on", "on"), ("yes", "yes"), ("no", "no"), ("off", "off"), ("9:30", "9:30"), ("017", "017"), ("1.10", 1.1),
        ("2026-03-02", "2026-03-02"), ("0x1F", "0x1F"), ("0o17", "0o17"), ("1_000", "1_000"), (".5", ".5"), ("1e3", 1000.0),
        ("12", 12), ("-12", -12), ("+3", 3), ("0", 0), ("1.5", 1.5), ("true", True), ("False", False), ("TRUE", True), ("tRue", "tRue"),
        ("null", None), ("~", None), ("NULL", None), ('"true"', "true"), ("'12'", "12"), ('""', ""), ("12345678901234567890", "12345678901234567890"),
        (".inf", ".inf"), ("1e999", "1e999"), (".nan", ".nan"), ("=", "="), ("<", "<"), ("和·顺", "和·顺"), ('"\\u548c"', "和"),
    ],
)  # fmt: skip
def test_a_scalar_is_what_yaml_1_2_s_core_says_and_dates_stay_text(text, value):
    document = read_yaml(f"k: {text}\n")

    assert document.value == {"k": value}
    assert type(document.value["k"]) is type(value)
    assert document.problems == []


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("- a\n- [b, {c: d}]\n", ["a", ["b", {"c": "d"}]]), ("a:\n  b: |\n    x\n    y\n", {"a": {"b": "x\ny\n"}}),
        ("a: >\n  x\n  y\n", {"a": "x y\n"}), ("on: {no: yes}", {"on": {"no": "yes"}}), ("1: a\ntrue: b", {"1": "a", "true": "b"}),
        ("a: {at: 2026-03-02 10:00, b: c}", {"a": {"at": "2026-03-02 10:00", "b": "c"}}), ("{}", {}), ("[]", []), ("x", "x"),
        ("a:\r\n  b: 1\r\n", {"a": {"b": 1}}), ("\ufeffa: 1\n", {"a": 1}), ("# only\na: 1 # tail", {"a": 1}), ("---\na: 1\n...\n", {"a": 1}),
        ("a: 'b: c'", {"a": "b: c"}), ('a: "\\ud83d\\ude00"', {"a": "😀"}), ('a: "\ufffd"', {"a": "\ufffd"}), ('{"a":1,"b":[true,null]}', {"a": 1, "b": [True, None]}), ("? a\n: b\n", {"a": "b"}),
    ],
)  # fmt: skip
def test_collections_are_plain_and_keys_are_text(text, value):
    document = read_yaml(text)

    assert document.value == value
    assert document.problems == []


def test_every_value_and_key_has_its_place():
    document = read_yaml("a:\n  - b: 1\n    'c': \"x\"\nd: [e, {f: g}]\n", file="x.yaml")

    def at(*path: str | int, key: bool = False) -> str:
        return str(document.at(path, key=key))

    assert at("a", 0, "b") == "x.yaml:2:8"
    assert at("a", 0, "b", key=True) == "x.yaml:2:5"
    assert at("a", 0, "c", key=True) == "x.yaml:3:5"
    assert at("d", 1, "f") == "x.yaml:4:12"
    assert at("d", 1, "f", "deeper", 3) == "x.yaml:4:12"
    assert at("nowhere") == at() == "x.yaml:1:1"
    assert document.quoted == {("a", 0, "c")}


def test_a_document_that_could_not_be_read_has_one_place():
    assert read_yaml("", file="x.yaml").at(("a", "b")) == Position(file="x.yaml", line=1, column=1)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param("a: 1\nb: 2\na: 3\n", [("HY002", 3, 1)], id="a key twice"),
        pytest.param("a: {b: 1, b: {c: 2}, b: [3]}\n", [("HY002", 1, 11), ("HY002", 1, 22)], id="a key three times"),
        pytest.param("a: &x 1\nb: *x\n", [("HY003", 1, 4), ("HY003", 2, 4)], id="an anchor and its alias"),
        pytest.param("a: &x {b: *x}\n", [("HY003", 1, 4), ("HY003", 1, 11)], id="a mapping in itself"),
        pytest.param("a: &x [*x]\n", [("HY003", 1, 4), ("HY003", 1, 8)], id="a list in itself"),
        pytest.param("a: !!python/object/apply:os.system [x]\n", [("HY003", 1, 4)], id="a tag that would run"),
        pytest.param("a: !!str 1\nb: !own x\n", [("HY003", 1, 4), ("HY003", 2, 4)], id="tags"),
        pytest.param("a: {b: 1}\nc: {<<: {b: 2}}\n", [("HY003", 2, 5)], id="a merge key"),
        pytest.param("? [a, {b: c}]\n: 1\nd: 2\n", [("HY103", 1, 3)], id="a list for a key"),
        pytest.param("? {a: b}\n: {c: d}\ne: 2\n", [("HY103", 1, 3)], id="a mapping for a key"),
        pytest.param("a: 1\n? *x\n: 2\n", [("HY003", 2, 3), ("HY103", 2, 3)], id="an alias for a key"),
        pytest.param("---\na: 1\n---\nb: 2\n", [("HY006", 3, 1)], id="two documents"),
        pytest.param("", [("HY006", 1, 1)], id="nothing"),
        pytest.param("# words\n", [("HY006", 1, 1)], id="a comment alone"),
        pytest.param("a: 1\n\tb: 2\n", [("HY001", 2, 1)], id="a tab"),
        pytest.param("a: [1, 2\n", [("HY001", 2, 1)], id="a bracket left open"),
        pytest.param("a: b: c\n", [("HY001", 1, 5)], id="two colons"),
        pytest.param("a: 'x\n", [("HY001", 2, 1)], id="a quote left open"),
        pytest.param("a: 1\nb: \x00\n", [("HY005", 2, 1)], id="a NUL"),
        pytest.param("a: \x07\n", [("HY005", 1, 1)], id="a bell"),
        pytest.param("a: 1\nb: x\ud800y\n", [("HY005", 2, 5)], id="half a surrogate pair"),
        pytest.param('a: "\\UFFFFFFFF"\n', [("HY001", 1, 1)], id="an escape beyond all characters"),
        pytest.param("%YAML 1." + "9" * 5000 + "\n---\na: 1\n", [("HY001", 1, 1)], id="a version with 5000 digits"),
        pytest.param("%YAML 3.0\n---\na: 1\n", [("HY001", 1, 1)], id="YAML of another age"),
        pytest.param('a: "\\0"\n', [("HY005", 1, 4)], id="a NUL by its escape"),
        pytest.param('"\\ud800": 1\nb: "x\\ud800"\n', [("HY005", 1, 1), ("HY005", 2, 4)], id="half a pair by its escape"),
        pytest.param("a: @x\n", [("HY001", 1, 4)], id="a reserved sign"),
        pytest.param("a: *nobody\n", [("HY003", 1, 4)], id="an alias to nothing"),
    ],
)  # fmt: skip
def test_what_is_refused_is_refused_at_its_place(text, found):
    assert places(text) == found


def test_several_problems_of_one_text_are_found_together():
    text = "a: &x 1\nb: !t 2\nb: *x\n<<: {}\n"

    assert codes(text) == ["HY003", "HY003", "HY002", "HY003", "HY003"]


def test_a_value_under_a_repeated_key_takes_no_place_of_the_first():
    document = read_yaml("a: {b: 1}\na: {b: {c: 2}, d: [1, {e: 2}]}\nf: 3\n")

    assert document.value == {"a": {"b": 1}, "f": 3}
    assert str(document.at(("a", "b"))).endswith(":1:8")


BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{chr(98 + n)}: &{chr(98 + n)} [{', '.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(20)
)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        pytest.param(
            "[" * (MAX_DEPTH + 1) + "]" * (MAX_DEPTH + 1), "HY004", id="33 levels in brackets"
        ),
        pytest.param("[" * 100_000, "HY004", id="100,000 open brackets"),
        pytest.param("{a: " * 20_000, "HY004", id="20,000 open mappings"),
        pytest.param(
            "\n".join("  " * n + "a:" for n in range(500)), "HY004", id="500 levels by indentation"
        ),
        pytest.param("- " * 5_000 + "x", "HY004", id="5,000 dashes"),
        pytest.param("? " * 5_000 + "x", "HY103", id="5,000 question marks"),
        pytest.param("k: [" + "x, " * MAX_NODES + "]", "HY004", id="100,000 nodes"),
        pytest.param(
            "\n".join(f"k{n}: v" for n in range(MAX_NODES // 2)),
            "HY004",
            id="100,000 keys and values",
        ),
        pytest.param(BOMB, "HY003", id="an alias bomb"),
        pytest.param("k: " + "x" * MAX_BYTES, "HY004", id="over 1 MiB in one line"),
        pytest.param(
            "k: " + "和" * (MAX_BYTES // 3), "HY004", id="over 1 MiB in bytes, not in signs"
        ),
        pytest.param("k: '" + "'" * 100_000, "HY001", id="100,000 quotes"),
        pytest.param("&a " * 1_000 + "x", "HY003", id="a thousand anchors"),
        pytest.param("k: |" + "9" * 10_000, "HY001", id="an indentation with 10,000 digits"),
        pytest.param("!<" + "a" * 100_000 + "> x", "HY003", id="a tag of 100,000 signs"),
        pytest.param("\t" * 100_000, "HY001", id="100,000 tabs"),
        pytest.param("k: " + "9" * 400_000, None, id="400,000 digits are text"),
        pytest.param("k: x" * 50_000, "HY001", id="50,000 colons"),
    ],
)
def test_hostile_text_ends_in_a_code(text, code):
    found = codes(text)

    assert found[:1] == ([code] if code else [])
    assert len(found) < 1_000


def test_the_caps_are_as_wide_as_they_are_said_to_be():
    deep = "[" * MAX_DEPTH + "]" * MAX_DEPTH
    wide = "- x\n" * (MAX_NODES - 1)

    assert codes(deep) == []
    assert codes(wide) == []
    assert codes(wide + "- x\n") == ["HY004"]
    assert codes("k: " + "x" * (MAX_BYTES - 3)) == []


@given(st.text())
def test_any_text_ends_in_a_value_or_in_problems(text):
    document = read_yaml(text, file="x.yaml")

    assert document.problems or document.value is not None or text.strip()
    for problem in document.problems:
        assert problem.code in CODES
        assert problem.at.line >= 1
        assert problem.at.column >= 1
        assert problem.words.zh
        assert problem.words.en


SIGNS = st.sampled_from(
    [
        *"{}[]:,-?&*!|>'\"%@`#\n\t ab1~",
        "\r\n",
        ": ",
        "- ",
        "  ",
        "<<",
        "---\n",
        "...",
        "\u2028",
        "\x00",
        "\ud800",
        "和",
        "\ufeff",
    ]
)


@given(st.lists(SIGNS, max_size=40).map("".join))
def test_any_heap_of_yaml_s_own_signs_ends_in_a_value_or_in_problems(text):
    document = read_yaml(text)

    assert all(problem.code in CODES for problem in document.problems)
    check_plain(document.value)


def check_plain(value: Any) -> None:
    if isinstance(value, dict):
        assert all(isinstance(key, str) for key in value)
        value = list(value.values())
    if isinstance(value, list):
        for inner in value:
            check_plain(inner)
    else:
        assert value is None or isinstance(value, (str, int, float, bool))


PLAIN = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(10**18), 10**18)
    | st.text(
        st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\ufeff\ufffe\uffff\x7f")
    ),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(st.text("abc和", min_size=1, max_size=4), inner, max_size=4)
    ),
    max_leaves=12,
)


@given(PLAIN.filter(lambda value: value is not None))
def test_what_json_writes_is_read_back(value):
    import json

    document = read_yaml(json.dumps(value, ensure_ascii=True))

    assert document.problems == []
    assert document.value == value
