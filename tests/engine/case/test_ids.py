"""Ids and names of people and units that nobody may bear."""

import unicodedata

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from engine.case.ids import BUILT_IN, MAX_ID, MAX_NAME, wrong_id, wrong_name
from tests.effort import examples

BIDIRECTIONAL = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c"
ZERO_WIDTH = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u180e\u034f\u115f\u3164\ufe0f"
LAWFUL = st.text(
    st.sampled_from("abcdefghijklmnopqrstuvwxyz0123456789-_."), min_size=1, max_size=20
)


@pytest.mark.parametrize("lawful", ["wang", "li-4", "王五", "wang.wu", "clocks", "w#1", "李@社区"])
def test_an_ordinary_id_is_lawful(lawful):
    assert wrong_id(lawful) is None


@given(word=st.sampled_from(sorted(BUILT_IN)), shape=st.sampled_from(["lower", "upper", "title"]))
@settings(max_examples=examples(everyday=10, full=60))
def test_a_word_of_the_language_is_nobodys_id_in_any_shape(word, shape):
    wide = "".join(chr(ord(c) + 0xFEE0) if c.isalpha() else c for c in word)

    assert wrong_id(getattr(word, shape)()) is not None
    assert wrong_id(wide) is not None


@given(before=LAWFUL, odd=st.characters(), after=LAWFUL)
@settings(max_examples=examples(everyday=100, full=3_000))
@example(before="wa", odd="\u202e", after="ng")
@example(before="wa", odd="\u200b", after="ng")
def test_what_nobody_sees_stands_in_no_id_and_no_name(before, odd, after):
    seen = unicodedata.category(odd)[0] not in "CZ" and odd not in BIDIRECTIONAL + ZERO_WIDTH

    if not seen:
        assert wrong_id(before + odd + after) is not None
    if unicodedata.category(odd) in {"Cc", "Cf", "Cs"} or odd in ZERO_WIDTH:
        assert wrong_name(before + odd + after) is not None


@pytest.mark.parametrize("odd", [*BIDIRECTIONAL, *ZERO_WIDTH, "\x00", "\n", "\x7f", "\ud800"])
def test_a_character_that_is_not_seen_is_named(odd):
    wrong = wrong_id(f"wa{odd}ng")

    assert wrong is not None
    assert f"U+{ord(odd):04X}" in wrong.zh
    assert f"U+{ord(odd):04X}" in wrong.en


@given(number=st.text(max_size=5), mark=st.sampled_from("#＃﹟"))
@settings(max_examples=examples(everyday=20, full=200))
def test_no_registered_person_reads_like_a_person_of_one_case(number, mark):
    assert wrong_id(mark + number) is not None
    assert wrong_name(mark + number) is not None


@pytest.mark.parametrize("odd", ["", " ", "\u3000", "a b", " a", "a,b", "a、b", "x" * (MAX_ID + 1)])
def test_an_empty_a_spaced_and_an_endless_id_are_refused(odd):
    assert wrong_id(odd) is not None


@pytest.mark.parametrize("odd", ["", "  ", "x" * (MAX_NAME + 1)])
def test_an_empty_and_an_endless_name_are_refused(odd):
    assert wrong_name(odd) is not None


@pytest.mark.parametrize("name", ["张某", "阿依古丽·买买提", "clock", "Ann Lee"])
def test_a_name_may_have_spaces_and_be_any_word(name):
    assert wrong_name(name) is None
