"""Who may not know a case is answered as if there were none: every read, every move."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event

from engine.case.errors import HeyiError
from engine.case.values import Unit
from heyi.app.audit.audit import Audit
from heyi.app.cases.cases import Cases
from heyi.app.cases.granting import Granting
from heyi.app.cases.worlds import Worlds
from heyi.app.disputes.disputes import Disputes
from heyi.app.papers.papers import Papers
from heyi.app.reader import Reader
from storage.kernel.errors import CaseNotFound
from storage.kernel.transaction import Transaction
from storage.work import Store
from tests.builders.areas import clocks_of
from tests.builders.quarrel_office import KEEPER, PARTY, WARDEN, Park, at, park

NOW = at("2026-03-05 12:00")
NEIGHBOUR = "k-sun"
"""Keeps the garden next door: no post in the case's."""
NOWHERE = "00000000-0000-4000-8000-00000000ffff"
NUMBER = "无此〔2026〕999号"
Read = Callable[[Park, Reader, str], Any]


def _look(name: str, **more: Any) -> Read:
    return lambda office, reader, ref: getattr(Cases(office.cases), name)(
        reader, ref=ref, now=NOW, **more
    )


READS: dict[str, Read] = {
    "show": _look("show"),
    "history": _look("history"),
    "offers": _look("offers"),
    "diagram": _look("diagram"),
    "move": _look("move", trigger="settle"),
    "amend": _look("move", kind="amend", data={"weight": "low"}),
    "sign": _look("move", kind="sign", trigger="settle"),
    "correct": _look("move", kind="correct", data={"weight": "low"}, reason="错"),
    "readings": _look("readings"),
    "page": lambda office, reader, ref: Cases(office.cases).list(reader, now=NOW, after=ref),
    "clock": lambda office, reader, ref: clocks_of(office.cases).explain(
        reader, ref=ref, clock="look", now=NOW
    ),
    "issued": lambda office, reader, ref: Papers(office.cases).issued(reader, ref=ref, now=NOW),
    "print": lambda office, reader, ref: Papers(office.cases).print(
        reader, ref=ref, document="x", now=NOW
    ),
    "similar": lambda office, reader, ref: Disputes(office.cases).similar(reader, ref=ref, now=NOW),
    "verify": lambda office, reader, ref: Audit(office.cases).verify(reader, ref=ref, now=NOW),
}
"""Every use of the application that names one case."""


@pytest.fixture
def office(sqlite_template: Path, tmp_path: Path) -> Iterator[Park]:
    with park(sqlite_template, tmp_path / "park.db") as found:
        yield found


@contextmanager
def statements(monkeypatch: pytest.MonkeyPatch, store: Store) -> Iterator[list[str]]:
    """Yield the SQL that is run meanwhile, on both paths, without its parameters."""
    said: list[str] = []

    def note(_connection: object, _cursor: object, sql: str, *_more: object) -> None:
        said.append(sql)

    def noting(method: Any) -> Any:
        def run(self: Transaction, statement: Any, values: Any) -> Any:
            said.append(statement.sql)
            return method(self, statement, values)

        return run

    with monkeypatch.context() as patch:
        for name in ("run", "one", "all", "many"):
            patch.setattr(Transaction, name, noting(getattr(Transaction, name)))
        event.listen(store._db, "before_cursor_execute", note)
        try:
            yield said
        finally:
            event.remove(store._db, "before_cursor_execute", note)


def answer(office: Park, read: Read, reader: Reader, ref: str) -> tuple[str, str, str]:
    """Return how a read is refused: class, code, and words without the reference itself."""
    with pytest.raises(CaseNotFound) as refused:
        read(office, reader, ref)
    error = refused.value
    return type(error).__name__, error.code, str(error).replace(ref, "REF")


@pytest.mark.parametrize("name", READS)
@pytest.mark.parametrize("person", [NEIGHBOUR, PARTY, "h-feng", ""])
def test_not_yours_is_answered_as_not_there(
    office: Park, monkeypatch: pytest.MonkeyPatch, name: str, person: str
):
    case = office.quarrel()
    number = _number(office, case)
    if not person and name in {"offers", "similar", "move", "amend", "sign", "correct"}:
        pytest.skip("nobody in particular has neither offers nor moves")
    reader, read = Reader(person=person), READS[name]
    # What a store keeps in memory is read before.
    answer(office, read, reader, NOWHERE)

    told = []
    for ref in (NOWHERE, case, NUMBER, number):
        with statements(monkeypatch, office.cases.store) as said:
            told.append((answer(office, read, reader, ref), list(said)))

    assert told[0][1]
    assert all(one == told[0] for one in told[1:])


def _number(office: Park, case: str) -> str:
    with office.cases.store.read() as work:
        number = work.cases.summary(case).number
    assert number is not None
    return number


