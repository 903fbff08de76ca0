"""Explains why a clock of a case is due when it is, in one reader's language."""

from collections.abc import Iterator, Sequence
from dataclasses import asdict, replace
from typing import Any

from engine.case.values import Event, Lang, Run, day_of
from engine.clocks.explained import Explanation
from engine.clocks.explaining import explain, profile_basis
from engine.compiling.plan import Clock
from engine.facts.clocks import is_over, latest_runs
from engine.facts.messages import MASK
from engine.facts.reading import base_fields, may_read
from engine.telling.sentences.clocks import Clocks
from engine.telling.sentences.ladders import rung_words
from engine.telling.sentences.tongue import Tongue
from engine.time.times import moment_text, parse_moment
from heyi.app.cases.clockwords import (
    CLASSES,
    amount,
    paper_words,
    sum_words,
    told_by,
    when,
)
from heyi.app.cases.sight import Seen
from heyi.app.clocks.errors import ClockNotFound, RunNotFound
from heyi.app.clocks.models import (
    CaseRef,
    ClockExplained,
    DayTold,
    MomentTold,
    PassedRule,
    PauseTold,
    RuleTold,
    RunBrief,
    RungTold,
    TermTold,
    WaitingClock,
)


def find_clock(seen: Seen, word: str) -> Clock:
    """Return a clock by its name or by its label in either language.

    Raises:
        ClockNotFound: there is none, or several have that label.
    """
    clocks = seen.workflow.clocks
    if word in clocks:
        return clocks[word]
    called = [
        name for name in clocks if word in {seen.workflow.label("clocks", name, "zh"),
                                            seen.workflow.label("clocks", name, "en")}
    ]  # fmt: skip
    if len(called) != 1:
        known = [f"{seen.workflow.label('clocks', n)} ({n})" for n in called or clocks]
        raise ClockNotFound(word, known)
    return clocks[called[0]]


def clock_view(
    seen: Seen,
    events: Sequence[Event],
    word: str,
    *,
    item: int | None = None,
    run: int | None = None,
    lang: Lang,
) -> ClockExplained | WaitingClock:
    """Return why a run of a clock is due when it is; for a clock that never ran what starts it.

    Args:
        seen: the case as its reader may see it.
        events: of the case, for what caused each pause.
        word: the clock's name or label.
        item: 1-based place of the list item; None for the open run that is due first, else
            for the newest.
        run: 1-based count of the item's runs; None for the newest.
        lang: the language.

    Raises:
        ClockNotFound: there is no such clock.
        RunNotFound: it has no such item or run.
    """
    clock = find_clock(seen, word)
    runs = [one for one in seen.case.runs if one.clock == clock.name]
    head: dict[str, Any] = {
        "case": CaseRef(id=seen.case.id, number=seen.case.number),
        "workflow": seen.workflow.name,
        "version": seen.workflow.version,
        "clock": clock.name,
        "label": seen.workflow.label("clocks", clock.name, lang),
        "runs": tuple(_brief(one) for one in runs),
    }
    if not runs:
        starts = Clocks(seen.workflow, lang).begins(clock)
        return WaitingClock(
            **head, started=False, armed=clock.name in seen.case.armed, starts=starts
        )
    chosen = _chosen(clock.name, runs, item, run)
    return _Teller(seen, clock, chosen, lang).view(head, events)


def _brief(run: Run) -> RunBrief:
    return RunBrief(item=run.item, run=run.seq, due=run.due, ended=run.ended)


def _chosen(clock: str, runs: Sequence[Run], item: int | None, seq: int | None) -> Run:
    found = [r for r in runs if item in {None, r.item} and seq in {None, r.seq}]
    if not found:
        raise RunNotFound(clock, item, seq, [(r.item, r.seq) for r in runs])
    newest = latest_runs(found, clock) if seq is None else found
    still = [one for one in newest if one.ended is None]
    return min(still, key=lambda one: one.due) if still else newest[-1]


