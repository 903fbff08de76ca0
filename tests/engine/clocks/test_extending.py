"""Clocks that are extended: how far, how often, until when; spans that overlap; the ends of time."""

from datetime import UTC, date, datetime, timedelta

import pytest

from engine.case.errors import MoveRefused
from engine.facts.clocks import is_over, limit_of
from engine.time.times import FIRST, LAST, end_of, moment_text, start_of
from tests.builders.club_worlds import MONDAY, ZONE, fire
from tests.builders.paused_cases import EXTENDS, Plot


def test_an_extension_moves_the_due_day():
    plot = Plot(**EXTENDS).does("more", "03-20", to="2026-04-30")

    assert (plot.run.raw, plot.run.due) == ("2026-04-30", "2026-04-30")
    assert plot.run.changes == (("extend", "2026-04-30"),)


@pytest.mark.parametrize(
    ("clock", "day", "data", "code", "says"),
    [
        pytest.param(EXTENDS, "03-20", {}, "move.missing", "延长到的日期", id="no day"),
        pytest.param(EXTENDS, "03-20", {"to": "2026-05-02"}, "move.guard", "2026-05-01", id="too far"),
        pytest.param(EXTENDS, "03-20", {"to": "2026-04-01"}, "move.guard", "须晚于", id="no later"),
        pytest.param(EXTENDS, "04-02", {"to": "2026-04-20"}, "move.guard", "届满", id="too late"),
        pytest.param({"rules": [{"if": "true", "extend": "none"}]}, "03-20", {"to": "2026-04-20"}, "move.guard", "不得延长", id="not here"),
    ],
)  # fmt: skip
def test_an_extension_is_refused_with_what_would_be_right(clock, day, data, code, says):
    with pytest.raises(MoveRefused) as error:
        Plot(**clock).does("more", day, **data)

    (reason,) = error.value.reasons
    assert reason.code == code
    assert says in reason.words.zh
    assert reason.words.en


def test_an_extension_on_the_last_day_is_in_time():
    assert Plot(**EXTENDS).does("more", "04-01", to="2026-05-01").run.raw == "2026-05-01"


def test_extensions_count_together_whatever_lies_between():
    plot = Plot(extend={"at_most": "30 days", "times": 2}).does("more", "03-20", to="2026-04-11")
    plot.does("rest", "03-21").does("on", "03-26")
    assert plot.run.raw == "2026-04-16"

    with pytest.raises(MoveRefused) as error:
        plot.does("more", "03-27", to="2026-05-07")
    assert "2026-05-06" in error.value.reasons[0].words.zh
    plot.does("more", "03-27", to="2026-05-06")
    with pytest.raises(MoveRefused) as error:
        plot.does("more", "03-28", to="2026-05-07")
    assert "最多2次" in error.value.reasons[0].words.zh


def test_working_days_are_extended_by_working_days():
    plot = Plot(within="5 working days", extend={"at_most": "5 working days", "times": 2})
    plot.does("more", "03-05", to="2026-03-11")

    with pytest.raises(MoveRefused) as error:
        plot.does("more", "03-06", to="2026-03-17")
    assert "2026-03-16" in error.value.reasons[0].words.zh


def test_a_resting_clock_can_be_extended_after_its_due_day_and_nothing_that_has_ended():
    pauses = {"in": ["resting"]}
    plot = (
        Plot(pauses=pauses, **EXTENDS).does("rest", "03-10").does("more", "04-20", to="2026-04-30")
    )
    assert plot.run.raw == "2026-04-30"

    plot = Plot(stops=["grown"], **EXTENDS).does("go", "03-10")
    with pytest.raises(MoveRefused) as error:
        plot.does("more", "03-11", to="2026-04-30")
    assert "没有在计时" in error.value.reasons[0].words.zh


def test_an_anchor_that_is_corrected_keeps_what_happened_since():
    plot = (
        Plot(runs_from="on", given={"on": "2026-03-01"}).does("rest", "03-10").does("on", "03-16")
    )
    assert plot.run.due == "2026-04-07"

    plot.does("", "03-17", on="2026-03-02")

    assert plot.run.due == "2026-04-07"
    assert (plot.run.anchor, plot.run.raw) == ("2026-03-02", "2026-04-07")


def test_the_ends_of_the_calendar_are_moments_too():
    zone = ZONE
    assert end_of(date.max, zone) == LAST
    assert start_of(date.min, zone) == FIRST
    assert start_of(date(9999, 12, 31), zone) < LAST
    assert moment_text(LAST).startswith("9999")
    plot = Plot(due="on", given={"on": "9999-12-31"})
    assert limit_of(plot.run, zone) == LAST
    assert not is_over(plot.run, zone, at=MONDAY + timedelta(days=1))


def test_after_its_cap_a_clock_is_extended_from_where_it_runs():
    pauses = {"in": ["resting"], "each": "5 days"}
    plot = Plot(pauses=pauses).does("rest", "03-10")
    with pytest.raises(MoveRefused) as error:
        plot.does("more", "03-20", to="2026-04-06")
    assert "2026-04-06" in error.value.reasons[0].words.zh

    plot.does("more", "03-20", to="2026-05-06")

    assert plot.run.changes[1:] == (("run_on", "2026-03-15"), ("extend", "2026-05-06"))
    assert (plot.run.raw, plot.run.paused) == ("2026-05-06", False)
    assert plot.does("on", "03-25").run.raw == "2026-05-06"


def test_overlapping_spans_rest_each_day_once():
    plot = Plot(pauses={"in": ["resting"]}).does("rest", "03-10").does("on", "03-20")
    assert plot.run.raw == "2026-04-11"

    now = datetime(2026, 3, 21, 2, tzinfo=UTC)
    for trigger, day in (("rest", 15), ("on", 25)):
        moment = datetime(2026, 3, day, 2, tzinfo=UTC)
        plot.case = fire(
            plot.workflow, plot.case, trigger, at=plot.world, now=max(now, moment),
            occurred_at=moment, reason="补记",
        ).after  # fmt: skip

    assert plot.run.raw == "2026-04-16"


def test_months_are_extended_by_months():
    plot = Plot(within="2 months", extend={"at_most": "1 month", "times": 2})
    plot.does("more", "03-20", to="2026-05-20")

    with pytest.raises(MoveRefused) as error:
        plot.does("more", "03-21", to="2026-06-03")

    assert "2026-06-02" in error.value.reasons[0].words.zh


def test_days_that_are_used_up_extend_no_further():
    plot = Plot(extend={"at_most": "3 days", "times": 2}).does("more", "03-20", to="2026-04-04")

    with pytest.raises(MoveRefused) as error:
        plot.does("more", "03-21", to="2026-04-05")

    assert "2026-04-04" in error.value.reasons[0].words.zh
