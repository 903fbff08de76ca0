"""Whether a deadline may be extended to a day: in time, onwards, within the sum, times left."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case.values import Run
from engine.clocks.extending import extension_refusal
from engine.language.clocks import ExtendDef
from engine.time.due import planned
from engine.time.units import TimeUnit
from tests.builders.clock_histories import DAY
from tests.builders.club_worlds import ZONE, facts_of
from tests.builders.shelves import national, plot
from tests.engine.clocks.day_by_day_oracle import walked


def a_run(n, unit, anchor, *changes, each=""):
    asked = {"kind": "within", "n": n, "unit": TimeUnit(unit), "anchor": anchor}
    due = planned(**asked, changes=changes, each=each, calendar=national())
    return Run(
        clock="c", **asked, raw=due.raw, due=due.due, started_at="", changes=changes, each=each,
        paused=due.paused, until=due.until, later=due.later,
    )  # fmt: skip


def is_granted(run, to, now, *, at_most="30 days", times=9):
    facts = facts_of(plot(), now=datetime.fromisoformat(now).replace(tzinfo=ZONE))
    rule = ExtendDef(at_most=at_most, times=times)
    return extension_refusal(run, rule, date.fromisoformat(to), facts) is None


MAY = a_run(30, "days", "2026-05-21")
TWICE = a_run(30, "days", "2026-05-21", ("extend", "2026-07-01"), ("extend", "2026-07-10"))
FIVE = a_run(5, "working_days", "2026-05-20", ("extend", "2026-05-30"))
RESTED = a_run(30, "days", "2026-04-28", ("pause", "2026-05-08"), each="60 days")


@pytest.mark.parametrize(
    ("run", "to", "now", "granted"),
    [
        pytest.param(MAY, "2026-06-21", "2026-06-22 23:59", True, id="in the last minute"),
        pytest.param(MAY, "2026-06-30", "2026-06-23 00:00", False, id="at 24:00 of the due day"),
        pytest.param(MAY, "2026-06-20", "2026-06-01 09:00", False, id="to the day it is due anyhow"),
        pytest.param(MAY, "2026-07-20", "2026-06-01 09:00", True, id="by thirty days"),
        pytest.param(MAY, "2026-07-21", "2026-06-01 09:00", False, id="by thirty-one"),
        pytest.param(TWICE, "2026-07-20", "2026-07-02 09:00", True, id="by thirty days in all"),
        pytest.param(TWICE, "2026-07-21", "2026-07-02 09:00", False, id="by thirty-one in all"),
        pytest.param(RESTED, "2026-06-27", "2026-07-07 23:59", True, id="while it rests, behind its old day"),
    ],
)  # fmt: skip
def test_an_extension_is_granted_within_its_bounds(run, to, now, granted):
    assert is_granted(run, to, now) == granted


@pytest.mark.parametrize(
    ("to", "granted"), [("2026-07-27", False), ("2026-07-28", True), ("2026-08-26", True)]
)
def test_behind_a_cap_an_extension_counts_from_the_day_that_holds_now(to, granted):
    assert is_granted(RESTED, to, "2026-07-20 09:00") == granted


@pytest.mark.parametrize(
    ("to", "granted"),
    [
        pytest.param("2026-06-03", True, id="two working days and three more"),
        pytest.param("2026-06-04", False, id="two working days and four more"),
    ],
)
def test_an_extension_to_a_saturday_wins_no_working_day(to, granted):
    assert is_granted(FIVE, to, "2026-05-28 09:00", at_most="5 working days") == granted


def test_no_extension_is_left_after_the_last():
    assert is_granted(TWICE, "2026-07-11", "2026-07-02 09:00", times=3)
    assert not is_granted(TWICE, "2026-07-11", "2026-07-02 09:00", times=2)


@given(
    n=st.integers(1, 40), start=st.integers(0, 300), most=st.integers(1, 40),
    steps=st.lists(st.integers(-3, 25), min_size=1, max_size=5),
    pause=st.tuples(st.integers(0, 20), st.integers(0, 20)),
)  # fmt: skip
def test_extensions_of_days_are_granted_up_to_their_sum(n, start, most, steps, pause):
    anchor = date(2025, 11, 3) + start * DAY
    first = anchor + min(pause[0], n) * DAY
    rest = (("pause", first.isoformat()), ("resume", (first + pause[1] * DAY).isoformat()))
    run, left = a_run(n, "days", anchor.isoformat(), *rest), most
    for step in steps:
        told = walked(
            kind="within", n=n, unit=TimeUnit.DAYS, anchor=run.anchor, changes=run.changes
        )
        to = (date.fromisoformat(told.raw) + step * DAY).isoformat()

        granted = is_granted(run, to, f"{told.due} 23:59", at_most=f"{most} days")

        assert granted == (0 < step <= left)
        if granted:
            left -= step
            run = a_run(n, "days", run.anchor, *run.changes, ("extend", to))
