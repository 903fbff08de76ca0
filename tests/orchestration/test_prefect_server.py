"""A real Prefect server, two workers, one killed in the middle: nothing is lost or doubled."""

import re
import sqlite3
from collections import Counter
from pathlib import Path
from typing import Any

import pytest

from heyi.app.app import App
from heyi.app.office.schedule import ROUNDS
from heyi.orchestration.children import Child
from tests.orchestration.prefect_estate import POOL, Estate, descendants, estate, kill, wait
from tests.orchestration.test_serving import free_port
from tests.orchestration.watch_office import KEEPERS, open_cases, rung_events, told

CLOCKS = 1000
BATCH = 20
_HERE = re.compile(
    r"\S+ (AF_UNIX .*|AF_INET6? \('(127\.0\.0\.1|::1|localhost)',.*|AF_NETLINK .*"
    r"|name (b?'(127\.0\.0\.1|::1|localhost)'|None))"
)


def rung(desk: Path) -> int:
    """Return how many clocks have rung, asking the database beside its users."""
    with sqlite3.connect(f"file:{desk}/heyi.db?mode=ro", uri=True) as database:
        found: int = database.execute("SELECT count(*) FROM event WHERE kind = 'rung'").fetchone()[
            0
        ]
    database.close()
    return found


def let_leases_end(desk: Path) -> int:
    """Let two minutes pass for what a dead sweeper holds; return how many runs that are."""
    with sqlite3.connect(f"{desk}/heyi.db") as database:
        held = database.execute(
            "UPDATE clock_run SET lease_until = '2026-01-01T00:00:00.000000Z' WHERE lease IS NOT NULL"
        ).rowcount
    database.close()
    return held


def tasks(run: dict[str, Any]) -> Counter[str]:
    return Counter(one["state_type"] for one in run["tasks"])


def test_two_workers_one_killed_in_the_middle_and_no_word_to_the_world(app: App, desk: Path, capsys):  # fmt: skip
    cases = open_cases(app, CLOCKS)
    with estate(desk, free_port()) as prefect:
        names = prefect.heyi("deploy", "--pool", POOL).split()
        prefect.pause(names)
        workers = [prefect.start_worker(name) for name in ("first", "second")]
        runs = [prefect.order("sweep-clocks", size=BATCH) for _worker in workers]

        doomed, worker = wait(lambda: under_way(prefect, runs, workers), "no flow begins")
        wait(lambda: rung(desk) >= CLOCKS // 10, "no sweep begins")
        kill(worker)
        at_the_kill = rung(desk)
        ended = wait(lambda: [one for one in map(prefect.run, runs) if one["state_type"] == "COMPLETED"], "the other sweep does not end")  # fmt: skip
        held, before = let_leases_end(desk), rung(desk)
        last = prefect.completed(prefect.order("sweep-clocks", size=BATCH))
        checked = prefect.completed(prefect.order("verify-history"))
        dead = prefect.run(doomed)
        heard = prefect.addresses()

    assert at_the_kill < CLOCKS
    assert rung_events(app, cases) == {1: CLOCKS}
    assert told(app, cases) == Counter({(case, who): 1 for case in cases for who in KEEPERS})
    assert f"cases={CLOCKS}" in checked["state"]["message"]
    assert dead["state_type"] != "COMPLETED"
    assert tasks(ended[0])["COMPLETED"] >= 1
    assert ended[0]["artifacts"][0]["key"] == "sweep-clocks"
    assert len(names) == len(ROUNDS)
    assert {one for one in heard if not _HERE.fullmatch(one)} == set()
    assert any("AF_INET " in one for one in heard)
    with capsys.disabled():
        tell(dead, ended[0], last, checked, at_the_kill=at_the_kill, before=before, held=held)


def under_way(prefect: Estate, runs: list[str], workers: list[Child]) -> tuple[str, Child] | None:
    """Return the first run that is under way and whose worker it is.

    A run whose worker died before it began is handed to the next worker, and completes there.
    """
    for name in runs:
        run = prefect.ask("GET", f"/flow_runs/{name}")
        pid = str(run.get("infrastructure_pid") or "").rpartition(":")[2]
        if run["state_type"] == "RUNNING" and pid:
            below = ((one, descendants(one._process.pid)) for one in workers if one._process)
            return next(((name, one) for one, pids in below if int(pid) in pids), None)
    return None


def tell(*runs: dict[str, Any], **numbers: int) -> None:
    """Show the records that Prefect kept of it."""
    print("\n" + " ".join(f"{word}={n}" for word, n in numbers.items()))
    for run in runs:
        counted = " ".join(f"{word}={n}" for word, n in sorted(tasks(run).items()))
        print(f"{run['name']:28} {run['state_name']:10} tasks {counted:24} {run['state']['message']}")  # fmt: skip


@pytest.fixture(autouse=True)
def _only_with_ps() -> None:
    try:
        descendants(1)
    except FileNotFoundError:
        pytest.skip("there is no 'ps' here to find a worker's processes")
