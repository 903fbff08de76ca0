"""Finds what is missing in a calendar: unannounced years, unread papers, odd holidays, gaps."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from engine.case.errors import DefinitionError
from engine.case.text import Text, said, worded
from engine.compiling.calendars import Edition
from engine.language.model import WorkflowDef
from engine.time.calendars import Calendar, plus_months
from engine.time.times import start_of
from heyi.app.clocks import words
from heyi.app.library.library import Library
from storage.kernel.records import RunQuery
from storage.work import Work

AHEAD = 12
"""So many months from today have to be announced."""
ANNOUNCED_FROM = 11
"""The month in which a nation's next year is usually announced."""
_LONG_BREAK = 4
_WEEKEND = 5
_COUNTED = 1000
_CALENDAR = re.compile(r"^calendar:\s*([a-z][a-z0-9_]*)", re.MULTILINE)
_DEFAULT: str = WorkflowDef.model_fields["calendar"].default
_NEAR = timedelta(days=35)
_DAY = timedelta(days=1)

Lacks = Iterator[tuple[str, Text]]
"""Kinds, each with its sentence."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Lack:
    """One thing that is missing or odd.

    Attributes:
        calendar: the calendar's name.
        kind: a stable word: wrong, announced, clocks, unverified, gap, odd, few, hours, older.
        words: what it is; for ``announced`` and ``older`` how a file is loaded is the door's to
            say.
        in_use: a workflow counts by this calendar, or it was loaded; otherwise only said.
    """

    calendar: str
    kind: str
    words: Text
    in_use: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class CalendarCheck:
    """Looks through the calendars of an office.

    Attributes:
        work: the open transaction; None where there is no database, for files alone.
        library: calendars.
        zone: the office's.
        today: in that zone.
    """

    work: Work | None
    library: Library
    zone: ZoneInfo
    today: date

    def all(self) -> list[Lack]:
        """Return what all calendars lack; those that are not in use are marked so."""
        used = {*self.workflows(), *(self.work.calendars.names() if self.work else ())}
        names = sorted(used | {*self.library.shelf.calendar_names()})
        return [replace(one, in_use=name in used) for name in names for one in self.of(name)]

    def of(self, name: str) -> list[Lack]:
        """Return what a calendar lacks; empty for one that is well."""
        try:
            edition = self.library.edition(name, self.work)
            calendar = self.library.calendar_with(name, self.work)
            filed = self.library.shelf.edition(name)
        except DefinitionError as error:
            return [
                Lack(calendar=name, kind="wrong", words=worded(one.text)) for one in error.problems
            ]
        if edition is None:
            told = said(words.NO_CALENDAR, name=name)
            return [Lack(calendar=name, kind="wrong", words=told)]
        found = [*_announced(calendar, self.today), *self._clocks(calendar)]
        found += [*_unverified(calendar), *_gaps(edition, calendar), *_odd(calendar)]
        found += [*_few(calendar), *_hours(calendar), *_older(edition, filed)]
        return [Lack(calendar=name, kind=kind, words=told) for kind, told in found]

    def workflows(self) -> dict[str, list[str]]:
        """Return the names of workflows by the calendar that their newest version counts by."""
        found: dict[str, list[str]] = {}
        if self.work is None:
            for path in self.library.shelf.workflow_files():
                word = _CALENDAR.search(path.read_text(encoding="utf-8", errors="replace"))
                found.setdefault(word[1] if word else _DEFAULT, []).append(path.stem)
        else:
            for name, version in dict(sorted(self.work.workflows.list())).items():
                rule = self.library.get(self.work, name, version).definition
                found.setdefault(rule.calendar, []).append(name)
        return found

    def _clocks(self, calendar: Calendar) -> Lacks:
        """Tell how many open clocks end on days that nobody has announced."""
        last = calendar.announced_through
        if self.work is None or last >= date.max - _DAY:
            return
        # A due day ends at 24:00: what is due on the last announced day itself is certain.
        behind = start_of(last + _DAY, self.zone) + timedelta(microseconds=1)
        n = 0
        for workflow in self.workflows().get(calendar.name, []):
            query = RunQuery(workflow=workflow, after=(behind, "", "", 0, 0), limit=_COUNTED)
            n += sum(run.due_at is not None for run in self.work.clocks.listed(query))
        if n:
            many = f"{n}+" if n >= _COUNTED else str(n)
            yield "clocks", said(words.CLOCKS_BEHIND, many=many, last=last)


def _announced(calendar: Calendar, today: date) -> Lacks:
    last, wanted = calendar.announced_through, plus_months(today, AHEAD)
    if last >= wanted:
        return
    years = [*range((last + _DAY).year, wanted.year + 1)]
    told = said(words.ANNOUNCED, last=last, years=years)
    if last < today:
        told = said(words.ALL_PROVISIONAL, announced=told)
    yield "announced", told


def _unverified(calendar: Calendar) -> Lacks:
    for name in calendar.unverified:
        yield "unverified", said(words.UNVERIFIED, name=name)


def _gaps(edition: Edition, calendar: Calendar) -> Lacks:
    listed = sorted(int(year) for year in edition.years)
    first = min([*listed, calendar.announced_from.year])
    last = max([*listed, calendar.announced_through.year])
    missing = [str(year) for year in range(first, last + 1) if year not in listed]
    if listed and missing:
        yield "gap", said(words.GAP, years=missing)


def _odd(calendar: Calendar) -> Lacks:
    for days in breaks(calendar):
        worked_off = [day for day in days if day.weekday() < _WEEKEND]
        if len(worked_off) < _LONG_BREAK or _made_up(calendar, days):
            continue
        start, end = days[0], days[-1]
        name = calendar.kind_of(worked_off[0]).name
        yield "odd", said(words.ODD, start=start, end=end, name=name, n=len(days))


def _few(calendar: Calendar) -> Lacks:
    """Tell of years with less than half the days off that its years have: not entered whole."""
    years = range(calendar.announced_from.year, calendar.announced_through.year + 1)
    off = Counter(day.year for day in calendar.off if day.weekday() < _WEEKEND)
    usual = median(off[year] for year in years) if len(years) > 1 else 0
    for year in years:
        if off[year] < usual / 2:
            yield "few", said(words.FEW, year=year, off=off[year], usual=f"{usual:g}")


def breaks(calendar: Calendar) -> Iterable[list[date]]:
    """Yield every unbroken row of days that are not worked and hold a holiday's weekday."""
    done: date | None = None
    for day in sorted(day for day in calendar.off if not calendar.is_working(day)):
        if done is not None and day <= done:
            continue
        start = end = day
        while start > date.min and not calendar.is_working(start - _DAY):
            start -= _DAY
        while end < date.max and not calendar.is_working(end + _DAY):
            end += _DAY
        done = end
        yield [start + n * _DAY for n in range((end - start).days + 1)]


def _made_up(calendar: Calendar, days: list[date]) -> bool:
    low, high = days[0].toordinal() - _NEAR.days, days[-1].toordinal() + _NEAR.days
    return any(low <= day.toordinal() <= high for day in calendar.work)


def _hours(calendar: Calendar) -> Lacks:
    if not calendar.windows:
        return
    leap = (date(2024, 1, 1) + n * _DAY for n in range(366))
    bare = [day for day in leap if not any(w.covers(day) for w in calendar.windows)]
    if bare:
        yield "hours", said(words.HOURS, first=f"{bare[0]:%m-%d}", n=len(bare))


def _older(edition: Edition, filed: Edition | None) -> Lacks:
    reach, file_reach = edition.announced_through, filed.announced_through if filed else None
    if reach is not None and file_reach is not None and reach < file_reach:
        yield "older", said(words.OLDER, reach=reach, file_reach=file_reach)


def next_year_is_late(calendar: Calendar, today: date) -> bool:
    """Tell whether next year should be announced by now, from November on, and is not."""
    end = date(today.year + 1, 12, 31)
    return today.month >= ANNOUNCED_FROM and calendar.announced_through < end
