"""Whoever moves, claims and rings in whatever order, the rows are the folds of the events."""

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.case.fold import fold
from engine.case.values import Erase
from storage.work import Store
from tests.builders.stored_steps import (
    alert,
    moved,
    opening,
    rang,
    ring,
    run,
    save,
)
from tests.storage.clocks.test_claims import DUE, claim, minutes

FIELDS = {"topic": "棚", "secret": "王", "note": "x"}


ACTS = st.lists(
    st.tuples(
        st.sampled_from(
            ["move", "erase", "claim", "late claim", "rung", "lost rung", "stale rung"]
        ),
        st.integers(0, 2),
    ),
    max_size=14,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS)
def test_moves_and_rungs_in_any_order_leave_rows_that_are_the_folds(store: Store, acts):
    cases = [save(store, opening(FIELDS, runs=[run("a"), run("b")])) for _ in range(3)]
    older = list(cases)
    now, sound = DUE, set[tuple[str, int]]()
    for act, which in acts:
        case = cases[which]
        if act == "move":
            older[which], cases[which] = case, save(store, moved(case, fields={"secret": "s"}))
        elif act == "erase":
            step = moved(case, erased=["note"], effects=[Erase(vault="confidential/note")])
            older[which], cases[which] = case, save(store, step)
        elif act.endswith("claim"):
            now += minutes(6 if act == "late claim" else 0)
            claim(store, str(now), at=now, limit=2)
        elif act == "lost rung":
            assert ring(store, rang(case), lease="never claimed") == [case.id]
        else:
            seen = older[which] if act == "stale rung" else case
            step = rang(
                seen,
                len(seen.runs[0].fired),
                effects=[alert("a", "ann", place=len(seen.runs[0].fired))],
            )
            left = ring(store, step)
            assert left == ([] if seen == case else [case.id])
            if not left:
                older[which], cases[which] = case, step.after
                sound.add((case.id, len(seen.runs[0].fired)))

    with store.read() as work:
        assert work.cases.load_many(case.id for case in cases) == {case.id: case for case in cases}
        for case in cases:
            assert fold(work.cases.events(case.id)) == case
            assert work.chain.verify(case.id) == ()
            assert len(work.alerts.of(case.id)) == sum(1 for id_, _ in sound if id_ == case.id)
