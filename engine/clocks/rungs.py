"""Computes when the rungs of a ladder are due for one run (language.md 4 ``rungs``)."""

import re
from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol
from zoneinfo import ZoneInfo

from engine.case.values import Run, day_of
from engine.facts.clocks import rest_ends
from engine.language.words import UNIT
from engine.time.calendars import Calendar, weekdays_only
from engine.time.due import ENDS, planned, plus
from engine.time.times import (
    at_time,
    end_of,
    later,
    moment_text,
    on_the_wall,
    parse_moment,
    start_of,
)
from engine.time.units import EXACT, TimeUnit

_DAY_SECONDS = 86_400
_PERCENT = re.compile(r"(\d+)%")
_DAY = re.compile(r"day (\d+)")
_DUE = re.compile(rf"due(?: ([+-]) (\d+) {UNIT})?")


class Placed(Protocol):
    """Anything with a place on a ladder."""

    @property
    def at(self) -> str:
        """The place: ``start``, ``70%``, ``day 20``, ``due``, ``due - 1 working day``."""


@dataclass(frozen=True, slots=True)
class RungTime:
    """When a rung is due.

    Attributes:
        place: 0-based place in the ladder.
        at: the moment, aware, in UTC.
        key: place and moment: a rung rings once for each.
        guessed: it rests on days of its own that are not announced yet.
    """

    place: int
    at: datetime
    key: str
    guessed: bool = False


def rung_times(
    run: Run, rungs: Sequence[Placed], calendar: Calendar, zone: ZoneInfo
) -> list[RungTime]:
    """Return when each rung is due, in order of time; those that this run skips are left out.

    A run that is paused without a cap owes nothing; under a cap its rungs are those of the
    day that holds from then on, none earlier than the cap.

    Args:
        run: as stored.
        rungs: of its ladder, in order.
        calendar: whose working days count.
        zone: the office's zone, in which days begin and end.
    """
    if run.paused and run.later is None:
        return []
    resting = rest_ends(run, zone) if run.paused else None
    due = run.later if run.paused and run.later is not None else run.due
    found = []
    for place, rung in enumerate(rungs):
        at = _moment(rung.at, run, due, calendar, zone)
        if at is not None:
            # The key keeps the rung's own moment: what rings late, after a pause, rings once.
            key = f"{place}@{moment_text(at)}"
            found.append(
                RungTime(
                    place, at if resting is None else max(at, resting), key,
                    guessed=_is_guessed(rung.at, run, at, calendar, zone),
                )
            )  # fmt: skip
    return sorted(found, key=lambda one: (one.at, one.place))


def due_rungs(
    run: Run,
    rungs: Sequence[Placed],
    calendar: Calendar,
    zone: ZoneInfo,
    *,
    kept: dict[Hashable, list[RungTime]] | None = None,
) -> list[RungTime]:
    """Return the rungs that have not rung yet, in order of time.

    A rung whose act waits for the calendar (``?``) rings again once its day is certain.

    Args:
        run: as stored.
        rungs: of its ladder, in order.
        calendar: whose working days count.
        zone: the office's zone.
        kept: times by what they follow from, all of this ladder, calendar and zone: filled
            and read; in a storm many runs began on one day.
    """
    if kept is None:
        times = rung_times(run, rungs, calendar, zone)
    else:
        key = _origin(run, rungs)
        times = kept.get(key) or kept.setdefault(key, rung_times(run, rungs, calendar, zone))
    if not run.fired:
        return times
    fired = set(run.fired)
    return [
        one
        for one in times
        if one.key not in fired
        and not ((run.provisional or one.guessed) and f"{one.key}?" in fired)
    ]


def _origin(run: Run, rungs: Sequence[Placed]) -> Hashable:
    """Return all of a run that its rungs' times follow from."""
    started_at = run.started_at if any(rung.at == "start" for rung in rungs) else ""
    return (
        run.kind, run.anchor, run.n, run.unit, run.due, run.changes, run.each, run.all,
        run.paused, run.until, run.later, started_at,
    )  # fmt: skip


