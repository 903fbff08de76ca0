"""Changes the clocks of a case after a move: met, stopped, started, re-planned."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

from engine.case.values import Run
from engine.clocks.planning import anchored_anew, plan_run, run_on, settled
from engine.compiling.plan import Clock, Workflow
from engine.facts.clocks import is_over, latest_runs
from engine.facts.facts import Facts
from engine.time.times import moment_text
from engine.time.units import EXACT


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """From which state to which state a move led, as clocks need it.

    Attributes:
        trigger: the trigger taken; "" for amendments.
        entered: the state entered, or None (``stay``, ``back``, amendments).
        standing: every state of the stack and the top, after the move.
        extends: the day to which the move extends a clock, by clock.
    """

    trigger: str = ""
    entered: str | None = None
    standing: frozenset[str]
    extends: Mapping[str, str] = field(default_factory=dict)


def run_clocks(
    workflow: Workflow, passage: Passage, facts: Facts
) -> tuple[tuple[Run, ...], tuple[str, ...]]:
    """Return the case's runs and armed clocks after a move.

    Order: met, stops, extensions, open runs whose anchor or date was changed are planned anew,
    starts, pauses. A run that cannot start yet (``when``, ``runs_from``, its date or its length
    is not known) leaves its clock armed and starts with the move that makes it known.

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
            work.extend(clock, passage)
            work.replan(clock)
        work.arm(clock, passage)
        work.start(clock)
        if clock.rests:
            work.rest(clock, passage)
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
        restart = clock.definition.again == "restart"
        if clock.definition.each is None:
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
                last.ended is None or (clock.definition.each and last.ended in {"met", "met_late"})
            ):
                continue
            seq = last.seq + 1 if last else 1
            run = self._begin(clock, place, item, seq)
            if run is not None:
                self.runs[run.key] = run
                if self._is_met(clock, run):
                    self._end(run, "met")
                if clock.definition.each is None:
                    self.armed.pop(clock.name)

    def extend(self, clock: Clock, passage: Passage) -> None:
        day = passage.extends.get(clock.name)
        if day is not None:
            for run in self.open_runs(clock):
                self._change(run_on(run, self.facts), "extend", day)

    def rest(self, clock: Clock, passage: Passage) -> None:
        """Pause the open runs that now rest; let go on those that no longer do.

        Source:
            language.md 5: paused if any state of the stack is in ``pauses.in``.
        """
        for run in self.open_runs(clock):
            rests = bool(clock.variant_of(run.rule).pauses_in & passage.standing)
            if rests != _is_resting(run):
                self._change(run, "pause" if rests else "resume", self._when(run))

    def _when(self, run: Run) -> str:
        return self.at if run.unit in EXACT else self.facts.today.isoformat()

    def _change(self, run: Run, what: str, when: str) -> None:
        changed = replace(run, changes=(*run.changes, (what, when)))
        self.runs[run.key] = settled(changed, self.facts.world.calendar)

    def replan(self, clock: Clock) -> None:
        """Plan open runs anew whose anchor or date the data now says differently."""
        for run in self.open_runs(clock):
            facts = self._facts_of(clock, self._item(clock, run.item))
            self.runs[run.key] = anchored_anew(clock.variant_of(run.rule), run, facts)

    def _items(self, clock: Clock) -> Iterator[tuple[int, dict[str, Any] | None]]:
        if clock.definition.each is None:
            yield 0, None
            return
        items: Any = self.facts.fields.get(clock.definition.each, ())
        yield from enumerate(items, 1)

    def _item(self, clock: Clock, place: int) -> dict[str, Any] | None:
        items: Any = self.facts.fields.get(clock.definition.each or "", [])
        return items[place - 1] if 0 < place <= len(items) else None

    def _facts_of(self, clock: Clock, item: dict[str, Any] | None) -> Facts:
        if clock.definition.each is None or item is None:
            return self.facts
        return self.facts.with_item(item, self.facts.workflow.fields[clock.definition.each])

    def _begin(self, clock: Clock, place: int, item: dict[str, Any] | None, seq: int) -> Run | None:
        run = plan_run(clock, self._facts_of(clock, item), item=place, seq=seq)
        # An item that is done before its clock starts owes nothing.
        if run is None or (clock.definition.each and self._is_met(clock, run)):
            return None
        return run


def _is_resting(run: Run) -> bool:
    """Tell whether the case stands where this run rests, whether or not that counts."""
    for what, _when in reversed(run.changes):
        if what in {"pause", "resume"}:
            return what == "pause"
    return False
