"""The views of calendars: their days, what they lack, and what an announcement changes."""

from datetime import date

from pydantic import Field

from heyi.app.view import View


class CalendarDay(View):
    """What one day is.

    Attributes:
        name: of the holiday it belongs to or makes up for, as the file has it; None for a
            plain day.
        label: the same in the reader's language; "" for none. Not told to programs, like
        kind: ``working``, ``weekend``, ``holiday`` or ``make_up``, and
        known: it lies inside the announced days.
    """

    day: date = Field(alias="date")
    working: bool
    name: str | None
    label: str = Field(exclude=True)
    kind: str = Field(exclude=True)
    known: bool = Field(exclude=True)


class CalendarView(View):
    """Some days of a calendar, with its title and how far it is announced and verified."""

    calendar: str
    title: str
    announced_through: date
    unverified: tuple[str, ...]
    days: tuple[CalendarDay, ...]


class LackView(View):
    """One thing that is missing in a calendar or odd, in both languages.

    Attributes:
        kind: a stable word, see ``heyi.app.clocks.calendarcheck.Lack``.
        in_use: a workflow counts by this calendar, or it was loaded; otherwise only said.
    """

    calendar: str
    kind: str
    in_use: bool
    zh: str
    en: str


class DayWas(View):
    """What a day was before; ``label``: its name in the reader's language, "" for none."""

    working: bool
    name: str | None
    label: str = Field(exclude=True)


class ChangedDay(View):
    """A day that an edition sees differently; ``label`` as in ``DayWas``."""

    day: date = Field(alias="date")
    working: bool
    name: str | None
    label: str = Field(exclude=True)
    was: DayWas


class AnnouncedView(View):
    """The last announced day before, None where the calendar is new, and after."""

    from_: date | None = Field(alias="from")
    to: date


class MovedClock(View):
    """One open run of a clock that the calendar moves: its due day before and after."""

    number: str | None
    case: str
    clock: str
    item: int
    run: int
    from_: str = Field(alias="from")
    to: str
    provisional: bool


class LoadView(View):
    """What loading a file changes, or would change.

    Attributes:
        version: the edition's.
        stored: it was written; otherwise this is a preview.
        days: those that differ, sorted.
        cases: how many have, or would have, a new event.
        clocks: their runs; those whose day stays change whether it is provisional.
        left: ids of cases that others moved meanwhile; the next round takes them.
    """

    calendar: str
    version: str
    stored: bool
    announced_through: AnnouncedView
    days: tuple[ChangedDay, ...]
    cases: int
    clocks: tuple[MovedClock, ...]
    left: tuple[str, ...]

    @property
    def due_days(self) -> tuple[MovedClock, ...]:
        """The runs whose due day is another."""
        return tuple(one for one in self.clocks if one.from_ != one.to)


class DueDays(View):
    """One's own due days as a calendar file, and how many there are."""

    content: bytes
    entries: int
