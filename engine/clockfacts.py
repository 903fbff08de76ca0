"""What guards may know of clocks: running, paused, elapsed, overdue, met."""

from collections.abc import Iterable
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.times import end_of, parse_moment
from engine.values import Run


def limit_of(run: Run, zone: ZoneInfo) -> datetime:
    """Return the first moment at which a run's time is over.

    24:00 of the due day; for minutes and hours the due moment itself.

    Source:
        language.md 4: ``overdue ⇔ now ≥ 24:00 of due``.
    """
    if run.unit in {"minutes", "hours"}:
        return parse_moment(run.due)
    return end_of(date.fromisoformat(run.due), zone)


def is_over(run: Run, zone: ZoneInfo, *, at: datetime) -> bool:
    """Tell whether a run's time was over at ``at``, or when it ended if that was earlier."""
    ended = parse_moment(run.ended_at) if run.ended_at else at
    return min(at, ended) >= limit_of(run, zone)


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

    With one run an item, ``running`` and ``overdue`` mean any, ``elapsed`` and ``met`` all.
    All are false where the clock never ran.
    """
    newest = latest_runs(runs, clock)
    open_runs = [run for run in newest if run.ended is None]
    return {
        "running": bool(open_runs),
        "paused": False,
        "elapsed": bool(newest) and all(is_over(run, zone, at=now) for run in newest),
        "overdue": any(run.kind != "at_least" and is_over(run, zone, at=now) for run in open_runs),
        "met": bool(newest) and all(run.ended in {"met", "met_late"} for run in newest),
    }
