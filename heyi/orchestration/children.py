"""Runs processes beside the app: starts, watches and restarts them, and ends them cleanly."""

import logging
import os
import signal
import subprocess
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path

_LOG = logging.getLogger("heyi.serve")
_PAUSE = timedelta(seconds=15)
"""So long after its start a process that died is not started again."""


@dataclass(slots=True, kw_only=True)
class Child:
    """One process, with all processes that it starts itself.

    Attributes:
        name: for the log.
        command: what is run; never a shell.
        environment: all of its environment.
        wanted: asked before each start: whether it can be of use yet.
        log: the file that takes what it says, begun anew with each start; None: our own streams.
    """

    name: str
    command: Sequence[str]
    environment: Mapping[str, str]
    wanted: Callable[[], bool] = lambda: True
    log: Path | None = None
    _process: subprocess.Popen[bytes] | None = field(default=None, init=False)
    _started: datetime | None = field(default=None, init=False)

    @property
    def is_alive(self) -> bool:
        """Whether the process runs."""
        return self._process is not None and self._process.poll() is None

    def tend(self, now: datetime) -> None:
        """Start the process if it is wanted, does not run, and was not started just before."""
        if self.is_alive or (self._started is not None and now - self._started < _PAUSE):
            return
        if self._process is not None:
            _LOG.error("%s has ended (%s); starting it again", self.name, self._process.returncode)
        if not self.wanted():
            return
        self._process, self._started = self._start(), now
        _LOG.info("%s started, process %d", self.name, self._process.pid)

    def _start(self) -> subprocess.Popen[bytes]:
        with ExitStack() as stack:
            said = None
            if self.log is not None:
                self.log.parent.mkdir(parents=True, exist_ok=True)
                said = stack.enter_context(self.log.open("wb"))
            # A session of its own: a signal to the group reaches all that it has started.
            return subprocess.Popen(  # noqa: S603 - our own command, no shell
                list(self.command), env=dict(self.environment), start_new_session=True,
                stdin=subprocess.DEVNULL, stdout=said, stderr=said,
            )  # fmt: skip

    def ask_to_end(self) -> None:
        """Ask the process and all that it has started to end."""
        if self.is_alive:
            self._signal(signal.SIGTERM)

    def end(self, *, patience: float) -> None:
        """Wait for its end; kill the whole group where that takes longer than ``patience`` s."""
        if self._process is None:
            return
        try:
            self._process.wait(patience)
        except subprocess.TimeoutExpired:
            _LOG.warning("%s does not end; killed", self.name)
        # Also after its end: what it started may have outlived it.
        self._signal(signal.SIGKILL)
        self._process.wait()

    def _signal(self, number: int) -> None:
        if self._process is None:
            return
        try:
            os.killpg(self._process.pid, number)
        except (ProcessLookupError, PermissionError):
            # The group is gone.
            return


def end_all(children: Sequence[Child], *, patience: float) -> None:
    """End all, the last started first: it may need the others to end well."""
    for child in reversed(children):
        child.ask_to_end()
        child.end(patience=patience)
