"""Whole processes, as a shell sees them: ``heyi --help``, and the check of a shipped file."""

import subprocess
import sys
from pathlib import Path
from time import perf_counter

from benchmarks.rounds import Contender, interleaved, show, spread
from heyi.bootstrap import shipped_folder

ROUNDS = 11
HEYI = "import sys; from heyi.cli.main import main; sys.argv[0] = 'heyi'; sys.exit(main())"


def main() -> None:
    """Print the table."""
    largest = max(shipped_folder().glob("*.yaml"), key=lambda path: path.stat().st_size)
    size = f"{largest.name}, {largest.stat().st_size / 1024:.0f} KiB"
    found = interleaved(
        {
            "python that does nothing": process("-c", "pass"),
            "`heyi --help`": process("-c", HEYI, "--help"),
            f"`heyi workflow check` ({size})": process("-c", HEYI, "workflow", "check", largest),
        },
        rounds=ROUNDS,
    )
    rows = [(name, *spread(values, digits=2)) for name, values in found.items()]
    show("Whole processes", ("command", "s", "min-max"), rows)
    print("\naims: 0.2 s for help, 1.5 s for a check")


def process(*arguments: str | Path) -> Contender:
    """Return a contender that runs Python once with these arguments, from the project's root."""
    command = [sys.executable, *map(str, arguments)]

    def run() -> float:
        began = perf_counter()
        subprocess.run(command, check=True, capture_output=True, cwd=Path(__file__).parent.parent)
        return perf_counter() - began

    return run


if __name__ == "__main__":
    main()
