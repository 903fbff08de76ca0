"""Computes when the next rung of each open run is owed: what storage indexes."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.case.values import Run, Scheduled
from engine.clocks.rungs import due_rungs
from engine.compiling.plan import Workflow
from engine.facts.clocks import current, limit_of, rest_ends
from engine.time.calendars import Calendar


def schedule(
    workflow: Workflow,
    before: Iterable[Run],
    after: Iterable[Run],
    *,
    calendar: Calendar,
    zone: ZoneInfo,
) -> tuple[Scheduled, ...]:
    """Return one entry for each run that is new, changed, ended or gone between two moments.

    A run is gone where the move that started it was taken back.

    Args:
        workflow: for the ladders.
        before: the runs as they were; none of them for the whole schedule.
        after: the runs as they are.
        calendar: whose working days count.
        zone: the office's zone.
    """
    old, new = {run.key: run for run in before}, {run.key: run for run in after}
    changed = (run for key, run in new.items() if old.get(key) != run)
    gone = (
        Scheduled(clock=run.clock, item=run.item, seq=run.seq, open=False)
        for key, run in old.items()
        if key not in new
    )
    return (*_entries(workflow, changed, calendar, zone), *gone)


def _entries(
    workflow: Workflow, runs: Iterable[Run], calendar: Calendar, zone: ZoneInfo
) -> Iterator[Scheduled]:
    for run in runs:
        if run.ended is not None:
            yield Scheduled(clock=run.clock, item=run.item, seq=run.seq, open=False)
            continue
        ladder = workflow.clocks[run.clock].variant_of(run.rule).ladder
        rungs = due_rungs(run, ladder.rungs, calendar, zone) if ladder.rungs else []
        yield scheduled(run, rungs[0].at if rungs else None, zone)


def scheduled(run: Run, next_at: datetime | None, zone: ZoneInfo) -> Scheduled:
    """Return the entry of an open run whose next rung is owed at ``next_at``."""
    ends = rest_ends(run, zone)
    due_at = None
    if not run.paused or ends is not None:
        due_at = limit_of(run if ends is None else current(run, zone, at=ends), zone)
    return Scheduled(
        clock=run.clock, item=run.item, seq=run.seq, open=True, due_at=due_at, next_at=next_at
    )
