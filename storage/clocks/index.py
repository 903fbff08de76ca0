"""Stores the index of open runs: claimed by when a rung is owed, listed by due day.

It is written from the schedule that a step brings along, so nothing is counted here.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Row, Select, and_, or_, select, tuple_

from engine.case.values import Scheduled
from storage.kernel.columns import aware, fixed
from storage.kernel.knowing import known_to
from storage.kernel.records import Claim, DueRun, OpenRun, RunQuery
from storage.kernel.timetables import TABLES
from storage.kernel.transaction import Transaction

_CASE = TABLES["case_row"].c
_RUN = TABLES["clock_run"].c
_KEY = (_RUN.case_id, _RUN.clock, _RUN.item, _RUN.seq)
_SHOWN = (*_KEY, _RUN.due_at, _RUN.next_at)
_LISTED = (*_SHOWN, _CASE.number, _CASE.workflow, _CASE.unit, _CASE.state)


class Clocks:
    """Open runs over all cases."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction, self._sql = transaction, transaction.sql.time

    def claim(self, at: datetime, *, limit: int, lease: str, until: datetime) -> list[Claim]:
        """Claim runs whose next rung is owed by ``at``, the longest owed first.

        Nobody else is given them before ``until``, unless they are released or a step
        plans them anew. On PostgreSQL claim in a transaction of its own: what it holds,
        moves wait for.

        Args:
            at: the moment up to which rungs are owed; leases that ended by then are free.
            limit: so many runs at most.
            lease: the claimer's own word for this claim, unique.
            until: when the lease ends.
        """
        values = {"at": fixed(at), "limit": limit, "lease": lease, "until": fixed(until)}
        rows = self._transaction.all(self._sql.runs_claim, values)
        return sorted(_claims(rows), key=lambda one: (one.next_at, one.case, one.clock, one.item))

    def release(self, lease: str) -> int:
        """End a lease's claims; return how many runs that were."""
        return self._transaction.run(self._sql.runs_release, {"held": lease})

    def peek(self, at: datetime, *, limit: int = 100) -> list[Claim]:
        """Return runs whose next rung is owed by ``at``, claimed or not, and claim none."""
        values = {"at": fixed(at), "limit": limit}
        return list(_claims(self._transaction.all(self._sql.runs_peek, values)))

    def next_at(self) -> datetime | None:
        """Return when the next rung of all is owed, or None where none is."""
        row = self._transaction.one(self._sql.runs_next, {})
        return None if row is None else aware(row[0])

    def of(self, case: str) -> list[DueRun]:
        """Return the open runs of a case, the first due first, those without end last."""
        query = select(*_SHOWN).where(_RUN.case_id == case)
        rows = self._transaction.connection.execute(
            query.order_by(_RUN.due_at.is_(None), _RUN.due_at, _RUN.clock, _RUN.item, _RUN.seq)
        )
        return [DueRun(**_named(row)) for row in rows]

    def listed(self, query: RunQuery) -> tuple[OpenRun, ...]:
        """Return a page of open runs, the first due first, those that rest without end last."""
        wanted = select(*_LISTED).join_from(_RUN.case_id.table, _CASE.id.table)
        wanted = wanted.where(*_conditions(query))
        found: list[OpenRun] = []
        if query.after is None or query.after[0] is not None:
            found += self._page(_dated(wanted, query), query.limit)
        if query.due_by is None and len(found) < query.limit:
            found += self._page(_resting(wanted, query), query.limit - len(found))
        return tuple(found)

    def index(self, case: str, schedule: Iterable[Scheduled]) -> None:
        """Bring the index of a case up to a schedule; runs that it plans are claimed no more."""
        put, dropped = index_rows(case, schedule)
        self._transaction.many(self._sql.run_drop, dropped)
        self._transaction.many(self._sql.run_put, put)

    def _page(self, wanted: Select[Any], limit: int) -> list[OpenRun]:
        rows = self._transaction.connection.execute(wanted.limit(limit))
        return [OpenRun(**_named(row)) for row in rows]


def index_rows(
    case: str, schedule: Iterable[Scheduled]
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Return the rows to put into the index, and the keys of those to drop from it."""
    put: list[dict[str, Any]] = []
    dropped: list[dict[str, Any]] = []
    for one in schedule:
        key = {"case_id": case, "clock": one.clock, "item": one.item, "seq": one.seq}
        if not one.open:
            dropped.append(key)
            continue
        moments = {"due_at": _fixed(one.due_at), "next_at": _fixed(one.next_at)}
        put.append({**key, **moments, "lease": None, "lease_until": None})
    return put, dropped


def _fixed(moment: datetime | None) -> str | None:
    return None if moment is None else fixed(moment)


def _claims(rows: Sequence[Any]) -> Iterator[Claim]:
    for case, clock, item, seq, next_at in rows:
        yield Claim(case=case, clock=clock, item=item, seq=seq, next_at=aware(next_at))


def _named(row: Row[Any]) -> dict[str, Any]:
    values = dict(row._mapping)
    return {"case": values.pop("case_id"), **values}


def _conditions(query: RunQuery) -> Iterator[ColumnElement[bool]]:
    if query.units:
        yield _CASE.unit.in_(query.units)
    if query.workflow is not None:
        yield _CASE.workflow == query.workflow
    if query.case is not None:
        yield _RUN.case_id == query.case
    if query.clock is not None:
        yield _RUN.clock == query.clock
    if query.ways is not None:
        yield known_to(_RUN.case_id, query.ways)


def _dated(wanted: Select[Any], query: RunQuery) -> Select[Any]:
    """Narrow to the runs that have a due moment, behind the cursor."""
    wanted = wanted.where(_RUN.due_at.is_not(None)).order_by(_RUN.due_at, *_KEY)
    if query.due_by is not None:
        wanted = wanted.where(_RUN.due_at <= query.due_by)
    if query.after is None:
        return wanted
    due_at, *key = query.after
    same = and_(_RUN.due_at == due_at, tuple_(*_KEY) > tuple(key))
    return wanted.where(_RUN.due_at >= due_at, or_(_RUN.due_at > due_at, same))


def _resting(wanted: Select[Any], query: RunQuery) -> Select[Any]:
    """Narrow to the runs that rest without end, behind the cursor."""
    wanted = wanted.where(_RUN.due_at.is_(None)).order_by(*_KEY)
    if query.after is None or query.after[0] is not None:
        return wanted
    return wanted.where(tuple_(*_KEY) > query.after[1:])
