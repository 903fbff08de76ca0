"""Normalises texts, so that one word has one form however it is written.

Full-width and half-width letters, case, look-alikes of other alphabets, digits in the place of
letters, invisible characters, spaces and punctuation between letters: all of it is taken away
before a pattern is tried. What a normalise cannot see is a new word; that stays a human duty.
"""

import re
import unicodedata
from functools import lru_cache
from itertools import groupby

from engine.checking.promises.words_of_scripts import SIMPLIFIED, TRADITIONAL

# Cyrillic and Greek letters that look Latin, and digits and signs that stand for letters.
_ALIKE = str.maketrans(
    "аеорсухкмтнвіјѕԁɡαεορτυνικ",
    "aeopcyxkmthbijsdgaeoptuvik",
)
_DIGITS = (
    str.maketrans("013457@$!|", "oieastasil"),
    str.maketrans("013457@$!|", "oleastasli"),
)
_SIMPLE = str.maketrans(TRADITIONAL, SIMPLIFIED)
_NOT_HAN = re.compile(r"[^\u3400-\u9fff]+")
_NOT_LATIN = re.compile(r"[^a-z]+")
_WORDS = re.compile(r"[a-z0-9]+")
# Punctuation that may split a word, as against what stands between words.
_GLUED = re.compile(r"[a-z0-9]+(?:[._·*~'\-]+[a-z0-9]+)*")
_LETTERED = re.compile(r"\S*[A-Za-z]\S*")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")
_SHORT = 4
"""Longest piece, in letters, of a word that spaces may have split."""


@lru_cache(maxsize=8192)
def normalised(text: str) -> tuple[str, ...]:
    """Return the forms of a text that patterns are tried on.

    Returns:
        Chinese characters alone, run together; the Latin words, each between single spaces, with
        one before and one after; the same with the pieces of split words put together; the last
        two again with digits read as letters, where that differs.
    """
    plain = _visible(text)
    forms = [_NOT_HAN.sub("", plain.translate(_SIMPLE))]
    for letters in (plain, *(_read(plain, digits) for digits in _DIGITS)):
        words = _WORDS.findall(_CAMEL.sub(" ", letters).casefold().translate(_ALIKE))
        forms += [f" {' '.join(words)} ", f" {' '.join(_put_together(letters))} "]
    return tuple(dict.fromkeys(form for form in forms if form.strip()))


def _put_together(text: str) -> list[str]:
    """Return the words with their pieces joined, and each run of short words as one more."""
    glued = _GLUED.findall(text.casefold().translate(_ALIKE))
    words = [word for piece in glued if (word := _NOT_LATIN.sub("", piece))]
    runs = [list(run) for short, run in groupby(words, lambda w: len(w) <= _SHORT) if short]
    return words + ["".join(run) for run in runs if len(run) > 1]


def _visible(text: str) -> str:
    """Return the text in its plainest letters, without accents and invisible characters."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if unicodedata.category(c) not in {"Mn", "Cf"})


def _read(text: str, digits: dict[int, int]) -> str:
    """Read digits and signs in a word that has letters as the letters they stand for."""
    return _LETTERED.sub(lambda word: word[0].translate(digits), text)
