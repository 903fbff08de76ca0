"""Stores versioned lists: the rows of any version, and the version of any moment.

A version keeps only the rows that it changed; a row stands until a later version has
another. Which rows are valid on a day is told by their own ``from`` and ``until``.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import func, select

from engine.case.values import Data, Plain, Publish
from storage.kernel.errors import CatalogueNotFound
from storage.kernel.records import Edition
from storage.kernel.tables import CatalogueRowRow, CatalogueVersionRow
from storage.kernel.tables import Row as Table
from storage.kernel.texts import checked, from_text, to_text
from storage.kernel.transaction import Transaction

_ROW = Table.metadata.tables["catalogue_row"].c
_VERSION = Table.metadata.tables["catalogue_version"].c
_GONE = "null"
"""The body of a row that a version left out."""

Rows = dict[str, dict[str, Plain]]
"""Columns by code, ``code`` among them."""


class Catalogues:
    """Lists with versions."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def names(self) -> tuple[str, ...]:
        """Return the names of all catalogues, sorted."""
        query = select(_VERSION.name).distinct().order_by(_VERSION.name)
        return tuple(self._transaction.connection.scalars(query))

    def current(self, name: str) -> int:
        """Return the newest version, or 0 where there is none."""
        newest = self._transaction.one(self._transaction.sql.catalogue_newest, {"name": name})
        return newest[0] or 0

    def version_at(self, name: str, moment: datetime) -> int:
        """Return the version that stood at a moment, or 0 before the first."""
        query = select(func.max(_VERSION.version)).where(_VERSION.name == name)
        return self._transaction.connection.scalar(query.where(_VERSION.at <= moment)) or 0

    def editions(self, name: str) -> tuple[Edition, ...]:
        """Return all versions, oldest first; empty for an unknown catalogue."""
        query = select(*_VERSION).where(_VERSION.name == name).order_by(_VERSION.version)
        rows = self._transaction.connection.execute(query)
        return tuple(
            Edition(name=row.name, version=row.version, at=row.at, case=row.case_id) for row in rows
        )

    def rows(self, name: str, *, version: int | None = None) -> Rows:
        """Return all rows of a version (the newest if None) by code, valid or not.

        Raises:
            CatalogueNotFound: there is no such catalogue or version.
        """
        newest = self.current(name)
        wanted = newest if version is None else version
        if not 1 <= wanted <= newest:
            raise CatalogueNotFound(name, version=version)
        return self._rows(name, wanted)

    def load(self, name: str, rows: Mapping[str, Data], *, at: datetime) -> int:
        """Make these the catalogue's rows; return its version, the same if nothing changed.

        Args:
            name: the catalogue's name.
            rows: columns by code; rows of before that are missing here are left out from now.
            at: since when the new version stands.
        """
        self._lock(name)
        old = self._rows(name, self.current(name))
        new = {code: {**row, "code": code} for code, row in rows.items()}
        changed: dict[str, dict[str, Plain] | None] = dict.fromkeys(old.keys() - new)
        changed |= {code: row for code, row in new.items() if old.get(code) != row}
        if not changed and self.current(name):
            return self.current(name)
        return self._add_version(name, changed, at=at)

    def publish(self, effect: Publish, *, at: datetime, day: date, case: str | None = None) -> int:
        """Put or drop one row and return the new version.

        Put sets the columns given and keeps the others of a row there was; ``from`` is
        ``day`` and ``until`` is open unless given, or unless the row is still valid and has
        a ``from``. Drop ends the row's validity: the day before ``day`` is its last.

        Args:
            effect: what to do; its row holds ``code``.
            at: since when the new version stands.
            day: the office's day on which it happens.
            case: the case that does it.
        """
        self._lock(effect.catalogue)
        code = str(effect.row["code"])
        rows = self._rows(effect.catalogue, self.current(effect.catalogue))
        old = rows.get(code)
        row = _dropped(old or {}, code, day) if effect.drop else _put(old, effect.row, day)
        return self._add_version(effect.catalogue, {code: row}, at=at, case=case)

    def _lock(self, name: str) -> None:
        self._transaction.serialize(f"catalogue:{name}")

    def _rows(self, name: str, version: int) -> Rows:
        query = (
            select(_ROW.code, _ROW.body)
            .where(_ROW.catalogue == name, _ROW.version_from <= version)
            .order_by(_ROW.version_from)
        )
        # Later versions overwrite earlier ones; the order of first appearance stays.
        found = dict(self._transaction.connection.execute(query).tuples().all())
        return {code: from_text(body) for code, body in found.items() if body != _GONE}

    def _add_version(
        self,
        name: str,
        changed: Mapping[str, Mapping[str, Any] | None],
        *,
        at: datetime,
        case: str | None = None,
    ) -> int:
        version = self.current(name) + 1
        session = self._transaction.session
        checked(name, what="a catalogue's name")
        session.add(CatalogueVersionRow(name=name, version=version, at=at, case_id=case))
        for code, row in changed.items():
            checked(code, what=f"a code of catalogue '{name}'")
            body = _GONE if row is None else to_text(row, what=f"row '{code}' of '{name}'")
            row_of = CatalogueRowRow(catalogue=name, code=code, version_from=version, body=body)
            session.add(row_of)
        session.flush()
        return version


def _put(old: Data | None, row: Data, day: date) -> dict[str, Plain]:
    kept = dict(old or {})
    until = kept.pop("until", None)
    if isinstance(until, str) and until < day.isoformat():
        # It had ended: this is a new term, not an older one made longer.
        kept.pop("from", None)
    return {"from": day.isoformat(), **kept, **row}


def _dropped(old: Data, code: str, day: date) -> dict[str, Plain]:
    return {**old, "code": code, "until": (day - timedelta(days=1)).isoformat()}
