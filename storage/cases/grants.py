"""Stores who may know which case: rows of a grant and a case, written with the case's step.

The application computes them, for only it can read sealed fields and rules; lists ask for them
by the keys that a reader brings. ``opened_at`` of the case stands in each row, so that a list is
one ordered range of an index for each key.
"""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, or_, select, union

from storage.kernel.columns import stamp
from storage.kernel.knowing import only_known, way
from storage.kernel.records import CaseQuery, Ways
from storage.kernel.texts import checked
from storage.kernel.timetables import TABLES
from storage.kernel.transaction import Transaction

_CASE = TABLES["case_row"].c
_GRANT = TABLES["case_grant"].c


class Grants:
    """The grants of one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def of(self, case: str) -> frozenset[str]:
        """Return what is written beside a case; empty for one without any, or none at all."""
        rows = self._transaction.all(self._transaction.sql.grants_of, {"case_id": case})
        return frozenset(word for (word,) in rows)

    def put(self, case: str, grants: Collection[str], *, opened_at: str) -> int:
        """Write exactly these beside a case that is kept; return how many rows changed.

        Args:
            case: its id.
            grants: all that hold from now on; may be empty.
            opened_at: when it was opened, as the case has it.

        Raises:
            TextRefused: a text cannot be stored.
        """
        there, wanted = self.of(case), frozenset(grants)
        new, gone = sorted(wanted - there), sorted(there - wanted)
        row = {"case_id": case, "opened_at": stamp(opened_at)}
        sql, many = self._transaction.sql, self._transaction.many
        many(sql.grant_insert, [{**row, "word": checked(one, what="a grant")} for one in new])
        many(sql.grant_drop, [{"case_id": case, "word": one} for one in gone])
        return len(new) + len(gone)

    def find(self, ref: str, ways: Ways | None) -> str | None:
        """Return the id of a case by id or number, if these ways lead to it; else None.

        One statement, the same whether there is no such case or it may not be known.
        """
        found = self._transaction.connection.scalars(
            select(_CASE.id).where((_CASE.id == ref) | (_CASE.number == ref), *only_known(ways))
        )
        return found.first()

    def known(self, ids: Iterable[str], ways: Ways | None) -> frozenset[str]:
        """Return those of these cases to which the ways lead; ids without a case are left out."""
        wanted = select(_CASE.id).where(_CASE.id.in_(sorted(set(ids))), *only_known(ways))
        return frozenset(self._transaction.connection.scalars(wanted))

    def open_with(self, word: str, *, after: str = "", limit: int) -> tuple[str, ...]:
        """Return open cases, by id, beside which a text is written, behind one of them."""
        beside = select(_GRANT.case_id).where(_GRANT.word == word, _GRANT.case_id > after)
        wanted = beside.join(_CASE.id.table, _CASE.id == _GRANT.case_id).where(
            _CASE.final.is_(False)
        )
        page = wanted.order_by(_GRANT.case_id).limit(limit)
        return tuple(self._transaction.connection.scalars(page))

    def lacking(self, *, after: str = "", limit: int) -> tuple[str, ...]:
        """Return cases, by id, beside which nothing is written, behind one of them."""
        none = ~exists().where(_GRANT.case_id == _CASE.id)
        wanted = select(_CASE.id).where(_CASE.id > after, none).order_by(_CASE.id).limit(limit)
        return tuple(self._transaction.connection.scalars(wanted))

    def all_cases(self, *, after: str = "", limit: int) -> tuple[str, ...]:
        """Return cases by id, behind one of them: what a round over all of them goes by."""
        wanted = select(_CASE.id).where(_CASE.id > after).order_by(_CASE.id).limit(limit)
        return tuple(self._transaction.connection.scalars(wanted))


def pages(query: CaseQuery, ways: Ways, conditions: Sequence[ColumnElement[bool]]) -> Any:  # noqa: ANN401 - SQLAlchemy's own
    """Return the query for a page of ids: a range of the index a key, merged, each case once.

    Args:
        query: its ``after`` and ``limit`` count here.
        ways: what the reader brings; never empty.
        conditions: on the case's row, checked case by case.
    """
    parts = [_range(query, key, denials, conditions).subquery() for key, denials in ways.keys]
    if ways.cases:
        parts.append(_asked(query, ways.cases, conditions).subquery())
    # Each part alone has the whole limit: merged, the first ``limit`` are right.
    merged = union(*(select(one.c.opened_at, one.c.case_id) for one in parts)).subquery()
    newest = merged.c.opened_at.desc(), merged.c.case_id.desc()
    return select(merged.c.case_id).order_by(*newest).limit(query.limit)


def _asked(
    query: CaseQuery, cases: tuple[str, ...], conditions: Sequence[ColumnElement[bool]]
) -> Select[Any]:
    """Return the query for cases that a reader may read on request: they are a handful."""
    found = select(_CASE.opened_at, _CASE.id.label("case_id")).where(_CASE.id.in_(cases))
    return _page(found.where(*conditions), query, _CASE.opened_at, _CASE.id)


def _range(
    query: CaseQuery, key: str, denials: tuple[str, ...], conditions: Sequence[ColumnElement[bool]]
) -> Select[Any]:
    found = select(_GRANT.opened_at, _GRANT.case_id).where(way(key, denials))
    if conditions:
        found = found.join(_CASE.id.table, _CASE.id == _GRANT.case_id).where(*conditions)
    return _page(found, query, _GRANT.opened_at, _GRANT.case_id)


def _page(
    found: Select[Any], query: CaseQuery, opened: ColumnElement[Any], case: ColumnElement[str]
) -> Select[Any]:
    if query.after is not None:
        opened_at, last = query.after
        # The first half alone is the range; SQLite does not range over the pair.
        found = found.where(opened <= opened_at, or_(opened < opened_at, case < last))
    return found.order_by(opened.desc(), case.desc()).limit(query.limit)
