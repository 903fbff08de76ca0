"""The six rounds without any framework: in batches, noted, and noticed when they are not."""

from collections.abc import Iterator
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest

from heyi.app.office.models import RoundView
from heyi.app.office.rounds import Batch, Rounds, Tally, failure, summary
from heyi.app.office.schedule import ROUNDS, ScheduledRound, heartbeat_of, whole_schedule
from heyi.app.office.schedulecheck import listen, silent_sides
from storage.kernel.errors import StorageBusy
from storage.kernel.timerecords import Round
from storage.work import Store
from tests.builders.errand_office import MASTER, ZONE, Errands, at, furnished
from tests.builders.recurring_cases import PUBLISHED, circuit, furnish, publish

OPENED = at("2026-06-01 09:00")
PART = at("2026-06-08 08:00")
SCHEDULE = whole_schedule(ring=timedelta(seconds=30), digest_at=time(8, 30), verify_at=time(2))


@pytest.fixture
def office(url: str) -> Iterator[Errands]:
    with Store(url, MASTER) as store:
        yield furnished(store)


def rounds_of(office: Errands, *, size: int = 500, now: datetime = PART) -> Rounds:
    return Rounds(office.cases, SCHEDULE, deliveries=lambda: office.deliveries(now), size=size)


def ring(rounds: Rounds, name: Any, now: datetime = PART, **more: Any) -> RoundView:
    return rounds.ring(name, by="test", clock=lambda: now, **more)


def last(office: Errands, name: str) -> Round:
    with office.store.read() as work:
        found = work.rounds.last(name)
    assert found is not None
    return found


def kinds(rounds: Rounds, now: datetime) -> dict[str, str]:
    with rounds.cases.store.read() as work:
        return {one.name: one.kind for one in rounds.heard(work, now=now)}


@pytest.mark.parametrize("name", ROUNDS)
def test_a_round_without_work_ends_well_and_is_noted(office, name):
    rounds = rounds_of(office)

    done = ring(rounds, name)

    assert (done.round, done.ok, done.batches) == (name, True, 1)
    assert not any(done.counts.values())
    noted = last(office, name)
    assert (noted.by, noted.ok, noted.note, noted.ended_at) == ("test", True, "", PART)


def test_a_sweep_takes_batch_after_batch_until_nothing_is_owed(office):
    for n in range(7):
        office.ask(f"thing {n}", now=OPENED)

    done = ring(rounds_of(office, size=4), "sweep-clocks")

    assert done.batches > 1
    assert (done.counts["cases"], done.counts["rungs"]) == (7, 14)
    assert "rungs=14" in last(office, "sweep-clocks").note


def test_the_longest_wait_is_the_longest_of_the_batches_not_their_sum():
    tally = Tally()

    for late in (3, 9, 4):
        tally.add(Batch(counts={"max_late": late, "rungs": 2}))

    assert tally.text == "max_late=9 rungs=6"


def test_alerts_are_delivered_until_none_is_owed(office):
    office.address("wang", "post://wang")
    office.ask("milk", now=OPENED)
    rounds = rounds_of(office)
    ring(rounds, "sweep-clocks")

    done = ring(rounds, "deliver-alerts")

    assert (done.counts["sent"], len(office.post.sent)) == (1, 1)
    assert ring(rounds, "deliver-alerts").counts["sent"] == 0


def test_planning_anew_moves_nothing_under_the_same_calendar(office):
    for n in range(3):
        office.ask(f"thing {n}", now=OPENED)

    done = ring(rounds_of(office, size=2), "re-plan-calendars")

    # Two open runs a case: pages of two runs, and an empty one that says it is the last.
    assert (done.batches, done.counts["moved"]) == (4, 0)


def test_recurring_cases_are_opened_in_batches_and_refusals_are_told(office, tmp_path):
    furnish(office.store, *(f"g{n}" for n in range(5)))
    cases = publish(office.store, tmp_path / "shelf", circuit(unique=["unit", "year"]), when=PUBLISHED)  # fmt: skip
    cases.open("circuit", unit="g1", person="g_g1", data={"topic": "已有"}, now=OPENED)
    rounds = Rounds(cases, SCHEDULE, deliveries=office.deliveries, size=2)

    done = ring(rounds, "open-recurring-cases")

    # Five gardens of the circuit, and the errands' own, which is of the same level.
    assert (done.batches, done.counts) == (3, {"known": 0, "opened": 5, "refused": 1})
    assert (done.ok, done.note) == (True, "refused: move.duplicate")


def test_history_is_verified_page_by_page_and_a_change_fails_the_round(office):
    cases = [office.ask(f"thing {n}", now=OPENED + timedelta(minutes=n)) for n in range(5)]
    rounds = rounds_of(office, size=2)
    assert ring(rounds, "verify-history").counts == {"cases": 5, "findings": 0}
    with office.store.write() as work:
        work.cases._transaction.connection.exec_driver_sql(
            f"UPDATE case_row SET state = 'done' WHERE id = '{cases[2]}'"
        )

    done = ring(rounds, "verify-history")

    assert (done.ok, done.counts["findings"], done.batches) == (False, 1, 3)
    assert "derived" in done.note
    assert kinds(rounds, PART)["verify-history"] == "failed"


