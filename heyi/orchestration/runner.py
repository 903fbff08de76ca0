"""Serves the flows on their schedules: `python -m heyi.orchestration.runner`.

A process of its own, so that the app carries none of Prefect. It needs PREFECT_API_URL and
the HEYI_ variables, and runs each round in a process of its own again.
"""

import asyncio
import logging
from collections.abc import Callable
from datetime import datetime

from prefect.client.orchestration import get_client
from prefect.runner import Runner

from heyi.app.office.schedule import ROUNDS
from heyi.bootstrap import schedule_of, system_clock, zone_of
from heyi.orchestration.deploying import NAME, deployments, drop_stale
from heyi.settings import Settings

_LOG = logging.getLogger("heyi.rounds")


class QuietRunner(Runner):
    """Prefect's runner, ended by SIGTERM as it means to be: 3.8 forgets to await its own stop."""

    def handle_sigterm(self, *_args: object, **_kwargs: object) -> None:
        """Ask it to stop: what runs is cancelled, and the next round takes what that leaves."""
        loop = asyncio.get_running_loop()
        loop.call_soon_threadsafe(self._stop_soon)

    def _stop_soon(self) -> None:
        # Kept, for a task that nobody holds may be collected before its end.
        self._stopping = asyncio.ensure_future(self.astop())


async def serve_flows(settings: Settings, clock: Callable[[], datetime]) -> None:
    """Register the deployments and run what is scheduled, until a signal ends it."""
    # Schedules go on while nobody runs them: their runs are dropped at the next start.
    runner = QuietRunner(name=NAME, pause_on_shutdown=False, limit=len(ROUNDS) + 1)
    ids = [
        await runner.aadd_deployment(one)
        for one in deployments(schedule_of(settings), zone_of(settings))
    ]
    async with get_client() as client:
        dropped = await drop_stale(client, ids, now=clock())
    _LOG.info("serving %d rounds; %d runs of the past dropped", len(ids), dropped)
    await runner.start()


if __name__ == "__main__":
    logging.basicConfig(level=logging.INFO)
    asyncio.run(serve_flows(Settings(), system_clock))
