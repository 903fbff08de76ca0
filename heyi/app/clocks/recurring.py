"""Opens the cases of the calendar (``recurs``): once a unit and day, however often it is asked."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from engine.case.errors import DefinitionError, MoveRefused
from engine.case.values import Actor, Move
from engine.case.world import CLOCK
from engine.compiling.plan import Workflow
from engine.time.recurrence import newest
from heyi.app.cases.casework import Casework
from storage.kernel.errors import IdempotencyMismatch, IdempotencyTaken
from storage.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Owed:
    """One case that the calendar owes one unit.

    Attributes:
        workflow: its name.
        recur: the entry's name under ``recurs``.
        unit: where it is to be opened.
        day: the occurrence, a day of the office.
    """

    workflow: str
    recur: str
    unit: str
    day: date

    @property
    def key(self) -> str:
        """The idempotency key, which keeps the case from being opened twice."""
        return f"recur:{self.workflow}:{self.recur}:{self.unit}:{self.day}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Opened:
    """The result of opening several owed cases.

    Attributes:
        cases: ids of those opened just now, perhaps by another who was as quick.
        known: how many were there already.
        refused: codes of reasons with how often they were given.
        refusals: how many were refused; nothing was kept of these.
    """

    cases: tuple[str, ...] = ()
    known: int = 0
    refused: Counter[str] = field(default_factory=Counter)
    refusals: int = 0


class Recurring:
    """Opens recurring cases."""

    def __init__(self, cases: Casework) -> None:
        """Open through these use cases: the same steps as a person's opening."""
        self.cases = cases

    def owed(self, now: datetime) -> list[Owed]:
        """Return what the calendar owes, opened or not, sorted by key.

        For each entry only the newest occurrence is owed: after a stop nobody wants last
        month's round as well. An occurrence before the version was published is not owed.
        """
        found = []
        with self.cases.store.read() as work:
            units = work.units.all().values()
            for name in sorted({name for name, _version in work.workflows.list()}):
                for recur, day in self._days(work, name, now):
                    each = self._workflow(work, name).definition.recurs[recur].each
                    found += [
                        Owed(workflow=name, recur=recur, unit=unit.id, day=day)
                        for unit in units
                        if unit.level == each
                    ]
        return sorted(found, key=lambda one: one.key)

    def _days(self, work: Work, name: str, now: datetime) -> list[tuple[str, date]]:
        """Return the newest occurrence of each entry of a workflow's newest version."""
        published = work.workflows.load(name)
        try:
            workflow = self._workflow(work, name)
        except DefinitionError:
            # It compiled under an older heyi: the doctor says so, and the others go on.
            return []
        library = self.cases.library
        found = []
        for recur, rule in workflow.definition.recurs.items():
            day = newest(
                rule.on, rule.at, since=published.published_at, now=now,
                calendar=library.calendar(workflow.definition.calendar, work), zone=self.cases.zone,
            )  # fmt: skip
            if day is not None:
                found.append((recur, day))
        return found

    def _workflow(self, work: Work, name: str) -> Workflow:
        return self.cases.library.get(work, name)

    def open(self, owed: Sequence[Owed], *, now: datetime) -> Opened:
        """Open the cases that are not open yet, each in a transaction of its own.

        Raises:
            StorageError: the database is busy or away; asking again goes on where this ended.
        """
        cases: list[str] = []
        refused: Counter[str] = Counter()
        refusals = 0
        fresh = self._fresh(owed)
        known = len(owed) - len(fresh)
        for one in fresh:
            try:
                case = self._open(one, now)
            except MoveRefused as error:
                refused.update(reason.code for reason in error.reasons)
                refusals += 1
                continue
            except IdempotencyTaken:
                case = None
            if case is None:
                known += 1
            else:
                cases.append(case)
        return Opened(cases=tuple(cases), known=known, refused=refused, refusals=refusals)

    def _fresh(self, owed: Sequence[Owed]) -> list[Owed]:
        """Return those without a case: most rounds need no write at all."""
        with self.cases.store.read() as work:
            return [one for one in owed if not self._granted(work, one)]

    def _granted(self, work: Work, owed: Owed) -> bool:
        move = self._move(work, owed)
        once = self.cases.steps.once(move, f"{owed.workflow}:{owed.unit}")
        try:
            return once is not None and work.requests.granted(once) is not None
        except IdempotencyMismatch:
            # Opened this day under a version with other data: still once.
            return True

    def _move(self, work: Work, owed: Owed) -> Move:
        rule = self._workflow(work, owed.workflow).definition.recurs[owed.recur]
        return Move(
            actor=Actor(id=CLOCK, kind="clock"), data=dict(rule.with_), key=owed.key,
            via=f"recurs:{owed.recur}@{owed.day}",
        )  # fmt: skip

    def _open(self, owed: Owed, now: datetime) -> str | None:
        """Open one; None where it is open already."""
        with self.cases.store.write() as work:
            if self._granted(work, owed):
                return None
            workflow, move = self._workflow(work, owed.workflow), self._move(work, owed)
            return self.cases.steps.open(work, workflow, owed.unit, move, now=now, depth=0).after.id
