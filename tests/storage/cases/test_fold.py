"""Whatever is done, granted or refused, the row is the fold of the events."""

from contextlib import suppress

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.case.errors import StorageError
from engine.case.fold import fold
from engine.case.values import Case, Erase, Step
from storage.work import Store
from tests.builders.stored_steps import AT, load, moved, opening, run, save

NOTE = "confidential/note"
TEXT = st.text(st.characters(exclude_categories=[]), max_size=6)
FIELDS = st.dictionaries(st.sampled_from(["topic", "secret", "phone", "note"]), TEXT)
ACTS = st.lists(
    st.one_of(
        st.tuples(st.just("set"), FIELDS),
        st.tuples(st.just("erase"), st.just({})),
        st.tuples(st.just("stale"), FIELDS),
        st.tuples(st.just("run"), FIELDS),
        st.tuples(st.just("end"), FIELDS),
        st.tuples(st.just("again"), FIELDS),
    ),
    max_size=8,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=ACTS, first=FIELDS)
def test_row_and_fold_agree_over_moves_granted_and_refused(store: Store, acts, first):
    start = opening(first, links={"parts": ["p"]})
    with suppress(StorageError):
        save(store, start)
        older = case = start.after
        for act, fields in acts:
            with suppress(StorageError):
                older, case = case, save(store, _step(act, fields, case, older))

            assert load(store, start.after.id) == case

    with store.read() as work:
        events = work.cases.events(start.after.id)
        assert work.chain.verify(start.after.id) == () if events else True
        assert not events or fold(events) == work.cases.load(start.after.id)


def _step(act: str, fields: dict[str, str], case: Case, older: Case) -> Step:
    if act == "erase":
        return moved(case, "erase", erased=["note"], effects=[Erase(vault=NOTE)])
    if act == "stale":
        return moved(older if older.revision < case.revision else _forged(case), fields=fields)
    if act == "run":
        return moved(case, fields=fields, runs=[run(seq=case.revision)])
    if act == "end":
        ended = [run(seq=one.seq, ended="met", ended_at=AT) for one in case.runs]
        return moved(case, "end", fields, runs=ended, state="done", outcome="good")
    if act == "again":
        return opening(fields, case=case.id)
    return moved(case, fields=fields, links={"parts": [f"p{case.revision}"]})


def _forged(case: Case) -> Case:
    """Return the case as if one more event had been seen than there is."""
    return moved(case).after
