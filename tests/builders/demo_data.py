"""Marks databases as demo data, as the tests of doors need it, and takes the mark away."""

import sqlite3
from datetime import UTC, datetime
from pathlib import Path

from heyi.app.app import App
from heyi.app.reader import Reader
from heyi.bootstrap import build
from heyi.settings import Settings
from storage.work import Store

MARKED_AT = datetime(2026, 1, 1, tzinfo=UTC)
OPERATOR = Reader.system("demo")
"""Who furnishes demo data: the office itself."""


def mark(app: App) -> None:
    """Mark the empty database of an application."""
    app.office.mark_demo(OPERATOR, now=MARKED_AT)


def mark_store(store: Store) -> None:
    """Mark a store that a test furnishes without an application."""
    with store.write() as work:
        work.acts.record("demo.marked", at=MARKED_AT, actor="", via="test", public={})


def mark_database() -> None:
    """Mark the empty database that the settings name."""
    app = build(Settings())
    mark(app)
    app.close()


def unmarked(file: Path, copy: Path) -> str:
    """Return the URL of a copy of a database whose mark was taken away."""
    copy.write_bytes(file.read_bytes())
    take_mark_away(copy)
    return f"sqlite:///{copy}"


def take_mark_away(file: Path) -> None:
    """Make demo data look real, as only the owner of the database can: verifying tells."""
    connection = sqlite3.connect(file)
    connection.execute("DROP TRIGGER act_no_update")
    connection.execute("UPDATE act SET kind = 'office.founded' WHERE seq = 1")
    connection.commit()
    connection.close()
