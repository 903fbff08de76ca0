"""On which days something recurs, against a list written month by month."""

import calendar as months
from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.time.calendars import weekdays_only
from engine.time.recurrence import (
    LONGEST_GAP,
    WEEKDAYS,
    BadRecurrence,
    newest,
    occurrences,
    parse_recurrence,
    parse_time,
    recurrence_problems,
)
from tests.builders.shelves import national

SHANGHAI = ZoneInfo("Asia/Shanghai")
YORK = ZoneInfo("America/New_York")
PLAIN = weekdays_only()
DAY = timedelta(days=1)
DAYS = st.dates(date(2019, 1, 1), date(2027, 12, 31))
SPANS = st.tuples(DAYS, st.integers(-5, 800)).map(lambda t: (t[0], t[0] + t[1] * DAY))
MONTH_DAYS = st.lists(st.integers(1, 31), min_size=1, max_size=4, unique=True)
YEAR_DAYS = st.lists(
    st.dates(date(2024, 1, 1), date(2024, 12, 31)), min_size=1, max_size=3, unique=True
)
TEXTS = st.one_of(
    st.sampled_from(
        ["every day", "every working day", "last day", "first working day", "last working day"]
    ),
    MONTH_DAYS.map(lambda days: "days " + " and ".join(map(str, days))),
    YEAR_DAYS.map(lambda days: " and ".join(f"{day:%m-%d}" for day in days)),
    st.lists(st.sampled_from(WEEKDAYS), min_size=1, max_size=3, unique=True).map(" and ".join),
)


def on(text: str, since: date, until: date) -> list[date]:
    return list(occurrences(text, since, until, national()))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        pytest.param("days 1 and 16", ["05-01", "05-16"], id="two days of a month"),
        pytest.param("day 5", ["05-05"], id="one day"),
        pytest.param("days 1, 11 and 21", ["05-01", "05-11", "05-21"], id="three days"),
        pytest.param("mondays", ["05-04", "05-11", "05-18", "05-25"], id="a weekday"),
        pytest.param("mondays and sundays", ["05-03", "05-04", "05-10", "05-11", "05-17", "05-18", "05-24", "05-25", "05-31"], id="two weekdays"),
        pytest.param("first working day", ["05-06"], id="after the May holidays"),
        pytest.param("last working day", ["05-29"], id="the last is before a weekend"),
        pytest.param("last day", ["05-31"], id="the last day is a Sunday"),
        pytest.param("05-15 and 07-15", ["05-15"], id="yearly"),
        pytest.param("every working day", ["05-06", "05-07", "05-08", "05-09"], id="a Saturday that is worked"),
    ],
)  # fmt: skip
def test_the_days_of_may_2026(text, expected):
    found = [f"{day:%m-%d}" for day in on(text, date(2026, 5, 1), date(2026, 5, 31))]

    assert found[: len(expected)] == expected
    assert len(found) == len(expected) or text == "every working day"


@given(span=SPANS)
def test_every_day_is_every_day(span):
    since, until = span

    assert len(on("every day", since, until)) == max(0, (until - since).days + 1)


@given(days=MONTH_DAYS, span=SPANS)
def test_days_of_a_month_are_those_a_hand_would_write_down(days, span):
    since, until = span
    written = {
        date(year, month, min(day, months.monthrange(year, month)[1]))
        for year in range(since.year, until.year + 1)
        for month in range(1, 13)
        for day in days
    }

    text = "days " + ", ".join(map(str, days[:-1])) + " and " * (len(days) > 1) + str(days[-1])

    assert on(text, since, until) == sorted(day for day in written if since <= day <= until)


@given(days=YEAR_DAYS, span=SPANS)
def test_days_of_a_year_come_once_a_year_and_the_leap_day_the_day_before(days, span):
    since, until = span
    written = set()
    for year in range(since.year, until.year + 1):
        for day in days:
            leaps = months.isleap(year) or (day.month, day.day) != (2, 29)
            written.add(date(year, day.month, day.day if leaps else 28))

    text = " and ".join(f"{day:%m-%d}" for day in days)

    assert on(text, since, until) == sorted(day for day in written if since <= day <= until)


@given(weekday=st.integers(0, 6), span=SPANS)
def test_a_weekday_comes_every_seven_days(weekday, span):
    found = on(WEEKDAYS[weekday], *span)

    assert all(day.weekday() == weekday for day in found)
    assert all(later - earlier == 7 * DAY for earlier, later in pairwise(found))
    assert len(found) >= (span[1] - span[0]).days // 7


