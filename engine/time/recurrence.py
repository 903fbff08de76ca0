"""Reads on which days something recurs: a small grammar, and the days it names.

``every day`` · ``every working day`` · ``mondays`` · ``mondays and thursdays`` · ``day 5`` ·
``days 1 and 16`` · ``days 1, 11 and 21`` · ``last day`` · ``first working day`` ·
``last working day`` (all of each month) · ``01-15`` · ``01-15 and 07-15`` (each year).

Nothing here knows what recurs, nor what time it is.
"""

import re
from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from engine.time.calendars import ONE_DAY, Calendar, plus_days
from engine.time.times import at_time, on_the_wall

WEEKDAYS = (
    "mondays", "tuesdays", "wednesdays", "thursdays", "fridays", "saturdays", "sundays",
)  # fmt: skip
_WORDS = ("every day", "every working day", "last day", "first working day", "last working day")
_DAYS = re.compile(r"days? (.+)")
_YEARLY = re.compile("([0-9]{2})-([0-9]{2})")
_TIME = re.compile("([01][0-9]|2[0-3]):([0-5][0-9])")
_LEAP_YEAR = 2024
_LONGEST_MONTH = 31
LONGEST_GAP = timedelta(days=366)
"""No two days named by one text lie further apart: a yearly day recurs within this."""


class BadRecurrence(ValueError):
    """A text names no days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recurrence:
    """The days that a text names.

    Attributes:
        word: one of the fixed wordings, or "".
        weekdays: 0 for Monday to 6.
        days: of each month, 1 to 31; where a month is shorter its last day stands in.
        yearly: (month, day) of each year; 28 February stands in for the 29th.
    """

    word: str = ""
    weekdays: frozenset[int] = frozenset()
    days: frozenset[int] = frozenset()
    yearly: frozenset[tuple[int, int]] = frozenset()

    def names(self, day: date, calendar: Calendar) -> bool:
        """Tell whether ``day`` is one of the days.

        Working days after the calendar's announced days are assumed, Monday to Friday.

        Source:
            language.md 1, ``recurs: {… on}``.
        """
        if self.word:
            return _is_word(self.word, day, calendar)
        if self.weekdays:
            return day.weekday() in self.weekdays
        last = _is_last(day)
        if self.days:
            return day.day in self.days or (last and max(self.days) > day.day)
        return any(
            month == day.month and (one == day.day or (last and one > day.day))
            for month, one in self.yearly
        )


def parse_recurrence(text: str) -> Recurrence:
    """Read the days written under ``on``.

    Raises:
        BadRecurrence: the text is none of the wordings, or names a day that no month has.
    """
    if text in _WORDS:
        return Recurrence(word=text)
    listed = _listed(text)
    if all(word in WEEKDAYS for word in listed):
        return Recurrence(weekdays=frozenset(WEEKDAYS.index(word) for word in listed))
    if days := _DAYS.fullmatch(text):
        numbers = _listed(days[1])
        if all(re.fullmatch("[0-9]{1,2}", n) and 1 <= int(n) <= _LONGEST_MONTH for n in numbers):
            return Recurrence(days=frozenset(map(int, numbers)))
    pairs = [_month_day(word) for word in listed]
    if any(pair is None for pair in pairs):
        raise BadRecurrence(text)
    return Recurrence(yearly=frozenset(pair for pair in pairs if pair is not None))


def parse_time(text: str) -> time:
    """Read the time written under ``at``: ``HH:MM``.

    Raises:
        BadRecurrence: it is no time of day.
    """
    found = _TIME.fullmatch(text)
    if found is None:
        raise BadRecurrence(text)
    return time(int(found[1]), int(found[2]))


def occurrences(on: str, since: date, until: date, calendar: Calendar) -> Iterator[date]:
    """Yield the days that ``on`` names from ``since`` to ``until``, both included, in order.

    Raises:
        BadRecurrence: ``on`` cannot be read.
    """
    rule = parse_recurrence(on)
    for n in range((until - since).days + 1):
        day = since + timedelta(days=n)
        if rule.names(day, calendar):
            yield day


def newest(
    on: str, at: str, *, since: datetime, now: datetime, calendar: Calendar, zone: ZoneInfo
) -> date | None:
    """Return the newest day whose moment has come, not before ``since``; None if there is none.

    Whoever was away for long is owed the newest one only: the others are past.
    Where DST skips ``at``, the moment as many minutes later stands in.

    Args:
        on: the days.
        at: the time of day, in ``zone``.
        since: aware; what recurs came into force then. A moment before it is never owed.
        now: aware.
        calendar: tells working days.
        zone: whose days and hours.

    Raises:
        BadRecurrence: ``on`` or ``at`` cannot be read.

    Source:
        language.md 1, ``recurs``; language.md 4, ``catch_up: once``.
    """
    rule, hour = parse_recurrence(on), parse_time(at)
    day = on_the_wall(now, zone).date()
    earliest = max(on_the_wall(since, zone).date(), plus_days(day, -LONGEST_GAP.days))
    while day >= earliest:
        # Two moments of one zone object compare by the wall, not in time: so in UTC.
        moment = at_time(day, hour, zone)
        if rule.names(day, calendar) and since <= moment <= now:
            return day
        if day == date.min:
            break
        day -= ONE_DAY
    return None


def recurrence_problems(on: str, at: str) -> list[str]:
    """Return which of ``on`` and ``at`` are wrong; empty if none."""
    found = []
    try:
        parse_recurrence(on)
    except BadRecurrence:
        found.append("on")
    try:
        parse_time(at)
    except BadRecurrence:
        found.append("at")
    return found


def _listed(text: str) -> list[str]:
    """Split ``a``, ``a and b``, ``a, b and c``; other punctuation stays in its word."""
    return re.split(", | and ", text)


def _month_day(text: str) -> tuple[int, int] | None:
    found = _YEARLY.fullmatch(text)
    if found is None:
        return None
    try:
        # A leap year, so that 02-29 is a day.
        day = date(_LEAP_YEAR, int(found[1]), int(found[2]))
    except ValueError:
        return None
    return (day.month, day.day)


def _is_last(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _is_word(word: str, day: date, calendar: Calendar) -> bool:
    if word == "every day":
        return True
    if word == "last day":
        return _is_last(day)
    if not calendar.is_working(day):
        return False
    if word == "every working day":
        return True
    last = monthrange(day.year, day.month)[1]
    beyond = range(1, day.day) if word == "first working day" else range(day.day + 1, last + 1)
    return not any(calendar.is_working(day.replace(day=n)) for n in beyond)
