"""Messages owed because of an event; delivering them is not storage's business."""

from sqlmodel import col, select

from storage.records import Alert
from storage.tables import AlertRow
from storage.transaction import Transaction


class Alerts:
    """Alerts by case and by receiver."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def of(self, case: str, *, after_seq: int = 0) -> tuple[Alert, ...]:
        """Return the alerts that a case's events owe, in order, those behind ``after_seq``."""
        query = select(AlertRow).where(AlertRow.case_id == case, AlertRow.seq > after_seq)
        rows = self._transaction.session.exec(query.order_by(col(AlertRow.id)))
        return tuple(_alert(row) for row in rows)

    def to(self, person: str, *, limit: int = 100) -> tuple[Alert, ...]:
        """Return the newest alerts owed to a person by name, newest first."""
        query = select(AlertRow).where(AlertRow.person == person)
        rows = self._transaction.session.exec(query.order_by(col(AlertRow.id).desc()).limit(limit))
        return tuple(_alert(row) for row in rows)


def _alert(row: AlertRow) -> Alert:
    if row.id is None:
        message = "an alert that was never kept"
        raise ValueError(message)
    return Alert(
        id=row.id,
        case=row.case_id,
        seq=row.seq,
        kind=row.kind,
        role=row.role,
        person=row.person,
        at=row.at,
    )
