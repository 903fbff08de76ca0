"""Stores the addresses of people and units, sealed: URLs that hold tokens and numbers."""

from collections.abc import Iterable
from typing import Any, Literal
from uuid import uuid4

from sqlalchemy import Row, Select, delete, insert, select

from storage.alerts.deliveries import Deliveries
from storage.kernel.errors import AddressBroken
from storage.kernel.texts import checked
from storage.kernel.timerecords import Address
from storage.kernel.timetables import TABLES
from storage.kernel.transaction import Transaction

_TABLE = TABLES["address"]
_ADDRESS = _TABLE.c

OwnerKind = Literal["person", "unit"]


class Addresses:
    """Addresses by owner."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction, self._master = transaction, transaction.master

    def put(self, owner_kind: OwnerKind, owner: str, kind: str, url: str) -> str:
        """Store an address and return its id; a second call does nothing more.

        Args:
            owner_kind: ``person`` or ``unit``.
            owner: their id.
            kind: the channel's name, in clear.
            url: with everything a sender needs; kept sealed.
        """
        checked(owner, what="the owner of an address")
        checked(kind, what="the kind of an address")
        blind = self._master.blind(("address", owner_kind, owner, kind, url))
        self._transaction.serialize(f"address:{blind}")
        known = select(_ADDRESS.id).where(_ADDRESS.blind == blind)
        found = self._transaction.connection.scalar(known)
        if found is not None:
            return str(found)
        new = str(uuid4())
        place = ("address", new, owner_kind, owner, kind)
        values = {"id": new, "owner_kind": owner_kind, "owner": owner, "kind": kind}
        sealed = {"url": self._master.seal_text(url, place=place), "blind": blind}
        self._transaction.connection.execute(insert(_TABLE).values({**values, **sealed}))
        return new

    def of(self, owner_kind: OwnerKind, owner: str) -> tuple[Address, ...]:
        """Return the addresses of an owner, by kind, then by id.

        Raises:
            AddressBroken: one was changed, or the deployment's key is another.
        """
        query = select(_TABLE).where(_ADDRESS.owner_kind == owner_kind, _ADDRESS.owner == owner)
        return self._found(query)

    def ids_of(self, owner_kind: OwnerKind, owner: str) -> tuple[str, ...]:
        """Return the ids of an owner's addresses, in the order of ``of``, seals unopened."""
        query = select(_ADDRESS.id).where(
            _ADDRESS.owner_kind == owner_kind, _ADDRESS.owner == owner
        )
        found = self._transaction.connection.execute(query.order_by(_ADDRESS.kind, _ADDRESS.id))
        return tuple(found.scalars())

    def by_id(self, ids: Iterable[str]) -> dict[str, Address]:
        """Return addresses by id; dropped ones are left out.

        Raises:
            AddressBroken: as in ``of``.
        """
        query = select(_TABLE).where(_ADDRESS.id.in_(sorted(set(ids))))
        return {one.id: one for one in self._found(query)}

    def owner(self, address: str) -> tuple[OwnerKind, str] | None:
        """Return whose an address is, its seal unopened; None where there is none."""
        query = select(_ADDRESS.owner_kind, _ADDRESS.owner).where(_ADDRESS.id == address)
        row = self._transaction.connection.execute(query).first()
        return (row.owner_kind, row.owner) if row is not None else None

    def drop(self, address: str) -> bool:
        """Delete an address; deliveries to it are given up. Return whether it was stored."""
        gone = self._transaction.connection.execute(delete(_TABLE).where(_ADDRESS.id == address))
        if not gone.rowcount:
            return False
        Deliveries(self._transaction).bury(address)
        # Its token must not stay legible in a log either.
        self._transaction.destroyed_keys = True
        return True

    def _found(self, query: Select[Any]) -> tuple[Address, ...]:
        rows = self._transaction.connection.execute(query.order_by(_ADDRESS.kind, _ADDRESS.id))
        return tuple(self._opened(row) for row in rows)

    def _opened(self, row: Row[Any]) -> Address:
        place = ("address", row.id, row.owner_kind, row.owner, row.kind)
        url = self._master.open_text(row.url, place=place)
        if url is None:
            raise AddressBroken(row.id, owner=row.owner)
        return Address(
            id=row.id, owner_kind=row.owner_kind, owner=row.owner, kind=row.kind, url=url
        )
