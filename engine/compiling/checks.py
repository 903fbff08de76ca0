"""Checks what types and names alone do not show: literals that fit, numbers that can count."""

import re
from typing import Any
from zoneinfo import ZoneInfo

from engine.case.text import Text, said
from engine.case.world import World
from engine.compiling import words
from engine.compiling.bad import BadValue
from engine.compiling.data import parse_value
from engine.language.kinds import FieldType
from engine.language.load import Findings
from engine.language.parts import FieldDef
from engine.language.people import OFFICE
from engine.language.reader import Path
from engine.time.calendars import weekdays_only

_NUMBER_PART = re.compile(r"\{(?:unit|year|seq(?::0[1-9])?)\}")
_COUNTS = re.compile(r"\{seq(?::0[1-9])?\}")
_NOWHERE = World(calendar=weekdays_only(), zone=ZoneInfo("UTC"))


def check_literal(part: FieldDef, value: Any, path: Path, findings: Findings) -> None:
    """Note a literal that cannot stand in a field, be it no option or of another type."""
    if part.options is None:
        if problem := _problem(part, value):
            findings.add(path, "HY103", problem)
        return
    for word in value if isinstance(value, list) and part.many else [value]:
        if not isinstance(word, str) or word not in part.options:
            told = said(words.NO_OPTION, word=str(word))
            findings.add(path, "HY307", told, near=str(word), among=list(part.options))


def _problem(part: FieldDef, value: Any) -> Text | None:
    """Return why a literal cannot stand in a field, or None.

    A literal must be written as the field keeps it: ``3``, not ``"3"``. Units, catalogue rows,
    cases and people are known only when a case is there; they must be text.
    """
    if part.type is FieldType.LIST:
        return None if isinstance(value, list) else words.MUST_BE_LIST
    values = value if part.many and isinstance(value, list) else [value]
    one = part.model_copy(update={"many": False})
    for single in values:
        if part.kind.is_looked_up or part.of == OFFICE:
            if not isinstance(single, str):
                return words.MUST_BE_TEXT
            continue
        try:
            plain = parse_value(one, single, _NOWHERE, day=_NOWHERE.calendar.announced_from)
        except BadValue as error:
            return error.words
        if part.kind.literal is not None and type(plain) is not type(single):
            return words.WITHOUT_QUOTES
    return None


def number_problem(pattern: str) -> Text | None:
    """Return why a number's format cannot be used, or None."""
    if not _COUNTS.search(pattern):
        return said(words.NUMBER_COUNTS)
    if set("{}") & set(_NUMBER_PART.sub("", pattern)):
        return said(words.NUMBER_KNOWS)
    return None
