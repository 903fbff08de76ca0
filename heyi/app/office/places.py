"""Finds where a deployment keeps a small database, and what its operator looks after."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from heyi.app.library.shelf import FolderShelf
    from heyi.app.office.schedule import ScheduledRound

_PREFIX = "sqlite:///"


@dataclass(frozen=True, slots=True, kw_only=True)
class Keyring:
    """The deployment's key, as the bootstrap reads and makes it.

    Attributes:
        file: where it lies.
        read: returns it; raises KeyMissing where there is none.
        make: writes a new one; tells whether there was none yet.
    """

    file: Path
    read: Callable[[], bytes]
    make: Callable[[], bool]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """The settings of a deployment that its operator looks after.

    Attributes:
        database: the database's URL.
        keyring: the deployment's key.
        shelf: workflow files.
        profile: the profile in force; "" for none.
        schedule: how often each round should be taken.
    """

    database: str
    keyring: Keyring
    shelf: "FolderShelf"
    profile: str
    schedule: "tuple[ScheduledRound, ...]"


def sqlite_file(url: str) -> Path | None:
    """Return the file of a SQLite database, None for other databases."""
    return Path(url.removeprefix(_PREFIX)) if url.startswith(_PREFIX) else None
