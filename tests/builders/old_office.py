"""The database that heyi 0.1.0 wrote (``tests/fixtures``), laid out anew for a test."""

import gzip
import json
import sqlite3
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[1] / "fixtures"
KEY = bytes.fromhex((FIXTURES / "heyi_0_1_0.key.hex").read_text(encoding="ascii").strip())
"""The key of that database alone."""


def lay_out(file: Path) -> str:
    """Write the database to a new SQLite file, as 0.1.0 left it; return its URL."""
    with sqlite3.connect(file) as connection:
        connection.executescript(_text("heyi_0_1_0.sql.gz"))
    connection.close()
    return f"sqlite:///{file}"


def folds() -> dict[str, dict[str, Any]]:
    """Return every case by id, as 0.1.0 folded it."""
    found: dict[str, dict[str, Any]] = json.loads(_text("heyi_0_1_0.folds.json.gz"))
    return found


def _text(name: str) -> str:
    return gzip.decompress((FIXTURES / name).read_bytes()).decode()