@pytest.mark.parametrize("name", READS)
def test_who_may_know_the_case_is_answered_by_the_case(office: Park, name: str):
    case = office.quarrel()
    # Other errors than that it is not there speak of the case: it has no such paper.
    with suppress(HeyiError):
        try:
            READS[name](office, Reader(person=KEEPER), case)
        except CaseNotFound as error:
            raise AssertionError from error


def test_lists_hold_what_one_may_know_and_nothing_else(office: Park):
    case = office.quarrel()
    sealed = office.quarrel(hurt=True)
    cases, clocks = Cases(office.cases), clocks_of(office.cases)

    def seen(person: str) -> tuple[set[str], set[str]]:
        reader = Reader(person=person)
        rows = cases.list(reader, now=NOW).items
        runs = clocks.list(reader, now=NOW).items
        return {one.id for one in rows}, {one.case for one in runs}

    assert seen(KEEPER) == ({case, sealed},) * 2
    assert seen(WARDEN) == ({case},) * 2
    for person in (NEIGHBOUR, PARTY, "h-feng", ""):
        assert seen(person) == (set(), set())


def test_a_seal_changes_who_is_listed_in_the_same_transaction(office: Park):
    case = office.quarrel()
    cases, warden = Cases(office.cases), Reader(person=WARDEN)
    assert [one.id for one in cases.list(warden, now=NOW).items] == [case]

    cases.move(
        Reader(person=KEEPER), ref=case, kind="correct", data={"hurt": True}, reason="受伤", now=NOW
    )

    assert cases.list(warden, now=NOW).items == ()
    with pytest.raises(CaseNotFound):
        cases.show(warden, ref=case, now=NOW)


def test_a_unit_that_is_moved_takes_rights_away_at_once_and_gives_new_ones_by_a_round(
    office: Park,
):
    case, cases = office.quarrel(), Cases(office.cases)
    store = office.cases.store
    with store.write() as work:
        work.units.put(Unit(id="meadow", level="park", title="草地"))
        work.people.give_post("h-feng", role="warden", unit="meadow")
        work.units.put(Unit(id="east", level="garden", title="东园", parent="meadow"))

    def lists(person: str) -> list[str]:
        return [one.id for one in cases.list(Reader(person=person), now=NOW).items]

    assert lists(WARDEN) == []
    with pytest.raises(CaseNotFound):
        cases.show(Reader(person=WARDEN), ref=case, now=NOW)
    assert lists("h-feng") == []
    found = Audit(office.cases).verify(Reader.system("test:verify"), now=NOW)
    assert [(one.case, one.kind, one.name) for one in found.findings] == [
        (case, "derived", "grant")
    ]

    done = list(_granting(office).fill(everywhere=True))

    assert (sum(one.cases for one in done), sum(one.changed for one in done)) == (1, 1)
    assert lists("h-feng") == [case]
    assert Audit(office.cases).verify(Reader.system("test:verify"), now=NOW).verified


def _granting(office: Park) -> Granting:
    cases = office.cases
    return Granting(cases.store, cases.library, Worlds(cases.library, cases.zone, {}))


def test_what_is_missing_is_written_batch_by_batch_and_may_be_broken_off(office: Park):
    ids = sorted(office.quarrel() for _ in range(5))
    store = office.cases.store
    with store.write() as work:
        wanted = {one: work.grants.of(one) for one in ids}
        for one in ids:
            work.grants.put(one, (), opened_at=work.cases.load(one).opened_at)
    assert Cases(office.cases).list(Reader(person=KEEPER), now=NOW).items == ()

    first = next(_granting(office).fill(size=2))
    assert (first.cases, first.changed, first.broken) == (2, 2, 0)
    rest = list(_granting(office).fill(size=2))

    assert sum(one.cases for one in rest) == 3
    assert list(_granting(office).fill()) == []
    with store.read() as work:
        assert {one: work.grants.of(one) for one in ids} == wanted


def test_a_case_names_only_cases_that_its_mover_may_know(office: Park):
    mine = office.quarrel(unit="east")
    foreign = office.quarrel(unit="west")
    with office.cases.store.write() as work:
        work.grants.put(foreign, {"r:keeper@west"}, opened_at="2026-03-03T01:00:00Z")
    cases, keeper = Cases(office.cases), Reader(person=KEEPER)

    def join(other: str) -> str:
        with pytest.raises(HeyiError) as refused:
            cases.move(keeper, ref=mine, trigger="join", data={"other": other}, now=NOW)
        return str(refused.value).replace(other, "REF")

    said = {join(one) for one in (foreign, _number(office, foreign), NOWHERE, NUMBER)}
    assert len(said) == 1
