"""Random lives of a clock: pauses, resumptions, extensions, corrections, other calendars."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache
from typing import Any, Literal

from hypothesis import strategies as st

from engine.time.calendars import Calendar
from engine.time.units import TimeUnit
from tests.builders.shelves import national
from tests.engine.clocks.day_by_day_oracle import walked

DAY = timedelta(days=1)
ANNOUNCED = (date(2025, 12, 31), date(2026, 6, 30), date(2026, 12, 31))
MOST = {TimeUnit.DAYS: 45, TimeUnit.WORKING_DAYS: 25, TimeUnit.MONTHS: 4}
Change = tuple[str, str]


@dataclass(frozen=True, slots=True)
class History:
    """What happened to one clock, and how far its calendar was announced."""

    kind: Literal["within", "at_least", "due"]
    n: int
    unit: TimeUnit
    anchor: str
    changes: tuple[Change, ...] = ()
    each: str = ""
    all: str = ""
    through: date = ANNOUNCED[-1]

    @property
    def asked(self) -> dict[str, Any]:
        """Return what ``planned`` and the walk are asked, but for the calendar."""
        names = ("kind", "n", "unit", "anchor", "changes", "each", "all")
        return {name: getattr(self, name) for name in names}

    @property
    def least(self) -> int:
        """Return a number of days that surely lie inside the run."""
        return 28 * self.n if self.unit == "months" else self.n


@cache
def edition(through: date) -> Calendar:
    """Return the national calendar as it was when nothing behind ``through`` was announced."""
    whole = national()
    return replace(
        whole,
        announced_through=through,
        off={day: name for day, name in whole.off.items() if day <= through},
        work={day: name for day, name in whole.work.items() if day <= through},
    )


def _caps(*units: str) -> st.SearchStrategy[str]:
    spans = st.builds(lambda n, unit: f"{n} {unit}", st.integers(0, 25), st.sampled_from(units))
    return st.one_of(st.just(""), spans)


@st.composite
def histories(draw: st.DrawFn, kinds: tuple[str, ...] = ("within", "at_least")) -> History:
    """Return a life in days, working days or months; extensions only move it onwards.

    Things happen one after the other, in any order of kinds, some before the anchor. In the
    end the anchor may be corrected and the calendar exchanged.
    """
    kind: Any = draw(st.sampled_from(kinds))
    unit = TimeUnit.DAYS if kind == "due" else draw(st.sampled_from(sorted(MOST)))
    n = 0 if kind == "due" else draw(st.integers(0, MOST[unit]))
    anchor = date(2025, 9, 1) + draw(st.integers(0, 500)) * DAY
    each = draw(st.one_of(_caps("days", "working_days"), st.sampled_from(["1 months", "2 months"])))
    history = History(
        kind, n, unit, anchor.isoformat(), (), each, draw(_caps("days", "working_days")),
        draw(st.sampled_from(ANNOUNCED)),
    )  # fmt: skip
    today = anchor + draw(st.integers(-6, 30)) * DAY
    for _ in range(draw(st.integers(0, 7))):
        what = draw(st.sampled_from(["pause", "resume", "pause", "resume", "extend"]))
        if what == "extend" and kind == "within":
            raw = date.fromisoformat(walked(**history.asked, through=history.through).raw)
            day = raw + draw(st.integers(1, 20)) * DAY
        elif what == "extend":
            continue
        else:
            day = today
            today += draw(st.sampled_from([0, 0, 1, 1, 2, 3, 5, 8, 13, 21])) * DAY
        history = replace(history, changes=(*history.changes, (what, day.isoformat())))
    corrected = anchor + draw(st.one_of(st.just(0), st.integers(-9, 9))) * DAY
    if any(what == "extend" and day <= corrected.isoformat() for what, day in history.changes):
        # Nobody was granted a day before the clock began.
        corrected = anchor
    if draw(st.booleans()):
        history = replace(history, through=draw(st.sampled_from(ANNOUNCED)))
    return replace(history, anchor=corrected.isoformat())


@st.composite
def exact_histories(draw: st.DrawFn) -> History:
    """Return a life in minutes or hours."""
    unit = draw(st.sampled_from([TimeUnit.MINUTES, TimeUnit.HOURS]))
    n = draw(st.integers(1, 90 if unit == "minutes" else 30))
    step = timedelta(minutes=draw(st.sampled_from([1, 5])))
    anchor = datetime(2026, 3, 1, tzinfo=UTC) + draw(st.integers(0, 90_000)) * step
    now, changes = anchor + draw(st.integers(-9, 20)) * step, []
    for what in draw(st.lists(st.sampled_from(["pause", "resume"]), max_size=7)):
        changes.append((what, _text(now)))
        now += draw(st.sampled_from([0, 1, 2, 5, 13, 40, 100])) * step
    caps = draw(st.tuples(_caps("minutes", "hours"), _caps("minutes", "hours", "days")))
    kind: Any = draw(st.sampled_from(["within", "at_least"]))
    return History(kind, n, unit, _text(anchor), tuple(changes), *caps)


def _text(moment: datetime) -> str:
    return moment.strftime("%Y-%m-%dT%H:%M:%SZ")
