"""A run counted on the calendar: every day is looked at, and the count leads to the due day."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case.values import Run
from engine.clocks.explaining import counted
from engine.time.due import planned
from engine.time.times import moment_text
from engine.time.units import EXACT, TimeUnit
from tests.builders.club_worlds import ZONE
from tests.builders.shelves import national

DAY = timedelta(days=1)
NOW = datetime(2026, 6, 1, 2, tzinfo=UTC)
CAPS = st.sampled_from(["", "", "5 days", "20 days", "3 working_days", "60 days"])
EXACT_CAPS = st.sampled_from(["", "", "2 hours", "30 minutes", "1 days"])


def run_of(anchor: str, n: int, unit: str = "days", *changes: tuple[str, str], **more: Any) -> Run:
    """Return a run as the engine plans it; days without a year are of 2026."""
    unit = TimeUnit(unit)
    given = {"kind": "within", "each": "", "all": "", **more}
    dated = tuple((what, full(when)) for what, when in changes)
    due = planned(
        kind=given["kind"], anchor=full(anchor), n=n, unit=unit, changes=dated,
        each=given["each"], all=given["all"], calendar=national(),
    )  # fmt: skip
    started = f"{full(anchor)}T02:00:00Z" if unit not in EXACT else anchor
    return Run(
        clock="c", n=n, unit=unit, anchor=full(anchor), raw=due.raw, due=due.due, changes=dated,
        provisional=due.provisional, paused=due.paused, until=due.until, later=due.later,
        **{"started_at": started, **given},
    )  # fmt: skip


def full(day: str) -> str:
    return f"2026-{day}" if len(day) == 5 else day


@st.composite
def histories(draw: Any, unit: str) -> Run:
    """Draw pauses, resumptions and extensions in the order of time, as a case makes them."""
    kinds = ["within", "at_least", *(["due"] if unit == "days" else [])]
    kind = draw(st.sampled_from(kinds))
    anchor = date(2026, 1, 1) + DAY * draw(st.integers(0, 420))
    n = 0 if kind == "due" else draw(st.integers(0, 3 if unit == "months" else 40))
    caps = {"each": draw(CAPS), "all": draw(CAPS)}
    start = anchor - DAY * draw(st.integers(0, 9)) if kind == "due" else anchor
    changes: list[tuple[str, str]] = []
    run = run_of(anchor.isoformat(), n, unit, kind=kind, **caps)
    day = start
    for _ in range(draw(st.integers(0, 6))):
        day += DAY * draw(st.integers(-3, 25))
        what = draw(st.sampled_from(["pause", "resume", "run_on", "extend"]))
        if what == "run_on" and run.until is not None:
            day = date.fromisoformat(run.until)
        more = date.fromisoformat(run.raw) + DAY * draw(st.integers(-5, 20))
        changes.append((what, (more if what == "extend" else day).isoformat()))
        run = run_of(anchor.isoformat(), n, unit, *changes, kind=kind, **caps)
    return replace(run, started_at=f"{start}T02:00:00Z")


@pytest.mark.parametrize("unit", ["days", "working_days", "months"])
@given(data=st.data(), later=st.integers(0, 400))
def test_the_count_of_every_day_leads_to_the_due_day(unit, data, later):
    run = data.draw(histories(unit))
    now = datetime(2026, 1, 1, tzinfo=UTC) + DAY * later

    told = counted(run, national(), ZONE, now=now)

    assert (told.raw, told.due, told.until, told.later) == (run.raw, run.due, run.until, run.later)
    assert told.provisional == run.provisional
    days = [one.day for one in told.days]
    assert days == [days[0] + DAY * n for n in range(len(days))]
    assert [one.count for one in told.days] == [
        sum(one.counts for one in told.days[: n + 1]) for n in range(len(days))
    ]
    if not run.paused or run.later is not None:
        assert told.count == told.need
        assert days[-1].isoformat() == (run.later or run.due)
        assert [one.kind for one in told.days].count("due") == 1


@pytest.mark.parametrize("unit", ["minutes", "hours"])
@given(data=st.data(), later=st.integers(0, 4000))
def test_the_moments_of_a_short_clock_lead_to_its_due_moment(unit, data, later):
    draw = data.draw
    caps = {"each": draw(EXACT_CAPS), "all": draw(EXACT_CAPS)}
    moment, changes = NOW, list[tuple[str, str]]()
    for _ in range(draw(st.integers(0, 6))):
        moment += timedelta(minutes=draw(st.integers(-30, 200)))
        changes.append(
            (draw(st.sampled_from(["pause", "resume", "run_on", "extend"])), moment_text(moment))
        )
    run = run_of(moment_text(NOW), draw(st.integers(0, 300)), unit, *changes, **caps)

    told = counted(run, national(), ZONE, now=NOW + timedelta(minutes=later))

    assert (told.raw, told.due, told.until, told.later) == (run.raw, run.due, run.until, run.later)
    assert [one.at for one in told.moments] == sorted(one.at for one in told.moments)
    assert [one.elapsed for one in told.moments] == sorted(one.elapsed for one in told.moments)
    if not run.paused or run.later is not None:
        assert told.count == told.need == timedelta(**{unit: run.n}).total_seconds()
        assert moment_text(told.moments[-1].at) == (run.later or run.due)


def kinds(run: Run, *, now: datetime = NOW) -> dict[str, tuple[str, int]]:
    """Return kind and count of every day, by month and day."""
    told = counted(run, national(), ZONE, now=now)
    return {one.day.isoformat()[5:]: (one.kind, one.count) for one in told.days}


def sums(run: Run, *, now: datetime = NOW) -> list[tuple[str, int, str]]:
    told = counted(run, national(), ZONE, now=now)
    return [(one.kind, one.n, one.to[5:10]) for one in told.terms]


def test_calendar_days_count_on_days_off_and_move_at_the_end_alone():
    days = kinds(run_of("04-28", 7))

    assert days == {
        "04-28": ("anchor", 0), "04-29": ("counted", 1), "04-30": ("counted", 2),
        "05-01": ("holiday", 3), "05-02": ("holiday", 4), "05-03": ("holiday", 5),
        "05-04": ("holiday", 6), "05-05": ("holiday", 7), "05-06": ("due", 7),
    }  # fmt: skip


def test_working_days_leave_days_off_out_and_count_make_up_days():
    days = kinds(run_of("04-30", 3, "working_days"))

    assert [day for day, (kind, _) in days.items() if kind == "holiday"] == [
        f"05-0{n}" for n in range(1, 6)
    ]
    assert days["05-06"] == ("counted", 1)
    assert days["05-08"] == ("due", 3)
    assert kinds(run_of("05-08", 3, "working_days"))["05-09"] == ("make_up", 1)


def test_what_a_day_off_is_called_is_told():
    told = counted(run_of("05-06", 5), national(), ZONE, now=NOW)
    names = {one.day.isoformat()[5:]: (one.nature, one.name) for one in told.days}

    assert names["05-09"] == ("make_up", "劳动节")
    assert names["05-10"] == ("weekend", "")


def test_zero_working_days_from_a_day_off_end_on_the_next_working_day():
    assert kinds(run_of("05-01", 0, "working_days"))["05-06"] == ("due", 1)
    assert kinds(run_of("04-30", 0, "working_days")) == {"04-30": ("due", 0)}


@pytest.mark.parametrize(
    ("run", "told"),
    [
        pytest.param(
            run_of("04-28", 30, "days", ("pause", "05-12"), ("resume", "05-18")),
            [("anchor", 0, "04-28"), ("length", 30, "05-28"), ("pause", 6, "06-03")],
            id="a pause",
        ),
        pytest.param(
            run_of("05-21", 30, "days", ("pause", "06-21"), ("resume", "06-24")),
            [("anchor", 0, "05-21"), ("length", 30, "06-20"), ("shift", 2, "06-22"), ("pause", 3, "06-25")],
            id="a pause in the days of the shift",
        ),
        pytest.param(
            run_of("05-21", 30, "days", ("extend", "07-04")),
            [("anchor", 0, "05-21"), ("length", 30, "06-20"), ("extend", 14, "07-04"), ("shift", 2, "07-06")],
            id="an extension that ends on a weekend",
        ),
        pytest.param(
            run_of("05-20", 2, "working_days", ("pause", "05-22"), ("resume", "05-23")),
            [("anchor", 0, "05-20"), ("length", 2, "05-22"), ("pause", 0, "05-22"), ("resumed", 1, "05-25")],
            id="resumed on a weekend after the last day",
        ),
        pytest.param(
            run_of("04-28", 30, "days", ("pause", "05-08")),
            [("anchor", 0, "04-28"), ("length", 30, "05-28"), ("resting", 0, "05-08")],
            id="a pause that goes on",
        ),
        pytest.param(
            run_of("05-02", 0, "days", kind="due"),
            [("anchor", 0, "05-02"), ("shift", 4, "05-06")],
            id="a date in the data",
        ),
        pytest.param(
            run_of("01-31", 1, "months"),
            [("anchor", 0, "01-31"), ("length", 1, "02-28")],
            id="a month",
        ),
    ],
)  # fmt: skip
def test_the_sum_says_each_step(run, told):
    assert sums(run) == told


def test_a_pause_names_what_it_gave_back_and_the_cap_that_cut_it():
    run = run_of(
        "03-02", 30, "days", ("pause", "03-10"), ("resume", "05-20"), ("pause", "05-22"),
        ("resume", "07-01"), each="60 days", all="90 days",
    )  # fmt: skip

    rests = counted(run, national(), ZONE, now=NOW).rests

    assert [(one.whole, one.given, one.cut) for one in rests] == [(71, 60, "each"), (40, 30, "all")]
    assert [(one.start[5:], one.change) for one in rests] == [("03-10", 0), ("05-22", 2)]


def test_paused_days_name_their_pause_and_leave_the_count_alone():
    run = run_of(
        "04-28", 30, "days", ("pause", "05-08"), ("resume", "05-11"), ("pause", "05-12"), ("resume", "05-14")
    )  # fmt: skip

    told = counted(run, national(), ZONE, now=NOW)

    paused = {one.day.isoformat()[5:]: one.change for one in told.days if one.kind == "paused"}
    assert paused == {"05-09": 0, "05-10": 0, "05-11": 0, "05-13": 2, "05-14": 2}
    assert kinds(run)["05-12"] == ("counted", 11)


def test_a_pause_without_end_is_told_to_the_present_day():
    run = run_of("04-28", 30, "days", ("pause", "05-08"))

    days = kinds(run)

    assert days["05-08"] == ("counted", 10)
    assert days["06-01"] == ("paused", 10)
    assert max(days) == "06-01"
    assert not any(kind == "due" for kind, _ in days.values())


def test_a_date_is_moved_by_pauses_before_it_and_after_it():
    run = run_of(
        "06-01", 0, "days", ("pause", "05-08"), ("resume", "05-11"), ("pause", "06-03"),
        ("resume", "06-05"), kind="due",
    )  # fmt: skip

    assert kinds(run) == {
        "06-01": ("anchor", 0), "06-02": ("paused", 0), "06-03": ("paused", 0),
        "06-04": ("paused", 0), "06-05": ("paused", 0), "06-06": ("paused", 0), "06-07": ("shifted", 0),
        "06-08": ("due", 0),
    }  # fmt: skip


def test_a_date_that_rests_is_told_to_the_date():
    assert kinds(run_of("06-08", 0, "days", ("pause", "05-08"), kind="due")) == {
        "06-08": ("anchor", 0)
    }


def test_a_pause_that_its_cap_has_ended_names_the_cap():
    run = run_of(
        "04-28", 30, "days", ("pause", "05-08"), ("run_on", "05-13"), ("extend", "06-30"), each="5 days"
    )  # fmt: skip

    rest = counted(run, national(), ZONE, now=NOW).rests[0]

    assert (rest.given, rest.end, rest.cut) == (5, "2026-05-13", "each")


def test_a_day_nobody_has_announced_is_marked():
    told = counted(run_of("12-15", 30), national(), ZONE, now=NOW)

    assert told.provisional
    assert {one.day.year for one in told.days if one.provisional} == {2027}


def test_a_minimum_is_never_provisional_in_calendar_days():
    told = counted(run_of("12-15", 30, kind="at_least"), national(), ZONE, now=NOW)

    assert not told.provisional
    assert not any(one.provisional for one in told.days)
