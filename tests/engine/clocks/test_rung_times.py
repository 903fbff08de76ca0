"""When rungs are owed, against a walk that looks at one day after the other."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from math import ceil
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from engine.case.values import Run
from engine.clocks.rungs import due_rungs, rung_times
from engine.time.due import planned
from engine.time.times import parse_moment
from engine.time.units import TimeUnit
from tests.builders.clock_histories import ANNOUNCED, History, edition, exact_histories, histories
from tests.builders.shelves import national
from tests.engine.clocks.day_by_day_oracle import DAY, DayWalk, Wall, read_cap

STARTED = "2026-01-01T00:00:00Z"
OFFICE = ZoneInfo("Asia/Shanghai")
ZONES = st.sampled_from([OFFICE, ZoneInfo("Europe/Berlin"), ZoneInfo("Asia/Beirut")])
STEPS = st.one_of(
    st.sampled_from(["start", "due"]),
    st.integers(0, 100).map(lambda n: f"{n}%"),
    st.integers(0, 40).map(lambda n: f"day {n}"),
    st.builds(
        lambda sign, n, unit: f"due {sign} {n} {unit}{'s' * (n != 1)}",
        st.sampled_from("+-"), st.integers(1, 20), st.sampled_from(["day", "working day", "hour"]),
    ),
)  # fmt: skip


@dataclass(frozen=True)
class Step:
    at: str


def run_of(history: History) -> Run:
    due = planned(**history.asked, calendar=edition(history.through))
    return Run(
        clock="c", kind=history.kind, n=history.n, unit=history.unit, anchor=history.anchor,
        raw=due.raw, due=due.due, provisional=due.provisional, started_at=STARTED,
        changes=history.changes, each=history.each, all=history.all,
        paused=due.paused, until=due.until, later=due.later,
    )  # fmt: skip


def a_run(n, unit, anchor, *changes, kind="within", **more):
    return run_of(
        History(kind=kind, n=n, unit=TimeUnit(unit), anchor=anchor, changes=changes, **more)
    )


def midnight(day: date, zone: ZoneInfo) -> datetime:
    return datetime(day.year, day.month, day.day, tzinfo=zone)


class Finger:
    """Finds the day of each step of a ladder by going from day to day."""

    def __init__(self, history: History, run: Run) -> None:
        self.run, self.wall = run, Wall(history.through)
        self.anchor = date.fromisoformat(history.anchor)
        self.due = date.fromisoformat(run.later or run.due)
        self.lived = DayWalk(
            history.kind, self.anchor, history.n, history.unit,
            read_cap(history.each), read_cap(history.all), self.wall,
        )  # fmt: skip
        self.lived.live(history.changes)
        if run.paused and run.until is not None:
            self.lived.resume(date.fromisoformat(run.until))

    def moment(self, word: str, zone: ZoneInfo) -> datetime | None:
        head, _, rest = word.partition(" ")
        if word == "start":
            return datetime.fromisoformat(STARTED.replace("Z", "+00:00"))
        if word == "due":
            return midnight(self.due + DAY, zone)
        if head == "due":
            sign, n, unit = rest.split(" ", 2)
            return self._beside_due(sign, int(n), unit.removesuffix("s"), zone)
        if head == "day":
            working = self.run.unit == "working_days"
            return midnight(self._inside(int(rest), working=working), zone)
        part, length, unit = int(head.removesuffix("%")), self.run.n, self.run.unit
        if unit == "months":
            length = (self.lived.after(self.anchor, length, unit) - self.anchor).days
        day = self._inside(ceil(part * length / 100), working=unit == "working_days")
        return midnight(day, zone)

    def _beside_due(self, sign: str, n: int, unit: str, zone: ZoneInfo) -> datetime | None:
        day, step = self.due, DAY if sign == "+" else -DAY
        if unit == "hour":
            end = midnight(day + DAY, zone).timestamp() + (n if sign == "+" else -n) * 3600
            if end <= midnight(self.anchor, zone).timestamp():
                return None
            return datetime.fromtimestamp(end, zone)
        while n:
            day += step
            n -= unit == "day" or self.wall.works(day)
        if sign == "+":
            return midnight(day + DAY, zone)
        return midnight(day, zone) if day > self.anchor else None

    def _inside(self, n: int, *, working: bool) -> date:
        """Return the first day on which ``n`` days have passed that did not rest."""
        day = self.anchor
        if working and n == 0 and not self.wall.works(day):
            n = 1
        while n:
            day += DAY
            n -= day not in self.lived.rests and (not working or self.wall.works(day))
        return day


@given(history=histories(), words=st.lists(STEPS, max_size=6), zone=ZONES)
def test_every_rung_is_owed_when_the_finger_gets_there(history, words, zone):
    run = run_of(history)
    assume(not (run.paused and run.until is None))
    # What is behind the due day is not the inside of a run any more.
    words = [w for w in words if not w.startswith("day") or int(w[4:]) <= history.least]
    finger = Finger(history, run)

    found = rung_times(run, [Step(word) for word in words], edition(history.through), zone)

    rests = midnight(date.fromisoformat(run.until) + DAY, zone) if run.until else None
    wanted = []
    for place, word in enumerate(words):
        at = finger.moment(word, zone)
        if at is not None:
            wanted.append(
                (max(at.timestamp(), rests.timestamp()) if rests else at.timestamp(), place)
            )
    assert [(one.at.timestamp(), one.place) for one in found] == sorted(wanted)


@given(history=histories(), words=st.lists(STEPS, max_size=8))
def test_each_rung_rings_once_however_often_one_looks(history, words):
    run, ladder = run_of(history), [Step(word) for word in words]

    first = due_rungs(run, ladder, national(), OFFICE)
    keys = tuple(one.key for one in first)
    rung = replace(run, fired=keys)

    assert len(set(keys)) == len(keys)
    assert due_rungs(rung, ladder, national(), OFFICE) == []


@given(history=histories(), words=st.lists(STEPS, max_size=6))
def test_a_run_that_rests_without_a_cap_owes_nothing(history, words):
    resting = (("pause", history.anchor),)
    run = run_of(replace(history, changes=resting, each="", all=""))

    assert rung_times(run, [Step(word) for word in words], national(), OFFICE) == []


@pytest.mark.parametrize(
    ("run", "word", "moment"),
    [
        pytest.param(a_run(15, "minutes", "2026-05-12T11:40:00Z"), "due - 5 minutes", "2026-05-12T11:50:00", id="minutes before"),
        pytest.param(a_run(15, "minutes", "2026-05-12T11:40:00Z"), "due", "2026-05-12T11:55:00", id="at once"),
        pytest.param(a_run(15, "minutes", "2026-05-12T11:40:00Z"), "due + 1 hour", "2026-05-12T12:55:00", id="an hour after"),
        pytest.param(a_run(10, "hours", "2026-05-12T11:00:00Z"), "70%", "2026-05-12T18:00:00", id="seven hours of ten"),
        pytest.param(a_run(10, "hours", "2026-05-12T11:00:00Z", ("pause", "2026-05-12T12:00:00Z"), ("resume", "2026-05-12T14:00:00Z")), "70%", "2026-05-12T20:00:00", id="moved by a pause"),
        pytest.param(a_run(10, "hours", "2026-05-12T11:00:00Z", ("pause", "2026-05-12T18:00:00Z"), ("resume", "2026-05-12T19:00:00Z")), "70%", "2026-05-12T18:00:00", id="not by one that begins with it"),
        pytest.param(a_run(2000, "hours", "2026-03-01T11:00:00Z"), "due - 1 month", "2026-04-23T19:00:00", id="a month before, at the same hour"),
        pytest.param(a_run(2000, "hours", "2026-03-01T11:00:00Z"), "due + 1 month", "2026-06-23T19:00:00", id="a month after, at the same hour"),
        pytest.param(a_run(120, "hours", "2026-05-21T11:00:00Z"), "due - 2 working days", "2026-05-22T11:00:00", id="a weekend lies between"),
        pytest.param(a_run(24, "hours", "2026-09-29T11:00:00Z"), "due + 1 working day", "2026-10-08T11:00:00", id="behind a week of holidays"),
        pytest.param(a_run(48, "hours", "2026-05-12T11:00:00Z"), "day 1", "2026-05-13T11:00:00", id="a day of hours"),
        pytest.param(a_run(1, "months", "2026-01-31"), "due", "2026-02-28T16:00:00", id="a month's end"),
        pytest.param(a_run(30, "days", "2026-04-28", ("pause", "2026-05-08"), each="60 days"), "due", "2026-07-27T16:00:00", id="behind a cap"),
        pytest.param(a_run(30, "days", "2026-04-28", ("pause", "2026-05-20"), each="60 days"), "70%", "2026-07-19T16:00:00", id="owed before a pause, not while it rests"),
    ],
)  # fmt: skip
def test_a_rung_is_owed_at_its_moment(run, word, moment):
    found = rung_times(run, [Step(word)], national(), OFFICE)

    assert [one.at.replace(tzinfo=None).isoformat() for one in found] == [moment]


@pytest.mark.parametrize(
    ("run", "word"),
    [
        pytest.param(a_run(15, "minutes", "2026-05-12T11:40:00Z"), "due - 15 minutes", id="at the anchor itself"),
        pytest.param(a_run(2, "days", "2026-03-02"), "due - 2 days", id="on the anchor day"),
        pytest.param(a_run(2, "days", "2026-03-02"), "due - 9 days", id="before the anchor day"),
        pytest.param(a_run(1, "days", "2026-03-02"), "due - 72 hours", id="hours before the anchor day"),
        pytest.param(a_run(0, "days", "2026-03-02", kind="due"), "70%", id="a part of a date"),
    ],
)  # fmt: skip
def test_a_rung_that_a_run_has_no_room_for_is_skipped(run, word):
    assert rung_times(run, [Step(word)], national(), OFFICE) == []


@given(
    history=exact_histories(),
    n=st.integers(0, 40),
    sign=st.sampled_from("+-"),
    through=st.sampled_from(ANNOUNCED),
    zone=st.sampled_from([OFFICE, ZoneInfo("Asia/Tokyo")]),
)
def test_working_days_beside_a_due_moment_lead_to_its_hour(history, n, sign, through, zone):
    run = run_of(history)
    assume(not run.paused)
    wall, last = Wall(through), parse_moment(run.due).astimezone(zone)
    day, left = last.date(), n
    while left or (n == 0 and not wall.works(day)):
        day += DAY if sign == "+" or n == 0 else -DAY
        left -= bool(left) and wall.works(day)
    wanted = datetime.combine(day, last.time(), zone)

    found = rung_times(run, [Step(f"due {sign} {n} working days")], edition(through), zone)

    kept = [wanted] if wanted > parse_moment(run.anchor) else []
    assert [one.at for one in found] == kept
    assert all(one.guessed == (max(day, last.date()) > through) for one in found)


def test_a_rung_that_rests_on_days_not_announced_rings_again_when_they_are():
    run = a_run(24, "hours", "2026-12-29T04:00:00Z")
    step = Step("due + 2 working days")
    [guess] = due_rungs(run, [step], edition(date(2026, 12, 31)), OFFICE)
    rung = replace(run, fired=(f"{guess.key}?",))

    assert guess.guessed
    assert due_rungs(rung, [step], edition(date(2026, 12, 31)), OFFICE) == []
    [certain] = due_rungs(rung, [step], replace(edition(date(2027, 1, 31)), off={}), OFFICE)
    assert (certain.at, certain.guessed) == (guess.at, False)


def test_a_rung_whose_due_day_moved_rings_again():
    before = a_run(30, "days", "2026-05-21")
    after = a_run(30, "days", "2026-05-21", ("extend", "2026-07-15"))
    rung = rung_times(before, [Step("due")], national(), OFFICE)[0]
    moved = replace(after, fired=(rung.key,))

    found = due_rungs(moved, [Step("due")], national(), OFFICE)

    assert [one.at for one in found] == [midnight(date(2026, 7, 16), OFFICE)]


def test_rungs_stand_in_the_order_of_time_and_then_of_the_ladder():
    run = a_run(30, "days", "2026-05-21")
    ladder = [Step("due"), Step("day 20"), Step("due"), Step("start")]

    found = rung_times(run, ladder, national(), OFFICE)

    assert [one.place for one in found] == [3, 1, 0, 2]
    assert found[2].at - found[1].at == timedelta(days=13)


def test_the_builder_announces_through_the_last_day_of_the_shipped_calendar():
    assert max(ANNOUNCED) == national().announced_through
