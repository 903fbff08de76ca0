"""The use cases of clocks and of the calendars they count by, for one reader each."""

from collections import Counter
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date, datetime
from zoneinfo import ZoneInfo

from heyi.app.cases.casework import Casework
from heyi.app.cases.views import look
from heyi.app.clocks.calendarcheck import CalendarCheck
from heyi.app.clocks.calendarmodels import CalendarView, DueDays, LackView, LoadView
from heyi.app.clocks.calendars import Loading
from heyi.app.clocks.calendarviews import calendar_view, lack_view, load_view
from heyi.app.clocks.explanation import clock_view
from heyi.app.clocks.icsfile import calendar_file, own_dues
from heyi.app.clocks.lists import Wanted, open_clocks
from heyi.app.clocks.models import ClockExplained, OpenClock, SweepView, WaitingClock
from heyi.app.clocks.sweeps import Sweeps
from heyi.app.clocks.sweepviews import COUNTS, sweep_view
from heyi.app.library.library import Library
from heyi.app.reader import Reader
from heyi.app.view import Page
from storage.work import Work

Noted = Callable[[str, datetime], AbstractContextManager[Counter[str]]]
"""Notes that a sweep begins, rung by whom and when, and at its end what was counted."""

Reading = Callable[[], AbstractContextManager[Work | None]]
"""Opens what calendars are read in; None where there is no database, for files alone."""


class Clocks:
    """The use cases on clocks, for people and rounds."""

    def __init__(
        self,
        casework: Callable[[], Casework],
        *,
        library: Library,
        zone: ZoneInfo,
        reading: Reading,
        noted: Noted,
        base_url: str,
    ) -> None:
        """Serve readers; calendars also where there is neither a database nor a profile.

        Args:
            casework: what works on cases, made when it is first needed.
            library: calendars.
            zone: the office's.
            reading: opens what calendars are read in.
            noted: notes a sweep as a round.
            base_url: where people open heyi, for links; "" for none.
        """
        self._casework, self._library, self._zone = casework, library, zone
        self._reading, self._noted, self._base_url = reading, noted, base_url

    @property
    def _cases(self) -> Casework:
        return self._casework()

    def explain(
        self,
        reader: Reader,
        *,
        ref: str,
        clock: str,
        now: datetime,
        item: int | None = None,
        run: int | None = None,
    ) -> ClockExplained | WaitingClock:
        """Return why a clock of a case is due when it is, or what would start it.

        Args:
            reader: who asks.
            ref: the case, by id or number.
            clock: the clock's name, or its label in either language.
            now: the present moment.
            item: 1-based place of the list item; None for the open run that is due first.
            run: 1-based count of the item's runs; None for the newest.

        Raises:
            CaseNotFound: there is no such case.
            ClockNotFound: there is no such clock.
            RunNotFound: it has no such run.
        """
        seen, events = look(self._cases, ref, person=reader.person or None, now=now)
        return clock_view(seen, events, clock, item=item, run=run, lang=reader.lang)

    def list(
        self,
        reader: Reader,
        *,
        now: datetime,
        units: Sequence[str] = (),
        workflow: str = "",
        overdue: bool = False,
        until: date | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[OpenClock]:
        """Return a page of open clocks, the first due first; nothing of their cases' fields.

        Args:
            reader: who asks.
            now: the present moment.
            units: at these units; none for all.
            workflow: of one workflow; "" for all.
            overdue: only those whose time is over.
            until: only those due on this day or earlier; None for all.
            after: ``next`` of the page before; None for the first.
            limit: at most so many, from 1.

        Raises:
            CursorWrong: ``after`` is no place in such a list.
        """
        wanted = Wanted(
            units=tuple(units), workflow=workflow, overdue=overdue, until=until, after=after,
            limit=limit,
        )  # fmt: skip
        return open_clocks(self._cases, wanted, reader, now=now)

    def sweep(
        self, reader: Reader, *, now: datetime, by: str = "", dry_run: bool = False
    ) -> SweepView:
        """Ring the rungs that are owed by now, noted as a round; or list what would ring.

        Args:
            reader: who asks; of the language of labels.
            now: the present moment.
            by: who rings, as the round notes it, e.g. ``cli``; nothing of a dry run is noted.
            dry_run: claim and keep nothing.
        """
        sweeps = Sweeps(self._cases)
        if dry_run:
            report = sweeps.sweep(now, dry_run=True)
        else:
            # Whoever rings: a scheduled round that has fallen silent must be seen.
            with self._noted(by, now) as counts:
                report = sweeps.all(now)
                counts.update({name: getattr(report, name) for name in COUNTS})
        return sweep_view(self._cases, report, dry_run=dry_run, lang=reader.lang)

    def due_days(self, reader: Reader, *, now: datetime) -> DueDays:
        """Return the reader's own due days as a calendar file.

        Raises:
            PersonNotFound: there is no such person.
        """
        dues = own_dues(self._cases, reader.person, now)
        content = calendar_file(dues, now=now, lang=reader.lang, base_url=self._base_url)
        return DueDays(content=content, entries=len(dues))

    def days(self, reader: Reader, *, name: str, first: date, last: date) -> CalendarView | None:
        """Return the days of a calendar, both ends counted; None where there is none.

        Args:
            reader: who asks.
            name: the calendar's.
            first: the first day.
            last: the last day, not before the first.
        """
        with self._reading() as work:
            edition = self._library.edition(name, work)
            if edition is None:
                return None
            calendar = self._library.calendar_with(name, work)
        title = edition.title.text(reader.lang)
        return calendar_view(calendar, first, last, title=title, lang=reader.lang)

    def lacks(
        self,
        reader: Reader,  # noqa: ARG002 - Readers
        *,
        now: datetime,
        name: str = "",
    ) -> tuple[LackView, ...] | None:
        """Return what calendars lack; None where there is none of this name.

        Args:
            reader: who asks; words are in both languages.
            now: the present moment.
            name: one calendar's; "" for all.
        """
        today = now.astimezone(self._zone).date()
        with self._reading() as work:
            if name and self._library.edition(name, work) is None:
                return None
            looked = CalendarCheck(work=work, library=self._library, zone=self._zone, today=today)
            found = looked.of(name) if name else looked.all()
        return tuple(lack_view(one) for one in found)

    def load(
        self,
        reader: Reader,
        *,
        text: str,
        file: str,
        now: datetime,
        write: bool = False,
        correct: bool = False,
    ) -> LoadView:
        """Return what an announcement would change; or keep it and plan the open clocks under it.

        Args:
            reader: who asks.
            text: a whole calendar file, or news for a calendar that is there.
            file: its name, for places.
            now: the present moment.
            write: keep it; otherwise nothing is written.
            correct: the file may contradict days that have passed.

        Raises:
            DefinitionError: the file is wrong.
            CalendarUnknown: it is news for a calendar that is not there.
            PastContradicted: as it says, and ``correct`` is not set.
            ActRefused: it would be kept, and no post of the reader permits it.
        """
        loading, today = Loading(self._cases), now.astimezone(self._zone).date()
        found = loading.propose(text, file=file, now=now, today=today, correct=correct)
        done = loading.store(found, now=now, reader=reader) if write else found.preview
        return load_view(found, done, stored=write, lang=reader.lang)
