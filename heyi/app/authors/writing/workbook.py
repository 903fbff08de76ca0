"""Writes and reads sheets as an XLSX file; every cell is text, so nothing is ever computed."""

from collections.abc import Iterable
from datetime import date, datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile

from openpyxl import Workbook, load_workbook
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter
from openpyxl.utils.exceptions import InvalidFileException

from engine.case.text import Text, said
from heyi.app.authors.writing.sheets import Row, Sheet
from heyi.app.errors import InputWrong

_COVER = "heyi"
_WIDEST, _TITLE = 60, 31
_NO_XLSX = Text("不是 XLSX 文件", "this is no XLSX file")
_NOT_OURS = Text(
    "这个 XLSX 文件不是 heyi 导出的（没有工作表“{cover}”）",
    "this XLSX file was not exported by heyi: no sheet '{cover}'",
)
_FORMULA = Text(
    "{place} 是公式；请改成值，或在前面加 '", "{place} is a formula; write a value, or ' before it"
)


def workbook_of(sheets: Iterable[Sheet]) -> bytes:
    """Return sheets as an XLSX file; its first sheet is an index of the others."""
    book = Workbook()
    cover = book.active
    cover.title = _COVER
    _line(cover, 1, ["sheet", "path"])
    for number, sheet in enumerate(sheets, 1):
        title = f"{number} {sheet.path.removeprefix('tables.')}"[:_TITLE]
        _line(cover, number + 1, [title, sheet.path])
        _fill(book.create_sheet(title), sheet)
    _look(cover)
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def _fill(page: Any, sheet: Sheet) -> None:
    _line(page, 1, sheet.columns)
    for number, row in enumerate(sheet.rows, 2):
        _line(page, number, [row.get(column, "") for column in sheet.columns])
    _look(page)


def _line(page: Any, number: int, texts: Iterable[str]) -> None:
    for column, text in enumerate(texts, 1):
        if text:
            cell = page.cell(row=number, column=column)
            cell.value, cell.data_type, cell.number_format = text, "s", "@"


def _look(page: Any) -> None:
    page.freeze_panes = "B2"
    for number, column in enumerate(page.iter_cols(), 1):
        column[0].font = Font(bold=True)
        widest = max(_width(str(cell.value or "")) for cell in column)
        page.column_dimensions[get_column_letter(number)].width = min(widest + 2, _WIDEST)


def _width(text: str) -> int:
    """Return how many digits wide a text is about; a Chinese character is as wide as two."""
    return sum(1 if letter.isascii() else 2 for letter in text)


def rows_of(data: bytes) -> dict[str, list[Row]]:
    """Return the rows of each part of an XLSX file by the part's path.

    Raises:
        InputWrong: it is no XLSX of ours, or a cell holds a formula.
    """
    try:
        book = load_workbook(BytesIO(data))
    except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError) as error:
        raise InputWrong(_NO_XLSX) from error
    if _COVER not in book.sheetnames:
        raise InputWrong(said(_NOT_OURS, cover=_COVER))
    found = {}
    for title, where in _grid(book[_COVER])[1:]:
        if title in book.sheetnames:
            found[where] = _rows(book[title])
    return found


def _rows(page: Any) -> list[Row]:
    grid = _grid(page)
    columns = grid[0] if grid else []
    rows = [
        {column: text for column, text in zip(columns, row, strict=True) if column and text}
        for row in grid[1:]
    ]
    return [row for row in rows if row]


def _grid(page: Any) -> list[list[str]]:
    return [[_text(cell) for cell in row] for row in page.iter_rows()]


def _text(cell: Any) -> str:
    """Return what a person sees in a cell; spreadsheets make numbers and days of what is typed."""
    value = cell.value
    if cell.data_type == "f":
        place = f"{cell.parent.title}!{cell.coordinate}"
        raise InputWrong(said(_FORMULA, place=place))
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
