"""``heyi workflow check``: every problem of every file, for people and for programs."""

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from engine.case.text import Text
from heyi.cli.shell.columns import width
from heyi.cli.shell.exits import NotFound
from heyi.cli.shell.files import read_source

if TYPE_CHECKING:
    from heyi.app.authors.models import ProblemView
    from heyi.app.library.sources import Source
    from heyi.cli.shell.shell import Shell

_BEFORE, _SHOWN = 60, 100
"""Characters of a long line shown before the place, and in all."""

Found = list[tuple["Source", tuple["ProblemView", ...]]]


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
    sources = [read_source(path) for path in _paths(shell, files)]
    checked = shell.authors.check(shell.anybody(), sources=sources)
    found = [(source, one.problems) for source, one in zip(sources, checked, strict=True)]
    _print(shell, found, layout)
    problems = [problem for _source, some in found for problem in some]
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    shell.say(
        Text(
            f"{len(found)}个文件：{errors}个错误，{warnings}个警告",
            f"{len(found)} files: {errors} errors, {warnings} warnings",
        ),
    )
    return errors


def watched_files(shell: "Shell", files: list[Path] | None) -> Iterator[Path]:
    """Yield the files whose change is worth a new check: those asked for and what they use."""
    folders = {*shell.authors.shipped(shell.anybody()).folders}
    for path in files or ():
        yield path
        folders.add(path if path.is_dir() else path.absolute().parent)
    for folder in folders:
        yield from folder.glob("*.yaml")
        for kind in ("packs", "catalogues", "calendars", "profiles"):
            yield from (folder / kind).glob("*.yaml")


def _paths(shell: "Shell", files: list[Path] | None) -> list[Path]:
    if not files:
        return list(shell.authors.shipped(shell.anybody()).workflows)
    found: list[Path] = []
    for path in files:
        inside = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        if not inside:
            told = Text(f"“{path}”里没有流程文件", f"no workflow files in '{path}'")
            raise NotFound(told)
        found += inside
    return found


def _print(shell: "Shell", found: Found, layout: str) -> None:
    problems = [problem for _source, some in found for problem in some]
    if layout == "json":
        shell.json([problem.plain() for problem in problems])
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


def _tell(
    shell: "Shell", source: "Source", problems: tuple["ProblemView", ...], *, full: bool
) -> None:
    for problem in problems:
        mark = shell.word(Text("警告 ", "warning ")) if problem.severity == "warning" else ""
        place = f"{problem.at}: "
        shell.out(f"{place}{mark}{problem.text(shell.lang).removeprefix(place)}")
        if full:
            for line in pointed(problem, source):
                shell.out(line)


def pointed(problem: "ProblemView", source: "Source") -> list[str]:
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
