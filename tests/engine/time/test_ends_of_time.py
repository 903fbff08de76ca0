"""The ends of time: whatever is counted to year 1 or 9999 ends there, never in a traceback."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from hypothesis import given
from hypothesis import strategies as st

from engine.case.values import Run, day_of
from engine.clocks.countexact import ExactCount
from engine.clocks.rungs import rung_times
from engine.time.calendars import plus_days, plus_months
from engine.time.due import planned, plus
from engine.time.recurrence import newest
from engine.time.times import (
    FIRST,
    LAST,
    at_time,
    end_of,
    later,
    moment_text,
    on_the_wall,
    parse_moment,
    start_of,
)
from engine.time.units import EXACT, TimeUnit
from tests.builders.shelves import national
from tests.engine.clocks.test_rung_times import Step

ZONES = st.sampled_from([ZoneInfo(n) for n in ("Asia/Shanghai", "America/New_York", "UTC")])
NEAR = timedelta(days=70)
DAYS = st.dates(date.min, date.min + NEAR) | st.dates(date.max - NEAR, date.max) | st.dates()
MOMENTS = st.builds(
    lambda end, seconds: later(end, timedelta(seconds=seconds)),
    st.sampled_from([FIRST, LAST, datetime(2026, 3, 2, tzinfo=UTC)]),
    st.integers(-(10**6), 10**6),
)
MANY = st.integers(-(10**7), 10**7) | st.sampled_from([10**12, -(10**12)])
LENGTHS = st.integers(0, 10**7) | st.just(10**12)
WHOLE = st.sampled_from([unit for unit in TimeUnit if unit not in EXACT])
SHORT = st.sampled_from(sorted(EXACT - {TimeUnit.SECONDS}))


@given(day=DAYS, n=MANY, unit=WHOLE)
def test_a_day_counted_past_the_end_is_the_last_there_is(day, n, unit):
    found = plus(day, n, unit, national())

    assert date.min <= found <= date.max
    assert (found >= day) if n > 0 else (n == 0 or found <= day)


@given(day=DAYS, n=st.integers(-400, 400))
def test_days_and_months_lead_back_where_no_end_lies_between(day, n):
    there = plus_days(day, n)

    assert there in {date.min, date.max} or plus_days(there, -n) == day
    assert abs((plus_months(day, n) - day).days) <= abs(n) * 31


@given(moment=MOMENTS, seconds=st.integers(-(10**12), 10**12), zone=ZONES, hour=st.times())
def test_every_moment_has_a_day_a_text_and_neighbours(moment, seconds, zone, hour):
    there = later(moment, timedelta(seconds=seconds))
    day = day_of(moment, zone)

    assert FIRST <= there <= LAST
    assert parse_moment(moment_text(there)) == there.replace(microsecond=0)
    assert on_the_wall(moment, zone).date() == day
    assert start_of(day, zone) <= end_of(day, zone) <= LAST
    assert at_time(day, hour.replace(microsecond=0), zone) >= FIRST


@given(moment=MOMENTS, n=LENGTHS, unit=SHORT, wait=st.integers(0, 10**6), zone=ZONES)
def test_a_run_of_hours_that_ends_past_the_end_is_due_at_the_last_moment(
    moment, n, unit, wait, zone
):
    anchor = moment_text(moment)
    pause = moment_text(later(moment, timedelta(seconds=wait)))
    due = planned(
        kind="within", anchor=anchor, n=n, unit=unit, changes=[("pause", pause)],
        each="9999999 days", all="9999999 days", calendar=national(),
    )  # fmt: skip
    run = Run(
        clock="c", kind="within", n=n, unit=unit, anchor=anchor, raw=due.raw, due=due.due,
        started_at=anchor, changes=(("pause", pause),), each="9999999 days", all="9999999 days",
        paused=due.paused, until=due.until, later=due.later,
    )  # fmt: skip
    words = ["70%", "day 9999999", "due", "due - 5 months", "due + 9999 months", "due + 9 days"]

    rungs = rung_times(run, [Step(word) for word in words], national(), zone)
    told = ExactCount(run, now=moment).counted()

    assert parse_moment(due.due) == min(later(moment, unit.length(n)), LAST)
    assert all(FIRST <= one.at <= LAST for one in rungs)
    assert (told.due, told.until, told.later) == (due.due, due.until, due.later)


@given(day=DAYS, n=LENGTHS, unit=WHOLE, wait=st.integers(0, 99), zone=ZONES)
def test_a_run_of_days_that_ends_past_the_end_is_due_on_the_last_day(day, n, unit, wait, zone):
    pause = plus_days(day, wait).isoformat()
    due = planned(
        kind="within", anchor=day.isoformat(), n=n, unit=unit, changes=[("pause", pause)],
        each="9999999 days", calendar=national(),
    )  # fmt: skip
    run = Run(
        clock="c", kind="within", n=n, unit=unit, anchor=day.isoformat(), raw=due.raw,
        due=due.due, started_at=moment_text(FIRST), changes=(("pause", pause),),
        each="9999999 days", paused=due.paused, until=due.until, later=due.later,
    )  # fmt: skip
    words = ["start", "70%", "day 99", "due", "due - 5 months", "due + 99999 hours"]

    rungs = rung_times(run, [Step(word) for word in words], national(), zone)

    assert date.fromisoformat(due.due) <= date.max
    assert all(FIRST <= one.at <= LAST for one in rungs)


@given(
    now=MOMENTS,
    since=MOMENTS,
    zone=ZONES,
    on=st.sampled_from(["mondays", "12-31", "day 31", "last day", "last working day"]),
)
def test_what_recurs_is_looked_for_within_time_alone(now, since, zone, on):
    found = newest(on, "08:30", since=since, now=now, calendar=national(), zone=zone)

    assert found is None or at_time(found, time(8, 30), zone) <= now
