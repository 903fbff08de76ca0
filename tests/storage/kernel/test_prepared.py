"""Rungs whose rows are made before the transaction that keeps them: as good, or left."""

from sqlalchemy import text

from storage.work import Store
from tests.builders.stored_steps import (
    VAULTS,
    alert,
    load,
    moved,
    opening,
    rang,
    ring,
    run,
    save,
)

FIELDS = {"topic": "棚", "secret": "王", "note": "x"}


def prepared(store: Store, *cases: str, sealed: bool = False):
    with store.read() as work:
        found = work.cases.load_many(cases, sealed=sealed)
        steps = [rang(case, effects=[alert("term", "ann")]) for case in found.values()]
        return work.cases.prepare(steps)


def keep(store: Store, rows, lease: str | None = None) -> list[str]:
    with store.write() as work:
        return work.cases.keep(rows, lease=lease)


def test_what_was_prepared_without_what_is_sealed_is_kept_whole(store: Store):
    cases = [save(store, opening(FIELDS, runs=[run()])) for _ in range(3)]

    assert keep(store, prepared(store, *(case.id for case in cases))) == []

    for case in cases:
        kept = load(store, case.id)
        assert (kept.revision, kept.fields) == (2, FIELDS)
    with store.read() as work:
        assert work.chain.verify() == ()
        assert len(work.alerts.to("ann")) == 3


def test_what_was_prepared_with_what_is_sealed_puts_nothing_of_it_in_clear(store: Store):
    case = save(store, opening({**FIELDS, "secret": "不可见"}, runs=[run()]))

    assert keep(store, prepared(store, case.id, sealed=True)) == []

    with store.read() as work:
        body = work._transaction.connection.execute(text("SELECT body FROM case_row")).scalar_one()
        assert work.chain.verify() == ()
    assert "不可见" not in body


def test_a_case_that_moved_behind_its_rows_is_left_alone(store: Store):
    still, gone = (save(store, opening(FIELDS, runs=[run()])) for _ in range(2))
    rows = prepared(store, still.id, gone.id)
    save(store, moved(gone, fields={"topic": "新"}))

    assert keep(store, rows) == [gone.id]

    assert load(store, still.id).revision == 2
    assert load(store, gone.id).fields["topic"] == "新"
    with store.read() as work:
        assert work.chain.verify() == ()
        assert len(work.alerts.to("ann")) == 1


def test_a_case_that_rang_behind_its_rows_is_left_alone(store: Store):
    case = save(store, opening(FIELDS, runs=[run()]))
    rows = prepared(store, case.id)

    assert ring(store, rang(case)) == []
    assert keep(store, rows) == [case.id]

    assert load(store, case.id).revision == 2


def test_a_step_that_was_late_already_when_it_was_prepared_is_left(store: Store):
    case = save(store, opening(FIELDS, runs=[run()]))
    step = rang(case)
    save(store, moved(case))

    with store.read() as work:
        rows = work.cases.prepare([step])

    assert (rows.ids, rows.rows) == ([case.id], [])
    assert keep(store, rows) == [case.id]


def test_without_a_claim_on_its_run_nothing_prepared_is_kept(store: Store):
    case = save(store, opening(FIELDS, runs=[run()]))

    assert keep(store, prepared(store, case.id), lease="nobody's") == [case.id]


def test_what_is_sealed_is_read_for_the_workflows_that_ask_for_it(store: Store):
    case = save(store, opening(FIELDS, runs=[run()]))
    asked = []

    def sealed(workflow: str, version: int) -> bool:
        asked.append((workflow, version))
        return False

    with store.read() as work:
        bare = work.cases.load_many([case.id], sealed=sealed)[case.id]
        whole = work.cases.load_many([case.id], sealed=lambda *_: True)[case.id]

    assert asked == [(case.workflow, case.version)]
    assert VAULTS.keys() & bare.fields.keys() == set()
    assert whole == case
