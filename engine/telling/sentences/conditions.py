"""Makes a clause of a condition, from the labels, or quotes it where that fails."""

import re
from collections.abc import Sequence

from engine.case.values import Lang
from engine.checking.meaning.pieces import closes_at, first_of, name_of, split_at
from engine.compiling.plan import Line, Workflow
from engine.language.labels import PLACE
from engine.language.scan import Token, tokens
from engine.telling.sentences.comparisons import CONTRARY, Comparisons
from engine.telling.sentences.flags import Flags
from engine.telling.sentences.nouns import Nouns
from engine.telling.sentences.phrase import Phrase
from engine.telling.sentences.terms import Terms

_SIGNS = (*CONTRARY, "in")
_MEETS = {
    True: ("{1}达到{2}的{0}", "{1} amounts to {0} of {2}"),
    False: ("{1}未达到{2}的{0}", "{1} does not amount to {0} of {2}"),
}


class Conditions:
    """Makes words for the conditions of one workflow in one language."""

    def __init__(self, workflow: Workflow, lang: Lang, *, each: str | None = None) -> None:
        """Take the labels from ``workflow``; ``each`` is the list of ``item``, if any."""
        self.nouns = Nouns(workflow, lang, each=each)
        self.tongue, self.flags = self.nouns.tongue, Flags(self.nouns)

    def line(self, line: Line) -> Phrase:
        """Return a guard line as a clause.

        Where a part of it has no label, the file's own words for a refusal say it better.
        """
        phrase = self.phrase(line.ask.source)
        if not phrase.rough or line.otherwise is None:
            return phrase
        words = PLACE.sub(self._place, line.otherwise.text(self.tongue.lang))
        text = self.tongue.say(f"通过“{words}”一项检查", f"the check “{words}” is passed")
        return Phrase(text=text)

    def joined(self, parts: Sequence[Phrase], joint: str) -> Phrase:
        """Return several clauses as one; a part that is joined otherwise stands in brackets."""
        if len(parts) == 1:
            return parts[0]
        words = [
            one.text
            if one.joint in {"", joint}
            else self.tongue.say("（{}）", "({})").format(one.text)
            for one in parts
        ]
        text = self.tongue.clauses(words, joint)
        return Phrase(text=text, joint=joint, rough=any(one.rough for one in parts))

    def phrase(self, source: str) -> Phrase:
        """Return a boolean expression in words.

        Args:
            source: CEL text that compiled.

        Source:
            language.md 2, ``when`` and ``that``.
        """
        return _Reader(self, source).say(tokens(source), holds=True)

    def value(self, source: str) -> str:
        """Return the expression of a value in words."""
        return Terms(self.nouns, source).term(tokens(source)).text

    def _place(self, match: re.Match[str]) -> str:
        noun = self.nouns.noun(match[1])
        text = noun.text.replace("“", "").replace("”", "")
        return self.tongue.say(f"〔{text}〕", f"[{text}]")


class _Reader:
    """Reads one expression; negations are carried inward, so that each clause says its own."""

    def __init__(self, conditions: Conditions, source: str) -> None:
        self.flags, self.tongue = conditions.flags, conditions.tongue
        self.nouns = conditions.nouns
        self.conditions = conditions
        self.terms = Terms(conditions.nouns, source)
        self.comparisons = Comparisons(self.terms)

    def say(self, part: Sequence[Token], *, holds: bool) -> Phrase:
        if (place := first_of(part, ("?",))) is not None:
            return self._choice(part, place, holds)
        for word, joint in (("||", "or"), ("&&", "and")):
            pieces = split_at(part, word)
            if len(pieces) > 1:
                return self._joined(pieces, joint if holds else _other(joint), holds)
        if (place := first_of(part, _SIGNS)) is not None:
            return self._compared(part[:place], part[place].text, part[place + 1 :], holds)
        if part[0].text == "!":
            return self.say(part[1:], holds=not holds)
        if part[0].text == "(" and closes_at(part) == len(part) - 1:
            return self.say(part[1:-1], holds=holds)
        return self._word(part, holds)

    def _word(self, part: Sequence[Token], holds: bool) -> Phrase:
        name = name_of(part)
        if name in {"true", "false"}:
            always = (name == "true") == holds
            text = self.tongue.say(*(("总是", "always") if always else ("从不", "never")))
            return Phrase(text=text)
        if name:
            return self._named(name, holds)
        if part[0].text == "meets" and closes_at(part[1:]) == len(part) - 2:
            given = self.terms.arguments(part)
            text = self.tongue.say(*_MEETS[holds]).format(*(one.text for one in given))
            return Phrase(text=text, rough=any(one.rough for one in given))
        return self._quoted(part, holds)

    def _named(self, name: str, holds: bool) -> Phrase:
        """Return a flag's clause; a fact without a label is said by what it is made from."""
        facts = self.nouns.workflow.facts
        if name in facts and self.nouns.label("facts", name) == name:
            source = facts[name].source
            return _Reader(self.conditions, source).say(tokens(source), holds=holds)
        return self.flags.clause(name, holds=holds)

    def _quoted(self, part: Sequence[Token], holds: bool) -> Phrase:
        text = self.terms.quote(part)
        forms = (f"{text}成立", f"{text} holds") if holds else (f"{text}不成立", f"not {text}")
        return Phrase(text=self.tongue.say(*forms), rough=True)

    def _compared(
        self, left: Sequence[Token], sign: str, right: Sequence[Token], holds: bool
    ) -> Phrase:
        if sign == "in":
            if name_of(right) or right[0].text == "[":
                return self.comparisons.member(left, right, holds=holds)
            return self._quoted([*left, *right], holds)
        literal = right[0].text if len(right) == 1 else ""
        if sign in {"==", "!="} and literal in {"true", "false"}:
            return self.say(left, holds=((sign == "==") == (literal == "true")) == holds)
        return self.comparisons.compared(left, sign if holds else CONTRARY[sign], right)

    def _joined(self, pieces: Sequence[Sequence[Token]], joint: str, holds: bool) -> Phrase:
        return self.conditions.joined([self.say(piece, holds=holds) for piece in pieces], joint)

    def _choice(self, part: Sequence[Token], place: int, holds: bool) -> Phrase:
        colon = _colon(part, place)
        first = self.say(part[:place], holds=True)
        then, other = (
            self.say(one, holds=holds) for one in (part[place + 1 : colon], part[colon + 1 :])
        )
        text = self.tongue.say(
            f"{first.text}的，{then.text}；否则{other.text}",
            f"if {first.text}, {then.text}; else {other.text}",
        )
        rough = first.rough or then.rough or other.rough
        return Phrase(text=text, joint="if", rough=rough)


def _other(joint: str) -> str:
    return "or" if joint == "and" else "and"


def _colon(part: Sequence[Token], place: int) -> int:
    """Return the place of the ``:`` that belongs to the ``?`` at ``place``."""
    found = place + 1 + (first_of(part[place + 1 :], ("?", ":")) or 0)
    while part[found].text == "?":
        inner = _colon(part, found)
        found = inner + 1 + (first_of(part[inner + 1 :], ("?", ":")) or 0)
    return found
