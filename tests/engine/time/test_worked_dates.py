"""Every worked date of the language, counted by the engine and by the walk on the wall."""

from datetime import UTC, date, datetime
from types import SimpleNamespace
from zoneinfo import ZoneInfo

import pytest

from engine.case.values import Run
from engine.clocks.rungs import rung_times
from engine.facts.clocks import current, is_over, limit_of
from engine.time.due import planned
from engine.time.units import TimeUnit
from tests.builders.shelves import national
from tests.engine.clocks.day_by_day_oracle import walked

OFFICE = ZoneInfo("Asia/Shanghai")


def day(text):
    return text if len(text) > 5 else f"2026-{text}"


def history(text):
    """Read ``pause 05-12, resume 05-18``."""
    parts = [part.split() for part in text.split(", ") if part]
    return [(what, day(when)) for what, when in parts]


def of(length):
    kind, n, unit = length
    return {"kind": kind, "n": n, "unit": TimeUnit(unit)}


def a_run(kind, n, unit, anchor, changes=(), *, each="", started_at="2026-01-01T00:00:00Z"):
    unit = TimeUnit(unit)
    due = planned(
        kind=kind, anchor=anchor, n=n, unit=unit, changes=changes, each=each, calendar=national()
    )
    return Run(
        clock="c", kind=kind, n=n, unit=unit, anchor=anchor, raw=due.raw, due=due.due,
        provisional=due.provisional, started_at=started_at, changes=tuple(changes), each=each,
        paused=due.paused, until=due.until, later=due.later,
    )  # fmt: skip


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=OFFICE)


# A length, the anchor, what happened, the cap of a pause, the day before and after the shift.
WORKED = [
    pytest.param(("within", 2, "working_days"), "04-28", "", "", ("04-30", "04-30"), id="two working days"),
    pytest.param(("within", 2, "working_days"), "04-30", "", "", ("05-07", "05-07"), id="over the holiday of May"),
    pytest.param(("within", 7, "days"), "04-28", "", "", ("05-05", "05-06"), id="the last day is a holiday"),
    pytest.param(("at_least", 7, "days"), "04-02", "", "", ("04-09", "04-09"), id="seven whole days"),
    pytest.param(("at_least", 10, "days"), "03-10", "", "", ("03-20", "03-20"), id="ten whole days"),
    pytest.param(("within", 15, "days"), "06-01", "", "", ("06-16", "06-16"), id="fifteen days"),
    pytest.param(("within", 30, "days"), "04-28", "pause 05-12, resume 05-18", "", ("06-03", "06-03"), id="one pause"),
    pytest.param(("within", 30, "days"), "05-21", "", "", ("06-20", "06-22"), id="the last day is a Saturday"),
    pytest.param(("within", 30, "days"), "04-28", "pause 05-08, pause 05-12, resume 05-20", "", ("06-09", "06-09"), id="a pause inside a pause is one span"),
    pytest.param(("within", 30, "days"), "08-28", "pause 09-10, resume 09-14", "", ("10-01", "10-08"), id="paused, then over the holiday of October"),
    pytest.param(("within", 30, "days"), "03-02", "pause 03-10, resume 05-20", "60 days", ("05-31", "06-01"), id="a pause longer than its cap"),
    pytest.param(("within", 30, "days"), "05-21", "pause 06-21, resume 06-24", "", ("06-25", "06-25"), id="paused between the raw day and the due day"),
    pytest.param(("within", 2, "working_days"), "09-29", "pause 09-30, resume 10-08", "", ("10-09", "10-09"), id="working days paused over a holiday"),
    pytest.param(("within", 2, "working_days"), "05-20", "", "", ("05-22", "05-22"), id="two working days to a Friday"),
    pytest.param(("within", 2, "working_days"), "05-20", "pause 05-22, resume 05-23", "", ("05-25", "05-25"), id="paused on the last day, resumed on a Saturday"),
    pytest.param(("within", 30, "days"), "04-28", "pause 05-08, resume 07-07", "60 days", ("07-27", "07-27"), id="resumed on the day the cap is reached"),
    pytest.param(("within", 30, "days"), "04-28", "pause 05-08, resume 09-01", "60 days", ("07-27", "07-27"), id="resumed long after"),
    pytest.param(("within", 30, "days"), "05-21", "extend 2026-07-15", "", ("07-15", "07-15"), id="extended to a day"),
    pytest.param(("within", 0, "working_days"), "04-04", "", "", ("04-07", "04-07"), id="no working day from a Saturday: the first one"),
    pytest.param(("due", 0, "days"), "05-02", "", "", ("05-02", "05-06"), id="a date on a holiday"),
]  # fmt: skip


@pytest.mark.parametrize(("length", "anchor", "changes", "each", "dues"), WORKED)
def test_the_engine_finds_every_worked_date(length, anchor, changes, each, dues):
    found = planned(
        **of(length), anchor=day(anchor), changes=history(changes), each=each,
        calendar=national(),
    )  # fmt: skip

    assert (found.raw, found.due) == (day(dues[0]), day(dues[1]))
    assert not found.provisional


@pytest.mark.parametrize(("length", "anchor", "changes", "each", "dues"), WORKED)
def test_the_walk_finds_every_worked_date(length, anchor, changes, each, dues):
    found = walked(**of(length), anchor=day(anchor), changes=history(changes), each=each)

    assert (found.raw, found.due) == (day(dues[0]), day(dues[1]))
    assert not found.provisional


