"""Storms of clocks: how fast they are swept, how late, and how a person's move fares meanwhile.

``python -m benchmarks.bench_clocks --help`` names the sizes. Progress is told on stderr.
"""

import argparse
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from itertools import islice
from statistics import median
from time import perf_counter

from benchmarks import prefect_runs, toy
from benchmarks.clockfield import FIRST_RUNG, Field, databases
from benchmarks.clockstorm import Drain, drain, drain_together, moves, part, storm
from benchmarks.rounds import show

_OPENED = datetime(2026, 3, 2, 9, 0, tzinfo=toy.ZONE)
_FAR = _OPENED + timedelta(days=200)
"""The field's own rungs are owed long after every scheduled round."""
_MINUTE = 60
_NAMES = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
_QUIET = 500
"""Moves without a storm."""


@dataclass(frozen=True, slots=True)
class Sizes:
    """How much of what.

    Attributes:
        due: clocks due at one instant, and over a minute.
        few: clocks due in fields of several sizes.
        fields: those sizes, smallest first; the last is the field of the storms.
        rounds: how often each is measured.
    """

    due: int
    few: int
    fields: tuple[int, ...]
    rounds: int


@dataclass(slots=True)
class Found:
    """All figures of one database, in seconds.

    Attributes:
        flat: by size of the field, the drains of a few.
        drains: by name, the drains of many.
        moves: by name, how long moves took.
    """

    flat: dict[int, list[Drain]]
    drains: dict[str, list[Drain]]
    moves: dict[str, list[float]]


def main() -> None:
    """Measure and print."""
    options = _options()
    sizes = Sizes(options.due, options.few, tuple(options.fields), options.rounds)
    found: dict[str, Found] = {}
    with databases(options.databases) as urls:
        for name in options.databases:
            if name in urls:
                found[name] = Bench(name, urls[name], sizes).run()
            else:
                print(f"no {name} here: left out", file=sys.stderr)
    _show(found, sizes)
    _show_prefect(found)


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--due", type=int, default=10_000, help="clocks due at once")
    parser.add_argument("--few", type=int, default=1_000, help="clocks due in each field")
    parser.add_argument(
        "--fields", type=int, nargs="+", default=[10_000, 100_000, 1_000_000], help="clocks open"
    )
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--databases", nargs="+", default=["sqlite", "postgresql"],
        choices=["sqlite", "postgresql"],
    )  # fmt: skip
    return parser.parse_args()


class Bench:
    """Everything that is measured on one database."""

    def __init__(self, name: str, url: str, sizes: Sizes) -> None:
        """Take an empty database."""
        self.name, self.sizes = name, sizes
        self.field = Field(url)
        self.days = _days()
        self.found = Found({}, {}, {})

    def run(self) -> Found:
        """Fill the field step by step and measure on the way."""
        self.field.prepare()
        for size in self.sizes.fields:
            self._say(f"{size:,} open")
            self.field.fill(size, at=_FAR)
            self.found.flat[size] = [
                self._drained(self.sizes.few) for _ in range(self.sizes.rounds)
            ]
        for name, seconds in (("at one instant", 0), ("over 60 s", _MINUTE)):
            self.found.drains[name] = [
                self._drained(self.sizes.due, seconds=seconds) for _ in range(self.sizes.rounds)
            ]
        self.found.drains["at one instant, two sweepers"] = [
            self._drained(self.sizes.due, sweepers=2) for _ in range(self.sizes.rounds)
        ]
        self._move()
        self._check()
        self.field.store.close()
        return self.found

    def _move(self) -> None:
        opened, _scheduled = next(self.days)
        busy = self.field.open(self.sizes.due, at=opened)
        quiet = list(islice(moves(self.field, busy, now=opened), 20, _QUIET + 20))
        self.found.moves["alone"] = quiet
        self._say(f"a move alone: p99 {part(quiet, 0.99) * 1000:.1f} ms")
        stormy: list[float] = []
        drains = []
        for _ in range(self.sizes.rounds):
            opened, scheduled = next(self.days)
            self.field.open(self.sizes.due, at=opened)
            found, drained = storm(self.field, scheduled, busy)
            stormy += found
            drains.append(drained)
            self._say(f"{len(found)} moves in a storm: p99 {part(found, 0.99) * 1000:.1f} ms")
        self.found.moves["in a storm"] = stormy
        self.found.drains["at one instant, people moving"] = drains

    def _drained(self, n: int, *, seconds: int = 0, sweepers: int = 1) -> Drain:
        opened, scheduled = next(self.days)
        began = perf_counter()
        self.field.open(n, at=opened, seconds=seconds)
        took = perf_counter() - began
        schedule = [scheduled]
        if seconds:
            first = opened + FIRST_RUNG
            schedule = [first + timedelta(seconds=one) for one in range(seconds)]
        url = self.field.url
        together = sweepers > 1
        found = (
            drain_together(url, scheduled, sweepers=sweepers) if together else drain(url, schedule)
        )
        if len(found.late) != n:
            message = f"{len(found.late)} of {n} rungs rang"
            raise RuntimeError(message)
        self._say(f"{n:,} due: {found.rate:,.0f} rungs/s (opened at {n / took:,.0f}/s)")
        return found

    def _check(self) -> None:
        """Refuse figures of sweeps that lost or doubled anything."""
        rungs = self.field.rows("SELECT count(*) FROM event WHERE kind = 'rung'")
        alerts = self.field.rows("SELECT count(*) FROM alert WHERE kind = 'rung'")
        cases = self.field.rows("SELECT count(DISTINCT case_id) FROM event WHERE kind = 'rung'")
        if not rungs == alerts == cases:
            message = f"{rungs} events, {alerts} alerts, {cases} cases: they must be as many"
            raise RuntimeError(message)

    def _say(self, text: str) -> None:
        print(f"[{self.name}] {text}", file=sys.stderr, flush=True)


