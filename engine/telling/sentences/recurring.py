"""Makes sentences about the cases that the calendar opens: on which days, where, with what."""

from engine.case.values import Lang
from engine.compiling.plan import Workflow
from engine.language.clocks import RecurDef
from engine.telling.sentences.nouns import Nouns
from engine.time.recurrence import parse_recurrence

_WORDS = {
    "every day": "每天",
    "every working day": "每个工作日",
    "last day": "每月最后一日",
    "first working day": "每月第一个工作日",
    "last working day": "每月最后一个工作日",
}
_WEEKDAYS = "一二三四五六日"
_OFTEN = frozenset({"every day", "every working day"})


class Recurring:
    """Makes sentences about the ``recurs`` of one workflow."""

    def __init__(self, workflow: Workflow, lang: Lang) -> None:
        """Take the labels from ``workflow``."""
        self.workflow = workflow
        self.nouns = Nouns(workflow, lang)
        self.tongue = self.nouns.tongue

    def said(self, name: str) -> str:
        """Return one entry as a sentence."""
        recur = self.workflow.definition.recurs[name]
        say, days, level = self.tongue.say, self.days(recur), self.tongue.quoted(recur.each)
        told = say(
            f"{days}{recur.at}在每个{level}级单位立案一件",
            f"{days} at {recur.at} a case is opened at every unit of level {level}",
        )
        given = self.tongue.names(self._given(field, value) for field, value in recur.with_.items())
        return told + (say(f"，{given}", f", with {given}") if given else "")

    def _given(self, field: str, value: object) -> str:
        label, words = self.nouns.label("fields", field), self.tongue.value(value)
        if isinstance(value, str):
            words = self.tongue.quoted(self.nouns.noun(field).options.get(value, value))
        return self.tongue.say(f"{label}为{words}", f"{words} as {label}")

    def days(self, recur: RecurDef) -> str:
        """Return the days on which it recurs.

        Source:
            language.md 1, ``recurs``; engine/time/recurrence.py has the grammar.
        """
        rule, say = parse_recurrence(recur.on), self.tongue.say
        if rule.word:
            often = rule.word if rule.word in _OFTEN else f"on the {rule.word} of each month"
            return say(_WORDS[rule.word], often)
        if rule.weekdays:
            names = [_WEEKDAYS[day] for day in sorted(rule.weekdays)]
            return say(f"每周{'、'.join(names)}", f"on {recur.on}")
        if rule.days:
            names = [f"{day}日" for day in sorted(rule.days)]
            return say(f"每月{'、'.join(names)}", f"on {recur.on} of each month")
        names = [f"{month}月{day}日" for month, day in sorted(rule.yearly)]
        return say(f"每年{'、'.join(names)}", f"each year on {recur.on}")
