"""Makes sheets of the parts of a file: params, clocks, decision tables, catalogue rows."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engine.case.errors import DefinitionError
from engine.language.reader import read_yaml
from heyi.app.authors.writing.cells import from_cell, to_cell

_SPREAD = ("if", "then", "label")
"""Keys whose mapping gets a column for each of its own keys."""
_FIRST = ("name", "id", "code")
NAME = "name"

Row = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A part of a file as cells.

    Attributes:
        path: where it stands: ``params``, ``clocks``, ``tables.NAME`` or ``rows``.
        columns: in order; the first names the row.
        rows: the cells that are not empty, by column.
    """

    path: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def sheets_of(text: str, *, file: str = "") -> list[Sheet]:
    """Return the sheets of a workflow, library, pack or catalogue.

    Only what the file itself says is there: what a pack gives is edited in the pack.

    Raises:
        DefinitionError: the text is no YAML that heyi reads.
    """
    document = read_yaml(text, file=file)
    if document.problems:
        raise DefinitionError(document.problems)
    return [_sheet(path, found) for path, found in parts(document.value)]


def parts(value: Any) -> Iterator[tuple[str, Any]]:
    """Yield (path, mapping or list) of every part that has a sheet."""
    if not isinstance(value, dict):
        return
    for section in ("params", "clocks"):
        if isinstance(value.get(section), dict) and value[section]:
            yield section, value[section]
    tables = value.get("tables")
    for name, table in tables.items() if isinstance(tables, dict) else ():
        if isinstance(table, dict) and isinstance(table.get("rules"), list):
            yield f"tables.{name}", table["rules"]
    if isinstance(value.get("rows"), list):
        yield "rows", value["rows"]


def _sheet(path: str, found: Any) -> Sheet:
    named = isinstance(found, dict)
    rows = [{NAME: k, **v} for k, v in found.items()] if named else found
    cells = [row_cells(row) for row in rows if isinstance(row, dict)]
    columns = dict.fromkeys(column for row in cells for column in row)
    first = [column for column in _FIRST if column in columns]
    order = (*first, *(column for column in columns if column not in first))
    return Sheet(path=path, columns=order, rows=tuple(cells))


def row_cells(row: dict[str, Any]) -> Row:
    """Return a row of a file as cells."""
    found: Row = {}
    for key, value in row.items():
        if key in _SPREAD and isinstance(value, dict) and value:
            found |= {f"{key}.{inner}": to_cell(one) for inner, one in value.items()}
        else:
            found[key] = to_cell(value)
    return found


def row_values(row: Row) -> dict[str, Any]:
    """Return a row of cells as a row of a file.

    Raises:
        InputWrong: a cell cannot be read.
    """
    found: dict[str, Any] = {}
    for column, text in row.items():
        head, dot, inner = column.partition(".")
        if dot and head in _SPREAD:
            # A text in the column of the whole key gives way to the columns of its parts.
            part = found.get(head)
            found[head] = {**(part if isinstance(part, dict) else {}), inner: from_cell(text)}
        elif not isinstance(found.get(column), dict):
            found[column] = from_cell(text)
    return found
