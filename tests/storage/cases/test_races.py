"""Several connections at once: one wins, numbers have no gap, nothing is granted twice."""

from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from engine.case.errors import StorageError
from engine.case.values import Publish
from storage.kernel.errors import DuplicateCase, IdempotencyTaken, StaleCase
from storage.kernel.records import CountQuery, Once
from storage.work import Store
from tests.builders.stored_steps import (
    AT,
    MASTER,
    VAULTS,
    WORKFLOW,
    ZONE,
    load,
    moment,
    moved,
    opening,
    save,
)

SERIES = ("north", WORKFLOW, 2026)


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run all at once and return their results, or the storage errors they raised."""
    barrier = Barrier(len(acts))

    def start(act: Callable[[], Any]) -> Any:
        barrier.wait(timeout=30)
        try:
            return act()
        except StorageError as error:
            return error

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(start, acts))


def test_of_two_connections_moving_one_case_one_wins(store: Store, other: Store):
    case = save(store, opening())
    for _ in range(10):
        steps = [moved(case, fields={"topic": who}) for who in ("a", "b")]

        results = together(partial(save, store, steps[0]), partial(save, other, steps[1]))

        lost = [one for one in results if isinstance(one, StaleCase)]
        won = [one for one in results if not isinstance(one, StorageError)]
        assert len(lost) == len(won) == 1
        case = load(store, case.id)
        assert case == won[0]
    with store.read() as work:
        assert work.chain.verify() == ()


def test_numbers_have_no_gap_though_many_draw_and_some_fail(store: Store, url: str):
    def draw(rounds: Sequence[bool]) -> list[int]:
        drawn = []
        with Store(url, MASTER) as own:
            for granted in rounds:
                number = _draw(own, granted=granted)
                drawn += [number] if granted else []
        return drawn

    turns = [True, False, True, True, False, True, True]

    results = together(*(lambda: draw(turns) for _ in range(4)))

    assert sorted(number for one in results for number in one) == list(range(1, 21))


def _draw(store: Store, *, granted: bool) -> int:
    with suppress(StaleCase), store.write() as work:
        number = work.numbers.lock_counter(*SERIES)
        step = opening(number=f"{number}号", drew=SERIES)
        work.cases.save(step, vaults=VAULTS, zone=ZONE)
        if not granted:
            work.cases.save(moved(moved(step.after).after), vaults=VAULTS, zone=ZONE)
    return number


def test_counters_locked_in_any_order_do_not_deadlock(store: Store, url: str):
    series = [(unit, WORKFLOW, 2026) for unit in ("north", "south", "top")]

    def draw(wanted: Sequence[tuple[str, str, int]]) -> None:
        with Store(url, MASTER) as own:
            for _ in range(5):
                with own.write() as work:
                    numbers = work.numbers.lock_counters(wanted)
                    for one in wanted:
                        assert work.numbers.draw(one) == numbers[one]

    results = together(lambda: draw(series), lambda: draw(series[::-1]), lambda: draw(series))

    assert results == [None, None, None]
    with store.write() as work:
        assert set(work.numbers.lock_counters(series).values()) == {16}


def test_a_number_looked_at_but_not_drawn_is_offered_again(store: Store):
    for _ in range(2):
        with store.write() as work:
            assert work.numbers.lock_counter(*SERIES) == 1


def test_of_two_cases_with_one_unique_key_one_is_kept(store: Store, other: Store):
    results = together(
        lambda: save(store, opening(unique=("north", "2026"))),
        lambda: save(other, opening(unique=("north", "2026"))),
    )

    assert [type(one) for one in results].count(DuplicateCase) == 1


def test_one_request_sent_twice_at_once_opens_one_case(store: Store, other: Store):
    def send(one: Store) -> str:
        once, step = Once(key="k", request_hash="h"), opening()
        with one.write() as work:
            granted = work.requests.granted(once)
            if granted is None:
                work.cases.save(step, vaults=VAULTS, zone=ZONE, once=once)
        return granted.case if granted else step.after.id

    results = together(lambda: send(store), lambda: send(other))

    kept = {one for one in results if isinstance(one, str)}
    assert len(kept) == 1
    assert all(isinstance(one, str | IdempotencyTaken) for one in results)


@pytest.mark.parametrize("places", [1, 3])
def test_two_cannot_both_take_the_last_place(store: Store, url: str, places: int):
    cases = [save(store, opening({"item": "g1"})) for _ in range(6)]
    query = CountQuery(workflow=WORKFLOW, where={"item": "g1"}, taken="grant")

    def take(case) -> bool:
        with Store(url, MASTER) as own, own.write() as work:
            if work.counts.value(query) >= places:
                return False
            work.cases.save(moved(case), vaults=VAULTS, zone=ZONE)
            return True

    results = together(*(lambda case=case: take(case) for case in cases))

    assert results.count(True) == places


def test_versions_of_a_list_made_at_once_follow_each_other(store: Store, url: str):
    def put(code: str) -> int:
        effect = Publish(catalogue="goods", row={"code": code})
        with Store(url, MASTER) as own, own.write() as work:
            return work.catalogues.publish(effect, at=moment(AT), day=moment(AT).date())

    results = together(*(lambda code=code: put(code) for code in "abcd"))

    assert sorted(results) == [1, 2, 3, 4]
    with store.read() as work:
        assert work.catalogues.rows("goods").keys() == set("abcd")
