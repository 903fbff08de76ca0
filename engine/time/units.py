"""The units of time that clocks count in, with all that depends on the unit.

Whatever differs by unit asks a property here, or matches on the members to the end, so that a
unit that is added is a type error in every place that must decide about it.
"""

from datetime import timedelta
from enum import StrEnum
from typing import Self, assert_never

from engine.time import words_of_units as words

_SECONDS_A_MINUTE = 60
_SECONDS_AN_HOUR = 3600
_SECONDS_A_DAY = 86_400
_LONGEST = 10_000 * 366 * _SECONDS_A_DAY
"""More seconds than lie in the years 1 to 9999."""


class TimeUnit(StrEnum):
    """A unit of time, in order of length; the value is how runs and events keep it."""

    SECONDS = "seconds"
    """What moments are counted in; no file writes it."""
    MINUTES = "minutes"
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"

    @classmethod
    def read(cls, word: str) -> Self:
        """Return the unit of a word: ``day``, ``days``, ``working day``, ``working_days``.

        Raises:
            ValueError: it names no unit.
        """
        return cls(f"{word.replace(' ', '_').removesuffix('s')}s")

    @property
    def written(self) -> str:
        """The unit as files write one of it: ``working day``."""
        return self.value.removesuffix("s").replace("_", " ")

    @property
    def zh(self) -> str:
        """The unit in Chinese, as it stands after a number."""
        match self:
            case TimeUnit.SECONDS:
                return words.SECONDS
            case TimeUnit.MINUTES:
                return words.MINUTES
            case TimeUnit.HOURS:
                return words.HOURS
            case TimeUnit.DAYS:
                return words.DAYS
            case TimeUnit.WORKING_DAYS:
                return words.WORKING_DAYS
            case TimeUnit.MONTHS:
                return words.MONTHS
            case _:
                assert_never(self)

    @property
    def seconds(self) -> int | None:
        """How many seconds one has; None where that depends on when it begins."""
        match self:
            case TimeUnit.SECONDS:
                return 1
            case TimeUnit.MINUTES:
                return _SECONDS_A_MINUTE
            case TimeUnit.HOURS:
                return _SECONDS_AN_HOUR
            case TimeUnit.DAYS:
                return _SECONDS_A_DAY
            case TimeUnit.WORKING_DAYS | TimeUnit.MONTHS:
                return None
            case _:
                assert_never(self)

    @property
    def counted(self) -> "TimeUnit":
        """The unit in which a length of this unit is counted off: days, for months too."""
        match self:
            case TimeUnit.SECONDS | TimeUnit.MINUTES | TimeUnit.HOURS:
                return TimeUnit.SECONDS
            case TimeUnit.DAYS | TimeUnit.MONTHS:
                return TimeUnit.DAYS
            case TimeUnit.WORKING_DAYS:
                return TimeUnit.WORKING_DAYS
            case _:
                assert_never(self)

    @property
    def by_calendar(self) -> bool:
        """Whether the number of days that ``n`` of it cover depends on the calendar."""
        match self:
            case TimeUnit.MONTHS:
                return True
            case TimeUnit.DAYS | TimeUnit.WORKING_DAYS:
                return False
            case TimeUnit.SECONDS | TimeUnit.MINUTES | TimeUnit.HOURS:
                return False
            case _:
                assert_never(self)

    def length(self, n: int) -> timedelta:
        """Return how long ``n`` of the unit are; a day has 24 hours.

        What is longer than all the time there is counts as the longest span.

        Raises:
            ValueError: of working days or months, whose length depends on when they begin.
        """
        if self.seconds is None:
            message = f"{self.value} have no length of their own"
            raise ValueError(message)
        return timedelta(seconds=max(-_LONGEST, min(n * self.seconds, _LONGEST)))


EXACT = frozenset(unit for unit in TimeUnit if unit.counted is TimeUnit.SECONDS)
"""Units that count on at night and on days off, to the second; the others count whole days."""

WRITTEN = tuple(unit.written for unit in TimeUnit if unit is not TimeUnit.SECONDS)
"""The words of the units that files may write, of one each."""
