"""What is missing in a calendar is said, and nothing where nothing is."""

from datetime import date

import pytest

from engine.time.calendars import Calendar
from heyi.app.clocks.calendarcheck import CalendarCheck, breaks, next_year_is_late
from heyi.app.library.library import Library
from heyi.app.library.shelf import FolderShelf
from tests.builders.hall_office import NEW_YEAR, ZONE, Hall, build_hall
from tests.builders.shelves import SHIPPED, national

SPRING = date(2026, 3, 2)
WINTER = date(2026, 11, 23)
HEAD = """calendar: club
title: {zh: 园历}
zone: Asia/Shanghai
source: the club
announced_from: 2024-01-01
announced_through: 2030-12-31
"""
YEARS = "".join(
    f'  {year}: {{off: {{"05-01": 节, "05-02": 节, "05-03": 节, "10-01": 节}}}}\n'
    for year in range(2024, 2031)
)


@pytest.fixture
def hall(tmp_path):
    own = tmp_path / "own"
    (own / "calendars").mkdir(parents=True)
    office = build_hall(tmp_path, own=own)
    yield office
    office.store.close()


def club(tmp_path, text: str) -> None:
    (tmp_path / "own" / "calendars" / "club.yaml").write_text(text, encoding="utf-8")


def kinds(found) -> list[str]:
    return [one.kind for one in found]


def test_a_year_that_the_next_twelve_months_need_is_missed(hall: Hall):
    [lack] = hall.lacks("cn", WINTER)

    assert lack.kind == "announced"
    assert "2027" in lack.words.zh
    assert "2027" in lack.words.en


def test_days_that_have_run_out_make_everything_provisional(hall: Hall):
    [lack] = hall.lacks("cn", date(2027, 3, 2))

    assert "provisional now" in lack.words.en
    assert "2027, 2028" in lack.words.en


def test_a_calendar_that_reaches_far_enough_lacks_nothing(hall: Hall):
    assert hall.lacks("cn", date(2025, 12, 31)) == []


def test_open_clocks_beyond_the_announced_days_are_counted(hall: Hall):
    hall.ask()

    said = {one.kind: one for one in hall.lacks("cn", WINTER)}

    assert "1 open clocks are due after 2026-12-31" in said["clocks"].words.en


def test_a_year_that_was_loaded_is_missed_no_more_but_looked_at(hall: Hall):
    hall.ask()
    hall.load(NEW_YEAR)

    [lack] = hall.lacks("cn", WINTER)

    assert lack.kind == "few"
    assert "2027" in lack.words.en


def test_a_shipped_file_that_reaches_further_than_what_was_loaded_is_named(hall: Hall, tmp_path):
    hall.load(NEW_YEAR)
    text = (SHIPPED / "calendars" / "cn.yaml").read_text(encoding="utf-8")
    own = tmp_path / "own" / "calendars" / "cn.yaml"
    own.write_text(text.replace("announced_through: 2026", "announced_through: 2028"), "utf-8")

    assert "older" in kinds(hall.lacks("cn", SPRING))


def test_what_no_workflow_counts_by_is_only_said(hall: Hall):
    said = {one.calendar: one.in_use for one in hall.all_lacks(WINTER)}

    assert said == {"cn": True, "cn_xj": False}


def test_what_was_loaded_is_in_use(hall: Hall):
    region = (SHIPPED / "calendars" / "cn_xj.yaml").read_text(encoding="utf-8")
    hall.load(region.replace("announced_through: 2025", "announced_through: 2026"))

    said = {one.calendar: one.in_use for one in hall.all_lacks(WINTER)}

    assert said["cn_xj"]


def test_a_region_that_nobody_verified_and_a_year_left_out_are_named(hall: Hall):
    assert kinds(hall.lacks("cn_xj", WINTER)) == ["announced", "unverified", "gap"]
    assert "2024" in hall.lacks("cn_xj", WINTER)[2].words.en


@pytest.mark.parametrize(
    ("text", "found"),
    [
        pytest.param(HEAD + "years:\n" + YEARS, [], id="well"),
        pytest.param(HEAD + "years:\n" + YEARS.replace("  2027", "  2032"), ["wrong"] * 4, id="days beyond the announced ones"),
        pytest.param(HEAD + "years:\n" + "".join(
            line for line in YEARS.splitlines(keepends=True) if "2026" not in line
        ), ["gap", "few"], id="a year left out"),
        pytest.param(
            HEAD + "years:\n" + YEARS.replace(
                '2026: {off: {', '2026: {off: {"06-01": 假, "06-02": 假, "06-03": 假, "06-04": 假, '
            ), ["odd"], id="a long break without a make-up day"
        ),
        pytest.param(
            HEAD + "years:\n" + YEARS.replace(
                '2026: {off: {',
                '2026: {work: {"06-13": 假}, off: {"06-01": 假, "06-02": 假, "06-03": 假, "06-04": 假, '
            ), [], id="a long break that is made up for"
        ),
        pytest.param(
            HEAD + 'windows: [{from: "05-01", until: "09-30", hours: ["10:00-14:00"]}]\nyears:\n'
            + YEARS, ["hours"], id="half a year without hours"
        ),
        pytest.param(HEAD, [], id="no holidays at all"),
        pytest.param(HEAD.replace("zone: Asia/Shanghai\n", ""), ["wrong"], id="no calendar file"),
        pytest.param(NEW_YEAR.replace("cn", "club"), ["wrong"], id="news in the place of a calendar"),
    ],
)  # fmt: skip
def test_gaps_and_odd_days_of_a_file_are_found(hall: Hall, tmp_path, text, found):
    club(tmp_path, text)

    assert kinds(hall.lacks("club", SPRING)) == found


def test_the_shipped_nation_has_no_gap_and_nothing_odd(hall: Hall):
    assert hall.lacks("cn", date(2025, 11, 1)) == []


def test_a_calendar_there_is_not_is_said(hall: Hall):
    assert kinds(hall.lacks("moon", SPRING)) == ["wrong"]


def test_without_a_database_the_files_are_looked_at():
    library = Library(FolderShelf([SHIPPED]))
    check = CalendarCheck(work=None, library=library, zone=ZONE, today=WINTER)

    assert {one.calendar: one.in_use for one in check.all()} == {"cn": True, "cn_xj": False}
    assert check.workflows()["cn"]


def test_a_calendar_without_end_has_no_clock_beyond_it(hall: Hall):
    with hall.store.read() as work:
        club_calendar = Calendar(
            name="club", announced_from=date.min, announced_through=date.max, off={date.max: "x"}
        )
        check = CalendarCheck(work=work, library=hall.library, zone=ZONE, today=SPRING)

        assert list(check._clocks(club_calendar)) == []
    assert [*breaks(club_calendar)] == [[date.max]]


def test_a_break_at_the_beginning_of_time_has_a_first_day():
    calendar = Calendar(
        name="club", announced_from=date.min, announced_through=date.max, off={date.min: "x"}
    )

    assert [*breaks(calendar)] == [[date.min]]


@pytest.mark.parametrize(
    ("today", "late"),
    [("2026-10-31", False), ("2026-11-01", True), ("2025-12-01", False), ("2027-01-05", False)],
)
def test_next_year_is_late_from_november_on(today, late):
    assert next_year_is_late(national(), date.fromisoformat(today)) is late
