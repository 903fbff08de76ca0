"""Makes clauses of what is true or false: a fact, a flag, a filled field, a clock, a document."""

from collections.abc import Callable, Mapping

from engine.compiling.plan import Clock
from engine.telling.sentences.nouns import Nouns
from engine.telling.sentences.phrase import Phrase

_RUN_ON = "、，；或且而"
_NOT_ZH = (
    ("已", "未"), ("有", "没有"), ("须", "无须"), ("可以", "不可以"), ("是", "不是"),
    ("属", "不属"), ("涉及", "不涉及"), ("达到", "未达到"),
)  # fmt: skip
_NOT_EN = (
    ("there is a ", "there is no "), ("there are ", "there are no "), (" is ", " is not "),
    (" are ", " are not "), (" was ", " was not "), (" were ", " were not "),
    (" has been ", " has not been "), (" must ", " need not "),
)  # fmt: skip
_CLOCK: Mapping[str, tuple[str, str, str, str]] = {
    "elapsed": ("{0}已满{1}", "{0}未满{1}", "{0} has run {1}", "{0} has not yet run {1}"),
    "overdue": ("{0}已过{2}", "{0}未过{2}", "{0}{2} is over", "{0}{2} is not over"),
    "running": ("{0}正在计算", "{0}没有在计算", "{0} is running", "{0} is not running"),
    "paused": ("{0}中止计算", "{0}没有中止", "{0} is paused", "{0} is not paused"),
    "met": ("{0}内已办到", "{0}的事项尚未办到", "{0} is met", "{0} is not met"),
}
_DOCUMENT: Mapping[str, tuple[str, str, str, str]] = {
    "issued": ("已出具{0}", "未出具{0}", "{0} is issued", "{0} is not issued"),
    "delivered": ("已送达{0}", "未送达{0}", "{0} is delivered", "{0} is not delivered"),
}


class Flags:
    """Clauses about one workflow's flags."""

    def __init__(self, nouns: Nouns) -> None:
        """Use the nouns of a workflow."""
        self.nouns, self.tongue = nouns, nouns.tongue

    def clause(self, name: str, *, holds: bool) -> Phrase:
        """Return the clause that a boolean name is true, or that it is not.

        Source:
            language.md 2: flags, ``filled``, ``clocks``, documents, linked cases.
        """
        head, _, rest = name.partition(".")
        readers: Mapping[str, Callable[[str, bool], Phrase]] = {
            "filled": self._filled,
            "clocks": self._clock,
            "documents": self._document,
        }
        if head in readers:
            return readers[head](rest, holds)
        if rest == "final" and head in self.nouns.workflow.fields:
            label = self.nouns.noun(head).text
            forms = ("{0}已办结", "{0}未办结", "{0} is closed", "{0} is not closed")
            return self._form(forms, holds, label)
        for kind in ("facts", "fields"):
            if name in getattr(self.nouns.workflow, kind):
                label = self.nouns.label(kind, name)
                return Phrase(text=self.labelled(label, holds=holds), rough=label == name)
        noun = self.nouns.noun(name)
        forms = ("{0}为“是”", "{0}为“否”", "{0} is yes", "{0} is no")
        return self._form(forms, holds, noun.text, rough=noun.rough)

    def labelled(self, label: str, *, holds: bool) -> str:
        """Return a label that is a clause, or its contrary, in quotes where it would run on."""
        return self._zh(label, holds) if self.tongue.zh else self._en(label, holds)

    def _zh(self, label: str, holds: bool) -> str:
        runs_on = any(mark in label for mark in _RUN_ON)
        quoted = f"“{label}”" if runs_on else label
        if holds or runs_on:
            return quoted if holds else f"并非{quoted}"
        for word, contrary in _NOT_ZH:
            if label.startswith(word):
                return contrary + label.removeprefix(word)
        return label.replace("达到", "未达到", 1) if "达到" in label else f"并非{label}"

    def _en(self, label: str, holds: bool) -> str:
        """Return the label, where it is a clause that can be turned; else that it applies."""
        for word, contrary in _NOT_EN:
            if word in label and " or " not in label and ", " not in label:
                if not holds and label.startswith("a ") and word != " must ":
                    return f"no {label.removeprefix('a ')}"
                return label if holds else label.replace(word, contrary, 1)
        return f"“{label}” {'applies' if holds else 'does not apply'}"

    def _form(
        self, forms: tuple[str, str, str, str], holds: bool, *words: str, rough: bool = False
    ) -> Phrase:
        text = forms[(0 if self.tongue.zh else 2) + (not holds)]
        return Phrase(text=text.format(*words).strip(), rough=rough)

    def _filled(self, name: str, holds: bool) -> Phrase:
        forms = ("已填写{0}", "未填写{0}", "{0} is given", "{0} is not given")
        return self._form(forms, holds, self.nouns.noun(name).text)

    def _document(self, rest: str, holds: bool) -> Phrase:
        name, _, fact = rest.partition(".")
        label = self.nouns.label("documents", name)
        return self._form(_DOCUMENT[fact], holds, self.tongue.quoted(label))

    def _clock(self, rest: str, holds: bool) -> Phrase:
        name, _, fact = rest.partition(".")
        label = self.nouns.plain(self.nouns.label("clocks", name))
        span = self._length(self.nouns.workflow.clocks[name])
        full = span or self.tongue.say("", "its full time")
        aside = self.tongue.say(f"（{span}）", f" ({span})") if span else ""
        return self._form(_CLOCK[fact], holds, label, full, aside)

    def _length(self, clock: Clock) -> str:
        """Return a clock's length; "" where it is computed, a date, or depends on its rules."""
        if len(clock.variants) != 1 or clock.variants[0].length is not None:
            return ""
        rule = clock.variants[0].definition
        span = rule.within if rule.within is not None else rule.at_least
        param = self.nouns.workflow.definition.params.get(str(span))
        return self.tongue.value(param.value if param else span) if span is not None else ""
