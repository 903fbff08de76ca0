"""Durable steps a second on SQLite (WAL, synchronous FULL), beside raw sqlite3 and two others.

A step is: load the case, decide, save case, event and clock, commit. Raw sqlite3 says exactly
the statements that ours were recorded to say, with the same values, on a copy of the database.
"""

import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from statistics import median
from time import perf_counter

from benchmarks import others, toy
from benchmarks.replay import Recorder, Replay, Script, check, copy
from benchmarks.rounds import Contender, interleaved, show, spread
from engine.step.take import take_step
from heyi.app.cases.casework import Casework
from heyi.app.cases.worlds import Worlds
from heyi.app.library.library import Library
from storage.kernel.records import Person
from storage.kernel.schema import upgrade
from storage.work import Store

RAW = "raw sqlite3, statements of {}"
KEY = bytes(range(32))
ROUNDS = 9
CASES = 20
MOVES = 10
"""Moves a case a round: every round has cases of its own, so that all are equally young."""


class Office:
    """A database with people, units and young cases, and the services on it."""

    def __init__(self, file: Path) -> None:
        """Open an existing or a new database."""
        self.file = file
        self.store = Store(f"sqlite:///{file}", KEY)
        self.library = Library(toy.SHELF)
        ids = (f"{n:036}" for n in count())
        worlds = Worlds(self.library, toy.ZONE, {})
        self.cases = Casework(self.store, self.library, worlds, zone=toy.ZONE, new_id=ids.__next__)
        self.workflow, self.world = toy.toy(), toy.world()

    def prepare(self, cases: int) -> None:
        """Make the tables, people, units and this many cases."""
        upgrade(f"sqlite:///{self.file}")
        with self.store.write() as work:
            self.library.publish(work, self.workflow, at=toy.NOW)
            for unit in toy.units():
                work.units.put(unit)
            work.people.put(Person(id=toy.CLERK.id, display_name="王"))
            for role, unit_id in toy.CLERK.posts:
                work.people.give_post(toy.CLERK.id, role=role, unit=unit_id)
        for _ in range(cases):
            self.cases.open(
                "toy", unit=toy.DESK, person=toy.CLERK.id, data=toy.OPENING, now=toy.NOW
            )

    def by_storage(self, ids: list[str]) -> float:
        """Move cases through engine and storage alone; return seconds a move."""
        began = perf_counter()
        for case_id in ids:
            with self.store.write() as work:
                case = work.cases.load(case_id)
                step = take_step(self.workflow, case, toy.TURN, now=toy.NOW, world=self.world)
                work.cases.save(step, vaults=self.workflow.vaults, zone=toy.ZONE)
        return (perf_counter() - began) / len(ids)

    def by_services(self, ids: list[str]) -> float:
        """Move cases as every door does; return seconds a move."""
        began = perf_counter()
        for case_id in ids:
            self.cases.move(
                case_id, person=toy.CLERK.id, now=toy.NOW, trigger="turn", data=toy.TURNING
            )
        return (perf_counter() - began) / len(ids)


def main() -> None:
    """Print the table."""
    with tempfile.TemporaryDirectory() as folder:
        found = interleaved(contenders(Path(folder)), rounds=ROUNDS)
    raws = found[RAW.format("a move")]
    rows = []
    for name, seconds in found.items():
        rate, low_high = spread([1 / one for one in seconds], digits=0)
        pairs = list(zip(raws, seconds, strict=True))
        share = f"{median(raw / one for raw, one in pairs):.2f}"
        rows.append((name, rate, low_high, share, f"{median(b - a for a, b in pairs) * 1e6:,.0f}"))
    header = ("durable step", "steps/s", "min-max", "of raw", "µs over raw")
    show("Durable steps on SQLite, WAL, synchronous FULL, one thread", header, rows)
    print(f"\nraw is '{RAW.format('a move')}'; aim for a move: 0.5 of it")


def contenders(folder: Path) -> dict[str, Contender]:
    """Return all of them, each on a database of its own."""
    source = Office(folder / "source.db")
    source.prepare(cases=(ROUNDS + 1) * CASES)
    source.store.close()
    found: dict[str, Contender] = {}
    for way, label in (("by_storage", "storage"), ("by_services", "a move")):
        script = recorded(source.file, folder / f"{way}_recorded.db", way)
        copy(source.file, folder / f"{way}_raw.db")
        copy(source.file, folder / f"{way}.db")
        found[RAW.format(label)] = replayed(folder / f"{way}_raw.db", script)
        found[f"heyi, {label}"] = moved(Office(folder / f"{way}.db"), way)
    moves = CASES * MOVES
    found["django-fsm-2"] = others.django_fsm(folder, moves=moves)
    for apart, label in ((True, "definition kept apart"), (False, "as documented")):
        found[f"SpiffWorkflow, {label}"] = others.spiff(
            folder, cases=CASES, moves=MOVES, apart=apart
        )
    return found


def turns() -> Iterator[list[str]]:
    """Yield the case ids of each round, in the order in which they are moved."""
    for first in count(0, CASES):
        yield [f"{n:036}" for _ in range(MOVES) for n in range(first, first + CASES)]


def moved(office: Office, way: str) -> Contender:
    """Return a contender that moves a round's cases in one of our two ways."""
    rounds = turns()
    return lambda: float(getattr(office, way)(next(rounds)))


def recorded(source: Path, target: Path, way: str) -> Script:
    """Return what all rounds of one of our ways say to the driver."""
    copy(source, target)
    office = Office(target)
    recorder = Recorder(office.store)
    rounds = turns()
    with office.store.write() as work:
        office.library.get(work, "toy", 1)
    recorder.script.clear()
    for _ in range(ROUNDS + 1):
        getattr(office, way)(next(rounds))
    office.store.close()
    check(recorder.script, (ROUNDS + 1) * CASES * MOVES)
    return recorder.script


def replayed(file: Path, script: Script) -> Contender:
    """Return a contender that says the next round of a script again."""
    replay = Replay(file)
    size = CASES * MOVES
    places = count(0, size)

    def run() -> float:
        start = next(places)
        return replay.run(script[start : start + size])

    return run


if __name__ == "__main__":
    main()
