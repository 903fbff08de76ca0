"""The interview asks what can still decide, and ends when nothing can."""

from datetime import UTC, datetime
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heyi.app.admission.classification import Asked, classify
from heyi.app.admission.classifier import find_classifier
from heyi.app.admission.questions import next_question
from heyi.app.library.shelf import FolderShelf
from tests.builders.plain_views import plain
from tests.builders.shelves import SHIPPED
from tests.effort import examples

UNLIKE = "ζ"
"""A name that is like no row of the catalogue."""
MOST = 12


@cache
def asked() -> Asked:
    shelf = FolderShelf([SHIPPED])
    classifier = find_classifier(shelf)
    return Asked(
        classifier=classifier, shelf=shelf, lang="zh", zone=ZoneInfo("Asia/Shanghai"),
        rows={str(row["code"]): row for row in classifier.catalogue.rows},
        now=datetime(2026, 5, 6, 2, tzinfo=UTC),
    )  # fmt: skip


def interview(name: str, oracle: dict[str, Any]) -> tuple[list[str], dict[str, Any]]:
    """Return the questions asked of one who answers like this, and the verdict."""
    order: list[str] = []
    answers: dict[str, Any] = {}
    passed: list[str] = []
    while (wanted := next_question(asked(), name, answers, passed)) is not None:
        order.append(wanted)
        assert len(order) <= MOST
        if oracle.get(wanted):
            answers[wanted] = oracle[wanted]
        else:
            passed.append(wanted)
    return order, plain(classify(asked(), name, answers))


CLEAN = {
    "responsible_kind": "department", "any_signs": "no", "field_of": "none",
    "official_power": "no", "any_burdens": "no", "law_says": "assist", "useful_service": "no",
}  # fmt: skip


def test_an_assistance_item_is_asked_for_everything_that_could_bar_it():
    order, view = interview(UNLIKE, CLEAN)

    assert view["class"] == "A"
    assert {"responsible_kind", "any_signs", "official_power", "any_burdens", "law_says"} <= {
        *order
    }


def test_whether_there_is_an_order_is_asked_last_and_only_where_it_would_change_the_class():
    assisting, _view = interview(UNLIKE, CLEAN)
    official, view = interview(UNLIKE, CLEAN | {"official_power": "yes"})

    assert assisting[-1] == "emergency_order"
    assert view["class"] == "G"
    assert "emergency_order" not in official


def test_an_order_makes_it_an_emergency_item():
    _order, view = interview(UNLIKE, CLEAN | {"emergency_order": "order.pdf"})

    assert view["class"] == "E"


def test_which_signs_is_asked_only_of_one_who_said_that_there_are_some():
    without, _view = interview(UNLIKE, CLEAN)
    pledged, view = interview(UNLIKE, CLEAN | {"any_signs": "yes", "signs": ["pledge"]})
    counted, other = interview(UNLIKE, CLEAN | {"any_signs": "yes", "signs": ["targets"]})

    assert "signs" not in without
    assert "signs" in pledged
    assert "signs" in counted
    assert (view["class"], other["class"]) == ("F", "X")


def test_which_burdens_is_never_asked_for_all_of_them_bar_alike():
    order, view = interview(UNLIKE, CLEAN | {"any_burdens": "yes", "burdens": ["app"]})

    assert view["class"] == "X"
    assert "burdens" not in order


def test_a_main_duty_that_is_shown_ends_the_interview_at_once():
    shown = CLEAN | {"responsible_kind": "community", "field_of": "demolition"}

    order, view = interview(UNLIKE, shown)

    assert (view["class"], view["rule"]) == ("F", "D4.2")
    assert not {"law_says", "useful_service", "emergency_order"} & {*order}


def test_rows_with_a_like_name_are_offered_first_and_may_be_passed_over():
    order, view = interview("占道经营整治", CLEAN)
    matched, barred = interview("占道经营整治", CLEAN | {"matched": ["IT-G16"]})

    assert order[0] == matched[0] == "matched"
    assert (view["class"], barred["class"]) == ("A", "G")


def test_what_is_given_is_not_asked_again():
    first = next_question(asked(), UNLIKE, CLEAN)

    assert first == "emergency_order"
    assert next_question(asked(), UNLIKE, CLEAN, ["emergency_order"]) is None


def test_the_verdict_says_which_facts_made_its_rule_hold():
    _order, view = interview(UNLIKE, CLEAN | {"any_signs": "yes", "signs": ["pledge"]})

    assert view["because"] == ["使社区成为责任主体", "签责任书或列为第一责任人"]


@pytest.mark.parametrize(
    ("code", "label"), [("IT-N01", "事实由谁核实"), ("IT-N19", "事实由谁核实")]
)
def test_a_certificate_that_is_not_issued_tells_who_verifies_the_fact(code, label):
    view = plain(classify(asked(), code, {}))

    assert label in {one["label"] for one in view["details"]}


@st.composite
def oracles(draw: st.DrawFn) -> dict[str, Any]:
    """Answers that do not contradict each other."""
    fields = asked().classifier.workflow.fields
    plain = {name: draw(st.sampled_from([*(fields[name].options or {})])) for name in CLEAN}
    signs = st.lists(st.sampled_from([*(fields["signs"].options or {})]), min_size=1, max_size=2)
    several = {"signs": draw(signs)} if plain["any_signs"] == "yes" else {}
    order = draw(st.sampled_from([{}, {"emergency_order": "order.pdf"}]))
    return plain | several | order


@settings(max_examples=examples(everyday=40, full=150), deadline=None)
@given(oracle=oracles())
def test_the_interview_finds_what_all_answers_at_once_say(oracle):
    _order, view = interview(UNLIKE, oracle)

    assert view["decided"]
    assert view["class"] == plain(classify(asked(), UNLIKE, oracle))["class"]
