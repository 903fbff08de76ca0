"""Lists open clocks, the first due first: found by the index, shown from the cases."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from engine.case.values import Case, Lang, Run
from engine.clocks.rungs import due_rungs
from engine.compiling.plan import Clock, Workflow
from engine.facts.clocks import current, is_over
from engine.telling.sentences.ladders import rung_words
from engine.telling.sentences.tongue import Tongue
from engine.time.times import end_of, moment_text
from heyi.app.cases.casework import Casework
from heyi.app.cases.clockwords import when
from heyi.app.cases.knowing import ways_of
from heyi.app.clocks.models import NextRung, OpenClock
from heyi.app.cursors import cursor_of, cursor_text
from heyi.app.reader import Reader
from heyi.app.view import Page
from storage.kernel.records import OpenRun, RunQuery
from storage.work import Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """Which open clocks a list wants.

    Attributes:
        units: unit ids; empty: all.
        workflow: one workflow's name, or "".
        overdue: only those whose time is over; a minimum is never overdue.
        until: only those due on this day or earlier; None for all.
        after: where the page begins, as ``Page.next`` of the one before; None for the first.
        limit: at most so many, 1 or more.
    """

    units: tuple[str, ...] = ()
    workflow: str = ""
    overdue: bool = False
    until: date | None = None
    after: str | None = None
    limit: int = 50


def open_clocks(
    cases: Casework, wanted: Wanted, reader: Reader, *, now: datetime
) -> Page[OpenClock]:
    """Return open clocks, the first due first, those that rest without end last.

    Nothing of a case's fields is in it.

    Args:
        cases: the use cases.
        wanted: which clocks.
        reader: who asks; clocks of cases that they may not know are left out.
        now: the present moment.

    Raises:
        CursorWrong: ``wanted.after`` is no place in such a list.
    """
    found: list[OpenClock] = []
    last = ""
    with cases.store.read() as work:
        actor = reader.actor(work, cases.day(now))
        query = replace(_query(cases, wanted, now), ways=ways_of(actor))
        for page in _pages(work, query):
            passed = cases.narrowed(work, {one.case for one in page}, actor, now=now)
            known = work.cases.load_many(passed)
            for one in page:
                row = _Row(cases, work, one, known.get(one.case), now, reader.lang).view()
                if row is None or (wanted.overdue and not row.overdue):
                    continue
                if len(found) == wanted.limit:
                    return Page(items=tuple(found), next=last)
                found.append(row)
                last = cursor_text(one.cursor)
    return Page(items=tuple(found))


def _query(cases: Casework, wanted: Wanted, now: datetime) -> RunQuery:
    limits = [end_of(wanted.until, cases.zone)] if wanted.until else []
    if wanted.overdue:
        limits.append(now)
    return RunQuery(
        units=wanted.units, workflow=wanted.workflow or None,
        due_by=min(limits) if limits else None, limit=max(wanted.limit, 1) + 1,
        after=cursor_of(wanted.after or ""),
    )  # fmt: skip


def _pages(work: Work, query: RunQuery) -> Iterator[tuple[OpenRun, ...]]:
    while page := work.clocks.listed(query):
        yield page
        query = replace(query, after=page[-1].cursor)


class _Row:
    """One open clock."""

    def __init__(
        self,
        cases: Casework,
        work: Work,
        row: OpenRun,
        case: Case | None,
        now: datetime,
        lang: Lang,
    ) -> None:
        self.cases, self.work, self.row, self.case = cases, work, row, case
        self.now, self.tongue = now, Tongue(lang)

    def view(self) -> OpenClock | None:
        """Return it; None where the case no longer has this run open."""
        case, row = self.case, self.row
        key = (row.clock, row.item, row.seq)
        runs = [run for run in case.runs if run.key == key] if case else []
        if case is None or not runs or runs[0].ended is not None:
            return None
        workflow = self.cases.library.get(self.work, case.workflow, case.version)
        stored, zone = runs[0], self.cases.zone
        run = current(stored, zone, at=self.now)
        over = is_over(stored, zone, at=self.now)
        unit = self.work.units.all().get(case.unit)
        return OpenClock(
            case=case.id,
            number=case.number,
            workflow=case.workflow,
            unit=case.unit,
            unit_title=unit.title if unit else case.unit,
            clock=run.clock,
            label=workflow.label("clocks", run.clock, self.tongue.lang),
            item=run.item,
            run=run.seq,
            kind=run.kind,
            due=run.due,
            # A run that rests under a cap is due, at the latest, when the cap is over.
            due_text=when(run.later or run.due, zone),
            paused=run.paused,
            until=run.until,
            later=run.later,
            overdue=over and run.kind != "at_least",
            elapsed=over,
            provisional=run.provisional,
            next=self._next(stored, workflow.clocks[run.clock], workflow),
        )

    def _next(self, run: Run, clock: Clock, workflow: Workflow) -> NextRung | None:
        """Return the next rung; those that are owed and have not rung come first."""
        rungs = clock.variant_of(run.rule).ladder.rungs
        calendar = self.cases.library.calendar(workflow.definition.calendar, self.work)
        for one in due_rungs(run, rungs, calendar, self.cases.zone):
            at, moment = rungs[one.place].at, moment_text(one.at)
            return NextRung(
                at=at, says=rung_words(at, self.tongue), moment=moment,
                moment_text=when(moment, self.cases.zone), owed=one.at <= self.now,
            )  # fmt: skip
        return None
