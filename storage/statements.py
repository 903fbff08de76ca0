"""The SQL on the path of a move, compiled once for a dialect from Core statements.

SQLAlchemy's own execution costs more than the statements themselves; these run on the
driver's cursor, with parameters by name. Everything else uses SQLModel.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Dialect,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal_column,
    null,
    select,
    update,
)
from sqlalchemy.sql import ClauseElement

from storage.tables import Row

_TABLES = Row.metadata.tables
_ALERT = _TABLES["alert"]
_CASE = _TABLES["case_row"]
_CATALOGUE = _TABLES["catalogue_version"]
_COUNTER = _TABLES["number_counter"]
_KEY = _TABLES["case_key"]
_LINK = _TABLES["link"]
_MARK = _TABLES["mark"]
_ONCE = _TABLES["idempotency"]
_PERSON = _TABLES["person"]
_POST = _TABLES["post"]
_RUN = _TABLES["clock_run"]
_UNIT = _TABLES["unit"]
_WORKFLOW = _TABLES["workflow_version"]

_MOVED = ("number", "state", "final", "outcome", "unique_key", "revision", "head", "moved_at")
"""Columns of a case, besides its texts, that a step may change."""


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL text and the order of its parameters, or None where the driver takes names."""

    sql: str
    order: tuple[str, ...] | None

    def arguments(self, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - what drivers take
        """Return the values as the driver wants them."""
        return values if self.order is None else [values[name] for name in self.order]


class Statements:
    """All compiled statements of a dialect."""

    def __init__(self, dialect: Dialect) -> None:
        """Compile them."""
        self._dialect = dialect
        self._new = _upsert(dialect)
        self._of_cases()
        self._of_keys()
        self._of_numbers_and_requests()
        self._of_indexes()
        self._of_people()
        self._of_versions()

    def _of_cases(self) -> None:
        loaded = (_CASE.c.id, _CASE.c.revision, _CASE.c.head, _CASE.c.body, _CASE.c.sealed)
        self.case_by_id = self._made(select(*loaded).where(_is(_CASE, "id")))
        self.case_by_number = self._made(select(*loaded).where(_is(_CASE, "number")))
        self.case_head = self._made(select(_CASE.c.head).where(_is(_CASE, "id")))
        self.case_insert = self._made(_insert(_CASE))
        self.case_update = self._made(
            update(_CASE)
            .where(_is(_CASE, "id", "case_id"), _is(_CASE, "revision", "seen"))
            .values({name: bindparam(name) for name in (*_MOVED, "body", "sealed")})
        )
        self.event_insert = self._made(_insert(_TABLES["event"]))

    def _of_keys(self) -> None:
        self.keys = self._made(
            select(_KEY.c.vault, _KEY.c.generation, _KEY.c.wrapped)
            .where(_is(_KEY, "case_id"))
            .order_by(_KEY.c.generation)
        )
        self.key_insert = self._made(_insert(_KEY))
        self.key_destroy = self._made(
            update(_KEY)
            .where(_is(_KEY, "case_id", "of_case"), _is(_KEY, "vault", "of_vault"))
            .where(_KEY.c.wrapped.is_not(None))
            .values(wrapped=null(), destroyed_at=bindparam("destroyed_at"))
        )

    def _of_numbers_and_requests(self) -> None:
        self.counter_open = self._made(
            self._new(_COUNTER).values(_binds(_COUNTER)).on_conflict_do_nothing()
        )
        self.counter_lock = self._made(
            select(_COUNTER.c.last).where(*_keyed(_COUNTER)).with_for_update()
        )
        # Literals are written out: a parameter that nobody names could not be given.
        drawn = {"last": _COUNTER.c.last + literal_column("1")}
        self.counter_draw = self._made(
            self._new(_COUNTER)
            .values(_binds(_COUNTER))
            .on_conflict_do_update(index_elements=list(_COUNTER.primary_key), set_=drawn)
            .returning(_COUNTER.c.last)
        )
        self.once_get = self._made(
            select(_ONCE.c.case_id, _ONCE.c.seq, _ONCE.c.request_hash).where(_is(_ONCE, "key"))
        )
        self.once_insert = self._made(
            self._new(_ONCE).values(_binds(_ONCE)).on_conflict_do_nothing()
        )

    def _of_indexes(self) -> None:
        moved: dict[str, Any] = {"due_at": bindparam("due_at")}
        self.run_put = self._made(
            self._new(_RUN)
            .values(_binds(_RUN))
            .on_conflict_do_update(index_elements=list(_RUN.primary_key), set_=moved)
        )
        self.run_drop = self._made(delete(_RUN).where(*_keyed(_RUN)))
        self.link_insert = self._made(
            self._new(_LINK).values(_binds(_LINK)).on_conflict_do_nothing()
        )
        self.link_drop = self._made(delete(_LINK).where(*_keyed(_LINK)))
        self.alert_insert = self._made(_insert(_ALERT, "id"))

    def _of_people(self) -> None:
        held = _PERSON.outerjoin(_POST, _POST.c.person == _PERSON.c.id)
        self.actor = self._made(
            select(_POST.c.role, _POST.c.unit).select_from(held).where(_is(_PERSON, "id"))
        )
        self.units = self._made(
            select(_UNIT.c.id, _UNIT.c.level, _UNIT.c.title, _UNIT.c.parent_id).order_by(_UNIT.c.id)
        )
        self.mark_get = self._made(select(_MARK.c.token).where(_is(_MARK, "name")))
        drawn: dict[str, Any] = {"token": bindparam("token")}
        self.mark_put = self._made(
            self._new(_MARK)
            .values(_binds(_MARK))
            .on_conflict_do_update(index_elements=list(_MARK.primary_key), set_=drawn)
        )

    def _of_versions(self) -> None:
        self.catalogue_newest = self._made(_newest(_CATALOGUE))
        self.workflow_newest = self._made(_newest(_WORKFLOW))

    def _made(self, clause: ClauseElement) -> Statement:
        compiled: Any = clause.compile(dialect=self._dialect)
        order = compiled.positiontup
        return Statement(str(compiled), tuple(order) if order is not None else None)


def _upsert(dialect: Dialect) -> Any:  # noqa: ANN401 - both inserts that know ON CONFLICT
    """Return the dialect's own ``insert``; PostgreSQL's takes 50 ms to import."""
    if dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as new  # noqa: PLC0415 - see above
    else:
        from sqlalchemy.dialects.sqlite import insert as new  # type: ignore[assignment]  # noqa: PLC0415
    return new


def _is(table: Table, column: str, name: str | None = None) -> ColumnElement[bool]:
    return table.c[column] == bindparam(name or column)


def _keyed(table: Table) -> list[ColumnElement[bool]]:
    return [_is(table, column.name) for column in table.primary_key]


def _newest(table: Table) -> ClauseElement:
    return select(func.max(table.c.version)).where(_is(table, "name"))


def _binds(table: Table) -> dict[str, Any]:
    return {column.name: bindparam(column.name) for column in table.columns}


def _insert(table: Table, *drawn: str) -> ClauseElement:
    """Return an insert of all columns but those that the database draws itself."""
    return insert(table).values({k: v for k, v in _binds(table).items() if k not in drawn})
