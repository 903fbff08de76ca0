"""A park with gardens where people quarrel: what early warning counts and what may be a duplicate."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine.case.values import Data, Unit
from heyi.app.cases.casework import Casework
from heyi.app.cases.worlds import Worlds
from heyi.app.disputes.disputes import Disputes
from heyi.app.library.library import Library
from heyi.app.library.shelf import FolderShelf
from heyi.app.reader import Reader
from storage.kernel.records import Person
from storage.work import Store
from tests.builders.errand_office import MASTER
from tests.builders.plain_views import plain
from tests.builders.shelves import SHIPPED

ZONE = ZoneInfo("Asia/Shanghai")
FILES = Path(__file__).resolve().parents[1] / "app" / "disputes" / "quarrels"
GARDENS = ("east", "west", "north")
PEOPLE = {
    "k-qian": ("钱守东", "keeper", "east"),
    "k-sun": ("孙守西", "keeper", "west"),
    "w-zhou": ("周园长", "warden", "park"),
    "p-zheng": ("郑邻居", "", ""),
    "h-feng": ("冯主任", "head", "park"),
}
MARCH = (date(2026, 3, 1), date(2026, 3, 31))
KEEPER, WARDEN, PARTY = "k-qian", "w-zhou", "p-zheng"


def at(text: str) -> datetime:
    """Return a moment of the office's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


class Park:
    """The office and short ways to what tests do in it."""

    def __init__(self, cases: Casework) -> None:
        self.cases = cases

    def quarrel(
        self, day: str = "2026-03-03", about: str = "noise", *, unit: str = "east",
        where: str = "东园3号楼", hurt: bool = False, **more: Any,
    ) -> str:  # fmt: skip
        """Report a quarrel and return its case."""
        data: Data = {"about": about, "where": where, "hurt": hurt, "who": PARTY, **more}
        return self._open("quarrel", day, unit, data)

    def talk(
        self, day: str = "2026-03-03", about: str = "noise", *, unit: str = "east",
        where: str = "东园3号楼", **more: Any,
    ) -> str:  # fmt: skip
        """Ask for a talk and return its case."""
        return self._open("talk", day, unit, {"about": about, "where": where, "who": PARTY, **more})

    def walk(self, day: str, *, unit: str = "east") -> str:
        """Open a round by hand and return its case."""
        return self._open("walk", day, unit, {})

    def _open(self, workflow: str, day: str, unit: str, data: Data) -> str:
        now = at(f"{day} 09:00")
        step = self.cases.open(workflow, unit=unit, person=KEEPER, data=data, now=now)
        return step.after.id

    def do(self, case: str, trigger: str, day: str, *, person: str = KEEPER, **data: Any) -> None:
        """Make a move at ten in the morning."""
        now = at(f"{day} 10:00")
        self.cases.move(case, person=person, trigger=trigger, data=data, now=now)

    def report(
        self, days: tuple[date, date] = MARCH, *, person: str = WARDEN, unit: str = "",
        now: str = "2026-04-01 12:00", lang: Any = "zh",
    ) -> Any:  # fmt: skip
        """Return the early warning."""
        asks = Reader(person=person, lang=lang)
        return plain(Disputes(self.cases).report(asks, days=days, now=at(now), unit=unit))

    def similar(self, case: str, *, person: str = KEEPER, now: str = "2026-04-01 12:00") -> Any:
        """Return the hints at duplicates."""
        asks = Reader(person=person)
        return plain(Disputes(self.cases).similar(asks, ref=case, now=at(now)))


@contextmanager
def park(template: Path, file: Path, *names: str) -> Iterator[Park]:
    """Furnish a park on a copy of an empty database.

    Args:
        template: the empty database.
        file: where the copy goes.
        names: workflows to publish; all three where none is named.
    """
    file.write_bytes(template.read_bytes())
    with Store(f"sqlite:///{file}", MASTER) as store:
        shelf = FolderShelf([FILES, SHIPPED])
        library = Library(shelf)
        with store.write() as work:
            for name in names or ("quarrel", "talk", "walk"):
                rules = shelf.workflow(name)
                assert rules is not None
                library.publish(work, rules, at=at("2026-01-01 00:00"))
            work.units.put(Unit(id="park", level="park", title="公园"))
            for garden in GARDENS:
                work.units.put(Unit(id=garden, level="garden", title=f"{garden}园", parent="park"))
            for person, (name, role, unit) in PEOPLE.items():
                work.people.put(Person(id=person, display_name=name))
                if role:
                    work.people.give_post(person, role=role, unit=unit)
        yield Park(Casework(store, library, Worlds(library, ZONE, {}), zone=ZONE))
