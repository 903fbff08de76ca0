"""Checks what documents print: every path, template and quoted fact must exist."""

import re
from collections.abc import Iterable, Iterator
from typing import Protocol

from engine.case.text import said
from engine.compiling import words
from engine.language.kinds import FieldType
from engine.language.labels import PLACE
from engine.language.load import Findings, Shelf
from engine.language.model import WorkflowDef
from engine.language.parts import DocumentDef
from engine.language.reader import Path
from engine.language.scope import type_columns, variables

GENERAL = "general"
"""The template of every document that names none."""
CLOCKS = "clocks"
"""The head of a path to a clock's due day."""
PAPERS = "documents"
"""The path to the list of what the case has issued."""
CHANGED = "changed."
"""Before a list: only the items that the issuing move added or changed."""


class _Names(Protocol):
    rule: WorkflowDef
    findings: Findings

    def known(
        self, kind: str, word: str, known: Iterable[str], path: Path, *, key: bool = False
    ) -> bool: ...


def printed(document: DocumentDef) -> list[tuple[str, str]]:
    """Return what a document prints: pairs of its place in the template and a path.

    Returns:
        In the file's order; a path that stands in a plain list has the place "".
    """
    given = document.prints
    if isinstance(given, dict):
        return [(place, word) for place, paths in given.items() for word in paths]
    return [("", word) for word in given]


def check_prints(names: _Names) -> None:
    """Note every path that does not exist, and every ``{fact}`` that nothing gives."""
    rule = names.rule
    quotable = variables(rule, dict.fromkeys(rule.facts, "text"))
    for name, document in rule.documents.items():
        path: Path = ("documents", name)
        for at, word in _places(document, (*path, "prints")):
            _check_path(names, word, at)
        for part in ("label", "says"):
            label = getattr(document, part)
            told = f"{label.zh} {label.en or ''}" if label else ""
            for word in dict.fromkeys(PLACE.findall(told)):
                if word not in quotable:
                    _check_path(names, word, (*path, part))


def _places(document: DocumentDef, path: Path) -> Iterator[tuple[Path, str]]:
    given = document.prints
    if not isinstance(given, dict):
        yield from (((*path, n), word) for n, word in enumerate(given))
        return
    for place, paths in given.items():
        yield from (((*path, place, n), word) for n, word in enumerate(paths))


def _check_path(names: _Names, word: str, path: Path) -> None:
    rule = names.rule
    if word == PAPERS:
        return
    changed = word.startswith(CHANGED)
    head, _, rest = word.removeprefix(CHANGED).partition(".")
    if changed and (head not in rule.fields or not rule.fields[head].columns):
        lists = [name for name, part in rule.fields.items() if part.columns]
        names.known("list", head, lists, path)
        return
    if head == CLOCKS:
        names.known("clock", rest, rule.clocks, path)
        return
    if not names.known("field", head, [*rule.fields, *rule.facts, *rule.tables], path) or not rest:
        return
    if head in rule.tables:
        names.known("output", rest, [*rule.tables[head].gives, "rule"], path)
        return
    part = rule.fields.get(head)
    columns = type_columns(part) if part is not None else _chosen(rule, head)
    # A catalogue's columns are not known here; a row without the column prints nothing.
    if (part is None or part.type is not FieldType.ITEM) and rest not in (columns or ()):
        told = said(words.NO_PART, head=head, rest=rest)
        names.findings.add(path, "HY201", told, near=rest, among=sorted(columns or ()))


def _chosen(rule: WorkflowDef, fact: str) -> frozenset[str]:
    """Return the columns of what a fact may choose from: of the lists that it reads."""
    read = set(re.findall(r"\w+", rule.facts[fact].is_))
    lists = (part.columns for name, part in rule.fields.items() if name in read)
    return frozenset(column for columns in lists for column in columns)


def check_templates(rule: WorkflowDef, findings: Findings, shelf: Shelf) -> None:
    """Warn of templates that are not on the shelf; what names one is then printed generally.

    A shelf without the general template keeps none, and is not asked for others.
    """
    if shelf("template", GENERAL) is None:
        return
    for name, document in rule.documents.items():
        if document.template is not None and shelf("template", document.template) is None:
            told = said(words.NO_TEMPLATE, template=document.template)
            findings.add(("documents", name, "template"), "HY504", told)
