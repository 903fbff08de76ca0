"""Writes findings for other programs: GitHub's workflow commands and SARIF 2.1.0."""

from collections.abc import Iterable, Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

if TYPE_CHECKING:
    from engine.case.problems import Problem
    from heyi.app.authors.models import ProblemView

_SARIF = "https://json.schemastore.org/sarif-2.1.0.json"


def github_line(problem: "Problem | ProblemView", lang: str) -> str:
    """Return one annotation: ``::error file=…,line=…,col=…,title=…::sentence``."""
    at = problem.at
    place = f"file={_property(at.file)},line={at.line},col={at.column},title={problem.code}"
    return f"::{problem.severity} {place}::{_escaped(_sentence(problem, lang))}"


def _sentence(problem: "Problem | ProblemView", lang: str) -> str:
    """Return what is wrong and the suggestion, without place and code."""
    return problem.text(lang).removeprefix(f"{problem.at}: {problem.code} ")


def _escaped(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _escaped(text).replace(":", "%3A").replace(",", "%2C")


def sarif(problems: Sequence["Problem | ProblemView"], lang: str) -> dict[str, Any]:
    """Return the findings as one SARIF run; columns count characters, as ours do.

    Args:
        problems: in any order.
        lang: of the sentences; the rules carry both.
    """
    codes = sorted({problem.code for problem in problems})
    driver = {"name": "heyi", "version": _version(), "rules": [_rule(code) for code in codes]}
    return {
        "$schema": _SARIF,
        "version": "2.1.0",
        "runs": [
            {
                "tool": {"driver": driver},
                "columnKind": "unicodeCodePoints",
                "results": list(_results(problems, codes, lang)),
            }
        ],
    }


def _version() -> str:
    try:
        return version("heyi")
    except PackageNotFoundError:
        # Run from its sources.
        return "0"


def _rule(code: str) -> dict[str, Any]:
    from engine.case.text import Text
    from engine.language.codes import CODES, WARNINGS

    means = CODES.get(code) or Text(code, code)
    return {
        "id": code,
        "shortDescription": {"text": " · ".join(means.plain().values())},
        "help": {"text": f"heyi workflow explain {code}"},
        "defaultConfiguration": {"level": "warning" if code in WARNINGS else "error"},
    }


def _results(
    problems: Iterable["Problem | ProblemView"], codes: list[str], lang: str
) -> Iterable[dict[str, Any]]:
    for problem in problems:
        region = {"startLine": problem.at.line, "startColumn": problem.at.column}
        place = {"artifactLocation": {"uri": _uri(problem.at.file)}, "region": region}
        yield {
            "ruleId": problem.code,
            "ruleIndex": codes.index(problem.code),
            "level": problem.severity,
            "message": {"text": _sentence(problem, lang)},
            "locations": [{"physicalLocation": place}],
        }


def _uri(file: str) -> str:
    path = Path(file)
    return path.as_uri() if path.is_absolute() else quote(path.as_posix())