@given(month=st.dates(date(2019, 1, 1), date(2027, 12, 1)).map(lambda day: day.replace(day=1)))
def test_the_first_and_last_working_day_are_the_ends_of_the_working_days(month):
    end = month.replace(day=months.monthrange(month.year, month.month)[1])
    working = on("every working day", month, end)

    assert working == [
        month + n * DAY for n in range(end.day) if national().is_working(month + n * DAY)
    ]
    assert on("first working day", month, end) == working[:1]
    assert on("last working day", month, end) == working[-1:]


@given(text=TEXTS, span=SPANS, share=st.floats(0, 1))
def test_two_halves_name_what_the_whole_names(text, span, share):
    since, until = span
    middle = since + int((until - since).days * share) * DAY

    assert on(text, since, middle) + on(text, middle + DAY, until) == on(text, since, until)


@given(text=TEXTS, day=DAYS)
def test_no_gap_is_longer_than_said(text, day):
    assert on(text, day, day + LONGEST_GAP - DAY)


@given(text=TEXTS, since=DAYS, days=st.integers(0, 900), minute=st.integers(0, 1439))
def test_the_newest_is_the_last_of_all_whose_moment_has_come(text, since, days, minute):
    start = datetime(since.year, since.month, since.day, 12, tzinfo=SHANGHAI)
    now = start + timedelta(days=days, minutes=minute)
    at = f"{minute // 60:02}:{minute % 60:02}"
    moments = {
        datetime(day.year, day.month, day.day, minute // 60, minute % 60, tzinfo=SHANGHAI): day
        for day in on(text, since, now.date())
    }
    past = [day for moment, day in moments.items() if start <= moment <= now]

    found = newest(
        text, at, since=start.astimezone(UTC), now=now.astimezone(UTC),
        calendar=national(), zone=SHANGHAI,
    )  # fmt: skip

    assert found == (past[-1] if past else None)


@pytest.mark.parametrize(
    ("since", "now", "expected"),
    [
        pytest.param("2026-03-01 00:00", "2026-03-01 08:59", None, id="a minute before"),
        pytest.param("2026-03-01 00:00", "2026-03-01 09:00", "2026-03-01", id="on time"),
        pytest.param("2026-03-01 09:00", "2026-03-01 09:00", "2026-03-01", id="in force just then"),
        pytest.param("2026-03-01 09:01", "2026-03-15 23:00", None, id="in force after it"),
        pytest.param("2025-01-01 00:00", "2026-04-20 09:00", "2026-04-16", id="only the newest after long"),
    ],
)  # fmt: skip
def test_the_newest_of_days_1_and_16_at_nine(since, now, expected):
    start, end = (
        datetime.fromisoformat(text).replace(tzinfo=SHANGHAI).astimezone(UTC)
        for text in (since, now)
    )

    found = newest("days 1 and 16", "09:00", since=start, now=end, calendar=PLAIN, zone=SHANGHAI)

    assert found == (date.fromisoformat(expected) if expected else None)


def test_an_hour_that_dst_skips_comes_an_hour_later():
    start = datetime(2026, 3, 7, 12, tzinfo=UTC)
    at: dict[str, Any] = {
        "on": "every day",
        "at": "02:30",
        "calendar": PLAIN,
        "zone": YORK,
        "since": start,
    }

    # 2026-03-08 02:30 does not exist in New York; 03:30 is 07:30 in UTC.
    assert newest(**at, now=datetime(2026, 3, 8, 7, 29, tzinfo=UTC)) is None
    assert newest(**at, now=datetime(2026, 3, 8, 7, 30, tzinfo=UTC)) == date(2026, 3, 8)


@pytest.mark.parametrize(
    "text",
    [
        "", "day", "day 0", "day 32", "days 1 and", "days 1 and x", "monday", "mondays,sundays",
        "02-30", "13-01", "1-5", "01-15 and", "every  day", "Mondays", "day ①", "days 1 and 2 and 99", "day １",
    ],
)  # fmt: skip
def test_what_names_no_days_is_refused(text):
    with pytest.raises(BadRecurrence):
        parse_recurrence(text)

    assert recurrence_problems(text, "09:00") == ["on"]


@pytest.mark.parametrize("text", ["9:00", "24:00", "09:60", "0900", "", "09:00:00", "noon"])
def test_what_is_no_time_of_day_is_refused(text):
    with pytest.raises(BadRecurrence):
        parse_time(text)

    assert recurrence_problems("every day", text) == ["at"]


def test_nothing_is_said_about_what_can_be_read():
    assert recurrence_problems("days 1 and 16", "09:00") == []
