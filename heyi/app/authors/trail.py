"""Records what author tests reach as they are played: states, moves, guard lines, table rules.

It listens to the engine's own chooser: what counts as met is what a guard said when a move was
judged. Moves of linked cases are watched too.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from engine.case.errors import Reason
from engine.case.values import Case, Event, Move, Run, Step
from engine.compiling.plan import Branch, Clock, Workflow
from engine.facts.facts import Facts
from engine.facts.needs import names_read
from engine.facts.origins import rests_on
from engine.language.cel import Answer
from heyi.app.authors.coverage import Key, branch_key, line_key, listed, move_key, rung_key
from heyi.app.authors.scenarios import StepResult
from heyi.app.cases.steps import Steps
from storage.kernel.records import Once
from storage.work import Work


class Trail:
    """What was reached so far, by workflow."""

    def __init__(self) -> None:
        self.met: dict[str, set[Key]] = {}

    def of(self, workflow: str) -> set[Key]:
        """Return what was reached of one workflow."""
        return self.met.setdefault(workflow, set())

    def judged(self, branch: Branch, answers: Sequence[Answer], after: Facts) -> None:
        """Note each guard line that is known to hold or to fail, and the table rules behind it.

        Args:
            branch: one that the actor may use.
            answers: what its lines said, in order.
            after: the facts with the move's data.
        """
        workflow = after.workflow
        met = self.of(workflow.name)
        for place, answer in enumerate(answers):
            if answer.known:
                met.add(line_key(workflow, branch, place, held=answer.holds))
        self.decided(workflow, names_read(workflow, [branch]), after)

    def decided(self, workflow: Workflow, names: Iterable[str], facts: Facts) -> None:
        """Note the rules that hit in the tables behind these names."""
        met = self.of(workflow.name)
        heads = {name.partition(".")[0] for name in rests_on(workflow, names)}
        for table in heads & workflow.tables.keys():
            met.update(("rule", table, hit) for hit in facts.decision(table).hits)

    def taken(self, workflow: Workflow, step: Step, facts: Facts) -> None:
        """Note a granted step: where the case stands now, the branch taken, the clocks started."""
        met, told = self.of(workflow.name), step.event.public
        met.add(("state", step.after.state))
        old = {run.key for run in step.before.runs} if step.before else set()
        started = {run.clock for run in step.after.runs if run.key not in old}
        for clock in started:
            self.decided(workflow, _length_names(workflow.clocks[clock]), facts)
        if "to" not in told or "branch" not in told:
            return
        trigger, source, place = str(told["trigger"]), str(told.get("from") or ""), told["branch"]
        for branches in listed(workflow):
            for branch in branches:
                if (branch.state, branch.trigger, branch.place) == (source, trigger, place):
                    met.add(move_key(workflow, branch))
                    met.add(branch_key(workflow, branch))

    def rang(self, workflow: Workflow, events: Iterable[Event], runs: Iterable[Run]) -> None:
        """Note the rungs that a case's history shows."""
        rules = {(run.clock, run.item, run.seq): run.rule for run in runs}
        for event in events:
            told: Any = event.public.get("rungs", ())
            for rung in told:
                clock = workflow.clocks[rung["clock"]]
                rule = rules[rung["clock"], rung.get("item", 0), rung["run"]]
                self.of(workflow.name).add(rung_key(clock, clock.variant_of(rule), rung["rung"]))

    def expected(self, result: StepResult) -> None:
        """Note the table rules behind the facts that a step names in its ``expect``."""
        if result.seen is not None:
            names = result.step.expect.get("facts", {})
            self.decided(result.seen.workflow, names, result.seen.facts)


def _length_names(clock: Clock) -> set[str]:
    return {name for case in clock.variants if case.length for name in case.length.names}


class WatchedSteps(Steps):
    """Takes steps as usual, and records them in a trail."""

    def __init__(self, steps: Steps, trail: Trail) -> None:
        """Do what ``steps`` does; note it in ``trail``."""
        super().__init__(steps.library, steps.worlds, zone=steps.zone, new_id=steps.new_id)
        self.trail = self.recorder = trail

    def take(
        self,
        work: Work,
        case: Case,
        move: Move,
        *,
        now: datetime,
        depth: int,
        once: Once | None = None,
        outside: Sequence[Reason] = (),
    ) -> Step:
        """Make a move, and note what it did."""
        step = super().take(work, case, move, now=now, depth=depth, once=once, outside=outside)
        self._taken(work, self.library.get(work, case.workflow, case.version), step, move, now)
        return step

    def open(
        self, work: Work, workflow: Workflow, unit: str, move: Move, *, now: datetime, depth: int
    ) -> Step:
        """Open a case, and note what that did."""
        step = super().open(work, workflow, unit, move, now=now, depth=depth)
        self._taken(work, workflow, step, move, now)
        return step

    def _taken(self, work: Work, workflow: Workflow, step: Step, move: Move, now: datetime) -> None:
        # No trigger and no opening: a number that is drawn here would be missing later.
        case = step.after
        world = self.worlds.build(work, workflow, unit=case.unit, now=now, case=case)
        facts = Facts(workflow, case, world, now=now, actor=move.actor.id)
        self.trail.taken(workflow, step, facts)
