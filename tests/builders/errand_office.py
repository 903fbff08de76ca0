"""An office that runs errands: cases with a ladder, people, addresses, senders that are told what to do."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine.case.values import Unit
from heyi.app.alerts.delivery import Deliveries, DeliveryReport
from heyi.app.alerts.senders import Answer, Message
from heyi.app.cases.casework import Casework
from heyi.app.cases.worlds import Worlds
from heyi.app.clocks.sweeps import Sweeps
from heyi.app.library.library import Library
from heyi.app.library.shelf import FolderShelf
from storage.kernel.records import Person
from storage.kernel.schema import upgrade
from storage.work import Store, Work
from tests.builders.shelves import SHIPPED

ZONE = ZoneInfo("Asia/Shanghai")
FILE = Path(__file__).resolve().parents[1] / "app" / "errand.yaml"
MASTER = bytes(range(32))
PEOPLE = {"wang": "runner", "zhou": "runner", "li": "head"}


def at(text: str) -> datetime:
    """Return a moment of the office's wall clock."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


class Killed(BaseException):
    """The process dies here."""


class Doomed:
    """A store whose process dies at the n-th of its steps, before or after they are kept."""

    def __init__(self, store: Store, *, steps: int) -> None:
        self._store, self._left = store, steps

    def step(self) -> None:
        self._left -= 1
        if self._left < 0:
            raise Killed

    @contextmanager
    def write(self) -> Iterator[Work]:
        self.step()
        with self._store.write() as work:
            yield work
            self.step()
        self.step()

    @contextmanager
    def read(self) -> Iterator[Work]:
        self.step()
        with self._store.read() as work:
            yield work


@dataclass
class Post:
    """A sender that keeps what it is given, and answers as it is told."""

    answer: Callable[[str, Message], Answer] = lambda _url, _message: Answer(outcome="sent")
    sent: list[tuple[str, Message]] = field(default_factory=list)

    def send(self, url: str, message: Message) -> Answer:
        self.sent.append((url, message))
        return self.answer(url, message)

    def says(self, outcome: str, reason: str = "", wait: int = 0) -> None:
        self.answer = lambda _url, _message: Answer(outcome=outcome, reason=reason, wait=wait)  # type: ignore[arg-type]


@dataclass
class Errands:
    """The office."""

    cases: Casework
    post: Post = field(default_factory=Post)

    @property
    def store(self) -> Store:
        return self.cases.store

    def ask(self, what: str, *, now: datetime, who: str = "") -> str:
        data = {"what": what, **({"who": who} if who else {})}
        return self.cases.open("errand", unit="plot", person="wang", data=data, now=now).after.id

    def move(
        self, case: str, trigger: str, *, now: datetime, person: str = "wang", **data: str
    ) -> None:
        self.cases.move(case, person=person, trigger=trigger, data=data, now=now)

    def sweep(self, now: datetime) -> None:
        Sweeps(self.cases).sweep(now)

    def address(self, owner: str, url: str, kind: str = "post", of: str = "person") -> str:
        with self.store.write() as work:
            return work.addresses.put(of, owner, kind, url)  # type: ignore[arg-type]

    def deliveries(self, now: datetime | None = None, **more: Any) -> Deliveries:
        told = now or datetime(2000, 1, 1, tzinfo=UTC)
        given: dict[str, Any] = {
            "clock": lambda: told, "jitter": lambda: 0.0, "base_url": "https://heyi.example/", **more,
        }  # fmt: skip
        return Deliveries(self.cases, {"post": self.post}, **given)

    def deliver(self, now: datetime, **more: Any) -> DeliveryReport:
        """Deliver until nothing is left for this moment."""
        deliveries, total = self.deliveries(**more), DeliveryReport()
        while (report := deliveries.deliver(now)).more:
            total += report
        return total

    def rows(self, state: str) -> int:
        with self.store.read() as work:
            return work.deliveries.counts().get(state, 0)

    def alerts(self) -> dict[str, int]:
        with self.store.read() as work:
            return work.alerts.counts()


def template(folder: Path) -> Path:
    """Make a database with the people and the workflow; return its file."""
    file = folder / "errands.db"
    upgrade(f"sqlite:///{file}")
    with Store(f"sqlite:///{file}", MASTER) as store:
        furnished(store)
    return file


def furnished(store: Store) -> Errands:
    """Put the people and the workflow into an empty store; return the office."""
    cases = _cases(store)
    with store.write() as work:
        for unit in (
            Unit(id="town", level="town", title="镇"),
            Unit(id="plot", level="garden", title="园", parent="town"),
        ):
            work.units.put(unit)
        for person, role in PEOPLE.items():
            work.people.put(Person(id=person, display_name=f"{person}的姓名"))
            work.people.give_post(person, role=role, unit="plot")
        rules = cases.library.shelf.workflow("errand")
        assert rules is not None
        cases.library.publish(work, rules, at=at("2026-01-01 00:00"))
    return Errands(cases)


def _cases(store: Store) -> Casework:
    shelf = FolderShelf([FILE.parent, SHIPPED])
    library = Library(shelf)
    return Casework(store, library, Worlds(library, ZONE, {}), zone=ZONE)


@contextmanager
def errands(template_file: Path, folder: Path) -> Iterator[Errands]:
    """Yield the office on a copy of its database."""
    file = folder / "errands.db"
    shutil.copy(template_file, file)
    with Store(f"sqlite:///{file}", MASTER) as store:
        yield Errands(_cases(store))


def later(now: datetime, **span: float) -> datetime:
    return now + timedelta(**span)
