"""Who may know which case: rows beside a case, and lists that go by them alone."""

from collections.abc import Collection, Mapping
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event, text

from engine.case.values import Case, Step
from storage.kernel.database import open_database
from storage.kernel.errors import StaleCase
from storage.kernel.records import CaseQuery, RunQuery, Ways
from storage.work import Store, Work
from tests.builders.stored_steps import AT, VAULTS, ZONE, later, moved, opening, run
from tests.effort import examples

OPEN = Ways(keys=(("*", ()),))
NONE = Ways(keys=())


def _ways(*keys: str, denials: Mapping[str, str] | None = None) -> Ways:
    found = {key: (denials or {}).get(key) for key in sorted(keys)}
    return Ways(keys=tuple((key, (denial,) if denial else ()) for key, denial in found.items()))


def _save(work: Work, step: Step, grants: Collection[str] | None) -> Case:
    work.cases.save(step, vaults=VAULTS, zone=ZONE, grants=grants)
    return step.after


def _listed(work: Work, ways: Ways, **more: object) -> list[str]:
    return [one.id for one in work.cases.list(CaseQuery(ways=ways, **more))]  # type: ignore[arg-type]


def test_grants_are_written_with_the_step_and_replaced_by_the_next(store: Store):
    step = opening()
    with store.write() as work:
        case = _save(work, step, {"p:ann", "r:clerk@north"})
        assert work.grants.of(case.id) == {"p:ann", "r:clerk@north"}
        after = moved(case)
        _save(work, after, {"p:ann", "*"})
        assert work.grants.of(case.id) == {"p:ann", "*"}
        _save(work, moved(after.after), None)
        assert work.grants.of(case.id) == {"p:ann", "*"}


def test_grants_of_a_step_that_is_not_kept_are_not_kept(store: Store):
    step = opening()

    def write() -> None:
        with store.write() as work:
            _save(work, step, {"*"})
            _save(work, moved(replace(step.after, revision=9)), {"*"})

    with pytest.raises(StaleCase):
        write()
    with store.read() as work:
        assert work.grants.of(step.after.id) == frozenset()


def test_writing_the_same_again_changes_nothing_and_says_so(store: Store):
    with store.write() as work:
        case = _save(work, opening(), {"a", "b"})
        put = work.grants.put
        assert put(case.id, {"b", "a"}, opened_at=case.opened_at) == 0
        assert put(case.id, {"b", "c"}, opened_at=case.opened_at) == 2


def test_a_case_is_found_by_id_and_number_along_a_way_alone(store: Store):
    with store.write() as work:
        case = _save(work, opening(number="7号"), {"r:clerk@north", "-bob/clerk"})
    known = _ways("*", "r:clerk@north", denials={"r:clerk@north": "-eve/clerk"})
    barred = _ways("*", "r:clerk@north", denials={"r:clerk@north": "-bob/clerk"})
    with store.read() as work:
        for ref in (case.id, "7号"):
            assert work.grants.find(ref, known) == case.id
            assert work.grants.find(ref, None) == case.id
            for ways in (barred, OPEN, NONE):
                assert work.grants.find(ref, ways) is None
        assert work.grants.find("8号", None) is None
        assert work.grants.known([case.id, "x"], known) == {case.id}
        assert work.grants.known([case.id], barred) == frozenset()
        assert _listed(work, NONE) == []


def test_a_denial_takes_one_key_and_leaves_the_others(store: Store):
    with store.write() as work:
        case = _save(work, opening(), {"r:clerk@north", "p:bob", "-bob/clerk"})
    denials = {"r:clerk@north": "-bob/clerk"}
    with store.read() as work:
        assert _listed(work, _ways("r:clerk@north", denials=denials)) == []
        assert _listed(work, _ways("r:clerk@north", "p:bob", denials=denials)) == [case.id]


def test_clocks_are_listed_along_the_same_ways(store: Store):
    with store.write() as work:
        case = _save(work, opening(runs=[run()]), {"p:ann"})
    with store.read() as work:
        clocks = work.clocks.listed
        assert [one.case for one in clocks(RunQuery(ways=_ways("p:ann")))] == [case.id]
        assert clocks(RunQuery(ways=OPEN)) == ()
        assert clocks(RunQuery(ways=NONE)) == ()
        assert len(clocks(RunQuery())) == 1


