"""An office that prints: the garden's workflow with every kind of paper, on a database."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pypdf import PdfReader

from engine.case.values import Unit
from heyi.app.cases.casework import Casework
from heyi.app.cases.worlds import Worlds
from heyi.app.library.chosen import ChosenShelf
from heyi.app.library.library import Library
from heyi.app.papers.models import Printed
from heyi.app.papers.papers import Papers
from heyi.app.reader import Reader
from storage.kernel.records import Person
from storage.kernel.schema import upgrade
from storage.work import Store
from tests.builders.shelves import SHIPPED

ZONE = ZoneInfo("Asia/Shanghai")
FOLDER = Path(__file__).resolve().parents[1] / "app" / "papers" / "garden"
PEOPLE = {"hua": "keeper", "shan": "head", "men": "guard", "lin": ""}
NAMES = {"hua": "花园丁", "shan": "山园长", "men": "门卫", "lin": "林申请"}
DAY = datetime(2026, 3, 2, 10, 0, tzinfo=ZONE)
LATER = datetime(2026, 4, 1, 9, 30, tzinfo=ZONE)
NUMBER = "东园园〔2026〕001号"
FULL = {
    "guild": "union", "kind": "ROSE", "ways": ["dig", "water"], "fee": "1234567.50",
    "starts_on": "2026-05-01", "dry": True, "reason": "今年干旱。\n等雨季。",
    "redirect": "到园林站办理", "phone": "13800001111", "health": "花粉过敏", "diary": "私事一桩",
}  # fmt: skip
"""Data for every field of a case that is refused."""


@dataclass(frozen=True)
class Desk:
    """The office."""

    cases: Casework

    def ask(self, **data: Any) -> str:
        given = {"topic": "浇水", "asker": "lin", **data}
        return self.cases.open("papers", unit="plot", person="lin", data=given, now=DAY).after.id

    def do(
        self, case: str, trigger: str, who: str = "hua", *, now: datetime = DAY, kind: str = "fire",
        **data: Any,
    ) -> None:  # fmt: skip
        reason = "更正" if kind == "correct" else ""
        shown = self.cases.shown_hash(case, trigger) if kind == "sign" else ""
        self.cases.move(
            case, person=who, now=now, trigger=trigger, kind=kind, data=data, reason=reason,
            hash=shown,
        )  # fmt: skip

    def refuse(self, **data: Any) -> str:
        case = self.ask(**data)
        self.do(case, "refuse")
        self.do(case, "refuse", "shan", kind="sign")
        return case

    def grant(self) -> str:
        case = self.ask(ways=["dig"], fee="90", starts_on="2026-05-01", dry=False)
        self.do(case, "grant", "shan")
        return case

    def note(self, **data: Any) -> str:
        case = self.ask(dry=False, **data)
        self.do(case, "note")
        return case

    def print(
        self, case: str, document: str, who: str | None = "shan", *, now: datetime = LATER
    ) -> Printed:
        return printed(self.cases, case, document, person=who, now=now)

    def text(self, case: str, document: str, who: str | None = "shan") -> str:
        return text_of(self.print(case, document, who).pdf)


def printed(
    cases: Casework, ref: str, document: str, *, person: str | None, now: datetime
) -> Printed:
    """Return a document as a person, or nobody in particular, is given it."""
    return Papers(cases).print(Reader(person=person or ""), ref=ref, document=document, now=now)


def reader(pdf: bytes) -> PdfReader:
    return PdfReader(io.BytesIO(pdf))


def text_of(pdf: bytes) -> str:
    """Return a PDF's text without the breaks of its lines and the space between scripts."""
    return "".join("".join(page.extract_text().split()) for page in reader(pdf).pages)


def make(file: Path) -> None:
    """Make the office's database."""
    upgrade(f"sqlite:///{file}")
    with desk(file) as office, office.cases.store.write() as work:
        work.units.put(Unit(id="plot", level="garden", title="东园"))
        work.units.put(Unit(id="union", level="guild", title="园艺行会"))
        for person, role in PEOPLE.items():
            work.people.put(Person(id=person, display_name=NAMES[person]))
            if role:
                work.people.give_post(person, role=role, unit="plot")
        office.cases.library.publish_shelf(work, at=DAY)


@contextmanager
def desk(file: Path, *, own: Path | None = None) -> Iterator[Desk]:
    """Yield the office on a database; ``own`` is a folder that is looked into first."""
    library = Library(ChosenShelf([*([own] if own else []), FOLDER, SHIPPED], ["papers"]))
    with Store(f"sqlite:///{file}", bytes(range(32))) as store:
        yield Desk(Casework(store, library, Worlds(library, ZONE, {}), zone=ZONE))
