"""APScheduler: when its jobs fire, computed for given moments; nothing here waits for a clock."""

import logging
from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from heyi.app.app import App
from heyi.app.office.schedule import ROUNDS, ScheduledRound
from heyi.bootstrap import rounds_of
from heyi.orchestration.ringing import BY, STAND_IN, Ringer, trigger_of
from storage.kernel.errors import StorageBusy
from tests.orchestration.watch_office import NOW, open_cases, told

SHANGHAI = ZoneInfo("Asia/Shanghai")
YORK = ZoneInfo("America/New_York")
SWEEP = ScheduledRound(round="sweep-clocks", every=timedelta(seconds=30))
NIGHTLY = ScheduledRound(round="verify-history", every=timedelta(days=1), at=time(2))


@pytest.fixture
def ringer(app: App) -> Ringer:
    return Ringer(rounds_of(app), clock=app.clock, zone=app.zone)


def by(app: App, name: str) -> str | None:
    with app.store.read() as work:
        last = work.rounds.last(name)
    return last.by if last else None


def test_a_bell_that_rings_all_day_is_an_interval():
    trigger = trigger_of(SWEEP, SHANGHAI)
    first = trigger.get_next_fire_time(None, NOW)

    assert isinstance(trigger, IntervalTrigger)
    assert trigger.get_next_fire_time(first, first) - first == timedelta(seconds=30)


@pytest.mark.parametrize(
    ("zone", "now", "expected"),
    [
        pytest.param(SHANGHAI, "2026-03-09T10:00+08:00", "2026-03-10T02:00+08:00", id="tomorrow night"),
        pytest.param(SHANGHAI, "2026-03-09T01:00+08:00", "2026-03-09T02:00+08:00", id="tonight"),
        pytest.param(YORK, "2026-03-08T00:30-05:00", "2026-03-08T03:00-04:00", id="an hour that is skipped"),
        pytest.param(YORK, "2026-11-01T00:30-04:00", "2026-11-01T02:00-05:00", id="after the hour that comes twice"),
    ],
)  # fmt: skip
def test_a_daily_bell_follows_the_wall_clock_of_the_office(zone, now, expected):
    trigger = trigger_of(NIGHTLY, zone)

    found = trigger.get_next_fire_time(None, datetime.fromisoformat(now))

    assert isinstance(trigger, CronTrigger)
    assert found.astimezone(UTC) == datetime.fromisoformat(expected).astimezone(UTC)


def test_every_round_is_a_job_that_runs_once_at_a_time_and_is_never_skipped(ringer):
    scheduler = ringer.schedule()

    jobs = {job.id: job for job in scheduler.get_jobs()}
    assert set(jobs) == {*ROUNDS, "heartbeat"}
    assert not scheduler.running
    scheduler.start(paused=True)
    try:
        for job in jobs.values():
            assert (job.max_instances, job.coalesce, job.misfire_grace_time) == (1, True, None)
    finally:
        scheduler.shutdown()


def test_what_is_owed_at_the_start_rings_at_once(ringer, app):
    ringer.rounds.ring("verify-history", by="test", clock=app.clock)

    due = {job.id: getattr(job, "next_run_time", None) for job in ringer.schedule().get_jobs()}

    assert due["sweep-clocks"] == NOW
    # Verified just now: it waits for its hour.
    assert due["verify-history"] is None


def test_a_ring_takes_the_round_and_says_who_rang(ringer, app):
    cases = open_cases(app, 3)

    done = ringer.ring(SWEEP)

    assert done.counts["rungs"] == 3
    assert by(app, "sweep-clocks") == BY
    assert set(told(app, cases).values()) == {1}


def test_a_failure_is_logged_by_its_code_and_the_bell_lives_on(ringer, monkeypatch, caplog):
    def fail(*_given: object, **_named: object) -> None:
        detail = "张三 is locked"
        raise StorageBusy(detail)

    monkeypatch.setattr(ringer.rounds, "ring", fail)

    done = ringer.ring(SWEEP)

    assert (done.ok, done.note) == (False, "failed: storage.busy")
    assert "storage.busy" in caplog.text
    assert "张三" not in caplog.text


def test_a_round_that_found_something_is_logged_as_an_error(ringer, app, caplog):
    cases = open_cases(app, 1)
    with app.store.write() as work:
        work.cases._transaction.connection.exec_driver_sql(
            f"UPDATE case_row SET state = 'done' WHERE id = '{cases[0]}'"
        )

    with caplog.at_level(logging.ERROR, "heyi.rounds"):
        ringer.ring(NIGHTLY)

    assert "verify-history" in caplog.text


def test_a_stand_in_keeps_silent_while_somebody_else_rings(ringer, app):
    ringer.by = STAND_IN
    ringer.rounds.ring("sweep-clocks", by="prefect", clock=app.clock)

    ringer.stand_in(ringer.rounds.schedule[0])

    assert by(app, "sweep-clocks") == "prefect"


def test_a_stand_in_rings_what_was_missed_and_says_so(app, caplog):
    rounds = rounds_of(app)
    rounds.ring("sweep-clocks", by="prefect", clock=app.clock)
    ringer = Ringer(rounds, clock=lambda: NOW + timedelta(minutes=1), zone=app.zone, by=STAND_IN)

    ringer.stand_in(rounds.schedule[0])

    assert by(app, "sweep-clocks") == STAND_IN
    assert "Prefect has not rung 'sweep-clocks'" in caplog.text


def test_a_stand_in_looks_at_every_bell_as_often_as_the_quickest_rings(ringer):
    jobs = {job.id: job for job in ringer.schedule_stand_in().get_jobs()}

    assert set(jobs) == {*ROUNDS, "heartbeat"}
    assert {job.trigger.interval for job in jobs.values()} == {timedelta(seconds=30)}


def test_whoever_stops_rings_no_more(ringer, app):
    ringer.stopping.set()

    ringer.stand_in(ringer.rounds.schedule[0])

    assert by(app, "sweep-clocks") is None


def test_a_database_that_is_away_stops_neither_the_greeting_nor_the_stand_in(ringer, monkeypatch, caplog):  # fmt: skip
    def fail(*_given: object, **_named: object) -> None:
        detail = "away"
        raise StorageBusy(detail)

    monkeypatch.setattr(ringer.rounds, "is_missed", fail)
    monkeypatch.setattr(ringer.rounds, "heartbeat", fail)

    ringer.stand_in(SWEEP)
    ringer.heartbeat()

    assert caplog.text.count("storage.busy") == 2


def test_the_side_that_went_silent_is_named_by_the_other(ringer, app, caplog):
    ringer.rounds.heartbeat("prefect", now=NOW - timedelta(hours=1))

    ringer.heartbeat()

    assert "prefect has not been heard since" in caplog.text
