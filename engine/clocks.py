"""What a move does to the clocks of a case: met, stopped, started, re-planned."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from engine.clockfacts import is_over, latest_runs
from engine.definitions.words import parse_span
from engine.due import Due, deadline, exact, fixed, minimum
from engine.facts import Facts
from engine.plan import Clock, ClockCase, Workflow
from engine.times import moment_text, parse_moment
from engine.values import Run, day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """Where a move led, as clocks see it.

    Attributes:
        trigger: the trigger taken; "" for amendments.
        entered: the state entered, or None (``stay``, ``back``, amendments).
        standing: every state of the stack and the top, after the move.
    """

    trigger: str = ""
    entered: str | None = None
    standing: frozenset[str]


def run_clocks(
    workflow: Workflow, passage: Passage, facts: Facts
) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """Return the case's runs and armed clocks after a move.

    Order: met, stops, starts; then open runs whose anchor or date was changed are planned
    anew. A run that cannot start yet (``when``, ``runs_from``, its date or its length is not
    known) leaves its clock armed and starts with the move that makes it known.

    Args:
        workflow: the rules.
        passage: where the move led.
        facts: of the case after the move's data and sets, at the moment it happened.

    Source:
        language.md 3.1 (order) and 4.
    """
    work = _Clocks(facts)
    busy = {run.clock for run in facts.case.runs if run.ended is None}
    for clock in workflow.clocks.values():
        running = clock.name in busy
        if running:
            work.meet(clock)
        work.stop(clock, passage)
        if running:
            work.replan(clock)
        work.arm(clock, passage)
        work.start(clock)
    return tuple(work.runs.values()), tuple(work.armed)


class _Clocks:
    def __init__(self, facts: Facts) -> None:
        self.facts = facts
        self.at = moment_text(facts.now)
        self.runs = {run.key: run for run in facts.case.runs}
        self.armed = dict.fromkeys(facts.case.armed)

    def open_runs(self, clock: Clock) -> list[Run]:
        return [r for r in self.runs.values() if r.clock == clock.name and r.ended is None]

    def _end(self, run: Run, how: str) -> None:
        self.runs[run.key] = replace(run, ended=how, ended_at=self.at)

    def meet(self, clock: Clock) -> None:
        if clock.met is None and clock.met_column is None:
            return
        for run in self.open_runs(clock):
            if self._is_met(clock, run):
                late = run.kind != "at_least" and self._over(run)
                self._end(run, "met_late" if late else "met")

    def _is_met(self, clock: Clock, run: Run) -> bool:
        item = self._item(clock, run.item)
        if clock.met_column is not None:
            return item is not None and clock.met_column in item
        facts = self._facts_of(clock, item)
        return clock.met is not None and facts.ask(clock.met).holds

    def stop(self, clock: Clock, passage: Passage) -> None:
        if not self._stops(clock, passage):
            return
        self.armed.pop(clock.name, None)
        for run in self.open_runs(clock):
            self._end(run, "stopped")

    def _stops(self, clock: Clock, passage: Passage) -> bool:
        if passage.trigger in clock.stops_on or passage.entered in clock.stops_in:
            return True
        if clock.leaving and not (clock.starts_in & passage.standing):
            return True
        return self._is_ended_by_final(clock, passage)

    def _is_ended_by_final(self, clock: Clock, passage: Passage) -> bool:
        final = passage.entered is not None and self.facts.workflow.is_final(passage.entered)
        return final and clock.ends_at_final and passage.entered not in clock.starts_in

    def arm(self, clock: Clock, passage: Passage) -> None:
        if not (passage.entered in clock.starts_in or passage.trigger in clock.starts_on):
            return
        # What a final state ends, the move into it does not begin.
        if self._is_ended_by_final(clock, passage):
            return
        restart = clock.rule.again == "restart"
        if clock.rule.each is None:
            newest = latest_runs(self.runs.values(), clock.name)
            for run in newest:
                reached = run.kind == "at_least" and self._over(run)
                if not restart and (run.ended is None or reached):
                    return
        if restart:
            for run in self.open_runs(clock):
                self._end(run, "restarted")
        self.armed[clock.name] = None

    def _over(self, run: Run) -> bool:
        return is_over(run, self.facts.world.zone, at=self.facts.now)

    def start(self, clock: Clock) -> None:
        if clock.name not in self.armed:
            return
        newest = {run.item: run for run in latest_runs(self.runs.values(), clock.name)}
        for place, item in self._items(clock):
            last = newest.get(place)
            if last is not None and (
                last.ended is None or (clock.rule.each and last.ended in {"met", "met_late"})
            ):
                continue
            seq = last.seq + 1 if last else 1
            run = self._begin(clock, place, item, seq)
            if run is not None:
                self.runs[run.key] = run
                if clock.rule.each is None:
                    self.armed.pop(clock.name)

    def replan(self, clock: Clock) -> None:
        """Plan open runs anew whose anchor or date the data now says differently."""
        for run in self.open_runs(clock):
            case = clock.cases[max(run.rule - 1, 0)]
            if case.rule.runs_from is None and case.rule.due is None:
                continue
            facts = self._facts_of(clock, self._item(clock, run.item))
            planned = self._plan(clock, case, facts, anchored=run)
            if planned is not None and (planned.anchor, planned.raw) != (run.anchor, run.raw):
                self.runs[run.key] = replace(
                    run,
                    anchor=planned.anchor,
                    raw=planned.raw,
                    due=planned.due,
                    provisional=planned.provisional,
                )

    def _items(self, clock: Clock) -> Iterator[tuple[int, dict[str, Any] | None]]:
        if clock.rule.each is None:
            yield 0, None
            return
        items: Any = self.facts.fields.get(clock.rule.each, ())
        yield from enumerate(items, 1)

    def _item(self, clock: Clock, place: int) -> dict[str, Any] | None:
        items: Any = self.facts.fields.get(clock.rule.each or "", [])
        return items[place - 1] if 0 < place <= len(items) else None

    def _facts_of(self, clock: Clock, item: dict[str, Any] | None) -> Facts:
        if clock.rule.each is None or item is None:
            return self.facts
        return self.facts.with_item(item, self.facts.workflow.fields[clock.rule.each])

    def _begin(self, clock: Clock, place: int, item: dict[str, Any] | None, seq: int) -> Run | None:
        facts = self._facts_of(clock, item)
        if clock.when is not None and not facts.ask(clock.when).holds:
            return None
        for number, case in enumerate(clock.cases, 1):
            if case.condition is not None:
                answer = facts.ask(case.condition)
                if not answer.known:
                    return None
                if not answer.holds:
                    continue
            planned = self._plan(clock, case, facts)
            if planned is None:
                return None
            rule = number if clock.rule.rules else 0
            run = replace(planned, item=place, seq=seq, rule=rule)
            # An item that is done before its clock starts owes nothing.
            return None if self._is_met(clock, run) and clock.rule.each else run
        return None

    def _plan(
        self, clock: Clock, case: ClockCase, facts: Facts, *, anchored: Run | None = None
    ) -> Run | None:
        """Return a run planned from these facts, or None while something is not known."""
        anchor = self._anchor(case, facts, anchored)
        if anchor is None:
            return None
        rule, zone = case.rule, facts.world.zone
        day = anchor if type(anchor) is date else day_of(anchor, zone)  # type: ignore[arg-type]
        if not _in_force(case, day):
            return None
        if rule.due is not None:
            due = fixed(day, facts.world.calendar)
            return self._run(clock, "due", 0, "days", day.isoformat(), due)
        length = self._length(case, facts, anchored)
        if length is None:
            return None
        n, unit = length
        if unit in {"minutes", "hours"}:
            start = anchor if isinstance(anchor, datetime) else None
            if start is None:
                return None
            return self._run(clock, _kind(case), n, unit, moment_text(start), exact(start, n, unit))
        counted = deadline if rule.within is not None else minimum
        due = counted(day, n, unit, facts.world.calendar)
        return self._run(clock, _kind(case), n, unit, day.isoformat(), due)

    def _run(self, clock: Clock, kind: Any, n: int, unit: str, anchor: str, due: Due) -> Run:
        return Run(
            clock=clock.name, kind=kind, n=n, unit=unit, anchor=anchor, raw=due.raw, due=due.due,
            provisional=due.provisional, started_at=self.at,
        )  # fmt: skip

    def _anchor(
        self, case: ClockCase, facts: Facts, anchored: Run | None
    ) -> date | datetime | None:
        word = case.rule.due or case.rule.runs_from
        if word is None:
            return facts.now if anchored is None else parse_moment(anchored.started_at)
        value = _path(word, facts)
        if not isinstance(value, str):
            return None
        return parse_moment(value) if "T" in value else date.fromisoformat(value)

    def _length(
        self, case: ClockCase, facts: Facts, anchored: Run | None
    ) -> tuple[int, str] | None:
        if anchored is not None:
            return anchored.n, anchored.unit
        span: Any = case.rule.within if case.rule.within is not None else case.rule.at_least
        if isinstance(span, str):
            value = facts.world.params.get(span, facts.workflow.rule.params[span].value)
            # Checked to be a length when the file and the profile were loaded.
            span = parse_span(value)
        if case.length is None:
            return int(span.n), span.unit
        answer = facts.ask(case.length)
        if not answer.known or not isinstance(answer.value, int) or answer.value < 0:
            return None
        return answer.value, span.unit


def _kind(case: ClockCase) -> str:
    return "within" if case.rule.within is not None else "at_least"


def _in_force(case: ClockCase, day: date) -> bool:
    rule = case.rule
    return (rule.from_ is None or rule.from_ <= day) and (rule.until is None or day <= rule.until)


def _path(word: str, facts: Facts) -> Any:
    """Return the value of ``field``, ``fact``, ``table.output`` or ``item.column``."""
    head, _, column = word.partition(".")
    if head in {"item", "it"}:
        row = facts.get("item")
        return row.get(column) if isinstance(row, dict) else None
    return facts.get(word)
