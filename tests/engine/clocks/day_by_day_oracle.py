"""The clock algebra once more, as one would do it with a finger on the wall.

A day at a time (for minutes and hours, a tick at a time) this walk asks: does the office work,
does the clock rest, does the day count? It knows no formula and nothing of ``engine``: only the
text of the language, and working days as ``chinese_calendar`` knows them. So where it agrees
with ``engine.time.due``, two ways of thinking agree.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from math import gcd

import chinese_calendar

DAY = timedelta(days=1)
SECONDS = {"minutes": 60, "hours": 3600, "days": 86_400}
Changes = Sequence[tuple[str, str]]
Cap = tuple[int, str]


@dataclass(frozen=True, slots=True)
class Found:
    """What the walk says; days and moments as the language writes them."""

    raw: str
    due: str
    provisional: bool
    paused: bool
    until: str | None
    later: str | None


@dataclass(slots=True)
class Wall:
    """The calendar on the wall: announced through a day, Monday to Friday behind it."""

    through: date = date(2026, 12, 31)
    latest: date = date.min
    """The latest day that was looked up."""

    def works(self, day: date) -> bool:
        self.latest = max(self.latest, day)
        if day <= self.through:
            return bool(chinese_calendar.is_workday(day))
        return day.weekday() < 5

    def shifted(self, day: date) -> date:
        while not self.works(day):
            day += DAY
        return day


def walked(
    *, kind: str, anchor: str, n: int, unit: str, changes: Changes = (),
    each: str = "", all: str = "", through: date = date(2026, 12, 31),
) -> Found:  # fmt: skip
    """Walk from the anchor to the day or moment that is due."""
    if unit in {"minutes", "hours"}:
        return _Ticks(anchor, n, unit, changes, read_cap(each), read_cap(all)).found()
    walk = DayWalk(
        kind, date.fromisoformat(anchor), n, unit, read_cap(each), read_cap(all), Wall(through)
    )
    walk.live(changes)
    return walk.found()


def read_cap(cap: str) -> Cap | None:
    if not cap:
        return None
    n, unit = cap.split(" ", 1)
    return int(n), unit.replace(" ", "_").rstrip("s") + "s"


@dataclass(slots=True)
class DayWalk:
    """One run of days, working days or months, lived day by day.

    The run is over on the first day, not before ``floor``, on which ``need`` days have
    counted. A day counts that does not rest and, for working days, is worked.
    """

    kind: str
    anchor: date
    n: int
    unit: str
    each: Cap | None
    all: Cap | None
    wall: Wall
    rests: set[date] = field(default_factory=set)
    start: date = date.max
    need: int = 0
    floor: date = date.min
    pausing: date | None = None
    spent: int = 0

    def __post_init__(self) -> None:
        self.start = self.anchor
        self.aim(self.anchor if self.kind == "due" else self.after(self.anchor, self.n, self.unit))

    def after(self, day: date, n: int, unit: str) -> date:
        """Return the day ``n`` units after ``day``."""
        if unit == "months":
            return self._months_after(day, n)
        if unit == "working_days" and n == 0:
            return self.wall.shifted(day)
        while n:
            day += DAY
            n -= unit == "days" or self.wall.works(day)
        return day

    def _months_after(self, day: date, n: int) -> date:
        reached = day.replace(day=1)
        for _ in range(n):
            month = reached.month
            while reached.month == month:
                reached += DAY
        month = reached.month
        while reached.day < day.day and (reached + DAY).month == month:
            reached += DAY
        return reached

    def counts(self, day: date) -> bool:
        return self.unit != "working_days" or self.wall.works(day)

    def counted(self, last: date) -> int:
        """Return how many days have counted up to ``last``."""
        day, ticks = self.start, 0
        while day < last:
            day += DAY
            ticks += day not in self.rests and self.counts(day)
        return ticks

    def aim(self, day: date) -> None:
        """Be over on ``day``, if nothing else happens."""
        self.start = min(self.start, day)
        self.need, self.floor = self.counted(day), day

    def reached(self, need: int, floor: date) -> date:
        day, ticks = self.start, 0
        while ticks < need or day < floor:
            day += DAY
            ticks += day not in self.rests and self.counts(day)
        return day

    @property
    def raw(self) -> date:
        return self.reached(self.need, self.floor)

    @property
    def due(self) -> date:
        if self.kind == "at_least" or self.unit == "working_days":
            return self.raw
        return self.wall.shifted(self.raw)

    def live(self, changes: Iterable[tuple[str, str]]) -> None:
        for what, when in changes:
            day = date.fromisoformat(when)
            if what == "pause":
                self.pause(day)
            elif what in {"resume", "run_on"}:
                self.resume(day)
            elif day > self.raw:
                # The day itself was granted; what had been counted before is history.
                self.aim(day)
                self.wall.latest = day

    def pause(self, day: date) -> None:
        raw, due = self.raw, self.due
        if self.pausing is not None or day > due:
            return
        # What happened before the clock began cannot have stopped it; a date has no beginning.
        self.pausing = day if self.kind == "due" else max(day, self.anchor)
        self.start = min(self.start, self.pausing)
        self.aim(due if self.pausing > raw else raw)

    def resume(self, day: date) -> None:
        if self.pausing is None:
            return
        day = max(day, self.pausing)
        last = lost = self.rest(self.pausing, day)
        resting = self.pausing
        while resting < last:
            resting += DAY
            if self.counts(resting):
                # Nothing is over while it rests.
                self.floor = max(self.floor, resting)
        while lost < day:
            lost += DAY
            if self.counts(lost):
                # A day of the pause that would have counted did not rest: the cap was reached.
                break
        else:
            worked = self.unit == "working_days"
            self.floor = max(self.floor, self.wall.shifted(day) if worked else day)
        self.pausing = None

    def rest(self, first: date, last: date) -> date:
        """Let the days after ``first`` rest, until the caps are spent; return the last of them."""
        day, one, every = first, 0, self.spent
        each, ends = self.each, date.max
        if each is not None and each[1] == "months":
            ends = self._months_after(first, each[0])
        while day < min(last, ends) and not self._full(self.each, one):
            if self._full(self.all, every):
                break
            day += DAY
            self.rests.add(day)
            one += self._costs(self.each, day)
            every += self._costs(self.all, day)
        self.spent = every
        return day

    def _full(self, cap: Cap | None, spent: int) -> bool:
        return cap is not None and cap[1] != "months" and spent >= cap[0]

    def _costs(self, cap: Cap | None, day: date) -> bool:
        if cap is None or cap[1] == "months":
            return False
        return cap[1] == "days" or self.wall.works(day)

    def found(self) -> Found:
        raw, due, paused = self.raw, self.due, self.pausing is not None
        until = later = None
        if self.pausing is not None and (self.each or self.all):
            spent = self.spent
            last = self.rest(self.pausing, date.max)
            self.spent = spent
            self.resume(last)
            until, later = last.isoformat(), self.due.isoformat()
        return Found(
            raw.isoformat(), due.isoformat(), self.wall.latest > self.wall.through,
            paused, until, later,
        )  # fmt: skip


class _Ticks:
    """One run of minutes or hours, lived tick by tick; no tick is cut by what happens."""

    def __init__(
        self, anchor: str, n: int, unit: str, changes: Changes, each: Cap | None, all: Cap | None
    ) -> None:
        self.zero = _second(anchor)
        lengths = [c and c[0] * SECONDS[c[1]] for c in (each, all)]
        moments = [_second(when) - self.zero for _, when in changes]
        self.tick = gcd(n * SECONDS[unit], *moments, *(length or 0 for length in lengths)) or 1
        self.each, self.all = (None if s is None else s // self.tick for s in lengths)
        self.need = n * SECONDS[unit] // self.tick
        self.rests: set[int] = set()
        self.pausing: int | None = None
        self.spent = 0
        for (what, _), moment in zip(changes, moments, strict=True):
            (self.pause if what == "pause" else self.resume)(moment // self.tick)

    @property
    def due(self) -> int:
        at = ticks = 0
        while ticks < self.need:
            at += 1
            ticks += at not in self.rests
        return at

    def pause(self, at: int) -> None:
        if self.pausing is None and at < self.due:
            self.pausing = max(at, 0)

    def resume(self, at: int) -> None:
        if self.pausing is not None:
            self.rest(self.pausing, at)
        self.pausing = None

    def rest(self, first: int, last: int | None) -> int:
        at = first
        while last is None or at < last:
            if at - first == self.each or self.spent == self.all:
                break
            at += 1
            self.spent += 1
            self.rests.add(at)
        return at

    def found(self) -> Found:
        due, paused = self.text(self.due), self.pausing is not None
        until = later = None
        if self.pausing is not None and (self.each is not None or self.all is not None):
            until = self.text(self.rest(self.pausing, None))
            later = self.text(self.due)
        return Found(due, due, provisional=False, paused=paused, until=until, later=later)

    def text(self, at: int) -> str:
        moment = datetime.fromtimestamp(self.zero + at * self.tick, UTC)
        return moment.strftime("%Y-%m-%dT%H:%M:%SZ")


def _second(text: str) -> int:
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())
