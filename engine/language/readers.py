"""Defines who is listed as a reader: a role or word, alone or under a condition."""

from collections.abc import Iterable
from typing import Annotated

from pydantic import Field, Tag

from engine.language.words import BY_SHAPE, Name, Part, Text

ANYONE, OPENER = "anyone", "opener"


class ReaderDef(Part):
    """A reader under a condition: ``{role: ROLE, when: CEL}``."""

    role: Name
    when: Text = Field(description="reads fields, filled, state and taken only; unknown is no")


Entry = Annotated[Annotated[ReaderDef, Tag("mapping")] | Annotated[Name, Tag("word")], BY_SHAPE]
"""One entry of ``seen_by``, ``readers``, ``sealed`` or ``seal_to``."""


def role_of(entry: ReaderDef | str) -> str:
    """Return the role or word of an entry, whatever its condition."""
    return entry if isinstance(entry, str) else entry.role


def always(entries: Iterable[ReaderDef | str]) -> tuple[str, ...]:
    """Return the roles and words of the entries without a condition."""
    return tuple(entry for entry in entries if isinstance(entry, str))
