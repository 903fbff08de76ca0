"""The area of admission without a database: the files alone count."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from heyi.app.admission.admission import Admission
from heyi.app.admission.errors import AnswerRefused, CatalogueUnknown, GroupUnknown
from heyi.app.cases.casework import Casework
from heyi.app.library.shelf import FolderShelf
from heyi.app.reader import Reader
from tests.builders.shelves import SHIPPED

NOBODY, ENGLISH = Reader.nobody(), Reader.nobody("en")
NOW = datetime(2026, 5, 6, 2, tzinfo=UTC)
DAYS = (date(2025, 1, 1), date(2026, 5, 6))
NAME = "占道经营整治"


def _no_office() -> Casework:
    raise AssertionError


@pytest.fixture(scope="module")
def admission() -> Admission:
    """What a deployment has before its database is made."""
    return Admission(
        shelf=FolderShelf([SHIPPED]), zone=ZoneInfo("Asia/Shanghai"), store=lambda: None,
        casework=_no_office,
    )  # fmt: skip


def test_a_verdict_is_told_with_the_tables_own_words_among_its_keys(admission):
    answers = {"responsible_kind": "community", "signs": "pledge,deduction"}

    view = admission.classify(NOBODY, name=NAME, answers=answers, now=NOW)
    told = view.plain()

    assert [*told][-8:] == [
        "because", "route", "remedy", "provide", "item", "details", "candidates", "questions",
    ]  # fmt: skip
    assert told["route"] == view.outputs["route"]
    assert told["class"] == view.class_ == "F"
    assert told["candidates"][0]["code"] == view.candidates[0].code
    assert not {"outputs", "listed", "class_"} & told.keys()


def test_a_code_of_the_catalogue_is_known_to_be_listed(admission):
    listed = [
        admission.classify(NOBODY, name=name, answers={}, now=NOW).listed
        for name in ("IT-G16", NAME)
    ]

    assert listed == [True, False]


def test_rows_are_told_as_their_columns_with_their_class_in_words(admission):
    view = admission.lists(ENGLISH, day=DAYS[1], group="F")

    [group] = view.groups
    told = group.rows[0].plain()
    assert told["code"] == group.rows[0].code == group.rows[0].cells["code"]
    assert told["class_label"] == group.label == "forbidden as responsible body"
    assert not {"cells", "group", "group_label", "details"} & told.keys()


def test_lists_are_those_of_the_later_day_and_changes_know_no_order(admission):
    forward = admission.changes(NOBODY, days=DAYS)
    back = admission.changes(NOBODY, days=(DAYS[1], DAYS[0]))

    assert forward == back
    assert forward.to == admission.lists(NOBODY, day=DAYS[1]).head
    assert {one.kind for one in forward.changes} == {"added"}


@pytest.mark.parametrize(("changed", "words"), [(True, True), (False, False)])
def test_a_sheet_says_what_changed_only_where_it_is_wanted(admission, changed, words):
    page = admission.sheet(NOBODY, days=DAYS, changed=changed).html

    assert page.startswith("<!doctype html>")
    assert ("以来的变化" in page) is words


def test_a_question_for_the_row_brings_the_rows_and_another_brings_none(admission):
    first = admission.question(NOBODY, name=NAME, answers={}, now=NOW)
    asked = admission.question(NOBODY, name=NAME, answers={}, now=NOW, passed=[first.field.name])

    assert first.candidates[0].code == "IT-G16"
    assert asked.candidates is None
    assert asked.field.options


def test_what_there_is_not_is_named_in_both_languages_with_what_there_is(admission):
    with pytest.raises(CatalogueUnknown) as unknown:
        admission.lists(NOBODY, day=DAYS[1], catalogue="moon")
    with pytest.raises(GroupUnknown) as group:
        admission.lists(NOBODY, day=DAYS[1], group="Q")
    with pytest.raises(AnswerRefused):
        admission.question(NOBODY, name=NAME, answers={"odd": 1}, now=NOW)

    assert "matters、work_items" in unknown.value.told.zh
    assert "matters, work_items" in str(unknown.value)
    assert "A 协助" in group.value.told.zh
    assert "A assistance" in str(group.value)
