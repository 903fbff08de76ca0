"""Stores the office's own acts: append only, each chained to the one before."""

import json
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import insert, select

from engine.time.times import moment_text
from storage.kernel.marks import mark_of
from storage.kernel.officerecords import Act
from storage.kernel.officetables import OFFICE
from storage.kernel.records import Finding
from storage.kernel.texts import checked, from_text, to_text
from storage.kernel.transaction import Transaction

_TABLE = OFFICE["act"]
_ACT = _TABLE.c
_MARK = "acts"
"""The mark that commits to the last act: without it the end could be cut off unnoticed."""

START = "0" * 64
"""Stands for the hash before the first act."""

_KEY_MARK = 16
COVERED = ("seq", "kind", "at", "actor", "via", "public")

Stored = Mapping[Any, Any]


class Acts:
    """The office's chain of acts."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction, self._master = transaction, transaction.master

    def record(
        self, kind: str, *, at: datetime, actor: str, via: str, public: Mapping[str, Any]
    ) -> Act:
        """Append an act; call it last in its transaction, for it lets others wait.

        Args:
            kind: what was done.
            at: when.
            actor: the person's id; "" for the office itself.
            via: the door, or the office's purpose.
            public: ids and codes; whoever reads the database reads them.

        Raises:
            TextRefused: a text cannot be stored.
        """
        self._transaction.serialize(_MARK)
        last = self._last()
        seq = last["seq"] + 1 if last is not None else 1
        before = last["hash"] if last is not None else START
        values = {
            "seq": seq,
            "kind": kind,
            "at": moment_text(at),
            "actor": checked(actor, what="an actor's id"),
            "via": checked(via, what="the door of an act"),
            "public": to_text(public, what=f"act {seq}"),
            "prev_hash": before,
        }
        found = act_hash(before, values)
        row = {**values, "hash": found, "mac": self._mac("act", seq, found)}
        self._transaction.connection.execute(insert(_TABLE).values(row))
        token = self._mac("acts", seq, found)
        self._transaction.run(self._transaction.sql.mark_put, {"name": _MARK, "token": token})
        return _act(row)

    def first(self) -> Act | None:
        """Return the first act, if its MAC is the deployment's; None where there is none."""
        row = self._one(select(_TABLE).where(_ACT.seq == 1))
        if row is None or row["mac"] != self._mac("act", 1, row["hash"]):
            return None
        return _act(row) if act_hash(START, row) == row["hash"] else None

    def key_mark(self) -> str:
        """Return what tells the deployment's key from another, and opens nothing."""
        return self._master.vouch(("key",))[:_KEY_MARK]

    def any(self) -> bool:
        """Return whether there is an act at all, believable or not.

        Two who write look one after the other, so that only one of them finds none.
        """
        self._transaction.serialize(_MARK)
        return self._last() is not None

    def list(
        self, *, kind: str = "", actor: str | None = None, before: int | None = None,
        limit: int = 100,
    ) -> tuple[Act, ...]:  # fmt: skip
        """Return acts, newest first.

        Args:
            kind: only this kind, or kinds that begin with it and a dot; "" for all.
            actor: only this person's; None for all.
            before: only those before this place; None for all.
            limit: at most so many.
        """
        query = select(_TABLE).order_by(_ACT.seq.desc()).limit(limit)
        if kind:
            family = _ACT.kind.startswith(f"{kind}.", autoescape=True)
            query = query.where((_ACT.kind == kind) | family)
        if actor is not None:
            query = query.where(_ACT.actor == actor)
        if before is not None:
            query = query.where(_ACT.seq < before)
        return tuple(_act(row) for row in self._all(query))

    def verify(self, *, macs: bool = True) -> tuple[int, tuple[Finding, ...]]:
        """Return how many acts there are, and what is wrong with them, in order.

        Args:
            macs: whether MACs are checked. Without the key they cannot be: then neither a chain
                that was made anew is found, nor an end that was cut off.
        """
        rows = self._all(select(_TABLE).order_by(_ACT.seq))
        return len(rows), tuple(self._wrong(rows, macs=macs))

    def _wrong(self, rows: Sequence[Stored], *, macs: bool) -> Iterator[Finding]:
        seq, before = 0, START
        for row in rows:
            seq += 1
            while seq < row["seq"]:
                yield _finding(seq, "gap")
                seq += 1
            found = act_hash(row["prev_hash"], row)
            if row["prev_hash"] != before or row["hash"] != found:
                yield _finding(seq, "chain")
            elif macs and row["mac"] != self._mac("act", seq, found):
                yield _finding(seq, "seal")
            before = row["hash"]
        if not macs:
            return
        token = mark_of(self._transaction, _MARK)
        if token != (self._mac("acts", seq, before) if seq else ""):
            yield _finding(seq + 1, "gap")

    def _mac(self, of: str, seq: int, found: str) -> str:
        return self._master.vouch((of, str(seq), found))

    def _last(self) -> Stored | None:
        return self._one(select(_TABLE).order_by(_ACT.seq.desc()).limit(1))

    def _one(self, query: Any) -> Stored | None:  # noqa: ANN401 - SQLAlchemy's own
        return self._transaction.connection.execute(query).mappings().first()

    def _all(self, query: Any) -> Sequence[Stored]:  # noqa: ANN401 - SQLAlchemy's own
        return self._transaction.connection.execute(query).mappings().all()


def act_hash(prev_hash: str, stored: Stored) -> str:
    """Return the hash of an act, hex, over the hash before it and all it stores.

    Args:
        prev_hash: of the act before, ``START`` for the first.
        stored: the columns of ``COVERED`` as they are kept.
    """
    whole = [prev_hash, *(stored[name] for name in COVERED)]
    text = json.dumps(whole, ensure_ascii=False, separators=(",", ":"))
    return sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _act(row: Stored) -> Act:
    return Act(
        seq=row["seq"], kind=row["kind"], at=row["at"], actor=row["actor"], via=row["via"],
        public=from_text(row["public"]), hash=row["hash"],
    )  # fmt: skip


def _finding(seq: int, kind: str) -> Finding:
    return Finding(case="", number=None, seq=seq, kind=kind, name="act")
