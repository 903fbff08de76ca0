"""Registers the rounds as Prefect deployments: schedule, how many at once, where they run."""

import datetime as dt
from collections.abc import Iterable
from zoneinfo import ZoneInfo

from prefect.client.orchestration import PrefectClient, get_client
from prefect.client.schemas.actions import WorkPoolCreate
from prefect.client.schemas.filters import (
    DeploymentFilter,
    DeploymentFilterId,
    FlowRunFilter,
    FlowRunFilterExpectedStartTime,
    FlowRunFilterState,
    FlowRunFilterStateType,
)
from prefect.client.schemas.objects import (
    ConcurrencyLimitConfig,
    ConcurrencyLimitStrategy,
    StateType,
)
from prefect.deployments.runner import RunnerDeployment
from prefect.exceptions import ObjectNotFound
from prefect.schedules import Cron, Interval, Schedule
from prefect.types.entrypoint import EntrypointType
from prefect.workers.process import ProcessWorker

from engine.case.errors import SettingsError
from heyi.app.office.schedule import ScheduledRound
from heyi.orchestration.flows import FLOWS

NAME = "heyi"
"""The deployments' name: `sweep-clocks/heyi` and so on."""
SWEEPERS = 8
"""How many sweeps and deliveries may run at once, each on claims of its own."""
SPARE = 2
"""As many in one office: a run that died takes its place with it for some minutes."""
_MANY = frozenset({"sweep-clocks", "deliver-alerts"})
_EPOCH = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


class PrefectAway(SettingsError):
    """No Prefect server answers where PREFECT_API_URL says."""

    code = "settings.prefect"

    def __init__(self, url: str) -> None:
        self.url = url
        super().__init__(f"no Prefect server answers at '{url}'; start it or mend PREFECT_API_URL")


def schedule_of(scheduled: ScheduledRound, zone: ZoneInfo) -> Schedule:
    """Return the schedule of a round in Prefect's form."""
    if scheduled.at is None:
        return Interval(scheduled.every, anchor_date=_EPOCH)
    return Cron(f"{scheduled.at.minute} {scheduled.at.hour} * * *", timezone=zone.key)


def limit_of(scheduled: ScheduledRound, *, sweepers: int) -> ConcurrencyLimitConfig:
    """Return how many runs of a round there may be at once.

    A run too many is cancelled, not queued: after a stop nobody wants an hour's rounds in a
    row, for one round takes all that is owed.
    """
    return ConcurrencyLimitConfig(
        limit=sweepers if scheduled.round in _MANY else 1,
        collision_strategy=ConcurrencyLimitStrategy.CANCEL_NEW,
    )


def deployments(
    schedule: Iterable[ScheduledRound], zone: ZoneInfo, *, sweepers: int = SPARE
) -> list[RunnerDeployment]:
    """Return a deployment for each scheduled round, not registered yet.

    They carry no setting: whoever runs a flow reads its own HEYI_ variables, so that neither
    key nor password ever lies on the Prefect server.
    """
    return [
        RunnerDeployment.from_flow(
            FLOWS[scheduled.round],
            NAME,
            schedules=[schedule_of(scheduled, zone)],
            concurrency_limit=limit_of(scheduled, sweepers=sweepers),
            entrypoint_type=EntrypointType.MODULE_PATH,
            tags=["heyi"],
        )
        for scheduled in schedule
    ]


async def deploy(schedule: Iterable[ScheduledRound], zone: ZoneInfo, *, pool: str) -> list[str]:
    """Register the rounds on a work pool of type process, which is made where there is none.

    Returns:
        The full names of the deployments.

    Raises:
        PrefectAway: no server answers.
    """
    async with get_client() as client:
        if await client.api_healthcheck() is not None:
            raise PrefectAway(str(client.api_url))
        await _make_pool(client, pool)
    names = []
    for one in deployments(schedule, zone, sweepers=SWEEPERS):
        one.work_pool_name = pool
        await one.aapply()  # codespell:ignore aapply
        names.append(one.full_name)
    return names


async def drop_stale(client: PrefectClient, ids: Iterable[object], *, now: dt.datetime) -> int:
    """Delete runs that were planned for the past and never began; return how many."""
    stale = await client.read_flow_runs(
        flow_run_filter=FlowRunFilter(
            state=FlowRunFilterState(type=FlowRunFilterStateType(any_=[StateType.SCHEDULED])),
            expected_start_time=FlowRunFilterExpectedStartTime(before_=now),
        ),
        deployment_filter=DeploymentFilter(id=DeploymentFilterId(any_=list(ids))),
    )
    for run in stale:
        await client.delete_flow_run(run.id)
    return len(stale)


async def _make_pool(client: PrefectClient, pool: str) -> None:
    try:
        await client.read_work_pool(pool)
    except ObjectNotFound:
        template = ProcessWorker.get_default_base_job_template()
        await client.create_work_pool(
            WorkPoolCreate(name=pool, type=ProcessWorker.type, base_job_template=template)
        )
