"""Cases that name others: links, values and lists say nothing of what one may not know."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from heyi.app.audit.audit import AllRefused, Audit
from heyi.app.cases.cases import Cases
from heyi.app.cases.readings import ReadingsClosed
from heyi.app.reader import Reader
from storage.kernel.errors import CaseNotFound
from storage.kernel.records import CaseQuery
from tests.builders.quarrel_office import KEEPER, WARDEN, Park, at, park

NOW = at("2026-03-05 12:00")
NEIGHBOUR = "k-sun"
"""Keeps the garden next door: no post in the case's."""


@pytest.fixture
def office(sqlite_template: Path, tmp_path: Path) -> Iterator[Park]:
    with park(sqlite_template, tmp_path / "park.db") as found:
        yield found


def _number(office: Park, case: str) -> str:
    with office.cases.store.read() as work:
        number = work.cases.summary(case).number
    assert number is not None
    return number


def test_a_link_to_a_case_that_one_may_not_know_is_not_named(office: Park):
    case = office.quarrel()
    office.do(case, "refer", "2026-03-04")
    cases = Cases(office.cases)

    keeper = cases.show(Reader(person=KEEPER), ref=case, now=NOW).plain()
    warden = cases.show(Reader(person=WARDEN), ref=case, now=NOW).plain()

    [talk] = [one["id"] for one in keeper["links"]["talks"]]
    assert warden["links"] == {}
    assert talk not in str(warden)


def test_a_value_that_names_a_case_one_may_not_know_is_masked(office: Park):
    case, master = office.quarrel(), office.quarrel(hurt=True)
    office.do(case, "join", "2026-03-04", other=master)
    cases = Cases(office.cases)
    number = _number(office, master)

    keeper = str(cases.show(Reader(person=KEEPER), ref=case, now=NOW).plain())
    assert master in keeper
    for read in (cases.show, cases.history):
        warden = str(read(Reader(person=WARDEN), ref=case, now=NOW).plain())
        assert master not in warden
        assert number not in warden


def test_all_cases_are_verified_by_the_office_itself_alone(office: Park):
    office.quarrel()
    audit = Audit(office.cases)

    assert audit.verify(Reader.system("test:verify"), now=NOW).cases == 1
    for person in (KEEPER, ""):
        with pytest.raises(AllRefused):
            audit.verify(Reader(person=person), now=NOW)


def test_a_broken_seal_hides_nobodys_cases_from_a_list(office: Park):
    case, other = office.quarrel(), office.quarrel()
    with office.cases.store.write() as work:
        row = CaseQuery()
        assert len(work.cases.list(row)) == 2
        work.cases._transaction.connection.exec_driver_sql(
            "UPDATE case_row SET sealed = replace(sealed, 'A', 'B') WHERE id = ?", (case,)
        )
    found = Cases(office.cases).list(Reader(person=KEEPER), now=NOW).items

    assert {one.id for one in found} == {case, other}


def test_who_read_a_sealed_case_is_told_to_its_head_alone(office: Park):
    case, plain = office.quarrel(hurt=True), office.quarrel()
    cases, keeper, warden = Cases(office.cases), Reader(person=KEEPER), Reader(person=WARDEN)
    cases.show(keeper, ref=case, now=NOW)
    cases.history(keeper, ref=case, now=NOW)
    cases.show(warden, ref=plain, now=NOW)
    with pytest.raises(CaseNotFound):
        cases.show(warden, ref=case, now=NOW)

    found = cases.readings(keeper, ref=case, now=NOW).items
    assert [(one.person, one.what) for one in found] == [(KEEPER, "history"), (KEEPER, "show")]
    # Reading an ordinary case is no act.
    assert cases.readings(keeper, ref=plain, now=NOW).items == ()
    with pytest.raises(ReadingsClosed):
        cases.readings(warden, ref=plain, now=NOW)
    with pytest.raises(CaseNotFound):
        cases.readings(warden, ref=case, now=NOW)
