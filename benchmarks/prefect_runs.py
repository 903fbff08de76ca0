"""One run of a flow a clock: what it costs, beside a sweep. Runs in a process of its own.

Started by ``bench_clocks`` with an environment that keeps Prefect at home; prints seconds a run.
"""

import importlib
import os
import subprocess
import sys
import tempfile
from importlib.util import find_spec
from pathlib import Path
from time import perf_counter

RUNS = 30
_WARM = 3


def measured() -> float | None:
    """Return seconds a run of a flow that does nothing; None where Prefect is missing."""
    if find_spec("prefect") is None:
        return None
    with tempfile.TemporaryDirectory(prefix="heyi-prefect-") as home:
        kept = {k: v for k, v in os.environ.items() if not k.startswith("PREFECT_")}
        quiet = {
            "PREFECT_HOME": home,
            "PREFECT_SERVER_ALLOW_EPHEMERAL_MODE": "true",
            "PREFECT_SERVER_ANALYTICS_ENABLED": "false",
            "DO_NOT_TRACK": "1",
            "PREFECT_LOGGING_LEVEL": "ERROR",
            "PREFECT_SERVER_LOGGING_LEVEL": "ERROR",
        }
        done = subprocess.run(
            [sys.executable, "-m", "benchmarks.prefect_runs"],
            env=kept | quiet,
            cwd=Path(__file__).parents[1],
            capture_output=True,
            text=True,
            check=True,
            timeout=300,
        )
    return float(done.stdout.split()[-1])


def main() -> None:
    """Run the flow a handful of times against a server on loopback; print seconds a run."""
    prefect = importlib.import_module("prefect")

    def ring(clock: str) -> str:
        return clock

    flow = prefect.flow(ring)
    for place in range(_WARM):
        flow(str(place))
    began = perf_counter()
    for place in range(RUNS):
        flow(str(place))
    print((perf_counter() - began) / RUNS)


if __name__ == "__main__":
    main()
