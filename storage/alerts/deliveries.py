"""Stores deliveries: one for each alert and address, claimed, tried, given up."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, and_, exists, func, select, true, update

from storage.kernel.columns import aware, fixed
from storage.kernel.texts import checked
from storage.kernel.timerecords import Delivery, DeliveryState
from storage.kernel.timetables import TABLES
from storage.kernel.transaction import Transaction

_TABLE = TABLES["delivery"]
_DELIVERY = _TABLE.c
_ADDRESS = TABLES["address"].c
_SHOWN = tuple(_DELIVERY[name] for name in Delivery.__dataclass_fields__)
GONE = "address.dropped"
"""The error of a delivery whose address was dropped."""


class Deliveries:
    """Deliveries by their state."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction, self._sql = transaction, transaction.sql.time

    def put(self, alert: str, addresses: Iterable[str]) -> int:
        """Owe an alert to addresses from its ``send_at`` on; return how many are new.

        Args:
            alert: its uid; nothing is owed for an unknown one.
            addresses: ids of addresses; twice does nothing more.
        """
        return sum(
            self._transaction.run(self._sql.delivery_put, {"of_uid": alert, "address": one})
            for one in dict.fromkeys(addresses)
        )

    def claim(
        self, at: datetime, *, limit: int, lease: str, until: datetime
    ) -> tuple[Delivery, ...]:
        """Claim deliveries whose turn it is, the longest waiting first; each is an attempt.

        Nobody else is given them before ``until``. One whose claimer died comes back then,
        so what was in flight may go out twice, and never not at all.

        Args:
            at: now; leases that ended by then are free.
            limit: so many deliveries at most.
            lease: the claimer's own word for this claim, unique.
            until: when the lease ends.
        """
        values = {"at": fixed(at), "limit": limit, "lease": lease, "until": fixed(until)}
        rows = self._transaction.all(self._sql.deliveries_claim, values)
        found = (_delivery(row) for row in rows)
        return tuple(sorted(found, key=lambda one: (one.try_at, one.id)))

    def sent(self, delivery: int) -> None:
        """Note that a delivery arrived."""
        self._change(_DELIVERY.id == delivery, state="sent", error=None)

    def retry(self, delivery: int, try_at: datetime, error_code: str) -> None:
        """Note that a delivery failed and when its turn comes again, unless it has ended.

        Args:
            delivery: its id.
            try_at: when to try again.
            error_code: why it failed, without anything personal.
        """
        error = checked(error_code, what="an error's code")
        self._change(_owed(delivery), try_at=try_at, error=error)

    def dead(self, delivery: int, error_code: str) -> None:
        """Give a delivery up, unless it has ended; it is listed until it is replayed."""
        error = checked(error_code, what="an error's code")
        self._change(_owed(delivery), state="dead", error=error)

    def of(self, alert: str) -> tuple[Delivery, ...]:
        """Return the deliveries of an alert by its uid, in the order they were owed."""
        return self._found(_DELIVERY.alert == alert, limit=None)

    def listed(
        self, state: DeliveryState, *, limit: int = 100, before: int | None = None
    ) -> tuple[Delivery, ...]:
        """Return the newest deliveries in a state, newest first; those with an id below one."""
        older = true() if before is None else _DELIVERY.id < before
        return self._found(and_(_DELIVERY.state == state, older), limit=limit)

    def replay(self, delivery: int | None = None, *, at: datetime) -> int:
        """Owe a dead delivery (None: all dead ones) anew from ``at`` on; return how many.

        What has no address any more stays dead.
        """
        change = update(_TABLE).where(
            _DELIVERY.state == "dead", exists().where(_ADDRESS.id == _DELIVERY.address)
        )
        if delivery is not None:
            change = change.where(_DELIVERY.id == delivery)
        anew = {"state": "owed", "attempts": 0, "try_at": at, "error": None}
        return self._transaction.connection.execute(change.values(anew)).rowcount

    def counts(self) -> dict[str, int]:
        """Return how many deliveries are in each state; states without any are left out."""
        query = select(_DELIVERY.state, func.count()).group_by(_DELIVERY.state)
        rows = self._transaction.connection.execute(query.order_by(_DELIVERY.state))
        return dict(rows.tuples().all())

    def bury(self, address: str) -> None:
        """Give up all deliveries to an address that is dropped."""
        owed = (_DELIVERY.address == address) & (_DELIVERY.state == "owed")
        self._change(owed, state="dead", error=GONE)

    def _change(self, condition: ColumnElement[bool], **values: object) -> None:
        change = update(_TABLE).where(condition)
        free = {"lease": None, "lease_until": None}
        self._transaction.connection.execute(change.values({**values, **free}))

    def _found(self, condition: ColumnElement[bool], *, limit: int | None) -> tuple[Delivery, ...]:
        query = select(*_SHOWN).where(condition).limit(limit)
        order = _DELIVERY.id if limit is None else _DELIVERY.id.desc()
        rows = self._transaction.connection.execute(query.order_by(order))
        return tuple(_delivery(row) for row in rows)


def _owed(delivery: int) -> ColumnElement[bool]:
    """Return the condition that finds a delivery which nobody has ended meanwhile."""
    return (_DELIVERY.id == delivery) & (_DELIVERY.state == "owed")


def _delivery(row: Row[Any] | tuple[Any, ...]) -> Delivery:
    values = dict(zip(Delivery.__dataclass_fields__, row, strict=True))
    return Delivery(**{**values, "try_at": aware(values["try_at"])})
