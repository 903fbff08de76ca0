"""Runs that are owed: claimed once, given back, looked at, listed."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from engine.case.values import Scheduled
from engine.time.units import TimeUnit
from storage.kernel.records import DueRun, OpenRun, RunQuery
from storage.work import Store
from tests.builders.stored_steps import (
    AT,
    moment,
    moved,
    opening,
    run,
    save,
)

DUE = moment("2026-03-09T16:00:00Z")
"""24:00 of 9 March in Shanghai, the due day of the toy's runs."""


def minutes(number: float) -> timedelta:
    """Return a span."""
    return timedelta(minutes=number)


def claim(store: Store, lease: str = "a", *, at: datetime = DUE, limit: int = 100) -> list[str]:
    """Claim for five minutes and return the cases."""
    with store.write() as work:
        found = work.clocks.claim(at, limit=limit, lease=lease, until=at + minutes(5))
    return [one.case for one in found]


def test_what_is_owed_is_claimed_in_order_and_once(store: Store):
    late = save(store, opening(runs=[run(due="2026-03-09")]))
    soon = save(store, opening(runs=[run(due="2026-03-08")]))
    save(store, opening(runs=[run(due="2026-03-10")]))

    assert claim(store, "a") == [soon.id, late.id]
    assert claim(store, "b") == []
    assert claim(store, "b", at=DUE + minutes(4)) == []


def test_a_claim_says_which_run_and_since_when(store: Store):
    case = save(store, opening(runs=[run("x", item=2, seq=3)]))

    with store.write() as work:
        (found,) = work.clocks.claim(DUE, limit=1, lease="a", until=DUE + minutes(5))

    assert (found.case, found.clock, found.item, found.seq) == (case.id, "x", 2, 3)
    assert found.next_at == DUE


def test_a_claim_takes_no_more_than_asked(store: Store):
    cases = [save(store, opening(runs=[run()])).id for _ in range(5)]

    first, second = claim(store, "a", limit=3), claim(store, "b", limit=3)

    assert len(first) == 3
    assert sorted(first + second) == sorted(cases)


def test_a_lease_that_ran_out_can_be_claimed_again(store: Store):
    case = save(store, opening(runs=[run()]))
    claim(store, "a")

    assert claim(store, "b", at=DUE + minutes(5)) == [case.id]


def test_what_is_released_can_be_claimed_at_once(store: Store):
    case = save(store, opening(runs=[run()]))
    claim(store, "a")

    with store.write() as work:
        assert work.clocks.release("b") == 0
        assert work.clocks.release("a") == 1

    assert claim(store, "b") == [case.id]


def test_a_step_ends_the_claim_of_the_runs_it_plans(store: Store):
    case = save(store, opening(runs=[run()]))
    claim(store, "a")

    save(store, moved(case, runs=[run(due="2026-03-08")]))

    assert claim(store, "b") == [case.id]


def test_looking_claims_nothing_and_sees_what_is_claimed(store: Store):
    case = save(store, opening(runs=[run()]))
    claim(store, "a")

    with store.read() as work:
        assert [one.case for one in work.clocks.peek(DUE)] == [case.id]
        assert work.clocks.peek(DUE - minutes(1)) == []
        assert work.clocks.next_at() == DUE


def test_without_open_runs_nothing_is_next(store: Store):
    with store.read() as work:
        assert work.clocks.next_at() is None


def test_claiming_looks_only_at_what_is_owed(store: Store, url: str):
    if not url.startswith("sqlite"):
        return  # its planner asks the size of the table first
    with store.read() as work:
        sql = work._transaction.sql.time
        explained = replace(sql.runs_claim, sql=f"EXPLAIN QUERY PLAN {sql.runs_claim.sql}")
        values = dict.fromkeys(("at", "limit", "lease", "until"), 1)
        plan = " ".join(row[3] for row in work._transaction.all(explained, values))

    assert "ix_clock_run_next_at (next_at<?)" in plan
    assert "SCAN clock_run" not in plan


def test_a_run_that_rests_is_neither_due_nor_claimed(store: Store):
    case = save(store, opening(runs=[run()]))
    resting = Scheduled(clock="term", item=0, seq=1, open=True)

    with store.write() as work:
        work.clocks.index(case.id, [resting])

    with store.read() as work:
        assert work.clocks.of(case.id) == [
            DueRun(case=case.id, clock="term", item=0, seq=1, due_at=None, next_at=None)
        ]
        assert work.clocks.next_at() is None
        assert work.chain.verify() == ()
    assert claim(store) == []


def test_the_runs_of_a_case_come_the_first_due_first(store: Store):
    runs = [run("late", due="2026-03-20"), run("soon", due="2026-03-09")]
    hours = run("hours", unit=TimeUnit.HOURS, due="2026-03-05T01:00:00Z")
    case = save(store, opening(runs=[*runs, hours, run("ended", ended="met", ended_at=AT)]))

    with store.read() as work:
        assert [one.clock for one in work.clocks.of(case.id)] == ["hours", "soon", "late"]


@pytest.mark.parametrize("due", ["9999-12-31", "0001-01-01"])
def test_the_ends_of_time_can_be_stored(store: Store, due: str):
    case = save(store, opening(runs=[run(due=due)]))

    with store.read() as work:
        (found,) = work.clocks.of(case.id)
    assert found.due_at is not None
    assert found.due_at.year in {1, 9999}
    assert found.due_at.tzinfo is UTC


@pytest.fixture
def listed(store: Store) -> Store:
    """Runs due on 7, 8 (two) and 9 March, and two that rest."""
    for day, unit in ((9, "north"), (8, "south"), (7, "north"), (8, "north")):
        save(store, opening(unit=unit, number=f"{day}{unit}", runs=[run(due=f"2026-03-0{day}")]))
    for name in ("rest", "other"):
        case = save(store, opening(number=name, runs=[run(name)]))
        with store.write() as work:
            work.clocks.index(case.id, [Scheduled(clock=name, item=0, seq=1, open=True)])
    return store


@pytest.mark.parametrize(
    ("query", "found"),
    [
        pytest.param(
            RunQuery(), ["7north", "8south", "8north", "9north", "rest", "other"], id="all"
        ),
        pytest.param(RunQuery(units=("south",)), ["8south"], id="of a unit"),
        pytest.param(RunQuery(due_by=DUE - timedelta(days=2)), ["7north"], id="due by"),
        pytest.param(RunQuery(due_by=DUE, limit=1), ["7north"], id="only so many"),
        pytest.param(RunQuery(clock="rest"), ["rest"], id="of a clock"),
        pytest.param(RunQuery(workflow="other"), [], id="of another workflow"),
    ],
)
def test_open_runs_are_listed_as_asked(listed: Store, query: RunQuery, found: list[str]):
    with listed.read() as work:
        page = work.clocks.listed(query)

    assert [one.number for one in page] == found
    assert {one.state for one in page} <= {"asked"}


@pytest.mark.parametrize("limit", [1, 2, 3, 4, 5, 6, 7])
def test_a_list_of_runs_is_paged_without_gap_or_double(listed: Store, limit: int):
    query, seen = RunQuery(limit=limit), list[OpenRun]()

    with listed.read() as work:
        whole = work.clocks.listed(RunQuery())
        while page := work.clocks.listed(query):
            assert len(page) <= limit
            seen += page
            query = replace(query, after=page[-1].cursor)
        one = work.clocks.listed(RunQuery(case=whole[0].case))

    assert tuple(seen) == whole
    assert one == whole[:1]
