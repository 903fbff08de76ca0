"""``heyi worker``, ``serve`` and ``deploy`` as an operator runs them: started, asked, ended."""

import json
import os
import signal
import socket
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from heyi.app.app import App
from heyi.app.office.schedule import ROUNDS
from tests.cli.runner import run
from tests.orchestration.watch_office import open_cases, python_path, rung_events

PROGRAM = "from heyi.cli.main import main; main()"
PATIENCE = 60


def free_port() -> int:
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        port: int = one.getsockname()[1]
        return port


@contextmanager
def heyi(*arguments: str) -> Iterator[subprocess.Popen[str]]:
    """Run a command that lasts; kill it where a test fails before it has ended."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, *arguments],
        env=os.environ | {"PYTHONPATH": python_path()}, stderr=subprocess.PIPE, text=True,
    )  # fmt: skip
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def until(said: str, process: subprocess.Popen[str]) -> list[str]:
    """Read what a process says up to a line that contains a text."""
    assert process.stderr is not None
    lines: list[str] = []
    for line in process.stderr:
        lines.append(line)
        if said in line:
            return lines
    raise AssertionError("".join(lines))


def health(port: int) -> tuple[int, Any]:
    """Ask the app how it is, as soon as it answers."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    for _try in range(PATIENCE * 10):
        try:
            with opener.open(f"http://127.0.0.1:{port}/healthz") as answer:
                return answer.status, json.load(answer)
        except urllib.error.HTTPError as error:
            return error.code, json.load(error)
        except OSError:
            Event().wait(0.1)
    raise AssertionError(port)


def rung_by(app: App) -> dict[str, str]:
    with app.store.read() as work:
        return {name: one.by for name, one in work.rounds.lasts().items() if name in ROUNDS}


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT], ids=["TERM", "INT"])
def test_a_worker_rings_what_is_owed_at_once_and_ends_when_asked(app: App, number):
    cases = open_cases(app, 3)

    with heyi("worker") as process:
        until("sweep-clocks", process)
        process.send_signal(number)
        _out, said = process.communicate(timeout=PATIENCE)

    assert process.returncode == 0, said
    assert said.endswith("已停止\n")
    assert rung_events(app, cases) == {1: 3}
    assert set(rung_by(app).values()) == {"apscheduler"}


def test_the_app_answers_while_its_rounds_ring_and_ends_when_asked(app: App):
    port = free_port()

    with heyi("serve", "--port", str(port)) as process:
        until("verify-history", process)
        status, told = health(port)
        process.terminate()
        _out, said = process.communicate(timeout=PATIENCE)

    assert process.returncode == 0, said
    assert (status, told["ok"], told["database"]) == (200, True, "ok")
    assert set(told["bells"]) >= set(ROUNDS)


def test_without_tables_nothing_is_started(desk: Path):
    (desk / "heyi.db").unlink()

    told = run("worker")

    assert told.code == 2
    assert "heyi db upgrade" in told.err


def test_cron_rings_what_is_owed_once_and_then_nothing_more(app: App):
    cases = open_cases(app, 3)

    first, again = run("worker", "--once", "--json"), run("worker", "--once", "--json")

    assert {one["round"] for one in first.json} == set(ROUNDS)
    assert (first.code, again.code, again.json) == (0, 0, [])
    assert rung_events(app, cases) == {1: 3}
    assert set(rung_by(app).values()) == {"cron"}


def test_cron_ends_with_findings_where_history_was_changed(app: App):
    [case] = open_cases(app, 1)
    with app.store.write() as work:
        work.cases._transaction.connection.exec_driver_sql(
            f"UPDATE case_row SET state = 'done' WHERE id = '{case}'"
        )

    told = run("worker", "--once")

    assert told.code == 1
    assert "findings=1" in told.out


def test_deploying_wants_to_be_told_where_prefect_is(desk, monkeypatch):
    monkeypatch.delenv("PREFECT_API_URL", raising=False)

    told = run("deploy")

    assert (told.code, "PREFECT_API_URL" in told.err) == (2, True)


def test_deploying_says_where_nobody_answers(desk):
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, "deploy"], capture_output=True, text=True, check=False,
        env=os.environ | {"PYTHONPATH": python_path(), "PREFECT_API_URL": "http://127.0.0.1:9/api"},
    )  # fmt: skip

    assert done.returncode == 2
    assert "127.0.0.1:9" in done.stderr
    assert "没有 Prefect 服务应答" in done.stderr
