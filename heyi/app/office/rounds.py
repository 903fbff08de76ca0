"""Takes the six rounds: tasks that are repeated on a schedule, in batches or whole.

A round is taken in batches, each whole in its own transactions, so that any of them may be
tried again and whoever dies in the middle leaves work that the next round picks up. That a
round began and ended is noted: a scheduled round that has not rung must be seen. No framework here.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from zoneinfo import ZoneInfo

from heyi.app.alerts.delivery import Deliveries
from heyi.app.alerts.digest import Digests
from heyi.app.audit.evidence import office_findings
from heyi.app.cases.casework import Casework
from heyi.app.clocks.recurring import Recurring
from heyi.app.clocks.replanning import Replanner
from heyi.app.clocks.sweeps import Sweeps
from heyi.app.office.models import RoundView
from heyi.app.office.schedule import RoundName, ScheduledRound, heartbeat_of
from heyi.app.office.schedulecheck import Heard, listen
from storage.kernel.records import CaseQuery
from storage.work import Work

BATCH = 500
"""How many clocks, alerts, openings or cases one batch takes."""
_SWEPT = (
    "claimed", "rungs", "alerts", "fired", "proposed", "refused", "cases", "left", "max_late",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """The result of one batch.

    Attributes:
        counts: how many of what, by word; a word that begins with ``max`` is no sum.
        after: where the next batch begins; None after the last.
        note: what an operator should read: codes and numbers, nothing personal.
        ok: nothing is wrong.
    """

    counts: dict[str, int] = field(default_factory=dict)
    after: str | None = None
    note: str = ""
    ok: bool = True


@dataclass(slots=True)
class Tally:
    """The sums over the batches of a round, so far."""

    counts: Counter[str] = field(default_factory=Counter)
    batches: int = 0
    note: str = ""
    ok: bool = True

    def add(self, batch: Batch) -> None:
        """Count one more batch; the first note is kept."""
        self.batches += 1
        for word, n in batch.counts.items():
            greatest = word.startswith("max")
            self.counts[word] = max(self.counts[word], n) if greatest else self.counts[word] + n
        self.note = self.note or batch.note
        self.ok = self.ok and batch.ok

    @property
    def text(self) -> str:
        """The note of a round: every count that is not 0, then the first note."""
        words = [f"{word}={n}" for word, n in sorted(self.counts.items()) if n]
        return " ".join([*words, self.note] if self.note else words)


class Rounds:
    """Takes rounds, in batches or whole, and knows when each was last taken."""

    def __init__(
        self,
        cases: Casework,
        schedule: Iterable[ScheduledRound],
        *,
        deliveries: Callable[[], Deliveries],
        size: int = BATCH,
    ) -> None:
        """Work through these use cases.

        Args:
            cases: the use cases, with their store.
            schedule: how often each round should be rung.
            deliveries: makes what delivers alerts, when the first are to be delivered.
            size: how many clocks, alerts, openings or cases a batch takes.
        """
        self.cases, self.schedule, self.size = cases, tuple(schedule), size
        self._deliveries = deliveries

    def ring(
        self,
        name: RoundName,
        *,
        by: str,
        clock: Callable[[], datetime],
        stop: Callable[[], bool] = lambda: False,
    ) -> RoundView:
        """Take a whole round and note it.

        Args:
            name: which.
            by: who rings: ``apscheduler``, ``prefect``, ``cron``.
            clock: tells the present moment, asked anew for each batch: claims end by it.
            stop: asked between batches; true ends the round early, what is left waits.

        Raises:
            HeyiError: a batch failed; it is noted, with its code alone.
        """
        number = self.begin(name, by=by, now=clock())
        tally = Tally()
        try:
            after: str | None = ""
            while after is not None and not stop():
                batch = self.batch(name, now=clock(), after=after)
                tally.add(batch)
                after = batch.after
        except Exception as error:
            tally.ok, tally.note = False, failure(error)
            raise
        finally:
            self.end(number, tally, now=clock())
        return summary(name, tally)

    def batch(self, name: RoundName, *, now: datetime, after: str) -> Batch:
        """Take one batch of a round.

        Args:
            name: which round.
            now: the present moment.
            after: "" for the first batch, then ``Batch.after`` of the one before.
        """
        takes: dict[RoundName, Callable[[datetime, str], Batch]] = {
            "sweep-clocks": self.sweep_clocks,
            "deliver-alerts": self.deliver_alerts,
            "re-plan-calendars": self.replan_calendars,
            "open-recurring-cases": self.open_recurring_cases,
            "daily-digest": self.daily_digest,
            "verify-history": self.verify_history,
        }
        return takes[name](now, after)

    def sweep_clocks(self, now: datetime, _after: str = "") -> Batch:
        """Ring the rungs owed by now; a full batch that moved something asks for more."""
        report = Sweeps(self.cases).sweep(now, limit=self.size)
        counts = {name: getattr(report, name) for name in _SWEPT}
        more = report.claimed >= self.size and report.claimed > report.left
        return Batch(counts=counts, after="more" if more else None)

    def deliver_alerts(self, now: datetime, _after: str = "") -> Batch:
        """Send the alerts that are owed by now and may leave the office."""
        report = self._deliveries().deliver(now)
        return Batch(counts=report.counts, after="more" if report.more else None)

    def replan_calendars(self, now: datetime, after: str = "") -> Batch:
        """Plan the open clocks anew where the calendar has changed since."""
        page = Replanner(self.cases, now).page(after, limit=self.size)
        counts = {
            "cases": page.cases, "planned": page.planned, "moved": len(page.due_days),
            "left": len(page.left),
        }  # fmt: skip
        return Batch(counts=counts, after=page.after)

    def open_recurring_cases(self, now: datetime, after: str = "") -> Batch:
        """Open the cases that the calendar owes."""
        recurring = Recurring(self.cases)
        owed = [one for one in recurring.owed(now) if one.key > after]
        taken = owed[: self.size]
        done = recurring.open(taken, now=now)
        counts = {"opened": len(done.cases), "known": done.known, "refused": done.refusals}
        note = f"refused: {', '.join(sorted(done.refused))}" if done.refused else ""
        more = taken[-1].key if len(owed) > len(taken) else None
        return Batch(counts=counts, after=more, note=note)

    def daily_digest(self, now: datetime, _after: str = "") -> Batch:
        """Owe each person the day's digest, once."""
        return Batch(counts=Digests(self.cases).owe(now))

    def verify_history(self, _now: datetime, after: str = "") -> Batch:
        """Verify a page of cases, newest first; with the first page the office's own acts."""
        with self.cases.store.read() as work:
            page = work.cases.list(CaseQuery(limit=self.size, after=_cursor(after)))
            findings = [finding for one in page for finding in work.chain.verify(one.id)]
            if not after:
                findings += office_findings(work)[1]
        more = _cursor_text(page[-1].cursor) if len(page) == self.size else None
        note = f"changed history: {findings[0]}" if findings else ""
        counts = {"cases": len(page), "findings": len(findings)}
        return Batch(counts=counts, after=more, note=note, ok=not findings)

    def begin(self, name: RoundName, *, by: str, now: datetime) -> int:
        """Note that a round begins; return its number."""
        with self.cases.store.write() as work:
            return work.rounds.begin(name, by=by, at=now)

    def end(self, number: int, tally: Tally, *, now: datetime) -> None:
        """Note how a round ended."""
        with self.cases.store.write() as work:
            work.rounds.end(number, at=now, ok=tally.ok, note=tally.text)

    @contextmanager
    def noted(self, name: RoundName, *, by: str, now: datetime) -> Iterator[Counter[str]]:
        """Note a round that the caller takes; its counts stand in the note."""
        number, tally = self.begin(name, by=by, now=now), Tally(ok=False)
        try:
            yield tally.counts
            tally.ok = True
        finally:
            self.end(number, tally, now=now)

    def heartbeat(self, side: str, *, now: datetime) -> list[Heard]:
        """Note that a side which rings is there; return the rounds and sides that are silent."""
        with self.cases.store.write() as work:
            number = work.rounds.begin(heartbeat_of(side), by=side, at=now)
            work.rounds.end(number, now, ok=True)
            heard = self.heard(work, now=now)
        return [one for one in heard if one.kind in {"silent", "side"}]

    def heard(self, work: Work, *, now: datetime) -> list[Heard]:
        """Return the health of every scheduled round, and of the sides gone silent."""
        return listen(work, self.schedule, now=now)

    def is_owed(self, scheduled: ScheduledRound, *, now: datetime, zone: ZoneInfo) -> bool:
        """Tell whether a scheduled round should have run since it was last taken."""
        return scheduled.is_owed(self._heard(scheduled), now=now, zone=zone)

    def is_missed(self, scheduled: ScheduledRound, *, now: datetime, zone: ZoneInfo) -> bool:
        """Tell whether a round has been owed for so long that another side must take it."""
        return scheduled.is_missed(self._heard(scheduled), now=now, zone=zone)

    def _heard(self, scheduled: ScheduledRound) -> datetime | None:
        with self.cases.store.read() as work:
            last = work.rounds.last(scheduled.round)
        return last.started_at if last else None


def summary(name: str, tally: Tally) -> RoundView:
    """Return what a round did."""
    return RoundView(
        round=name, ok=tally.ok, batches=tally.batches, note=tally.note,
        counts=dict(sorted(tally.counts.items())),
    )  # fmt: skip


def failure(error: BaseException) -> str:
    """Return what may be noted of an error: its code or its class; texts may be personal."""
    return f"failed: {getattr(error, 'code', type(error).__name__)}"


def _cursor_text(cursor: tuple[datetime, str]) -> str:
    moment, case = cursor
    return f"{moment.isoformat()} {case}"


def _cursor(text: str) -> tuple[datetime, str] | None:
    moment, _, case = text.partition(" ")
    return (datetime.fromisoformat(moment), case) if case else None
