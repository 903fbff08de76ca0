"""Raw sqlite3 doing the same: what the store says to its driver, recorded once and said again."""

# ruff: noqa: ANN401 - what SQLAlchemy and sqlite3 hand over

import sqlite3
from collections.abc import Sequence
from contextlib import closing
from pathlib import Path
from time import perf_counter
from typing import Any

from sqlalchemy import event

from storage.kernel.database import _PRAGMAS
from storage.work import Store

Statement = tuple[str, Sequence[Any]]
Script = list[list[Statement]]
"""Statements with their values, one list a transaction."""


class Recorder:
    """Writes down what a store says to sqlite3, from BEGIN to COMMIT."""

    def __init__(self, store: Store) -> None:
        """Listen to the connections that this store will open."""
        self.script: Script = []
        event.listen(store._db, "do_connect", self._connected)

    def note(self, sql: str, values: Sequence[Any]) -> None:
        """Note one statement."""
        if sql.startswith("BEGIN"):
            self.script.append([])
        if self.script:
            self.script[-1].append((sql, values))

    def _connected(self, _dialect: Any, _record: Any, _args: Any, options: dict[str, Any]) -> None:
        recorder = self

        class Cursor(sqlite3.Cursor):
            def execute(self, sql: str, values: Any = ()) -> Any:
                recorder.note(sql, tuple(values))
                return super().execute(sql, values)

        class Connection(sqlite3.Connection):
            def cursor(self, *_args: Any) -> Any:
                return super().cursor(Cursor)

            def commit(self) -> None:
                recorder.note("COMMIT", ())
                super().commit()

        options["factory"] = Connection


class Replay:
    """One connection that says a script again, with the store's own settings."""

    def __init__(self, file: Path) -> None:
        """Connect to a copy of the database as it was before the script was recorded."""
        self._connection = sqlite3.connect(file, isolation_level=None)
        for pragma in _PRAGMAS:
            self._connection.execute(pragma)

    def run(self, script: Script) -> float:
        """Say it; return seconds a transaction. Everything selected is fetched."""
        cursor = self._connection.cursor()
        began = perf_counter()
        for transaction in script:
            for sql, values in transaction:
                cursor.execute(sql, values).fetchall()
        return (perf_counter() - began) / len(script)


def check(script: Script, moves: int) -> None:
    """Refuse to compare with a script that holds another number of writing transactions."""
    whole = [t for t in script if t[0][0] == "BEGIN IMMEDIATE" and t[-1][0] == "COMMIT"]
    if len(whole) != moves or len(script) != moves:
        message = f"recorded {len(script)} transactions for {moves} moves"
        raise ValueError(message)


def copy(source: Path, target: Path) -> None:
    """Copy a database, its write-ahead log included."""
    with closing(sqlite3.connect(source)) as old, closing(sqlite3.connect(target)) as new:
        old.backup(new)
