"""Compiles Core statements into SQL text, once for each dialect."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Dialect, String, Table, bindparam, func, insert, select
from sqlalchemy.sql import ClauseElement


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL text and the order of its parameters, or None where the driver takes names."""

    sql: str
    order: tuple[str, ...] | None

    def arguments(self, values: Mapping[str, Any]) -> Any:  # noqa: ANN401 - what drivers take
        """Return the values as the driver wants them."""
        return values if self.order is None else [values[name] for name in self.order]


class Compiler:
    """Compiles statements for one dialect."""

    def __init__(self, dialect: Dialect) -> None:
        """Take the dialect."""
        self._dialect = dialect
        self.upsert = _upsert(dialect)

    def made(self, clause: ClauseElement) -> Statement:
        """Return a statement, compiled."""
        compiled: Any = clause.compile(dialect=self._dialect)
        order = compiled.positiontup
        return Statement(str(compiled), tuple(order) if order is not None else None)

    def one_of(self, column: ColumnElement[str], name: str = "ids") -> ColumnElement[bool]:
        """Return the condition that a column is among the texts that ``many`` packs."""
        if self._dialect.name == "postgresql":
            found: ColumnElement[bool] = column == func.any(bindparam(name, type_=ARRAY(String)))
            return found
        texts = func.json_each(bindparam(name, type_=String)).table_valued("value")
        return column.in_(select(texts.c.value))


def _upsert(dialect: Dialect) -> Any:  # noqa: ANN401 - both inserts that know ON CONFLICT
    """Return the dialect's own ``insert``; PostgreSQL's takes 50 ms to import."""
    if dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as new  # noqa: PLC0415 - see above
    else:
        from sqlalchemy.dialects.sqlite import insert as new  # type: ignore[assignment]  # noqa: PLC0415
    return new


def equals(table: Table, column: str, name: str | None = None) -> ColumnElement[bool]:
    """Return the condition that a column is the parameter of its own or another name."""
    return table.c[column] == bindparam(name or column)


def keyed(table: Table) -> list[ColumnElement[bool]]:
    """Return the conditions that find one row by its primary key."""
    return [equals(table, column.name) for column in table.primary_key]


def newest(table: Table) -> ClauseElement:
    """Return the query for the highest version of a name."""
    return select(func.max(table.c.version)).where(equals(table, "name"))


def binds(table: Table, *drawn: str) -> dict[str, Any]:
    """Return a parameter for each column but those that the database draws itself."""
    return {one.name: bindparam(one.name) for one in table.columns if one.name not in drawn}


def plain_insert(table: Table, *drawn: str) -> ClauseElement:
    """Return an insert of all columns but those that the database draws itself."""
    return insert(table).values(binds(table, *drawn))
