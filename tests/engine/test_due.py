"""When a clock's time is over: the table of the language, and a walk day by day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.due import deadline, exact, fixed, minimum
from engine.times import end_of, moment_text, parse_moment, start_of
from tests.builders.shelves import national
from tests.builders.worlds import ZONE

DAY = timedelta(days=1)
DAYS = st.dates(date(2025, 1, 1), date(2027, 3, 1))
N = st.integers(0, 45)
UNIT = st.sampled_from(["days", "working_days", "months"])


def day(text: str) -> date:
    return date.fromisoformat(f"2026-{text}" if len(text) == 5 else text)


@pytest.mark.parametrize(
    ("n", "unit", "anchor", "due"),
    [
        pytest.param(2, "working_days", "04-28", "04-30", id="two working days"),
        pytest.param(2, "working_days", "04-30", "05-07", id="over the holiday of May"),
        pytest.param(7, "days", "04-28", "05-06", id="the last day is a holiday"),
        pytest.param(15, "days", "06-01", "06-16", id="fifteen days"),
        pytest.param(30, "days", "05-21", "06-22", id="the last day is a Saturday"),
        pytest.param(30, "days", "04-28", "05-28", id="thirty days"),
        pytest.param(30, "days", "12-15", "2027-01-14", id="into the next year"),
        pytest.param(0, "working_days", "05-01", "05-06", id="zero: the first working day on or after"),
        pytest.param(0, "working_days", "04-30", "04-30", id="zero on a working day is that day"),
        pytest.param(0, "days", "05-01", "05-06", id="zero days are shifted too"),
        pytest.param(1, "months", "01-31", "02-28", id="a month's end, a Saturday that is worked"),
        pytest.param(1, "months", "04-01", "05-06", id="a month that ends in the holiday"),
    ],
)  # fmt: skip
def test_a_deadline_is_due_as_the_language_says(n, unit, anchor, due):
    assert deadline(day(anchor), n, unit, national()).due == day(due).isoformat()


def test_the_day_before_the_shift_is_kept_as_raw():
    found = deadline(day("05-21"), 30, "days", national())

    assert (found.raw, found.due) == ("2026-06-20", "2026-06-22")


@pytest.mark.parametrize(
    ("n", "anchor", "elapsed_from"),
    [
        pytest.param(7, "04-02", "2026-04-10T00:00", id="seven whole days"),
        pytest.param(10, "03-10", "2026-03-21T00:00", id="ten whole days, never shifted"),
    ],
)
def test_a_minimum_is_reached_after_whole_days(n, anchor, elapsed_from):
    found = minimum(day(anchor), n, "days", national())

    reached = end_of(date.fromisoformat(found.due), ZONE).astimezone(ZONE)

    assert reached.strftime("%Y-%m-%dT%H:%M") == elapsed_from


@pytest.mark.parametrize(
    ("n", "unit", "start", "over"),
    [
        pytest.param(15, "minutes", "2026-05-12 19:40", "2026-05-12 19:55", id="minutes in the evening"),
        pytest.param(6, "hours", "2026-05-12 23:00", "2026-05-13 05:00", id="hours over midnight"),
        pytest.param(48, "hours", "2026-04-30 18:00", "2026-05-02 18:00", id="holidays count"),
    ],
)  # fmt: skip
def test_minutes_and_hours_are_over_exactly_then(n, unit, start, over):
    moment = datetime.fromisoformat(start).replace(tzinfo=ZONE)

    found = exact(moment, n, unit)

    assert parse_moment(found.due) == datetime.fromisoformat(over).replace(tzinfo=ZONE)
    assert not found.provisional


@pytest.mark.parametrize(
    ("given_day", "due"),
    [("05-02", "05-06"), ("05-09", "05-09"), ("05-10", "05-11"), ("03-02", "03-02")],
)
def test_a_date_in_the_data_is_due_on_its_first_working_day(given_day, due):
    assert fixed(day(given_day), national()).due == day(due).isoformat()


@given(anchor=DAYS, n=N, unit=UNIT)
def test_a_deadline_is_what_counting_on_the_wall_gives(anchor, n, unit):
    reached = anchor
    if unit == "months":
        total = anchor.month - 1 + n
        reached = date(anchor.year + total // 12, total % 12 + 1, 1)
        while reached.month == total % 12 + 1 and reached.day < anchor.day:
            reached += DAY
        reached -= DAY * (reached.month != total % 12 + 1)
    elif unit == "days":
        for _ in range(n):
            reached += DAY
    else:
        left = n
        while left:
            reached += DAY
            left -= national().is_working(reached)
    while not national().is_working(reached):
        reached += DAY

    assert deadline(anchor, n, unit, national()).due == reached.isoformat()


@given(anchor=DAYS, n=N)
def test_a_minimum_is_never_shifted(anchor, n):
    found = minimum(anchor, n, "days", national())

    assert found.raw == found.due == (anchor + n * DAY).isoformat()
    assert not found.provisional


@given(anchor=DAYS, n=N)
def test_a_minimum_in_working_days_counts_them(anchor, n):
    found = minimum(anchor, n, "working_days", national())

    reached = date.fromisoformat(found.due)
    assert national().is_working(reached)
    assert n == 0 or national().working_days_between(anchor, reached) == n
    assert found.provisional == (reached > date(2026, 12, 31))


@given(anchor=DAYS, n=N, unit=UNIT)
def test_a_deadline_is_provisional_when_it_rests_on_days_not_announced(anchor, n, unit):
    found = deadline(anchor, n, unit, national())

    assert found.provisional == (date.fromisoformat(found.due) > date(2026, 12, 31))


@given(given_day=DAYS)
def test_a_date_is_provisional_when_its_day_is_not_announced(given_day):
    found = fixed(given_day, national())

    assert found.provisional == (date.fromisoformat(found.due) > date(2026, 12, 31))


START = datetime(1990, 1, 1, tzinfo=UTC)
MOMENTS = st.timedeltas(timedelta(0), timedelta(days=40_000)).map(lambda span: START + span)


@given(moment=MOMENTS)
def test_a_moment_reads_what_it_writes_to_the_second(moment):
    assert parse_moment(moment_text(moment)) == moment.replace(microsecond=0)


@given(one=MOMENTS, other=MOMENTS)
def test_moments_as_text_stand_in_the_order_of_time(one, other):
    first, last = sorted([one, other])

    assert moment_text(first) <= moment_text(last)


def test_a_moment_without_a_zone_is_a_programmers_slip():
    with pytest.raises(ValueError, match="names no zone"):
        moment_text(datetime(2026, 3, 2))  # noqa: DTZ001 - the slip itself


def test_a_day_begins_and_ends_at_midnight_of_the_office():
    assert start_of(day("03-02"), ZONE) == datetime(2026, 3, 1, 16, tzinfo=UTC)
    assert end_of(day("03-02"), ZONE) == datetime(2026, 3, 2, 16, tzinfo=UTC)
