"""The clock algebra against a walk on the wall, over random lives, and what always holds."""

import os
import time
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, assume, example, given, settings
from hypothesis import strategies as st

from engine.case.values import Run
from engine.facts.clocks import current, limit_of
from engine.time.due import planned
from engine.time.units import TimeUnit
from tests.builders.clock_histories import (
    ANNOUNCED,
    DAY,
    History,
    edition,
    exact_histories,
    histories,
)
from tests.effort import examples
from tests.engine.clocks.day_by_day_oracle import Found, walked

LIVES = 10_000
PLAIN = st.builds(
    History,
    st.sampled_from(["within", "at_least"]), st.integers(0, 25),
    st.sampled_from([TimeUnit.DAYS, TimeUnit.WORKING_DAYS]),
    st.integers(0, 400).map(lambda n: (date(2025, 9, 1) + n * DAY).isoformat()),
)  # fmt: skip
LONGER = st.integers(0, 40)


def counted(history: History) -> Found:
    due = planned(**history.asked, calendar=edition(history.through))
    return Found(due.raw, due.due, due.provisional, due.paused, due.until, due.later)


def wall(history: History) -> Found:
    return walked(**history.asked, through=history.through)


def due_of(history: History, *changes: tuple[str, date]) -> date:
    more = tuple((what, day.isoformat()) for what, day in changes)
    found = planned(
        **{**history.asked, "changes": (*history.changes, *more)}, calendar=edition(history.through)
    )
    return date.fromisoformat(found.due)


@settings(max_examples=examples(everyday=80, full=300))
@given(history=histories())
def test_a_life_in_days_is_due_as_on_the_wall(history):
    assert counted(history) == wall(history)


@settings(max_examples=examples(everyday=50, full=150))
@given(history=exact_histories())
def test_a_life_in_minutes_and_hours_is_due_as_on_the_wall(history):
    assert counted(history) == wall(history)


@settings(max_examples=examples(everyday=50, full=150))
@given(history=histories(kinds=("due",)))
def test_a_date_that_rests_is_due_as_on_the_wall(history):
    assert counted(history) == wall(history)


@pytest.mark.slow
@settings(max_examples=LIVES, suppress_health_check=list(HealthCheck))
@given(
    history=st.one_of(
        histories(), histories(kinds=("within", "at_least", "due")), exact_histories()
    )
)
def test_ten_thousand_lives_are_due_as_on_the_wall(history):
    assert counted(history) == wall(history)


@given(history=histories())
def test_a_replay_says_the_same_twice(history):
    calendar = edition(history.through)

    assert planned(**history.asked, calendar=calendar) == planned(
        **{**history.asked, "changes": list(history.changes)}, calendar=calendar
    )


@given(history=histories())
def test_a_due_day_is_the_first_working_day_from_the_raw_day_or_the_raw_day(history):
    found, calendar = counted(history), edition(history.through)

    shifts = history.kind == "within" and history.unit != "working_days"

    raw, due = date.fromisoformat(found.raw), date.fromisoformat(found.due)
    assert due == (calendar.shifted(raw) if shifts else raw)


@given(history=PLAIN, shift=st.integers(0, 40))
def test_pausing_and_going_on_the_same_day_changes_nothing(history, shift):
    assume(history.unit == "days")
    day = date.fromisoformat(history.anchor) + shift * DAY

    assert due_of(history, ("pause", day), ("resume", day)) == due_of(history)


@given(history=histories(), start=LONGER, length=LONGER, more=LONGER)
@example(History("within", 2, TimeUnit.WORKING_DAYS, "2026-05-20"), 2, 1, 1)
def test_a_longer_pause_is_never_due_earlier(history, start, length, more):
    history = replace(history, changes=())
    day = date.fromisoformat(history.anchor) + start * DAY
    end = day + length * DAY

    short = due_of(history, ("pause", day), ("resume", end))

    later = due_of(history, ("pause", day), ("resume", end + more * DAY))
    # A cap that is full on a Friday lets a resumption on the Saturday still move the day.
    assume(not (history.each or history.all) or history.unit != "working_days")
    assert later >= short >= due_of(history)


@given(history=histories(), more=st.integers(1, 20))
def test_more_time_is_never_due_earlier(history, more):
    history = replace(history, changes=())

    assert due_of(replace(history, n=history.n + more)) >= due_of(history)


@given(history=PLAIN, start=LONGER, length=LONGER)
def test_no_day_is_lost_or_won_by_one_pause_of_days(history, start, length):
    assume(history.unit == "days" and start <= history.n)
    day = date.fromisoformat(history.anchor) + start * DAY

    found = counted(
        replace(
            history,
            changes=(("pause", day.isoformat()), ("resume", (day + length * DAY).isoformat())),
        )
    )

    assert date.fromisoformat(found.raw) == date.fromisoformat(counted(history).raw) + length * DAY


