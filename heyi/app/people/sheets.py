"""Reads units and people from a spreadsheet: XLSX or CSV, text by text, each with its cell.

Two sheets: ``单位`` with id, level, title, parent and ``人员`` with id, name, posts. A CSV file is
one sheet; which one its heading says. Nothing is computed: formulas are refused, not read.
"""

import csv
import io
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from string import ascii_uppercase

from engine.case.text import Text
from heyi.app.errors import InputWrong

MAX_BYTES = 4 * 1024 * 1024
MAX_UNPACKED = 32 * 1024 * 1024
MAX_ROWS = 5_000
MAX_CELL = 2_000
UNITS, PEOPLE = "单位", "人员"
HEADS = {
    UNITS: {
        "id": ("编号", "id"), "level": ("级别", "level"), "title": ("名称", "title"),
        "parent": ("上级", "parent"),
    },
    PEOPLE: {"id": ("编号", "id"), "name": ("姓名", "name"), "posts": ("岗位", "posts")},
}  # fmt: skip
"""By sheet, the columns with the headings that name them; all must be there."""


@dataclass(frozen=True, slots=True)
class Cell:
    """A text with the sheet and the cell it stands in, ``C7``."""

    sheet: str
    at: str
    text: str


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a sheet: its cells by column."""

    sheet: str
    cells: dict[str, Cell]


def read_sheets(file: Path) -> list[Row]:
    """Return the rows of both sheets, empty ones left out.

    Raises:
        InputWrong: it is no spreadsheet, too large, or a sheet's heading is another.
    """
    if file.stat().st_size > MAX_BYTES:
        told = Text("文件过大", "the file is too large")
        raise InputWrong(told)
    found: list[Row] = []
    for sheet, table in _tables(file):
        found += _rows(sheet, table)
    return found


def _tables(file: Path) -> Iterator[tuple[str, list[list[str]]]]:
    if file.suffix.lower() != ".xlsx":
        try:
            text = file.read_bytes().decode("utf-8-sig")
            table = list(csv.reader(io.StringIO(text), strict=True))
        except (UnicodeDecodeError, csv.Error) as error:
            told = Text("不是UTF-8的CSV文件", "no CSV file in UTF-8")
            raise InputWrong(told) from error
        yield (PEOPLE if set(table[0] if table else ()) & {"姓名", "name"} else UNITS), table
        return
    yield from _workbook(file)


def _workbook(file: Path) -> Iterator[tuple[str, list[list[str]]]]:
    # Costs a third of a second: only who imports pays for it.
    from openpyxl import load_workbook  # noqa: PLC0415

    told = Text("不是可读的XLSX文件", "no XLSX file that can be read")
    try:
        with zipfile.ZipFile(file) as packed:
            if sum(one.file_size for one in packed.infolist()) > MAX_UNPACKED:
                raise InputWrong(told)
        book = load_workbook(file, read_only=True, data_only=False, keep_links=False)
    except (OSError, ValueError, KeyError, SyntaxError, zipfile.BadZipFile) as error:
        raise InputWrong(told) from error
    try:
        wanted = {UNITS: {UNITS, "units"}, PEOPLE: {PEOPLE, "people"}}
        for sheet, names in wanted.items():
            for name in (one for one in book.sheetnames if one in names):
                rows = book[name].iter_rows(max_row=MAX_ROWS + 2, max_col=20, values_only=True)
                yield sheet, [["" if one is None else str(one) for one in row] for row in rows]
    finally:
        book.close()


def _rows(sheet: str, table: list[list[str]]) -> Iterator[Row]:
    heads = [one.strip() for one in table[0]] if table else []
    places: dict[str, int] = {}
    for column, names in HEADS[sheet].items():
        place = next((n for n, head in enumerate(heads) if head in names), None)
        if place is None:
            wanted = "、".join(one[0] for one in HEADS[sheet].values())
            told = Text(
                f"工作表 {sheet} 的表头应有：{wanted}",
                f"sheet {sheet} lacks the heading {names[1]}",
            )
            raise InputWrong(told)
        places[column] = place
    if len(table) > MAX_ROWS + 1:
        raise InputWrong(
            Text(f"工作表 {sheet} 最多{MAX_ROWS}行", f"sheet {sheet} has more than {MAX_ROWS} rows")
        )
    for number, row in enumerate(table[1:], 2):
        texts = [one.strip() for one in row]
        if any(texts):
            cells = {
                column: Cell(
                    sheet, f"{ascii_uppercase[n]}{number}", texts[n] if n < len(texts) else ""
                )
                for column, n in places.items()
            }
            yield Row(sheet, cells)
