"""Starts a Prefect server on loopback, and the runner of our flows beside it."""

import os
import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

from heyi.orchestration.children import Child
from heyi.settings import Settings

LOOPBACK = "127.0.0.1"
_QUIET = {
    "DO_NOT_TRACK": "1",
    "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
    "PREFECT_SERVER_UI_SHOW_PROMOTIONAL_CONTENT": "false",
    "PREFECT_CLI_COLORS": "false",
    "NO_COLOR": "1",
}
_LEASES = "prefect.server.concurrency.lease_storage.filesystem"
_KEEP_DAYS = 30
_DAY_SECONDS = 86400
_HEALTH_SECONDS = 2
_BROKEN = 500
_HERE = frozenset((LOOPBACK, "localhost", "::1"))


def api_url(settings: Settings, environment: Mapping[str, str]) -> str:
    """Return where the Prefect server is: as the settings name it, else our own port."""
    return environment.get("PREFECT_API_URL") or f"http://{LOOPBACK}:{settings.prefect_port}/api"


def is_own(environment: Mapping[str, str]) -> bool:
    """Tell whether we start the server ourselves: no other one is named."""
    return not environment.get("PREFECT_API_URL")


def server_environment(settings: Settings, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of our server, without heyi's settings or telemetry."""
    kept = {k: v for k, v in environment.items() if not k.startswith(("HEYI_", "PREFECT_"))}
    port = str(settings.prefect_port)
    return kept | _QUIET | {
        "PREFECT_HOME": str(settings.prefect_home.absolute()),
        "PREFECT_SERVER_API_HOST": LOOPBACK,
        # Without it the pages ask port 4200 whatever the server was told.
        "PREFECT_SERVER_API_PORT": port,
        "PREFECT_API_URL": f"http://{LOOPBACK}:{port}/api",
        "PREFECT_LOGGING_LEVEL": "WARNING",
        "PREFECT_SERVER_LOGGING_LEVEL": "WARNING",
        # In memory, as by default, a server that dies leaves its limits taken for ever.
        "PREFECT_SERVER_CONCURRENCY_LEASE_STORAGE": _LEASES,
        # A round every half minute leaves a million runs a year: they are not kept for ever.
        "PREFECT_SERVER_SERVICES_DB_VACUUM_ENABLED": "events,flow_runs",
        "PREFECT_SERVER_SERVICES_DB_VACUUM_RETENTION_PERIOD": str(_KEEP_DAYS * _DAY_SECONDS),
        "PREFECT_SERVER_EVENTS_RETENTION_PERIOD": f"P{_KEEP_DAYS}D",
    }  # fmt: skip


def flow_environment(settings: Settings, environment: Mapping[str, str]) -> dict[str, str]:
    """Return the environment of processes that run our flows, wherever their folder is."""
    found = dict(environment) | _QUIET | {
        "PREFECT_HOME": environment.get("PREFECT_HOME") or str(settings.prefect_home.absolute()),
        "PREFECT_API_URL": api_url(settings, environment),
        "PREFECT_LOGGING_LEVEL": environment.get("PREFECT_LOGGING_LEVEL", "WARNING"),
        "PREFECT_RUNNER_POLL_FREQUENCY": "5",
        "HEYI_DATABASE": absolute_database(settings.database),
        "HEYI_KEY_FILE": str(settings.key_file.absolute()),
    }  # fmt: skip
    if settings.workflows is not None:
        found["HEYI_WORKFLOWS"] = str(settings.workflows.absolute())
    return found


def absolute_database(url: str) -> str:
    """Return the database's URL, a SQLite file with its whole path."""
    prefix = "sqlite:///"
    if not url.startswith(prefix):
        return url
    return prefix + str(Path(url.removeprefix(prefix)).absolute())


def is_healthy(url: str) -> bool:
    """Tell whether a Prefect server answers at an API's URL."""
    # Loopback is never reached by way of a proxy.
    direct = [urllib.request.ProxyHandler({})] if urlsplit(url).hostname in _HERE else []
    opener = urllib.request.build_opener(*direct)
    try:
        with opener.open(f"{url}/health", timeout=_HEALTH_SECONDS):
            return True
    except urllib.error.HTTPError as error:
        # It may ask for a password that is not ours to send here: it answers.
        return error.code < _BROKEN
    except (OSError, ValueError):
        return False


def children(settings: Settings, environment: Mapping[str, str] = os.environ) -> list[Child]:
    """Return the processes of `heyi serve --prefect`, in order; nothing is started yet.

    A server only where none is named by PREFECT_API_URL and none answers already; a runner as
    soon as the server answers.
    """
    url = api_url(settings, environment)
    runner = Child(
        name="runner of the flows",
        command=[sys.executable, "-m", "heyi.orchestration.runner"],
        environment=flow_environment(settings, environment),
        wanted=lambda: is_healthy(url),
    )
    if not is_own(environment):
        return [runner]
    server = Child(
        name="Prefect server",
        command=[
            sys.executable, "-m", "prefect", "server", "start",
            "--host", LOOPBACK, "--port", str(settings.prefect_port),
        ],
        environment=server_environment(settings, environment),
        # One that an earlier heyi left behind serves as well.
        wanted=lambda: not is_healthy(url),
        # It says much that is no matter: its first minute on SQLite above all.
        log=settings.prefect_home.absolute() / "server.log",
    )  # fmt: skip
    return [server, runner]
