"""Working-day calendars: which days an office works, and through which day that is known.

Days after ``announced_through`` are assumed (Monday to Friday) and make whatever was counted
over them provisional. Nothing here reads a clock or a file.
"""

from bisect import bisect_left, bisect_right
from calendar import monthrange
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from typing import Literal

ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_WEEK = 7
_MONTHS = 12
_LAST = date.max.toordinal()


@dataclass(frozen=True, slots=True, kw_only=True)
class DayKind:
    """What one day is, and why.

    Attributes:
        day: the day.
        working: the office works on it.
        kind: ``make_up`` is a worked Saturday or Sunday, ``holiday`` any day of a named break.
        name: of the holiday that it belongs to or makes up for; None for a plain day.
        en: the name in English; the name itself where the calendar has no English for it.
        known: it lies inside the announced days; otherwise ``working`` is assumed.
    """

    day: date
    working: bool
    kind: Literal["working", "weekend", "holiday", "make_up"]
    name: str | None = None
    en: str | None = None
    known: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Window:
    """When an office is open in a season.

    Attributes:
        start: first day of the season, ``MM-DD``.
        until: last day, ``MM-DD``; earlier than ``start`` where the season runs over New Year.
        hours: from, until; in order, not overlapping.
    """

    start: str
    until: str
    hours: tuple[tuple[time, time], ...]

    def covers(self, day: date) -> bool:
        """Tell whether ``day`` lies in the season."""
        text = f"{day:%m-%d}"
        if self.start <= self.until:
            return self.start <= text <= self.until
        return text >= self.start or text <= self.until


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A working-day calendar.

    Attributes:
        name: the word a workflow file uses (``calendar: cn``).
        off: days of a break by the holiday's name; weekend days among them are not worked anyhow.
        work: Saturdays and Sundays that are worked (make-up working days), with a name.
        announced_from: first day that is known.
        announced_through: last day that is known.
        version: which edition of the data this is; kept in events.
        zone: the zone its days are in; "" for the office's own.
        windows: office hours by season; a day takes the first that covers it.
        english: English for the names of ``off`` and ``work``.
        unverified: calendars whose days nobody has compared with the official paper yet.
    """

    name: str
    announced_from: date
    announced_through: date
    off: Mapping[date, str] = field(default_factory=dict)
    work: Mapping[date, str] = field(default_factory=dict)
    version: str = ""
    zone: str = ""
    windows: tuple[Window, ...] = ()
    english: Mapping[str, str] = field(default_factory=dict)
    unverified: tuple[str, ...] = ()
    _marks: list[int] = field(init=False, default_factory=list, compare=False, repr=False)
    _counts: list[int] = field(init=False, default_factory=list, compare=False, repr=False)

    def __post_init__(self) -> None:
        """Note the days that differ from Monday to Friday, and the working days up to each."""
        changes = {day.toordinal(): -1 for day in self.off if day.weekday() < _SATURDAY}
        changes |= {day.toordinal(): 1 for day in self.work if day.weekday() >= _SATURDAY}
        shift = 0
        for mark in sorted(changes):
            shift += changes[mark]
            self._marks.append(mark)
            self._counts.append(_weekdays(mark) + shift)

    def is_working(self, day: date) -> bool:
        """Tell whether the office works on ``day``; Monday to Friday outside what is known."""
        if day.weekday() >= _SATURDAY:
            return day in self.work
        return day not in self.off

    def is_known(self, day: date) -> bool:
        """Tell whether ``day`` lies inside the announced days."""
        return self.announced_from <= day <= self.announced_through

    def kind_of(self, day: date) -> DayKind:
        """Return the kind of ``day``; outside what is known a weekday or the weekend."""
        working = self.is_working(day)
        kind: Literal["working", "weekend", "holiday", "make_up"]
        if working:
            is_weekend = day.weekday() >= _SATURDAY
            kind, name = ("make_up", self.work[day]) if is_weekend else ("working", None)
        else:
            name = self.off.get(day)
            kind = "weekend" if name is None else "holiday"
        english = name if name is None else self.english.get(name, name)
        known = self.is_known(day)
        return DayKind(day=day, working=working, kind=kind, name=name, en=english, known=known)

    def hours_of(self, day: date) -> tuple[tuple[time, time], ...]:
        """Return when the office is open on ``day``; empty where it is closed or not written."""
        if not self.is_working(day):
            return ()
        return next((window.hours for window in self.windows if window.covers(day)), ())

    def shifted(self, day: date) -> date:
        """Return the first working day on or after ``day``; the last day if there is none."""
        return day if self.is_working(day) else self.plus_working_days(day, 0)

    def plus_working_days(self, day: date, days: int) -> date:
        """Return the working day that is ``days`` working days after ``day``.

        The day itself is never counted. Zero returns the first working day on or after it.
        Where that would lie outside the years 1 to 9999, their first or last day.

        Args:
            day: the anchor, worked or not.
            days: whole working days; negative walks back, to a working day.

        Source:
            language.md 4, ``A ⊕ N``.
        """
        start = day.toordinal()
        if days > 0:
            return self._reached(self._worked(start) + days)
        return self._reached(self._worked(start - 1) + days + 1)

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days lie in ``(start, end]``; negative if ``end`` is earlier."""
        return self._worked(end.toordinal()) - self._worked(start.toordinal())

    def _worked(self, ordinal: int) -> int:
        """Return how many working days there are from the first day of year 1 to a day."""
        place = bisect_right(self._marks, ordinal) - 1
        if place < 0:
            return _weekdays(ordinal)
        return self._counts[place] + _weekdays(ordinal) - _weekdays(self._marks[place])

    def _reached(self, count: int) -> date:
        """Return the working day that is the ``count``-th from the first day of year 1."""
        if count < 1:
            return date.min
        place = bisect_left(self._counts, count)
        weekdays = count
        if place:
            # Behind a mark every day is plain up to the next one.
            weekdays += _weekdays(self._marks[place - 1]) - self._counts[place - 1]
        found = (weekdays - 1) // _SATURDAY * _WEEK + (weekdays - 1) % _SATURDAY + 1
        if place < len(self._marks):
            found = min(found, self._marks[place])
        return date.fromordinal(min(found, _LAST))


