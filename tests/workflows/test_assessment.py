"""One assessment a community and year: of bookings made at once, by whatever door, one is kept."""

from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from functools import partial
from threading import Barrier
from typing import Any

import pytest

from engine.case.errors import MoveRefused
from engine.case.values import Unit
from heyi.app.cases.casework import Casework
from heyi.app.cases.worlds import Worlds
from heyi.app.library.library import Library
from heyi.app.library.shelf import FolderShelf
from storage.kernel.errors import DuplicateCase
from storage.kernel.records import CaseQuery, Person
from storage.work import Store
from tests.app.conftest import postgres, sqlite_template, url
from tests.builders.shelves import SHIPPED, rows, shipped
from tests.workflows.scenario_player import ZONE

__all__ = ["postgres", "sqlite_template", "url"]

PUBLISHED = datetime(2026, 1, 1, tzinfo=UTC)
NOW = datetime(2026, 10, 12, 2, tzinfo=UTC)
SECRET = bytes(range(32))
UNITS = (
    Unit(id="shi", level="city", title="铁门关市"),
    Unit(id="jie", level="street", title="和顺街道", parent="shi"),
    Unit(id="heshun", level="community", title="和顺社区", parent="jie"),
    Unit(id="xingfu", level="community", title="幸福社区", parent="jie"),
)
LAWFUL = {"organised": "combined", "veto": "no", "reply_on": "2026-10-12"}
FOOLED = {"assessment": {"slots": 0}}
"""A count that finds no booking, ever: what is left is the database's own constraint."""


class Office:
    """Civil affairs at two desks: two stores on one database, as two processes have them."""

    def __init__(self, url: str, library: Library) -> None:
        self.stores = (Store(url, SECRET), Store(url, SECRET))
        self.library = library
        with self.stores[0].write() as work:
            for unit in UNITS:
                work.units.put(unit)
            work.people.put(Person(id="min", display_name="民政"))
            work.people.give_post("min", role="civil", unit="shi")
            library.publish(work, shipped("assessment"), at=PUBLISHED)
            work.catalogues.load("work_items", rows(SHIPPED)["work_items"], at=PUBLISHED)

    def desks(
        self, counts: Mapping[str, Mapping[str, int]] | None = None
    ) -> tuple[Casework, Casework]:
        """Return the use cases of both desks; ``counts`` are believed instead of taken."""
        first, second = (
            Casework(store, self.library, Worlds(self.library, ZONE, {}, counts=counts), zone=ZONE)
            for store in self.stores
        )
        return first, second

    def ask(self, *, unit: str = "heshun", year: int = 2026) -> str:
        """Register a request and return its id."""
        data: dict[str, Any] = {"sender": "shi", "what": "社区工作考核", "for_year": year}
        opened = self.desks()[0].open("assessment", unit=unit, person="min", data=data, now=NOW)
        return opened.after.id

    def booked(self) -> list[str]:
        """Return the cases that hold a slot, in order."""
        with self.stores[0].read() as work:
            assert work.chain.verify() == ()
            found = [work.cases.load(one.id) for one in work.cases.list(CaseQuery())]
        held = [case.id for case in found if "slot_year" in case.fields]
        assert held == [case.id for case in found if case.state == "booked"]
        return sorted(held)


@pytest.fixture(scope="module")
def library() -> Library:
    """The shipped files; a workflow is compiled once for all tests."""
    return Library(FolderShelf([SHIPPED]))


@pytest.fixture
def office(url: str, library: Library) -> Iterator[Office]:
    """An office on an empty database, SQLite and PostgreSQL in turn."""
    opened = Office(url, library)
    yield opened
    for store in opened.stores:
        store.close()


def book(cases: Casework, case: str) -> str:
    """Book a case's slot; return its id, or the code of the refusal."""
    try:
        step = cases.move(case, person="min", trigger="book", data=LAWFUL, now=NOW)
    except MoveRefused as error:
        return error.reasons[0].code
    return step.after.id


def together(*acts: Callable[[], Any]) -> list[Any]:
    """Run all at once, none before all are ready, and return what each came to."""
    barrier = Barrier(len(acts))

    def start(act: Callable[[], Any]) -> Any:
        barrier.wait(timeout=30)
        return act()

    with ThreadPoolExecutor(len(acts)) as pool:
        return list(pool.map(start, acts))


@pytest.mark.parametrize("year", range(2026, 2029))
def test_of_two_bookings_at_once_one_takes_the_slot(office: Office, year: int):
    asked = [office.ask(year=year) for _ in range(2)]
    acts = [partial(book, *one) for one in zip(office.desks(), asked, strict=True)]

    results = together(*acts)

    won = [one for one in results if one in asked]
    assert won == office.booked()
    assert len(won) == 1
    assert set(results) - set(won) <= {"move.guard", "move.duplicate", "move.conflict"}


@pytest.mark.parametrize("year", range(2026, 2029))
def test_were_the_count_fooled_the_constraint_still_leaves_one(office: Office, year: int):
    asked = [office.ask(year=year) for _ in range(2)]
    acts = [partial(book, *one) for one in zip(office.desks(FOOLED), asked, strict=True)]

    results = together(*acts)

    won = [one for one in results if one in asked]
    assert won == office.booked()
    assert [one for one in results if one not in won] == ["move.duplicate"]


def test_many_desks_book_many_requests_and_one_is_kept(office: Office):
    asked = [office.ask() for _ in range(8)]
    desks = [*office.desks(), *office.desks(FOOLED)] * 2
    acts = [partial(book, *one) for one in zip(desks, asked, strict=True)]

    results = together(*acts)

    assert len(office.booked()) == 1
    assert sorted(one for one in results if one in asked) == office.booked()


def test_what_asks_rejects_or_waits_holds_no_slot(office: Office):
    civil = office.desks()[0]
    rejected, waiting, wanted = (office.ask() for _ in range(3))
    why = {"reason": "部门单独考核", "redirect": "使用年度集中考核的结果"}
    refusal = {**LAWFUL, **why, "organised": "separate"}
    civil.move(rejected, person="min", trigger="reject", data=refusal, now=NOW)

    assert book(civil, wanted) == wanted
    assert office.booked() == [wanted]
    assert book(civil, waiting) == "move.guard"


def test_another_community_and_another_year_have_slots_of_their_own(office: Office):
    civil = office.desks()[0]
    asked = [office.ask(), office.ask(year=2027), office.ask(unit="xingfu")]

    assert [book(civil, one) for one in asked] == asked
    assert office.booked() == sorted(asked)


@pytest.mark.parametrize("booked", [True, False])
def test_a_slot_is_neither_moved_nor_taken_by_a_correction(office: Office, booked: bool):
    civil = office.desks()[0]
    case = office.ask()
    held = [book(civil, case)] if booked else []

    with pytest.raises(MoveRefused) as refused:
        civil.move(
            case, person="min", kind="correct", data={"slot_year": 2027}, reason="更正", now=NOW
        )

    assert [one.code for one in refused.value.reasons] == ["move.field"]
    assert office.booked() == held


def test_the_constraint_stands_in_the_database_itself(office: Office):
    civil = office.desks()[0]
    held, other = office.ask(), office.ask()
    book(civil, held)
    fooled = office.desks(FOOLED)[1]

    with pytest.raises(MoveRefused) as refused:
        fooled.move(other, person="min", trigger="book", data=LAWFUL, now=NOW)

    assert isinstance(refused.value.__cause__, DuplicateCase)
