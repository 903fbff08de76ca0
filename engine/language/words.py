"""The small types that the models of a workflow file are made of: ids, labels, spans, times."""

import re
from datetime import date
from typing import Annotated, Any, LiteralString, TypeVar

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
)
from pydantic_core import PydanticCustomError

from engine.time.units import WRITTEN, TimeUnit

ID = re.compile(r"[a-z][a-z0-9_]{0,63}")
CEL_RESERVED = frozenset(
    (
        "as", "break", "const", "continue", "else", "false", "for", "function", "if", "import",
        "in", "let", "loop", "package", "namespace", "null", "return", "true", "var", "void",
        "while",
    )
)  # fmt: skip
OWN = "own"
"""What a role says for a level: the case's own unit, whatever its level."""
UNIT = f"({'|'.join(WRITTEN)})s?"
"""The pattern of a unit of time as files write it; its group is one for ``TimeUnit.read``."""
_SPAN = re.compile(rf"(\d{{1,5}}) {UNIT}")
_RUNG = re.compile(rf"start|due|day \d{{1,4}}|\d{{1,3}}%|due [-+] \d{{1,4}} {UNIT}")
_TIME = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d")


class Part(BaseModel):
    """Base of all parts of a definition: frozen, unknown keys refused, YAML words as aliases."""

    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True)


def misshapen(zh: str, en: LiteralString) -> PydanticCustomError:
    """Return the error of a value that is written wrongly: HY103, saying what would be right."""
    code: LiteralString = "HY103"
    return PydanticCustomError(code, en, {"zh": zh})


def _name(value: Any) -> str:
    if not isinstance(value, str) or not ID.fullmatch(value):
        code, message = "HY104", "an id is a-z, 0-9 and _, begins with a letter, at most 64"
        raise PydanticCustomError(code, message)
    if value in CEL_RESERVED:
        code, message = "HY104", "this word is reserved by the expression language"
        raise PydanticCustomError(code, message)
    return value


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _quoted_hint(value: Any) -> Any:
    """Catch ``{zh: …, en: a, b}``: an unquoted comma makes a key of the rest."""
    if isinstance(value, dict):
        odd = [k for k, v in value.items() if v is None and k not in {"zh", "en"}]
        if odd:
            code = "HY101"
            raise PydanticCustomError(
                code, "a comma cut this text at '{word}'; put it in quotes", {"word": odd[0]}
            )
    return value


Name = Annotated[str, BeforeValidator(_name)]
Option = Annotated[str, StringConstraints(pattern=r"^[A-Za-z][A-Za-z0-9_]{0,63}$")]
"""An option's id: as a name, capitals allowed (classes of a catalogue are A, F, G, X)."""
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
T = TypeVar("T")


class Span(Part):
    """A length of time, written ``5 working days`` or ``{n: "=forum.days", unit: days}``."""

    n: int | str = Field(description="how many; a whole number or '=expression'")
    unit: TimeUnit = Field(description="minutes, hours, days, working days or months")


def parse_span(value: Any) -> Any:
    """Read a span or leave a param's name as it is.

    Raises:
        PydanticCustomError: HY103, the text is neither.
    """
    if isinstance(value, Span):
        return value
    if isinstance(value, dict):
        unit = value.get("unit")
        if set(value) == {"n", "unit"} and isinstance(unit, str):
            span = _SPAN.fullmatch(f"1 {unit.replace('_', ' ')}")
            n = value["n"]
            fits = isinstance(n, int) or (isinstance(n, str) and n.startswith("="))
            if span and fits and not isinstance(n, bool):
                return Span(n=n, unit=TimeUnit.read(span[2]))
    elif isinstance(value, str):
        if span := _SPAN.fullmatch(value):
            return Span(n=int(span[1]), unit=TimeUnit.read(span[2]))
        if ID.fullmatch(value):
            return value
    zh = "时间长度写作“5 working days”、参数名或 {n, unit}"
    en = "a length of time is '5 working days', a param's name or {n, unit}"
    raise misshapen(zh, en)


def _rung_time(value: Any) -> Any:
    if isinstance(value, str) and _RUNG.fullmatch(value):
        return value
    zh = "梯级写作 start、70%、day 20、due、due - 1 working day 或 due + 3 days"
    en = "a rung stands at 'start', '70%', 'day 20', 'due', 'due - 1 working day' or 'due + 3 days'"
    raise misshapen(zh, en)


def _time_of_day(value: Any) -> Any:
    if isinstance(value, str) and _TIME.fullmatch(value):
        return value
    zh, en = "时刻写作 08:00，加引号", "a time of day is written 08:00, in quotes"
    raise misshapen(zh, en)


def minute_of(time: str) -> int:
    """Return the minute of the day that ``08:30`` means."""
    hours, _, minutes = time.partition(":")
    return int(hours) * 60 + int(minutes)


def _day(value: Any) -> Any:
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            pass
    zh, en = "日期写作 2026-01-31", "a day is written 2026-01-31"
    raise misshapen(zh, en)


def _shape(value: Any) -> str:
    return "mapping" if isinstance(value, (dict, BaseModel)) else "word"


BY_SHAPE = Discriminator(_shape)
"""Chooses between ``Annotated[…, Tag("mapping")]`` and ``Tag("word")``: one error, not two."""

TimeOfDay = Annotated[str, BeforeValidator(_time_of_day)]
Length = Annotated[Any, BeforeValidator(parse_span)]
RungTime = Annotated[str, BeforeValidator(_rung_time)]
Day = Annotated[date, BeforeValidator(_day)]
Many = Annotated[tuple[T, ...], BeforeValidator(_as_list), AfterValidator(tuple)]


class Label(Part):
    """What people read: ``{zh: …, en: …}``; zh is required."""

    zh: Text
    en: Text | None = None

    def text(self, lang: str = "zh") -> str:
        """Return the label in ``lang``, Chinese where English is missing."""
        return self.en if lang == "en" and self.en else self.zh


Titled = Annotated[Label, BeforeValidator(_quoted_hint)]
