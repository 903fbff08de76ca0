"""Shows the calendars of an office, checks them, and loads new announcements."""

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

from engine.case.errors import DefinitionError, HeyiError
from engine.compiling.calendars import Edition, NewsDef, body_of, merged, read_days
from engine.time.calendars import Calendar, DayKind
from heyi.app.acts.deeds import note, permit
from heyi.app.cases.casework import Casework
from heyi.app.clocks.replanning import Replanned, Replanner
from heyi.app.library.library import Library
from heyi.app.reader import Reader
from storage.work import Work

_SHOWN = 5


class CalendarUnknown(HeyiError):
    """There is no calendar of this name, so nothing can be added to it."""

    code = "calendar.unknown"

    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"there is no calendar '{name}'")


class PastContradicted(HeyiError):
    """The file says of days that have passed what the calendar in force does not."""

    code = "calendar.past"

    def __init__(self, name: str, days: tuple[date, ...]) -> None:
        self.name, self.days = name, days
        shown = ", ".join(map(str, days[:_SHOWN])) + (" …" if len(days) > _SHOWN else "")
        self.shown = shown
        super().__init__(
            f"the file contradicts calendar '{name}' for days that have passed: {shown}"
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class DayChange:
    """A day that an edition sees differently.

    Attributes:
        was: as it is in force.
        now: as the edition has it.
    """

    was: DayKind
    now: DayKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """What a file would change, before anything is written.

    Attributes:
        edition: the whole edition that would be stored.
        calendar: the calendar it gives.
        through: the last announced day in force so far; None where the calendar is new.
        changes: the days that differ in being worked or in their name, sorted.
        preview: the open clocks that would move.
    """

    edition: Edition
    calendar: Calendar
    through: date | None
    changes: tuple[DayChange, ...]
    preview: Replanned = field(default_factory=Replanned)


def days_of(calendar: Calendar, start: date, until: date) -> Iterable[DayKind]:
    """Yield the kind of every day from ``start`` to ``until``."""
    for n in range((until - start).days + 1):
        yield calendar.kind_of(start + timedelta(days=n))


class Loading:
    """Takes new editions in: compares first, writes only when asked to."""

    def __init__(self, cases: Casework) -> None:
        """Work through these use cases."""
        self.cases = cases

    def propose(
        self, text: str, *, file: str, now: datetime, today: date, correct: bool = False
    ) -> Proposal:
        """Return what a file would change; nothing is written.

        Args:
            text: a whole calendar file, or news for a calendar that is there.
            file: its name, for places.
            now: the present moment.
            today: in the office's zone; days before it have passed.
            correct: the file may contradict days that have passed.

        Raises:
            DefinitionError: the file is wrong.
            CalendarUnknown: it is news for a calendar that is not there.
            PastContradicted: as it says, and ``correct`` is not set.
        """
        with self.cases.store.read() as work:
            found = proposal(work, self.cases.library, text, file=file)
        passed = tuple(
            one.was.day
            for one in found.changes
            if one.was.day < today and one.was.known and one.was.working != one.now.working
        ) + forgotten(found, today)
        if passed and not correct:
            raise PastContradicted(found.edition.calendar, tuple(sorted(passed)))
        instead = {found.edition.calendar: found.edition}
        preview = Replanner(self.cases, now, instead).all()
        return Proposal(
            edition=found.edition, calendar=found.calendar, through=found.through,
            changes=found.changes, preview=preview,
        )  # fmt: skip

    def store(self, found: Proposal, *, now: datetime, reader: Reader) -> Replanned:
        """Keep a proposed edition and plan the open clocks under it.

        The edition is kept first, in a transaction of its own: if planning is cut off, the
        round ``re-plan-calendars`` goes on with it.

        Raises:
            ActRefused: no post of the reader permits it.
        """
        body = json.dumps(body_of(found.edition), ensure_ascii=False, sort_keys=True)
        name = found.edition.calendar
        with self.cases.store.write() as work:
            permit(work, reader, "calendar.loaded")
            # The file as it is shipped is not kept: a newer one shall take its place by itself.
            if self.cases.library.edition(name, work) != found.edition:
                newest = work.calendars.newest(name)
                version = newest.version + 1 if newest is not None else 1
                work.calendars.put(name, version, body=body, loaded_at=now)
                note(work, reader, "calendar.loaded", now=now, calendar=name, version=version)
        return Replanner(self.cases, now).all()


def proposal(work: Work, library: Library, text: str, *, file: str) -> Proposal:
    """Return what a file changes of the days in force; see ``Loading.propose``."""
    rule, findings = read_days(text, file=file)
    if rule is None:
        raise DefinitionError(findings.problems)
    present = library.edition(rule.calendar, work)
    if isinstance(rule, NewsDef):
        if present is None:
            raise CalendarUnknown(rule.calendar)
        rule = merged(present, rule)
    name = rule.calendar
    after = library.calendar_with(name, work, {name: rule})
    before = library.calendar(name, work) if present is not None else None
    return Proposal(
        edition=rule,
        calendar=after,
        through=before.announced_through if before else None,
        changes=tuple(differences(before, after)) if before else (),
    )


def differences(before: Calendar, after: Calendar) -> Iterable[DayChange]:
    """Yield the days that two calendars see differently, sorted; the known ones of either."""
    for day in sorted({*before.off, *before.work, *after.off, *after.work}):
        was, now = before.kind_of(day), after.kind_of(day)
        if (was.working, was.name) != (now.working, now.name):
            yield DayChange(was=was, now=now)


def forgotten(found: Proposal, today: date) -> tuple[date, ...]:
    """Return the last day that was announced, where a file knows less and that day has passed."""
    last = found.calendar.announced_through
    if found.through is None or last >= min(found.through, today - timedelta(days=1)):
        return ()
    return (min(found.through, today - timedelta(days=1)),)
