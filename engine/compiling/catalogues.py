"""Reads catalogue files: versioned lists with typed columns."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pydantic import Field

from engine.case.problems import Problem
from engine.case.text import said
from engine.compiling import words
from engine.compiling.checks import check_literal
from engine.language.kinds import FieldType
from engine.language.load import Findings, Shelf, validate
from engine.language.model import WorkflowDef
from engine.language.parts import FieldDef
from engine.language.reader import read_yaml
from engine.language.words import Name, Part, Titled

_DAY = FieldDef(type=FieldType.DATE)


class CatalogueDef(Part):
    """A catalogue (清单): columns and the rows of its first edition."""

    catalogue: Name
    version: int = Field(ge=1)
    format: int = 1
    title: Titled
    columns: dict[Name, FieldDef]
    rows: tuple[dict[str, Any], ...] = ()


def load_catalogue(text: str, *, file: str = "") -> tuple[CatalogueDef | None, Findings]:
    """Read a catalogue file; every problem is in the findings.

    Rows are checked against the columns: unknown columns, missing ones, words that are no
    option, codes that stand twice.
    """
    document = read_yaml(text, file=file)
    findings = Findings(document=document, problems=list(document.problems))
    rule: CatalogueDef | None = validate(CatalogueDef, document.value, findings)
    if rule is None:
        return None, findings
    seen: set[str] = set()
    for place, row in enumerate(rule.rows):
        _check_row(rule, row, place, seen, findings)
    return (None if findings.wrong else rule), findings


def _check_row(
    rule: CatalogueDef, row: Mapping[str, Any], place: int, seen: set[str], findings: Findings
) -> None:
    code = row.get("code")
    path = ("rows", place)
    if not isinstance(code, str) or code in seen:
        findings.add(path, "HY202", said(words.CODE_TWICE, code=str(code)))
        return
    seen.add(code)
    for column in row.keys() - {"code", "from", "until"}:
        part = rule.columns.get(column)
        if part is None:
            told = said(words.NO_COLUMN, column=column)
            findings.add((*path, column), "HY305", told, near=column, among=rule.columns, key=True)
        else:
            check_literal(part, row[column], (*path, column), findings)
    for bound in ("from", "until"):
        if bound in row:
            check_literal(_DAY, row[bound], (*path, bound), findings)
    for column, part in rule.columns.items():
        if column not in row and not part.optional:
            findings.add(path, "HY102", said(words.CELL_MISSING, code=code, column=column))


def catalogue_columns(
    rule: WorkflowDef, findings: Findings, shelf: Shelf
) -> dict[str, frozenset[str]]:
    """Return the columns of every catalogue that the file's fields name and the shelf has."""
    found: dict[str, frozenset[str]] = {}
    for name in {f.catalogue for f in _all_fields(rule) if f.catalogue is not None}:
        file = shelf("catalogue", name)
        if file is None:
            continue
        columns, problems = _columns(*file)
        findings.problems.extend(problems)
        if columns is not None:
            found[name] = columns
    return found


@lru_cache(maxsize=64)
def _columns(file: str, text: str) -> tuple[frozenset[str] | None, tuple[Problem, ...]]:
    """Return a catalogue's columns, or None where it is wrong, and its problems."""
    catalogue, findings = load_catalogue(text, file=file)
    if catalogue is None:
        return None, tuple(findings.problems)
    return frozenset(catalogue.columns) | {"code", "from", "until"}, tuple(findings.problems)


def _all_fields(rule: WorkflowDef) -> list[FieldDef]:
    found = list(rule.fields.values())
    for part in rule.fields.values():
        found += part.columns.values()
    return found
