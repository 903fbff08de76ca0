"""The deployments: which scheduled round, how many at once, and that they carry nothing of the office."""

from datetime import timedelta
from zoneinfo import ZoneInfo

import pytest
from prefect.client.schemas.objects import ConcurrencyLimitStrategy

from heyi.app.office.schedule import ROUNDS
from heyi.bootstrap import schedule_of
from heyi.orchestration.deploying import NAME, SWEEPERS, PrefectAway, deployments
from heyi.settings import Settings

ZONE = ZoneInfo("Asia/Shanghai")


@pytest.fixture
def found():
    schedule = schedule_of(Settings(digest_at="08:30", verify_at="02:15", ring_seconds=45))
    return {one.flow_name: one for one in deployments(schedule, ZONE, sweepers=SWEEPERS)}


def test_every_round_is_deployed_under_one_name(found):
    assert tuple(found) == ROUNDS
    assert {one.name for one in found.values()} == {NAME}


def test_what_rings_all_day_is_an_interval_and_the_rest_follow_the_wall_clock(found):
    schedules = {name: one.schedules[0].schedule for name, one in found.items()}

    assert schedules["sweep-clocks"].interval == timedelta(seconds=45)
    assert schedules["open-recurring-cases"].interval == timedelta(minutes=5)
    assert (schedules["daily-digest"].cron, schedules["daily-digest"].timezone) == ("30 8 * * *", "Asia/Shanghai")  # fmt: skip
    assert schedules["verify-history"].cron == "15 2 * * *"
    assert schedules["re-plan-calendars"].cron == "0 1 * * *"


def test_many_may_sweep_and_deliver_and_of_the_rest_there_is_one(found):
    limits = {name: one.concurrency_limit for name, one in found.items()}

    assert {name for name, limit in limits.items() if limit == 1} == set(ROUNDS[2:])
    assert limits["sweep-clocks"] == limits["deliver-alerts"] == SWEEPERS


def test_a_run_too_many_is_cancelled_so_that_none_pile_up_after_a_stop(found):
    for one in found.values():
        options = one.concurrency_options
        assert options.collision_strategy == ConcurrencyLimitStrategy.CANCEL_NEW


def test_a_deployment_carries_no_setting_of_the_office(found, monkeypatch):
    for one in found.values():
        assert one.job_variables == {}
        assert one.parameters in ({}, None)
        assert one.entrypoint.startswith("heyi.orchestration.flows.")


def test_an_absent_server_is_named():
    assert "http://h/api" in str(PrefectAway("http://h/api"))
