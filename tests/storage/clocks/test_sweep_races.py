"""Several sweeps and deliveries at once: each run, alert and delivery is claimed by one."""

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from functools import partial

from engine.case.values import Case
from storage.kernel.errors import StaleCase
from storage.work import Store
from tests.builders.stored_steps import (
    AT,
    MASTER,
    VAULTS,
    ZONE,
    alert,
    load,
    moment,
    moved,
    opening,
    run,
    rung,
    save,
)
from tests.storage.cases.test_races import together

DUE = moment("2026-03-09T16:00:00Z")
UNTIL = DUE + timedelta(minutes=5)
CASES = 60


def due_cases(store: Store) -> list[Case]:
    """Keep cases with a run each that is due, in one transaction."""
    steps = [opening({"secret": "s"}, runs=[run()]) for _ in range(CASES)]
    with store.write() as work:
        for step in steps:
            work.cases.save(step, vaults=VAULTS, zone=ZONE)
    return [step.after for step in steps]


def swept(url: str, name: str) -> list[str]:
    """Sweep as a process of its own would, batch by batch, until nothing is left."""
    done: list[str] = []
    with Store(url, MASTER) as own:
        for batch in range(CASES):
            lease = f"{name}:{batch}"
            with own.write() as work:
                claims = work.clocks.claim(DUE, limit=7, lease=lease, until=UNTIL)
            if not claims:
                return done
            with own.read() as work:
                cases = work.cases.load_many(one.case for one in claims)
            steps = [
                rung(
                    case,
                    replace(case.runs[0], fired=(f"0@{AT}",)),
                    effects=[alert("term", "ann", "bob")],
                )
                for case in cases.values()
            ]
            with own.write() as work:
                left = work.cases.save_all(steps, lease=lease)
            done += [case for case in cases if case not in left]
    return done


def test_of_many_sweeps_each_run_is_rung_by_one_and_none_is_lost(store: Store, url: str):
    cases = due_cases(store)

    results = together(*(partial(swept, url, name) for name in ("a", "b", "c")))

    rung_ = Counter(case for done in results for case in done)
    assert rung_ == Counter(case.id for case in cases)
    with store.read() as work:
        assert work.alerts.counts() == {"owed": 2 * CASES}
        assert work.clocks.next_at() is None
        assert work.chain.verify() == ()


def test_what_two_claim_at_once_is_never_the_same(store: Store, other: Store):
    due_cases(store)

    def claim(own: Store, name: str) -> list[str]:
        with own.write() as work:
            claims = work.clocks.claim(DUE, limit=CASES // 2, lease=name, until=UNTIL)
        return [one.case for one in claims]

    first, second = together(partial(claim, store, "a"), partial(claim, other, "b"))

    assert len(first) == CASES // 2
    assert len(first) + len(second) == len({*first, *second})


def test_a_claim_passes_by_what_another_is_claiming_just_now(store: Store, other: Store, url: str):
    if url.startswith("sqlite"):
        return  # there is one writer at a time
    due_cases(store)

    with store.write() as one, other.write() as two:
        first = one.clocks.claim(DUE, limit=CASES - 1, lease="a", until=UNTIL)
        second = two.clocks.claim(DUE, limit=CASES, lease="b", until=UNTIL)

    assert (len(first), len(second)) == (CASES - 1, 1)
    assert {one.case for one in first}.isdisjoint(one.case for one in second)


def test_a_sweep_leaves_a_case_alone_that_somebody_is_moving(store: Store, other: Store, url: str):
    if url.startswith("sqlite"):
        return  # there is one writer at a time
    case = save(store, opening(runs=[run()]))
    step = moved(case, fields={"topic": "moved"})

    with store.write() as person, other.write() as sweep:
        person.cases.save(step, vaults=VAULTS, zone=ZONE)
        left = sweep.cases.save_all([rung(case, case.runs[0])])

    assert left == [case.id]
    assert load(store, case.id) == step.after


def test_of_a_person_and_a_sweep_at_one_case_one_wins(store: Store, other: Store):
    case = save(store, opening(runs=[run()]))
    for _ in range(10):
        move, ring = moved(case, fields={"topic": "a"}), rung(case, case.runs[0])

        def sweep(own: Store, step: object = ring) -> list[str]:
            with own.write() as work:
                return work.cases.save_all([step])  # type: ignore[list-item]

        won, left = together(partial(save, store, move), partial(sweep, other))

        assert isinstance(won, StaleCase) == (left == [])
        case = load(store, case.id)
        assert case == (ring.after if left == [] else move.after)
    with store.read() as work:
        assert work.chain.verify() == ()


def test_of_many_deliverers_each_alert_and_delivery_is_claimed_by_one(store: Store, other: Store):
    people = tuple(f"p{number:02}" for number in range(CASES))
    save(store, opening(effects=[alert("term", *people)]))
    with store.write() as work:
        for one in work.alerts.claim_owed(moment(AT), limit=CASES, lease="x", until=moment(AT)):
            work.deliveries.put(one.uid, ["somewhere"])

    def claimed(own: Store, name: str) -> list[str]:
        with own.write() as work:
            lease = {"limit": CASES // 2, "lease": name, "until": UNTIL}
            alerts = work.alerts.claim_owed(DUE, **lease)  # type: ignore[arg-type]
            sent = work.deliveries.claim(DUE, **lease)  # type: ignore[arg-type]
        return [*(f"a:{one.uid}" for one in alerts), *(f"d:{one.id}" for one in sent)]

    found = together(partial(claimed, store, "a"), partial(claimed, other, "b"))

    seen = Counter(one for part in found for one in part)
    assert set(seen.values()) == {1}
    assert len(seen) >= CASES
