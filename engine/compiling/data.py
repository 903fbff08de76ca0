"""Checks values that people give against the fields of a file, and makes them plain."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, assert_never

from engine.case.text import Text, said
from engine.case.values import Plain, World
from engine.compiling import words_of_values as words
from engine.compiling.bad import BadValue
from engine.compiling.people import parse_person
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef
from engine.time.times import moment_text

MAX_TEXT = 20_000
MAX_ITEMS = 1_000
MAX_WHOLE = 2**53 - 1
MAX_DIGITS = 24
_ODD = re.compile("[\ud800-\udfff]")


def parse_value(part: FieldDef, raw: object, world: World, *, day: date) -> Plain:
    """Return a given value in its plain form.

    Text may stand for any scalar ("12", "2026-03-02", "是"), so that a command line and a
    form give the same. Text itself is kept byte for byte.

    Args:
        part: the field or column.
        raw: what was given.
        world: units, catalogue rows and cases that may be named, and the office's zone.
        day: the day of the move: catalogue rows must be valid on it.

    Raises:
        BadValue: with what would be right.
    """
    if part.many:
        several = [w for w in raw.split(",") if w] if isinstance(raw, str) else raw
        if not isinstance(several, list):
            raise BadValue(words.MUST_BE_LIST)
        seen = [_one(part, word, world, day) for word in several]
        return [one for place, one in enumerate(seen) if one not in seen[:place]]
    return _one(part, raw, world, day)


def _one(part: FieldDef, raw: object, world: World, day: date) -> Plain:
    value = _parsed(part, raw, world, day)
    if part.kind.bounded:
        number = Decimal(str(value))
        if part.min is not None and number < Decimal(str(part.min)):
            raise BadValue(said(words.AT_LEAST, least=part.min))
        if part.max is not None and number > Decimal(str(part.max)):
            raise BadValue(said(words.AT_MOST, most=part.max))
    return value


def _parsed(  # noqa: C901, PLR0911, PLR0912 - a table, one row a type
    part: FieldDef, raw: object, world: World, day: date
) -> Plain:
    match part.type:
        case FieldType.TEXT | FieldType.FILE:
            return _text(raw)
        case FieldType.PERSON:
            return _text(raw) if part.of is None else parse_person(part, raw, world)
        case FieldType.INTEGER:
            return _integer(raw)
        case FieldType.DECIMAL | FieldType.MONEY:
            return _decimal(part, raw)
        case FieldType.BOOLEAN:
            return _boolean(raw)
        case FieldType.DATE:
            return _date(raw)
        case FieldType.MOMENT:
            return _moment(raw, world)
        case FieldType.CHOICE:
            return _choice(part, raw)
        case FieldType.UNIT:
            return _unit(raw, world)
        case FieldType.ITEM:
            return _item(part, raw, world, day)
        case FieldType.CASE:
            return _case(part, raw, world)
        case FieldType.LIST:
            return _list(part, raw, world, day)
        case _:
            assert_never(part.type)


def _text(raw: object) -> str:
    if not isinstance(raw, str) or not raw.strip(" \t\r\n\u3000"):
        raise BadValue(words.NO_TEXT)
    if len(raw) > MAX_TEXT:
        raise BadValue(said(words.LONG_TEXT, most=MAX_TEXT))
    if _ODD.search(raw):
        raise BadValue(words.LONE_SURROGATE)
    return raw


def _integer(raw: object) -> int:
    if isinstance(raw, str) and re.fullmatch(r"\s*[-+]?[0-9]{1,16}\s*", raw):
        raw = int(raw)
    if not isinstance(raw, int) or isinstance(raw, bool) or abs(raw) > MAX_WHOLE:
        raise BadValue(words.NO_WHOLE_NUMBER)
    return raw


def _decimal(part: FieldDef, raw: object) -> str:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        raise BadValue(words.NO_NUMBER)
    try:
        number = Decimal(str(raw).strip())
    except InvalidOperation:
        raise BadValue(words.NO_NUMBER) from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 13 or len(str(number)) > MAX_DIGITS:
        raise BadValue(words.LARGE_NUMBER)
    if part.type is FieldType.MONEY and number != round(number, 2):
        raise BadValue(words.NO_MONEY)
    return format(number, "f")


def _boolean(raw: object) -> bool:
    if isinstance(raw, str) and raw.strip().lower() in words.YES:
        return words.YES[raw.strip().lower()]
    if not isinstance(raw, bool):
        raise BadValue(words.NO_FLAG)
    return raw


def _date(raw: object) -> str:
    if isinstance(raw, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw):
        try:
            return date.fromisoformat(raw).isoformat()
        except ValueError:
            pass
    raise BadValue(words.NO_DAY)


def _moment(raw: object, world: World) -> str:
    try:
        moment = datetime.fromisoformat(str(raw).replace("Z", "+00:00"))
        return moment_text(moment if moment.tzinfo else moment.replace(tzinfo=world.zone))
    except (ValueError, OverflowError):
        raise BadValue(words.NO_MOMENT) from None


def _choice(part: FieldDef, raw: object) -> str:
    options = part.options or {}
    if not isinstance(raw, str) or raw not in options:
        known = [
            Text(said(words.OPTION, id=word, label=label).zh, word)
            for word, label in options.items()
        ]
        raise BadValue(said(words.NO_OPTION, options=known))
    return raw


def _unit(raw: object, world: World) -> str:
    if not isinstance(raw, str) or raw not in world.units:
        raise BadValue(said(words.NO_UNIT, unit=str(raw)))
    return raw


def _item(part: FieldDef, raw: object, world: World, day: date) -> str:
    row = world.catalogues.get(part.catalogue or "", {}).get(str(raw))
    if row is None:
        raise BadValue(said(words.NO_ROW, code=str(raw), catalogue_id=part.of))
    today = day.isoformat()
    if str(row.get("from") or today) > today or str(row.get("until") or today) < today:
        raise BadValue(said(words.NOT_VALID, code=str(raw), today=today))
    return str(raw)


def _case(part: FieldDef, raw: object, world: World) -> str:
    for other in world.linked.values():
        if isinstance(raw, str) and raw in {other.id, other.number}:
            if part.of not in {None, other.workflow}:
                raise BadValue(said(words.OTHER_CASE, case=raw, workflow=part.of))
            return other.id
    raise BadValue(said(words.NO_CASE, case=str(raw)))


def _list(part: FieldDef, raw: object, world: World, day: date) -> Plain:
    if not isinstance(raw, list):
        raise BadValue(words.MUST_BE_LIST)
    if len(raw) > MAX_ITEMS:
        raise BadValue(said(words.MANY_ITEMS, most=MAX_ITEMS))
    if part.min is not None and len(raw) < part.min:
        raise BadValue(said(words.FEW_ITEMS, least=part.min))
    return [parse_item(part, item, world, day=day, place=n) for n, item in enumerate(raw, 1)]


def parse_item(
    part: FieldDef, raw: object, world: World, *, day: date, place: int, partly: bool = False
) -> dict[str, Plain]:
    """Return one item of a list in its plain form.

    Args:
        part: the list.
        raw: the columns given.
        world: as in ``parse_value``.
        day: as in ``parse_value``.
        place: 1-based, for messages.
        partly: columns may be left out (an edit of an item that exists).

    Raises:
        BadValue: an unknown column, a missing one, or a bad value, naming the item.
    """
    columns = part.columns
    if not isinstance(raw, dict):
        raise BadValue(said(words.NO_COLUMNS, place=place))
    found: dict[str, Plain] = {}
    for name, value in raw.items():
        if name not in columns:
            known = list(columns)
            raise BadValue(said(words.NO_COLUMN, place=place, column=str(name), known=known))
        try:
            found[name] = parse_value(columns[name], value, world, day=day)
        except BadValue as error:
            wrong = said(words.ITEM_IS, place=place, column=name, wrong=error.words)
            raise BadValue(wrong) from None
    if not partly:
        found = {**_defaults(columns), **found}
    lacks = [n for n, c in columns.items() if not c.optional and n not in found]
    if lacks and not partly:
        raise BadValue(said(words.ITEM_LACKS, place=place, columns=lacks))
    return {name: found[name] for name in columns if name in found}


def _defaults(columns: Mapping[str, FieldDef]) -> dict[str, Plain]:
    """Return what required columns hold where nothing is given: flags false, lists empty."""
    known = {name: part.unset for name, part in columns.items() if not part.optional}
    return {name: unset for name, unset in known.items() if unset is not None}


def plain_of(part: FieldDef, value: object) -> Plain:
    """Return an expression's result in a field's plain form (units and items by their id)."""
    if part.type is FieldType.LIST or part.many:
        inner = part.model_copy(update={"many": False})
        rows: list[Any] = value if isinstance(value, list) else [value]
        if part.type is FieldType.LIST:
            return [{n: plain_of(part.columns[n], v) for n, v in row.items()} for row in rows]
        return [plain_of(inner, one) for one in rows]
    if part.kind.key and isinstance(value, dict):
        return str(value[part.kind.key])
    if part.kind.is_fraction:
        return format(Decimal(str(value)), "f")
    if isinstance(value, (bool, int, str)):
        return value
    return str(value)
