"""The values for what a step owes beyond its own case; services and storage carry them out."""

from dataclasses import dataclass
from typing import TypeAlias

from engine.time.plain import Data

VOIDED = "voided"
"""What ``Tell`` says to those who signed a text that is no more."""
WITHDRAWN = "withdrawn"
"""A text or a signature was taken back."""
HANDED = "handed"
"""A case is handed over, accepted or given back."""
URGED = "urged"
"""Somebody waits for an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenCase:
    """Owed: open a linked case in the same transaction."""

    workflow: str
    link: str
    unit: str
    data: Data
    inverse: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Signal:
    """Owed: fire a trigger of linked cases in the same transaction; a refusal refuses all."""

    cases: tuple[str, ...]
    trigger: str
    data: Data


@dataclass(frozen=True, slots=True, kw_only=True)
class Join:
    """Owed: note on the other case that this one links to it."""

    case: str
    inverse: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Publish:
    """Owed: put or drop one row of a catalogue; makes a new catalogue version.

    Attributes:
        row: columns to set; ``code`` is the key. For ``drop`` only ``code``.
        drop: end the row's validity instead.
    """

    catalogue: str
    row: Data
    drop: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Tell:
    """Owed: let the holders of these roles know.

    Attributes:
        roles: whose holders.
        persons: those the case itself names.
        why: "" for what the file tells; else what the engine tells of, as ``VOIDED``.
    """

    roles: tuple[str, ...]
    persons: tuple[str, ...] = ()
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase:
    """Owed: destroy the key of this vault of the case."""

    vault: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """Owed (预警): let these persons know that a rung of a clock has been reached.

    Attributes:
        clock: with ``item`` and ``run`` (its seq) which run.
        place: 0-based place of the rung in its ladder.
        rung: where it stands, as the file says: ``70%``, ``due - 1 working day``.
        at: the moment it is owed.
        send_at: when it may leave the office: after quiet hours.
        due: the run's due day or moment.
        mark: the word the rung marks the clock with, or None.
        level: the rung's level, or None.
        persons: who; nobody where no level above has anybody either.
        provisional: the due day may still move with the calendar.
    """

    clock: str
    item: int
    run: int
    place: int
    rung: str
    at: str
    send_at: str
    due: str
    mark: str | None = None
    level: int | None = None
    persons: tuple[str, ...] = ()
    provisional: bool = False


Effect: TypeAlias = OpenCase | Signal | Join | Publish | Tell | Erase | Alert
