"""Sentences in every language that heyi knows, filled in from one table of words.

What decides names a key and gives facts; the sentence itself stands in a table (``words``
modules), a column a language. Nothing else may carry two languages side by side.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from engine.time.plain import Lang

LANGS: tuple[Lang, ...] = ("zh", "en")
"""The columns of every table of words. A further language is one more column."""


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence or word, in every language.

    Attributes:
        zh: Chinese; never empty where there is anything to say.
        en: English; "" where its author gave none.
    """

    zh: str
    en: str = ""

    def text(self, lang: str = "zh") -> str:
        """Return the sentence in ``lang``, Chinese where that language has none."""
        return self.en if lang == "en" and self.en else self.zh

    def plain(self) -> dict[str, str]:
        """Return it as plain data, a key a language, in the order of the columns."""
        return {lang: getattr(self, lang) for lang in LANGS}

    def __bool__(self) -> bool:
        return bool(self.zh)


NOTHING = Text("", "")
"""Nothing to say."""
COMMA = Text("、", ", ")
"""What stands between the parts of a list in words."""


def lang_of(word: str) -> Lang:
    """Return the language that a word names; that of the first column where it names none."""
    return next((lang for lang in LANGS if lang == word), LANGS[0])


def worded(say: Callable[[Lang], str]) -> Text:
    """Return a text in every language, made from labels that the file itself words."""
    return Text(*(say(lang) for lang in LANGS))


def said(template: Text, /, **facts: Any) -> Text:
    """Return a sentence with its facts filled in, each language by itself.

    Args:
        template: ``{name}`` stands for the fact of that name.
        facts: a ``Text`` (or a file's label) is taken in the sentence's language, a list of
            facts is joined with that language's comma, anything else is written as it is.

    Returns:
        The sentence; the same template may be filled any number of times.

    Raises:
        KeyError: the template names a fact that was not given: a slip of ours.
    """
    return worded(lambda lang: _filled(template.text(lang), facts, lang))


def joined(parts: Iterable[Any], between: Text = COMMA) -> Text:
    """Return facts as an enumeration with each language's comma; nothing for no facts."""
    found = list(parts)
    return worded(lambda lang: between.text(lang).join(_worded(one, lang) for one in found))


def _filled(template: str, facts: Mapping[str, Any], lang: Lang) -> str:
    return template.format_map({name: _worded(fact, lang) for name, fact in facts.items()})


def _worded(fact: Any, lang: Lang) -> str:
    if hasattr(fact, "text") and callable(fact.text):
        return str(fact.text(lang))
    if isinstance(fact, (list, tuple)):
        return COMMA.text(lang).join(_worded(one, lang) for one in fact)
    return str(fact)
