"""Stores the alerts that are owed; sending them is no task of storage."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from hashlib import sha256
from typing import Any

from sqlalchemy import Select, func, select

from engine.case.values import Alert as Owed
from engine.case.values import Plain, Step, Tell
from storage.kernel.columns import aware, fixed, stamp
from storage.kernel.texts import checked, to_text
from storage.kernel.timerecords import Alert, AlertState
from storage.kernel.timetables import TABLES
from storage.kernel.transaction import Transaction

_TABLE = TABLES["alert"]
_ALERT = _TABLE.c
_SHOWN = tuple(one for one in _ALERT if not one.name.startswith("lease"))
_NAMES = tuple("case" if one.name == "case_id" else one.name for one in _SHOWN)
_BLANK: dict[str, Any] = {
    **{one.name: None for one in _ALERT if one.name != "id"},
    "state": "owed",
    "provisional": False,
}


class Alerts:
    """Alerts by case and by receiver, and those that wait to go out."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction, self._sql = transaction, transaction.sql.time

    def of(self, case: str, *, after_seq: int = 0) -> tuple[Alert, ...]:
        """Return the alerts that a case's events owe, in order, those behind ``after_seq``."""
        query = select(*_SHOWN).where(_ALERT.case_id == case, _ALERT.seq > after_seq)
        return self._found(query.order_by(_ALERT.id))

    def to(self, person: str, *, limit: int = 100, before: int | None = None) -> tuple[Alert, ...]:
        """Return the newest alerts owed to a person by name, newest first.

        Args:
            person: whose.
            limit: at most so many.
            before: only those with a lower id; None for all.
        """
        return self._newest(select(*_SHOWN).where(_ALERT.person == person), limit, before)

    def to_roles(
        self, roles: Iterable[str], *, limit: int = 100, before: int | None = None
    ) -> tuple[Alert, ...]:
        """Return the newest alerts owed to the holders of any of these roles; as ``to``."""
        query = select(*_SHOWN).where(_ALERT.person.is_(None), _ALERT.role.in_(sorted(set(roles))))
        return self._newest(query, limit, before)

    def by_uid(self, uids: Iterable[str]) -> dict[str, Alert]:
        """Return alerts by uid; unknown uids are left out."""
        query = select(*_SHOWN).where(_ALERT.uid.in_(sorted(set(uids))))
        return {one.uid: one for one in self._found(query)}

    def unheard(self, *, limit: int = 100, before: int | None = None) -> tuple[Alert, ...]:
        """Return the newest alerts that found no receiver, unless they no longer matter."""
        nobody = select(*_SHOWN).where(_ALERT.person.is_(None), _ALERT.role.is_(None))
        return self._newest(nobody.where(_ALERT.state != "moot"), limit, before)

    def counts(self) -> dict[str, int]:
        """Return how many alerts are in each state; states without any are left out."""
        query = select(_ALERT.state, func.count()).group_by(_ALERT.state)
        rows = self._transaction.connection.execute(query.order_by(_ALERT.state))
        return dict(rows.tuples().all())

    def digest(self, person: str, *, day: str, at: datetime, send_at: datetime) -> bool:
        """Owe a person the digest of a day; return False if it is owed already.

        Args:
            person: who.
            day: which day's, any text without NUL.
            at: now.
            send_at: when it may leave the office.
        """
        values = {
            **_BLANK,
            "uid": _uid("digest", checked(day, what="a day"), person),
            "kind": "digest",
            "person": checked(person, what="the id of a person"),
            "day": day,
            "at": fixed(at),
            "send_at": fixed(send_at),
        }
        return bool(self._transaction.run(self._sql.alert_insert, values))

    def claim_owed(
        self, at: datetime, *, limit: int, lease: str, until: datetime
    ) -> tuple[Alert, ...]:
        """Claim owed alerts that may leave the office, the longest waiting first.

        Nobody else is given them before ``until``, unless they are released.

        Args:
            at: now; leases that ended by then are free.
            limit: so many alerts at most.
            lease: the claimer's own word for this claim, unique.
            until: when the lease ends.
        """
        values = {"at": fixed(at), "limit": limit, "lease": lease, "until": fixed(until)}
        rows = self._transaction.all(self._sql.alerts_claim, values)
        found = (_alert(row) for row in rows)
        return tuple(sorted(found, key=lambda one: (one.send_at, one.id)))

    def release(self, lease: str) -> int:
        """End a lease's claims; return how many alerts that were."""
        return self._transaction.run(self._sql.alerts_release, {"held": lease})

    def settle(self, uid: str, state: AlertState) -> bool:
        """Note the result of an alert, which ends its lease; return False for an unknown uid."""
        values = {"of_uid": uid, "state": state}
        return bool(self._transaction.run(self._sql.alert_settle, values))

    def _newest(self, query: Select[Any], limit: int, before: int | None) -> tuple[Alert, ...]:
        if before is not None:
            query = query.where(_ALERT.id < before)
        return self._found(query.order_by(_ALERT.id.desc()).limit(limit))

    def _found(self, query: Select[Any]) -> tuple[Alert, ...]:
        return tuple(_alert(tuple(row)) for row in self._transaction.connection.execute(query))


def alert_rows(step: Step) -> Iterator[dict[str, Any]]:
    """Yield a row for each message that a step owes; for nobody one row, so that it is seen."""
    for effect in step.effects:
        if isinstance(effect, Tell):
            yield from _told(step, effect)
        elif isinstance(effect, Owed):
            yield from _rung(step, effect)


def _told(step: Step, tell: Tell) -> Iterator[dict[str, Any]]:
    receivers: list[tuple[str | None, str | None]] = [(role, None) for role in tell.roles]
    receivers += [(None, person) for person in tell.persons]
    case, seq, at = step.after.id, step.event.seq, stamp(step.event.at)
    common = {**_BLANK, "case_id": case, "seq": seq, "kind": "tell", "at": at, "send_at": at}
    common["mark"] = tell.why or None
    for role, person in receivers:
        about = ("tell", case, seq, role, person)
        uid = _uid(*about, tell.why) if tell.why else _uid(*about)
        yield {**common, "uid": uid, "role": role, "person": person}


def _rung(step: Step, owed: Owed) -> Iterator[dict[str, Any]]:
    common = {
        **_BLANK,
        "case_id": step.after.id,
        "seq": step.event.seq,
        "kind": "rung",
        "at": stamp(owed.at),
        "send_at": stamp(owed.send_at),
        "clock": owed.clock,
        "item": owed.item,
        "run": owed.run,
        "rung": owed.rung,
        "mark": owed.mark,
        "level": owed.level,
        "due": owed.due,
        "provisional": owed.provisional,
    }
    about = (step.after.id, owed.clock, owed.item, owed.run, f"{owed.place}@{owed.at}")
    for person in owed.persons or (None,):
        yield {**common, "uid": _uid("rung", *about, person), "person": person}


def _uid(*about: Plain) -> str:
    """Return a digest of what an alert is about: the same however often it is made."""
    return sha256(to_text(about, what="an alert").encode()).hexdigest()


def _alert(row: Any) -> Alert:  # noqa: ANN401 - a driver's row
    values = dict(zip(_NAMES, row, strict=True))
    values |= {"at": aware(values["at"]), "send_at": aware(values["send_at"])}
    return Alert(**{**values, "provisional": bool(values["provisional"])})