def _days() -> Iterator[tuple[datetime, datetime]]:
    """Yield a day of opening and the midnight at which its first rungs are owed, in order."""
    place = 0
    while True:
        opened = _OPENED + timedelta(days=place)
        yield opened, datetime.combine(opened.date() + FIRST_RUNG, time.min, toy.ZONE)
        place += 1


def _show(found: dict[str, Found], sizes: Sizes) -> None:
    rows = []
    for database, one in found.items():
        for name, drains in one.drains.items():
            late = [second for each in drains for second in each.late]
            rates = sorted(each.rate for each in drains)
            rows.append(
                (
                    _NAMES[database], name,
                    f"{median(rates):,.0f}", f"{rates[0]:,.0f}-{rates[-1]:,.0f}",
                    *(f"{part(late, share):.2f}" for share in (0.5, 0.99, 1)),
                    f"{max(each.longest for each in drains) * 1000:.0f}",
                )
            )  # fmt: skip
    title = f"{sizes.due:,} clocks due among {sizes.fields[-1]:,} open"
    header = (
        "database", "due", "rungs/s", "min-max", "late p50, s", "p99, s", "max, s",
        "longest lock, ms",
    )  # fmt: skip
    show(title, header, rows)
    rows = [
        (
            _NAMES[database], name, f"{len(values):,}",
            *(f"{part(values, share) * 1000:.1f}" for share in (0.5, 0.99, 1)),
        )
        for database, one in found.items()
        for name, values in one.moves.items()
    ]  # fmt: skip
    show("A person's move", ("database", "move", "moves", "p50, ms", "p99, ms", "max, ms"), rows)
    rows = [
        (
            _NAMES[database],
            *(f"{median(d.seconds for d in one.flat[size]) * 1000:,.0f}" for size in sizes.fields),
        )
        for database, one in found.items()
    ]
    show(
        f"{sizes.few:,} clocks due",
        ("database", *(f"{size:,} open, ms" for size in sizes.fields)),
        rows,
    )


def _show_prefect(found: dict[str, Found]) -> None:
    seconds = prefect_runs.measured()
    if seconds is None:
        print("\nPrefect is not installed: its runs are left out", file=sys.stderr)
        return
    rows = [("one Prefect run a clock", f"{1 / seconds:,.1f}")]
    for database, one in found.items():
        rate = median(each.rate for each in one.drains["at one instant"])
        rows.append((f"heyi, one sweeper, {_NAMES[database]}", f"{rate:,.0f}"))
    show("Beside it", ("what rings", "clocks/s"), rows)


if __name__ == "__main__":
    main()
