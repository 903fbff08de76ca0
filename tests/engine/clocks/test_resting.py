"""Clocks of a case that rest and are extended: states, caps, refusals, what is scheduled."""

from dataclasses import replace
from datetime import UTC, date, datetime

from engine.case.values import Scheduled
from engine.clocks.scheduling import schedule
from engine.facts.clocks import current, is_over, rest_ends
from engine.time.times import end_of, start_of
from tests.builders.club_worlds import MONDAY, ZONE, fire, variant_of
from tests.builders.paused_cases import ANYBODY, Plot
from tests.builders.shelves import national
from tests.builders.toy_workflows import END, toy


def test_a_clock_rests_while_an_overlay_lies_over_its_state():
    plot = Plot().does("rest", "03-10")
    assert (plot.run.paused, plot.run.due) == (True, "2026-04-01")
    assert plot.run.changes == (("pause", "2026-03-10"),)
    assert plot.facts("03-12T10:00") == {
        "running": True, "paused": True, "elapsed": False, "overdue": False, "met": False,
    }  # fmt: skip

    plot.does("on", "03-16")

    assert (plot.run.paused, plot.run.due) == (False, "2026-04-07")
    assert plot.run.changes == (("pause", "2026-03-10"), ("resume", "2026-03-16"))


def test_one_overlay_over_another_is_one_span():
    plot = Plot().does("rest", "03-10").does("fear", "03-12").does("calm", "03-14")
    assert plot.run.changes == (("pause", "2026-03-10"),)

    assert plot.does("on", "03-16").run.due == "2026-04-07"


def test_a_run_that_starts_where_it_rests_rests_from_its_first_day():
    plot = Plot(starts=["resting"], stops="finals").does("rest", "03-10")

    assert plot.run.changes == (("pause", "2026-03-10"),)
    assert plot.does("on", "03-12").run.due == "2026-04-13"


def test_a_rule_of_a_clock_may_rest_nowhere():
    plot = Plot(rules=[{"if": "true", "pauses": "none"}]).does("rest", "03-10")

    assert (plot.run.changes, plot.run.each) == ((), "")


def test_caps_may_be_params_and_are_frozen():
    params = {"rest_term": {"value": "5 days", "label": {"zh": "限"}}}
    plot = Plot(pauses={"in": ["resting"], "each": "rest_term"}, params=params)

    assert (plot.run.each, plot.run.all) == ("5 days", "")


def test_a_group_stands_for_its_states():
    workflow = toy(
        states={"asked": {"on": {"go": {"to": "grown", **ANYBODY}}}, "grown": {"on": {"end": {"to": "done", **ANYBODY}}}, "done": END},
        groups={"late": {"states": ["grown"], "on": {}}},
        clocks={"c": {"within": "3 days", "starts": ["asked"], "stops": "finals", "pauses": {"in": ["late"]}}},
    )  # fmt: skip
    case = fire(workflow, variant_of(workflow, now=MONDAY), "go", now=MONDAY).after

    assert case.runs[0].paused


def test_at_its_cap_a_clock_runs_on_though_the_case_stays():
    plot = Plot(pauses={"in": ["resting"], "each": "5 days"}).does("rest", "03-10")

    assert (plot.run.until, plot.run.later) == ("2026-03-15", "2026-04-07")
    assert plot.facts("03-15T23:59")["paused"]
    assert not plot.facts("03-16T00:00")["paused"]
    assert not plot.facts("04-07T23:59")["overdue"]
    assert plot.facts("04-08T00:00")["overdue"]
    late = current(plot.run, ZONE, at=datetime(2026, 3, 20, tzinfo=UTC))
    assert (late.due, late.paused, late.later) == ("2026-04-07", False, None)


def test_a_clock_that_rests_without_a_cap_is_never_over():
    plot = Plot(pauses={"in": ["resting"]}).does("rest", "03-10")

    assert rest_ends(plot.run, ZONE) is None
    assert not is_over(plot.run, ZONE, at=datetime(2030, 1, 1, tzinfo=UTC))
    assert schedule(plot.workflow, (), plot.case.runs, calendar=national(), zone=ZONE) == (
        Scheduled(clock="c", item=0, seq=1, open=True),
    )


def test_a_run_that_ended_while_it_rested_is_not_over():
    plot = Plot(pauses={"in": ["resting"]}).does("rest", "03-10").does("end", "06-10")

    assert plot.run.ended == "stopped"
    assert not plot.facts("12-01T00:00")["elapsed"]


def test_the_schedule_says_when_a_resting_run_is_due_and_rings_at_the_latest():
    rungs = [{"at": "50%", "tell": ["gardener"]}, {"at": "due", "mark": "overdue"}]
    pauses = {"in": ["resting"], "each": "5 days"}
    plot = Plot(pauses=pauses, rungs=rungs).does("rest", "03-10")

    (one,) = schedule(plot.workflow, (), plot.case.runs, calendar=national(), zone=ZONE)

    assert one.due_at == end_of(date(2026, 4, 7), ZONE)
    assert one.next_at == start_of(date(2026, 3, 22), ZONE)


def test_only_what_changed_is_scheduled():
    plot = Plot()
    runs = plot.case.runs

    assert schedule(plot.workflow, runs, runs, calendar=national(), zone=ZONE) == ()
    ended = (replace(runs[0], ended="stopped"),)
    assert schedule(plot.workflow, runs, ended, calendar=national(), zone=ZONE) == (
        Scheduled(clock="c", item=0, seq=1, open=False),
    )


def test_minutes_rest_to_the_second():
    plot = Plot(within="600 minutes", extend=None).does("rest", "03-02")
    assert plot.run.changes[0][1] == "2026-03-02T02:00:00Z"

    assert plot.does("on", "03-03").run.due == "2026-03-03T12:00:00Z"
