"""What rungs have the clock do, never on a provisional day; what a new calendar moves."""

from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest

from engine.case.errors import MoveRefused
from engine.case.values import Actor
from engine.clocks.replan import replan
from engine.clocks.ring import Act, ring
from tests.builders.clock_cases import ITEMS, NEXT, Garden, alerts_in, rungs_in, take
from tests.builders.club_worlds import GARDENER, HEAD, MONDAY, fire
from tests.builders.shelves import national


def test_a_rung_fires_as_the_clock_and_tells_nobody_by_itself():
    garden = Garden(rungs=[{"at": "due", "fire": "lapse"}])

    rung = garden.rung(13)

    assert rung is not None
    assert rung.step.effects == ()
    (act,) = rung.acts
    assert act == Act(kind="fire", trigger="lapse", cause="c[0].1:0@2026-03-12T16:00:00Z")
    assert take(garden, act, NEXT).state == "done"
    assert garden.rung(14) is None


def test_an_act_that_was_refused_is_noted_not_repeated_and_told():
    garden = Garden(rungs=[{"at": "due", "fire": "lapse"}])
    refused = {"c[0].1:0@2026-03-12T16:00:00Z": "move.guard"}

    rung = garden.rung(13, refused=refused)

    assert rung is not None
    assert rung.acts == ()
    assert rungs_in(rung)[0]["refused"] == "move.guard"
    (alert,) = alerts_in(rung)
    assert (alert.mark, alert.persons) == ("refused", ("er", "gao"))
    assert garden.rung(14) is None


def test_a_rung_proposes_and_tells_those_who_may_sign():
    garden = Garden(rungs=[{"at": "due", "propose": "go"}], given={"ok": True})

    rung = garden.rung(13)

    assert rung is not None
    assert [alert.persons for alert in alerts_in(rung)] == [("er", "gao")]
    garden.case = take(garden, rung.acts[0], NEXT)
    (proposal,) = garden.case.proposals
    assert (proposal.by, proposal.needs, proposal.signed) == ("clock", ("gardener",), ())
    signed = fire(garden.workflow, garden.case, "go", GARDENER, kind="sign", at=garden.world).after
    assert signed.state == "done"


@pytest.mark.parametrize(
    ("trigger", "given", "code"),
    [
        pytest.param("go", {}, "move.guard", id="its guard does not hold"),
        pytest.param("lapse", {}, "move.guard", id="nobody could sign"),
        pytest.param("lift", {}, "move.state", id="it is not offered"),
    ],
)
def test_a_clock_cannot_propose_what_the_rules_refuse(trigger, given, code):
    garden = Garden(given=given)

    with pytest.raises(MoveRefused) as error:
        take(garden, Act(kind="propose", trigger=trigger, cause=""), NEXT)

    assert error.value.reasons[0].code == code


def test_a_move_is_proposed_once():
    garden = Garden(given={"ok": True})
    act = Act(kind="propose", trigger="go", cause="")
    garden.case = take(garden, act, NEXT)

    with pytest.raises(MoveRefused) as error:
        take(garden, act, NEXT)

    assert error.value.reasons[0].code == "move.duplicate"


@pytest.mark.parametrize("who", [GARDENER, HEAD, Actor(id="gao", kind="link")])
def test_only_a_clock_proposes_in_its_own_name(who):
    garden = Garden(given={"ok": True})

    with pytest.raises(MoveRefused) as error:
        fire(garden.workflow, garden.case, "go", who, kind="propose", at=garden.world)

    assert error.value.reasons[0].code == "move.role"


DECEMBER = datetime(2026, 12, 28, 2, 0, tzinfo=UTC)


def test_nothing_is_fired_on_a_provisional_day_until_the_calendar_is_known():
    garden = Garden(rungs=[{"at": "due", "fire": "lapse"}], now=DECEMBER)
    due = datetime(2027, 1, 8, tzinfo=UTC)

    rung = ring(garden.workflow, garden.case, now=due, world=garden.world, office=garden.office)

    assert rung is not None
    assert rung.acts == ()
    assert rungs_in(rung)[0]["refused"] == "clock.provisional"
    assert [alert.provisional for alert in alerts_in(rung)] == [True]
    again = ring(
        garden.workflow, rung.step.after, now=due, world=garden.world, office=garden.office
    )
    assert again is None
    known = replace(garden.world, calendar=replace(national(), announced_through=due.date()))
    planned = replan(garden.workflow, rung.step.after, now=due, world=known)
    assert planned is not None
    fired = ring(garden.workflow, planned.after, now=due, world=known, office=garden.office)
    assert fired is not None
    assert [act.trigger for act in fired.acts] == ["lapse"]


def test_a_calendar_that_changes_nothing_plans_nothing_anew():
    garden = Garden()

    assert replan(garden.workflow, garden.case, now=MONDAY, world=garden.world) is None


def test_a_new_holiday_moves_the_due_day_with_an_event():
    garden = Garden()
    off = {**national().off, datetime(2026, 3, 12, tzinfo=UTC).date(): "节"}
    new = replace(garden.world, calendar=replace(national(), off=off))

    step = replan(garden.workflow, garden.case, now=MONDAY, world=new)

    assert step is not None
    assert step.event.kind == "replanned"
    assert step.event.public["moved"] == [
        {"clock": "c", "run": 1, "from": "2026-03-12", "to": "2026-03-13"}
    ]
    assert step.after.runs[0].due == "2026-03-13"
    assert step.schedule[0].open


def test_a_re_planned_item_is_named_and_marked_as_provisional():
    garden = Garden(clock=ITEMS, given={"rows": [{"due_on": "2026-03-12"}]})
    short = replace(national(), announced_through=MONDAY.date())

    step = replan(
        garden.workflow, garden.case, now=MONDAY, world=replace(garden.world, calendar=short)
    )

    assert step is not None
    moved: Any = step.event.public["moved"]
    assert (moved[0]["item"], moved[0]["provisional"]) == (1, True)
