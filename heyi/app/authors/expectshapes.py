"""Checks the shape of each part of `expect` in an author test; notes a wrong one at its place."""

from collections.abc import Callable, Mapping
from typing import Any

from engine.case.text import NOTHING, Text, said
from engine.facts.access import LEVELS
from engine.language.load import Findings
from engine.language.reader import Path
from heyi.app.authors import words

Shape = Callable[[Any], bool]

SIGHT = ("hidden", "seen")
"""What persons may not read and may read: a mapping of persons to fields, facts or tables."""

RIGHTS = ("known", "access")
"""Who may know of the case, and what each may do with its fields: none, read or write."""

BY_PERSON = (*SIGHT, "allowed")
"""What is expected by person; ``allowed`` are the moves that the person's posts allow, exactly."""


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _mapping(value: Any) -> bool:
    return isinstance(value, dict)


def _answers(value: Any) -> bool:
    return isinstance(value, dict) and all(isinstance(one, bool) for one in value.values())


def _levels(value: Any) -> bool:
    rows = value.values() if isinstance(value, dict) else [None]
    return all(isinstance(row, dict) and set(row.values()) <= set(LEVELS) for row in rows)


def _mappings(value: Any) -> bool:
    rows = value.values() if isinstance(value, dict) else [value]
    return all(isinstance(one, dict) for one in rows)


def _rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


_LISTS = (
    "documents", "issued", "elapsed", "running", "paused", "met", "overdue", "proposed", "under",
)  # fmt: skip
_SHAPES: Mapping[str, tuple[Shape, Text]] = {
    **dict.fromkeys(_LISTS, (_texts, words.NAMES)),
    **dict.fromkeys(("fields", "facts", "due"), (_mapping, words.VALUES_BY_NAME)),
    "children": (_mappings, words.STATES_BY_LINK),
    "known": (_answers, words.ANSWERS_BY_PERSON),
    "access": (_levels, words.LEVELS_BY_PERSON),
    "alerts": (_rows, words.CLOCKS_AND_PEOPLE),
}
_ANY: tuple[Shape, Text] = (lambda _value: True, NOTHING)


def check_shapes(expect: Mapping[str, Any], path: Path, findings: Findings) -> None:
    """Note every part of an `expect` that is not written in its shape.

    Args:
        expect: as written.
        path: where it stands in the file.
        findings: where what is wrong is noted.
    """
    for key, value in expect.items():
        fits, shape = _SHAPES.get(key, _ANY)
        if not fits(value):
            findings.add((*path, key), "HY103", said(words.WRITTEN, key=key, shape=shape))
