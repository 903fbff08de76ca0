"""Stores the rounds that were run, so that a missing one is noticed."""

from datetime import datetime, timedelta

from sqlalchemy import delete, func, insert, select, update

from storage.kernel.texts import checked
from storage.kernel.timerecords import Round
from storage.kernel.timetables import TABLES
from storage.kernel.transaction import Transaction

_TABLE = TABLES["round"]
_ROUND = _TABLE.c

KEPT = timedelta(days=7)
"""How long a round is remembered; the last one of a name, and its last good one, for ever."""


class Rounds:
    """Rounds by name."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def begin(self, name: str, by: str, at: datetime) -> int:
        """Note that a round has begun, and return its id; forgets the long past ones.

        Args:
            name: the round's.
            by: which process, as an operator would know it.
            at: now.
        """
        self._forget(name, before=at - KEPT)
        checked(by, what="the name of a process")
        values = {"name": checked(name, what="the name of a round"), "by": by, "note": ""}
        new = insert(_TABLE).values({**values, "started_at": at}).returning(_ROUND.id)
        return int(self._transaction.connection.execute(new).scalar_one())

    def end(self, round_: int, at: datetime, *, ok: bool, note: str = "") -> None:
        """Note how a round ended; ``note`` says what it did, without anything personal."""
        values = {"ended_at": at, "ok": ok, "note": checked(note, what="the note of a round")}
        self._transaction.connection.execute(
            update(_TABLE).where(_ROUND.id == round_).values(values)
        )

    def last(self, name: str, *, ok: bool | None = None) -> Round | None:
        """Return the round of this name that began last, or None.

        Args:
            name: the round's.
            ok: only one that ended well (True) or badly (False); None: whatever became of it.
        """
        query = select(_TABLE).where(_ROUND.name == name)
        if ok is not None:
            query = query.where(_ROUND.ok.is_(ok))
        query = query.order_by(_ROUND.started_at.desc(), _ROUND.id.desc()).limit(1)
        row = self._transaction.connection.execute(query).first()
        return None if row is None else Round(**row._mapping)

    def lasts(self) -> dict[str, Round]:
        """Return for every name the round that began last."""
        names = self._transaction.connection.scalars(select(_ROUND.name).distinct())
        found = {name: self.last(name) for name in sorted(names)}
        return {name: one for name, one in found.items() if one is not None}

    def _forget(self, name: str, *, before: datetime) -> None:
        newest = select(func.max(_ROUND.id)).where(_ROUND.name == name, _ROUND.ok.is_(True))
        old = (_ROUND.name == name, _ROUND.started_at < before)
        good = _ROUND.id != func.coalesce(newest.scalar_subquery(), 0)
        self._transaction.connection.execute(delete(_TABLE).where(*old, good))
