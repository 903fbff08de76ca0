"""The small types of a workflow file's models: ids, labels, spans, times."""

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

from engine.case.text import Text as Words
from engine.case.text import said
from engine.language import words_of_findings as words
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


def misshapen(
    template: Words, *, code: LiteralString = "HY103", **facts: str
) -> PydanticCustomError:
    """Return the error of a value that is written wrongly, with what would be right.

    Args:
        template: of a sentence.
        code: a key of ``CODES``.
        facts: of the sentence; ``word`` is the key that is meant, where it is not the value.
    """
    words = said(template, **facts)
    return PydanticCustomError(code, "{words}", {**facts, "words": words.en, "zh": words.zh})


def _name(value: Any) -> str:
    if not isinstance(value, str) or not ID.fullmatch(value):
        raise misshapen(words.NO_ID, code="HY104")
    if value in CEL_RESERVED:
        raise misshapen(words.RESERVED_ID, code="HY104")
    return value


def _as_list(value: Any) -> Any:
    return value if isinstance(value, list) else [value]


def _quoted_hint(value: Any) -> Any:
    """Catch ``{zh: …, en: a, b}``: an unquoted comma makes a key of the rest."""
    if isinstance(value, dict):
        odd = [k for k, v in value.items() if v is None and k not in {"zh", "en"}]
        if odd:
            raise misshapen(words.CUT_BY_COMMA, code="HY101", word=odd[0])
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
    raise misshapen(words.NO_LENGTH)


def _rung_time(value: Any) -> Any:
    if isinstance(value, str) and _RUNG.fullmatch(value):
        return value
    raise misshapen(words.NO_RUNG)


def _time_of_day(value: Any) -> Any:
    if isinstance(value, str) and _TIME.fullmatch(value):
        return value
    raise misshapen(words.NO_TIME)


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
    raise misshapen(words.NO_DAY)


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
