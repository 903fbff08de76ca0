"""Stores published workflow versions, which never change and are never deleted."""

from datetime import datetime
from hashlib import sha256

from sqlmodel import col, select

from storage.kernel.errors import WorkflowVersionTaken, WorkflowVersionUnknown
from storage.kernel.records import Published
from storage.kernel.tables import WorkflowVersionRow
from storage.kernel.texts import checked
from storage.kernel.transaction import Transaction


class Workflows:
    """Published versions, as opaque texts."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def publish(self, name: str, version: int, *, body: str, at: datetime) -> bool:
        """Publish a version; return whether it is new. The same text again does nothing.

        Raises:
            WorkflowVersionTaken: the version is published with another text.
        """
        checked(body, what=f"workflow '{name}'")
        self._transaction.serialize(f"workflow:{checked(name, what='the name of a workflow')}")
        found = self._transaction.session.get(WorkflowVersionRow, (name, version))
        digest = sha256(body.encode()).hexdigest()
        if found is not None:
            if found.sha256 != digest:
                raise WorkflowVersionTaken(name, version=version)
            return False
        row = WorkflowVersionRow(
            name=name, version=version, sha256=digest, body=body, published_at=at
        )
        self._transaction.session.add(row)
        self._transaction.session.flush()
        return True

    def load(self, name: str, *, version: int | None = None) -> Published:
        """Return a published version, the newest if None.

        Raises:
            WorkflowVersionUnknown: it is not published.
        """
        wanted = self.latest(name) if version is None else version
        row = self._transaction.session.get(WorkflowVersionRow, (name, wanted))
        if row is None:
            raise WorkflowVersionUnknown(name, version=version)
        return _published(row)

    def latest(self, name: str) -> int:
        """Return the newest version's number, or 0 where none is published."""
        newest = self._transaction.one(self._transaction.sql.workflow_newest, {"name": name})
        return newest[0] or 0

    def list(self) -> tuple[tuple[str, int], ...]:
        """Return (name, version) of all that is published, sorted."""
        query = select(WorkflowVersionRow.name, WorkflowVersionRow.version)
        ordered = query.order_by(col(WorkflowVersionRow.name), col(WorkflowVersionRow.version))
        return tuple(self._transaction.session.exec(ordered))


def _published(row: WorkflowVersionRow) -> Published:
    return Published(
        name=row.name,
        version=row.version,
        sha256=row.sha256,
        body=row.body,
        published_at=row.published_at,
    )
