"""Processes beside the app: started when they are of use, started again, ended with all of theirs."""

import os
import sys
from datetime import timedelta
from pathlib import Path

import pytest

from heyi.orchestration.children import Child, end_all
from tests.orchestration.watch_office import NOW

# Deaf to SIGTERM, with a child as deaf; both hold the pipe open until they die.
DEAF = """
import signal, subprocess, sys
signal.signal(signal.SIGTERM, signal.SIG_IGN)
pipe = open(sys.argv[1], "w")
deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); signal.pause()"
subprocess.Popen([sys.executable, "-c", deaf], pass_fds=[pipe.fileno()])
pipe.write("ready\\n")
pipe.flush()
signal.pause()
"""
# Unbuffered: the signal may come while it still says that it is ready.
POLITE = """
import os, signal, sys
pipe = os.open(sys.argv[1], os.O_WRONLY)
def end(*_): os.write(pipe, b"ended\\n"); sys.exit(0)
signal.signal(signal.SIGTERM, end)
os.write(pipe, b"ready\\n")
while True: signal.pause()
"""


def child(program: str, *arguments: str, **more: object) -> Child:
    return Child(
        name="a child", command=[sys.executable, "-c", program, *arguments],
        environment=os.environ, **more,  # type: ignore[arg-type]
    )  # fmt: skip


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    os.mkfifo(tmp_path / "pipe")
    return tmp_path / "pipe"


def test_it_is_not_started_before_it_can_be_of_use():
    wanted = iter([False, True])
    one = child("", wanted=lambda: next(wanted))

    one.tend(NOW)
    assert not one.is_alive

    one.tend(NOW)
    assert one._process is not None
    one.end(patience=10)


def test_one_that_died_is_started_again_after_a_while(caplog):
    one = child("raise SystemExit(3)")
    one.tend(NOW)
    assert one._process is not None
    first = one._process
    first.wait(20)

    one.tend(NOW + timedelta(seconds=14))
    assert one._process is first

    one.tend(NOW + timedelta(seconds=15))
    assert one._process is not first
    assert "has ended (3)" in caplog.text
    one.end(patience=10)


def test_one_that_runs_is_left_alone(pipe):
    one = child(POLITE, str(pipe))
    one.tend(NOW)
    process = one._process

    with pipe.open() as said:
        assert said.readline() == "ready\n"
        one.tend(NOW + timedelta(hours=1))
        assert one._process is process
        end_all([one], patience=20)
        assert said.read() == "ended\n"

    assert process is not None
    assert process.returncode == 0


def test_one_that_does_not_end_is_killed_with_all_that_it_started(pipe):
    one = child(DEAF, str(pipe))
    one.tend(NOW)

    with pipe.open() as said:
        assert said.readline() == "ready\n"
        end_all([one], patience=0.1)
        # The pipe ends when the last that holds it is dead.
        assert said.read() == ""

    assert not one.is_alive


def test_ending_what_was_never_started_does_nothing():
    end_all([child("")], patience=0)


def test_what_it_says_goes_to_its_log_and_the_log_begins_anew(tmp_path):
    log = tmp_path / "folder" / "server.log"
    one = child("print('hello')", log=log)
    for hours in (0, 1):
        one.tend(NOW + timedelta(hours=hours))
        assert one._process is not None
        one._process.wait(20)

    assert log.read_text() == "hello\n"
