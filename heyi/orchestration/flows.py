"""The rounds as Prefect flows: one flow run a round, one task run a batch.

Asynchronous, because a synchronous flow of Prefect 3.8 costs a second more; the work itself
runs in a thread. A flow called without Prefect (``flow.fn``) does the same without records.
"""

import asyncio
import logging
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import asdict
from datetime import datetime
from typing import Any

from prefect import flow
from prefect import task as prefect_task
from prefect.artifacts import acreate_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.client.schemas.objects import State, TaskRun
from prefect.context import FlowRunContext
from prefect.logging import get_run_logger
from prefect.states import Completed, Failed
from prefect.tasks import Task, exponential_backoff

from heyi.app.app import App
from heyi.app.office.models import RoundView
from heyi.app.office.rounds import BATCH, Batch, Rounds, Tally, failure, summary
from heyi.app.office.schedule import RoundName
from heyi.bootstrap import build, rounds_of
from heyi.settings import Settings

BY = "prefect"
"""Who rings, in the record of rounds."""
RETRIES = 3
_ROUNDS: ContextVar[Rounds] = ContextVar("rounds")
_LOG = logging.getLogger("heyi.rounds")


def is_trouble(_task: Task[..., Any], _run: TaskRun, state: State[Any]) -> bool:
    """Tell whether a batch that failed is worth another try: the database was busy or away."""
    error = state.data if isinstance(state.data, BaseException) else None
    found = error if error is not None else getattr(state.data, "exception", None)
    code = str(getattr(found, "code", ""))
    return code.startswith("storage.") or isinstance(found, OSError)


@prefect_task(
    name="batch",
    task_run_name="{name} {place}",
    retries=RETRIES,
    retry_delay_seconds=exponential_backoff(backoff_factor=2),
    retry_jitter_factor=0.5,
    retry_condition_fn=is_trouble,
    persist_result=False,
    cache_policy=NO_CACHE,
)
async def take_batch(name: RoundName, place: int, now: str, after: str) -> dict[str, Any]:
    """Take one batch; the cursor is all that the next one needs."""
    rounds = _ROUNDS.get()
    # `place` is for the run's name alone: cursors may be long.
    _LOG.debug("%s: batch %d", name, place)
    moment = datetime.fromisoformat(now)
    return asdict(await asyncio.to_thread(rounds.batch, name, now=moment, after=after))


@contextmanager
def opened(size: int) -> Iterator[tuple[App, Rounds]]:
    """Build the application for one round, and close it afterwards."""
    app = build(Settings())
    try:
        rounds = rounds_of(app)
        rounds.size = size
        token = _ROUNDS.set(rounds)
        try:
            yield app, rounds
        finally:
            _ROUNDS.reset(token)
    finally:
        app.close()


async def take_round(name: RoundName, size: int) -> State[RoundView]:
    """Take a round batch by batch.

    Returns:
        Completed, or Failed where the round itself found something wrong; its message holds
        the numbers.

    Raises:
        HeyiError: a batch failed for good; the round is noted as failed.
    """
    inside = FlowRunContext.get() is not None
    take = take_batch if inside else take_batch.fn
    with opened(size) as (app, rounds):
        await _heartbeat(rounds, app.clock(), inside=inside)
        number = await asyncio.to_thread(rounds.begin, name, by=BY, now=app.clock())
        tally, rows = Tally(), []
        try:
            after: str | None = ""
            while after is not None:
                plain = await take(name, tally.batches + 1, app.clock().isoformat(), after)
                batch = Batch(**plain)
                tally.add(batch)
                rows.append({"batch": tally.batches, **batch.counts})
                after = batch.after
        except BaseException as error:
            tally.ok, tally.note = False, failure(error)
            raise
        finally:
            # Not awaited: a run that is being ended awaits nothing any more.
            rounds.end(number, tally, now=app.clock())
    if inside and any(tally.counts.values()):
        await acreate_table_artifact(table=rows, key=name, description=tally.text)
    told = summary(name, tally)
    text = tally.text or "nothing was owed"
    return Completed(message=text, data=told) if tally.ok else Failed(message=text, data=told)


async def _heartbeat(rounds: Rounds, now: datetime, *, inside: bool) -> None:
    """Let oneself be heard, and say in the run's log who is not: somebody reads it there."""
    log = get_run_logger() if inside else _LOG
    for one in await asyncio.to_thread(rounds.heartbeat, BY, now=now):
        log.warning("%s", one.words.en)


@flow(name="sweep-clocks", persist_result=False)
async def sweep_clocks(size: int = BATCH) -> State[RoundView]:
    """Ring the rungs owed by now; any number of sweeps may run at once: claims have leases."""
    return await take_round("sweep-clocks", size)


@flow(name="deliver-alerts", persist_result=False)
async def deliver_alerts(size: int = BATCH) -> State[RoundView]:
    """Send the alerts that are owed and may leave the office by now."""
    return await take_round("deliver-alerts", size)


@flow(name="re-plan-calendars", persist_result=False)
async def replan_calendars(size: int = BATCH) -> State[RoundView]:
    """Plan the open clocks anew where the calendar has changed since."""
    return await take_round("re-plan-calendars", size)


@flow(name="open-recurring-cases", persist_result=False)
async def open_recurring_cases(size: int = BATCH) -> State[RoundView]:
    """Open the cases that the calendar owes."""
    return await take_round("open-recurring-cases", size)


@flow(name="daily-digest", persist_result=False)
async def daily_digest(size: int = BATCH) -> State[RoundView]:
    """Owe each person the day's digest, once."""
    return await take_round("daily-digest", size)


@flow(name="verify-history", persist_result=False)
async def verify_history(size: int = BATCH) -> State[RoundView]:
    """Verify the history of every case; what was changed fails the run."""
    return await take_round("verify-history", size)


FLOWS = {
    one.name: one
    for one in (
        sweep_clocks, deliver_alerts, replan_calendars, open_recurring_cases, daily_digest,
        verify_history,
    )
}  # fmt: skip
"""Every round's flow, by name."""
