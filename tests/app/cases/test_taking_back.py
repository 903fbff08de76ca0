"""A move is taken back in a real store: the history verifies, and the clocks of before ring."""

from collections.abc import Iterator
from datetime import timedelta

import pytest

from engine.case.errors import MoveRefused
from engine.case.fold import fold
from engine.case.values import Case, Unit
from heyi.app.cases.cases import Cases
from heyi.app.cases.casework import Casework
from heyi.app.cases.worlds import Worlds
from heyi.app.library.library import Library
from heyi.app.library.shelf import FolderShelf
from heyi.app.reader import Reader
from storage.kernel.records import Person, RunQuery
from storage.work import Store
from tests.builders.errand_office import MASTER, ZONE, at
from tests.builders.shelves import SHIPPED
from tests.builders.toy_workflows import toy
from tests.engine.step.test_taking_back import PARTS, bare

NOW = at("2026-03-02 10:00")
CANARY = "金丝雀的话"


@pytest.fixture
def cases(url: str) -> Iterator[Casework]:
    with Store(url, MASTER) as store:
        library = Library(FolderShelf([SHIPPED]))
        found = Casework(store, library, Worlds(library, ZONE, {}), zone=ZONE)
        with store.write() as work:
            work.units.put(Unit(id="north", level="garden", title="北园"))
            for person in ("gao", "er"):
                work.people.put(Person(id=person, display_name=person))
                work.people.give_post(person, role="gardener", unit="north")
            library.publish(work, toy(**PARTS), at=at("2026-01-01 00:00"))
        yield found


def load(cases: Casework, case: str) -> Case:
    with cases.store.read() as work:
        assert work.chain.verify(case) == ()
        found = work.cases.load(case)
        assert fold(work.cases.events(case)) == found
        return found


def due(cases: Casework, case: str) -> list[str]:
    """Return the clocks of a case that wait for something."""
    with cases.store.read() as work:
        return sorted(one.clock for one in work.clocks.listed(RunQuery(case=case)))


def test_a_plan_is_taken_back_with_its_secret_and_its_clock(cases: Casework):
    case = cases.open("toy", unit="north", person="gao", data={}, now=NOW).after.id
    before = load(cases, case)
    cases.move(case, person="gao", trigger="plan", data={"secret": CANARY, "n": 3}, now=NOW)
    assert due(cases, case) == ["work"]

    cases.move(case, person="gao", kind="take_back", now=NOW + timedelta(hours=2), reason="点错了")

    after = load(cases, case)
    assert bare(after) == bare(before)
    assert due(cases, case) == ["look"]
    told = Cases(cases).history(Reader(person="gao"), ref=case, now=NOW).items
    assert [one.kind for one in told] == ["opened", "moved", "taken_back"]


def test_another_takes_nothing_back_and_the_case_goes_on(cases: Casework):
    case = cases.open("toy", unit="north", person="gao", data={}, now=NOW).after.id
    cases.move(case, person="gao", trigger="plan", now=NOW)

    with pytest.raises(MoveRefused):
        cases.move(case, person="er", kind="take_back", now=NOW)

    cases.move(case, person="er", trigger="go", now=NOW)
    with pytest.raises(MoveRefused):
        cases.move(case, person="gao", kind="take_back", now=NOW)
    assert load(cases, case).state == "done"
