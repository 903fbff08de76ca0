"""``heyi workflow check``: every problem of every file, in three formats."""

import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from heyi.cli.files import Source, read_source, shelf_for
from heyi.cli.layout import width

if TYPE_CHECKING:
    from engine.definitions.load import Findings
    from engine.problems import Problem
    from heyi.cli.door import Door

_KIND = re.compile(r"^(library|pack|catalogue|calendar):", re.MULTILINE)
_BEFORE, _SHOWN = 60, 100
"""Characters of a long line shown before the place, and in all."""


def check_files(door: "Door", paths: Iterable[Path]) -> list[tuple[Source, list["Problem"]]]:
    """Return what is wrong with each file, in order of place."""
    found = []
    for path in paths:
        source = read_source(path)
        if source.unreadable is not None:
            found.append((source, [source.unreadable]))
        else:
            found.append((source, _check(door, source)))
    return found


def _check(door: "Door", source: Source) -> list["Problem"]:
    from engine.definitions.build import check_workflow
    from engine.definitions.calendar import load_calendar
    from engine.definitions.catalogue import load_catalogue

    kind = _KIND.search(source.text)
    name = str(source.path)
    if kind is None or re.search(r"^workflow:", source.text, re.MULTILINE):
        shelf = shelf_for(door, source.path)
        return check_workflow(source.text, file=name, shelf=shelf)[1]
    if kind[1] == "catalogue":
        findings = load_catalogue(source.text, file=name)[1]
    elif kind[1] == "calendar":
        findings = load_calendar(source.text, file=name)[1]
    else:
        findings = _vocabulary(source, pack=kind[1] == "pack")
    return sorted(set(findings.problems), key=lambda p: (p.at, p.code))


def _vocabulary(source: Source, *, pack: bool) -> "Findings":
    from engine.definitions.load import Findings, validate
    from engine.definitions.model import CommonDef, PackDef
    from engine.definitions.reader import read_yaml

    document = read_yaml(source.text, file=str(source.path))
    findings = Findings(document=document, problems=list(document.problems))
    validate(PackDef if pack else CommonDef, document.value, findings)
    return findings


def problem_view(problem: "Problem") -> dict[str, Any]:
    """Return a problem as plain data."""
    return {
        "file": problem.at.file,
        "line": problem.at.line,
        "column": problem.at.column,
        "code": problem.code,
        "severity": problem.severity,
        "zh": problem.zh,
        "en": problem.en,
        "hint": {"zh": problem.hint[0], "en": problem.hint[1]},
    }


def pointed(problem: "Problem", source: Source) -> list[str]:
    """Return the line a problem stands in and a caret under its place; nothing if not there.

    A long line is cut around the place. Chinese characters take two columns of a terminal.
    """
    lines = source.text.split("\n")
    if problem.at.file != str(source.path) or not 1 <= problem.at.line <= len(lines):
        return []
    line, place = lines[problem.at.line - 1].rstrip("\r"), problem.at.column - 1
    start = max(0, place - _BEFORE) if len(line) > _SHOWN else 0
    shown = line[start : start + _SHOWN].replace("\t", " ")
    before = shown[: place - start]
    return [f"    {shown}", "    " + " " * width(before) + "^"]