def _weekdays(ordinal: int) -> int:
    """Return how many Mondays to Fridays there are up to a day; day 1 is a Monday."""
    weeks, days = divmod(ordinal, _WEEK)
    return weeks * _SATURDAY + min(days, _SATURDAY)


def weekdays_only(name: str = "weekdays") -> Calendar:
    """Return a calendar without holidays; everything on it is provisional."""
    return Calendar(name=name, announced_from=date.min, announced_through=date.min)


def plus_days(day: date, days: int) -> date:
    """Return the day ``days`` days later, before it for negative ones.

    Beyond the years 1 to 9999, their first or last day.
    """
    return date.fromordinal(min(max(day.toordinal() + days, 1), _LAST))


def plus_months(day: date, months: int) -> date:
    """Return the same day ``months`` months later.

    At a month's end the last day of the target month stands in: 31 January plus one month is
    the last of February; a leap day plus twelve months is 28 February. Beyond the years 1 to
    9999, their first or last day.

    Source:
        Civil Code 202, counted by calendar months.
    """
    year, month = divmod(day.year * _MONTHS + day.month - 1 + months, _MONTHS)
    if not date.min.year <= year <= date.max.year:
        return date.min if year < date.min.year else date.max
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def months_between(start: date, end: date) -> int:
    """Return the smallest number of months that reaches ``end`` from ``start``.

    2026-05-01 to 2027-05-01 is 12; to 2027-05-02 is 13; to an earlier day it is negative
    or zero. So "at most 12 months" is ``months_between(a, b) <= 12``.
    """
    months = (end.year - start.year) * _MONTHS + end.month - start.month
    return months + (plus_months(start, months) < end)
