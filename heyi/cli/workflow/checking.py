"""``heyi workflow check``: every problem of every file, for people and for programs."""

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from heyi.cli.shell.columns import width
from heyi.cli.shell.exits import NotFound
from heyi.cli.shell.files import read_source, shelf_for

if TYPE_CHECKING:
    from pydantic import BaseModel

    from engine.case.problems import Problem
    from heyi.app.library.sources import Source
    from heyi.cli.shell.shell import Shell

_KIND = re.compile(r"^(library|pack|catalogue|calendar|kinds|scenarios|profile):", re.MULTILINE)
_BEFORE, _SHOWN = 60, 100
"""Characters of a long line shown before the place, and in all."""

Found = list[tuple["Source", list["Problem"]]]


def check_once(shell: "Shell", files: list[Path] | None, layout: str) -> int:
    """Check files and print what is wrong; return how many errors there are.

    Args:
        shell: where to print; the counts go to stderr.
        files: files and folders; None or none for the shipped workflows.
        layout: ``full``, ``concise``, ``json``, ``github`` or ``sarif``.

    Raises:
        NotFound: a file is not there, or a folder holds none.
        InputWrong: a file cannot be read.
    """
    found = check_files(shell, _paths(shell, files))
    _print(shell, found, layout)
    problems = [problem for _source, some in found for problem in some]
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    shell.say(
        f"{len(found)}个文件：{errors}个错误，{warnings}个警告",
        f"{len(found)} files: {errors} errors, {warnings} warnings",
    )
    return errors


def watched_files(shell: "Shell", files: list[Path] | None) -> Iterator[Path]:
    """Yield the files whose change is worth a new check: those asked for and what they use."""
    folders = {*shelf_for(shell).folders}
    for path in files or ():
        yield path
        folders.add(path if path.is_dir() else path.absolute().parent)
    for folder in folders:
        yield from folder.glob("*.yaml")
        for kind in ("packs", "catalogues", "calendars", "profiles"):
            yield from (folder / kind).glob("*.yaml")


def _paths(shell: "Shell", files: list[Path] | None) -> list[Path]:
    if not files:
        return shelf_for(shell).workflow_files()
    found: list[Path] = []
    for path in files:
        inside = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        if not inside:
            zh, en = f"“{path}”里没有流程文件", f"no workflow files in '{path}'"
            raise NotFound(zh, en)
        found += inside
    return found


def _print(shell: "Shell", found: Found, layout: str) -> None:
    problems = [problem for _source, some in found for problem in some]
    if layout == "json":
        shell.json([problem_view(problem) for problem in problems])
    elif layout == "sarif":
        from heyi.cli.workflow.formats import sarif

        shell.json(sarif(problems, shell.lang))
    elif layout == "github":
        from heyi.cli.workflow.formats import github_line

        for problem in problems:
            shell.out(github_line(problem, shell.lang))
    else:
        for source, some in found:
            _tell(shell, source, some, full=layout == "full")


def _tell(shell: "Shell", source: "Source", problems: list["Problem"], *, full: bool) -> None:
    for problem in problems:
        mark = shell.word("警告 ", "warning ") if problem.severity == "warning" else ""
        place = f"{problem.at}: "
        shell.out(f"{place}{mark}{problem.text(shell.lang).removeprefix(place)}")
        if full:
            for line in pointed(problem, source):
                shell.out(line)


def check_files(shell: "Shell", paths: Iterable[Path]) -> Found:
    """Return what is wrong with each file, in order of place."""
    found = []
    for path in paths:
        source = read_source(path)
        if source.unreadable is not None:
            found.append((source, [source.unreadable]))
        else:
            found.append((source, check_source(shell, source)))
    return found


def check_source(shell: "Shell", source: "Source") -> list["Problem"]:
    """Return what is wrong with a file that was read, as whatever it says it is."""
    from engine.checking.build import check_workflow

    kinds = _KIND.findall(source.text)
    name = str(source.path)
    if not kinds or (
        "scenarios" not in kinds and re.search(r"^workflow:", source.text, re.MULTILINE)
    ):
        shelf = shelf_for(shell, source.path)
        return check_workflow(source.text, file=name, shelf=shelf)[1]
    kind = "scenarios" if "scenarios" in kinds else kinds[0]
    if "profile" in kinds and kind != "scenarios":
        return _profile(shell, source)
    return sorted(set(_problems(kind, source.text, name)), key=lambda p: (p.at, p.code))


def _profile(shell: "Shell", source: "Source") -> list["Problem"]:
    """Return what is wrong with a profile; its workflows are looked for beside it and above."""
    from heyi.app.library.profilefile import read_profile
    from heyi.app.library.shelf import FolderShelf

    beside = source.path.absolute().parent
    shelf = FolderShelf([beside.parent, beside, *shelf_for(shell).folders])
    _profile, findings = read_profile(source.text, file=str(source.path), shelf=shelf)
    return sorted(dict.fromkeys(findings.problems), key=lambda p: (p.at, p.code))


def _problems(kind: str, text: str, file: str) -> Iterable["Problem"]:
    """Return what is wrong with a file that is no workflow."""
    if kind == "scenarios":
        from engine.case.errors import DefinitionError
        from heyi.app.authors.scenariofile import load_scenarios

        try:
            load_scenarios(text, file=file)
        except DefinitionError as error:
            return error.problems
        return ()
    from engine.compiling.calendars import read_days
    from engine.compiling.catalogues import load_catalogue

    if kind == "catalogue":
        return load_catalogue(text, file=file)[1].problems
    if kind == "calendar":
        return read_days(text, file=file)[1].problems
    return _vocabulary(kind, text, file)


def _vocabulary(kind: str, text: str, file: str) -> Iterable["Problem"]:
    from engine.checking.promises.packs import KindsDef
    from engine.language.load import Findings, validate
    from engine.language.model import CommonDef, PackDef
    from engine.language.reader import read_yaml

    document = read_yaml(text, file=file)
    findings = Findings(document=document, problems=list(document.problems))
    models: dict[str, type[BaseModel]] = {"library": CommonDef, "pack": PackDef, "kinds": KindsDef}
    validate(models[kind], document.value, findings)
    return findings.problems


def problem_view(problem: "Problem") -> dict[str, Any]:
    """Return a problem as plain data."""
    return {
        "file": problem.at.file,
        "line": problem.at.line,
        "column": problem.at.column,
        "code": problem.code,
        "severity": problem.severity,
        "zh": problem.words.zh,
        "en": problem.words.en,
        "hint": {"zh": problem.hint.zh, "en": problem.hint.en},
    }


def pointed(problem: "Problem", source: "Source") -> list[str]:
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
