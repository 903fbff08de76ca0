"""The flows as plain functions: what they do does not depend on a Prefect server."""

import asyncio
import logging
import os
from datetime import timedelta
from typing import Any

import pytest
from prefect.states import Failed

from heyi.app.app import App
from heyi.app.office.rounds import Rounds
from heyi.app.office.schedule import ROUNDS
from heyi.bootstrap import build, rounds_of
from heyi.orchestration import flows
from storage.kernel.errors import StorageBusy
from tests.orchestration.watch_office import NOW, open_cases, rung_events


@pytest.fixture(autouse=True)
def held(monkeypatch, desk):
    """Flows build an application of their own: give it the moment that stands still."""
    monkeypatch.setattr(flows, "build", lambda settings: build(settings, clock=lambda: NOW))


def run(name: str, **parameters: Any) -> Any:
    return asyncio.run(flows.FLOWS[name].fn(**parameters))


def test_every_round_has_a_flow_of_its_name():
    assert tuple(flows.FLOWS) == ROUNDS


@pytest.mark.parametrize("name", ROUNDS)
def test_a_flow_without_work_completes_and_is_noted(app: App, name):
    state = run(name)

    assert (state.type.value, state.message) == ("COMPLETED", "nothing was owed")
    with app.store.read() as work:
        last = work.rounds.last(name)
    assert last is not None
    assert (last.by, last.ok) == ("prefect", True)


def test_a_sweep_goes_batch_by_batch_and_says_what_it_did(app: App):
    cases = open_cases(app, 7)

    state = run("sweep-clocks", size=3)

    assert rung_events(app, cases) == {1: 7}
    assert "rungs=7" in state.message
    assert state.data.batches == 3


def test_what_was_changed_fails_the_run(app: App):
    [case] = open_cases(app, 1)
    with app.store.write() as work:
        work.cases._transaction.connection.exec_driver_sql(
            f"UPDATE case_row SET state = 'done' WHERE id = '{case}'"
        )

    state = run("verify-history")

    assert state.type.value == "FAILED"
    assert "findings=1" in state.message


def test_a_batch_that_fails_for_good_fails_the_round_and_is_noted(app: App, monkeypatch):
    def fail(*_given: object, **_named: object) -> None:
        detail = "locked"
        raise StorageBusy(detail)

    monkeypatch.setattr(Rounds, "batch", fail)

    with pytest.raises(StorageBusy):
        run("sweep-clocks")

    with app.store.read() as work:
        last = work.rounds.last("sweep-clocks")
    assert last is not None
    assert (last.ok, last.note) == (False, "failed: storage.busy")


def test_a_run_names_who_is_silent(app: App, caplog):
    rounds = rounds_of(app)
    rounds.heartbeat("apscheduler", now=NOW - timedelta(hours=1))

    with caplog.at_level(logging.WARNING, "heyi.rounds"):
        run("sweep-clocks")

    assert "apscheduler has not been heard since" in caplog.text


@pytest.mark.parametrize(
    ("error", "again"),
    [(StorageBusy("locked"), True), (ConnectionError(), True), (ValueError(), False)],
)
def test_only_trouble_with_the_database_is_tried_again(error, again):
    task: Any = flows.take_batch
    run_: Any = None

    assert flows.is_trouble(task, run_, Failed(data=error)) is again
    assert task.retries == flows.RETRIES
    assert task.retry_delay_seconds == [2, 4, 8]


def test_what_prefect_may_tell_the_world_is_off():
    assert os.environ["DO_NOT_TRACK"] == "1"
    assert os.environ["PREFECT_SERVER_ANALYTICS_ENABLED"] == "false"
