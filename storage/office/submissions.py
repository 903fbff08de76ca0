"""Stores files that authors hand in, until a second person publishes them."""

from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, insert, select, update

from storage.kernel.officerecords import HandedIn
from storage.kernel.officetables import OFFICE
from storage.kernel.texts import checked
from storage.kernel.transaction import Transaction

_TABLE = OFFICE["handed_in"]
_FILE = _TABLE.c


class Submissions:
    """Files handed in."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def put(
        self, kind: str, name: str, version: int, *, body: str, by: str, at: datetime
    ) -> HandedIn:
        """Store a file that waits; the newest one of a name and version counts.

        Raises:
            TextRefused: the body or the name cannot be stored.
        """
        checked(body, what=f"{kind} '{name}'")
        values: dict[str, Any] = {
            "kind": kind, "name": checked(name, what="the name of a file"), "version": version,
            "sha256": sha256(body.encode()).hexdigest(), "body": body, "by": by, "at": at,
        }  # fmt: skip
        new = insert(_TABLE).values(values).returning(_FILE.id)
        found = int(self._transaction.connection.execute(new).scalar_one())
        return HandedIn(id=found, **values)

    def waiting(self) -> tuple[HandedIn, ...]:
        """Return the newest file of each name and version that waits, sorted by both."""
        query = select(_TABLE).where(_FILE.done_at.is_(None)).order_by(_FILE.id)
        rows = self._transaction.connection.execute(query)
        newest = {(row.kind, row.name, row.version): _handed_in(row) for row in rows}
        return tuple(newest[key] for key in sorted(newest))

    def find(self, name: str, version: int) -> HandedIn | None:
        """Return the newest file of a name and version that waits; None where none does."""
        # Two who confirm at once must not both publish.
        self._transaction.serialize(f"handed in:{name}")
        return next((o for o in self.waiting() if (o.name, o.version) == (name, version)), None)

    def done(self, found: HandedIn, *, by: str, at: datetime) -> None:
        """Note that a file was published, and with it that earlier ones wait no more."""
        same = (_FILE.kind == found.kind, _FILE.name == found.name)
        waits = (_FILE.version == found.version, _FILE.id <= found.id, _FILE.done_at.is_(None))
        published = update(_TABLE).where(*same, *waits).values(done_by=by, done_at=at)
        self._transaction.connection.execute(published)


def _handed_in(row: Row[Any]) -> HandedIn:
    return HandedIn(
        id=row.id, kind=row.kind, name=row.name, version=row.version, sha256=row.sha256,
        body=row.body, by=row.by, at=row.at,
    )  # fmt: skip
