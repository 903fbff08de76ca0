"""Whatever a profile file holds: it ends in coded diagnostics, and the law stays."""

import json
import string
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.language.codes import CODES
from engine.language.load import load_definition
from engine.language.words import parse_span
from heyi.app.library.profilefile import read_profile
from heyi.app.library.shelf import FolderShelf
from tests.builders.profile_folders import (
    BOUND,
    PARAMS,
    SET,
    UNKNOWN,
    WAIVED,
    profile_parts,
    put,
    settings,
    toy_yaml,
)  # fmt: skip

_SPANS = st.builds(
    "{} {}".format,
    st.integers(0, 40),
    st.sampled_from(["days", "working days", "months", "hours", "minutes", "weeks"]),
)
VALUES = st.one_of(
    _SPANS,
    st.integers(-9, 99),
    st.floats(-2, 2, allow_nan=False),
    st.booleans(),
    st.none(),
    st.sampled_from(["plain", "strict", "loose", "term", "law", "none", ""]),
    st.lists(st.sampled_from(["a", "b", "plain"]), max_size=3),
    st.builds(dict, n=st.one_of(st.integers(0, 9), st.just("=params.most")), unit=st.just("days")),
)
SETTINGS: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.builds(dict, value=VALUES, source=st.just("rules#1")),
    st.just(UNKNOWN),
    st.just({"waived": WAIVED}),
)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory) -> FolderShelf:
    folder = tmp_path_factory.mktemp("profiles")
    put(folder, settings())
    return FolderShelf([folder])


@given(params=st.dictionaries(st.sampled_from(sorted(PARAMS)), SETTINGS, max_size=5))
def test_a_profile_says_only_what_the_file_itself_could_and_never_what_the_law_has_set(
    shelf: FolderShelf, params: dict[str, Any]
):
    profile, findings = read_profile(settings(**params), file="club.yaml", shelf=shelf)

    assert (profile is None) == any(one.severity == "error" for one in findings.problems)
    assert {one.code for one in findings.problems} <= CODES.keys()
    if params.keys() & BOUND:
        assert profile is None
    if profile is None:
        return
    changed = profile.params.get("toy", {})
    assert changed.keys() == {name for name, one in params.items() if one.get("value") is not None}
    rule, found = load_definition(toy_yaml(**changed), file="toy.yaml")
    own, _ = load_definition(toy_yaml(), file="toy.yaml")
    assert rule is not None
    assert own is not None
    assert not found.wrong
    assert rule.clocks == own.clocks
    for name in BOUND:
        assert rule.params[name] == own.params[name]
    for name in ("term", "longest"):
        assert parse_span(rule.params[name].value).unit in {"days", "working_days", "months"}


_JUNK = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=9),
    st.lists(st.text(max_size=3), max_size=2), st.dictionaries(st.text(max_size=4), st.integers(), max_size=2),
)  # fmt: skip
_PATHS = (
    (), ("profile",), ("format",), ("version",), ("title",), ("title", "zh"), ("calendar",), ("sources",), ("notes",),
    ("params",), ("params", "toy"), ("params", "toy", "term"), ("params", "toy", "term", "value"),
    ("params", "toy", "longest", "unknown"), ("params", "toy", "longest", "why"),
    ("params", "toy", "most", "waived"), ("params", "toy", "most", "waived", "on"),
)  # fmt: skip


@given(path=st.sampled_from(_PATHS), junk=_JUNK, beside=st.booleans())
def test_junk_anywhere_is_told_with_a_code_and_a_place(
    shelf: FolderShelf, path: tuple[str, ...], junk: Any, *, beside: bool
):
    params = {"toy": {"term": SET, "longest": UNKNOWN, "most": {"waived": WAIVED}}}
    whole = json.loads(json.dumps(profile_parts(params=params)))
    inner: Any = {"": whole}
    for step in ("", *path)[:-1]:
        inner = inner[step]
    last = path[-1] if path else ""
    inner[last + "x" * beside] = junk

    _profile, findings = read_profile(
        json.dumps(inner[""] if not path else whole), file="club.yaml", shelf=shelf
    )

    for one in findings.problems:
        assert one.code in CODES
        assert one.at.line >= 1
        assert one.words.zh
        assert one.words.en


@given(text=st.text(alphabet=string.printable + "新疆\ud800\x00：", max_size=200))
def test_any_text_ends_in_diagnostics(shelf: FolderShelf, text: str):
    profile, findings = read_profile(text, file="club.yaml", shelf=shelf)

    assert profile is None
    assert findings.wrong
    assert {one.code for one in findings.problems} <= CODES.keys()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "HY006"), ("[]", "HY103"), ("7", "HY103"), ("profile: &a xj", "HY003"), ("a: *b", "HY003"),
        ("profile: xj\nprofile: xj", "HY002"), ("profile: [", "HY001"), ("- " * 60 + "x", "HY004"),
        ("profile: !!python/object:os.system xj", "HY003"), ("profile: xj\n---\nprofile: xj", "HY006"),
    ],
)  # fmt: skip
def test_the_old_tricks_do_not_work(shelf: FolderShelf, text: str, code: str):
    profile, findings = read_profile(text, file="club.yaml", shelf=shelf)

    assert profile is None
    assert code in {one.code for one in findings.problems}
