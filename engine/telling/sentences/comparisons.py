"""Makes clauses of ``a < b``: options by labels, days as earlier and later, counts as how many."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from engine.checking.meaning.pieces import NOTHING, literal_of, name_of, split_at
from engine.language.kinds import FieldType
from engine.language.scan import Token
from engine.telling.sentences.nouns import Noun
from engine.telling.sentences.phrase import Phrase
from engine.telling.sentences.terms import Terms
from engine.time.units import TimeUnit

CONTRARY = {"==": "!=", "!=": "==", "<": ">=", ">=": "<", ">": "<=", "<=": ">"}
TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_NUMBERS: Mapping[str, tuple[str, str]] = {
    "==": ("{0}为{1}", "{0} is {1}"),
    "!=": ("{0}不为{1}", "{0} is not {1}"),
    "<": ("{0}少于{1}", "{0} is less than {1}"),
    "<=": ("{0}不超过{1}", "{0} is at most {1}"),
    ">": ("{0}超过{1}", "{0} is more than {1}"),
    ">=": ("{0}不少于{1}", "{0} is at least {1}"),
}
_DAYS: Mapping[str, tuple[str, str]] = {
    "==": ("{0}就是{1}", "{0} is {1}"),
    "!=": ("{0}不是{1}", "{0} is not {1}"),
    "<": ("{0}早于{1}", "{0} is before {1}"),
    "<=": ("{0}不晚于{1}", "{0} is not after {1}"),
    ">": ("{0}晚于{1}", "{0} is after {1}"),
    ">=": ("{0}不早于{1}", "{0} is not before {1}"),
}
_TIMES: Mapping[str, tuple[str, str]] = {
    "==": ("{0}已办理{1}次", "{0} was done {1} times"),
    "!=": ("{0}办理的次数不是{1}", "{0} was not done {1} times"),
    "<": ("{0}办理不到{1}次", "{0} was done fewer than {1} times"),
    "<=": ("{0}办理不超过{1}次", "{0} was done at most {1} times"),
    ">": ("{0}办理超过{1}次", "{0} was done more than {1} times"),
    ">=": ("{0}已办理{1}次以上（含）", "{0} was done at least {1} times"),
}
_NONE = {("==", 0), ("<", 1), ("<=", 0)}
_SOME = {("!=", 0), (">", 0), (">=", 1)}
_COUNTS = ("人数", "次数", "日数", "天数", "总数", "件数", "户数")
_MEASURES = {"次数": "次", "人数": "人", "日数": "日", "天数": "天", "项数": "项", "件数": "件"}
_STOPS = frozenset(
    {"has", "is", "was", "this", "does", "of", "for", "in", "to", "on", "who", "that", "not"}
)


class Comparisons:
    """Makes words for the comparisons of one expression."""

    def __init__(self, terms: Terms) -> None:
        """Use the terms of that expression."""
        self.terms, self.tongue = terms, terms.tongue

    def compared(self, left: Sequence[Token], sign: str, right: Sequence[Token]) -> Phrase:
        """Return ``left sign right`` in words; the sign already includes a negation."""
        if literal_of(left) is not NOTHING and literal_of(right) is NOTHING:
            left, sign, right = right, TURNED.get(sign, sign), left
        number = literal_of(right)
        if isinstance(number, int):
            found = self._counted(left, sign, number) or self._taken(left, sign, number)
            if found is not None:
                return found
        one, other = self.terms.term(left), self.terms.term(right)
        if isinstance(number, int):
            one, other = self._measured(one, number)
        if one.options and literal_of(right) in one.options:
            return self.among(one, [str(literal_of(right))], holds=sign == "==")
        if literal_of(right) is NOTHING and sign in {"==", "!="}:
            forms = ("{0}与{1}相同", "{0} is the same as {1}")
            if sign == "!=":
                forms = ("{0}与{1}不同", "{0} differs from {1}")
        else:
            days = {FieldType.DATE, FieldType.MOMENT} & {one.type, other.type}
            forms = (_DAYS if days else _NUMBERS)[sign]
        text = self.tongue.say(*forms).format(one.text, other.text)
        bare = isinstance(literal_of(right), str) and not days_like(other.text)
        return Phrase(text=text, rough=one.rough or other.rough or bare)

    def _measured(self, one: Noun, number: int) -> tuple[Noun, Noun]:
        """Return a number with what it counts, and in Chinese its noun without saying so again."""
        if isinstance(one.type, TimeUnit):
            text = self.tongue.span(number, one.type)
            unsaid = one.text.removesuffix("日数").removesuffix("月数").removesuffix("工作")
            short = unsaid.removesuffix("的") if self.tongue.zh else one.text
            return replace(one, text=short), Noun(text=text)
        measure = next((m for word, m in _MEASURES.items() if one.text.endswith(word)), "")
        return one, Noun(text=f"{number}{measure}")

    def member(self, left: Sequence[Token], right: Sequence[Token], *, holds: bool) -> Phrase:
        """Return ``left in right`` in words: an option of several, or an entry of a list."""
        listed = name_of(right)
        if listed:
            noun, word = self.terms.nouns.noun(listed), literal_of(left)
            known = word in noun.options
            inner = self.tongue.quoted(noun.options[str(word)]) if known else None
            forms = ("{0}包含{1}", "{0} contains {1}")
            if not holds:
                forms = ("{0}不含{1}", "{0} does not contain {1}")
            text = inner or self.terms.term(left).text
            return Phrase(
                text=self.tongue.say(*forms).format(noun.text, text),
                rough=noun.rough or not known,
            )
        noun = self.terms.term(left)
        words = [str(literal_of(one)) for one in split_at(right[1:-1], ",")]
        return self.among(noun, words, holds=holds)

    def among(self, noun: Noun, words: Sequence[str], *, holds: bool) -> Phrase:
        """Return a clause: a choice is one of these options, or none of them."""
        labels = [self.tongue.quoted(noun.options.get(word, word)) for word in words]
        rough = noun.rough or any(word not in noun.options for word in words)
        if holds:
            told = self.tongue.say(f"{noun.text}为", f"{noun.text} is ") + self.tongue.either(
                labels
            )
        elif self.tongue.zh:
            told = f"{noun.text}不是{self.tongue.names(labels)}"
        else:
            told = f"{noun.text} is {'not' if len(labels) == 1 else 'none of'} "
            told += self.tongue.names(labels)
        return Phrase(text=told, rough=rough)

    def _taken(self, left: Sequence[Token], sign: str, number: int) -> Phrase | None:
        name = name_of(left)
        if not name.startswith("taken."):
            return None
        trigger = name.removeprefix("taken.")
        labels = self.terms.nouns.made(trigger)
        first, *others = labels or [trigger]
        what = self.tongue.quoted(first)
        if others:
            also = self.tongue.quotes(others)
            what += self.tongue.say(f"（含{also}）", f" (or {also})")
        if (sign, number) in _NONE:
            text = self.tongue.say(f"{what}尚未办理过", f"{what} was never done")
        elif (sign, number) in _SOME:
            text = self.tongue.say(f"{what}已办理过", f"{what} was done before")
        else:
            text = self.tongue.say(*_TIMES[sign]).format(what, number)
        return Phrase(text=text, rough=not labels)

    def _counted(self, left: Sequence[Token], sign: str, number: int) -> Phrase | None:
        """Return how many entries a list has, or a number of things; None for other numbers."""
        if left[0].text == "size" and len(left) > 1 and name_of(left[2:-1]):
            noun = self.terms.nouns.noun(name_of(left[2:-1]))
            return self._entries(noun, sign, number)
        noun = self.terms.term(left)
        label, none = noun.text.strip("“”"), (sign, number) in _NONE
        if noun.type != FieldType.INTEGER or not (none or (sign, number) in _SOME):
            return None
        counts = "的" in label and label.endswith("数") and not label.endswith(_COUNTS)
        if self.tongue.zh and counts:
            text = f"{'没有' if none else '有'}{label.removesuffix('数')}"
            return Phrase(text=text, rough=noun.rough)
        if not self.tongue.zh and plural(label):
            return Phrase(text=f"there are {'no ' * none}{label}", rough=noun.rough)
        return None

    def _entries(self, noun: Noun, sign: str, number: int) -> Phrase:
        label = noun.text.strip("“”")
        if (sign, number) in _NONE | _SOME:
            none = (sign, number) in _NONE
            if self.tongue.zh:
                text = f"{'没有' if none else '有'}{label}"
            elif plural(label):
                text = f"there are {'no ' * none}{label}"
            else:
                text = f"the list “{label}” is {'' if none else 'not '}empty"
            return Phrase(text=text, rough=noun.rough)
        zh, en = _NUMBERS[sign]
        what = self.tongue.say(noun.text, f"the number of entries in “{label}”")
        count = self.tongue.say(f"{number}项", str(number))
        return Phrase(text=self.tongue.say(zh, en).format(what, count), rough=noun.rough)


def plural(label: str) -> bool:
    """Tell whether an English label is about several things: a plural before anything else."""
    for word in label.split():
        if word in _STOPS:
            return False
        if word.endswith("s") and not word.endswith(("ss", "us")):
            return True
    return False


def days_like(text: str) -> bool:
    """Tell whether a literal is a date, which needs no label."""
    return len(text) >= len("2026-01-01") and text[:4].isdigit() and text[4] == "-"
