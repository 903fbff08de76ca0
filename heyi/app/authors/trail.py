"""Watches author tests as they are played: which states, moves, guard lines, table rules they met.

The engine is not changed for it: what a move would read is asked once more, on the same case,
before the move is made. Moves of linked cases are watched too.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from engine.case.values import Case, Data, Event, Move, Run, Step
from engine.compiling.plan import Branch, Clock, Workflow
from engine.facts.facts import Facts
from engine.facts.given import read_data, ways_of
from engine.facts.needs import names_read
from engine.facts.origins import rests_on
from engine.step.choose import Chooser
from engine.step.take import resolve
from heyi.app.authors.coverage import Key, branch_key, line_key, listed, move_key, rung_key
from heyi.app.authors.scenarios import StepResult
from heyi.app.cases.steps import Steps
from storage.kernel.records import Once
from storage.work import Work


class Trail:
    """What was met so far, by workflow."""

    def __init__(self) -> None:
        self.met: dict[str, set[Key]] = {}

    def of(self, workflow: str) -> set[Key]:
        """Return what was met of one workflow."""
        return self.met.setdefault(workflow, set())

    def judged(self, workflow: Workflow, branches: Sequence[Branch], after: Facts) -> None:
        """Note each guard line that is known to hold or to fail, up to the branch that grants.

        Args:
            workflow: the rules.
            branches: those the actor may use, in order.
            after: the facts with the move's data.
        """
        met, seen = self.of(workflow.name), []
        for branch in branches:
            seen.append(branch)
            answers = [after.ask(line.ask) for line in branch.guard]
            for place, answer in enumerate(answers):
                if answer.known:
                    met.add(line_key(workflow, branch, place, held=answer.holds))
            if all(answer.holds for answer in answers):
                break
        self.decided(workflow, names_read(workflow, seen), after)

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
        """Note the rungs that a case's history tells of."""
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
    """Takes steps as ever, and leaves a trail."""

    def __init__(self, steps: Steps, trail: Trail) -> None:
        """Do what ``steps`` does; note it in ``trail``."""
        super().__init__(steps.library, steps.worlds, zone=steps.zone, new_id=steps.new_id)
        self.trail = trail

    def take(
        self,
        work: Work,
        case: Case,
        move: Move,
        *,
        now: datetime,
        depth: int,
        once: Once | None = None,
    ) -> Step:
        """Make a move, having noted what its guards say."""
        workflow = self.library.get(work, case.workflow, case.version)
        branches = resolve(workflow, case.state, move.trigger)[1]
        if move.kind == "fire" and branches:
            self._fired(work, workflow, case, move, branches, now)
        elif move.kind == "sign" and branches:
            self._signed(work, workflow, case, branches, now)
        step = super().take(work, case, move, now=now, depth=depth, once=once)
        facts = self._facts(work, workflow, step.after, move.actor.id, now)
        self.trail.taken(workflow, step, facts)
        return step

    def open(
        self, work: Work, workflow: Workflow, unit: str, move: Move, *, now: datetime, depth: int
    ) -> Step:
        """Open a case, having noted what its guards say."""
        blank = Case(
            id="", workflow=workflow.name, version=workflow.version, unit=unit, state="",
            opened_by=move.actor.id,
        )  # fmt: skip
        openings = [b for b in workflow.openings if move.trigger in {"", b.trigger}]
        if openings:
            self._fired(work, workflow, blank, move, openings, now)
        step = super().open(work, workflow, unit, move, now=now, depth=depth)
        facts = self._facts(work, workflow, step.after, move.actor.id, now)
        self.trail.taken(workflow, step, facts)
        return step

    def _fired(
        self,
        work: Work,
        workflow: Workflow,
        case: Case,
        move: Move,
        branches: Sequence[Branch],
        now: datetime,
    ) -> None:
        when = move.occurred_at or now
        facts = self._facts(
            work, workflow, case, move.actor.id, when, data=move.data, branches=branches
        )
        chooser = Chooser(workflow, branches, facts, move.actor, on_behalf_of=move.on_behalf_of)
        self._judge(chooser.allowed, move.data, facts)

    def _signed(
        self, work: Work, workflow: Workflow, case: Case, branches: Sequence[Branch], now: datetime
    ) -> None:
        """Note what the guard of a proposal says: it is judged again when all have signed."""
        for proposal in case.proposals:
            if proposal.trigger == branches[0].trigger:
                facts = self._facts(
                    work, workflow, case, proposal.by, now, data=proposal.data, branches=branches
                )
                self._judge([branches[proposal.branch]], proposal.data, facts)

    def _judge(self, branches: Sequence[Branch], data: Data, facts: Facts) -> None:
        given = read_data(data, ways_of(branches), facts)
        after = Facts(
            facts.workflow, facts.case, facts.world,
            now=facts.now, fields=given.fields, before=facts, actor=facts.actor,
        )  # fmt: skip
        self.trail.judged(facts.workflow, branches, after)

    def _facts(
        self,
        work: Work,
        workflow: Workflow,
        case: Case,
        actor: str,
        when: datetime,
        **more: Any,
    ) -> Facts:
        # No trigger and no opening: a number that is drawn here would be missing later.
        world = self.worlds.build(
            work, workflow, unit=case.unit, now=when, case=case if case.id else None, **more
        )
        return Facts(workflow, case, world, now=when, actor=actor)
