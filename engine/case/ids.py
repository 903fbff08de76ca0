"""Decides which ids and names of people and units are lawful.

An id that reads like a word of the language (``clock``, ``anyone``), like a person of one case
(``#1``), or like another id (a zero-width or bidirectional character in it) would let somebody
pass for what he is not: in events, in expressions and before the eyes of whoever signs.
"""

import unicodedata

from engine.case import words_of_ids as words
from engine.case.text import Text, said

BUILT_IN = frozenset(
    {"all", "anyone", "at_least", "bearer", "clock", "facts", "link", "observes", "opener"}
)
"""Words of the language that are nobody's to bear (language.md 8)."""
IN_CASE = "#"
"""With what the id of a person begins who is known in one case only."""
MAX_ID = 100
MAX_NAME = 200
_UNSEEN = frozenset({"Cc", "Cf", "Co", "Cn", "Cs", "Zl", "Zp"})
# Drawn as nothing, though Unicode counts them among letters, marks and symbols.
_BLANK = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0") | frozenset(
    chr(code) for first, last in ((0x180B, 0x180F), (0xFE00, 0xFE0F), (0xE0100, 0xE01EF))
    for code in range(first, last + 1)
)  # fmt: skip


def wrong_id(text: str) -> Text | None:
    """Return why a text cannot be the id of a person or a unit; None where it can.

    Compared in Unicode's compatibility form and without regard to case: a full-width ``＃1`` or
    ``ＣＬＯＣＫ`` reads like the plain one.

    Source:
        language.md 8, built-in words and ``person``.
    """
    plain = unicodedata.normalize("NFKC", text).casefold()
    odd = unseen(text)
    if odd is not None:
        return odd
    if not plain.strip():
        return words.EMPTY_ID
    if len(text) > MAX_ID:
        return said(words.LONG_ID, most=MAX_ID)
    if plain.startswith(IN_CASE):
        return words.LEADING_MARK
    if any(one.isspace() or one in ",\u3001" for one in plain):
        return words.SPACE_OR_COMMA
    return said(words.BUILT_IN, id=text) if plain in BUILT_IN else None


def wrong_name(text: str) -> Text | None:
    """Return why a text cannot be the name shown of a person or a unit; None where it can."""
    odd = unseen(text)
    if odd is not None:
        return odd
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return words.EMPTY_NAME
    if len(text) > MAX_NAME:
        return said(words.LONG_NAME, most=MAX_NAME)
    return words.MARK_IN_NAME if plain.startswith(IN_CASE) else None


def unseen(text: str) -> Text | None:
    """Return what is said of the first character that nobody sees; None where all are seen."""
    for one in text:
        if unicodedata.category(one) in _UNSEEN or one in _BLANK:
            return said(words.UNSEEN, code=f"U+{ord(one):04X}")
    return None
