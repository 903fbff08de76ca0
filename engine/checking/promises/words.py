"""Finds forbidden words in ids, labels, options and literals."""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import accumulate
from typing import Any

from engine.case.problems import Problem
from engine.case.text import said
from engine.checking.promises import words_of_breaches as words
from engine.checking.promises.texts import normalised
from engine.language.load import Findings
from engine.language.promises import WordsPromise
from engine.language.reader import Path

_LAWS = frozenset({"source", "sources"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
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
    for one in _all_texts(findings):
        for form in normalised(one.text):
            lines.setdefault(form, []).append(one)
    texts, whole = list(lines.values()), "\n".join(lines)
    ends = list(accumulate(len(form) + 1 for form in lines))
    for promise in promises:
        # One search through everything; each text that it finds is then looked at by itself.
        matches = _one_of(promise.words).finditer(whole)
        places = dict.fromkeys(bisect_right(ends, match.start()) for match in matches)
        for one in {id(one): one for place in places for one in texts[place]}.values():
            apart = one.tags & set(promise.apart_from)
            if not apart and (word := speaks(promise, one.text)):
                findings.problems.append(_problem(findings, promise, one, word))


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


def _all_texts(findings: Findings) -> Iterator[Said]:
    none: frozenset[str] = frozenset()
    yield from _texts(findings.document.value, (), none)
    for (section, name), document in findings.borrowed.items():
        if section not in _LAWS:
            yield Said(path=(section, name), text=str(name), key=True, tags=none)
            yield from _texts(document.value[section][name], (section, name), none)


def _texts(value: Any, path: Path, tags: frozenset[str]) -> Iterator[Said]:
    """Yield every key and text below a value."""
    if isinstance(value, dict):
        tags |= _tags(value.get("means"))
        for key, inner in value.items():
            if key not in _LAWS:
                yield Said(path=(*path, key), text=key, key=True, tags=tags)
                yield from _texts(inner, (*path, key), tags)
    elif isinstance(value, list):
        for place, inner in enumerate(value):
            yield from _texts(inner, (*path, place), tags)
    elif isinstance(value, str):
        yield Said(path=path, text=value, key=False, tags=tags)


def _tags(means: Any) -> frozenset[str]:
    tags = means if isinstance(means, list) else [means]
    return frozenset(word for word in tags if isinstance(word, str))
