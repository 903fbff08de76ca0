"""The index of open clock runs: found by when they are due, made anew from every step."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from sqlmodel import col, select

from engine.values import Run
from storage.columns import fixed
from storage.records import DueRun
from storage.tables import ClockRunRow
from storage.transaction import Transaction


def due_moment(run: Run, zone: ZoneInfo) -> datetime:
    """Return when a run has passed its due day or moment, in UTC.

    A due day has passed at 24:00, which is 00:00 of the next day in the office's zone; where
    DST skips midnight, the first moment of that day. At the ends of the calendar the last
    (or first) moment that can be kept.

    Source:
        language.md 4: overdue, and a minimum elapsed, from 24:00 of the day on.
    """
    try:
        if "T" in run.due:
            return datetime.fromisoformat(run.due).astimezone(UTC)
        following = date.fromisoformat(run.due) + timedelta(days=1)
        return datetime.combine(following, time.min, tzinfo=zone).astimezone(UTC)
    except OverflowError:
        # Years 1 and 9999 are typed in earnest ("no end"); the index must take them.
        early = run.due.startswith("0")
        return datetime.min.replace(tzinfo=UTC) if early else datetime.max.replace(tzinfo=UTC)


class Clocks:
    """Open runs over all cases."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def due(self, at: datetime, *, limit: int = 100) -> list[DueRun]:
        """Return open runs that are due at or before ``at``, the longest due first."""
        query = (
            select(ClockRunRow)
            .where(col(ClockRunRow.due_at) <= at)
            .order_by(col(ClockRunRow.due_at), col(ClockRunRow.case_id), col(ClockRunRow.clock))
            .limit(limit)
        )
        return [_due_run(row) for row in self._transaction.session.exec(query)]

    def of(self, case: str) -> list[DueRun]:
        """Return the open runs of a case, the first due first."""
        query = select(ClockRunRow).where(ClockRunRow.case_id == case)
        rows = self._transaction.session.exec(query.order_by(col(ClockRunRow.due_at)))
        return [_due_run(row) for row in rows]

    def index(
        self, case: str, *, before: Iterable[Run], after: Iterable[Run], zone: ZoneInfo
    ) -> None:
        """Bring the index of a case from its runs before a step to those after it."""
        old = {run.key: run for run in before if run.ended is None}
        new = {run.key: run for run in after if run.ended is None}
        for key in old.keys() - new.keys():
            self._transaction.run(self._transaction.sql.run_drop, _key_values(case, key))
        for key, run in new.items():
            if key not in old or old[key].due != run.due:
                due_at = fixed(due_moment(run, zone))
                values = {**_key_values(case, key), "due_at": due_at}
                self._transaction.run(self._transaction.sql.run_put, values)


def _key_values(case: str, key: tuple[str, int, int]) -> dict[str, str | int]:
    clock, item, seq = key
    return {"case_id": case, "clock": clock, "item": item, "seq": seq}


def _due_run(row: ClockRunRow) -> DueRun:
    return DueRun(case=row.case_id, clock=row.clock, item=row.item, seq=row.seq, due_at=row.due_at)
