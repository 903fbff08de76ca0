"""Clocks in a case: when they start, stop, are met, wait, begin anew and are planned anew."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from engine.case.values import Run
from engine.facts.clocks import clock_facts, is_over, limit_of
from engine.time.units import TimeUnit
from tests.builders.club_worlds import MONDAY, ZONE, fire, variant_of
from tests.builders.daily_cases import DAY, Way
from tests.builders.toy_workflows import toy


def test_a_run_starts_when_its_state_is_entered_and_keeps_what_it_was_planned_from():
    way = Way(within="5 working days", starts=["asked"])

    run = way.case.runs[0]

    assert run == Run(
        clock="c", kind="within", n=5, unit=TimeUnit.WORKING_DAYS, anchor="2026-03-02", raw="2026-03-09",
        due="2026-03-09", started_at="2026-03-02T02:00:00Z",
    )  # fmt: skip


@pytest.mark.parametrize(
    ("moves", "ends"),
    [
        pytest.param(["go"], ["stopped"], id="leaving its state ends it"),
        pytest.param(["stay"], [None], id="staying does not"),
        pytest.param(["again"], [None], id="coming in again does not start a second"),
        pytest.param(["cover"], [None], id="an overlay ends nothing"),
        pytest.param(["cover", "lift"], [None], id="nor does coming back from it"),
        pytest.param(["cover", "drop"], ["stopped"], id="leaving for good does"),
        pytest.param(["go", "back"], ["stopped", None], id="entered anew, a second run starts"),
    ],
)
def test_by_default_a_run_ends_when_its_starting_states_are_left(moves, ends):
    assert [end for _due, end in Way(within="5 days", starts=["asked"]).does(*moves).runs] == ends


@pytest.mark.parametrize(
    ("stops", "moves", "end"),
    [
        pytest.param("finals", ["go"], None, id="finals: not by leaving"),
        pytest.param("finals", ["go", "end"], "stopped", id="finals: by the end"),
        pytest.param("none", ["go", "end"], None, id="none: never"),
        pytest.param(["grown"], ["go"], "stopped", id="a state"),
        pytest.param(["grown"], ["end"], "stopped", id="a state, or the end"),
        pytest.param([{"move": "halt"}], ["go"], None, id="a move that was not made"),
        pytest.param([{"move": "halt"}], ["go", "halt"], "stopped", id="a move"),
    ],
)
def test_a_run_ends_where_the_file_says(stops, moves, end):
    assert Way(within="5 days", starts=["asked"], stops=stops).does(*moves).runs[0][1] == end


def test_a_clock_started_by_a_move_runs_on_through_the_states_until_the_end():
    way = Way(within="5 days", starts=[{"move": "go"}])
    assert way.runs == []

    way.does("go", "back")
    assert way.runs == [("2026-03-09", None)]
    assert way.does("end").runs[0][1] == "stopped"


def test_the_move_that_ends_the_case_starts_no_clock_that_the_end_would_stop():
    assert Way(within="5 days", starts=[{"move": "end"}]).does("end").runs == []
    assert Way(within="5 days", starts=[{"move": "end"}], stops="none").does("end").runs != []


def test_a_clock_that_starts_in_a_final_state_is_not_ended_by_it():
    assert Way(within="5 days", starts=["done"], stops="finals").does("end").runs[0][1] is None


@pytest.mark.parametrize(("more", "runs"), [({}, 0), ({"stops": "none"}, 1)])
def test_what_a_final_state_ends_the_move_into_it_does_not_begin(more, runs):
    way = Way(within="5 days", starts=[{"move": "end"}], **more).does("end")

    assert len(way.runs) == runs


def test_again_restart_ends_the_old_run_and_starts_another():
    way = Way(within="5 days", starts=[{"move": "stay"}], again="restart").does("stay", "stay")

    assert [(r.seq, r.ended) for r in way.case.runs] == [(1, "restarted"), (2, None)]


def test_a_minimum_that_was_reached_stays_reached():
    way = Way(at_least="2 days", starts=["asked"], stops="finals").does("go", days=5)

    way.does("back")

    assert way.runs == [("2026-03-04", None)]


def test_a_minimum_that_was_stopped_before_it_was_reached_starts_anew():
    way = Way(at_least="9 days", starts=["asked"]).does("go", "back")

    assert [end for _due, end in way.runs] == ["stopped", None]


def test_a_minimum_that_was_stopped_after_it_was_reached_does_not_start_anew():
    way = Way(at_least="1 day", starts=["asked"]).does("go", days=5).does("back")

    assert [end for _due, end in way.runs] == ["stopped"]


def test_a_minimum_that_was_reached_may_be_restarted_where_the_file_says_so():
    way = Way(at_least="1 day", starts=["asked"], again="restart").does("go", days=5).does("back")

    assert [end for _due, end in way.runs] == ["stopped", None]


@pytest.mark.parametrize(("days", "end"), [(1, "met"), (9, "met_late")])
def test_a_run_is_met_in_time_or_late(days, end):
    way = Way(within="5 days", starts=["asked"], met="filled.n")
    way.now += DAY * (days - 1)

    assert way.amends(n=1).runs[0][1] == end


def test_a_minimum_is_never_met_late():
    way = Way(at_least="1 day", starts=["asked"], met="filled.n")
    way.now += DAY * 9

    assert way.amends(n=1).runs[0][1] == "met"


def test_met_is_asked_before_stops():
    way = Way(within="5 days", starts=["asked"], met="state == 'grown'").does("go")

    assert way.runs[0][1] == "met"


def test_a_clock_waits_for_its_condition_and_runs_from_the_day_it_holds():
    way = Way(within="5 days", starts=["asked"], when="ok")
    assert (way.runs, way.case.armed) == ([], ("c",))

    way.amends(ok=True)

    assert (way.case.runs[0].anchor, way.case.armed) == ("2026-03-03", ())


def test_a_clock_that_waits_and_is_stopped_waits_no_more():
    way = Way(within="5 days", starts=["asked"], when="ok").does("go").amends(ok=True)

    assert (way.runs, way.case.armed) == ([], ())


def run(**more: Any) -> Run:
    known = {"clock": "c", "kind": "within", "n": 5, "unit": TimeUnit.DAYS, "anchor": "2026-03-02", "raw": "2026-03-07",
             "due": "2026-03-09", "started_at": "2026-03-02T02:00:00Z"}  # fmt: skip
    return Run(**{**known, **more})


def facts(*runs: Run, now: str = "2026-03-05T00:00:00+08:00") -> set[str]:
    found = clock_facts(runs, "c", now=datetime.fromisoformat(now), zone=ZONE)
    return {name for name, holds in found.items() if holds}


LATE, MET = "2026-03-10T00:00:00+08:00", {"ended": "met", "ended_at": "2026-03-04T00:00:00Z"}


@pytest.mark.parametrize(
    ("runs", "now", "holds"),
    [
        pytest.param([], LATE, set(), id="never ran"),
        pytest.param([run()], "2026-03-09T23:59:59+08:00", {"running"}, id="the last second of the due day"),
        pytest.param([run()], LATE, {"running", "elapsed", "overdue"}, id="24:00 of the due day"),
        pytest.param([run(kind="at_least")], LATE, {"running", "elapsed"}, id="a minimum is never overdue"),
        pytest.param([run(**MET)], LATE, {"met"}, id="met in time: neither elapsed nor overdue"),
        pytest.param([run(ended="met_late", ended_at="2026-03-20T00:00:00Z")], "2026-04-01T00:00:00Z", {"met", "elapsed"}, id="met late"),
        pytest.param([run(ended="stopped", ended_at="2026-03-20T00:00:00Z")], "2026-04-01T00:00:00Z", {"elapsed"}, id="stopped after its time"),
        pytest.param([run(**MET), run(seq=2)], "2026-03-05T00:00:00Z", {"running"}, id="the newest run speaks"),
        pytest.param([run(item=1, **MET), run(item=2)], LATE, {"running", "overdue"}, id="several items: any runs, all are met"),
        pytest.param([run(item=1, **MET), run(item=2, **MET)], LATE, {"met"}, id="all items met"),
        pytest.param([run(clock="other")], LATE, set(), id="another clock's run"),
    ],
)  # fmt: skip
def test_what_guards_may_know_of_a_clock(runs, now, holds):
    assert facts(*runs, now=now) == holds


def test_minutes_are_over_at_their_moment_and_days_at_midnight():
    minutes = run(unit=TimeUnit.MINUTES, due="2026-03-02T02:30:00Z")

    assert limit_of(minutes, ZONE).isoformat() == "2026-03-02T02:30:00+00:00"
    assert limit_of(run(), ZONE).isoformat() == "2026-03-09T16:00:00+00:00"
    assert is_over(minutes, ZONE, at=limit_of(minutes, ZONE))
    assert not is_over(minutes, ZONE, at=limit_of(minutes, ZONE) - timedelta(seconds=1))


@pytest.mark.parametrize("days", [3, 4])
def test_a_guard_reads_the_clock_at_the_day_the_move_happened(days):
    states = {
        "asked": {
            "on": {
                "go": {
                    "to": "done",
                    "by": "anyone",
                    "when": "clocks.c.elapsed && !clocks.c.overdue",
                }
            }
        }
    }
    workflow = toy(states=states, clocks={"c": {"at_least": "3 days", "starts": ["asked"]}})
    case = variant_of(workflow)
    from engine.case.errors import MoveRefused

    try:
        granted = (
            fire(
                workflow, case, "go", now=MONDAY + DAY * 9, occurred_at=MONDAY + DAY * days
            ).after.state
            == "done"
        )
    except MoveRefused:
        granted = False

    assert granted is (days == 4)


def test_a_run_that_is_met_as_it_starts_begins_and_ends_in_one_event():
    way = Way(within="5 days", starts=["grown"], met="ok", given={"ok": True}).does("go")

    assert [run.ended for run in way.case.runs] == ["met"]
