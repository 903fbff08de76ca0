"""The SQL on the path of a move, compiled once for a dialect from Core statements.

SQLAlchemy's own execution costs more than the statements themselves; these run on the
driver's cursor, with parameters by name. Everything else uses SQLModel.
"""

from typing import Any

from sqlalchemy import Dialect, bindparam, delete, literal_column, null, select, update

from storage.kernel.compiled import Compiler, binds, equals, keyed, newest, plain_insert
from storage.kernel.officetables import OFFICE
from storage.kernel.tables import Row
from storage.kernel.timestatements import TimeStatements

_TABLES = Row.metadata.tables
_CASE = _TABLES["case_row"]
_CATALOGUE = _TABLES["catalogue_version"]
_COUNTER = _TABLES["number_counter"]
_GRANT = _TABLES["case_grant"]
_KEY = _TABLES["case_key"]
_LINK = _TABLES["link"]
_MARK = _TABLES["mark"]
_ONCE = _TABLES["idempotency"]
_PERSON = _TABLES["person"]
_POST = _TABLES["post"]
_UNIT = _TABLES["unit"]
_VIEWING = OFFICE["viewing"]
_WORKFLOW = _TABLES["workflow_version"]

_MOVED = ("number", "state", "final", "outcome", "unique_key", "revision", "head", "moved_at")
"""Columns of a case, besides its texts, that a step may change."""

_TEXTS = ("body", "sealed", "sealed_revision")


class Statements:
    """All compiled statements of a dialect."""

    def __init__(self, dialect: Dialect) -> None:
        """Compile them."""
        self.time = TimeStatements(dialect)
        """Those of sweeps and deliveries, each compiled when first used."""
        compiler = Compiler(dialect)
        self._made, self._new = compiler.made, compiler.upsert
        self._of_cases()
        self._of_keys()
        self._of_numbers_and_requests()
        self._of_indexes()
        self._of_people()
        self._of_versions()

    def _of_cases(self) -> None:
        names = ("id", "sealed_revision", "head", "body", "sealed")
        loaded = tuple(_CASE.c[name] for name in names)
        self.case_by_id = self._made(select(*loaded).where(equals(_CASE, "id")))
        self.case_by_number = self._made(select(*loaded).where(equals(_CASE, "number")))
        self.case_head = self._made(select(_CASE.c.head).where(equals(_CASE, "id")))
        self.case_insert = self._made(plain_insert(_CASE))
        self.case_update = self._made(
            update(_CASE)
            .where(equals(_CASE, "id", "case_id"), equals(_CASE, "revision", "seen"))
            .values({name: bindparam(name) for name in (*_MOVED, *_TEXTS)})
        )
        self.event_insert = self._made(plain_insert(_TABLES["event"]))

    def _of_keys(self) -> None:
        self.keys = self._made(
            select(_KEY.c.vault, _KEY.c.generation, _KEY.c.wrapped)
            .where(equals(_KEY, "case_id"))
            .order_by(_KEY.c.generation)
        )
        self.key_insert = self._made(plain_insert(_KEY))
        self.key_destroy = self._made(
            update(_KEY)
            .where(equals(_KEY, "case_id", "of_case"), equals(_KEY, "vault", "of_vault"))
            .where(_KEY.c.wrapped.is_not(None))
            .values(wrapped=null(), destroyed_at=bindparam("destroyed_at"))
        )

    def _of_numbers_and_requests(self) -> None:
        self.counter_open = self._made(
            self._new(_COUNTER).values(binds(_COUNTER)).on_conflict_do_nothing()
        )
        self.counter_lock = self._made(
            select(_COUNTER.c.last).where(*keyed(_COUNTER)).with_for_update()
        )
        # Literals are written out: a parameter that nobody names could not be given.
        drawn = {"last": _COUNTER.c.last + literal_column("1")}
        self.counter_draw = self._made(
            self._new(_COUNTER)
            .values(binds(_COUNTER))
            .on_conflict_do_update(index_elements=list(_COUNTER.primary_key), set_=drawn)
            .returning(_COUNTER.c.last)
        )
        self.once_get = self._made(
            select(_ONCE.c.case_id, _ONCE.c.seq, _ONCE.c.request_hash).where(equals(_ONCE, "key"))
        )
        self.once_insert = self._made(
            self._new(_ONCE).values(binds(_ONCE)).on_conflict_do_nothing()
        )

    def _of_indexes(self) -> None:
        self.link_insert = self._made(
            self._new(_LINK).values(binds(_LINK)).on_conflict_do_nothing()
        )
        self.link_drop = self._made(delete(_LINK).where(*keyed(_LINK)))
        self.grants_of = self._made(select(_GRANT.c.word).where(equals(_GRANT, "case_id")))
        self.grant_insert = self._made(plain_insert(_GRANT))
        self.grant_drop = self._made(delete(_GRANT).where(*keyed(_GRANT)))

    def _of_people(self) -> None:
        held = _PERSON.outerjoin(_POST, _POST.c.person == _PERSON.c.id)
        self.actor = self._made(
            select(_POST.c.role, _POST.c.unit).select_from(held).where(equals(_PERSON, "id"))
        )
        self.viewed = self._made(
            select(*(_VIEWING.c[name] for name in ("case_id", "role", "post", "unit"))).where(
                equals(_VIEWING, "person"), _VIEWING.c.until_day >= bindparam("day")
            )
        )
        self.units = self._made(
            select(_UNIT.c.id, _UNIT.c.level, _UNIT.c.title, _UNIT.c.parent_id).order_by(_UNIT.c.id)
        )
        self.mark_get = self._made(select(_MARK.c.token).where(equals(_MARK, "name")))
        drawn: dict[str, Any] = {"token": bindparam("token")}
        self.mark_put = self._made(
            self._new(_MARK)
            .values(binds(_MARK))
            .on_conflict_do_update(index_elements=list(_MARK.primary_key), set_=drawn)
        )

    def _of_versions(self) -> None:
        self.catalogue_newest = self._made(newest(_CATALOGUE))
        self.workflow_newest = self._made(newest(_WORKFLOW))


_COMPILED: dict[str, Statements] = {}


def statements(dialect: Dialect) -> Statements:
    """Return the statements of a dialect, compiled once a process."""
    if dialect.name not in _COMPILED:
        _COMPILED[dialect.name] = Statements(dialect)
    return _COMPILED[dialect.name]
