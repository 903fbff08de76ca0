"""Stores who is away, from when until when, and who stands in."""

from datetime import date

from sqlalchemy import delete, insert, select
from sqlalchemy.exc import IntegrityError

from storage.kernel.errors import UnknownReference
from storage.kernel.timerecords import Absence
from storage.kernel.timetables import TABLES
from storage.kernel.transaction import Transaction
from storage.people.registry import staff_changed

_TABLE = TABLES["absence"]
_ABSENCE = _TABLE.c


class Absences:
    """Absences by person."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def put(
        self, person: str, from_day: date, until_day: date, substitute: str | None = None
    ) -> int:
        """Store an absence and return its id.

        Args:
            person: who.
            from_day: the first day away, in the office's zone.
            until_day: the last day away; not before the first.
            substitute: who stands in, if anybody does.

        Raises:
            UnknownReference: the person or the substitute is not kept.
            ValueError: the last day lies before the first.
        """
        if until_day < from_day:
            message = f"away until {until_day}, which is before {from_day}; turn them round"
            raise ValueError(message)
        days = {"from_day": from_day.isoformat(), "until_day": until_day.isoformat()}
        values = {"person": person, "substitute": substitute, **days}
        new = insert(_TABLE).values(values).returning(_ABSENCE.id)
        try:
            found = self._transaction.connection.execute(new).scalar_one()
        except IntegrityError as error:
            what = f"the absence of person '{person}'"
            raise UnknownReference(what) from error
        staff_changed(self._transaction)
        return int(found)

    def of(self, person: str) -> tuple[Absence, ...]:
        """Return all absences of a person, past ones too, the earliest first."""
        query = select(_TABLE).where(_ABSENCE.person == person)
        rows = self._transaction.connection.execute(query.order_by(_ABSENCE.from_day, _ABSENCE.id))
        return tuple(
            Absence(
                id=row.id,
                person=row.person,
                from_day=date.fromisoformat(row.from_day),
                until_day=date.fromisoformat(row.until_day),
                substitute=row.substitute,
            )
            for row in rows
        )

    def substitutes(self) -> frozenset[tuple[int, str, str]]:
        """Return all absences in which somebody stands in, as (id, person, substitute)."""
        lent = select(_ABSENCE.id, _ABSENCE.person, _ABSENCE.substitute)
        rows = self._transaction.connection.execute(lent.where(_ABSENCE.substitute.is_not(None)))
        return frozenset((row.id, row.person, row.substitute) for row in rows)

    def drop(self, absence: int) -> bool:
        """Delete an absence; return whether it was stored."""
        gone = self._transaction.connection.execute(delete(_TABLE).where(_ABSENCE.id == absence))
        if not gone.rowcount:
            return False
        staff_changed(self._transaction)
        return True
