"""Splits a token list at operators outside brackets, and reads names and literals."""

from collections.abc import Sequence

from engine.checking.meaning.logic import Value
from engine.language.scan import Token

NOTHING = object()
"""What ``literal_of`` answers for anything but a literal."""


def first_of(part: Sequence[Token], words: Sequence[str]) -> int | None:
    """Return the place of the first of ``words`` outside brackets."""
    depth = 0
    for place, token in enumerate(part):
        if token.kind == "text":
            continue
        if token.text in "([{":
            depth += 1
        elif token.text in ")]}":
            depth -= 1
        elif depth == 0 and token.text in words:
            return place
    return None


def split_at(part: Sequence[Token], word: str) -> list[Sequence[Token]]:
    """Return what stands between the ``word``s outside brackets."""
    pieces: list[Sequence[Token]] = []
    while (place := first_of(part, (word,))) is not None:
        pieces.append(part[:place])
        part = part[place + 1 :]
    return [*pieces, part]


def colon_of(part: Sequence[Token], place: int) -> int:
    """Return the place of the ``:`` that belongs to the ``?`` at ``place``.

    Without brackets another condition may stand after the ``:`` only, so it is the next one.
    """
    return place + 1 + (first_of(part[place + 1 :], (":",)) or 0)


def closes_at(part: Sequence[Token]) -> int:
    """Return the place of the bracket that closes the first one."""
    depth, place = 1, 0
    while depth:
        place += 1
        if part[place].kind == "op":
            depth += (part[place].text in "([{") - (part[place].text in ")]}")
    return place


def name_of(part: Sequence[Token]) -> str:
    """Return ``a.b.c``, or "" where the part is anything else."""
    names, dots = part[::2], part[1::2]
    plain = all(t.kind == "name" for t in names) and all(t.text == "." for t in dots)
    return ".".join(t.text for t in names) if plain else ""


def literal_of(part: Sequence[Token]) -> Value | object:
    """Return the value of a text, truth value or whole number; ``NOTHING`` for all else."""
    words = [token.text for token in part]
    if len(part) == 1 and part[0].kind == "text":
        return NOTHING if "\\" in words[0] or words[0][0] not in "'\"" else words[0].strip("'\"")
    if words in (["true"], ["false"]):
        return words == ["true"]
    digits = words[-1] if words[:-1] in ([], ["-"]) and words else ""
    return int("".join(words)) if digits.isdigit() else NOTHING
