"""The SQL on the path of a sweep and of a delivery, each statement compiled when first used."""

from functools import cached_property
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    String,
    Table,
    bindparam,
    delete,
    literal_column,
    null,
    or_,
    select,
    update,
)
from sqlalchemy.sql import ClauseElement

from storage.kernel.compiled import Compiler, Statement, binds, equals, keyed
from storage.kernel.timetables import TABLES

_ALERT = TABLES["alert"]
_CASE = TABLES["case_row"]
_DELIVERY = TABLES["delivery"]
_KEY = TABLES["case_key"]
_RUN = TABLES["clock_run"]

_OWED: ColumnElement[str] = literal_column("'owed'")
"""Written out: a partial index is used only where its own words stand in the query."""

_NONE: ColumnElement[int] = literal_column("0")
"""Nothing is skipped: SQLite's LIMIT has an OFFSET, and a parameter nobody names has no value."""

_FREE: dict[str, Any] = {"lease": null(), "lease_until": null()}

_RUNG = ("revision", "head", "moved_at", "body")
"""Columns of a case that a rung or a re-plan may change."""

_DELIVERED = ("id", "alert", "address", "state", "attempts", "try_at", "error")


class TimeStatements:
    """Claims, batches of cases, runs, alerts and deliveries."""

    def __init__(self, dialect: Dialect) -> None:
        """Compile nothing yet: most commands need none of these."""
        self._compiler = Compiler(dialect)
        self._made, self._new = self._compiler.made, self._compiler.upsert

    @cached_property
    def runs_claim(self) -> Statement:
        """Claim runs whose next rung is owed."""
        ready = _RUN.c.next_at <= bindparam("at")
        shown = ("case_id", "clock", "item", "seq", "next_at")
        return self._made(_claim(_RUN, _RUN.c.next_at, ready, shown))

    @cached_property
    def runs_release(self) -> Statement:
        """End a lease's claims of runs."""
        return self._made(_release(_RUN))

    @cached_property
    def runs_peek(self) -> Statement:
        """Read the runs whose next rung is owed."""
        shown = (_RUN.c[name] for name in ("case_id", "clock", "item", "seq", "next_at"))
        query = select(*shown).where(_RUN.c.next_at <= bindparam("at"))
        return self._made(query.order_by(_RUN.c.next_at).limit(bindparam("limit")).offset(_NONE))

    @cached_property
    def runs_next(self) -> Statement:
        """Read when the next rung of all is owed."""
        query = select(_RUN.c.next_at).where(_RUN.c.next_at.is_not(None))
        return self._made(query.order_by(_RUN.c.next_at).limit(literal_column("1")).offset(_NONE))

    @cached_property
    def run_put(self) -> Statement:
        """Index a run, claimed by nobody."""
        names = ("due_at", "next_at", "lease", "lease_until")
        return self._made(
            self._new(_RUN)
            .values(binds(_RUN))
            .on_conflict_do_update(
                index_elements=list(_RUN.primary_key),
                set_={name: bindparam(name) for name in names},
            )
        )

    @cached_property
    def run_drop(self) -> Statement:
        """Take a run out of the index."""
        return self._made(delete(_RUN).where(*keyed(_RUN)))

    @cached_property
    def cases_held(self) -> Statement:
        """Hold cases, leaving out those that somebody else is moving just now."""
        query = select(_CASE.c.id, _CASE.c.head)
        query = query.where(self._compiler.one_of(_CASE.c.id)).order_by(_CASE.c.id)
        # Not FOR UPDATE: that would wait for those who only refer to the case.
        return self._made(query.with_for_update(key_share=True, skip_locked=True))

    @cached_property
    def cases_leased(self) -> Statement:
        """Read which cases a lease still holds a run of."""
        query = select(_RUN.c.case_id).where(self._compiler.one_of(_RUN.c.case_id))
        return self._made(query.where(equals(_RUN, "lease")))

    @cached_property
    def cases_bodies(self) -> Statement:
        """Read the texts of cases."""
        names = ("id", "sealed_revision", "head", "body", "sealed")
        query = select(*(_CASE.c[name] for name in names))
        return self._made(query.where(self._compiler.one_of(_CASE.c.id)))

    @cached_property
    def keys_of(self) -> Statement:
        """Read the keys of many cases."""
        shown = (_KEY.c.case_id, _KEY.c.vault, _KEY.c.generation, _KEY.c.wrapped)
        query = select(*shown).where(self._compiler.one_of(_KEY.c.case_id))
        return self._made(query.order_by(_KEY.c.generation))

    @cached_property
    def case_rung(self) -> Statement:
        """Keep what a rung changes of a case that is held."""
        changed: dict[str, Any] = {name: bindparam(name) for name in _RUNG}
        return self._made(update(_CASE).where(equals(_CASE, "id", "case_id")).values(changed))

    @cached_property
    def alert_insert(self) -> Statement:
        """Owe an alert, unless it is owed already."""
        return self._made(
            self._new(_ALERT)
            .inline()
            .values(binds(_ALERT, "id"))
            .on_conflict_do_nothing(index_elements=[_ALERT.c.uid])
        )

    @cached_property
    def alerts_claim(self) -> Statement:
        """Claim alerts that may leave the office."""
        ready = (_ALERT.c.state == _OWED) & (_ALERT.c.send_at <= bindparam("at"))
        shown = [one.name for one in _ALERT.columns if not one.name.startswith("lease")]
        return self._made(_claim(_ALERT, _ALERT.c.send_at, ready, shown))

    @cached_property
    def alerts_release(self) -> Statement:
        """End a lease's claims of alerts."""
        return self._made(_release(_ALERT))

    @cached_property
    def alert_settle(self) -> Statement:
        """Note the result of an alert."""
        changed: dict[str, Any] = {
            "state": bindparam("state"),
            "lease": null(),
            "lease_until": null(),
        }
        return self._made(update(_ALERT).where(equals(_ALERT, "uid", "of_uid")).values(changed))

    @cached_property
    def delivery_put(self) -> Statement:
        """Owe an alert to an address, unless it is owed already."""
        values = {
            "alert": _ALERT.c.uid,
            "address": bindparam("address", type_=String),
            "state": _OWED,
            "attempts": literal_column("0"),
            "try_at": _ALERT.c.send_at,
        }
        query = select(*values.values()).where(equals(_ALERT, "uid", "of_uid"))
        return self._made(
            self._new(_DELIVERY).from_select(list(values), query).on_conflict_do_nothing()
        )

    @cached_property
    def deliveries_claim(self) -> Statement:
        """Claim deliveries whose turn it is; each claim is an attempt."""
        ready = (_DELIVERY.c.state == _OWED) & (_DELIVERY.c.try_at <= bindparam("at"))
        more = {"attempts": _DELIVERY.c.attempts + literal_column("1")}
        return self._made(_claim(_DELIVERY, _DELIVERY.c.try_at, ready, _DELIVERED, more=more))


def _claim(
    table: Table,
    order: ColumnElement[Any],
    ready: ColumnElement[bool],
    shown: list[str] | tuple[str, ...],
    *,
    more: dict[str, Any] | None = None,
) -> ClauseElement:
    """Return the statement that leases the first free rows that are ready.

    On PostgreSQL rows that somebody else is claiming are passed by; on SQLite there is one
    writer at a time. In a part of its own, for PostgreSQL to choose the rows once.
    """
    free = or_(table.c.lease.is_(None), table.c.lease_until <= bindparam("at"))
    chosen = (
        select(*table.primary_key)
        .where(ready, free)
        .order_by(order)
        .limit(bindparam("limit"))
        .offset(_NONE)
        .with_for_update(skip_locked=True)
        .cte("chosen")
    )
    leased = {"lease": bindparam("lease"), "lease_until": bindparam("until"), **(more or {})}
    return (
        update(table)
        .where(*(column == chosen.c[column.name] for column in table.primary_key))
        .values(leased)
        .returning(*(table.c[name] for name in shown))
    )


def _release(table: Table) -> ClauseElement:
    return update(table).where(equals(table, "lease", "held")).values(_FREE)