@given(history=histories())
def test_a_due_day_behind_what_is_announced_is_provisional(history):
    assume(history.kind == "within" or history.unit == "working_days")
    found = counted(history)

    behind = max(found.due, found.later or "") > history.through.isoformat()

    assert found.provisional == behind


@given(history=PLAIN, change=st.lists(st.sampled_from(["pause", "resume"]), max_size=4))
def test_a_calendar_that_knows_more_makes_nothing_uncertain(history, change):
    days = [date.fromisoformat(history.anchor) + n * 3 * DAY for n in range(len(change))]
    life = tuple((what, day.isoformat()) for what, day in zip(change, days, strict=True))
    marks = [
        counted(replace(history, changes=life, through=through)).provisional
        for through in ANNOUNCED
    ]

    assert marks == sorted(marks, reverse=True) or history.kind == "at_least"


@given(history=PLAIN, cap=st.integers(1, 30), start=LONGER, wait=st.integers(0, 60))
def test_a_cap_holds_whenever_somebody_comes_back(history, cap, start, wait):
    assume(history.unit == "days" and start <= history.n)
    pause = (("pause", (date.fromisoformat(history.anchor) + start * DAY).isoformat()),)
    resting = replace(history, each=f"{cap} days", changes=pause)
    found = counted(resting)
    back = date.fromisoformat(str(found.until)) + wait * DAY

    assert due_of(resting, ("resume", back)).isoformat() == found.later


ZONES = [ZoneInfo(name) for name in ("Asia/Shanghai", "Europe/Berlin", "Asia/Beirut", "UTC")]


def run_due(day: str) -> Run:
    return Run(
        clock="c",
        kind="within",
        n=1,
        unit=TimeUnit.DAYS,
        anchor=day,
        raw=day,
        due=day,
        started_at="",
    )


@given(day=st.dates(date(2020, 1, 1), date(2027, 12, 30)), zone=st.sampled_from(ZONES))
@example(date(2026, 3, 28), ZoneInfo("Asia/Beirut"))
@example(date(2026, 3, 29), ZoneInfo("Europe/Berlin"))
@example(date(2026, 10, 25), ZoneInfo("Europe/Berlin"))
def test_a_day_is_over_when_the_offices_clock_shows_the_next(day, zone):
    limit = limit_of(run_due(day.isoformat()), zone)

    assert limit.astimezone(zone).date() == day + DAY
    assert (limit - timedelta(seconds=1)).astimezone(zone).date() == day


@pytest.mark.parametrize(
    ("day", "limit"),
    [
        pytest.param("2026-03-28", "2026-03-28T23:00", id="winter"),
        pytest.param("2026-03-29", "2026-03-29T22:00", id="the day of 23 hours"),
        pytest.param("2026-10-24", "2026-10-24T22:00", id="summer"),
        pytest.param("2026-10-25", "2026-10-25T23:00", id="the day of 25 hours"),
    ],
)
def test_a_day_in_berlin_ends_at_its_own_midnight(day, limit):
    found = limit_of(run_due(day), ZoneInfo("Europe/Berlin"))

    assert found == datetime.fromisoformat(limit).replace(tzinfo=UTC)


@pytest.fixture(params=["America/New_York", "Australia/Lord_Howe", "Asia/Shanghai"])
def machine_zone(request, monkeypatch):
    monkeypatch.setenv("TZ", request.param)
    time.tzset()
    yield os.environ["TZ"]
    monkeypatch.undo()
    time.tzset()


@settings(
    max_examples=examples(everyday=15, full=60),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
)
@given(history=st.one_of(histories(), exact_histories()), zone=st.sampled_from(ZONES))
def test_the_machines_zone_moves_nothing(machine_zone, history, zone):
    found = planned(**history.asked, calendar=edition(history.through))
    run = Run(
        clock="c", kind=history.kind, n=history.n, unit=history.unit, anchor=history.anchor,
        raw=found.raw, due=found.due, paused=found.paused, until=found.until, later=found.later,
        started_at="2026-01-01T00:00:00Z",
    )  # fmt: skip

    told = wall(history)

    assert counted(history) == told
    limit = limit_of(current(run, zone, at=datetime(2030, 1, 1, tzinfo=UTC)), zone)
    day = told.later or told.due
    if "T" in day:
        assert limit.isoformat() == day.replace("Z", "+00:00")
    else:
        assert limit.astimezone(zone).date() == date.fromisoformat(day) + DAY
