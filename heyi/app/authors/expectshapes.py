"""Checks the shape of each part of `expect` in an author test; notes a wrong one at its place."""

from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engine.case.text import Text as Words
from engine.language.load import Findings
from engine.language.reader import Path

Shape = Callable[[Any], bool]

SIGHT = ("hidden", "seen")
"""What persons may not read and may read: a mapping of persons to fields, facts or tables."""

BY_PERSON = (*SIGHT, "allowed")
"""What is expected by person; ``allowed`` are the moves that the person's posts allow, exactly."""


def _texts(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, str) for one in value)


def _mapping(value: Any) -> bool:
    return isinstance(value, dict)


def _mappings(value: Any) -> bool:
    rows = value.values() if isinstance(value, dict) else [value]
    return all(isinstance(one, dict) for one in rows)


def _rows(value: Any) -> bool:
    return isinstance(value, list) and all(isinstance(one, dict) for one in value)


_LISTS = (
    "documents", "issued", "elapsed", "running", "paused", "met", "overdue", "proposed", "under",
)  # fmt: skip
_SHAPES: Mapping[str, tuple[Shape, str, str]] = {
    **dict.fromkeys(_LISTS, (_texts, "[名称]", "[names]")),
    **dict.fromkeys(("fields", "facts", "due"), (_mapping, "{名称: 值}", "{NAME: value}")),
    "children": (_mappings, "{关联: {state: …}}", "{LINK: {state: …}}"),
    "alerts": (_rows, "[{clock: …, to: […]}]", "[{clock: …, to: […]}]"),
}


def check_shapes(expect: Mapping[str, Any], path: Path, findings: Findings) -> None:
    """Note every part of an `expect` that is not written in its shape.

    Args:
        expect: as written.
        path: where it stands in the file.
        findings: where what is wrong is noted.
    """
    for key, zh, en in _wrong(expect):
        findings.add((*path, key), "HY103", Words(f"{key} 写作 {zh}", f"'{key}' is written {en}"))


def _wrong(expect: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    for key, value in expect.items():
        fits, zh, en = _SHAPES.get(key, (lambda _value: True, "", ""))
        if not fits(value):
            yield key, zh, en
