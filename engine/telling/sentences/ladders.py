"""Makes sentences about pauses, extensions and ladders: who is alerted when, what is done."""

import re
from collections.abc import Iterator

from engine.case.values import Lang
from engine.compiling.clocks import plan_ladder
from engine.compiling.names.ladders import ASSIGNEE
from engine.compiling.plan import Clock, ClockVariant, Ladder, Workflow
from engine.language.clocks import ExtendDef, PausesDef, RungDef
from engine.telling.sentences.people import People
from engine.telling.sentences.tongue import Tongue

_AT = re.compile(
    r"(?P<part>\d+%)|day (?P<day>\d+)|due (?P<sign>[-+]) (?P<n>\d+) (?P<unit>[a-z ]+?)s?"
)
_MARKS = {"overdue": ("逾期", "overdue")}
_CATCH_UP = {
    "once": ("停机后每人只补发最近一级", "after downtime each person gets the newest alone"),
    "each": ("停机后逐级补发", "after downtime all are made up for"),
    "skip": ("停机后只发最近一级", "after downtime only the newest is sent"),
}
_HOUR = 60


def rung_words(at: str, tongue: Tongue) -> str:
    """Return where a rung stands: ``start``, ``70%``, ``day 20``, ``due - 1 working day``."""
    say = tongue.say
    found = _AT.fullmatch(at)
    if found is None:
        words = ("起算时", "at the start") if at == "start" else ("到期时", "when due")
        return say(*words)
    if found["part"]:
        return say(f"期限过{found['part']}时", f"at {found['part']} of the time")
    if found["day"]:
        return say(f"第{found['day']}日", f"on day {found['day']}")
    length = tongue.written(f"{found['n']} {found['unit']}")
    words = (f"到期后{length}", f"{length} after it was due")
    if found["sign"] == "-":
        words = (f"到期前{length}", f"{length} before it is due")
    return say(*words)


