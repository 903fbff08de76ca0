"""Finds rounds that are silent or failed, and who takes them: for doctor and monitors."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from engine.case.text import Text, said
from heyi.app.office import words
from heyi.app.office.schedule import SIDES, ScheduledRound, heartbeat_of
from heyi.app.todo import Todo
from storage.kernel.timerecords import Round
from storage.work import Work

_RINGERS = {"serve": Todo.SERVE, "work": Todo.WORK}
"""Who takes the rounds, for the sentences that say where to look."""
FORGOTTEN = timedelta(days=7)
"""A side that has not been heard for so long was given up on purpose."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """The health of one scheduled round, or of one side that rings.

    Attributes:
        name: the round's name; the side's name for a side.
        kind: ``ok``, ``silent``, ``failed`` (its last round went wrong), ``never``, ``waiting``
            (never, though clocks wait), ``side`` (one that rings has gone silent).
        last: the round that began last, None for a scheduled round that never rang.
        words: what it is, and what to do.
    """

    name: str
    kind: str
    last: Round | None
    words: Text

    @property
    def is_finding(self) -> bool:
        """Whether somebody must look after it."""
        return self.kind in {"silent", "failed", "waiting"}


def listen(work: Work, schedule: Iterable[ScheduledRound], *, now: datetime) -> list[Heard]:
    """Return the health of every scheduled round, in order, then of sides gone silent.

    Args:
        work: an open transaction.
        schedule: how often each round should be rung.
        now: the present moment, aware.
    """
    schedule = tuple(schedule)
    found = [_heard(work, scheduled, now) for scheduled in schedule]
    quickest = [scheduled.every for scheduled in schedule]
    return [*found, *(_sides(work, min(quickest), now) if quickest else ())]


def last_end(work: Work, name: str) -> datetime | None:
    """Return when a round of this name last ended, well or badly; a crashed one has no end."""
    lasts = [work.rounds.last(name, ok=ok) for ok in (True, False)]
    return max((one.ended_at for one in lasts if one and one.ended_at), default=None)


def silent_sides(work: Work, period: timedelta, *, now: datetime) -> dict[str, datetime]:
    """Return the sides that rang lately and are silent now, with their last heartbeat.

    Args:
        work: an open transaction.
        period: how often a side lets itself be heard.
        now: the present moment.
    """
    found = {}
    for side in SIDES:
        end = last_end(work, heartbeat_of(side))
        if end is not None and 3 * period < now - end < FORGOTTEN:
            found[side] = end
    return found


def _heard(work: Work, scheduled: ScheduledRound, now: datetime) -> Heard:
    last, end = work.rounds.last(scheduled.round), last_end(work, scheduled.round)
    if last is None or (end is None and not scheduled.is_silent(last.started_at, now=now)):
        return _never(work, scheduled, last, now)
    when = end or last.started_at
    if scheduled.is_silent(when, now=now):
        told = said(words.SILENT, round=scheduled.round, when=_minute(when), **_RINGERS)
        return Heard(name=scheduled.round, kind="silent", last=last, words=told)
    if last.ok is False:
        told = said(words.FAILED, round=scheduled.round, note=last.note)
        return Heard(name=scheduled.round, kind="failed", last=last, words=told)
    told = said(words.RINGS, round=scheduled.round, by=last.by)
    return Heard(name=scheduled.round, kind="ok", last=last, words=told)


def _never(work: Work, scheduled: ScheduledRound, last: Round | None, now: datetime) -> Heard:
    owed = work.clocks.next_at() if scheduled.round == "sweep-clocks" else None
    if last is None and owed is not None and scheduled.is_silent(owed, now=now):
        told = said(words.WAITING, **_RINGERS)
        return Heard(name=scheduled.round, kind="waiting", last=None, words=told)
    told = said(words.NEVER, round=scheduled.round)
    return Heard(name=scheduled.round, kind="never", last=last, words=told)


def _sides(work: Work, period: timedelta, now: datetime) -> Iterator[Heard]:
    for side, end in silent_sides(work, period, now=now).items():
        told = said(words.SIDE_SILENT, side=side, when=_minute(end))
        yield Heard(name=side, kind="side", last=None, words=told)


def _minute(moment: datetime) -> str:
    return f"{moment:%Y-%m-%d %H:%M} UTC"
