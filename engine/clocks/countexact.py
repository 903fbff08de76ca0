"""Counts a run of minutes or hours: the spans in which it ran and rested."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from engine.case.values import Run
from engine.clocks.counting import RUN_ON
from engine.clocks.explained import Counted, Moment, Rest, Term
from engine.time.due import ENDS, Cap
from engine.time.times import LAST, later, moment_text, parse_moment
from engine.time.units import TimeUnit

_NONE = timedelta()


class ExactCount:
    """Walks through a run's changes, adding up the time that counts."""

    def __init__(self, run: Run, *, now: datetime) -> None:
        """Count ``run`` up to its due moment; ``now`` is how far an open pause is shown."""
        self.run, self.now = run, now
        self.whole = run.unit.length(run.n)
        self.each, self.all = (_length(one) for one in (run.each, run.all))
        self.since = parse_moment(run.anchor)
        self.passed = self.used = _NONE
        self.open: int | None = None
        self.rests: list[Rest] = []
        self.moments = [Moment(at=self.since, kind="anchor", elapsed=0)]
        self.terms = [
            Term(kind="anchor", to=run.anchor),
            Term(kind="length", to=moment_text(self._due()), n=run.n, unit=run.unit),
        ]

    def counted(self) -> Counted:
        """Return the result of the count.

        Source:
            language.md 4: minutes and hours, nights and holidays count, no shift.
        """
        for place, (what, when) in enumerate(self.run.changes):
            moment = parse_moment(when)
            if what == "pause":
                self._pause(place, moment)
            elif what in ENDS:
                self._resume(moment, place, by_cap=what == RUN_ON)
        return self._resting() if self.open is not None else self._result()

    def _due(self) -> datetime:
        return later(self.since, self.whole - self.passed)

    def _pause(self, place: int, moment: datetime) -> None:
        if self.open is not None or moment >= self._due():
            return
        moment = max(moment, self.since)
        self.passed += moment - self.since
        self.since, self.open = moment, place
        self._moment("pause", place)

    def _resume(self, moment: datetime, change: int | None, *, by_cap: bool = False) -> None:
        if self.open is None:
            return
        start, place = self.since, self.open
        moment = max(moment, start)
        ends, cap = self._cap(start)
        end = min(moment, ends)
        self.rests.append(
            Rest(
                change=place, start=moment_text(start), end=moment_text(moment),
                whole=_seconds(moment - start), given=_seconds(end - start), unit=TimeUnit.SECONDS,
                cut=cap if by_cap or end < moment else "",
            )
        )  # fmt: skip
        self.used += end - start
        self.since, self.open = end, None
        self._moment("resume", change if end == moment else None)
        self.terms.append(
            Term(
                kind="pause", to=moment_text(self._due()), n=_seconds(end - start),
                unit=TimeUnit.SECONDS, change=place,
            )
        )  # fmt: skip

    def _cap(self, start: datetime) -> tuple[datetime, Literal["", "each", "all"]]:
        last = LAST
        name: Literal["", "each", "all"] = ""
        if self.each is not None:
            last, name = later(start, self.each), "each"
        if self.all is not None:
            left = later(start, max(self.all - self.used, _NONE))
            last, name = (left, "all") if left < last else (last, name)
        return last, name

    def _resting(self) -> Counted:
        start, place, due = self.since, self.open or 0, self._due()
        ends, cap = self._cap(start)
        if cap:
            self._resume(ends, None)
            self.rests[-1] = replace(self.rests[-1], end=None, cut=cap)
            return self._result(due=due, until=ends)
        given = _seconds(max(self.now - start, _NONE))
        self.rests.append(
            Rest(
                change=place, start=moment_text(start), end=None, whole=0, given=given,
                unit=TimeUnit.SECONDS,
            )
        )  # fmt: skip
        self.terms.append(Term(kind="resting", to=moment_text(start), change=place))
        return self._told(moment_text(due), elapsed=self.passed)

    def _result(self, *, due: datetime | None = None, until: datetime | None = None) -> Counted:
        last = self._due()
        self.moments.append(Moment(at=last, kind="due", elapsed=_seconds(self.whole)))
        told = self._told(moment_text(due or last), elapsed=self.passed + (last - self.since))
        if until is None:
            return told
        return replace(told, until=moment_text(until), later=moment_text(last))

    def _told(self, due: str, *, elapsed: timedelta) -> Counted:
        return Counted(
            raw=due, due=due, moments=tuple(self.moments), rests=tuple(self.rests),
            terms=tuple(self.terms), count=_seconds(elapsed), need=_seconds(self.whole),
        )  # fmt: skip

    def _moment(self, kind: Literal["pause", "resume"], change: int | None) -> None:
        passed = _seconds(self.passed)
        self.moments.append(Moment(at=self.since, kind=kind, elapsed=passed, change=change))


def _length(text: str) -> timedelta | None:
    cap = Cap.read(text)
    return None if cap is None else cap.unit.length(cap.n)


def _seconds(span: timedelta) -> int:
    return int(span.total_seconds())
