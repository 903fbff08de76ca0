"""How every script measures: contenders take turns in one run, medians with the spread beside.

Turns, because a machine is seldom quiet: what slows one contender for a while slows all.
"""

import os
import platform
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from statistics import median

Contender = Callable[[], float]
"""Does one round of its work and returns seconds an operation."""


def interleaved(contenders: Mapping[str, Contender], *, rounds: int) -> dict[str, list[float]]:
    """Return seconds an operation by contender, one figure a round, after one round unmeasured."""
    for run in contenders.values():
        run()
    found: dict[str, list[float]] = {name: [] for name in contenders}
    for _ in range(rounds):
        for name, run in contenders.items():
            found[name].append(run())
    return found


def machine() -> str:
    """Return the machine in a line: processor, cores, Python, kernel."""
    return (
        f"{_processor()}, {os.cpu_count()} cores, Python {platform.python_version()}, "
        f"{platform.system()} {platform.release().partition('-')[0]}"
    )


def _processor() -> str:
    info = Path("/proc/cpuinfo")
    lines = info.read_text(encoding="utf-8").splitlines() if info.exists() else []
    names = (line.partition(":")[2].strip() for line in lines if line.startswith("model name"))
    return next(names, "") or platform.processor() or platform.machine()


def spread(values: Sequence[float], *, digits: int) -> tuple[str, str]:
    """Return a median, and ``min-max`` beside it."""
    low, high = f"{min(values):,.{digits}f}", f"{max(values):,.{digits}f}"
    return f"{median(values):,.{digits}f}", f"{low}-{high}"


def show(title: str, header: Sequence[str], rows: Sequence[Sequence[str]]) -> None:
    """Print a table that can be pasted into a Markdown page."""
    print(f"\n{title}\n{machine()}\n")
    print(f"| {' | '.join(header)} |")
    print(f"|{'|'.join('---' if place == 0 else '---:' for place in range(len(header)))}|")
    for row in rows:
        print(f"| {' | '.join(row)} |")
