"""Writes and reads sheets as an XLSX file; every cell is text, so nothing is ever computed."""

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from engine.case.text import Text
from heyi.cli.shell.columns import width
from heyi.cli.shell.exits import InputWrong
from heyi.cli.shell.inputs import read_bytes
from heyi.cli.workflow.tablesheets import Row, Sheet

_COVER = "heyi"
_WIDEST, _TITLE = 60, 31


def write_workbook(path: Path, sheets: Iterable[Sheet]) -> None:
    """Write sheets into a file; its first sheet is an index of the others.

    Raises:
        InputWrong: the file cannot be written.
    """
    book = Workbook()
    cover = book.active
    cover.title = _COVER
    _line(cover, 1, ["sheet", "path"])
    for number, sheet in enumerate(sheets, 1):
        title = f"{number} {sheet.path.removeprefix('tables.')}"[:_TITLE]
        _line(cover, number + 1, [title, sheet.path])
        _fill(book.create_sheet(title), sheet)
    _look(cover)
    try:
        book.save(path)
    except OSError as error:
        what = error.strerror or ""
        told = Text(f"“{path}”写不了：{what}", f"'{path}' cannot be written: {what}")
        raise InputWrong(told) from None


def _fill(page: Any, sheet: Sheet) -> None:  # noqa: ANN401 - openpyxl ships no types
    _line(page, 1, sheet.columns)
    for number, row in enumerate(sheet.rows, 2):
        _line(page, number, [row.get(column, "") for column in sheet.columns])
    _look(page)


def _line(page: Any, number: int, texts: Iterable[str]) -> None:  # noqa: ANN401 - as above
    for column, text in enumerate(texts, 1):
        if text:
            cell = page.cell(row=number, column=column)
            cell.value, cell.data_type, cell.number_format = text, "s", "@"


def _look(page: Any) -> None:  # noqa: ANN401 - as above
    page.freeze_panes = "B2"
    for number, column in enumerate(page.iter_cols(), 1):
        column[0].font = Font(bold=True)
        widest = max(width(str(cell.value or "")) for cell in column)
        page.column_dimensions[get_column_letter(number)].width = min(widest + 2, _WIDEST)


def read_workbook(path: Path) -> dict[str, list[Row]]:
    """Return the rows of each part by its path.

    Raises:
        NotFound: there is no such file.
        InputWrong: it is no XLSX of ours, or a cell holds a formula.
    """
    data = BytesIO(read_bytes(path))
    try:
        book = load_workbook(data)
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        zh, en = f"“{path}”不是 XLSX 文件", f"'{path}' is no XLSX file"
        raise InputWrong(Text(zh, en)) from error
    if _COVER not in book.sheetnames:
        zh = f"“{path}”不是 heyi 导出的（没有工作表“{_COVER}”）"
        raise InputWrong(Text(zh, f"'{path}' was not exported by heyi: no sheet '{_COVER}'"))
    found = {}
    for title, where in _grid(book[_COVER])[1:]:
        if title in book.sheetnames:
            found[where] = _rows(book[title])
    return found


def _rows(page: Any) -> list[Row]:  # noqa: ANN401 - openpyxl ships no types
    grid = _grid(page)
    columns = grid[0] if grid else []
    rows = [
        {column: text for column, text in zip(columns, row, strict=True) if column and text}
        for row in grid[1:]
    ]
    return [row for row in rows if row]


def _grid(page: Any) -> list[list[str]]:  # noqa: ANN401 - as above
    return [[_text(cell) for cell in row] for row in page.iter_rows()]


def _text(cell: Any) -> str:  # noqa: ANN401 - as above
    """Return what a person sees in a cell; spreadsheets make numbers and days of what is typed."""
    value = cell.value
    if cell.data_type == "f":
        place = f"{cell.parent.title}!{cell.coordinate}"
        zh = f"{place} 是公式；请改成值，或在前面加 '"
        raise InputWrong(Text(zh, f"{place} is a formula; write a value, or ' before it"))
    if value is None:
        return ""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, datetime):
        return value.date().isoformat() if value.time() == value.min.time() else str(value)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return str(value)
