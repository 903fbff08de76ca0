"""Ids that are nobody's to bear are refused at the command line, and nothing is kept."""

import pytest

from heyi.app.messages import message_of

ODD = [
    "clock",
    "LINK",
    "anyone",
    "opener",
    "bearer",
    "",
    "wa\u200bng",
    "wang\u202e",
    "a\x00b",
    "#1",
    "a b",
]


@pytest.mark.parametrize("odd", ODD)
def test_an_unlawful_id_of_a_person_or_unit_is_refused_in_both_languages(heyi, odd):
    persons, units = heyi("person", "list").out, heyi("unit", "list").out

    told = heyi("person", "add", "--lang", "zh", "--", odd)
    english = heyi("person", "add", "--lang", "en", "--", odd)
    unit = heyi("unit", "add", "--level", "street", "--title", "x", "--", odd)

    assert (told.code, english.code, unit.code) == (2, 2, 2)
    assert told.err != english.err
    assert (heyi("person", "list").out, heyi("unit", "list").out) == (persons, units)


def test_a_name_that_holds_what_nobody_sees_is_refused_by_its_number(heyi):
    told = heyi("person", "add", "sun", "--name", "王\u202e")

    assert told.code == 2
    assert "U+202E" in told.err
    assert "\u202e" not in told.err


def test_the_code_of_the_refusal_stands_in_the_catalogue():
    assert (message_of("storage.id_refused").exit, message_of("storage.id_refused").http) == (
        2,
        422,
    )
