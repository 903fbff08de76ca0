"""Rungs that are due: once each, caught up with, after quiet hours; nothing goes stale."""

from datetime import UTC, datetime
from typing import Any

import pytest

from engine.case.errors import MoveRefused
from engine.case.fold import fold
from tests.builders.clock_cases import ITEMS, NEXT, Garden, rungs_in
from tests.builders.club_worlds import GARDENER, TIMER, fire, opened, variant_of


def test_each_rung_rings_at_its_moment_and_only_once():
    garden = Garden()

    assert garden.told(2, 10) == [("start", ("er", "gao"))]
    assert garden.told(6) == []
    assert garden.told(7) == [("50%", ("er", "gao"))]
    assert garden.told(11) == [("due - 1 working day", ("tou",))]
    assert garden.told(12) == []
    assert garden.told(13) == [("due", ("er", "gao"))]
    assert garden.told(18) == [("due + 3 working days", ("hua",))]
    assert garden.told(31) == []


def test_a_clock_without_a_ladder_and_a_run_that_ended_owe_nothing():
    garden = Garden(rungs=[])
    assert garden.rung(31) is None

    garden = Garden()
    garden.case = fire(garden.workflow, garden.case, "lapse", TIMER, at=garden.world).after
    assert garden.rung(31) is None


def test_an_event_tells_what_rang_and_the_case_is_still_the_fold():
    garden = Garden()
    first = variant_of(garden.workflow, GARDENER, at=garden.world)
    rung = garden.rung(13)

    assert rung is not None
    event = rung.step.event
    assert (event.kind, event.actor, event.seq) == ("rung", "clock", 2)
    assert rungs_in(rung)[-1] == {
        "clock": "c", "run": 1, "rung": "due", "at": "2026-03-12T16:00:00Z", "mark": "overdue",
    }  # fmt: skip
    assert rung.step.after.revision == 2
    assert rung.step.after.acted == 1
    assert first == rung.step.before


def test_what_a_person_saw_is_not_stale_because_a_rung_rang():
    garden = Garden(given={"ok": True})
    garden.rung(13)

    step = fire(garden.workflow, garden.case, "go", GARDENER, at=garden.world, revision=1)

    assert step.after.state == "done"


@pytest.mark.parametrize("revision", [0, 3])
def test_what_was_never_there_or_is_to_come_is_stale(revision):
    garden = Garden(given={"ok": True})
    garden.rung(13)

    with pytest.raises(MoveRefused) as error:
        fire(garden.workflow, garden.case, "go", GARDENER, at=garden.world, revision=revision)

    assert error.value.reasons[0].code == "move.conflict"


@pytest.mark.parametrize(
    ("catch_up", "told"),
    [
        pytest.param(
            "once",
            [("due - 1 working day", ("tou",)), ("due", ("er", "gao")), ("due + 3 working days", ("hua",))],
            id="once: everybody hears once, of the newest rung that names them",
        ),
        pytest.param(
            "each",
            [
                ("start", ("er", "gao")), ("50%", ("er", "gao")), ("due - 1 working day", ("tou",)),
                ("due", ("er", "gao")), ("due + 3 working days", ("hua",)),
            ],
            id="each",
        ),
        pytest.param("skip", [("due + 3 working days", ("hua",))], id="skip: only the newest"),
    ],
)  # fmt: skip
def test_rungs_that_were_missed_are_caught_up_with(catch_up, told):
    garden = Garden(ladder={"catch_up": catch_up})

    assert garden.told(31) == told
    assert garden.told(31) == []
    assert len(garden.case.runs[0].fired) == 5


@pytest.mark.parametrize(
    ("hour", "quiet", "sent"),
    [
        pytest.param(0, ("22:00", "08:00"), "2026-03-07T00:00:00Z", id="after midnight"),
        pytest.param(23, ("22:00", "08:00"), "2026-03-08T00:00:00Z", id="before midnight"),
        pytest.param(9, ("22:00", "08:00"), "2026-03-07T01:00:00Z", id="by day"),
        pytest.param(13, ("12:00", "14:30"), "2026-03-07T06:30:00Z", id="at noon"),
        pytest.param(15, ("12:00", "14:30"), "2026-03-07T07:00:00Z", id="after noon"),
    ],
)
def test_an_alert_is_owed_at_its_moment_and_leaves_after_quiet_hours(hour, quiet, sent):
    begin, end = quiet
    garden = Garden(
        rungs=[{"at": "50%", "tell": ["assignee"]}],
        ladder={"quiet": {"from": begin, "until": end}},
    )

    (alert,) = garden.alerts(7, hour)

    assert (alert.at, alert.send_at) == ("2026-03-06T16:00:00Z", sent)


def test_without_quiet_hours_an_alert_leaves_at_once():
    (alert,) = Garden(rungs=[{"at": "50%", "tell": ["assignee"]}], ladder={"quiet": "none"}).alerts(
        7
    )

    assert alert.send_at == alert.at
    assert (alert.due, alert.provisional, alert.item, alert.run) == ("2026-03-12", False, 0, 1)


def test_dating_back_past_an_alert_needs_a_reason():
    garden = Garden(given={"ok": True})
    garden.rung(7)
    back = datetime(2026, 3, 5, tzinfo=UTC)

    with pytest.raises(MoveRefused) as error:
        fire(
            garden.workflow,
            garden.case,
            "go",
            GARDENER,
            at=garden.world,
            now=NEXT,
            occurred_at=back,
        )

    assert error.value.reasons[0].code == "move.missing"
    assert error.value.reasons[0].names == ("reason",)
    done = fire(
        garden.workflow, garden.case, "go", GARDENER, at=garden.world, now=NEXT, occurred_at=back,
        reason="当天已办，系统停机",
    ).after  # fmt: skip
    assert done.state == "done"


def test_the_events_of_rungs_and_re_plans_fold_to_the_case():
    garden = Garden()
    events = []
    for day in (2, 7, 13):
        found = garden.rung(day, 11)
        assert found is not None
        events.append(found.step.event)
    first = open_event(garden)

    assert fold([first, *events]) == garden.case
    assert garden.case.acted == 1


def open_event(garden: Garden) -> Any:
    """Return the event with which the case was opened."""
    return opened(garden.workflow, GARDENER, at=garden.world).event


def test_a_date_in_the_data_is_told_of_before_it_comes_but_not_before_its_clock_ran():
    rungs = [
        {"at": "due - 20 days", "tell": ["head"]},
        {"at": "due - 3 days", "tell": ["gardener"]},
    ]
    garden = Garden(rungs=rungs, clock=ITEMS, given={"rows": [{"due_on": "2026-03-13"}]})

    assert garden.told(9) == []
    assert garden.told(10) == [("due - 3 days", ("er", "gao"))]


def test_a_rung_of_hours_fires_nothing_on_days_that_are_not_announced():
    garden = Garden(
        rungs=[{"at": "due + 250 working days", "fire": "lapse"}], clock={"within": "3 hours"}
    )

    rung = garden.rung(400)

    assert rung is not None
    assert rung.acts == ()
    assert [one["refused"] for one in rungs_in(rung)] == ["clock.provisional"]
    assert garden.rung(401) is None
