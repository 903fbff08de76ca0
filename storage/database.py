"""Opening the database: URLs, connections, and how a transaction begins on each dialect."""

import sqlite3
from typing import Any

from sqlalchemy import Connection, create_engine, event
from sqlalchemy import Engine as Database
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError

from storage.errors import DatabaseRefused

BUSY_SECONDS = 10
"""How long a writer waits for another one before it gives up."""

_PRAGMAS = (
    # First, so that the change to WAL waits for others as well.
    f"PRAGMA busy_timeout = {BUSY_SECONDS * 1000}",
    "PRAGMA journal_mode = WAL",
    # FULL: an acknowledged step survives the loss of power.
    "PRAGMA synchronous = FULL",
    "PRAGMA foreign_keys = ON",
    # Without it REPLACE would pass by the triggers that refuse deletes.
    "PRAGMA recursive_triggers = ON",
    # A destroyed key must not stay legible in freed space.
    "PRAGMA secure_delete = ON",
)


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


def open_database(url: str) -> Database:
    """Return SQLAlchemy's engine, called a database here; connects only when asked."""
    parsed = database_url(url)
    if parsed.get_backend_name() == "sqlite":
        # autocommit: the driver begins nothing by itself, ``begin`` below does.
        db = create_engine(parsed, connect_args={"isolation_level": None})
        event.listen(db, "connect", _prepare_sqlite)
        return db
    # In a zone east of it the driver could not read the last day of the calendar.
    utc = {"options": "-c timezone=UTC"}
    return create_engine(parsed, pool_pre_ping=True, connect_args=utc)


def begin(connection: Connection, *, writing: bool) -> None:
    """Begin a transaction: one writer at a time on SQLite, a stable view for readers."""
    connection.begin()
    if connection.dialect.name == "sqlite":
        # Connections are used again, so each transaction says what it may do.
        connection.exec_driver_sql(f"PRAGMA query_only = {'OFF' if writing else 'ON'}")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writing else "BEGIN")
    elif not writing:
        connection.exec_driver_sql("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")


def _prepare_sqlite(connection: sqlite3.Connection, _record: Any) -> None:  # noqa: ANN401 - SQLAlchemy's own
    for pragma in _PRAGMAS:
        connection.execute(pragma)
