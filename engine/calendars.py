"""Working days as a value: which days an office works, and how far the calendar knows.

Days after ``announced_through`` are assumed (Monday to Friday) and make whatever was counted
over them provisional. Nothing here reads a clock or a file.
"""

from bisect import bisect_left
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

ONE_DAY = timedelta(days=1)
_SATURDAY = 5
_MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """A working-day calendar.

    Attributes:
        name: the word a workflow file uses (``calendar: cn``).
        off: weekdays that are not worked, with the holiday's name.
        work: Saturdays and Sundays that are worked (make-up working days), with a name.
        announced_from: first day that is known.
        announced_through: last day that is known.
        version: which edition of the data this is; kept in events.
    """

    name: str
    announced_from: date
    announced_through: date
    off: Mapping[date, str] = field(default_factory=dict)
    work: Mapping[date, str] = field(default_factory=dict)
    version: str = ""
    _working: list[int] = field(default_factory=list, compare=False, repr=False)

    def is_working(self, day: date) -> bool:
        """Tell whether the office works on ``day``; Monday to Friday outside what is known."""
        if day.weekday() >= _SATURDAY:
            return day in self.work
        return day not in self.off

    def is_known(self, day: date) -> bool:
        """Tell whether ``day`` lies inside the announced days."""
        return self.announced_from <= day <= self.announced_through

    def shifted(self, day: date) -> date:
        """Return the first working day on or after ``day``."""
        while not self.is_working(day):
            day += ONE_DAY
        return day

    def plus_working_days(self, day: date, days: int) -> date:
        """Return the working day that is ``days`` working days after ``day``.

        The day itself is never counted. Zero returns the first working day on or after it.

        Args:
            day: the anchor, worked or not.
            days: whole working days; negative walks back, to a working day.

        Source:
            language.md 4, ``A ⊕ N``.
        """
        if days == 0:
            return self.shifted(day)
        known = self._table()
        if known and self.is_known(day):
            place = bisect_left(known, day.toordinal() + 1) + days - 1
            if days < 0:
                place = bisect_left(known, day.toordinal()) + days
            if 0 <= place < len(known):
                return date.fromordinal(known[place])
        return self._walk(day, days)

    def working_days_between(self, start: date, end: date) -> int:
        """Return how many working days lie in ``(start, end]``; negative if ``end`` is earlier."""
        if end < start:
            return -self.working_days_between(end, start)
        known = self._table()
        if known and self.is_known(start) and self.is_known(end):
            return bisect_left(known, end.toordinal() + 1) - bisect_left(
                known, start.toordinal() + 1
            )
        days = (end - start).days
        return sum(self.is_working(start + timedelta(days=n)) for n in range(1, days + 1))

    def _walk(self, day: date, days: int) -> date:
        step = ONE_DAY if days > 0 else -ONE_DAY
        left = abs(days)
        while left:
            day += step
            left -= self.is_working(day)
        return day

    def _table(self) -> list[int]:
        """Return the ordinals of all known working days, built at the first question."""
        if not self._working:
            day, last = self.announced_from, self.announced_through
            found = []
            while day <= last:
                if self.is_working(day):
                    found.append(day.toordinal())
                day += ONE_DAY
            # Extending keeps the one list that a frozen value may fill; readers see it whole.
            self._working[:] = found
        return self._working


def weekdays_only(name: str = "weekdays") -> Calendar:
    """Return a calendar that knows nothing but weekends; everything on it is provisional."""
    return Calendar(name=name, announced_from=date.min, announced_through=date.min)


def plus_months(day: date, months: int) -> date:
    """Return the same day ``months`` months later.

    At a month's end the last day of the target month stands in: 31 January plus one month is
    the last of February; a leap day plus twelve months is 28 February.

    Source:
        Civil Code 202, counted by calendar months.
    """
    total = day.year * _MONTHS + day.month - 1 + months
    year, month = divmod(total, _MONTHS)
    following = date(year + (month == _MONTHS - 1), (month + 1) % _MONTHS + 1, 1)
    last = (following - ONE_DAY).day
    return date(year, month + 1, min(day.day, last))


def months_between(start: date, end: date) -> int:
    """Return the smallest number of months that reaches ``end`` from ``start``.

    2026-05-01 to 2027-05-01 is 12; to 2027-05-02 is 13; to an earlier day it is negative
    or zero. So "at most 12 months" is ``months_between(a, b) <= 12``.
    """
    months = (end.year - start.year) * _MONTHS + end.month - start.month
    return months + (plus_months(start, months) < end)
