"""Working days against a walk day by day, and against a calendar that others keep."""

from datetime import date, timedelta

import chinese_calendar
import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.calendars import Calendar, months_between, plus_months, weekdays_only
from tests.builders.shelves import national

DAY = timedelta(days=1)
DAYS = st.dates(date(2006, 12, 1), date(2027, 2, 1))
FREE = st.dates(date(2025, 12, 1), date(2026, 3, 31))
CALENDARS = st.builds(
    lambda off, work, start, length: Calendar(
        name="made up",
        announced_from=start,
        announced_through=start + timedelta(days=length),
        off={day: "off" for day in off if day.weekday() < 5},
        work={day: "work" for day in work if day.weekday() >= 5},
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


@pytest.mark.parametrize("year", range(2007, 2027))
def test_the_shipped_calendar_agrees_with_chinesecalendar_on_every_day(year):
    days = [date(year, 1, 1) + n * DAY for n in range(366)]

    differ = [
        day.isoformat()
        for day in days
        if day.year == year and national().is_working(day) != chinese_calendar.is_workday(day)
    ]

    assert differ == []


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
