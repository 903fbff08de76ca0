"""Hints at duplicates: the same kind and place in one unit and time, and nothing that is not to be read."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.compiling.data import MAX_TEXT
from heyi.app.disputes.similar import CompareRefused
from heyi.app.library.placetexts import normalised, same_place
from storage.kernel.errors import CaseNotFound
from tests.builders.quarrel_office import PEOPLE, WARDEN, Park, park

PLACE = "和顺花园3号楼2单元501室"


@pytest.fixture
def garden(sqlite_template: Path, tmp_path: Path) -> Iterator[Park]:
    with park(sqlite_template, tmp_path / "heyi.db") as found:
        yield found


def ids(view) -> list[str]:
    return [row["id"] for row in view["similar"]]


def alike(one: str, other: str) -> bool:
    found = [
        same_place(normalised(a), normalised(b), least=60) for a, b in ((one, other), (other, one))
    ]
    assert found[0] == found[1]
    return found[0]


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("和顺花园３号楼２单元５０１室", id="width"),
        pytest.param("和顺花园 3号楼 2单元 501室", id="spaces"),
        pytest.param("和顺花园三号楼二单元五〇一室", id="numerals"),
        pytest.param("和顺花园3栋2单元501", id="another word for the building"),
        pytest.param("和顺花园3幢2门501号", id="other words for all"),
        pytest.param("和顺花园3-2-501", id="dashes"),
        pytest.param("和顺花园小区3—2—501", id="a longer name, long dashes"),
        pytest.param("3号楼2单元501室", id="the estate's name left out"),
        pytest.param("和顺花园3号楼", id="the building alone"),
    ],
)
def test_ways_of_writing_one_place_are_one_place(written):
    assert alike(PLACE, written)


@pytest.mark.parametrize(
    "written",
    [
        pytest.param("和顺花园5号楼2单元501室", id="another building"),
        pytest.param("和顺花园3号楼1单元501室", id="another entrance"),
        pytest.param("和顺花园3号楼2单元502室", id="another room"),
        pytest.param("东风小区3号楼2单元501室", id="another estate"),
        pytest.param("501室", id="a room of any house"),
        pytest.param("和平", id="one character in common"),
        pytest.param("", id="nothing"),
    ],
)
def test_other_places_are_others(written):
    assert not alike(PLACE, written)


def test_numerals_in_a_name_are_no_numbers():
    assert normalised("三里屯五一路12号").name == "三里屯五一路"
    assert alike("五一路十二号", "五一路12号")


@given(st.text(alphabet="和顺花园三十〇1２-号楼室单元 #bB", max_size=14), st.text(max_size=10))
def test_any_two_texts_compare_alike_both_ways(one, other):
    alike(one, other)
    assert normalised(one) == normalised(f" {one} ")


@pytest.mark.parametrize("filler", ["一", " ", "1 ", "号"])
def test_only_the_beginning_of_a_long_text_is_looked_at(filler):
    long = "和顺花园3号楼" + filler * (MAX_TEXT // len(filler))

    assert normalised(long) == normalised(long[:1000])


def test_the_same_kind_and_place_are_named_with_why(garden):
    first = garden.quarrel("2026-03-01", where=PLACE)
    second = garden.quarrel("2026-03-21", where="和顺花园3-2-501")

    [row] = garden.similar(second)["similar"]

    assert row["id"] == first
    assert row["days_apart"] == 20
    assert row["same"] == {
        "topic": "noise", "topic_label": "噪声", "name": True,
        "numbers": {"building": "3", "entrance": "2", "room": "501"},
    }  # fmt: skip
    assert ids(garden.similar(first)) == [second]


def test_a_case_of_another_workflow_is_found_by_its_tags(garden):
    talk = garden.talk("2026-03-01", where=PLACE)

    assert ids(garden.similar(garden.quarrel("2026-03-02", where=PLACE))) == [talk]


@pytest.mark.parametrize(
    "other",
    [
        pytest.param({"about": "fence"}, id="another kind"),
        pytest.param({"where": "和顺花园4号楼"}, id="another place"),
        pytest.param({"unit": "west"}, id="another unit"),
        pytest.param({"hurt": True}, id="sealed"),
    ],
)
def test_what_is_another_matter_or_not_to_be_known_is_not_named(garden, other):
    case = garden.quarrel("2026-03-02", where=PLACE)
    alone = garden.similar(case)

    garden.quarrel("2026-03-02", **{"where": PLACE, **other})

    assert garden.similar(case) == alone
    assert alone["similar"] == []


@pytest.mark.parametrize(("day", "found"), [("2026-03-31", True), ("2026-04-01", False)])
def test_ninety_days_are_the_longest(garden, day, found):
    case = garden.quarrel("2025-12-31", where=PLACE)

    assert (garden.quarrel(day, where=PLACE) in ids(garden.similar(case))) is found


def test_the_same_person_in_two_cases_is_nothing_to_compare(garden):
    garden.quarrel("2026-03-01", "fence", where="西园1号楼")
    case = garden.quarrel("2026-03-02", "noise", where=PLACE)

    assert garden.similar(case)["similar"] == []


def test_linked_cases_and_merged_duplicates_are_not_named_again(garden):
    case = garden.quarrel("2026-03-01", where=PLACE)
    merged = garden.quarrel("2026-03-02", where=PLACE)
    referred = garden.quarrel("2026-03-03", where=PLACE)
    garden.do(merged, "join", "2026-03-03", other=case)
    garden.do(referred, "refer", "2026-03-03")
    with garden.cases.store.read() as work:
        [talk] = work.cases.load(referred).links["talks"]

    assert sorted(ids(garden.similar(case))) == sorted([referred, talk])
    assert ids(garden.similar(talk)) == [case]


def test_who_may_not_read_the_place_gets_no_hint_but_a_refusal(garden):
    case = garden.quarrel("2026-03-01", where=PLACE)
    garden.quarrel("2026-03-02", where=PLACE)

    with pytest.raises(CompareRefused):
        garden.similar(case, person=WARDEN)
    for person in ("p-zheng", "k-sun"):
        with pytest.raises(CaseNotFound):
            garden.similar(case, person=person)


def test_a_sealed_case_is_not_compared_even_for_those_who_read_it(garden):
    case = garden.quarrel("2026-03-01", where=PLACE, hurt=True)
    garden.quarrel("2026-03-02", where=PLACE)

    view = garden.similar(case)

    assert (view["compared"], view["why_not"], view["similar"]) == (False, "sealed", [])


def test_a_workflow_without_the_tags_has_nothing_to_compare(garden):
    assert garden.similar(garden.walk("2026-03-01"))["why_not"] == "not_tagged"


def test_nobody_is_named_in_a_hint(garden):
    case = garden.quarrel("2026-03-01", where=PLACE)
    garden.quarrel("2026-03-02", where=PLACE)
    garden.talk("2026-03-02", where=PLACE)

    told = json.dumps(garden.similar(case), ensure_ascii=False)

    assert len(garden.similar(case)["similar"]) == 2
    assert not [
        word for person, (name, *_) in PEOPLE.items() for word in (person, name) if word in told
    ]
