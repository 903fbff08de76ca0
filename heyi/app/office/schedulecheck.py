"""Finds rounds that are silent or failed, and who takes them: for doctor and monitors."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from heyi.app.office.schedule import SIDES, ScheduledRound, heartbeat_of
from heyi.app.todo import Todo
from storage.kernel.timerecords import Round
from storage.work import Work

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
        zh: what it is, and what to do.
        en: the same in English.
    """

    name: str
    kind: str
    last: Round | None
    zh: str
    en: str

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
        zh = f"“{scheduled.round}”自 {when:%Y-%m-%d %H:%M} UTC 起没有再运行；"
        zh += f"请查看 {Todo.SERVE} 或 worker"
        en = f"'{scheduled.round}' has not rung since {when:%Y-%m-%d %H:%M} UTC"
        en += f"; look at {Todo.SERVE} or {Todo.WORK}"
        return Heard(
            name=scheduled.round,
            kind="silent",
            last=last,
            zh=zh,
            en=en,
        )
    if last.ok is False:
        zh = f"“{scheduled.round}”最近一次出错：{last.note}"
        en = f"the last '{scheduled.round}' went wrong: {last.note}"
        return Heard(name=scheduled.round, kind="failed", last=last, zh=zh, en=en)
    zh = f"“{scheduled.round}”按时运行（{last.by}）"
    en = f"'{scheduled.round}' rings as it should ({last.by})"
    return Heard(name=scheduled.round, kind="ok", last=last, zh=zh, en=en)


def _never(work: Work, scheduled: ScheduledRound, last: Round | None, now: datetime) -> Heard:
    owed = work.clocks.next_at() if scheduled.round == "sweep-clocks" else None
    if last is None and owed is not None and scheduled.is_silent(owed, now=now):
        zh = f"有期限等着催办，却从未有人巡查；请运行 {Todo.SERVE} 或 {Todo.WORK}"
        en = f"clocks wait and nobody has ever swept them; run {Todo.SERVE} or {Todo.WORK}"
        return Heard(name=scheduled.round, kind="waiting", last=None, zh=zh, en=en)
    zh, en = f"“{scheduled.round}”还没有运行过", f"'{scheduled.round}' has not rung yet"
    return Heard(name=scheduled.round, kind="never", last=last, zh=zh, en=en)


def _sides(work: Work, period: timedelta, now: datetime) -> Iterator[Heard]:
    for side, end in silent_sides(work, period, now=now).items():
        zh = f"{side} 自 {end:%Y-%m-%d %H:%M} UTC 起没有动静"
        en = f"{side} has not been heard since {end:%Y-%m-%d %H:%M} UTC"
        yield Heard(name=side, kind="side", last=None, zh=zh, en=en)
