"""The long run: all tests in full, slow ones with many more examples, and a dated report.

`python -m tests.deep --date 2026-11-23` is what `make deep` calls. The date is an argument, as
everywhere: nothing here reads the clock.
"""

import argparse
import os
import platform
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
REPORTS = ROOT / "docs" / "reports"
SLOWEST = 15


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """What one test did.

    Attributes:
        name: module and test.
        outcome: ``passed``, ``failed`` or ``skipped``.
        seconds: how long it ran.
    """

    name: str
    outcome: str
    seconds: float


def main() -> int:
    """Run the deep tests, write the report, return pytest's exit status."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--date", required=True, help="the day of the run, YYYY-MM-DD")
    parser.add_argument("--workers", default="2")
    parser.add_argument("--marks", default="slow", help="pytest's -m expression")
    parser.add_argument("--full", default="more", help="the same, for what runs in full before")
    options = parser.parse_args()

    lanes = {"full": f"({options.full}) and not ({options.marks})", "deep": options.marks}
    results, status = [], 0
    for profile, marks in lanes.items():
        with tempfile.TemporaryDirectory() as folder:
            junit = Path(folder) / "junit.xml"
            failed = _run(junit, workers=options.workers, marks=marks, profile=profile)
            results += _results(junit)
            status = status or failed
    REPORTS.mkdir(parents=True, exist_ok=True)
    report = REPORTS / f"deep-{options.date}.md"
    report.write_text(_report(results, date=options.date, lanes=lanes), encoding="utf-8")
    print(f"report: {report.relative_to(ROOT)}")
    return status


def _run(junit: Path, *, workers: str, marks: str, profile: str) -> int:
    command = [sys.executable, "-m", "pytest", "-n", workers, "-m", marks, f"--junit-xml={junit}"]
    environment = os.environ | {"HYPOTHESIS_PROFILE": profile}
    return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode


def _results(junit: Path) -> list[Result]:
    cases = ET.parse(junit).getroot().iter("testcase")
    return [
        Result(
            name=f"{case.get('classname', '')}::{case.get('name', '')}",
            outcome=_outcome(case),
            seconds=float(case.get("time", "0")),
        )
        for case in cases
    ]


def _outcome(case: ET.Element) -> str:
    if case.find("failure") is not None or case.find("error") is not None:
        return "failed"
    return "skipped" if case.find("skipped") is not None else "passed"


def _report(results: list[Result], *, date: str, lanes: Mapping[str, str]) -> str:
    count = {
        kind: sum(r.outcome == kind for r in results) for kind in ("passed", "failed", "skipped")
    }
    slowest = sorted(results, key=lambda result: -result.seconds)[:SLOWEST]
    commit = subprocess.run(
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stdout.strip()
    lines = [
        f"# Deep run of {date}",
        "",
        f"Commit {commit or 'unknown'}, Python {platform.python_version()}, {os.cpu_count()} cores; "
        "tests marked "
        + ", ".join(f"`{marks}` with the profile `{name}`" for name, marks in lanes.items())
        + ".",
        "",
        f"{count['passed']} passed, {count['failed']} failed, {count['skipped']} skipped.",
        "",
        "| seconds | outcome | test |",
        "|---:|---|---|",
        *(f"| {r.seconds:.1f} | {r.outcome} | `{r.name}` |" for r in slowest),
    ]
    failed = [f"- `{r.name}`" for r in results if r.outcome == "failed"]
    return "\n".join([*lines, *(["", "Failed:", "", *failed] if failed else []), ""])


if __name__ == "__main__":
    sys.exit(main())
