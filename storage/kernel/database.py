"""Opens the database: URLs, connections, and how a transaction begins on each dialect."""

import sqlite3
from functools import partial
from typing import Any

from sqlalchemy import Engine as Database
from sqlalchemy import create_engine, event
from sqlalchemy.engine import URL, make_url
from sqlalchemy.engine.interfaces import DBAPICursor
from sqlalchemy.exc import ArgumentError

from storage.kernel.errors import DatabaseRefused

BUSY_SECONDS = 10
"""How long a writer waits for another one before it gives up."""

_PRAGMAS = (
    # First, so that the change to WAL waits for others as well.
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    "PRAGMA foreign_keys = ON",
    # Without it REPLACE would pass by the triggers that refuse deletes.
    "PRAGMA recursive_triggers = ON",
    # A destroyed key must not stay legible in freed space.
    "PRAGMA secure_delete = ON",
)
_LASTING = "PRAGMA synchronous = FULL"
"""An acknowledged step survives the loss of power."""
_PASSING = "PRAGMA synchronous = OFF"
"""What is thrown away anyway waits for no disk."""


def database_url(url: str) -> URL:
    """Return the URL with the driver that heyi brings along.

    Raises:
        DatabaseRefused: it is no database URL, or names a database heyi cannot use.
    """
    try:
        parsed = make_url(url)
    except ArgumentError as error:
        raise DatabaseRefused from error
    name = parsed.get_backend_name()
    if name in {"postgresql", "postgres"}:
        return parsed.set(drivername="postgresql+psycopg")
    if name == "sqlite":
        return parsed.set(drivername="sqlite+pysqlite")
    raise DatabaseRefused(name)


def open_database(url: str, *, lasting: bool = True) -> Database:
    """Return SQLAlchemy's engine, called a database here; connects only when asked.

    Args:
        url: as ``database_url`` reads it.
        lasting: whether what is written has to survive the loss of power; SQLite alone is asked.
    """
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite":
        # autocommit: the driver begins nothing by itself, ``begin`` below does.
        db = create_engine(parsed, connect_args={"isolation_level": None})
        event.listen(db, "connect", partial(_prepare_sqlite, lasting=lasting))
        return db
    # In a zone east of it the driver could not read the last day of the calendar.
    utc = {"options": "-c timezone=UTC"}
    return create_engine(parsed, pool_pre_ping=True, connect_args=utc)


def begin(cursor: DBAPICursor, *, dialect: str, writing: bool) -> None:
    """Begin a transaction: one writer at a time on SQLite, a stable view for readers."""
    if dialect == "sqlite":
        cursor.execute("BEGIN IMMEDIATE" if writing else "BEGIN")
        if not writing:
            cursor.execute("PRAGMA query_only = ON")
    elif not writing:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def end_reading(cursor: DBAPICursor, *, dialect: str) -> None:
    """Make a connection that only read writable again: SQLite's is used for the next one."""
    if dialect == "sqlite":
        cursor.execute("PRAGMA query_only = OFF")


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any, *, lasting: bool) -> None:  # noqa: ANN401 - SQLAlchemy's own
    for pragma in (*_PRAGMAS, _LASTING if lasting else _PASSING):
        connection.execute(pragma)
