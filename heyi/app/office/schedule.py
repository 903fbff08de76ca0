"""The schedule: how often each round is taken, and when it counts as silent.

Who rings (a scheduler in this process, a server beside it, plain cron) is not known here.
"""

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal, get_args
from zoneinfo import ZoneInfo

RoundName = Literal[
    "sweep-clocks", "deliver-alerts", "re-plan-calendars", "open-recurring-cases",
    "daily-digest", "verify-history",
]  # fmt: skip
ROUNDS: tuple[RoundName, ...] = get_args(RoundName)
SIDES = ("prefect", "apscheduler")
"""Who may ring; each lets itself be heard, so that the other notices its silence."""
_MISSES = 3
"""So many periods without an end make a scheduled round silent."""
_DAY = timedelta(days=1)
_WHILE = timedelta(minutes=15)
_RECURRING = timedelta(minutes=5)
_REPLAN_AT = time(1, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class ScheduledRound:
    """How often a round is taken.

    Attributes:
        round: its name.
        every: how long from one ring to the next; a day where ``at`` is given.
        at: the time of day in the office's zone, None for a scheduled round that rings all day.
    """

    round: RoundName
    every: timedelta
    at: time | None = None

    def is_owed(self, heard: datetime | None, *, now: datetime, zone: ZoneInfo) -> bool:
        """Tell whether the round should have run since it was last taken.

        Where DST skips ``at``, it rings as many minutes later; where an hour comes twice, in
        the first.

        Args:
            heard: when its last round began, aware; None where none ever did.
            now: the present moment.
            zone: the office's.
        """
        if heard is None or heard > now:
            # Heard in the future: somebody has tried out a later day.
            return True
        return self._is_owed(heard, now, zone)

    def _is_owed(self, heard: datetime, now: datetime, zone: ZoneInfo) -> bool:
        if self.at is None:
            return now - heard >= self.every
        called = datetime.combine(now.astimezone(zone).date(), self.at, tzinfo=zone)
        if called > now:
            called = datetime.combine(called.date() - _DAY, self.at, tzinfo=zone)
        return heard < called

    def is_missed(self, heard: datetime | None, *, now: datetime, zone: ZoneInfo) -> bool:
        """Tell whether the round has been owed for so long that it was missed.

        The while is its period, at most a quarter of an hour.
        """
        if heard is None or heard > now:
            return True
        return self._is_owed(heard, now - min(self.every, _WHILE), zone)

    def is_silent(self, ended: datetime, *, now: datetime) -> bool:
        """Tell whether its last round ended too long ago: more than three periods."""
        return now - ended > _MISSES * self.every


def whole_schedule(
    *, ring: timedelta, digest_at: time, verify_at: time
) -> tuple[ScheduledRound, ...]:
    """Return when each round is rung.

    Args:
        ring: how often clocks are swept and alerts delivered.
        digest_at: when the day's digest is made.
        verify_at: when all history is verified.
    """
    return (
        ScheduledRound(round="sweep-clocks", every=ring),
        ScheduledRound(round="deliver-alerts", every=ring),
        ScheduledRound(round="re-plan-calendars", every=_DAY, at=_REPLAN_AT),
        ScheduledRound(round="open-recurring-cases", every=max(ring, _RECURRING)),
        ScheduledRound(round="daily-digest", every=_DAY, at=digest_at),
        ScheduledRound(round="verify-history", every=_DAY, at=verify_at),
    )


def heartbeat_of(side: str) -> str:
    """Return the name under which a side notes that it is there."""
    return f"side:{side}"
