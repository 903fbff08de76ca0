"""The periods of a report: one or several calendar months; they never overlap.

Two spans of free choice could be subtracted from each other and leave a day with one case.
"""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """A span of whole months.

    Attributes:
        first: its first day.
        last: its last day.
    """

    first: date
    last: date

    def holds(self, day: date) -> bool:
        """Tell whether a day lies in it."""
        return self.first <= day <= self.last


def period_of(day: date, months: int) -> Period:
    """Return the period in which a day lies.

    Args:
        day: any.
        months: how long periods are; divides twelve.
    """
    start = (day.month - 1) // months * months + 1
    end = start + months - 1
    return Period(
        day.replace(month=start, day=1), date(day.year, end, monthrange(day.year, end)[1])
    )


def periods(first: date, last: date, months: int) -> tuple[Period, ...]:
    """Return the periods that a span touches, and the one before them, in order.

    Args:
        first: the first day.
        last: the last day, not before it.
        months: how long periods are; divides twelve.
    """
    found = [period_of(last, months)]
    while found[0].first > first:
        found.insert(0, period_of(found[0].first - timedelta(days=1), months))
    return (period_of(found[0].first - timedelta(days=1), months), *found)
