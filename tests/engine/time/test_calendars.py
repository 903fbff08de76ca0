"""Working days against a walk day by day, and against a calendar that others keep."""

from dataclasses import replace
from datetime import date, time, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.time.calendars import Calendar, Window, months_between, plus_months, weekdays_only
from tests.builders.shelves import national

DAY = timedelta(days=1)
DAYS = st.dates(date(2006, 12, 1), date(2027, 2, 1))
FREE = st.dates(date(2025, 12, 1), date(2026, 3, 31))
CALENDARS = st.builds(
    lambda off, work, start, length: Calendar(
        name="made up",
        announced_from=start,
        announced_through=start + timedelta(days=length),
        off=dict.fromkeys(off, "off"),
        work=dict.fromkeys(work, "work"),
    ),
    st.lists(FREE, max_size=20),
    st.lists(FREE, max_size=20),
    FREE,
    st.integers(-1, 60),
)


def walked(calendar: Calendar, day: date, days: int) -> date:
    """Count day by day, as one counts with a finger on the wall."""
    if days == 0:
        while not calendar.is_working(day):
            day += DAY
        return day
    left = abs(days)
    while left:
        day += DAY if days > 0 else -DAY
        if calendar.is_working(day):
            left -= 1
    return day


@given(day=DAYS, days=st.integers(-80, 80))
def test_adding_working_days_is_walking_them(day, days):
    assert national().plus_working_days(day, days) == walked(national(), day, days)


@given(calendar=CALENDARS, day=FREE, days=st.integers(-20, 20))
def test_adding_working_days_is_walking_them_at_the_edge_of_what_is_known(calendar, day, days):
    assert calendar.plus_working_days(day, days) == walked(calendar, day, days)


@given(calendar=CALENDARS, start=FREE, end=FREE)
def test_working_days_between_counts_the_end_and_not_the_start(calendar, start, end):
    low, high = min(start, end), max(start, end)
    counted = sum(calendar.is_working(low + n * DAY) for n in range(1, (high - low).days + 1))

    assert calendar.working_days_between(start, end) == (counted if start <= end else -counted)


@given(start=DAYS, end=DAYS)
def test_counting_there_and_back_is_zero(start, end):
    there = national().working_days_between(start, end)

    assert there == -national().working_days_between(end, start)


@given(day=DAYS, days=st.integers(1, 200))
def test_the_working_day_reached_is_that_many_working_days_away(day, days):
    reached = national().plus_working_days(day, days)

    assert national().is_working(reached)
    assert national().working_days_between(day, reached) == days


@given(day=DAYS)
def test_the_shift_finds_the_first_working_day_and_never_goes_back(day):
    found = national().shifted(day)

    assert found >= day
    assert national().is_working(found)
    assert not any(national().is_working(day + n * DAY) for n in range((found - day).days))


FIRST, LAST = date(2007, 1, 1), date(2026, 12, 31)


def test_the_shipped_calendar_has_no_difference_with_a_second_source_in_twenty_years():
    days = [FIRST + n * DAY for n in range((LAST - FIRST).days + 1)]

    differ = [d for d in days if national().is_working(d) != chinese_calendar.is_workday(d)]

    assert (len(days), differ) == (7305, [])


def test_the_shipped_calendar_knows_the_days_from_2007_to_2026():
    assert national().is_known(date(2007, 1, 1))
    assert national().is_known(date(2026, 12, 31))
    assert not national().is_known(date(2006, 12, 31))
    assert not national().is_known(date(2027, 1, 1))


def test_beyond_what_is_known_monday_to_friday_is_assumed():
    assert national().is_working(date(2027, 1, 1))
    assert not national().is_working(date(2027, 1, 2))


@pytest.mark.parametrize(
    ("day", "worked"),
    [
        pytest.param("2026-05-05", False, id="a Tuesday off"),
        pytest.param("2026-05-09", True, id="a Saturday worked instead"),
        pytest.param("2026-05-10", False, id="a plain Sunday"),
        pytest.param("2026-05-11", True, id="a plain Monday"),
    ],
)
def test_days_off_and_days_worked_instead(day, worked):
    assert national().is_working(date.fromisoformat(day)) is worked


def test_a_calendar_of_weekdays_knows_nothing_for_certain():
    calendar = weekdays_only()

    assert not calendar.is_known(date(2026, 3, 2))
    assert calendar.plus_working_days(date(2026, 3, 6), 1) == date(2026, 3, 9)
    assert calendar.working_days_between(date(2026, 3, 6), date(2026, 3, 9)) == 1


@pytest.mark.parametrize(
    ("day", "months", "reached"),
    [
        ("2026-01-31", 1, "2026-02-28"),
        ("2028-01-31", 1, "2028-02-29"),
        ("2028-02-29", 12, "2029-02-28"),
        ("2026-12-15", 1, "2027-01-15"),
        ("2026-03-31", -1, "2026-02-28"),
        ("2026-01-15", -1, "2025-12-15"),
        ("2026-11-30", 3, "2027-02-28"),
        ("2026-05-01", 0, "2026-05-01"),
    ],
)
def test_a_month_later_is_the_same_day_or_the_months_last(day, months, reached):
    assert plus_months(date.fromisoformat(day), months) == date.fromisoformat(reached)


