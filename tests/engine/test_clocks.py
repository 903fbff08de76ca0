"""Clocks in a case: when they start, stop, are met, wait, begin anew and are planned anew."""

from datetime import datetime, timedelta
from typing import Any

import pytest

from engine.clockfacts import clock_facts, is_over, limit_of
from engine.values import Case, Run
from tests.builders.toys import END, field, toy
from tests.builders.worlds import MONDAY, TIMER, ZONE, case_of, fire, world

DAY = timedelta(days=1)
FIELDS = {
    "n": field("integer"), "on": field("date"), "at": field("moment"), "ok": field("boolean"),
    "rows": field("list", of={"due_on": {"type": "date"}, "done_on": {"type": "date", "optional": True}}),
}  # fmt: skip
ANYBODY = {"by": "anyone"}
STATES = {
    "asked": {
        "amends": {"by": "anyone", "fields": list(FIELDS)},
        "on": {"go": {"to": "grown", **ANYBODY}, "again": {"to": "asked", **ANYBODY}, "stay": {"to": "stay", **ANYBODY},
               "tick": {"to": "stay", "by": "clock"}, "cover": {"to": "lid", **ANYBODY}, "end": {"to": "done", **ANYBODY}},
    },
    "grown": {"amends": {"by": "anyone", "fields": list(FIELDS)}, "on": {"back": {"to": "asked", **ANYBODY}, "end": {"to": "done", **ANYBODY}, "halt": {"to": "stay", **ANYBODY}}},
    "lid": {"on": {"lift": {"to": "back", **ANYBODY}, "drop": {"to": "done", **ANYBODY}}},
    "done": {**END, "on": {"reopen": {"to": "asked", **ANYBODY}}},
}  # fmt: skip


class Way:
    """A case that goes its way, one day a move."""

    def __init__(self, *, given: Any = None, now: datetime = MONDAY, params: Any = None, **clock: Any) -> None:
        more = clock.pop("file", {})
        self.workflow = toy(
            fields=FIELDS, states=STATES, overlays={"lid": {"over": ["asked"]}}, clocks={"c": clock}, **more
        )
        self.world = world(params=params or {})
        self.case: Case = case_of(self.workflow, data=given or {}, now=now, at=self.world)
        self.now = now

    def does(self, *triggers: str, days: float = 1) -> "Way":
        for trigger in triggers:
            self.now += DAY * days
            who = TIMER if trigger == "tick" else None
            extra = {"who": who} if who else {}
            self.case = fire(self.workflow, self.case, trigger, now=self.now, at=self.world, **extra).after
        return self

    def amends(self, **data: Any) -> "Way":
        self.now += DAY
        self.case = fire(self.workflow, self.case, "", kind="amend", data=data, now=self.now, at=self.world).after
        return self

    @property
    def runs(self) -> list[tuple[str, str | None]]:
        """Return the due day and the end of every run."""
        return [(run.due, run.ended) for run in self.case.runs]


