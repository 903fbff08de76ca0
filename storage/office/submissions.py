"""Stores files that authors hand in, and what became of them."""

from dataclasses import replace
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Row, insert, select, update

from storage.kernel.officerecords import HandedIn, Outcome
from storage.kernel.officetables import OFFICE
from storage.kernel.texts import checked
from storage.kernel.transaction import Transaction

_TABLE = OFFICE["handed_in"]
_FILE = _TABLE.c


class Submissions:
    """Files handed in."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction, self._master = transaction, transaction.master

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

    def refused(self, by: str) -> tuple[HandedIn, ...]:
        """Return a person's refused files, the newest of a name and version, sorted by both.

        Of what was handed in once more nothing is told.
        """
        query = select(_TABLE).where(_FILE.by == by).order_by(_FILE.id)
        rows = self._transaction.connection.execute(query)
        newest = {(row.kind, row.name, row.version): row for row in rows}
        found = (newest[key] for key in sorted(newest))
        return tuple(
            replace(_handed_in(row), reason=self._reason(row))
            for row in found
            if row.outcome == "refused"
        )

    def done(
        self, found: HandedIn, *, outcome: Outcome, by: str, at: datetime, reason: str = ""
    ) -> None:
        """Note what became of a file, and with it that earlier ones wait no more.

        Raises:
            TextRefused: the reason cannot be stored.
        """
        same = (_FILE.kind == found.kind, _FILE.name == found.name)
        waits = (_FILE.version == found.version, _FILE.id <= found.id, _FILE.done_at.is_(None))
        values = {"done_by": by, "done_at": at, "outcome": outcome}
        closed = update(_TABLE).where(*same, *waits).values(values)
        self._transaction.connection.execute(closed)
        if reason:
            sealed = self._master.seal_text(
                checked(reason, what="a reason"), place=_place(found.id)
            )
            why = update(_TABLE).where(_FILE.id == found.id).values(reason=sealed)
            self._transaction.connection.execute(why)

    def _reason(self, row: Row[Any]) -> str:
        return self._master.open_text(row.reason or "", place=_place(row.id)) or ""


def _place(file: int) -> tuple[str, ...]:
    return ("handed in", str(file))


def _handed_in(row: Row[Any]) -> HandedIn:
    return HandedIn(
        id=row.id, kind=row.kind, name=row.name, version=row.version, sha256=row.sha256,
        body=row.body, by=row.by, at=row.at,
    )  # fmt: skip
