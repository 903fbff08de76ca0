"""Re-plans open clocks after a calendar has changed: case by case, in small transactions.

Whoever dies in the middle leaves a state that is right as far as it goes: the next round finds
what is left, and what was planned already moves no more.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime

from engine.case.values import Case, Step, World
from engine.clocks.replan import replan
from engine.compiling.calendars import Edition
from engine.time.calendars import Calendar
from heyi.app.cases.casework import Casework
from heyi.app.cursors import cursor_of, cursor_text
from storage.kernel.errors import SealBroken
from storage.kernel.records import RunQuery
from storage.work import Work

PAGE = 200
"""How many open runs are planned in one transaction."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Moved:
    """One open run of a clock that the calendar moved.

    Attributes:
        case: its id.
        number: its number, None where none is drawn yet.
        clock: the clock's name.
        item: place of the item, 0 for the case's own.
        run: which run of the clock.
        old: the due day (or moment) before.
        new: the due day from now on; the same as before where only ``provisional`` changed.
        provisional: it may still move with the calendar.
    """

    case: str
    number: str | None
    clock: str
    item: int
    run: int
    old: str
    new: str
    provisional: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Replanned:
    """The result of re-planning one page, or all of them.

    Attributes:
        cases: how many were looked at.
        planned: how many have, or would have, a new event.
        moved: their runs, in the order of the cases.
        left: ids of cases that others moved meanwhile; the next round takes them.
        after: where the next page begins, as text; None after the last.
    """

    cases: int = 0
    planned: int = 0
    moved: tuple[Moved, ...] = ()
    left: tuple[str, ...] = ()
    after: str | None = None

    @property
    def due_days(self) -> tuple[Moved, ...]:
        """The runs whose due day is another."""
        return tuple(one for one in self.moved if one.old != one.new)


@dataclass(slots=True)
class Replanner:
    """Plans under the calendars in force, or under others to see what they would do.

    Attributes:
        cases: the use cases.
        now: the present moment, aware; the events carry it.
        instead: editions to plan with in place of those in force; then nothing is written.
    """

    cases: Casework
    now: datetime
    instead: Mapping[str, Edition] = field(default_factory=dict)
    _calendars: dict[str, Calendar] = field(default_factory=dict)
    _seen: set[str] = field(default_factory=set)

    def page(self, after: str = "", *, limit: int = PAGE) -> Replanned:
        """Plan the cases of one page of open runs, the first due first.

        A case with runs on several pages is looked at on the first.

        Args:
            after: ``Replanned.after`` of the page before; "" for the first.
            limit: how many runs, 1 or more.
        """
        with self.cases.store.read() as work:
            seen = work.clocks.listed(RunQuery(limit=limit, after=cursor_of(after)))
            new = [
                case for case in dict.fromkeys(one.case for one in seen) if case not in self._seen
            ]
            found = _readable(work, new)
            steps = [step for case in found.values() if (step := self._step(work, case))]
        self._seen.update(new)
        left: tuple[str, ...] = ()
        if steps and not self.instead:
            with self.cases.store.write() as work:
                left = tuple(work.cases.save_all(steps))
        kept = [step for step in steps if step.after.id not in left]
        return Replanned(
            cases=len(found),
            planned=len(kept),
            moved=tuple(one for step in kept for one in moved_by(step)),
            left=left,
            after=cursor_text(seen[-1].cursor) if len(seen) == limit else None,
        )

    def all(self, *, limit: int = PAGE, stop: Callable[[], bool] = lambda: False) -> Replanned:
        """Plan every page; ``stop``, asked between them, ends early."""
        done = page = self.page(limit=limit)
        while page.after is not None and not stop():
            page = self.page(page.after, limit=limit)
            done = Replanned(
                cases=done.cases + page.cases,
                planned=done.planned + page.planned,
                moved=done.moved + page.moved,
                left=done.left + page.left,
                after=page.after,
            )
        return done

    def _step(self, work: Work, case: Case) -> Step | None:
        workflow = self.cases.library.get(work, case.workflow, case.version)
        name = workflow.definition.calendar
        if name not in self._calendars:
            self._calendars[name] = self.cases.library.calendar_with(name, work, self.instead)
        world = World(calendar=self._calendars[name], zone=self.cases.zone)
        return replan(workflow, case, now=self.now, world=world)


def replan_open(cases: Casework, now: datetime, *, limit: int = PAGE) -> Replanned:
    """Plan every open clock under the calendars in force; doing it again moves nothing more."""
    return Replanner(cases, now).all(limit=limit)


def moved_by(step: Step) -> Iterable[Moved]:
    """Return what a re-planning step moved."""
    before = {run.key: run for run in step.before.runs} if step.before else {}
    for run in step.after.runs:
        old = before.get(run.key)
        if old is not None and old != run:
            yield Moved(
                case=step.after.id,
                number=step.after.number,
                clock=run.clock,
                item=run.item,
                run=run.seq,
                old=old.due,
                new=run.due,
                provisional=run.provisional,
            )


def _readable(work: Work, ids: Sequence[str]) -> dict[str, Case]:
    """Return cases by id; one whose seal is broken stands as it is and holds up no other."""
    try:
        return work.cases.load_many(ids)
    except SealBroken:
        found: dict[str, Case] = {}
        for one in ids:
            with suppress(SealBroken):
                found |= work.cases.load_many([one])
        return found
