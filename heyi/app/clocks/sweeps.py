"""Sweeps: claims owed rungs, decides and stores them, also while others sweep.

Claiming and keeping are short transactions; deciding needs none. What a sweeper that died had
claimed is free again when its lease is over; what two have decided is kept once, for a case that
moved meanwhile, or of which the lease is lost, is left to the next sweep.
"""

import uuid
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from typing import Any

from engine.case.errors import MoveRefused, StorageError
from engine.case.values import CLOCK, Actor, Alert, Case, Move, Office, Step, World, day_of
from engine.clocks.ring import Act, Rung, ring
from engine.clocks.scheduling import schedule
from engine.compiling.plan import Workflow
from heyi.app.cases.casework import Casework
from heyi.app.clocks.sweepreads import SweepReads
from storage.cases.rungs import Prepared
from storage.kernel.records import Claim
from storage.work import Work

LEASE = timedelta(minutes=2)
"""How long a claim holds: many times what a batch takes."""
BATCH = 500
"""How many runs one sweep claims."""
KEPT_AT_ONCE = 100
"""How many cases are kept in one transaction: others must not wait for the writer."""


@dataclass(slots=True)
class SweepReport:
    """The result of a sweep.

    Attributes:
        claimed: runs whose next rung was owed.
        rungs: rungs that rang.
        alerts: alerts owed, one a person.
        fired: moves the clock made.
        proposed: moves the clock proposed.
        refused: acts that the rules refused; the assignee is told.
        cases: cases with an event.
        left: cases left to the next sweep, for they moved meanwhile.
        max_late: the longest that a rung had waited, in seconds.
        shown: with a dry run, what would ring.
    """

    claimed: int = 0
    rungs: int = 0
    alerts: int = 0
    fired: int = 0
    proposed: int = 0
    refused: int = 0
    cases: int = 0
    left: int = 0
    max_late: int = 0
    shown: list[Step] = field(default_factory=list)

    def count(self, step: Step) -> None:
        """Count the rungs and alerts of one kept step."""
        self.cases += 1
        rungs = step.event.public["rungs"]
        self.rungs += len(rungs) if isinstance(rungs, list) else 0
        alerts = (effect for effect in step.effects if isinstance(effect, Alert))
        self.alerts += sum(max(len(alert.persons), 1) for alert in alerts)


