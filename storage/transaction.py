"""One open transaction: the compiled statements, and a SQLModel session on the same work."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Connection, text
from sqlmodel import Session

from storage.statements import Statement, Statements
from storage.vaults import MasterKey


class Transaction:
    """What the repositories of one unit of work share."""

    def __init__(
        self, connection: Connection, *, sql: Statements, master: MasterKey, writing: bool
    ) -> None:
        """Take a connection whose transaction has begun."""
        self.connection, self.sql, self.master = connection, sql, master
        self.writing = writing
        self.destroyed_keys = False
        self._cursor = connection.connection.cursor()
        self._session: Session | None = None

    @property
    def is_postgresql(self) -> bool:
        """Tell whether this is PostgreSQL, where writers run side by side."""
        return self.connection.dialect.name == "postgresql"

    @property
    def integrity_error(self) -> type[Exception]:
        """What the driver raises where a constraint is hurt."""
        driver: Any = self.connection.dialect.dbapi
        error: type[Exception] = driver.IntegrityError
        return error

    @property
    def session(self) -> Session:
        """The SQLModel session on this connection, made when it is first asked for."""
        if self._session is None:
            self._session = Session(self.connection, expire_on_commit=False)
        return self._session

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

    def serialize(self, what: str) -> None:
        """Let only one writer at a time go on with ``what``, until its transaction ends.

        On SQLite there is one writer anyhow. Readers do not wait.
        """
        if self.is_postgresql and self.writing:
            lock = text("SELECT pg_advisory_xact_lock(hashtextextended(:what, 0))")
            self.connection.execute(lock, {"what": what})

    def commit(self) -> None:
        """Make it last."""
        if self._session is not None:
            self._session.flush()
        self.connection.commit()
        if self.destroyed_keys and not self.is_postgresql:
            # Else the write-ahead log would keep the key that was destroyed.
            self.connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
            self.connection.rollback()

    def close(self) -> None:
        """Let the cursor and the session go."""
        self._cursor.close()
        if self._session is not None:
            self._session.close()
