"""Early warning: topics and deadlines, small groups hidden, never a person, the same in any order."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from heyi.app.clocks.recurring import Recurring
from heyi.app.clocks.sweeps import Sweeps
from tests.builders.quarrel_office import Park, at, park

FEBRUARY = "2026-02-10"
MARCH = "2026-03-10"


@pytest.fixture
def garden(sqlite_template: Path, tmp_path: Path) -> Iterator[Park]:
    with park(sqlite_template, tmp_path / "heyi.db") as found:
        yield found


def many(garden: Park, n: int, day: str, about: str, **more: Any) -> list[str]:
    return [garden.quarrel(day, about, **more) for _ in range(n)]


def numbers(table: Any) -> dict[str, list[int | None]]:
    return {row["value"]: row["n"] for row in table["rows"] if any(row["n"])}


def test_disputes_are_counted_by_topic_for_the_period_and_the_one_before(garden):
    many(garden, 6, FEBRUARY, "noise")
    many(garden, 12, MARCH, "noise")
    many(garden, 5, MARCH, "fence")

    view = garden.report()

    assert [one["from"] for one in view["periods"]] == ["2026-02-01", "2026-03-01"]
    assert numbers(view["disputes"]["by"]["topic"]) == {"noise": [6, 12], "fence": [0, 5]}
    assert view["disputes"]["total"] == [6, 17]


def test_every_period_that_the_days_touch_is_told_whole(garden):
    many(garden, 5, "2026-01-31", "noise")
    many(garden, 5, "2026-02-01", "noise")

    view = garden.report((date(2026, 2, 20), date(2026, 3, 2)))

    assert [(one["from"], one["to"]) for one in view["periods"]] == [
        ("2026-01-01", "2026-01-31"), ("2026-02-01", "2026-02-28"), ("2026-03-01", "2026-03-31"),
    ]  # fmt: skip
    assert view["disputes"]["total"] == [5, 5, 0]


def test_a_period_that_still_runs_says_so(garden):
    view = garden.report(now="2026-03-31 12:00")

    assert [one["over"] for one in view["periods"]] == [True, False]


@pytest.mark.parametrize(
    ("before", "last", "rises"),
    [
        pytest.param(5, 10, True, id="five more and twice as many"),
        pytest.param(6, 11, False, id="five more, not twice as many"),
        pytest.param(0, 5, True, id="from none"),
        pytest.param(5, 9, False, id="four more"),
        pytest.param(3, 8, False, id="a hidden number might be four"),
        pytest.param(1, 9, True, id="whatever the hidden number is"),
        pytest.param(12, 5, False, id="falling"),
    ],
)
def test_rising_is_a_rule_that_rests_on_what_is_told_alone(garden, before, last, rises):
    many(garden, before, FEBRUARY, "noise")
    many(garden, last, MARCH, "noise")

    view = garden.report()
    [noise] = [row for row in view["disputes"]["by"]["topic"]["rows"] if row["value"] == "noise"]

    assert noise["rising"] is rises
    assert view["disputes"]["rising"] is rises


def test_what_cannot_be_told_apart_by_its_numbers_reads_the_same(garden, sqlite_template, tmp_path):
    """Two parks that differ in hidden cells alone have one report."""
    with park(sqlite_template, tmp_path / "other.db") as other:
        for place, (noise, fence) in ((garden, (2, 4)), (other, (4, 2))):
            many(place, noise, MARCH, "noise", weight="low")
            many(place, fence, MARCH, "fence", weight="low")
            many(place, 15, MARCH, "water", weight="low")

        view = garden.report()
        assert view == other.report()

    assert numbers(view["disputes"]["by"]["topic"]) == {"water": [0, 15]}
    assert view["disputes"]["by"]["topic"]["rest"] == [None, 6]


def test_a_lone_small_cell_cannot_be_had_by_taking_the_others_from_the_sum(garden):
    many(garden, 2, MARCH, "noise")
    many(garden, 15, MARCH, "water")
    alone = garden.report()["disputes"]["by"]["topic"]
    many(garden, 11, MARCH, "fence")
    topic = garden.report()["disputes"]["by"]["topic"]

    assert (numbers(alone), alone["total"], alone["rest"]) == ({}, [0, 17], [None, None])
    assert (numbers(topic), topic["total"], topic["rest"]) == (
        {"water": [0, 15]}, [0, 28], [None, 13],
    )  # fmt: skip


def test_disputes_are_counted_by_grade_and_by_the_units_below(garden):
    many(garden, 7, MARCH, "noise", weight="high")
    many(garden, 6, MARCH, "noise", unit="west")

    by = garden.report()["disputes"]["by"]

    assert numbers(by["grade"]) == {"high": [0, 7], "": [0, 6]}
    assert numbers(by["unit"]) == {"east": [0, 7], "west": [0, 6]}


def test_a_settlement_on_the_spot_is_told_apart_and_never_as_a_mediation(garden):
    for case in many(garden, 6, MARCH, "noise"):
        garden.do(case, "settle", "2026-03-11")

    view = garden.report()

    assert numbers(view["on_site"]) == {"quarrel.settled": [0, 6]}
    assert view["mediations"]["total"] == [0, 0]
    assert "settled" not in json.dumps(view["mediations"])


def test_mediations_are_told_by_result_in_the_period_in_which_they_ended(garden):
    for n in range(11):
        case = garden.talk(FEBRUARY)
        garden.do(case, "take", "2026-02-11")
        garden.do(case, "agree" if n < 6 else "fail", "2026-02-28" if n == 5 else "2026-03-02")

    view = garden.report()["mediations"]

    assert view["total"] == [None, 10]
    assert numbers(view) == {"talk.agreed": [None, 5], "talk.failed": [None, 5]}


def test_the_time_to_acceptance_runs_from_the_day_the_matter_came_in(garden):
    for n in range(5):
        garden.do(garden.talk(MARCH, came_on="2026-03-08"), "take", "2026-03-11")
        garden.do(garden.talk(MARCH), "take", MARCH)
        garden.talk(MARCH)
        garden.do(garden.talk(MARCH), "take", f"2026-03-2{n}")

    assert numbers(garden.report()["acceptance"]) == {"0": [0, 5], "3": [0, 5], "more": [0, 5]}


def test_a_dispute_that_became_a_mediation_is_one_matter(garden):
    for case in many(garden, 6, MARCH, "noise"):
        garden.do(case, "refer", "2026-03-12")
    many(garden, 5, MARCH, "fence")

    assert numbers(garden.report()["disputes"]["by"]["topic"]) == {
        "noise": [0, 6], "fence": [0, 5],
    }  # fmt: skip


def test_a_dispute_that_only_names_another_case_is_a_matter_of_its_own(garden):
    """Merging links the later case to the earlier; undone, both count again."""
    first, *others = many(garden, 6, MARCH, "noise")
    for case in others:
        garden.do(case, "join", "2026-03-11", other=first)
        garden.do(case, "part", "2026-03-12")

    assert garden.report()["disputes"]["total"] == [0, 6]


def test_a_mediation_asked_for_directly_is_a_matter_of_its_own(garden):
    for _ in range(5):
        garden.talk(MARCH, "fence")

    assert numbers(garden.report()["disputes"]["by"]["topic"]) == {"fence": [0, 5]}


def test_a_duplicate_counts_with_the_case_it_was_merged_into(garden):
    first, *others = many(garden, 8, MARCH, "noise")
    garden.do(others[0], "join", "2026-03-11", other=first)
    garden.do(others[1], "join", "2026-03-11", other=first)

    assert garden.report()["disputes"]["total"] == [0, 6]


def test_sealed_cases_are_in_no_figure(garden):
    many(garden, 9, MARCH, "noise")
    plain = garden.report()

    many(garden, 7, MARCH, "noise", hurt=True)
    many(garden, 7, MARCH, "fence", hurt=True)

    assert garden.report() == plain


def test_late_cases_are_told_by_clock_and_by_how_far_up_it_went(garden):
    many(garden, 6, "2026-03-30", "noise")

    now = "2026-04-02 12:00"
    assert garden.report(now="2026-04-01 12:00")["late"]["total"] == 0
    [row] = garden.report(now=now)["late"]["rows"]

    assert (row["clock"], row["level"], row["n"]) == ("look", 1, 6)
    assert row["label"] == "去看，第1级"


def test_a_late_case_stands_under_the_highest_level_that_was_told(garden):
    many(garden, 6, "2026-03-30", "noise")
    now = "2026-04-03 12:00"
    Sweeps(garden.cases).all(at(now))

    [row] = garden.report(now=now)["late"]["rows"]

    assert (row["level"], row["n"]) == (2, 6)


def test_few_late_cases_are_said_to_be_few(garden):
    many(garden, 2, MARCH, "noise")

    assert garden.report()["late"] == {"total": None, "rest": None, "rows": []}


def test_rounds_are_told_by_unit_due_done_zero_and_missing(garden):
    recurring = Recurring(garden.cases)
    opened: list[str] = []
    for day in ("2026-03-01 09:00", "2026-03-16 09:00"):
        opened += recurring.open(recurring.owed(at(day)), now=at(day)).cases
    with garden.cases.store.read() as work:
        cases = [work.cases.load(one) for one in opened]
    first, second = [one.id for one in cases if one.unit == "east"]
    garden.do(first, "nothing", "2026-03-02")
    seen = [{"spot": "水渠", "found": True}]
    garden.do(second, "done", "2026-03-17", seen=seen)
    by_hand = garden.walk("2026-03-20")
    garden.do(by_hand, "done", "2026-03-20", seen=[{"spot": "水渠", "found": False}])

    rounds = garden.report()["rounds"]
    rows = {row["unit"]: row["periods"][1] for row in rounds["rows"]}

    assert rows["east"] == {
        "due": 2, "done": 3, "zero": 2, "open": 0, "missing": 0, "extra": 1,
    }  # fmt: skip
    assert rows["west"]["missing"] == 2
    # Nobody opened those of February: they are missing all the same.
    assert (rounds["periods"][0]["due"], rounds["periods"][0]["missing"]) == (6, 6)
