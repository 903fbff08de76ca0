"""Measures how alike two names are, to find candidates for people to judge."""

import re

_NOISE = re.compile(r"[^0-9a-z\u3400-\u9fff\U00020000-\U0003ffff]+")
_LATIN = re.compile(r"[0-9a-z]+")


def alike(asked: str, name: str) -> float:
    """Return how much of the name that was asked for another name shares, 0 to 1.

    Chinese is compared by pairs of neighbouring characters, words of Latin letters whole. A
    single character, or a text inside the other, counts as found.
    """
    left, right = _plain(asked), _plain(name)
    if not left or not right:
        return 0.0
    if left in right or right in left:
        return 1.0
    parts = _parts(left)
    return len(parts & _parts(right)) / len(parts) if parts else 0.0


def _plain(text: str) -> str:
    return _NOISE.sub(" ", text.casefold()).strip()


def _parts(text: str) -> set[str]:
    found = set()
    for word in text.split():
        if _LATIN.fullmatch(word):
            found.add(word)
        else:
            found |= {word[place : place + 2] for place in range(len(word) - 1)} or {word}
    return found
