"""Sentences in every language, made from a template and facts."""

import pytest

from engine.case.text import LANGS, NOTHING, Text, joined, said
from engine.language.words import Label

BOTH = Text("请填写{field}", "{field} is missing")


def test_a_fact_is_taken_in_the_language_of_the_sentence():
    told = said(BOTH, field=Text("议题", "topic"))

    assert (told.zh, told.en) == ("请填写议题", "topic is missing")


def test_a_label_of_a_file_is_a_fact_like_any_other():
    assert said(BOTH, field=Label(zh="议题", en="topic")) == Text("请填写议题", "topic is missing")


def test_a_list_is_joined_as_each_language_joins_lists():
    told = said(BOTH, field=[Text("甲", "a"), "b", 3])

    assert told == Text("请填写甲、b、3", "a, b, 3 is missing")


def test_where_a_language_has_no_words_chinese_stands_in():
    assert said(Text("有{n}项"), n=3).text("en") == "有3项"


def test_braces_in_a_fact_are_no_places():
    assert said(BOTH, field="{n}") == Text("请填写{n}", "{n} is missing")


def test_a_template_that_names_more_than_it_was_given_is_a_slip():
    with pytest.raises(KeyError):
        said(BOTH, name="议题")


def test_nothing_is_no_sentence():
    assert not NOTHING
    assert joined([]) == NOTHING


def test_every_language_has_its_column():
    assert tuple(Text.__slots__) == LANGS
