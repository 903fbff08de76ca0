"""Counts a run of whole days on the calendar, day by day, each with its reason.

Apart from ``engine.time.due``, which reckons: here every day is looked at. What both give must be
the same.
"""

from dataclasses import replace
from datetime import date, timedelta
from typing import Literal

from engine.case.values import Run
from engine.clocks.explained import Counted, Day, Kind, Nature, Rest, Term
from engine.time.calendars import Calendar
from engine.time.due import ENDS, Cap, between, plus
from engine.time.units import TimeUnit

ONE_DAY = timedelta(days=1)
RUN_ON = "run_on"
"""The change that ends a pause by its cap."""


class DayCount:
    """Walks through a run's changes and days."""

    def __init__(self, run: Run, calendar: Calendar, *, today: date) -> None:
        """Count ``run`` up to its due day.

        Args:
            run: a run of days, working days or months.
            calendar: whose working days count.
            today: how far a pause without a cap is shown.
        """
        self.run, self.calendar, self.today = run, calendar, today
        self.anchor = date.fromisoformat(run.anchor)
        self.works = run.unit is TimeUnit.WORKING_DAYS
        self.unit = run.unit.counted
        self.shifts = run.kind != "at_least" and not self.works
        self.each, self.all = Cap.read(run.each), Cap.read(run.all)
        self.credits: list[tuple[str, int]] = [("length", self._length())]
        self.rested: dict[date, int] = {}
        self.rests: list[Rest] = []
        self.open: tuple[int, date] | None = None
        # A date in the data is not counted to: a pause before it moves it as one after it.
        self.is_date = run.kind == "due"
        self.free = date.min if self.is_date else self.anchor
        self.seen = date.min
        self.used = 0
        self.pin = self.anchor
        self.raw = self._reach()
        self.terms = [Term(kind="anchor", to=run.anchor)]
        if not self.is_date:
            self._term("length", run.n, run.unit)

    def counted(self) -> Counted:
        """Return the result of the count.

        Source:
            language.md 4.
        """
        for place, (what, when) in enumerate(self.run.changes):
            day = date.fromisoformat(when)
            if what == "pause":
                self._pause(place, day)
            elif what in ENDS:
                self._resume(day, by_cap=what == RUN_ON)
            elif day > self.raw:
                self._extend(place, day)
        return self._result() if self.open is None else self._resting(*self.open)

    def _length(self) -> int:
        run = self.run
        if run.unit.by_calendar:
            return (plus(self.anchor, run.n, run.unit, self.calendar) - self.anchor).days
        # Zero working days from a day off are the next working day: one day that counts.
        first = self.works and run.n == 0 and not self.calendar.is_working(self.anchor)
        return run.n + first

    def _counts(self, day: date) -> bool:
        return not self.works or self.calendar.is_working(day)

    def _reach(self) -> date:
        """Return the day on which as many days have counted as must."""
        day, left = self.anchor, sum(n for _, n in self.credits)
        while left > 0 and day < date.max:
            day += ONE_DAY
            left -= self._counts(day) and day not in self.rested
        # A pause that began on the last day moves it, though nothing is left to count.
        return max(day, self.pin, *self.rested)

    def _pause(self, place: int, day: date) -> None:
        due = self._due()
        if self.open is not None or day > due:
            return
        day = max(day, self.free)
        if day > self.raw:
            self.credits.append(("shift", (due - self.raw).days))
            self.raw = self._reach()
            self._term("shift", self.credits[-1][1], TimeUnit.DAYS)
        self.open = (place, day)

    def _resume(self, day: date, *, by_cap: bool = False) -> None:
        if self.open is None:
            return
        place, start = self.open
        day = max(day, start)
        self.open = None
        ends, cap = self._cap(start)
        end = self.free = min(day, ends)
        units = {one.unit for one in (self.each, self.all) if one}
        if end > start and TimeUnit.WORKING_DAYS in units:
            self.seen = max(self.seen, end)
        whole, given = (between(start, one, self.unit, self.calendar) for one in (day, end))
        cut = cap if by_cap or given < whole else ""
        used_in = self.all.unit if self.all else TimeUnit.DAYS
        self.used += between(start, end, used_in, self.calendar)
        self._rest(place, start, given)
        self.rests.append(
            Rest(
                change=place, start=start.isoformat(), end=day.isoformat(), whole=whole,
                given=given, unit=self.unit, cut=cut,
            )
        )  # fmt: skip
        self.raw = self._reach()
        self._term("pause", given, self.unit, place)
        if given == whole:
            self._not_before(self.calendar.shifted(day) if self.works else day)

    def _rest(self, place: int, start: date, given: int) -> None:
        """Take ``given`` days after ``start`` out of the count; for a date, after the date."""
        day = self.raw if self.is_date else start
        while given and day < date.max:
            day += ONE_DAY
            if self._counts(day):
                self.rested[day] = place
                given -= 1

    def _not_before(self, day: date) -> None:
        if self.raw < day:
            more = between(self.raw, day, self.unit, self.calendar)
            self.credits.append(("resumed", more))
            self.raw = self._reach()
            self._term("resumed", more, self.unit)

    def _extend(self, place: int, day: date) -> None:
        more = between(self.raw, day, self.unit, self.calendar)
        self.credits.append(("extend", more))
        # Working days may be extended to a day off; no count ends there.
        self.raw = self.pin = day
        self._term("extend", more, self.unit, place)

    def _cap(self, start: date) -> tuple[date, Literal["", "each", "all"]]:
        """Return the last day that a pause from ``start`` may count, and by which cap."""
        last: date = date.max
        name: Literal["", "each", "all"] = ""
        if self.each is not None:
            last, name = self._after(start, self.each.n, self.each.unit), "each"
        if self.all is not None:
            whole = self._after(start, self.all.n - self.used, self.all.unit)
            if whole < last:
                last, name = whole, "all"
        return last, name

    def _after(self, start: date, n: int, unit: TimeUnit) -> date:
        return plus(start, n, unit, self.calendar) if n > 0 else start

    def _resting(self, place: int, start: date) -> Counted:
        raw, due = self.raw, self._due()
        ends, cap = self._cap(start)
        if not cap:
            self._rest_until_today(place, start)
            self.terms.append(Term(kind="resting", to=start.isoformat(), change=place))
            return self._result(last=raw if self.is_date else max(start, self.today))
        self._resume(ends)
        self.rests[-1] = replace(self.rests[-1], end=None, cut=cap)
        return self._result(raw=raw, due=due, until=ends)

    def _rest_until_today(self, place: int, start: date) -> None:
        days = (self.today - start).days
        given = between(start, self.today, self.unit, self.calendar) if days > 0 else 0
        if not self.is_date:
            self._rest(place, start, given)
        self.rests.append(
            Rest(
                change=place, start=start.isoformat(), end=None, whole=0, given=given,
                unit=self.unit,
            )
        )  # fmt: skip

    def _due(self) -> date:
        return self.calendar.shifted(self.raw) if self.shifts else self.raw

    def _term(
        self,
        kind: Literal["length", "pause", "extend", "shift", "resumed"],
        n: int,
        unit: TimeUnit,
        change: int | None = None,
    ) -> None:
        self.terms.append(Term(kind=kind, to=self.raw.isoformat(), n=n, unit=unit, change=change))

    def _result(
        self,
        *,
        raw: date | None = None,
        due: date | None = None,
        until: date | None = None,
        last: date | None = None,
    ) -> Counted:
        reached = self._due()
        if reached != self.raw and last is None:
            days = (reached - self.raw).days
            shift = Term(kind="shift", to=reached.isoformat(), n=days, unit=TimeUnit.DAYS)
            self.terms.append(shift)
        days_told = self._days(last or reached, None if last else reached)
        consults = self.shifts or self.works
        final = max(self.seen, due or reached, reached) if consults else self.seen
        return Counted(
            raw=(raw or self.raw).isoformat(), due=(due or reached).isoformat(),
            until=until.isoformat() if until else None,
            later=reached.isoformat() if until else None,
            days=tuple(days_told), rests=tuple(self.rests), terms=tuple(self.terms),
            count=days_told[-1].count, need=sum(n for _, n in self.credits),
            provisional=final > self.calendar.announced_through,
        )  # fmt: skip

    def _days(self, last: date, due: date | None) -> list[Day]:
        found, count = [], 0
        consults = self.shifts or self.works
        for n in range((last - self.anchor).days + 1):
            day = self.anchor + n * ONE_DAY
            counts = self.anchor < day <= self.raw and self._counts(day) and day not in self.rested
            count += counts
            plain = self.calendar.kind_of(day)
            found.append(
                Day(
                    day=day, kind=self._kind(day, due, plain.kind, count if counts else 0),
                    nature=plain.kind, name=plain.name or "", en=plain.en or "",
                    counts=counts, count=count,
                    change=self.rested.get(day),
                    provisional=consults and day > self.calendar.announced_through,
                )
            )  # fmt: skip
        return found

    def _kind(self, day: date, due: date | None, nature: Nature, count: int) -> Kind:
        if day == due:
            return "due"
        if day == self.anchor:
            return "anchor"
        if day in self.rested:
            return "paused"
        if (due is not None and day > self.raw) or self._credit(count) == "shift":
            return "shifted"
        return "counted" if nature == "working" else nature

    def _credit(self, count: int) -> str:
        """Return what the ``count``-th day was owed for."""
        for kind, n in self.credits[:-1]:
            if count <= n:
                return kind
            count -= n
        return self.credits[-1][0]