class _Teller:
    """Tells of one run."""

    def __init__(self, seen: Seen, clock: Clock, run: Run, lang: Lang) -> None:
        self.seen, self.clock, self.run, self.tongue = seen, clock, run, Tongue(lang)
        self.zone, self.case = seen.world.zone, clock.variant_of(run.rule)
        self.told: Explanation = explain(
            run, clock=clock, workflow=seen.workflow, calendar=seen.world.calendar,
            zone=self.zone, now=seen.facts.now,
        )  # fmt: skip
        basis = profile_basis(clock, run, seen.world)
        if basis is not None:
            title, article = basis
            source = f"{title}#{article}" if article else title
            self.told = replace(self.told, source=source, title=title, article=article, is_law=True)

    def view(self, head: dict[str, Any], events: Sequence[Event]) -> ClockExplained:
        told, run, tongue = self.told, self.told.run, self.tongue
        over = is_over(run, self.zone, at=self.seen.facts.now)
        return ClockExplained(
            **head,
            started=True,
            item=run.item,
            run=run.seq,
            kind=run.kind,
            n=run.n,
            unit=run.unit,
            from_=run.anchor,
            raw=told.counted.raw,
            due=run.due,
            due_text=when(run.due, self.zone),
            provisional=run.provisional,
            running=run.ended is None,
            paused=run.paused,
            until=run.until,
            later=run.later,
            if_resumed=told.if_resumed,
            overdue=run.ended is None and over and run.kind != "at_least",
            elapsed=over,
            started_at=run.started_at,
            ended=run.ended,
            ended_at=run.ended_at,
            class_=told.class_,
            class_label=CLASSES[told.class_].text(tongue.lang) if told.class_ else "",
            source=told.source,
            source_text=paper_words(told, tongue),
            is_law=told.is_law,
            rule=self._rule(run.rule or 1, chosen=True),
            passed=tuple(self._passed(one.rule, one.why) for one in told.passed),
            sum=sum_words(told.counted, tongue, self.zone),
            terms=tuple(TermTold(**_plain(one)) for one in told.counted.terms),
            days=tuple(DayTold(**_plain(one)) for one in told.counted.days),
            moments=tuple(MomentTold(**_plain(one)) for one in told.counted.moments),
            pauses=tuple(self._pauses(events)),
            count=told.counted.count,
            need=told.counted.need,
            so_far=told.so_far,
            so_far_text=amount(told.so_far, run.unit.counted, tongue),
            computed=told.counted.due,
            agrees=told.agrees,
            rungs=tuple(self._rungs()),
        )

    def _rule(self, place: int, *, chosen: bool = False) -> RuleTold:
        """Return a rule's words; a condition over what the reader may not see is masked."""
        case, says = self.clock.variants[place - 1], Clocks(self.seen.workflow, self.tongue.lang)
        hidden = case.condition is not None and not self._readable(case.condition.names)
        plain = says.length(self.clock, case)[0] if hidden else says.runs(self.clock, case)
        if chosen and self.run.kind != "due" and not hidden:
            # The length that was frozen at the start: a param may have been changed since.
            plain = self._frozen(plain)
        number = place if self.clock.definition.rules else 0
        return RuleTold(rule=number, says=plain, masked=hidden)

    def _frozen(self, plain: str) -> str:
        length = self.tongue.span(self.run.n, self.run.unit)
        return plain if length in plain or not self.run.n else f"{plain} = {length}"

    def _passed(self, place: int, why: str) -> PassedRule:
        rule = self.clock.variants[place - 1].definition
        told = self._rule(place)
        say = self.tongue.say
        if told.masked:
            text = MASK
        elif why == "condition":
            text = say("开始计算时条件不成立", "its condition did not hold when the clock started")
        else:
            span = f"{rule.from_ or '…'} – {rule.until or '…'}"
            text = say(f"起算日不在其施行期内（{span}）", f"not in force on the first day ({span})")
        return PassedRule(
            rule=told.rule, says=told.says, masked=told.masked, why=why, why_text=text
        )

    def _readable(self, names: Sequence[str]) -> bool:
        facts, actor = self.seen.facts, self.seen.actor
        return all(may_read(one, actor, facts) for one in base_fields(self.seen.workflow, names))

    def _pauses(self, events: Sequence[Event]) -> Iterator[PauseTold]:
        tongue, run = self.tongue, self.run
        for rest in self.told.counted.rests:
            cap = {"each": run.each, "all": run.all}.get(rest.cut, "")
            yield PauseTold(
                **_plain(rest),
                given_text=amount(rest.given, rest.unit, tongue),
                whole_text=amount(rest.whole, rest.unit, tongue),
                cap=tongue.written(cap) if cap else "",
                state=self._state(events, run.changes[rest.change][1]),
            )

    def _state(self, events: Sequence[Event], day: str) -> str:
        """Return the label of the state that began a pause, as the history has it."""
        for event in events:
            at = parse_moment(event.occurred_at)
            told = moment_text(at) if "T" in day else day_of(at, self.zone).isoformat()
            to = str(event.public.get("to") or "")
            if told == day and to in self.case.pauses_in:
                return self.seen.workflow.label("states", to, self.tongue.lang)
        return ""

    def _rungs(self) -> Iterator[RungTold]:
        ladder, workflow = self.case.ladder, self.seen.workflow
        for one in self.told.rungs:
            rung = ladder.rungs[one.place]
            does = rung.fire or rung.propose
            yield RungTold(
                place=one.place,
                at=rung.at,
                says=rung_words(rung.at, self.tongue),
                moment=moment_text(one.at),
                moment_text=when(moment_text(one.at), self.zone),
                rung=one.rung,
                mark=rung.mark,
                level=rung.level,
                tells=tuple(told_by(rung, ladder, workflow, self.tongue)),
                does=workflow.move_label(does, self.tongue.lang) or does if does else "",
            )


def _plain(value: Any) -> dict[str, Any]:
    found = asdict(value)
    for name, one in found.items():
        if hasattr(one, "isoformat"):
            found[name] = moment_text(one) if hasattr(one, "hour") else one.isoformat()
    return found
