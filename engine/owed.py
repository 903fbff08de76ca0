"""What a step owes beyond its own case: values only; services and storage carry them out."""

from dataclasses import dataclass
from typing import TypeAlias

from engine.plain import Data


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
    """Owed: note on the other case that this one points to it."""

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
    """Owed: let the holders of these roles know. ``persons`` are those the case itself names."""

    roles: tuple[str, ...]
    persons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Erase:
    """Owed: destroy the key of this vault of the case."""

    vault: str


Effect: TypeAlias = OpenCase | Signal | Join | Publish | Tell | Erase
