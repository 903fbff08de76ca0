"""Rings the rounds in this process by APScheduler: the default, and Prefect's stand-in.

Jobs live in memory, a handful of them, each at most once at a time. A job a clock would be
slower and could be lost; the table of runs is polled instead.
"""

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event
from zoneinfo import ZoneInfo

from apscheduler.executors.pool import ThreadPoolExecutor
from apscheduler.jobstores.memory import MemoryJobStore
from apscheduler.schedulers.background import BackgroundScheduler
from apscheduler.triggers.base import BaseTrigger
from apscheduler.triggers.cron import CronTrigger
from apscheduler.triggers.interval import IntervalTrigger

from heyi.app.office.models import RoundView
from heyi.app.office.rounds import Rounds, Tally, failure, summary
from heyi.app.office.schedule import ROUNDS, ScheduledRound
from heyi.orchestration.children import Child

BY = "apscheduler"
"""Who rings, in the record of rounds."""
STAND_IN = "apscheduler (stand-in)"
"""Who rings while Prefect is away."""
_LOG = logging.getLogger("heyi.rounds")
_DEFAULTS = {
    "coalesce": True,
    "max_instances": 1,
    # Late is better than never: without this a job that is late by a second is left out.
    "misfire_grace_time": None,
}


class Ringer:
    """Rings the schedule of one deployment."""

    def __init__(
        self, rounds: Rounds, *, clock: Callable[[], datetime], zone: ZoneInfo, by: str = BY
    ) -> None:
        """Ring these rounds.

        Args:
            rounds: what is rung.
            clock: tells the present moment.
            zone: the office's: daily schedule ring by its wall clock.
            by: who rings, in the record.
        """
        self.rounds, self.clock, self.zone, self.by = rounds, clock, zone, by
        self.stopping = Event()

    def ring(self, scheduled: ScheduledRound) -> RoundView:
        """Take one round; a failure is noted by its code and tried again at the next ring."""
        try:
            done = self.rounds.ring(
                scheduled.round, by=self.by, clock=self.clock, stop=self.stopping.is_set
            )
        except Exception as error:
            # Not the error's text, which may be personal; the next ring is the retry.
            _LOG.error("%s %s", scheduled.round, failure(error))
            return summary(scheduled.round, Tally(ok=False, note=failure(error)))
        level = logging.INFO if done.ok else logging.ERROR
        _LOG.log(level, "%s %s %s", scheduled.round, done.counts, done.note)
        return done

    def stand_in(self, scheduled: ScheduledRound) -> None:
        """Ring a scheduled round that another side has missed, and log it."""
        try:
            missed = self.rounds.is_missed(scheduled, now=self.clock(), zone=self.zone)
        except Exception as error:
            _LOG.error("%s %s", scheduled.round, failure(error))
            return
        if missed and not self.stopping.is_set():
            _LOG.warning("Prefect has not rung '%s'; it is rung here instead", scheduled.round)
            self.ring(scheduled)

    def heartbeat(self) -> None:
        """Note this process's heartbeat, and log which rounds and sides are silent."""
        try:
            for one in self.rounds.heartbeat(BY, now=self.clock()):
                _LOG.warning("%s", one.words.en)
        except Exception as error:
            _LOG.error("heartbeat %s", failure(error))

    def owed(self) -> tuple[ScheduledRound, ...]:
        """Return the rounds that were due while no process was running."""
        now = self.clock()
        return tuple(
            scheduled
            for scheduled in self.rounds.schedule
            if self.rounds.is_owed(scheduled, now=now, zone=self.zone)
        )

    def schedule(self) -> BackgroundScheduler:
        """Return a scheduler, not started, with a job a round; those owed ring at once."""
        scheduler = self._scheduler()
        owed = self.owed()
        for scheduled in self.rounds.schedule:
            first = {"next_run_time": self.clock()} if scheduled in owed else {}
            scheduler.add_job(
                self.ring,
                trigger_of(scheduled, self.zone),
                args=[scheduled],
                id=scheduled.round,
                **first,
            )
        return scheduler

    def schedule_stand_in(self) -> BackgroundScheduler:
        """Return a scheduler, not started, that rings only what Prefect did not."""
        scheduler = self._scheduler()
        for scheduled in self.rounds.schedule:
            # Looked at as often as the quickest round rings: a daily one may be missed as well.
            scheduler.add_job(
                self.stand_in,
                self._often(),
                args=[scheduled],
                id=scheduled.round,
                next_run_time=self.clock(),
            )
        return scheduler

    def tend(self, scheduler: BackgroundScheduler, child: Child, *, seconds: int) -> None:
        """Have a scheduler keep a process running, from now until the end."""
        scheduler.add_job(
            lambda: None if self.stopping.is_set() else child.tend(self.clock()),
            IntervalTrigger(seconds=seconds, timezone=self.zone),
            id=child.name, next_run_time=self.clock(),
        )  # fmt: skip

    def _scheduler(self) -> BackgroundScheduler:
        # A thread for each round: verifying all history may not make a sweep wait.
        scheduler = BackgroundScheduler(
            jobstores={"default": MemoryJobStore()},
            executors={"default": ThreadPoolExecutor(len(ROUNDS) + 2)},
            job_defaults=_DEFAULTS,
            timezone=self.zone,
        )
        scheduler.add_job(self.heartbeat, self._often(), id="heartbeat", next_run_time=self.clock())
        return scheduler

    def _often(self) -> BaseTrigger:
        return trigger_of(
            min(self.rounds.schedule, key=lambda scheduled: scheduled.every), self.zone
        )


def trigger_of(scheduled: ScheduledRound, zone: ZoneInfo) -> BaseTrigger:
    """Return the schedule of a round in APScheduler's form."""
    if scheduled.at is None:
        return IntervalTrigger(seconds=int(scheduled.every.total_seconds()), timezone=zone)
    return CronTrigger(hour=scheduled.at.hour, minute=scheduled.at.minute, timezone=zone)
