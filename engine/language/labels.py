"""Checks labels: Chinese is required, a missing English one is a warning."""

import re
from collections.abc import Iterator

from engine.case.text import said
from engine.language import words_of_findings as words
from engine.language.load import Findings
from engine.language.model import WorkflowDef
from engine.language.reader import Path
from engine.language.words import Label

PLACE = re.compile(r"\{([a-z][a-z0-9_.]*)\}")
"""How a text quotes a fact: ``{name}``."""

_LABELLED = ("roles", "fields", "facts", "documents", "states", "params", "links")


def check_labels(rule: WorkflowDef, findings: Findings) -> None:
    """Warn of parts that people read and that have no label, or no English one."""
    for section in _LABELLED:
        for name, part in getattr(rule, section).items():
            if getattr(part, "label", None) is None:
                told = said(words.NO_LABEL, name=name)
                findings.add((section, name), "HY502", told, key=True)
    for path, value in _labels(findings.document.value, ()):
        if value.get("en") is None:
            findings.add(path, "HY501", said(words.NO_ENGLISH, label=str(value.get("zh"))))


def _labels(value: object, path: Path) -> Iterator[tuple[Path, dict[str, object]]]:
    """Yield every ``{zh: …}`` of the file with its path."""
    if isinstance(value, dict):
        if "zh" in value and set(value) <= {"zh", "en"}:
            yield path, value
            return
        for key, inner in value.items():
            yield from _labels(inner, (*path, key))
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _labels(inner, (*path, place))


__all__ = ["Label", "check_labels"]
