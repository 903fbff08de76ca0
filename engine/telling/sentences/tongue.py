"""The few phrases that come from no workflow file, in Chinese and English."""

from collections.abc import Iterable, Sequence
from typing import Any

from engine.case.values import Lang
from engine.facts.messages import shown
from engine.language.words import Span
from engine.time.units import WRITTEN, TimeUnit


class Tongue:
    """The phrases of one language."""

    def __init__(self, lang: Lang) -> None:
        """Speak ``zh`` or ``en``."""
        self.lang: Lang = lang
        self.zh = lang == "zh"

    def say(self, zh: str, en: str) -> str:
        """Return the text of this language."""
        return zh if self.zh else en

    def quoted(self, text: str) -> str:
        """Return a name in quotation marks, the same in both languages."""
        return f"“{text}”"

    def names(self, words: Iterable[str]) -> str:
        """Return an enumeration: 、 or commas. "" for none."""
        return self.say("、", ", ").join(words)

    def quotes(self, words: Iterable[str]) -> str:
        """Return an enumeration of names, each in quotation marks."""
        return self.names(self.quoted(word) for word in words)

    def either(self, words: Sequence[str]) -> str:
        """Return alternatives: ``a、b或c``; one word stands alone."""
        if len(words) < 2:  # noqa: PLR2004 - one is no choice
            return "".join(words)
        return f"{self.names(words[:-1])}{self.say('或', ' or ')}{words[-1]}"

    def all_of(self, words: Sequence[str]) -> str:
        """Return words that hold together: ``a、b和c``; one word stands alone."""
        if len(words) < 2:  # noqa: PLR2004 - as above
            return "".join(words)
        return f"{self.names(words[:-1])}{self.say('和', ' and ')}{words[-1]}"

    def clauses(self, parts: Sequence[str], joint: str) -> str:
        """Return clauses joined by ``and`` or ``or``."""
        if joint == "and":
            return self.say("，且", ", and ").join(parts)
        return self.say("，或", ", or ").join(parts)

    def span(self, n: int | str, unit: TimeUnit) -> str:
        """Return a length of time; ``n`` may be words for a number."""
        return self.say(f"{n}{unit.zh}", f"{n} {unit.written}{'' if n == 1 else 's'}")

    def written(self, text: str) -> str:
        """Return a length of time as a param writes it (``5 working days``); else the text."""
        n, _, unit = text.partition(" ")
        word = unit.replace("_", " ").rstrip("s")
        return self.span(int(n), TimeUnit.read(word)) if n.isdigit() and word in WRITTEN else text

    def unit(self, unit: TimeUnit) -> str:
        """Return the name of a unit of time, of several: 日, days."""
        return self.say(unit.zh, f"{unit.written}s")

    def share(self, text: str) -> str:
        """Return a share in words: ``> 1/2``, ``>= 2/3``, ``all``; anything else as it is."""
        if text == "all":
            return self.say("全部", "all")
        sign, _, part = text.partition(" ")
        words = {">": ("超过{}", "more than {}"), ">=": ("{}以上（含）", "at least {}")}
        return self.say(*words[sign]).format(part) if sign in words else text

    def value(self, plain: Any) -> str:
        """Return a plain value as people read it; a length of time and a label too."""
        if isinstance(plain, Span):
            return self.span(plain.n, plain.unit)
        return self.written(plain) if isinstance(plain, str) else shown(plain, self.lang)