def _moment(word: str, run: Run, due: str, calendar: Calendar, zone: ZoneInfo) -> datetime | None:
    if word == "start":
        return parse_moment(run.started_at)
    found = _DUE.fullmatch(word)
    if run.unit in EXACT:
        return _of_moments(word, found, run, due, calendar, zone)
    anchor = date.fromisoformat(run.anchor)
    if run.kind == "due":
        # Counted from nothing: what lies before the day it started is as good as over.
        anchor = day_of(parse_moment(run.started_at), zone)
    if found is None:
        day = _inner_day(word, run, calendar)
        return None if day is None else start_of(day, zone)
    last = date.fromisoformat(due)
    sign, n, unit = found[1], int(found[2] or 0), TimeUnit.read(found[3] or "day")
    if unit in EXACT:
        length = unit.length(n)
        moment = later(end_of(last, zone), length if sign == "+" else -length)
        return moment if moment > start_of(anchor, zone) else None
    if sign != "-":
        return end_of(plus(last, n, unit, calendar) if n else last, zone)
    day = plus(last, -n, unit, calendar)
    return start_of(day, zone) if day > anchor else None


def _of_moments(
    word: str,
    found: "re.Match[str] | None",
    run: Run,
    due: str,
    calendar: Calendar,
    zone: ZoneInfo,
) -> datetime | None:
    """Return the moment of a rung of a run of minutes or hours.

    A day has 24 hours there. Working days and months lead from the due moment to the same time
    on the wall of another day.
    """
    last, anchor = parse_moment(due), parse_moment(run.anchor)
    if found is None:
        part, day = _PERCENT.fullmatch(word), _DAY.fullmatch(word)
        whole = int(run.unit.length(run.n).total_seconds())
        if part is not None:
            seconds = -(-int(part[1]) * whole // 100)
        else:
            seconds = int(day[1]) * _DAY_SECONDS if day is not None else 0
        return parse_moment(_before(run, seconds, TimeUnit.SECONDS, None))
    unit = TimeUnit.read(found[3] or "day")
    n = int(found[2] or 0) * (-1 if found[1] == "-" else 1)
    if unit.seconds is not None:
        moment = later(last, unit.length(n))
    else:
        wall = on_the_wall(last, zone)
        moment = at_time(plus(wall.date(), n, unit, calendar), wall.time(), zone)
    return moment if moment > anchor else None


def _is_guessed(word: str, run: Run, at: datetime, calendar: Calendar, zone: ZoneInfo) -> bool:
    """Tell whether a rung of a run of minutes or hours rests on days not announced yet.

    A run of days consults the calendar itself and knows that it is provisional.
    """
    found = _DUE.fullmatch(word)
    walks = run.unit in EXACT and found is not None and found[3] is not None
    if not walks or TimeUnit.read(str(found and found[3])) is not TimeUnit.WORKING_DAYS:
        return False
    reached = max(day_of(at, zone), day_of(parse_moment(run.due), zone))
    return reached > calendar.announced_through


def _inner_day(word: str, run: Run, calendar: Calendar) -> date | None:
    """Return the day of ``70%`` or ``day 20``, moved by the pauses that began before it.

    It stands as a clock of its own would: so many days long, ending unshifted on that day. A
    pause that begins on the day itself comes too late to move it, for it rang at its 00:00.
    """
    if run.kind == "due":
        return None
    day = _DAY.fullmatch(word)
    if day is not None:
        return date.fromisoformat(_before(run, int(day[1]), run.unit.counted, calendar))
    length, unit = run.n, run.unit
    if unit.by_calendar:
        anchor = date.fromisoformat(run.anchor)
        length, unit = (plus(anchor, run.n, unit, calendar) - anchor).days, unit.counted
    n = -(-int(word.removesuffix("%")) * length // 100)
    return date.fromisoformat(_before(run, n, unit, calendar))


def _before(run: Run, n: int, unit: TimeUnit, calendar: Calendar | None) -> str:
    """Return ``A ⊕ n``, as text, moved by the pauses that began before it, in order."""
    kept: list[tuple[str, str]] = []
    pausing = False
    moved = _reached(run, n, unit, kept, calendar)
    for what, when in run.changes:
        if what == "pause" and not pausing:
            if max(when, run.anchor) >= moved:
                break
            pausing = True
            kept.append((what, when))
        elif what in ENDS and pausing:
            pausing = False
            kept.append((what, when))
            moved = _reached(run, n, unit, kept, calendar)
    if pausing and run.until is not None:
        kept.append(("resume", run.until))
        moved = _reached(run, n, unit, kept, calendar)
    return moved


def _reached(
    run: Run,
    n: int,
    unit: TimeUnit,
    changes: Sequence[tuple[str, str]],
    calendar: Calendar | None,
) -> str:
    return planned(
        kind="at_least", anchor=run.anchor, n=n, unit=unit, changes=changes,
        each=run.each, all=run.all, calendar=calendar or weekdays_only(),
    ).raw  # fmt: skip