def test_a_failure_is_noted_by_its_code_and_raised(office, monkeypatch):
    rounds = rounds_of(office)

    def busy(_now: datetime, _after: str = "") -> Batch:
        detail = "张三 is locked"
        raise StorageBusy(detail)

    monkeypatch.setattr(rounds, "sweep_clocks", busy)
    with pytest.raises(StorageBusy):
        ring(rounds, "sweep-clocks")

    noted = last(office, "sweep-clocks")
    assert (noted.ok, noted.note) == (False, "failed: storage.busy")
    assert failure(ValueError("张三")) == "failed: ValueError"


def test_whoever_is_asked_to_stop_stops_between_batches(office):
    for n in range(4):
        office.ask(f"thing {n}", now=OPENED)
    answers = iter([False, True])

    done = ring(rounds_of(office, size=2), "sweep-clocks", stop=lambda: next(answers))

    assert done.batches == 1
    assert done.counts["cases"] < 4
    rest = ring(rounds_of(office), "sweep-clocks").counts["cases"]
    assert done.counts["cases"] + rest == 4


def test_every_batch_takes_the_moment_at_which_it_begins(office, monkeypatch):
    moments = [PART + timedelta(minutes=n) for n in range(20)]
    left = iter(moments)
    rounds = rounds_of(office, size=1)
    office.ask("milk", now=OPENED)
    seen: list[datetime] = []
    sweep = rounds.sweep_clocks

    def watched(now: datetime, after: str = "") -> Batch:
        seen.append(now)
        return sweep(now, after)

    monkeypatch.setattr(rounds, "sweep_clocks", watched)
    rounds.ring("sweep-clocks", by="test", clock=lambda: next(left))

    assert seen == moments[1 : len(seen) + 1]
    assert len(seen) > 1


def test_a_summary_is_plain():
    tally = Tally(note="n")
    tally.add(Batch(counts={"rungs": 1}, note="first"))
    tally.add(Batch(counts={"rungs": 1}, note="second", ok=False))

    assert summary("sweep-clocks", tally).plain() == {
        "round": "sweep-clocks", "ok": False, "batches": 2, "counts": {"rungs": 2}, "note": "n"
    }  # fmt: skip
    assert tally.text == "rungs=2 n"


def test_before_anything_rang_no_bell_is_silent(office):
    assert set(kinds(rounds_of(office), PART).values()) == {"never"}


def test_clocks_that_wait_while_nobody_ever_swept_are_a_finding(office):
    office.ask("milk", now=OPENED)

    assert kinds(rounds_of(office), PART)["sweep-clocks"] == "waiting"
    assert kinds(rounds_of(office), OPENED)["sweep-clocks"] == "never"


def test_a_bell_is_silent_three_periods_after_its_last_end(office):
    rounds = rounds_of(office)
    ring(rounds, "sweep-clocks")

    assert kinds(rounds, PART + timedelta(seconds=90))["sweep-clocks"] == "ok"
    assert kinds(rounds, PART + timedelta(seconds=91))["sweep-clocks"] == "silent"


def test_a_round_that_died_has_no_end_and_makes_silence(office):
    rounds = rounds_of(office)
    rounds.begin("sweep-clocks", by="test", now=PART)

    assert kinds(rounds, PART)["sweep-clocks"] == "never"
    assert kinds(rounds, PART + timedelta(minutes=2))["sweep-clocks"] == "silent"


def test_sides_hear_each_other_fall_silent_and_forget_who_was_given_up(office):
    rounds = rounds_of(office)
    assert rounds.heartbeat("prefect", now=PART) == []

    later = PART + timedelta(minutes=3)
    [heard] = rounds.heartbeat("apscheduler", now=later)

    assert (heard.name, heard.kind, heard.is_finding) == ("prefect", "side", False)
    assert rounds.heartbeat("prefect", now=later) == []
    with office.store.read() as work:
        minute = timedelta(minutes=1)
        assert set(silent_sides(work, minute, now=later + timedelta(days=6))) == {
            "prefect", "apscheduler"
        }  # fmt: skip
        assert silent_sides(work, minute, now=later + timedelta(days=8)) == {}
        assert work.rounds.last(heartbeat_of("prefect")) is not None


def test_what_a_side_is_told_names_silent_bells_too(office):
    rounds = rounds_of(office)
    ring(rounds, "sweep-clocks")

    told = rounds.heartbeat("prefect", now=PART + timedelta(minutes=5))

    assert [(one.name, one.kind) for one in told] == [("sweep-clocks", "silent")]


def test_owed_and_missed_go_by_the_last_beginning(office):
    rounds = rounds_of(office)
    scheduled = SCHEDULE[0]
    ring(rounds, "sweep-clocks")

    soon, late = PART + timedelta(seconds=30), PART + timedelta(seconds=60)

    assert rounds.is_owed(scheduled, now=soon, zone=ZONE)
    assert not rounds.is_missed(scheduled, now=soon, zone=ZONE)
    assert rounds.is_missed(scheduled, now=late, zone=ZONE)


def test_without_bells_nothing_is_heard(office):
    with office.store.read() as work:
        assert listen(work, [], now=PART) == []


def test_a_bell_of_another_name_is_heard_for_itself(office, tmp_path: Path):
    rounds = Rounds(office.cases, [ScheduledRound(round="daily-digest", every=timedelta(days=1), at=time(8))], deliveries=office.deliveries)  # fmt: skip
    ring(rounds, "daily-digest")

    assert kinds(rounds, PART) == {"daily-digest": "ok"}
