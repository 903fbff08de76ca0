"""What happens to a field of clocks when many are due: drained, and moved in meanwhile."""

import multiprocessing
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from multiprocessing.connection import Connection
from time import perf_counter
from typing import Any

from benchmarks.clockfield import KEY, Field
from heyi.app.clocks.sweeps import Sweeps
from storage.cases.rungs import Prepared
from storage.work import Store, Work


@dataclass(slots=True)
class Held:
    """One writing transaction: from when it held the lock until it was kept.

    Attributes:
        began: seconds, by the machine's own clock that all processes share.
        ended: the same.
        rungs: cases whose rungs it kept.
    """

    began: float
    ended: float = 0.0
    rungs: int = 0


@dataclass(slots=True)
class Drain:
    """What a sweep of everything due took.

    Attributes:
        late: for each rung the seconds from its scheduled until it was kept, in order of size.
        seconds: from scheduled to silence, over all schedule.
        held: the writing transactions.
    """

    late: list[float] = field(default_factory=list)
    seconds: float = 0.0
    held: list[Held] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Rungs a second."""
        return len(self.late) / self.seconds

    @property
    def longest(self) -> float:
        """The longest that a transaction held the lock, in seconds."""
        return max(one.ended - one.began for one in self.held)


class TimedStore(Store):
    """A store that notes how long each of its writing transactions took."""

    def __init__(self, url: str) -> None:
        """Open a database."""
        super().__init__(url, KEY)
        self.url = url
        self.held: list[Held] = []

    @contextmanager
    def write(self) -> Iterator[Work]:
        """Write as any store does, and note when."""
        with super().write() as work:
            held = Held(perf_counter())
            keep = work.cases.keep

            def counted(prepared: Prepared, *, lease: str | None = None) -> list[str]:
                left = keep(prepared, lease=lease)
                held.rungs += len(prepared.ids) - len(left)
                return left

            vars(work.cases)["keep"] = counted
            yield work
        held.ended = perf_counter()
        self.held.append(held)


def drain(url: str, schedule: Sequence[datetime]) -> Drain:
    """Ring these schedule one after the other and sweep until nothing is owed."""
    found = Drain()
    with TimedStore(url) as store:
        sweeps = _sweeps(store, schedule[0])
        for now in schedule:
            _ring(sweeps, store, now, began=perf_counter(), found=found)
    found.late.sort()
    return found


def drain_together(url: str, scheduled: datetime, *, sweepers: int) -> Drain:
    """Ring one scheduled round for several sweepers, each a process of its own."""
    found = Drain()
    with ExitStack() as stack:
        pipes = [stack.enter_context(_sweeper(url, scheduled)) for _ in range(sweepers)]
        began = perf_counter()
        for pipe in pipes:
            pipe.send(began)
        for pipe in pipes:
            one: Drain = pipe.recv()
            found.late += one.late
            found.held += one.held
            found.seconds = max(found.seconds, one.seconds)
    found.late.sort()
    return found


def _sweeps(store: TimedStore, scheduled: datetime) -> Sweeps:
    """Return sweeps that have read and compiled all that a process's first sweep has to."""
    sweeps = Sweeps(Field(store.url, store).cases)
    sweeps.all(scheduled - timedelta(days=1))
    return sweeps


def _ring(sweeps: Sweeps, store: TimedStore, now: datetime, *, began: float, found: Drain) -> None:
    store.held.clear()
    sweeps.all(now)
    found.seconds += perf_counter() - began
    for held in store.held:
        found.late += [held.ended - began] * held.rungs
    found.held += store.held


_PAUSE = 0.01
"""Seconds between two moves in a storm: a hundred people an instant are many for an office."""


def moves(field_: Field, cases: Sequence[tuple[str, str]], *, now: datetime) -> Iterator[float]:
    """Yield how long each move took; one person at a time, one case after the other."""
    for case, person in cases:
        began = perf_counter()
        field_.cases.move(case, person=person, trigger="jot", data=_NOTE, now=now)
        yield perf_counter() - began


_NOTE = {"note": "已与来访人当面说明，并记入台账。" * 2}


def storm(
    field_: Field, scheduled: datetime, cases: Sequence[tuple[str, str]]
) -> tuple[list[float], Drain]:
    """Move in cases while another process drains; return the moves' seconds and the drain."""
    found: list[float] = []
    with _sweeper(field_.url, scheduled) as pipe:
        list(moves(field_, cases[:20], now=scheduled))
        pipe.send(perf_counter())
        for seconds in moves(field_, cases[20:], now=scheduled):
            found.append(seconds)
            if pipe.poll(_PAUSE):
                break
        drained: Drain = pipe.recv()
    return found, drained


@contextmanager
def _sweeper(url: str, scheduled: datetime) -> Iterator[Any]:
    """Yield the pipe to a process that sweeps when it is told when the scheduled round has rung."""
    context = multiprocessing.get_context("spawn")
    ours, theirs = context.Pipe()
    process = context.Process(target=_sweep, args=(theirs, url, scheduled), daemon=True)
    process.start()
    try:
        ours.recv()
        yield ours
    finally:
        process.join(timeout=60)


def _sweep(pipe: Connection, url: str, scheduled: datetime) -> None:
    found = Drain()
    with TimedStore(url) as store:
        sweeps = _sweeps(store, scheduled)
        pipe.send("ready")
        _ring(sweeps, store, scheduled, began=pipe.recv(), found=found)
    pipe.send(found)


def part(values: Sequence[float], share: float) -> float:
    """Return the value below or at which this share of the values lies; 0 for no values."""
    found = sorted(values)
    return found[min(int(share * len(found)), len(found) - 1)] if found else 0.0
