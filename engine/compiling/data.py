"""Values that people give, checked against the fields of a file and made plain."""

import re
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal, InvalidOperation
from typing import Any, assert_never

from engine.case.values import Plain, World
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef
from engine.time.times import moment_text

MAX_TEXT = 20_000
MAX_ITEMS = 1_000
MAX_WHOLE = 2**53 - 1
MAX_DIGITS = 24
_YES = {"true": True, "false": False, "yes": True, "no": False, "是": True, "否": False}
_ODD = re.compile("[\ud800-\udfff]")


class BadValue(ValueError):
    """A value given is not acceptable; says why in both languages."""

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(en)


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
    if part.type is FieldType.LIST:
        return _list(part, raw, world, day)
    if part.many:
        words = [w for w in raw.split(",") if w] if isinstance(raw, str) else raw
        if not isinstance(words, list):
            raise BadValue("应为列表", "must be a list")
        seen = [_one(part, word, world, day) for word in words]
        return [one for place, one in enumerate(seen) if one not in seen[:place]]
    return _one(part, raw, world, day)


def _one(part: FieldDef, raw: object, world: World, day: date) -> Plain:
    value = _parsed(part, raw, world, day)
    if part.kind.bounded:
        number = Decimal(str(value))
        if part.min is not None and number < Decimal(str(part.min)):
            raise BadValue(f"不得小于{part.min}", f"must be at least {part.min}")
        if part.max is not None and number > Decimal(str(part.max)):
            raise BadValue(f"不得大于{part.max}", f"must be at most {part.max}")
    return value


def _parsed(  # noqa: C901, PLR0911, PLR0912 - a table, one row a type
    part: FieldDef, raw: object, world: World, day: date
) -> Plain:
    match part.type:
        case FieldType.TEXT | FieldType.PERSON | FieldType.FILE:
            return _text(raw)
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
        raise BadValue("应为文字，不能为空", "must be text, not empty")
    if len(raw) > MAX_TEXT:
        raise BadValue(f"最多{MAX_TEXT}字", f"at most {MAX_TEXT} characters")
    if _ODD.search(raw):
        raise BadValue("含有不能保存的字符（孤立代理）", "holds a lone surrogate; remove it")
    return raw


def _integer(raw: object) -> int:
    if isinstance(raw, str) and re.fullmatch(r"\s*[-+]?[0-9]{1,16}\s*", raw):
        raw = int(raw)
    if not isinstance(raw, int) or isinstance(raw, bool) or abs(raw) > MAX_WHOLE:
        raise BadValue("应为整数", "must be a whole number")
    return raw


def _decimal(part: FieldDef, raw: object) -> str:
    if isinstance(raw, bool) or not isinstance(raw, (int, float, str)):
        raise BadValue("应为数字", "must be a number")
    try:
        number = Decimal(str(raw).strip())
    except InvalidOperation:
        raise BadValue("应为数字", "must be a number") from None
    if not number.is_finite() or abs(number) >= Decimal(10) ** 13 or len(str(number)) > MAX_DIGITS:
        raise BadValue("数字过大或位数过多", "the number is too large or too long")
    if part.type is FieldType.MONEY and number != round(number, 2):
        raise BadValue("金额最多两位小数", "money has at most two decimals")
    return format(number, "f")


def _boolean(raw: object) -> bool:
    if isinstance(raw, str) and raw.strip().lower() in _YES:
        return _YES[raw.strip().lower()]
    if not isinstance(raw, bool):
        raise BadValue("应为是或否（true/false）", "must be true or false")
    return raw


def _date(raw: object) -> str:
    if isinstance(raw, str) and re.fullmatch(r"\d{4}-\d{2}-\d{2}", raw):
        try:
            return date.fromisoformat(raw).isoformat()
        except ValueError:
            pass
    raise BadValue("日期应写作 2026-03-02", "a day is written 2026-03-02")


def _moment(raw: object, world: World) -> str:
    try:
        moment = datetime.fromisoformat(str(raw).replace("Z", "+00:00"))
        return moment_text(moment if moment.tzinfo else moment.replace(tzinfo=world.zone))
    except (ValueError, OverflowError):
        message = "时刻应写作 2026-03-02 10:00", "a moment is written 2026-03-02 10:00"
        raise BadValue(*message) from None


def _choice(part: FieldDef, raw: object) -> str:
    options = part.options or {}
    if not isinstance(raw, str) or raw not in options:
        words = "、".join(f"{word}（{label.zh}）" for word, label in options.items())
        raise BadValue(f"应为其中之一：{words}", f"must be one of: {', '.join(options)}")
    return raw


def _unit(raw: object, world: World) -> str:
    if not isinstance(raw, str) or raw not in world.units:
        raise BadValue(f"没有单位“{raw}”", f"no unit '{raw}'")
    return raw


def _item(part: FieldDef, raw: object, world: World, day: date) -> str:
    row = world.catalogues.get(part.catalogue or "", {}).get(str(raw))
    if row is None:
        raise BadValue(f"清单中没有“{raw}”", f"catalogue '{part.of}' has no '{raw}'")
    today = day.isoformat()
    if str(row.get("from") or today) > today or str(row.get("until") or today) < today:
        raise BadValue(f"“{raw}”当日不在有效期内", f"'{raw}' is not valid on {today}")
    return str(raw)


def _case(part: FieldDef, raw: object, world: World) -> str:
    for other in world.linked.values():
        if isinstance(raw, str) and raw in {other.id, other.number}:
            if part.of not in {None, other.workflow}:
                zh = f"“{raw}”不是流程“{part.of}”的案件"
                raise BadValue(zh, f"'{raw}' is no case of workflow '{part.of}'")
            return other.id
    raise BadValue(f"没有案件“{raw}”", f"no case '{raw}'")


def _list(part: FieldDef, raw: object, world: World, day: date) -> Plain:
    if not isinstance(raw, list):
        raise BadValue("应为列表", "must be a list")
    if len(raw) > MAX_ITEMS:
        raise BadValue(f"最多{MAX_ITEMS}项", f"at most {MAX_ITEMS} items")
    if part.min is not None and len(raw) < part.min:
        raise BadValue(f"至少{part.min}项", f"at least {part.min} items")
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
        raise BadValue(f"第{place}项应为各列的值", f"item {place} must be a mapping of columns")
    found: dict[str, Plain] = {}
    for name, value in raw.items():
        if name not in columns:
            known = "、".join(columns)
            zh, en = (
                f"第{place}项没有列“{name}”（有：{known}）",
                f"item {place}: no column '{name}'",
            )
            raise BadValue(zh, en)
        try:
            found[name] = parse_value(columns[name], value, world, day=day)
        except BadValue as error:
            zh, en = f"第{place}项“{name}”{error.zh}", f"item {place}, '{name}' {error.en}"
            raise BadValue(zh, en) from None
    if not partly:
        found = {**_defaults(columns), **found}
    lacks = [n for n, c in columns.items() if not c.optional and n not in found]
    if lacks and not partly:
        raise BadValue(
            f"第{place}项缺少：{'、'.join(lacks)}", f"item {place} lacks: {', '.join(lacks)}"
        )
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
