"""Sweeps: what is owed rings once, however often and wherever sweepers run, and whatever fails."""

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from engine.case.values import Scheduled
from heyi.app.clocks.sweeps import LEASE, SweepReport, Sweeps
from storage.work import Store
from tests.builders.errand_office import MASTER, Errands, at, furnished

OPENED = at("2026-06-01 09:00")
PART = at("2026-06-08 00:00")
OVER = at("2026-06-12 00:00")
LAPSED = at("2026-06-29 00:00")


@pytest.fixture
def office(url: str) -> Iterator[Errands]:
    with Store(url, MASTER) as store:
        yield furnished(store)


def sweep(office: Errands, now: object, **more: object) -> SweepReport:
    return Sweeps(office.cases).sweep(now, **more)  # type: ignore[arg-type]


def rungs(office: Errands, case: str) -> list[tuple[str | None, str | None]]:
    """Return which rungs told whom."""
    with office.store.read() as work:
        return [(one.rung, one.person) for one in work.alerts.of(case)]


def state(office: Errands, case: str) -> str:
    with office.store.read() as work:
        return work.cases.load(case).state


def test_a_rung_is_kept_with_its_event_and_its_alerts_and_rings_once(office):
    case = office.ask("milk", now=OPENED)

    first, second = sweep(office, PART), sweep(office, PART)

    assert (first.claimed, first.rungs, first.alerts, first.cases) == (2, 2, 3, 1)
    assert second == SweepReport()
    assert sorted(rungs(office, case), key=str) == [
        ("70%", "wang"), ("70%", "zhou"), ("due", "li")
    ]  # fmt: skip
    with office.store.read() as work:
        assert [event.kind for event in work.cases.events(case)] == ["opened", "rung"]
        assert work.chain.verify(case) == ()


def test_before_a_rung_is_owed_nothing_is_claimed(office):
    office.ask("milk", now=OPENED)

    assert sweep(office, at("2026-06-03 00:00")).claimed == 0


def test_a_dry_run_shows_and_keeps_nothing(office):
    case = office.ask("milk", now=OPENED)

    report = sweep(office, PART, dry_run=True)

    assert (report.rungs, report.alerts, len(report.shown)) == (2, 3, 1)
    assert rungs(office, case) == []
    assert sweep(office, PART).rungs == 2


def test_what_was_done_meanwhile_owes_nothing(office):
    case = office.ask("milk", now=OPENED)
    office.move(case, "done", now=at("2026-06-02 09:00"))

    assert sweep(office, LAPSED).claimed == 0


def test_the_clock_fires_once_and_the_history_names_the_rung(office):
    case = office.ask("milk", now=OPENED)

    report = Sweeps(office.cases).all(LAPSED)

    assert (report.fired, report.refused) == (1, 0)
    assert state(office, case) == "lapsed"
    with office.store.read() as work:
        last = work.cases.events(case)[-1]
        assert (last.actor, last.public["via"]) == (
            "clock",
            "clock:run[0].1:4@2026-06-26T16:00:00Z",
        )
        assert work.chain.verify(case) == ()
    assert Sweeps(office.cases).all(LAPSED) == SweepReport()


def test_a_case_that_moved_between_claim_and_keeping_is_left_to_the_next_sweep(office):
    case = office.ask("milk", now=OPENED)

    class Hasty(Sweeps):
        def _keep(self, steps, lease, report):
            office.move(case, "call", now=PART)
            super()._keep(steps, lease, report)

    report = Hasty(office.cases).sweep(PART)

    assert (report.left, report.rungs) == (1, 0)
    assert sweep(office, PART).rungs == 2


def test_what_a_dead_sweeper_claimed_is_free_when_its_lease_is_over(office):
    case = office.ask("milk", now=OPENED)

    class Dying(Sweeps):
        def _keep(self, *_what):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        Dying(office.cases).sweep(PART)

    assert sweep(office, PART).claimed == 0
    assert sweep(office, PART + LEASE).rungs == 2
    assert len(rungs(office, case)) == 3


def test_who_lost_the_lease_keeps_nothing(office):
    case = office.ask("milk", now=OPENED)

    class Slow(Sweeps):
        def _keep(self, steps, lease, report):
            assert sweep(office, PART + LEASE).rungs == 2
            super()._keep(steps, lease, report)

    report = Slow(office.cases).sweep(PART)

    assert (report.left, report.rungs) == (1, 0)
    assert len(rungs(office, case)) == 3


def test_an_index_that_says_too_much_is_put_right(office):
    case = office.ask("milk", now=OPENED)
    with office.store.write() as work:
        loaded = work.cases.load(case)
        wrong = Scheduled(clock="run", item=0, seq=1, open=True, due_at=OPENED, next_at=OPENED)
        assert loaded.runs
        work.clocks.index(case, [wrong])

    assert (sweep(office, OPENED).claimed, sweep(office, OPENED).claimed) == (1, 0)
    assert sweep(office, PART).rungs == 2


def test_many_sweepers_at_once_ring_each_rung_once(office):
    cases = [office.ask(f"thing {n}", now=OPENED) for n in range(40)]

    with ThreadPoolExecutor(4) as pool:
        reports = list(pool.map(lambda _n: Sweeps(office.cases).all(PART, limit=7), range(4)))

    Sweeps(office.cases).all(PART + timedelta(hours=1))
    assert sum(report.rungs for report in reports) <= 80
    told = [one for case in cases for one in rungs(office, case)]
    assert len(told) == 120


def test_an_act_that_the_rules_refuse_is_noted_and_told(office):
    case = office.ask("milk", now=OPENED)
    rule = office.cases.library
    with office.store.read() as work:
        workflow = rule.get(work, "errand")
    branch = workflow.branches["asked", "lapse"][0]
    workflow.branches["asked", "lapse"] = ()
    try:
        report = Sweeps(office.cases).all(LAPSED)
    finally:
        workflow.branches["asked", "lapse"] = (branch,)

    assert (report.fired, report.refused) == (0, 1)
    assert state(office, case) == "asked"
    with office.store.read() as work:
        (refused,) = [r for r in rungs_told(work.cases.events(case)) if "refused" in r]
    assert refused["refused"] == "move.state"


def rungs_told(events):
    return [rung for event in events if event.kind == "rung" for rung in event.public["rungs"]]


def test_the_longest_wait_is_told(office):
    office.ask("milk", now=OPENED)

    assert sweep(office, PART + timedelta(minutes=5)).max_late >= 300
