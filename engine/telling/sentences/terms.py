"""Puts values into words: names, literals, registered functions, sums and differences."""

from collections.abc import Mapping, Sequence

from engine.checking.meaning.pieces import closes_at, first_of, name_of, split_at
from engine.language.scan import Token
from engine.telling.sentences.nouns import Noun, Nouns
from engine.time.units import TimeUnit

_CALLS: Mapping[str, tuple[str, str, str]] = {
    "size": ("{0}的项数", "the number of entries in {0}", "number"),
    "sum": ("{0}之和", "the sum of {0}", "number"),
    "latest": ("{0}中最晚的", "the latest of {0}", "date"),
    "earliest": ("{0}中最早的", "the earliest of {0}", "date"),
    "days_between": ("{0}到{1}的日数", "the number of days from {0} to {1}", TimeUnit.DAYS),
    "months_between": ("{0}到{1}的月数", "the number of months from {0} to {1}", TimeUnit.MONTHS),
    "working_days": (
        "{0}到{1}的工作日数", "the number of working days from {0} to {1}", TimeUnit.WORKING_DAYS,
    ),
    "plus_days": ("{0}之后{1}日", "{1} days after {0}", "date"),
    "plus_months": ("{0}之后{1}个月", "{1} months after {0}", "date"),
    "needed": ("{1}的{0}所需的数", "the number needed for {0} of {1}", "number"),
}  # fmt: skip
_SIGNS = ("+", "-", "*", "/", "%")


class Terms:
    """Makes words for the values in one expression."""

    def __init__(self, nouns: Nouns, source: str) -> None:
        """Use these nouns for the expression ``source``."""
        self.nouns, self.tongue, self.source = nouns, nouns.tongue, source

    def term(self, part: Sequence[Token]) -> Noun:
        """Return a value in words; what cannot be worded is quoted as it is written.

        Source:
            language.md 2: the registered functions.
        """
        name = name_of(part)
        if name:
            return self.nouns.noun(name)
        if len(part) == 1 and part[0].kind in {"text", "number"}:
            text = part[0].text.strip("'\"")
            kind = "text" if part[0].kind == "text" else "number"
            return Noun(text=self.tongue.share(text), type=kind)
        if part[0].text == "(" and closes_at(part) == len(part) - 1:
            return self.term(part[1:-1])
        if first_of(part[1:], _SIGNS) is not None:
            return self._sum(part)
        if part[0].text in _CALLS and closes_at(part[1:]) == len(part) - 2:
            return self._call(part)
        return Noun(text=self.quote(part), rough=True)

    def arguments(self, part: Sequence[Token]) -> list[Noun]:
        """Return the arguments of a call ``name(a, b)`` in words."""
        return [self.term(one) for one in split_at(part[2:-1], ",")]

    def quote(self, part: Sequence[Token]) -> str:
        """Return a part of the expression as it stands in the file, in quotes."""
        end = part[-1].at + len(part[-1].text)
        return self.tongue.quoted(" ".join(self.source[part[0].at : end].split()))

    def _sum(self, part: Sequence[Token]) -> Noun:
        place = (first_of(part[1:], _SIGNS) or 0) + 1
        left, right = self.term(part[:place]), self.term(part[place + 1 :])
        text = f"{left.text} {part[place].text} {right.text}"
        return Noun(text=text, type="number", rough=left.rough or right.rough)

    def _call(self, part: Sequence[Token]) -> Noun:
        zh, en, kind = _CALLS[part[0].text]
        given = self.arguments(part)
        text = self.tongue.say(zh, en).format(*(one.text for one in given))
        return Noun(text=text, type=kind, rough=any(one.rough for one in given))
