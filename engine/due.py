"""When a clock's time is over: the formulae of language.md 4 for runs without pauses.

Pure arithmetic over a calendar value. Nothing here knows cases or files.
"""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.calendars import Calendar, plus_months
from engine.times import moment_text


@dataclass(frozen=True, slots=True, kw_only=True)
class Due:
    """A due day or moment as text.

    Attributes:
        raw: before the shift to a working day.
        due: after it.
        provisional: a day consulted lies outside the announced days.
    """

    raw: str
    due: str
    provisional: bool = False


def deadline(anchor: date, n: int, unit: str, calendar: Calendar) -> Due:
    """Return when a ``within`` of whole days is due.

    The anchor day is not counted. Days and months that end on a day off are due on the next
    working day; a make-up working day is a working day. At a month's end see ``plus_months``.

    Args:
        anchor: day A.
        n: how many, zero or more; zero working days is the first working day on or after A.
        unit: ``days``, ``working_days`` or ``months``.
        calendar: whose working days count.

    Source:
        language.md 4 ``within``; Civil Code 201, 203.
    """
    raw = _plus(anchor, n, unit, calendar)
    due = raw if unit == "working_days" else calendar.shifted(raw)
    consulted = anchor if unit == "working_days" else raw
    known = calendar.is_known(consulted) and calendar.is_known(due)
    return Due(raw=raw.isoformat(), due=due.isoformat(), provisional=not known)


def minimum(anchor: date, n: int, unit: str, calendar: Calendar) -> Due:
    """Return the last whole day of an ``at_least``; it is reached at that day's 24:00.

    Never shifted: a minimum only has to be reached.

    Source:
        language.md 4 ``at_least``: days A+1 … A+N are whole.
    """
    raw = _plus(anchor, n, unit, calendar)
    provisional = unit == "working_days" and not calendar.is_known(raw)
    return Due(raw=raw.isoformat(), due=raw.isoformat(), provisional=provisional)


def fixed(day: date, calendar: Calendar) -> Due:
    """Return when a date in the data is due: that day, or the next working day.

    Source:
        language.md 4 ``due``.
    """
    due = calendar.shifted(day)
    return Due(raw=day.isoformat(), due=due.isoformat(), provisional=not calendar.is_known(due))


def exact(anchor: datetime, n: int, unit: str) -> Due:
    """Return when minutes or hours are over: exactly then, at night and on holidays too."""
    moment = moment_text(anchor + timedelta(**{unit: n}))
    return Due(raw=moment, due=moment)


def _plus(day: date, n: int, unit: str, calendar: Calendar) -> date:
    if unit == "working_days":
        return calendar.plus_working_days(day, n)
    return plus_months(day, n) if unit == "months" else day + timedelta(days=n)