class Ladders:
    """Makes sentences about how the clocks of one workflow rest, are extended and remind."""

    def __init__(self, workflow: Workflow, lang: Lang) -> None:
        """Take the labels from ``workflow``."""
        self.workflow = workflow
        self.people = People(workflow, lang)
        self.nouns, self.tongue = self.people.nouns, self.people.tongue

    def of(self, clock: Clock, case: ClockVariant) -> tuple[str, ...]:
        """Return the pauses, extension and rungs of a clock's variant, one sentence each.

        The rungs of a ladder are said once, by ``named``.
        """
        own, name = case.definition.rungs or (), case.definition.ladder
        says = (f"催办按阶梯“{name}”", f"reminds by ladder “{name}”")
        return (
            *self.pauses(case),
            *self.extension(case),
            *(self.rung(rung, case.ladder, clock.definition.each) for rung in own),
            *((self.tongue.say(*says),) if name is not None else ()),
        )

    def named(self, name: str) -> tuple[str, ...]:
        """Return a ladder in words: its rungs, its quiet hours, what is made up for."""
        ladder = plan_ladder(self.workflow.definition, name)
        return (*(self.rung(rung, ladder) for rung in ladder.rungs), *self.manner(ladder))

    def pauses(self, case: ClockVariant) -> Iterator[str]:
        """Yield where a clock rests and for how long, if it does.

        Source:
            language.md 4: pauses with the limits ``each`` and ``all``.
        """
        pauses = case.definition.pauses
        if not isinstance(pauses, PausesDef):
            return
        say = self.tongue.say
        groups = self.workflow.definition.groups
        names = [w if w in groups else self.nouns.label("states", w) for w in pauses.in_]
        where = self.tongue.either([self.tongue.quoted(name) for name in names])
        told = say(f"在{where}期间暂停", f"rests in {where}")
        for zh, en, length in (
            ("每次最长", "each time", pauses.each), ("合计最长", "in all", pauses.all),
        ):  # fmt: skip
            if length is not None:
                most = self._length(length)
                told += say(f"，{zh}{most}", f", at most {most} {en}")
        yield told + self._source(pauses.source)

    def extension(self, case: ClockVariant) -> Iterator[str]:
        """Yield how far a clock can be extended, if it can."""
        extend = case.definition.extend
        if not isinstance(extend, ExtendDef):
            return
        most, n = self._length(extend.at_most), extend.times
        times = "once" if n == 1 else f"at most {n} times"
        told = self.tongue.say(
            f"到期之前可以延长，合计最多{most}，最多{n}次",
            f"may be extended before it is due, by at most {most} in all, {times}",
        )
        yield told + self._source(extend.source)

    def rung(self, rung: RungDef, ladder: Ladder, each: str | None = None) -> str:
        """Return a rung in words: when it is due, whom it alerts, what it does.

        Args:
            rung: of the ladder.
            ladder: its levels.
            each: the list whose items the clock runs for, if it is a clock's own rung.
        """
        say = self.tongue.say
        told = list(self._deeds(rung, ladder, each))
        if rung.says is not None:
            said = self.tongue.quoted(rung.says.text(self.tongue.lang))
            told.append(say(f"内容为{said}", f"saying {said}"))
        deeds = say("，", ", ").join(told)
        when = rung_words(rung.at, self.tongue)
        return say(f"{when}{deeds}", f"{when}: {deeds}") + self._source(rung.source)

    def manner(self, ladder: Ladder) -> Iterator[str]:
        """Yield how a ladder's alerts are sent: quiet hours, what is done after downtime."""
        say = self.tongue.say
        if ladder.quiet is not None:
            begin, end = (f"{t // _HOUR:02}:{t % _HOUR:02}" for t in ladder.quiet)
            yield say(
                f"{begin}至{end}不发提醒，顺延到{end}",
                f"no alerts from {begin} to {end}: they wait until {end}",
            )
        yield say(*_CATCH_UP[ladder.catch_up])

    def _deeds(self, rung: RungDef, ladder: Ladder, each: str | None) -> Iterator[str]:
        say = self.tongue.say
        if rung.mark is not None:
            zh, en = _MARKS.get(rung.mark, (self.tongue.quoted(rung.mark),) * 2)
            yield say(f"标为{zh}", f"marked {en}")
        told = self._told(rung, ladder, each)
        if told:
            yield say("提醒", "tells ") + self.tongue.all_of(told)
        for key, zh, en in (("propose", "提议", "proposes"), ("fire", "自动办理", "does")):
            trigger = getattr(rung, key)
            if trigger is not None:
                label = self.workflow.move_label(trigger, self.tongue.lang) or trigger
                what = self.tongue.quoted(label)
                yield say(f"{zh}{what}", f"{en} {what}")

    def _told(self, rung: RungDef, ladder: Ladder, each: str | None) -> list[str]:
        """Return whom a rung tells; who named nobody means the assignee, a ``fire`` really nobody.

        A ``propose`` without receivers tells those who may sign: that goes without saying.
        """
        found = [self._word(word, each) for word in rung.tell]
        if rung.level is not None and rung.level <= len(ladder.levels):
            roles = self.people.any_of(ladder.levels[rung.level - 1])
            level = self.tongue.say(f"第{rung.level}级", f"level {rung.level}")
            found.append(self.tongue.say(f"{roles}（{level}）", f"{roles} ({level})"))
        if not found and rung.fire is None and rung.propose is None:
            found.append(self._word(ASSIGNEE, each))
        return found

    def _word(self, word: str, each: str | None) -> str:
        head, _, column = word.partition(".")
        if head in {"item", "it"}:
            return self.tongue.quoted(self.nouns.column(each or "", column))
        if word == ASSIGNEE:
            return self.tongue.say("经办人", "the assignee")
        return self.people.role(word)

    def _length(self, length: object) -> str:
        """Return a fixed length; a param's by its value."""
        if isinstance(length, str):
            return self.tongue.value(self.workflow.definition.params[length].value)
        return self.tongue.value(length)

    def _source(self, source: str | None) -> str:
        return self.tongue.say(f"（依据{source}）", f" (source: {source})") if source else ""
