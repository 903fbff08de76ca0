"""Holds one open transaction: the compiled statements, and a SQLModel session on it."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from sqlalchemy import Connection, PoolProxiedConnection, text
from sqlalchemy import Engine as Database
from sqlmodel import Session

from engine.case.values import Office, Unit
from storage.kernel.compiled import Statement
from storage.kernel.database import begin, end_reading
from storage.kernel.statements import Statements
from storage.kernel.texts import to_text
from storage.kernel.vaults import MasterKey


@dataclass(slots=True)
class Tree:
    """The units and posts, read anew only after a change; shared by a store's transactions.

    Attributes:
        kept: the mark under which units were read, and the units by id: one pair, for
            threads swap it whole. The dictionary in it is never changed.
        office: the mark under which posts and absences were read, their day, and both.
    """

    kept: tuple[str, Mapping[str, Unit]] = ("", {})
    office: tuple[str, str, Office] = ("", "", Office())


class Transaction:
    """What the repositories of one unit of work share."""

    def __init__(
        self, db: Database, *, sql: Statements, master: MasterKey, tree: Tree, writing: bool
    ) -> None:
        """Take a connection from the pool and begin."""
        self.sql, self.master, self.tree, self.writing = sql, master, tree, writing
        self.destroyed_keys = False
        self._db = db
        self._pooled: PoolProxiedConnection = db.raw_connection()
        self._cursor = self._pooled.cursor()
        try:
            begin(self._cursor, dialect=db.dialect.name, writing=writing)
        except BaseException:
            self._pooled.close()
            raise

    @property
    def is_postgresql(self) -> bool:
        """Tell whether this is PostgreSQL, where writers run side by side."""
        return self._db.dialect.name == "postgresql"

    @property
    def integrity_error(self) -> type[Exception]:
        """The error class that the driver raises where a constraint is violated."""
        driver: Any = self._db.dialect.dbapi
        error: type[Exception] = driver.IntegrityError
        return error

    @cached_property
    def connection(self) -> Connection:
        """SQLAlchemy's connection, for everything that is not on the path of a move."""
        connection = Connection(self._db, connection=self._pooled)
        connection.begin()
        return connection

    @cached_property
    def session(self) -> Session:
        """The SQLModel session on this connection."""
        return Session(self.connection, expire_on_commit=False)

    @property
    def driver(self) -> Any:  # noqa: ANN401 - the driver's own connection
        """The driver's connection."""
        return self._pooled.driver_connection

    def run(self, statement: Statement, values: Mapping[str, Any]) -> int:
        """Run a compiled statement and return how many rows it touched."""
        self._cursor.execute(statement.sql, statement.arguments(values))
        return int(self._cursor.rowcount)

    def one(self, statement: Statement, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a driver's row
        """Run a compiled statement and return its first row, or None."""
        self._cursor.execute(statement.sql, statement.arguments(values))
        return self._cursor.fetchone()

    def all(self, statement: Statement, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - a driver's rows
        """Run a compiled statement and return its rows."""
        self._cursor.execute(statement.sql, statement.arguments(values))
        return self._cursor.fetchall()

    def many(self, statement: Statement, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run a compiled statement once for each of the rows, which may be none."""
        if rows:
            self._cursor.executemany(statement.sql, [statement.arguments(one) for one in rows])

    def texts(self, found: Iterable[str]) -> Any:  # noqa: ANN401 - what drivers take
        """Return texts, packed as one parameter for ``Compiler.one_of``."""
        packed = sorted(set(found))
        return packed if self.is_postgresql else to_text(packed, what="ids")

    def serialize(self, what: str) -> None:
        """Let only one writer at a time go on with ``what``, until its transaction ends.

        On SQLite there is one writer anyhow. Readers do not wait.
        """
        if self.is_postgresql and self.writing:
            lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")
            self.connection.execute(lock, {"what": what})

    def commit(self) -> None:
        """Commit everything that was written."""
        if "session" in self.__dict__:
            self.session.flush()
        self._pooled.commit()
        if self.destroyed_keys and not self.is_postgresql:
            # Else the write-ahead log would keep the key that was destroyed.
            self._cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")

    def close(self) -> None:
        """Give the connection back to the pool, which undoes what was not committed."""
        if "session" in self.__dict__:
            self.session.close()
        try:
            if not self.writing:
                self._pooled.rollback()
                end_reading(self._cursor, dialect=self._db.dialect.name)
            self._cursor.close()
        finally:
            self._pooled.close()
