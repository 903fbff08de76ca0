"""Compiles and evaluates expressions: the only module that imports cel-expr-python.

Danger: ``eval`` never raises. Unknown names, missing keys, exceptions in functions come back
as values of type ERROR or UNKNOWN whose ``bool()`` is True. So the type is asked first, and
``Answer.holds`` is true for BOOL true and nothing else.
"""

import re
from collections.abc import Callable, Iterable, Mapping
from contextvars import ContextVar
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any, Literal

from cel_expr_python import cel

from engine.language.scan import Columns, Scan, scan
from engine.time.calendars import Calendar, months_between, plus_months
from engine.time.shares import meets, needed, parse_share

MAX_SOURCE = 2000
Kind = Literal[
    "text", "integer", "decimal", "boolean", "map", "list", "list of text", "list of maps", "any"
]

_T = cel.Type
_MAP = _T.Map(_T.STRING, _T.DYN)
_TYPES: dict[str, Any] = {
    "text": _T.STRING,
    "integer": _T.INT,
    "decimal": _T.DOUBLE,
    "boolean": _T.BOOL,
    "map": _MAP,
    "list": _T.List(_T.DYN),
    "list of text": _T.List(_T.STRING),
    "list of maps": _T.List(_MAP),
    "any": _T.DYN,
}
_KINDS = {"STRING": "text", "INT": "integer", "DOUBLE": "decimal", "BOOL": "boolean"}
_BAD = ("ERROR", "UNKNOWN")
_calendar: ContextVar[Calendar] = ContextVar("calendar")


class ExpressionError(Exception):
    """An expression is wrong; ``at`` is the 0-based offset in its text."""

    def __init__(self, what: str, *, at: int = 0, code: str = "HY301") -> None:
        self.what, self.at, self.code = what, at, code
        super().__init__(what)


@dataclass(frozen=True, slots=True)
class Answer:
    """The value of an expression for some facts.

    Attributes:
        value: the plain value; None where it is not known.
        known: whether there is a value at all.
        missing: declared names it read that are unset, where it is not known.
        error: what else kept it from a value, or "".
    """

    value: Any = None
    known: bool = True
    missing: tuple[str, ...] = ()
    error: str = ""

    @property
    def holds(self) -> bool:
        """Whether a guard of this answer grants: known, of type BOOL, and true."""
        return self.known and self.value is True


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """A compiled expression.

    Attributes:
        source: its text.
        kind: the kind of its result.
        names: the declared variables it reads, sorted.
        scan: what else was seen in the text.
    """

    source: str
    kind: Kind
    names: tuple[str, ...]
    scan: Scan
    _program: Any
    _counts_days: bool

    def ask(self, facts: Mapping[str, Any], calendar: Calendar) -> Answer:
        """Evaluate over ``facts``; unset names are absent from the mapping."""
        data = {name: facts[name] for name in self.names if name in facts}
        if self._counts_days:
            _calendar.set(calendar)
        try:
            result = self._program.eval(data=data)
        except RuntimeError as error:
            return Answer(known=False, missing=self._missing(data), error=str(error))
        if result.type().name() in _BAD:
            missing = self._missing(data)
            return Answer(
                known=False, missing=missing, error="" if missing else str(result.plain_value())
            )
        return Answer(result.plain_value())

    def _missing(self, data: Mapping[str, Any]) -> tuple[str, ...]:
        return tuple(name for name in self.names if name not in data)


class Environment:
    """The variables that a file's expressions may read, and the registered functions."""

    def __init__(self, variables: Mapping[str, Kind], columns: Columns) -> None:
        self.variables, self.columns = dict(variables), dict(columns)
        self._env = cel.NewEnv(
            variables={name: _TYPES[kind] for name, kind in variables.items()},
            functions=_functions(),
        )
        self._compiled: dict[str, Expression] = {}

    def compile(self, source: str) -> Expression:
        """Type-check and compile a text.

        Raises:
            ExpressionError: syntax, an undeclared name, types that do not fit, a column the
                list does not have, or a division of integers. The first found.
        """
        if source not in self._compiled:
            self._compiled[source] = self._compile(source)
        return self._compiled[source]

    def _compile(self, source: str) -> Expression:
        if len(source) > MAX_SOURCE:
            what = f"longer than {MAX_SOURCE} characters"
            raise ExpressionError(what, code="HY308")
        seen = scan(source, self.variables, self.columns)
        try:
            program = self._env.compile(source)
        except RuntimeError as error:
            raise _translated(error, source) from None
        for at, column, owner in seen.odd_columns:
            what = f"'{owner}' has no column '{column}'"
            raise ExpressionError(what, at=at, code="HY305")
        for at in seen.divisions:
            self._refuse_division(source, at)
        return Expression(
            source=source,
            kind=_kind(program.return_type()),
            names=tuple(sorted(seen.names)),
            scan=seen,
            _program=program,
            _counts_days="working_days" in seen.functions,
        )

    def _refuse_division(self, source: str, at: int) -> None:
        # '%' has the precedence of '/' and exists for integers only: where it compiles in its
        # place, the operands are integers (or could be).
        try:
            self._env.compile(f"{source[:at]}%{source[at + 1 :]}")
        except RuntimeError:
            return
        what = "'/' between integers cuts off the rest (2/3 is 0); use meets() or needed()"
        raise ExpressionError(what, at=at, code="HY302")


