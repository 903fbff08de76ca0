"""Texts folded so that one word has one form, however it is written.

Full-width and half-width letters, case, look-alikes of other alphabets, digits in the place of
letters, invisible characters, spaces and punctuation between letters: all of it is taken away
before a pattern is tried. What a fold cannot see is a new word; that stays a human duty.
"""

import re
import unicodedata
from functools import lru_cache

# Cyrillic and Greek letters that look Latin, and digits and signs that stand for letters.
_ALIKE = str.maketrans(
    "аеорсухкмтнвіјѕԁɡαεορτυνικ",
    "aeopcyxkmthbijsdgaeoptuvik",
)
_DIGITS = str.maketrans("013457@$!|", "oieastasil"[:10])
# Traditional forms of the characters that packs speak of.
_SIMPLE = str.maketrans("戶籍團黨員風險監評級歷檔誠積寫對點臉視違貧維爾薩贖費繳", "户籍团党员风险监评级历档诚积写对点脸视违贫维尔萨赎费缴")
_NOT_HAN = re.compile(r"[^\u3400-\u9fff]+")
_NOT_LATIN = re.compile(r"[^a-z]+")
_WORDS = re.compile(r"[a-z0-9]+")
_CAMEL = re.compile(r"(?<=[a-z])(?=[A-Z])")


@lru_cache(maxsize=8192)
def folded(text: str) -> tuple[str, ...]:
    """Return the forms of a text that patterns are tried on.

    Returns:
        Chinese characters alone, run together; the Latin words, each between single spaces with
        one before and one after; Latin letters alone, run together; the last two with digits
        read as letters, where that differs.
    """
    plain = _visible(text)
    lower = plain.casefold().translate(_ALIKE)
    han = _NOT_HAN.sub("", lower.translate(_SIMPLE))
    words = _spaced(_CAMEL.sub(" ", plain).casefold().translate(_ALIKE))
    read = _spaced(_letters(_CAMEL.sub(" ", plain)).casefold().translate(_ALIKE))
    forms = (han, words, _NOT_LATIN.sub("", words), read, _NOT_LATIN.sub("", read))
    return tuple(dict.fromkeys(form for form in forms if form.strip()))


def _visible(text: str) -> str:
    """Return the text in its plainest letters, without accents and invisible characters."""
    parts = unicodedata.normalize("NFKD", text)
    return "".join(c for c in parts if unicodedata.category(c) not in {"Mn", "Cf"})


def _letters(text: str) -> str:
    """Read digits and signs that touch a letter as the letters they stand for."""
    return re.sub(r"\S*[A-Za-z]\S*", lambda word: word[0].translate(_DIGITS), text)


def _spaced(text: str) -> str:
    return f" {' '.join(_WORDS.findall(text))} "
