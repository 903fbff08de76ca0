"""Checks files as what they say they are: workflow, library, pack, calendar and so on."""

import re
from collections.abc import Iterable

from pydantic import BaseModel

from engine.case.errors import DefinitionError
from engine.case.problems import Problem
from engine.checking.build import check_workflow
from engine.checking.promises.packs import KindsDef
from engine.compiling.calendars import read_days
from engine.compiling.catalogues import load_catalogue
from engine.language.load import Findings, validate
from engine.language.model import CommonDef, PackDef
from engine.language.reader import read_yaml
from heyi.app.authors.models import HintView, ProblemView
from heyi.app.authors.scenariofile import load_scenarios
from heyi.app.library.profilefile import read_profile
from heyi.app.library.shelf import FolderShelf
from heyi.app.library.sources import Source, shelf_beside

_KIND = re.compile(r"^(library|pack|catalogue|calendar|kinds|scenarios|profile):", re.MULTILINE)


def problem_view(problem: Problem) -> ProblemView:
    """Return a finding in both languages."""
    at, words, hint = problem.at, problem.words, problem.hint
    return ProblemView(
        file=at.file, line=at.line, column=at.column, code=problem.code,
        severity=problem.severity, zh=words.zh, en=words.en, hint=HintView(zh=hint.zh, en=hint.en),
    )  # fmt: skip


def check_source(source: Source, shelf: FolderShelf) -> list[Problem]:
    """Return what is wrong with a file, checked as what it says it is."""
    if source.unreadable is not None:
        return [source.unreadable]
    kinds = _KIND.findall(source.text)
    name = str(source.path)
    if not kinds or (
        "scenarios" not in kinds and re.search(r"^workflow:", source.text, re.MULTILINE)
    ):
        beside = shelf_beside(shelf, source.path)
        return check_workflow(source.text, file=name, shelf=beside)[1]
    kind = "scenarios" if "scenarios" in kinds else kinds[0]
    if "profile" in kinds and kind != "scenarios":
        return _profile(source, shelf)
    return sorted(set(_problems(kind, source.text, name)), key=lambda p: (p.at, p.code))


def _profile(source: Source, shelf: FolderShelf) -> list[Problem]:
    """Return what is wrong with a profile; its workflows are looked for beside it and above."""
    beside = source.path.absolute().parent
    around = FolderShelf([beside.parent, beside, *shelf.folders])
    _profile, findings = read_profile(source.text, file=str(source.path), shelf=around)
    return sorted(dict.fromkeys(findings.problems), key=lambda p: (p.at, p.code))


def _problems(kind: str, text: str, file: str) -> Iterable[Problem]:
    """Return what is wrong with a file that is no workflow."""
    if kind == "scenarios":
        try:
            load_scenarios(text, file=file)
        except DefinitionError as error:
            return error.problems
        return ()
    if kind == "catalogue":
        return load_catalogue(text, file=file)[1].problems
    if kind == "calendar":
        return read_days(text, file=file)[1].problems
    return _vocabulary(kind, text, file)


def _vocabulary(kind: str, text: str, file: str) -> Iterable[Problem]:
    document = read_yaml(text, file=file)
    findings = Findings(document=document, problems=list(document.problems))
    models: dict[str, type[BaseModel]] = {"library": CommonDef, "pack": PackDef, "kinds": KindsDef}
    validate(models[kind], document.value, findings)
    return findings.problems