@given(day=DAYS, months=st.integers(-240, 240))
def test_months_keep_the_day_unless_the_month_is_too_short(day, months):
    reached = plus_months(day, months)

    assert (reached.year * 12 + reached.month) - (day.year * 12 + day.month) == months
    assert reached.day == day.day or (reached.day < day.day and (reached + DAY).day == 1)


@given(start=DAYS, end=DAYS)
def test_months_between_is_the_smallest_number_that_reaches(start, end):
    months = months_between(start, end)

    assert plus_months(start, months) >= end
    assert plus_months(start, months - 1) < end


@pytest.mark.parametrize(
    ("end", "months"),
    [
        ("2027-05-01", 12),
        ("2027-05-02", 13),
        ("2026-05-01", 0),
        ("2026-05-02", 1),
        ("2026-04-01", -1),
    ],
)
def test_twelve_months_end_on_the_same_day(end, months):
    assert months_between(date(2026, 5, 1), date.fromisoformat(end)) == months


@pytest.mark.parametrize(
    ("day", "kind", "name", "en", "known"),
    [
        pytest.param("2026-05-06", "working", None, None, True, id="a plain Wednesday"),
        pytest.param("2026-05-10", "weekend", None, None, True, id="a plain Sunday"),
        pytest.param("2026-05-05", "holiday", "劳动节", "Labour Day", True, id="a weekday off"),
        pytest.param(
            "2026-05-03", "holiday", "劳动节", "Labour Day", True, id="a Sunday of a break"
        ),
        pytest.param("2026-05-09", "make_up", "劳动节", "Labour Day", True, id="a Saturday worked"),
        pytest.param("2027-01-01", "working", None, None, False, id="assumed to be worked"),
        pytest.param("2027-01-02", "weekend", None, None, False, id="a weekend to come"),
    ],
)
def test_every_day_is_of_a_kind(day, kind, name, en, known):
    found = national().kind_of(date.fromisoformat(day))

    assert (found.kind, found.name, found.en, found.known) == (kind, name, en, known)
    assert found.working == (kind in {"working", "make_up"})


@given(calendar=CALENDARS, day=FREE)
def test_the_kind_of_a_day_says_what_is_worked(calendar, day):
    assert calendar.kind_of(day).working == calendar.is_working(day)


def test_a_name_without_english_stands_for_itself():
    calendar = Calendar(
        name="made up", announced_from=FIRST, announced_through=LAST, off={FIRST: "节"}
    )

    assert calendar.kind_of(FIRST).en == "节"


ENDLESS = Calendar(
    name="made up",
    announced_from=date.min,
    announced_through=date.max,
    off={date.max: "off", date.max - DAY: "off", date.min: "off"},
)


def test_at_the_ends_of_time_the_first_and_last_day_stand_in():
    assert ENDLESS.shifted(date.max) == date.max
    assert ENDLESS.shifted(date.min) == date.min + DAY
    assert ENDLESS.plus_working_days(date.max, 3) == date.max
    assert ENDLESS.plus_working_days(date.min, -3) == date.min
    assert ENDLESS.plus_working_days(date(2026, 3, 2), 10**9) == date.max


def test_far_from_what_is_known_counting_costs_no_walk():
    reached = national().plus_working_days(date(2026, 12, 31), 1_000_000)

    assert national().working_days_between(date(2026, 12, 31), reached) == 1_000_000
    assert reached == date(2026, 12, 31) + 200_000 * 7 * DAY


@pytest.mark.parametrize(
    ("day", "months", "reached"),
    [
        ("9999-12-31", 1, "9999-12-31"),
        ("0001-01-31", -1, "0001-01-01"),
        ("9999-11-30", 1, "9999-12-30"),
    ],
)
def test_months_beyond_the_ends_of_time_stop_there(day, months, reached):
    assert plus_months(date.fromisoformat(day), months) == date.fromisoformat(reached)


SUMMER = Window(start="05-01", until="09-30", hours=((time(10), time(14)), (time(16), time(20))))
WINTER = Window(start="10-01", until="04-30", hours=((time(10), time(14)),))


@pytest.mark.parametrize(
    ("day", "hours"),
    [
        pytest.param("2026-05-06", SUMMER.hours, id="summer"),
        pytest.param("2026-09-30", SUMMER.hours, id="the last summer day"),
        pytest.param("2026-10-08", WINTER.hours, id="autumn, of the season over New Year"),
        pytest.param("2028-02-29", WINTER.hours, id="a leap day"),
        pytest.param("2026-05-05", (), id="a day off"),
        pytest.param("2026-05-09", SUMMER.hours, id="a Saturday worked instead"),
    ],
)
def test_office_hours_go_by_season_and_working_day(day, hours):
    calendar = replace(national(), windows=(SUMMER, WINTER))

    assert calendar.hours_of(date.fromisoformat(day)) == hours


def test_a_calendar_without_windows_has_no_office_hours():
    assert national().hours_of(date(2026, 5, 6)) == ()
