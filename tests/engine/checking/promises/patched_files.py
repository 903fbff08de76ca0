"""A shipped file with a few places changed, as the packs' examples write it."""

import json
from collections.abc import Mapping
from functools import cache
from typing import Any

from engine.case.problems import Problem
from engine.checking.build import check_workflow
from engine.language.reader import read_yaml
from tests.builders.shelves import SHIPPED, folder

EXAMPLES = SHIPPED / "packs" / "examples"


@cache
def example(promise: str) -> dict[str, Any]:
    """Return the examples of a promise."""
    return plain(EXAMPLES / f"{promise}.yaml")


@cache
def plain(path: Any) -> dict[str, Any]:
    """Return a file's plain values."""
    document = read_yaml(path.read_text(encoding="utf-8"), file=path.name)
    assert document.problems == []
    return dict(document.value)


def patched(file: str, change: Mapping[str, Any]) -> str:
    """Return the text of a shipped file with values put in at dotted paths; None takes out."""
    value = json.loads(json.dumps(plain(SHIPPED / f"{file}.yaml"), ensure_ascii=False))
    for path, new in change.items():
        *above, last = path.split(".")
        part = value
        for step in above:
            part = part[int(step)] if isinstance(part, list) else part.setdefault(step, {})
        place: Any = int(last) if isinstance(part, list) else last
        if new is None:
            del part[place]
        else:
            part[place] = new
    return json.dumps(value, ensure_ascii=False)


def found_in(file: str, change: Mapping[str, Any]) -> list[Problem]:
    """Return what is wrong with a shipped file once it is changed."""
    text = patched(file, change)
    return check_workflow(text, file=f"{file}.yaml", shelf=folder(SHIPPED))[1]


def broken(file: str, change: Mapping[str, Any]) -> set[str]:
    """Return the ids of the promises that a changed file breaks, and the codes of its errors."""
    return {
        one.code
        for one in found_in(file, change)
        if one.severity == "error" or not one.code.startswith("HY")
    }