def test_a_run_starts_when_its_state_is_entered_and_keeps_what_it_was_planned_from():
    way = Way(within="5 working days", starts=["asked"])

    run = way.case.runs[0]

    assert run == Run(
        clock="c", kind="within", n=5, unit="working_days", anchor="2026-03-02", raw="2026-03-09",
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


def test_a_clock_that_starts_in_a_final_state_is_not_ended_by_it():
    assert Way(within="5 days", starts=["done"], stops="finals").does("end").runs[0][1] is None


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


def test_a_run_may_count_from_a_day_in_the_data():
    way = Way(within="2 working days", starts=["asked"], runs_from="on", given={"on": "2026-04-30"})

    assert way.runs == [("2026-05-07", None)]


def test_a_run_waits_for_the_day_it_counts_from():
    way = Way(within="5 days", starts=["asked"], runs_from="on")
    assert way.runs == []

    assert way.amends(on="2026-03-20").case.runs[0].anchor == "2026-03-20"


def test_a_moment_counts_from_its_day_in_the_office_s_zone():
    way = Way(within="5 days", starts=["asked"], runs_from="at", given={"at": "2026-03-01T16:30:00Z"})

    assert way.case.runs[0].anchor == "2026-03-02"


def test_minutes_count_from_a_moment_and_not_from_a_day():
    exact = Way(within="30 minutes", starts=["asked"], runs_from="at", given={"at": "2026-03-02 23:50"})
    vague = Way(within="30 minutes", starts=["asked"], runs_from="on", given={"on": "2026-03-02"})

    assert exact.runs == [("2026-03-02T16:20:00Z", None)]
    assert vague.runs == []


def test_a_run_is_planned_anew_when_its_day_is_changed():
    way = Way(within="5 days", starts=["asked"], runs_from="on", given={"on": "2026-03-03"})

    way.amends(on="2026-04-30")

    assert [(r.seq, r.anchor, r.raw, r.due) for r in way.case.runs] == [(1, "2026-04-30", "2026-05-05", "2026-05-06")]


def test_a_run_whose_day_is_taken_away_keeps_what_it_had():
    way = Way(within="5 days", starts=["asked"], runs_from="on", given={"on": "2026-03-03"})

    assert way.amends(on=None).case.runs[0].anchor == "2026-03-03"


def test_a_run_is_not_planned_anew_by_other_data():
    way = Way(within={"n": "=n", "unit": "days"}, starts=["asked"], given={"n": 3})

    assert way.amends(n=30).runs == [("2026-03-05", None)]


def test_a_date_in_the_data_is_due_and_follows_the_data():
    way = Way(due="on", starts=["asked"], given={"on": "2026-05-02"})
    assert (way.runs, way.case.runs[0].kind) == ([("2026-05-06", None)], "due")

    assert way.amends(on="2026-05-09").runs == [("2026-05-09", None)]


@pytest.mark.parametrize(
    ("params", "due"), [({}, "2026-03-04"), ({"term": "9 days"}, "2026-03-11"), ({"term": "1 month"}, "2026-04-02")]
)  # fmt: skip
def test_a_length_may_be_a_param_that_an_office_changes(params, due):
    file = {"params": {"term": {"value": "2 days"}}}

    assert Way(within="term", starts=["asked"], params=params, file=file).runs == [(due, None)]


@pytest.mark.parametrize(("n", "runs"), [(0, [("2026-03-02", None)]), (3, [("2026-03-05", None)])])
def test_a_length_may_be_computed(n, runs):
    assert Way(within={"n": "=n", "unit": "days"}, starts=["asked"], given={"n": n}).runs == runs


@pytest.mark.parametrize("given", [{}, {"n": -1}])
def test_a_length_that_is_unknown_or_negative_keeps_the_clock_waiting(given):
    assert Way(within={"n": "=n", "unit": "days"}, starts=["asked"], given=given).runs == []


RULES = [
    {"if": "n > 5", "within": "9 days"},
    {"if": "n > 2", "within": "6 days", "runs_from": "on", "from": "2026-01-01", "until": "2026-12-31"},
    {"if": "n > 1", "at_least": "1 day"},
    {"if": "n == 1", "due": "on"},
]


@pytest.mark.parametrize(
    ("given", "found"),
    [
        pytest.param({"n": 6}, (1, "within", "2026-03-11"), id="the first that holds"),
        pytest.param({"n": 3, "on": "2026-03-05"}, (2, "within", "2026-03-11"), id="with a day of its own"),
        pytest.param({"n": 2}, (3, "at_least", "2026-03-03"), id="another kind"),
        pytest.param({"n": 1, "on": "2026-05-02"}, (4, "due", "2026-05-06"), id="a date"),
        pytest.param({"n": 3}, None, id="its day is not known yet"),
        pytest.param({"n": 3, "on": "2025-12-31"}, None, id="before its law"),
        pytest.param({"n": 3, "on": "2027-01-01"}, None, id="after its law"),
        pytest.param({"n": 0}, None, id="no rule holds"),
        pytest.param({}, None, id="it cannot be known which rule holds"),
    ],
)
def test_the_first_rule_that_holds_plans_the_run(given, found):
    runs = Way(starts=["asked"], rules=RULES, given=given).case.runs

    assert [(r.rule, r.kind, r.due) for r in runs] == ([] if found is None else [found])


def test_the_rule_of_a_run_is_frozen():
    way = Way(starts=["asked"], rules=RULES, given={"n": 3, "on": "2026-03-05"})

    way.amends(n=9).amends(on="2026-03-06")

    assert [(r.rule, r.due) for r in way.case.runs] == [(2, "2026-03-12")]


EACH = {"each": "rows", "due": "item.due_on", "met": "item.done_on", "starts": ["asked"], "stops": "finals"}
ONE, TWO = {"due_on": "2026-03-04"}, {"due_on": "2026-03-06"}


def test_every_item_has_a_run_of_its_own_and_later_items_get_theirs():
    way = Way(given={"rows": [ONE]}, **EACH)
    assert [(r.item, r.due) for r in way.case.runs] == [(1, "2026-03-04")]

    way.amends(rows=[ONE, TWO])

    assert [(r.item, r.due, r.ended) for r in way.case.runs] == [(1, "2026-03-04", None), (2, "2026-03-06", None)]


def test_an_item_is_met_when_its_column_is_filled():
    way = Way(given={"rows": [ONE, TWO]}, **EACH)

    way.amends(rows=[ONE, {**TWO, "done_on": "2026-03-05"}])

    assert [r.ended for r in way.case.runs] == [None, "met"]
    assert [r.ended for r in way.amends(rows=[ONE, {**TWO, "done_on": "2026-03-05"}]).case.runs] == [None, "met"]


def test_an_item_done_before_its_clock_starts_owes_nothing():
    assert Way(given={"rows": [{**ONE, "done_on": "2026-03-01"}]}, **EACH).runs == []


def test_an_item_s_run_follows_the_item_s_date_and_may_be_asked_by_an_expression():
    way = Way(given={"rows": [ONE]}, **{**EACH, "met": "has(item.done_on) && item.done_on > '2026'"})

    way.amends(rows=[{"due_on": "2026-03-09"}])
    assert way.runs == [("2026-03-09", None)]

    assert way.amends(rows=[{"due_on": "2026-03-09", "done_on": "2026-03-05"}]).runs == [("2026-03-09", "met")]


def test_an_item_that_is_taken_out_leaves_its_run_as_it_was():
    way = Way(given={"rows": [ONE, TWO]}, **EACH).amends(rows=[ONE])

    assert way.runs == [("2026-03-04", None), ("2026-03-06", None)]


def run(**more: Any) -> Run:
    known = {"clock": "c", "kind": "within", "n": 5, "unit": "days", "anchor": "2026-03-02", "raw": "2026-03-07",
             "due": "2026-03-09", "started_at": "2026-03-02T02:00:00Z"}  # fmt: skip
    return Run(**{**known, **more})  # type: ignore[arg-type]


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
    minutes = run(unit="minutes", due="2026-03-02T02:30:00Z")

    assert limit_of(minutes, ZONE).isoformat() == "2026-03-02T02:30:00+00:00"
    assert limit_of(run(), ZONE).isoformat() == "2026-03-09T16:00:00+00:00"
    assert is_over(minutes, ZONE, at=limit_of(minutes, ZONE))
    assert not is_over(minutes, ZONE, at=limit_of(minutes, ZONE) - timedelta(seconds=1))


@pytest.mark.parametrize("days", [3, 4])
def test_a_guard_reads_the_clock_at_the_day_the_move_happened(days):
    states = {"asked": {"on": {"go": {"to": "done", "by": "anyone", "when": "clocks.c.elapsed && !clocks.c.overdue"}}}}
    workflow = toy(states=states, clocks={"c": {"at_least": "3 days", "starts": ["asked"]}})
    case = case_of(workflow)
    from engine.errors import MoveRefused

    try:
        granted = fire(workflow, case, "go", now=MONDAY + DAY * 9, occurred_at=MONDAY + DAY * days).after.state == "done"
    except MoveRefused:
        granted = False

    assert granted is (days == 4)
