"""Makes views of calendars for their readers."""

from datetime import date

from engine.case.text import Text
from engine.time.calendars import Calendar, DayKind
from engine.time.plain import Lang
from heyi.app.clocks.calendarcheck import Lack
from heyi.app.clocks.calendarmodels import (
    AnnouncedView,
    CalendarDay,
    CalendarView,
    ChangedDay,
    DayWas,
    LackView,
    LoadView,
    MovedClock,
)
from heyi.app.clocks.calendars import DayChange, Proposal, days_of
from heyi.app.clocks.replanning import Moved, Replanned


def calendar_view(
    calendar: Calendar, first: date, last: date, *, title: str, lang: Lang
) -> CalendarView:
    """Return every day from ``first`` to ``last``."""
    return CalendarView(
        calendar=calendar.name,
        title=title,
        announced_through=calendar.announced_through,
        unverified=tuple(calendar.unverified),
        days=tuple(_day(one, lang) for one in days_of(calendar, first, last)),
    )


def _day(one: DayKind, lang: Lang) -> CalendarDay:
    return CalendarDay(
        day=one.day, working=one.working, name=one.name, label=_label(one, lang), kind=one.kind,
        known=one.known,
    )  # fmt: skip


def _label(one: DayKind, lang: Lang) -> str:
    return Text(one.name or "", one.en or "").text(lang)


def lack_view(one: Lack) -> LackView:
    """Return one thing that is missing or odd."""
    return LackView(
        calendar=one.calendar, kind=one.kind, in_use=one.in_use, zh=one.words.zh, en=one.words.en,
    )  # fmt: skip


def load_view(found: Proposal, done: Replanned, *, stored: bool, lang: Lang) -> LoadView:
    """Return what loading a file changes, or would change."""
    return LoadView(
        calendar=found.edition.calendar,
        version=found.calendar.version,
        stored=stored,
        announced_through=AnnouncedView(from_=found.through, to=found.calendar.announced_through),
        days=tuple(_changed(one, lang) for one in found.changes),
        cases=done.planned,
        clocks=tuple(_moved(one) for one in done.moved),
        left=done.left,
    )


def _changed(one: DayChange, lang: Lang) -> ChangedDay:
    was = DayWas(working=one.was.working, name=one.was.name, label=_label(one.was, lang))
    now = one.now
    return ChangedDay(
        day=now.day, working=now.working, name=now.name, label=_label(now, lang), was=was
    )


def _moved(one: Moved) -> MovedClock:
    return MovedClock(
        number=one.number, case=one.case, clock=one.clock, item=one.item, run=one.run,
        from_=one.old, to=one.new, provisional=one.provisional,
    )  # fmt: skip
