"""A whole Prefect on loopback for one test: server, workers, its API, and who talked to whom."""

import json
import os
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from pathlib import Path
from threading import Event
from typing import Any
from uuid import uuid4

from heyi.orchestration.children import Child, end_all
from heyi.orchestration.server import flow_environment, is_healthy, server_environment
from heyi.settings import Settings
from tests.orchestration.conftest import variables
from tests.orchestration.watch_office import python_path

PATIENCE = 180
"""Seconds after which a test gives up; what is waited for takes a tenth on a quiet machine."""
POOL = "test"
# Python runs it in every process that finds it on its path: every outgoing address is written.
_SPY = """
import os, sys
_log = open(os.path.join({folder!r}, f"{{os.getpid()}}.txt"), "a", buffering=1)
def _hear(event, given):
    if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
        _log.write(f"{{event}} {{given[0].family.name}} {{given[1]!r}}\\n")
    elif event == "socket.getaddrinfo":
        _log.write(f"{{event}} name {{given[0]!r}}\\n")
sys.addaudithook(_hear)
"""


def wait(what: Callable[[], Any], why: str) -> Any:
    """Ask until there is an answer that is true; fail with a reason when patience ends."""
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if answer := what():
            return answer
        Event().wait(0.1)
    raise AssertionError(why)


def descendants(pid: int) -> list[int]:
    """Return a process and all below it, the lowest first."""
    told = subprocess.run(["ps", "-eo", "pid=,ppid="], capture_output=True, text=True, check=True)
    pairs = [tuple(map(int, line.split())) for line in told.stdout.splitlines()]
    found = [pid]
    for one in found:
        found += [child for child, parent in pairs if parent == one]
    return found[::-1]


@dataclass(slots=True)
class Estate:
    """A Prefect server, workers beside it, and an office's folder."""

    folder: Path
    settings: Settings
    children: list[Child] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.settings.prefect_port}/api"

    @property
    def environment(self) -> dict[str, str]:
        """What flows, workers and commands are given."""
        given = os.environ | variables(self.folder) | {"PREFECT_API_URL": self.url}
        return self._spied(flow_environment(self.settings, given)) | {
            "PREFECT_WORKER_QUERY_SECONDS": "1",
            "PREFECT_HOME": str(self.folder / "client"),
        }

    def _spied(self, given: dict[str, str]) -> dict[str, str]:
        return given | {"PYTHONPATH": os.pathsep.join((str(self.folder / "spy"), python_path()))}

    def start_server(self) -> None:
        """Start the server and wait until it answers."""
        child = Child(
            name="server",
            command=[
                sys.executable, "-m", "prefect", "server", "start",
                "--host", "127.0.0.1", "--port", str(self.settings.prefect_port),
            ],
            environment=self._spied(server_environment(self.settings, os.environ)),
            log=self.folder / "server.log",
        )  # fmt: skip
        self._start(child)
        wait(lambda: is_healthy(self.url), "the server does not answer")

    def start_worker(self, name: str) -> Child:
        """Start a worker that runs one flow at a time."""
        child = Child(
            name=name,
            command=[
                sys.executable, "-m", "prefect", "worker", "start",
                "--pool", POOL, "--name", name, "--limit", "1",
            ],
            environment=self.environment, log=self.folder / f"{name}.log",
        )  # fmt: skip
        self._start(child)
        return child

    def _start(self, child: Child) -> None:
        child.tend(self._now())
        self.children.append(child)

    def _now(self) -> Any:
        from heyi.bootstrap import system_clock

        return system_clock()

    def heyi(self, *arguments: str) -> str:
        """Run a command of heyi and return what it printed."""
        program = "from heyi.cli.main import main; main()"
        done = subprocess.run(
            [sys.executable, "-c", program, *arguments], env=self.environment,
            capture_output=True, text=True, check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stderr
        return done.stdout

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """Ask the server's API."""
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(f"{self.url}{path}", data=data, method=method)
        request.add_header("Content-Type", "application/json")
        # Its SQLite is often busy: it says 503 then, or nothing for long. So what is asked must be
        # askable twice: a run is ordered with a key.
        text: list[bytes] = wait(lambda: _answer(request), f"{method} {path} is not answered")
        return json.loads(text[0]) if text[0] else None

    def pause(self, names: list[str]) -> None:
        """Keep the schedules of deployments from ringing into the test."""
        for name in names:
            found = self.ask("GET", f"/deployments/name/{name}")
            self.ask("PATCH", f"/deployments/{found['id']}", {"paused": True})

    def order(self, name: str, **parameters: Any) -> str:
        """Order a run of a deployment; return its id."""
        found = self.ask("GET", f"/deployments/name/{name}/heyi")
        body = {"parameters": parameters, "idempotency_key": str(uuid4())}
        run = self.ask("POST", f"/deployments/{found['id']}/create_flow_run", body)
        return str(run["id"])

    def run(self, run: str) -> dict[str, Any]:
        """Return a flow run as the server knows it, with its task runs and artifacts."""
        only = {"flow_runs": {"id": {"any_": [run]}}}
        found: dict[str, Any] = self.ask("GET", f"/flow_runs/{run}")
        found["tasks"] = self.ask("POST", "/task_runs/filter", {**only, "limit": 200})
        found["artifacts"] = self.ask(
            "POST", "/artifacts/filter", {"artifacts": {"flow_run_id": {"any_": [run]}}}
        )
        return found

    def completed(self, run: str) -> dict[str, Any]:
        """Wait until a flow run has completed, and return it."""
        wait(lambda: self.run(run)["state_type"] == "COMPLETED", f"run {run} does not complete")
        return self.run(run)

    def addresses(self) -> set[str]:
        """Return every outgoing address and looked-up name of every process so far."""
        files = (self.folder / "heard").glob("*.txt")
        return {line for file in files for line in file.read_text().splitlines()}


def _answer(request: urllib.request.Request) -> list[bytes]:
    """Return the answer in a list, or an empty one where the server is busy."""
    opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
    try:
        with opener.open(request, timeout=20) as answer:
            return [answer.read()]
    except urllib.error.HTTPError as error:
        if error.code != HTTPStatus.SERVICE_UNAVAILABLE:
            raise
        return []
    except TimeoutError:
        return []


def kill(child: Child) -> None:
    """Kill a worker and all it runs, at once and without a word."""
    assert child._process is not None
    for pid in descendants(child._process.pid):
        os.kill(pid, signal.SIGKILL)
    child._process.wait()


@contextmanager
def estate(folder: Path, port: int) -> Iterator[Estate]:
    """Yield an estate with its server running; end everything after it."""
    for name in ("spy", "heard"):
        (folder / name).mkdir()
    spy = _SPY.format(folder=str(folder / "heard"))
    (folder / "spy" / "sitecustomize.py").write_text(spy, encoding="utf-8")
    settings = Settings(
        database=f"sqlite:///{folder}/heyi.db", key_file=folder / "heyi.key",
        prefect_port=port, prefect_home=folder / "prefect",
    )  # fmt: skip
    found = Estate(folder, settings)
    try:
        found.start_server()
        yield found
    finally:
        end_all(found.children, patience=10)