def test_cases_without_grants_are_found_batch_by_batch(store: Store):
    with store.write() as work:
        bare = sorted(_save(work, opening(), None).id for _ in range(5))
        full = _save(work, opening(), {"*"}).id
    with store.read() as work:
        first = work.grants.lacking(limit=2)
        assert list(first) == bare[:2]
        assert list(work.grants.lacking(after=first[-1], limit=9)) == bare[2:]
        assert list(work.grants.all_cases(limit=9)) == sorted([*bare, full])
        assert list(work.grants.all_cases(after=bare[-1], limit=9)) == [
            one for one in [full] if one > bare[-1]
        ]


KEYS = ["*", "p:ann", "r:clerk@north", "u:south"]
DENIALS = {"r:clerk@north": "-ann/clerk", "u:south": "-ann/@south"}


@given(
    cases=st.lists(
        st.tuples(st.frozensets(st.sampled_from([*KEYS, *DENIALS.values()])), st.integers(0, 3)),
        max_size=12,
    ),
    keys=st.frozensets(st.sampled_from(KEYS)),
    limit=st.integers(1, 5),
    final=st.sampled_from([None, False]),
)
@settings(
    max_examples=examples(everyday=15, full=150),
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    deadline=None,
)
def test_pages_are_every_known_case_once_newest_first(
    store: Store,
    cases: list[tuple[frozenset[str], int]],
    keys: frozenset[str],
    limit: int,
    final: bool | None,
):
    ways = _ways(*keys, denials=DENIALS)
    with store.write() as work:
        kept = [
            (_save(work, opening(at=later(AT, days=day)), grants), grants) for grants, day in cases
        ]
        expected = {
            one.id
            for one, grants in kept
            if any(key in grants and DENIALS.get(key) not in grants for key in keys)
        }
        found: list[str] = []
        query = CaseQuery(ways=ways, limit=limit, final=final)
        while page := work.cases.list(query):
            assert len(page) <= limit
            found += [one.id for one in page if one.id in {case.id for case, _ in kept}]
            query = CaseQuery(ways=ways, limit=limit, final=final, after=page[-1].cursor)
        assert len(found) == len(set(found))
        assert set(found) == expected
        newest = sorted(kept, key=lambda one: (one[0].opened_at, one[0].id), reverse=True)
        assert found == [one.id for one, _ in newest if one.id in expected]
        assert work.grants.known([one.id for one, _ in kept], ways) == expected


def test_a_list_is_an_ordered_range_of_an_index_for_each_key(store: Store, url: str):
    if not url.startswith("sqlite"):
        return
    said: list[tuple[str, object]] = []
    with store.write() as work:
        last = _save(work, opening(), {"*"})
    with store.read() as work:
        connection = work.grants._transaction.connection

        def note(
            _connection: object, _cursor: object, sql: str, values: object, *_: object
        ) -> None:
            said.append((sql, values))

        event.listen(connection, "before_cursor_execute", note)
        after = work.cases.summary(last.id).cursor
        said.clear()
        work.cases.list(CaseQuery(ways=_ways(*KEYS, denials=DENIALS), after=after))
        work.cases.list(CaseQuery(ways=_ways("*"), units=("north",), states=("asked",)))
        work.grants.find("x", _ways(*KEYS, denials=DENIALS))
        work.grants.known(["x"], _ways(*KEYS, denials=DENIALS))
    db = open_database(url)
    with db.connect() as connection:
        for sql, values in said:
            plan = [
                row[3]
                for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)  # type: ignore[arg-type]
            ]
            scans = [line for line in plan if line.startswith("SCAN")]
            # What is scanned are the merged pages alone, of which each is as long as a page.
            assert not [s for s in scans if "case_row" in s or "case_grant" in s], plan
            if "opened_at <= " in sql:
                ranges = [one for one in plan if "word=? AND opened_at<" in one]
                assert len(ranges) == len(KEYS), plan
        assert connection.execute(text("SELECT 1")).scalar() == 1
    db.dispose()
    assert len(said) == 4
