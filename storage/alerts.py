"""Messages owed because of an event; delivering them is not storage's business."""

from typing import Any

from sqlalchemy import Row, Select, select

from storage.records import Alert
from storage.tables import Row as Table
from storage.transaction import Transaction

_ALERT = Table.metadata.tables["alert"].c


class Alerts:
    """Alerts by case and by receiver."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def of(self, case: str, *, after_seq: int = 0) -> tuple[Alert, ...]:
        """Return the alerts that a case's events owe, in order, those behind ``after_seq``."""
        query = select(*_ALERT).where(_ALERT.case_id == case, _ALERT.seq > after_seq)
        return self._found(query.order_by(_ALERT.id))

    def to(self, person: str, *, limit: int = 100) -> tuple[Alert, ...]:
        """Return the newest alerts owed to a person by name, newest first."""
        query = select(*_ALERT).where(_ALERT.person == person)
        return self._found(query.order_by(_ALERT.id.desc()).limit(limit))

    def _found(self, query: Select[Any]) -> tuple[Alert, ...]:
        return tuple(_alert(row) for row in self._transaction.connection.execute(query))


def _alert(row: Row[Any]) -> Alert:
    values = dict(row._mapping)
    return Alert(case=values.pop("case_id"), **values)
