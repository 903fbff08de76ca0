"""Finds the examples that explain a code, and completes them to whole files."""

import re
from functools import cache
from pathlib import Path

from engine.language.reader import read_yaml

_FILE = Path(__file__).with_name("examples.yaml")
_SECTION = re.compile(r"^(?=[a-z_]+:)", re.MULTILINE)
_LONG = "1" + " + 1" * 600
"""An expression over the limit; it would not be pleasant to read in the file."""


@cache
def _read() -> dict[str, dict[str, dict[str, str]]]:
    value = read_yaml(_FILE.read_text(encoding="utf-8"), file=_FILE.name).value
    return {"base": {"": {"": value["base"]}}, "codes": value["codes"]}


def example(code: str) -> tuple[str, str] | None:
    """Return a bad and a good part of a file for a code, or None where there is none."""
    found = _read()["codes"].get(code)
    return (found["bad"], found["good"]) if found else None


def codes_with_examples() -> frozenset[str]:
    """Return the codes that have examples."""
    return frozenset(_read()["codes"])


def whole(part: str) -> str:
    """Return the file that a part of an example stands for: the base with its sections."""
    given = {_name(section) for section in _SECTION.split(part)}
    base = _SECTION.split(_read()["base"][""][""])
    kept = [section for section in base if _name(section) not in given]
    return "".join(kept) + part.replace('"=LONG"', f'"={_LONG}"')


def _name(section: str) -> str:
    return section.partition(":")[0]