def environment(variables: Mapping[str, Kind], columns: Columns) -> Environment:
    """Return the environment of these names: the same for the same, with all it compiled.

    Files that share a library, and versions of a file, have most of their names in common.
    """
    return _environment(tuple(variables.items()), tuple(columns.items()))


@lru_cache(maxsize=64)
def _environment(
    variables: tuple[tuple[str, Kind], ...], columns: tuple[tuple[str, frozenset[str]], ...]
) -> Environment:
    return Environment(dict(variables), dict(columns))


def _kind(found: Any) -> Kind:
    name = found.name()
    if name in _KINDS:
        return _KINDS[name]  # type: ignore[return-value]
    if name.startswith("LIST"):
        if "MAP" in name:
            return "list of maps"
        return "list of text" if "STRING" in name else "list"
    return "map" if name.startswith("MAP") else "any"


_PLACE = re.compile(r"ERROR: <input>:(\d+):(\d+): (.*)")


def _translated(error: RuntimeError, source: str) -> ExpressionError:
    text = str(error)
    match = _PLACE.search(text)
    if not match:
        return ExpressionError(text.split("\n", maxsplit=1)[0])
    lines = source.split("\n")
    at = sum(len(line) + 1 for line in lines[: int(match[1]) - 1]) + int(match[2]) - 1
    return ExpressionError(match[3].replace(" (in container '')", ""), at=at)


def _day(text: str) -> date:
    return date.fromisoformat(text[:10])


def _sum(values: list[Any]) -> Any:
    return sum(values)


def _plus_days(day: str, days: int) -> str:
    return date.fromordinal(_day(day).toordinal() + days).isoformat()


def _plus_months(day: str, months: int) -> str:
    return plus_months(_day(day), months).isoformat()


def _meets(share: str, part: float, whole: float) -> bool:
    return meets(parse_share(share), part, whole)


def _working_days(start: str, end: str) -> int:
    return _calendar.get().working_days_between(_day(start), _day(end))


def _signature(
    name: str, gives: Any, does: Callable[..., Any], *takes: Iterable[Any]
) -> cel.FunctionDecl:
    overloads = [
        cel.Overload(
            id=f"heyi_{name}_{place}",
            return_type=gives,
            parameters=list(parameters),
            is_member=False,
            impl=does,
        )
        for place, parameters in enumerate(takes)
    ]
    return cel.FunctionDecl(name, overloads)


def _functions() -> list[cel.FunctionDecl]:
    """Return the registered functions (language.md 2), and nothing else."""
    text, whole, half = _T.STRING, _T.INT, _T.DOUBLE
    listed, two_days = _T.List(_T.DYN), [_T.STRING, _T.STRING]
    return [
        _signature("sum", _T.DYN, _sum, [listed]),
        _signature("latest", text, max, [listed]),
        _signature("earliest", text, min, [listed]),
        _signature("days_between", whole, lambda a, b: (_day(b) - _day(a)).days, two_days),
        _signature(
            "months_between", whole, lambda a, b: months_between(_day(a), _day(b)), two_days
        ),
        _signature("working_days", whole, _working_days, two_days),
        _signature("plus_days", text, _plus_days, [text, whole]),
        _signature("plus_months", text, _plus_months, [text, whole]),
        _signature("meets", _T.BOOL, _meets, [text, whole, whole], [text, half, half]),
        _signature("needed", whole, lambda s, w: needed(parse_share(s), w), [text, whole]),
    ]


FUNCTIONS = (
    "sum", "latest", "earliest", "days_between", "months_between", "working_days", "plus_days",
    "plus_months", "meets", "needed",
)  # fmt: skip
"""The names of the registered functions."""
