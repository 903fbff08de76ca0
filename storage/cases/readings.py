"""Stores who read what of which case and when: reading acts, kept for the head to look at."""

from datetime import datetime

from sqlalchemy import insert, select

from storage.kernel.records import Reading
from storage.kernel.texts import checked
from storage.kernel.timetables import TABLES
from storage.kernel.transaction import Transaction

_TABLE = TABLES["reading"]
_SHOWN = tuple(_TABLE.c[name] for name in ("id", "person", "at", "what"))


class Readings:
    """The reading acts of one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def note(self, case: str, *, person: str, what: str, at: datetime) -> None:
        """Note that somebody read a case that is kept.

        Args:
            case: its id.
            person: who.
            what: in which form, e.g. ``show``; never a value.
            at: when.

        Raises:
            TextRefused: a text cannot be stored.
        """
        row = {"case_id": case, "person": checked(person, what="a person"), "at": at}
        row["what"] = checked(what, what="what was read")
        self._transaction.connection.execute(insert(_TABLE).values(row))

    def of(self, case: str, *, limit: int = 100, before: int | None = None) -> tuple[Reading, ...]:
        """Return the reading acts of a case, newest first; those with an id below one."""
        wanted = select(*_SHOWN).where(_TABLE.c.case_id == case)
        if before is not None:
            wanted = wanted.where(_TABLE.c.id < before)
        page = wanted.order_by(_TABLE.c.id.desc()).limit(limit)
        rows = self._transaction.connection.execute(page)
        return tuple(Reading(case=case, **row._mapping) for row in rows)
