"""Finds forbidden words in ids, labels, options and literals."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Set
from functools import lru_cache
from itertools import accumulate
from typing import Any, NamedTuple

from engine.case.problems import Problem
from engine.case.text import said
from engine.checking.promises import words_of_breaches as words
from engine.checking.promises.texts import normalised
from engine.language.load import Findings
from engine.language.promises import WordsPromise
from engine.language.reader import Path

_LAWS = frozenset({"source", "sources"})
_NONE: frozenset[str] = frozenset()


class Said(NamedTuple):
    """One text of a file.

    Attributes:
        path: where it stands.
        text: as written.
        key: whether it is the key at the path.
        tags: what the parts around it mean.
    """

    path: Path
    text: str
    key: bool
    tags: frozenset[str]


def speaks(promise: WordsPromise, text: str) -> str:
    """Return the forbidden part of a text, as normalised; "" for none."""
    for form in normalised(text):
        rest = _one_of(promise.passes_over).sub("|", form) if promise.passes_over else form
        if found := _one_of(promise.words).search(rest):
            return found[0].strip()
    return ""


@lru_cache(maxsize=256)
def _one_of(patterns: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile("|".join(f"(?:{pattern})" for pattern in patterns))


def check_words(findings: Findings, promises: Iterable[WordsPromise]) -> None:
    """Note every text of the file, and of the libraries it uses, with a forbidden word.

    Titles of laws are passed over: a law may be named after what no field may hold.
    """
    lines: dict[str, list[Said]] = {}
    for text, places in _all_texts(findings).items():
        for form in normalised(text):
            lines.setdefault(form, []).extend(places)
    for promise in promises:
        found = _suspects(promise.words).among(lines.keys())
        for one in {id(one): one for form in sorted(found) for one in lines[form]}.values():
            apart = one.tags & set(promise.apart_from)
            if not apart and (word := speaks(promise, one.text)):
                findings.problems.append(_problem(findings, promise, one, word))


class Suspects:
    """Finds the forms that some patterns match; what it found clean it does not search again.

    Files that share a library, and versions of a file, have most of their texts in common.
    """

    def __init__(self, patterns: tuple[str, ...], *, most: int = 20_000) -> None:
        self.patterns, self.most = patterns, most
        self.clean: set[str] = set()

    def among(self, forms: Set[str]) -> set[str]:
        """Return the forms that may match a pattern, all others surely do not."""
        new, found = forms - self.clean, set[str]()
        # Until nothing is found: a match may run on into the next form and hide one there.
        while new and (odd := self._found(list(new))):
            new -= odd
            found |= odd
        if len(self.clean) > self.most:
            self.clean.clear()
        self.clean |= new
        return found

    def _found(self, forms: list[str]) -> set[str]:
        """Search once through everything: each form by itself would take ten times as long."""
        ends = list(accumulate(len(form) + 1 for form in forms))
        matches = _one_of(self.patterns).finditer("\n".join(forms))
        return {forms[bisect_right(ends, match.start())] for match in matches}


@lru_cache(maxsize=64)
def _suspects(patterns: tuple[str, ...]) -> Suspects:
    return Suspects(patterns)


def _problem(findings: Findings, promise: WordsPromise, one: Said, found: str) -> Problem:
    return Problem(
        at=findings.at(one.path, key=one.key),
        code=promise.id,
        words=said(
            words.BREACH,
            promise=promise.says,
            wrong=said(words.SPEAKS, found=found),
            source=promise.source,
        ),
        severity=promise.severity,
    )


def _all_texts(findings: Findings) -> dict[str, list[Said]]:
    """Return every text of the file, and of what it borrows, with its places."""
    found: dict[str, list[Said]] = {}
    _add_texts(found, findings.document.value, (), _NONE)
    for (section, name), document in findings.borrowed.items():
        if section not in _LAWS:
            key = str(name)
            found.setdefault(key, []).append(Said((section, name), key, key=True, tags=_NONE))
            _add_texts(found, document.value[section][name], (section, name), _NONE)
    return found


def _add_texts(found: dict[str, list[Said]], value: Any, path: Path, tags: frozenset[str]) -> None:
    """Add every key and text below a value."""
    if isinstance(value, str):
        found.setdefault(value, []).append(Said(path, value, key=False, tags=tags))
    elif isinstance(value, dict):
        tags |= _tags(value.get("means"))
        for key, inner in value.items():
            if key not in _LAWS:
                at = (*path, key)
                found.setdefault(key, []).append(Said(at, key, key=True, tags=tags))
                _add_texts(found, inner, at, tags)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            _add_texts(found, inner, (*path, place), tags)


def _tags(means: Any) -> frozenset[str]:
    if means is None:
        return _NONE
    tags = means if isinstance(means, list) else [means]
    return frozenset(word for word in tags if isinstance(word, str))
