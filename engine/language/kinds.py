"""The types of fields, and what holds of every field of a type, one row a type.

What depends on a case, a reader or a language stands where it is decided, as a match over the
members to the end: a type that is added is a type error there, and in the table below.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import assert_never

from engine.case.text import Text
from engine.language import words_of_kinds as words
from engine.language.cel import Kind

_UNIT = {"id": "u", "level": "l", "title": "u"}


class FieldType(StrEnum):
    """The type of a field or of a list's column; the value is how files write it."""

    TEXT = "text"
    INTEGER = "integer"
    DECIMAL = "decimal"
    MONEY = "money"
    BOOLEAN = "boolean"
    DATE = "date"
    MOMENT = "moment"
    CHOICE = "choice"
    PERSON = "person"
    UNIT = "unit"
    CASE = "case"
    ITEM = "item"
    FILE = "file"
    LIST = "list"


@dataclass(frozen=True, slots=True, kw_only=True)
class FieldKind:
    """The properties of every field of a type.

    Attributes:
        label: what people call the type.
        sees: the kind that expressions see a value as.
        sample: a value as expressions see it, for trying them out; None where none can be made
            up: options, rows and cases are the file's or the office's.
        least: as ``sample``, but saying as little as can be: nought, false.
        literal: what a value is in an expression, for types of which a checker can tell all
            values apart by comparing them with literals; None for the others.
        key: the column by which what it names is kept; "" where that is none that is seen.
        bounded: it is a number, which ``min`` and ``max`` bound.
        names_somebody: it names who can be told something: a person or a unit.
    """

    label: Text
    sees: Kind = "text"
    sample: object = None
    least: object = None
    literal: type | None = None
    key: str = ""
    bounded: bool = False
    names_somebody: bool = False

    @property
    def is_fraction(self) -> bool:
        """Whether it is kept as text, digit by digit, and read as a number."""
        return self.sees == "decimal"

    @property
    def is_looked_up(self) -> bool:
        """Whether it is kept as an id or code, and read as the columns it names."""
        return self.sees == "map"


def _row(type_: FieldType) -> FieldKind:  # noqa: C901, PLR0911, PLR0912 - a table, one row a type
    match type_:
        case FieldType.TEXT:
            return FieldKind(label=words.TEXT, sample="x", least="x")
        case FieldType.INTEGER:
            return FieldKind(
                label=words.INTEGER, sees="integer", sample=1, least=0, literal=int,
                bounded=True,
            )  # fmt: skip
        case FieldType.DECIMAL:
            return FieldKind(
                label=words.DECIMAL, sees="decimal", sample=1.0, least=0.0, bounded=True
            )
        case FieldType.MONEY:
            return FieldKind(label=words.MONEY, sees="decimal", sample=1.0, least=0.0, bounded=True)
        case FieldType.BOOLEAN:
            return FieldKind(
                label=words.BOOLEAN, sees="boolean", sample=True, least=False, literal=bool
            )
        case FieldType.DATE:
            return FieldKind(label=words.DATE, sample="2026-03-02", least="2026-01-05")
        case FieldType.MOMENT:
            return FieldKind(
                label=words.MOMENT, sample="2026-03-02T02:00:00Z", least="2026-01-05T02:00:00Z"
            )
        case FieldType.CHOICE:
            return FieldKind(label=words.CHOICE, literal=str)
        case FieldType.PERSON:
            return FieldKind(label=words.PERSON, sample="p", least="p", names_somebody=True)
        case FieldType.UNIT:
            return FieldKind(
                label=words.UNIT, sees="map", key="id", sample=_UNIT, names_somebody=True
            )
        case FieldType.CASE:
            return FieldKind(label=words.CASE, sees="map")
        case FieldType.ITEM:
            return FieldKind(label=words.ITEM, sees="map", key="code")
        case FieldType.FILE:
            return FieldKind(label=words.FILE, sample="f", least="f")
        case FieldType.LIST:
            return FieldKind(label=words.LIST, sees="list of maps")
        case _:
            assert_never(type_)


KINDS = {type_: _row(type_) for type_ in FieldType}
"""The row of every type."""
