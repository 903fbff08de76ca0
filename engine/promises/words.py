"""Words that no file may speak, in ids, labels, options and literals."""

import re
from collections.abc import Iterator
from typing import Any

from engine.definitions.load import Findings
from engine.definitions.reader import Path
from engine.problems import Problem
from engine.promises.model import WordsPromise
from engine.promises.texts import folded

_LAWS = frozenset({"source", "sources"})


def speaks(promise: WordsPromise, text: str) -> str:
    """Return what in a text the promise forbids, as folded; "" for nothing."""
    for form in folded(text):
        rest = form
        for pattern in promise.passes_over:
            rest = re.sub(pattern, "|", rest)
        for pattern in promise.words:
            if found := re.search(pattern, rest):
                return found[0].strip()
    return ""


def check_words(findings: Findings, promise: WordsPromise) -> None:
    """Note every text of the file, and of the libraries it uses, that speaks of it.

    Titles of laws are passed over: a law may be named after what no field may hold.
    """
    for path, text, is_key in _all_texts(findings, set(promise.apart_from)):
        if found := speaks(promise, text):
            findings.problems.append(_problem(findings, promise, path, found, key=is_key))


def _problem(
    findings: Findings, promise: WordsPromise, path: Path, found: str, *, key: bool
) -> Problem:
    return Problem(
        at=findings.at(path, key=key),
        code=promise.id,
        zh=f"{promise.says.zh}：写有“{found}”（依据 {promise.source}）",
        en=f"{promise.says.text('en')}: it says '{found}' (source: {promise.source})",
        severity=promise.severity,
    )


def _all_texts(findings: Findings, apart: set[str]) -> Iterator[tuple[Path, str, bool]]:
    yield from _texts(findings.document.value, (), apart)
    for (section, name), document in findings.borrowed.items():
        if section not in _LAWS:
            yield (section, name), str(name), True
            yield from _texts(document.value[section][name], (section, name), apart)


def _texts(value: Any, path: Path, apart: set[str]) -> Iterator[tuple[Path, str, bool]]:
    """Yield every key and text with its path and whether it is a key."""
    if isinstance(value, dict):
        if apart & _tags(value.get("means")):
            return
        for key, inner in value.items():
            if key not in _LAWS:
                yield (*path, key), key, True
                yield from _texts(inner, (*path, key), apart)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(inner, (*path, place), apart)
    elif isinstance(value, str):
        yield path, value, False


def _tags(means: Any) -> set[str]:
    words = means if isinstance(means, list) else [means]
    return {word for word in words if isinstance(word, str)}
