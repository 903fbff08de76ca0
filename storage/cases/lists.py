"""Reads many cases: pages of summaries, and what one case may know of another."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Row, select, tuple_

from engine.case.values import LinkedCase, day_of
from storage.cases.grants import pages
from storage.kernel.errors import CaseNotFound
from storage.kernel.records import CaseQuery, Summary
from storage.kernel.tables import Row as Table
from storage.kernel.transaction import Transaction

_CASE = Table.metadata.tables["case_row"].c
_SHOWN = tuple(_CASE[name] for name in Summary.__dataclass_fields__)


class CaseLists:
    """Cases as lists show them, without their fields."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def list(self, query: CaseQuery) -> tuple[Summary, ...]:
        """Return a page of cases, newest first; shorter than the limit at the end."""
        wanted = select(*_SHOWN)
        if query.ways is None:
            wanted = wanted.where(*_conditions(query))
        elif query.ways.keys:
            narrowed = tuple(_conditions(replace(query, after=None)))
            wanted = wanted.where(_CASE.id.in_(pages(query, query.ways, narrowed)))
        else:
            return ()
        page = wanted.order_by(_CASE.opened_at.desc(), _CASE.id.desc()).limit(query.limit)
        return tuple(_summary(row) for row in self._transaction.connection.execute(page))

    def summary(self, ref: str) -> Summary:
        """Return one case by id or number.

        Raises:
            CaseNotFound: there is none.
        """
        wanted = select(*_SHOWN).where((_CASE.id == ref) | (_CASE.number == ref))
        row = self._transaction.connection.execute(wanted).first()
        if row is None:
            raise CaseNotFound(ref)
        return _summary(row)

    def linked(self, ids: Iterable[str], *, zone: ZoneInfo) -> dict[str, LinkedCase]:
        """Return by id what other cases may know; ids without a case are left out.

        Args:
            ids: may be empty, may repeat.
            zone: the office's, in which the day of opening is told.
        """
        wanted = select(*_SHOWN).where(_CASE.id.in_(sorted(set(ids))))
        found = (_summary(row) for row in self._transaction.connection.execute(wanted))
        return {one.id: _linked(one, zone) for one in found}


def _conditions(query: CaseQuery) -> Iterable[ColumnElement[bool]]:
    if query.units:
        yield _CASE.unit.in_(query.units)
    if query.workflow is not None:
        yield _CASE.workflow == query.workflow
    if query.states:
        yield _CASE.state.in_(query.states)
    if query.final is not None:
        yield _CASE.final.is_(query.final)
    if query.after is not None:
        yield tuple_(_CASE.opened_at, _CASE.id) < query.after


def _summary(row: Row[Any]) -> Summary:
    return Summary(**row._mapping)


def _linked(one: Summary, zone: ZoneInfo) -> LinkedCase:
    return LinkedCase(
        id=one.id,
        workflow=one.workflow,
        number=one.number,
        unit=one.unit,
        state=one.state,
        final=one.final,
        outcome=one.outcome,
        opened_on=day_of(one.opened_at, zone).isoformat(),
    )
