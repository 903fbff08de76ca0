"""The word rules find evasions and pass innocent texts, each tried by itself."""

import json
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.checking.build import check_workflow
from engine.checking.promises.packs import read_pack
from engine.checking.promises.texts import normalised
from engine.checking.promises.words import Suspects, speaks
from engine.language.promises import WordsPromise
from tests.builders.shelves import SHIPPED
from tests.builders.toy_workflows import field, one_move, text_of
from tests.engine.checking.promises.toy_packs import breaches, shelf_of


def _rules():
    for path in sorted((SHIPPED / "packs").glob("*.yaml")):
        pack = None
        if path.stem != "kinds":
            pack = read_pack(path.name, path.read_text(encoding="utf-8"))[0]
        for promise in pack.promises if pack else ():
            if isinstance(promise, WordsPromise):
                yield promise


RULES = list(_rules())


def _texts(kind):
    return [
        pytest.param(rule, text, id=f"{rule.says.en}: {text}")
        for rule in RULES
        for text in getattr(rule, kind)
    ]


@pytest.mark.parametrize(("rule", "text"), _texts("catches"))
def test_an_evasion_is_caught(rule, text):
    assert speaks(rule, text)


@pytest.mark.parametrize(("rule", "text"), _texts("passes"))
def test_an_innocent_text_passes_every_rule(rule, text):
    assert [other.id for other in RULES if speaks(other, text)] == [], rule.id


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.says.en)
def test_every_rule_ships_ten_evasions_and_ten_innocent_texts(rule):
    assert len(set(rule.catches)) >= 10
    assert len(set(rule.passes)) >= 10


@pytest.mark.parametrize(
    ("text", "form"),
    [
        pytest.param("花 · 园（一）", "花园一", id="Chinese runs together"),
        pytest.param("花園", "花園", id="what no pack speaks of stays"),
        pytest.param("黨員", "党员", id="traditional becomes simplified"),
        pytest.param("ＧＡＲＤＥＮ", " garden ", id="full width"),
        pytest.param("g.a.r-d_e·n", " garden ", id="punctuation inside"),
        pytest.param("g a r d e n", " g a r d e n garden ", id="spaces inside"),
        pytest.param("gardenPlot", " garden plot ", id="camel case apart"),
        pytest.param("gardenPlot", " gardenplot ", id="camel case together"),
        pytest.param("g4rd3n", " garden ", id="digits for letters"),
        pytest.param("p1ot", " plot ", id="one for l"),
        pytest.param("l1st", " list ", id="one for i"),
        pytest.param("gаrdеn", " garden ", id="look-alikes of another alphabet"),
        pytest.param("gar\u200bden", " garden ", id="invisible characters"),
        pytest.param("gärdén", " garden ", id="accents"),
    ],
)
def test_a_text_is_folded_to_its_plainest_form(text, form):
    assert form in normalised(text)


def test_words_apart_are_not_run_together():
    assert not any("religi" in form for form in normalised("for eligible"))


NO_SHED = {"words": ["棚", r"\bsheds?\b"], "passes_over": ["大棚", "water shed"]}


@pytest.mark.parametrize(
    "parts",
    [
        pytest.param({"fields": {"shed": field("text")}}, id="a field's id"),
        pytest.param({"fields": {"a": {**field("text"), "label": {"zh": "棚"}}}}, id="a label"),
        pytest.param({"fields": {"a": field("choice", options={"shed": {"zh": "甲"}})}}, id="an option"),
        pytest.param({"states": one_move(when="state != 'shed'")}, id="a literal in a guard"),
        pytest.param({"fields": {"a": field("text")}, "states": one_move(sets={"a": "the shed"})}, id="a value that is set"),
        pytest.param({"roles": {"shed_keeper": {"level": "garden"}, "gardener": {"level": "garden"}}}, id="a role"),
    ],
)  # fmt: skip
def test_a_word_is_found_wherever_it_stands(parts):
    text = text_of(kind="toys", **parts)

    found = check_workflow(text, shelf=shelf_of(NO_SHED))[1]

    assert "T01" in {one.code for one in found}


def test_a_word_is_looked_for_even_in_a_file_that_is_wrong_elsewhere():
    text = text_of(kind="toys", fields={"shed": field("text")}, states=one_move(asks=["nothing"]))

    codes = {one.code for one in check_workflow(text, shelf=shelf_of(NO_SHED))[1]}

    assert {"T01", "HY201"} <= codes


def test_what_is_passed_over_and_titles_of_laws_are_not_found():
    parts = {
        "fields": {"a": {**field("text"), "label": {"zh": "大棚", "en": "water shed"}}},
        "sources": {"shed_law": {"title": "棚法"}},
        "states": one_move(source="shed_law#1"),
    }

    assert breaches(NO_SHED, **parts) == []


@pytest.mark.parametrize("means", ["sheds", ["other", "sheds"]])
def test_parts_of_a_tag_may_say_it(means):
    role = {"level": "garden", "means": means, "label": {"zh": "棚", "en": "shed"}}
    parts = {"roles": {"gardener": role, "head": {"level": "region"}}}

    assert breaches({**NO_SHED, "apart_from": "sheds"}, **parts) == []
    assert breaches(NO_SHED, **parts) != []


def test_a_library_is_searched_too_at_its_own_place():
    library = json.dumps({
        "format": 1, "library": "common",
        "sources": {"shed_law": {"title": "棚法"}},
        "fields": {"shed": {"type": "text", "label": {"zh": "一"}}},
    })  # fmt: skip
    text = text_of(kind="toys", uses=["common"])

    found = check_workflow(text, shelf=shelf_of(NO_SHED, library_common=library))[1]

    assert [one.at.file for one in found if one.code == "T01"] == ["common.yaml"]


def test_a_rule_without_anything_to_pass_over():
    (found, *_) = breaches({"words": ["shed"]}, fields={"shed": field("text")})

    assert found.words.en == "it should be so: it says 'shed' (source: law#1)"


@given(files=st.lists(st.sets(st.text("ab \n", min_size=1, max_size=4), max_size=6), max_size=6))
def test_what_one_file_has_clean_hides_nothing_in_the_next(files):
    suspects = Suspects(("ab", r"b\s+a"), most=5)

    for forms in files:
        sure = {form for form in forms if re.search(r"ab|b\s+a", form)}
        assert sure <= suspects.among(forms) <= forms
