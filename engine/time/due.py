"""Computes when a clock is due, by the formulae of language.md 4, from a run's history.

Pure arithmetic over a calendar value: the same anchor, length and changes always give the same
due day. Nothing here knows cases or files.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import assert_never

from engine.time.calendars import Calendar, plus_days, plus_months
from engine.time.times import LAST, later, moment_text, parse_moment
from engine.time.units import EXACT, TimeUnit

ENDS = frozenset({"resume", "run_on"})
"""Changes that end a pause: somebody's, and that by its cap, noted where it matters."""

Changes = Iterable[tuple[str, str]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A due day or moment as text, with what is known of a pause that goes on.

    Attributes:
        raw: before the shift to a working day.
        due: after it.
        provisional: a day consulted lies after the announced days.
        paused: the last change is a pause that counts.
        until: with ``paused`` under a cap, the last day (moment) that rests.
        later: the due day (moment) that holds from then on.
        used: what all pauses together have counted, in the unit of the cap ``all``; days
            where there is none.
        extended: by how much extensions have moved ``raw``: working days for a run of
            working days, else days.
    """

    raw: str
    due: str
    provisional: bool = False
    paused: bool = False
    until: str | None = None
    later: str | None = None
    used: int = 0
    extended: int = 0


@dataclass(frozen=True, slots=True)
class Cap:
    """The longest that pauses may count: so many of a unit."""

    n: int
    unit: TimeUnit

    @classmethod
    def read(cls, text: str) -> "Cap | None":
        """Return the cap that ``60 days`` or ``10 working_days`` means; None for ""."""
        if not text:
            return None
        n, _, unit = text.partition(" ")
        return cls(int(n), TimeUnit.read(unit))


def planned(
    *,
    kind: str,
    anchor: str,
    n: int,
    unit: TimeUnit,
    changes: Changes = (),
    each: str = "",
    all: str = "",
    calendar: Calendar,
) -> Due:
    """Return when a run is due, from all that has happened to it.

    Args:
        kind: ``within`` (deadline), ``at_least`` (minimum), ``due`` (the anchor itself).
        anchor: the day it counts from, which is not counted; for minutes and hours the moment.
        n: how many, zero or more; zero working days is the first working day on or after A.
        unit: ``minutes``, ``hours``, ``days``, ``working_days`` or ``months``.
        changes: ``("pause" | "resume" | "run_on" | "extend", day or moment)`` in order. A
            pause while paused, a resume while running, a pause when it is overdue and an
            extension to an earlier day change nothing; a day rests once, whatever overlaps.
        each: the longest that one pause counts, ``60 days``; "" for no limit.
        all: the longest that all pauses together count.
        calendar: whose working days count.

    Source:
        language.md 4; Civil Code 201 and 203 for the shift to a working day.
    """
    caps = (Cap.read(each), Cap.read(all))
    if unit in EXACT:
        return _Moments(parse_moment(anchor), n, unit, caps).replay(changes)
    return _Days(kind, date.fromisoformat(anchor), n, unit, caps, calendar).replay(changes)


def plus(day: date, n: int, unit: TimeUnit, calendar: Calendar) -> date:
    """Return ``day ⊕ n`` of days, working days or months; negative ``n`` walks back.

    Raises:
        ValueError: of seconds, minutes or hours, which lead from moment to moment.
    """
    match unit:
        case TimeUnit.DAYS:
            return plus_days(day, n)
        case TimeUnit.WORKING_DAYS:
            return calendar.plus_working_days(day, n)
        case TimeUnit.MONTHS:
            return plus_months(day, n)
        case TimeUnit.SECONDS | TimeUnit.MINUTES | TimeUnit.HOURS:
            message = f"{unit} lead to no day"
            raise ValueError(message)
        case _:
            assert_never(unit)


def between(start: date, end: date, unit: TimeUnit, calendar: Calendar) -> int:
    """Return how many days lie in ``(start, end]``; for working days, how many of those."""
    if unit is TimeUnit.WORKING_DAYS:
        return calendar.working_days_between(start, end)
    return (end - start).days


class _Days:
    """A run of whole days."""

    def __init__(
        self,
        kind: str,
        anchor: date,
        n: int,
        unit: TimeUnit,
        caps: tuple[Cap | None, Cap | None],
        calendar: Calendar,
    ) -> None:
        self.unit, self.calendar = unit.counted, calendar
        self.each, self.all = caps
        self.works = self.unit is TimeUnit.WORKING_DAYS
        self.shifts = kind != "at_least" and not self.works
        self.consults = self.shifts or self.works
        self.raw = anchor if kind == "due" else plus(anchor, n, unit, calendar)
        # Nothing rests before the run counts; a date in the data is not counted to.
        self.rested = date.min if kind == "due" else anchor
        self.seen = date.min
        self.used = self.extended = 0
        self.paused_on: date | None = None

    def replay(self, changes: Changes) -> Due:
        for what, when in changes:
            day = date.fromisoformat(when)
            if what == "pause":
                self._pause(day)
            elif what in ENDS:
                self._resume(day)
            elif day > self.raw:
                self.extended += self._span(self.raw, day)
                self.raw = day
        raw, due, used = self.raw, self.due, self.used
        until = later = None
        if self.paused_on is not None and (self.each or self.all):
            end = self._end_of_cap(self.paused_on)
            self._resume(end)
            until, later = end.isoformat(), self.due.isoformat()
        reached = max(self.seen, due, self.due) if self.consults else self.seen
        return Due(
            raw=raw.isoformat(), due=due.isoformat(),
            provisional=reached > self.calendar.announced_through,
            paused=later is not None or self.paused_on is not None,
            until=until, later=later, used=used, extended=self.extended,
        )  # fmt: skip

    @property
    def due(self) -> date:
        return self.calendar.shifted(self.raw) if self.shifts else self.raw

    def _pause(self, day: date) -> None:
        if self.paused_on is not None or day > self.due:
            return
        self.paused_on = max(day, self.rested)
        if self.paused_on > self.raw:
            # Paused in the shift zone: what is left runs from the shifted day.
            self.raw = self.due

    def _resume(self, day: date) -> None:
        if self.paused_on is None:
            return
        start, day = self.paused_on, max(day, self.paused_on)
        end = self.rested = min(day, self._end_of_cap(start))
        if end > start and any(cap.unit is TimeUnit.WORKING_DAYS for cap in self._caps()):
            self.seen = max(self.seen, end)
        counted = self._span(start, end)
        if self.all is not None:
            self.used += between(start, end, self.all.unit, self.calendar)
        else:
            self.used += (end - start).days
        if counted:
            self.raw = self._add(self.raw, counted)
        if counted == self._span(start, day):
            self.raw = max(self.raw, self.calendar.shifted(day) if self.works else day)
        self.paused_on = None

    def _caps(self) -> list[Cap]:
        return [cap for cap in (self.each, self.all) if cap is not None]

    def _span(self, start: date, end: date) -> int:
        return between(start, end, self.unit, self.calendar)

    def _add(self, day: date, n: int) -> date:
        return plus(day, n, self.unit, self.calendar)

    def _end_of_cap(self, start: date) -> date:
        """Return the last day that a pause from ``start`` rests; far away without a cap."""
        ends = [date.max]
        if self.each is not None:
            ends.append(self._after(start, self.each.n, self.each.unit))
        if self.all is not None:
            ends.append(self._after(start, self.all.n - self.used, self.all.unit))
        return min(ends)

    def _after(self, start: date, n: int, unit: TimeUnit) -> date:
        # Zero working days would walk on to a working day; a cap that is used up rests no longer.
        return plus(start, n, unit, self.calendar) if n > 0 else start


class _Moments:
    """A run of minutes or hours."""

    def __init__(
        self, anchor: datetime, n: int, unit: TimeUnit, caps: tuple[Cap | None, Cap | None]
    ) -> None:
        self.rested = anchor
        self.each, self.all = (_length(cap) for cap in caps)
        self.raw = later(anchor, unit.length(n))
        self.used = timedelta()
        self.paused_at: datetime | None = None

    def replay(self, changes: Changes) -> Due:
        for what, when in changes:
            moment = parse_moment(when)
            if what == "pause":
                self._pause(moment)
            elif what in ENDS:
                self._resume(moment)
        due, used = moment_text(self.raw), self.used
        until = later = None
        if self.paused_at is not None and (self.each is not None or self.all is not None):
            end = self._end_of_cap(self.paused_at)
            self._resume(end)
            until, later = moment_text(end), moment_text(self.raw)
        paused = later is not None or self.paused_at is not None
        return Due(raw=due, due=due, paused=paused, until=until, later=later, used=used.days)

    def _pause(self, moment: datetime) -> None:
        if self.paused_at is None and moment < self.raw:
            self.paused_at = max(moment, self.rested)

    def _resume(self, moment: datetime) -> None:
        if self.paused_at is None:
            return
        start = self.paused_at
        self.rested = min(max(moment, start), self._end_of_cap(start))
        counted = self.rested - start
        self.used += counted
        self.raw = later(self.raw, counted)
        self.paused_at = None

    def _end_of_cap(self, start: datetime) -> datetime:
        lengths = [LAST - start]
        if self.each is not None:
            lengths.append(self.each)
        if self.all is not None:
            lengths.append(max(self.all - self.used, timedelta()))
        return start + min(lengths)


def _length(cap: Cap | None) -> timedelta | None:
    return None if cap is None else cap.unit.length(cap.n)