class Sweeps:
    """Rings the rungs that are owed."""

    def __init__(
        self, cases: Casework, *, new_lease: Callable[[], str] = lambda: uuid.uuid4().hex
    ) -> None:
        """Work through these use cases; ``new_lease`` makes the names of claims."""
        self.cases, self.store, self.zone = cases, cases.store, cases.zone
        self.new_lease = new_lease
        self._worlds: dict[tuple[str, int], World] = {}
        self._reads = SweepReads(cases.library)

    def sweep(self, now: datetime, *, limit: int = BATCH, dry_run: bool = False) -> SweepReport:
        """Ring the rungs of up to ``limit`` runs that are owed by ``now``.

        Args:
            now: the present moment, aware.
            limit: how many runs to claim; a full batch means there may be more.
            dry_run: claim and keep nothing; say what would ring.
        """
        report = SweepReport()
        lease = self.new_lease()
        if dry_run:
            with self.store.read() as work:
                claims = work.clocks.peek(now, limit=limit)
        else:
            with self.store.write() as work:
                claims = work.clocks.claim(now, limit=limit, lease=lease, until=now + LEASE)
        report.claimed = len(claims)
        if not claims:
            return report
        report.max_late = max(int((now - claim.next_at).total_seconds()) for claim in claims)
        self._decide(claims, lease, now, report, dry_run=dry_run)
        return report

    def all(self, now: datetime, *, limit: int = BATCH) -> SweepReport:
        """Sweep until nothing is owed by ``now``."""
        total = SweepReport()
        while True:
            one = self.sweep(now, limit=limit)
            for name in ("claimed", "rungs", "alerts", "fired", "proposed", "refused", "cases"):
                setattr(total, name, getattr(total, name) + getattr(one, name))
            total.left, total.max_late = one.left, max(total.max_late, one.max_late)
            if one.claimed < limit or not (one.cases or one.claimed > one.left):
                return total

    def _decide(
        self,
        claims: Iterable[Claim],
        lease: str,
        now: datetime,
        report: SweepReport,
        *,
        dry_run: bool,
    ) -> None:
        ids = iter(dict.fromkeys(claim.case for claim in claims))
        self._worlds.clear()
        # Part by part: between two times that it writes, a sweep decides, and others may write.
        while part := list(islice(ids, KEPT_AT_ONCE)):
            decided = self._decided(part, now, dry_run=dry_run)
            if dry_run:
                report.shown += decided.steps
                for step in decided.steps:
                    report.count(step)
                continue
            self._keep(decided, lease, report)
            for case_id in decided.acting:
                self._act(case_id, now, decided.office, report)
            self._reindex(decided.idle)
        if report.left:
            with self.store.write() as work:
                work.clocks.release(lease)

    def _decided(self, ids: Iterable[str], now: datetime, *, dry_run: bool) -> "_Decided":
        """Decide cases, and make the rows of what is to be kept."""
        steps: list[Step] = []
        acting: list[str] = []
        idle: list[str] = []
        with self.store.read() as work:
            office = work.people.office(day_of(now, self.zone))
            for case in self._reads.load(work, ids):
                rung = self._ring(work, case, now, office)
                if rung is None:
                    idle.append(case.id)
                elif rung.acts and not dry_run:
                    acting.append(case.id)
                else:
                    steps.append(rung.step)
            prepared = work.cases.prepare([] if dry_run else steps)
        return _Decided(steps=steps, prepared=prepared, acting=acting, idle=idle, office=office)

    def _ring(
        self,
        work: Work,
        case: Case,
        now: datetime,
        office: Office,
        refused: Mapping[str, str] | None = None,
    ) -> Rung | None:
        workflow = self.cases.library.get(work, case.workflow, case.version)
        world = self._world(work, workflow, case, now)
        return ring(workflow, case, now=now, world=world, office=office, refused=refused)

    def _world(self, work: Work, workflow: Workflow, case: Case, now: datetime) -> World:
        """Return the world of a case; one for all cases whose receivers read only fields."""
        build = self.cases.worlds.build
        if self._reads.of(workflow).facts:
            return build(work, workflow, unit=case.unit, now=now, case=case)
        key = (workflow.name, workflow.version)
        if key not in self._worlds:
            self._worlds[key] = build(work, workflow, unit=case.unit, now=now)
        return self._worlds[key]

    def _keep(self, decided: "_Decided", lease: str, report: SweepReport) -> None:
        if not decided.steps:
            return
        with self.store.write() as work:
            left = set(work.cases.keep(decided.prepared, lease=lease))
        report.left += len(left)
        for step in decided.steps:
            if step.after.id not in left:
                report.count(step)

    def _act(self, case_id: str, now: datetime, office: Office, report: SweepReport) -> None:
        """Ring the rungs of a case that have the clock act: all in one transaction.

        An act that is refused is noted with its code, and the rungs ring without it.
        """
        refused: dict[str, str] = {}
        while True:
            try:
                done = self._take(case_id, now, office, refused)
            except _ActRefused as error:
                refused[error.cause] = error.code
                continue
            except StorageError:
                report.left += 1
                return
            if done is not None:
                report.count(done.step)
                report.refused += len(refused)
                report.fired += sum(act.kind == "fire" for act in done.acts)
                report.proposed += sum(act.kind == "propose" for act in done.acts)
            return

    def _take(
        self, case_id: str, now: datetime, office: Office, refused: Mapping[str, str]
    ) -> Rung | None:
        with self.store.write() as work:
            case = work.cases.load(case_id)
            rung = self._ring(work, case, now, office, refused)
            if rung is None:
                return None
            workflow = self.cases.library.get(work, case.workflow, case.version)
            work.cases.save(rung.step, vaults=workflow.vaults, zone=self.zone)
            case = rung.step.after
            for act in rung.acts:
                try:
                    case = self._move(work, case, act, now)
                except MoveRefused as error:
                    raise _ActRefused(act.cause, error.reasons[0].code) from error
            return rung

    def _move(self, work: Work, case: Case, act: Act, now: datetime) -> Case:
        move = Move(
            actor=Actor(id=CLOCK, kind="clock"), kind=act.kind, trigger=act.trigger,
            via=f"{CLOCK}:{act.cause}",
        )  # fmt: skip
        self.cases.steps.take(work, case, move, now=now, depth=0)
        return work.cases.load(case.id)

    def _reindex(self, ids: Sequence[str]) -> None:
        """Write the index anew of cases that owe nothing after all."""
        if not ids:
            return
        with self.store.write() as work:
            for case_id in ids:
                case = work.cases.load(case_id)
                workflow = self.cases.library.get(work, case.workflow, case.version)
                calendar = self.cases.library.calendar(workflow.definition.calendar, work)
                times = schedule(workflow, (), case.runs, calendar=calendar, zone=self.zone)
                work.clocks.index(case.id, times)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Decided:
    """What became of some cases: with a step, with acts to be done, or owing nothing."""

    steps: list[Step]
    prepared: Prepared
    acting: list[str]
    idle: list[str]
    office: Office


class _ActRefused(Exception):
    def __init__(self, cause: str, code: str) -> None:
        super().__init__(cause)
        self.cause, self.code = cause, code


def rungs_of(step: Step) -> list[Mapping[str, Any]]:
    """Return the rungs that a step rang, as its event recorded them."""
    found: list[Mapping[str, Any]] = step.event.public["rungs"]  # type: ignore[assignment]
    return found
