"""An office that lends a hall: one clock of two working days a case, and calendars to load."""

from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.case.values import Data, Unit
from heyi.app.cases.casework import Casework
from heyi.app.cases.worlds import Worlds
from heyi.app.clocks.calendarcheck import CalendarCheck, Lack
from heyi.app.clocks.calendars import Loading, Proposal
from heyi.app.clocks.replanning import Replanned
from heyi.app.library.library import Library
from heyi.app.library.shelf import FolderShelf
from storage.kernel.records import Person
from storage.kernel.schema import upgrade
from storage.work import Store
from tests.builders.demo_data import OPERATOR, mark_store
from tests.builders.shelves import SHIPPED

HALL = Path(__file__).resolve().parents[1] / "cli" / "hall.yaml"
ZONE = ZoneInfo("Asia/Shanghai")
NEW_YEAR = """calendar: cn
announced_through: 2027-12-31
years:
  2027: {notices: [made up], off: {"01-01": 元旦, "01-02": 元旦, "01-03": 元旦}}
"""
"""2027 as it might be announced: New Year's Day is a Friday off."""
OPENED = datetime(2026, 12, 30, 2, tzinfo=UTC)
"""A Wednesday; two working days later is the Friday that may be New Year's Day."""


@dataclass
class Hall:
    """The office, its store, and short ways to what tests do in it."""

    store: Store
    cases: Casework

    @property
    def library(self) -> Library:
        return self.cases.library

    def ask(self, *, now: datetime = OPENED) -> str:
        """Open a case and return its id."""
        data: Data = {"purpose": "reading", "people": 3}
        return self.cases.open(
            "hall", unit="heshun", person="wang", data=data, now=now
        ).after.id  # fmt: skip

    def due(self, case: str) -> tuple[str, bool]:
        """Return a case's due day, and whether it is provisional."""
        with self.store.read() as work:
            [run] = work.cases.load(case).runs
        return run.due, run.provisional

    def kinds(self, case: str) -> list[str]:
        """Return the kinds of a case's events."""
        with self.store.read() as work:
            return [event.kind for event in work.cases.events(case)]

    def propose(self, text: str, *, now: datetime = OPENED, correct: bool = False) -> Proposal:
        today = now.astimezone(ZONE).date()
        return Loading(self.cases).propose(
            text, file="news.yaml", now=now, today=today, correct=correct
        )

    def load(self, text: str, *, now: datetime = OPENED, correct: bool = False) -> Replanned:
        found = self.propose(text, now=now, correct=correct)
        return Loading(self.cases).store(found, now=now, reader=OPERATOR)

    def lacks(self, name: str, today: date) -> list[Lack]:
        with self.store.read() as work:
            return CalendarCheck(work=work, library=self.library, zone=ZONE, today=today).of(name)

    def all_lacks(self, today: date) -> list[Lack]:
        with self.store.read() as work:
            return CalendarCheck(work=work, library=self.library, zone=ZONE, today=today).all()


def build_hall(folder: Path, *, own: Path | None = None) -> Hall:
    """Return an office on a new database.

    Args:
        folder: an empty one, for the database.
        own: a folder of its own files, found before the shipped ones.
    """
    url = f"sqlite:///{folder}/heyi.db"
    upgrade(url)
    store = Store(url, bytes(range(32)))
    shelf = FolderShelf([*([own] if own else []), HALL.parent, SHIPPED])
    library = Library(shelf)
    cases = Casework(store, library, Worlds(library, ZONE, {}), zone=ZONE)
    hall = shelf.workflow("hall")
    assert hall is not None
    mark_store(store)
    with store.write() as work:
        library.publish(work, hall, at=datetime(2026, 1, 1, tzinfo=UTC))
        work.units.put(Unit(id="heshun", level="community", title="和顺社区"))
        work.people.put(Person(id="wang", display_name="王"))
        work.people.give_post("wang", role="keeper", unit="heshun")
    return Hall(store, cases)