@pytest.mark.parametrize("count", [planned, walked])
def test_thirty_days_into_a_year_not_announced_are_provisional(count):
    more = {"calendar": national()} if count is planned else {}

    found = count(kind="within", anchor="2026-12-15", n=30, unit=TimeUnit.DAYS, **more)

    assert (found.due, found.provisional) == ("2027-01-14", True)


@pytest.mark.parametrize("count", [planned, walked])
def test_a_pause_that_nobody_ends_rests_to_its_cap_and_no_longer(count):
    more = {"calendar": national()} if count is planned else {}

    found = count(
        kind="within", anchor="2026-04-28", n=30, unit=TimeUnit.DAYS,
        changes=[("pause", "2026-05-08")], each="60 days", **more,
    )  # fmt: skip

    assert found.paused
    assert (found.due, found.until, found.later) == ("2026-05-28", "2026-07-07", "2026-07-27")


@pytest.mark.parametrize(
    ("now", "paused", "due", "over"),
    [
        pytest.param("2026-06-01 09:00", True, "2026-05-28", False, id="at rest, behind the old day"),
        pytest.param("2026-07-07 23:59:59", True, "2026-05-28", False, id="the last moment at rest"),
        pytest.param("2026-07-08 00:00", False, "2026-07-27", False, id="it runs on"),
        pytest.param("2026-07-27 23:59:59", False, "2026-07-27", False, id="the last moment in time"),
        pytest.param("2026-07-28 00:00", False, "2026-07-27", True, id="overdue"),
    ],
)  # fmt: skip
def test_a_run_that_was_never_resumed_goes_on_at_its_cap(now, paused, due, over):
    run = a_run("within", 30, "days", "2026-04-28", [("pause", "2026-05-08")], each="60 days")

    found = current(run, OFFICE, at=at(now))

    assert (found.paused, found.due) == (paused, due)
    assert is_over(run, OFFICE, at=at(now)) == over


@pytest.mark.parametrize("count", [planned, walked])
@pytest.mark.parametrize(
    ("n", "unit", "start", "over"),
    [
        pytest.param(15, TimeUnit.MINUTES, "2026-05-12 19:40", "2026-05-12 19:55", id="minutes"),
        pytest.param(
            6, TimeUnit.HOURS, "2026-05-12 23:00", "2026-05-13 05:00", id="hours over midnight"
        ),
    ],
)
def test_minutes_and_hours_are_over_at_once(count, n, unit, start, over):
    more = {"calendar": national()} if count is planned else {}
    anchor = at(start).astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")

    found = count(kind="within", anchor=anchor, n=n, unit=unit, **more)

    assert datetime.fromisoformat(found.due.replace("Z", "+00:00")) == at(over)


@pytest.mark.parametrize(
    ("n", "anchor", "elapsed_from"),
    [(7, "2026-04-02", "2026-04-10 00:00"), (10, "2026-03-10", "2026-03-21 00:00")],
)
def test_a_minimum_is_reached_at_midnight_after_its_last_whole_day(n, anchor, elapsed_from):
    run = a_run("at_least", n, "days", anchor)

    assert limit_of(run, OFFICE) == at(elapsed_from)


def test_fifteen_days_ring_on_the_worked_days():
    run = a_run("within", 15, "days", "2026-06-01")
    ladder = [SimpleNamespace(at="70%"), SimpleNamespace(at="due - 1 working day")]

    found = rung_times(run, ladder, national(), OFFICE)

    assert [one.at for one in found] == [at("2026-06-12 00:00"), at("2026-06-15 00:00")]


@pytest.mark.parametrize(
    ("n", "unit", "anchor", "changes", "rung", "moment"),
    [
        pytest.param(30, "days", "05-21", "", "day 20", "06-10", id="day 20"),
        pytest.param(30, "days", "05-21", "", "day 27", "06-17", id="day 27"),
        pytest.param(30, "days", "04-28", "", "70%", "05-19", id="70% of thirty days"),
        pytest.param(30, "days", "04-28", "pause 05-12, resume 05-18", "70%", "05-25", id="moved by a pause before it"),
        pytest.param(30, "days", "04-28", "pause 05-19, resume 05-22", "70%", "05-19", id="not by one that begins on its day"),
        pytest.param(30, "days", "04-28", "pause 05-12, resume 05-18", "due - 1 working day", "06-02", id="the day before the moved day"),
        pytest.param(30, "working_days", "09-01", "", "70%", "09-30", id="21 of 30 working days"),
        pytest.param(30, "days", "05-21", "", "due", "06-23", id="24:00 of the due day"),
        pytest.param(30, "days", "05-21", "", "due + 3 working days", "06-26", id="24:00 of three working days later"),
    ],
)  # fmt: skip
def test_rungs_stand_where_a_finger_on_the_wall_finds_them(n, unit, anchor, changes, rung, moment):
    run = a_run("within", n, unit, day(anchor), history(changes))

    found = rung_times(run, [SimpleNamespace(at=rung)], national(), OFFICE)

    assert [one.at for one in found] == [at(day(moment))]


def test_the_rung_before_a_due_day_is_skipped_on_the_anchor_day():
    run = a_run("within", 1, "working_days", "2026-06-01")
    ladder = [SimpleNamespace(at="due - 1 working day"), SimpleNamespace(at="due")]

    found = rung_times(run, ladder, national(), OFFICE)

    assert [(one.place, one.at) for one in found] == [(1, at("2026-06-03 00:00"))]


def test_the_walk_knows_the_same_last_announced_day_as_the_calendar():
    assert national().announced_through == date(2026, 12, 31)
