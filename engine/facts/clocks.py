"""Computes the facts of clocks that guards may read: running, paused, elapsed, overdue, met."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime
from functools import lru_cache
from zoneinfo import ZoneInfo

from engine.case.values import Run
from engine.time.times import end_of, parse_moment


def limit_of(run: Run, zone: ZoneInfo) -> datetime:
    """Return the first moment at which a run's time is over.

    24:00 of the due day; for minutes and hours the due moment itself.

    Source:
        language.md 4: ``overdue ⇔ now ≥ 24:00 of due``.
    """
    return _end(run.due, zone)


def rest_ends(run: Run, zone: ZoneInfo) -> datetime | None:
    """Return from when a paused run goes on by its cap; None where it rests without one."""
    return _end(run.until, zone) if run.until is not None else None


@lru_cache(maxsize=4096)
def _end(text: str, zone: ZoneInfo) -> datetime:
    return parse_moment(text) if "T" in text else end_of(date.fromisoformat(text), zone)


def current(run: Run, zone: ZoneInfo, *, at: datetime) -> Run:
    """Return a run as it stands at ``at``: one whose pause has reached its cap goes on.

    Source:
        language.md 4: at a cap the clock runs on, the state stays.
    """
    ends = rest_ends(run, zone)
    if not run.paused or ends is None or run.later is None or at < ends:
        return run
    return replace(run, paused=False, until=None, due=run.later, later=None)


def is_over(run: Run, zone: ZoneInfo, *, at: datetime) -> bool:
    """Tell whether a run's time was over at ``at``, or when it ended if that was earlier.

    A paused run is not over, whatever its due day says.
    """
    when = min(at, parse_moment(run.ended_at)) if run.ended_at else at
    run = current(run, zone, at=when)
    return not run.paused and when >= limit_of(run, zone)


def latest_runs(runs: Iterable[Run], clock: str) -> list[Run]:
    """Return the newest run of each item of a clock, in order of items."""
    newest: dict[int, Run] = {}
    for run in runs:
        if run.clock == clock:
            newest[run.item] = run
    return [newest[item] for item in sorted(newest)]


def clock_facts(
    runs: Iterable[Run], clock: str, *, now: datetime, zone: ZoneInfo
) -> dict[str, bool]:
    """Return the facts of one clock.

    With one run an item, ``running``, ``paused`` and ``overdue`` mean any, ``elapsed`` and
    ``met`` all. A paused run is running too: it has not ended. All are false where the clock
    never ran.
    """
    newest = latest_runs(runs, clock)
    open_runs = [run for run in newest if run.ended is None]
    return {
        "running": bool(open_runs),
        "paused": any(current(run, zone, at=now).paused for run in open_runs),
        "elapsed": bool(newest) and all(is_over(run, zone, at=now) for run in newest),
        "overdue": any(run.kind != "at_least" and is_over(run, zone, at=now) for run in open_runs),
        "met": bool(newest) and all(run.ended in {"met", "met_late"} for run in newest),
    }
