"""The rooms of the product and the way of one move through them, read off the code."""

import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import FrameType
from typing import Any

import grimp
import pytest

ROOT = Path(__file__).resolve().parents[2]
FLOORS: tuple[tuple[str, str], ...] = (
    ("heyi.cli", "door: the command line"),
    ("heyi.console", "door: the console"),
    ("heyi.orchestration", "what calls by the clock"),
    ("heyi.app", "the application: one object an area"),
    ("storage", "the keeping"),
    ("engine", "the rules: pure values and functions"),
)
"""Packages with what they are for, from the doors down."""


@dataclass(frozen=True, kw_only=True)
class Rooms:
    """The rooms of one package.

    Attributes:
        modules: by room, how many modules it holds, rooms within counted.
        arrows: pairs (importing room, imported room).
        levels: rooms by how many lie below them at the longest; what knows nobody comes first.
    """

    modules: dict[str, int]
    arrows: frozenset[tuple[str, str]]
    levels: tuple[tuple[str, ...], ...]


def rooms_of(package: str) -> Rooms:
    """Return the rooms of a package: its folders, and modules beside them.

    Raises:
        ValueError: rooms know one another in a circle.
    """
    graph = grimp.build_graph("engine", "storage", "heyi", cache_dir=None)
    depth = len(package.split(".")) + 1
    modules: dict[str, int] = defaultdict(int)
    arrows = set()
    for name in sorted(m for m in graph.modules if m.startswith(f"{package}.")):
        here = ".".join(name.split(".")[:depth])
        modules[here] += 1
        for other in graph.find_modules_directly_imported_by(name):
            there = ".".join(other.split(".")[:depth])
            if other.startswith(f"{package}.") and there != here:
                arrows.add((here, there))
    return Rooms(
        modules=dict(modules), arrows=frozenset(arrows), levels=_levels(set(modules), arrows)
    )


def _levels(rooms: set[str], arrows: set[tuple[str, str]]) -> tuple[tuple[str, ...], ...]:
    found: list[tuple[str, ...]] = []
    left = set(rooms)
    while left:
        floor = {r for r in left if not any(a == r and b in left for a, b in arrows)}
        if not floor:
            message = f"rooms know one another in a circle: {sorted(left)}"
            raise ValueError(message)
        found.append(tuple(sorted(floor)))
        left -= floor
    return tuple(found)


@dataclass(frozen=True)
class Stop:
    """Where a move comes by: a room, and the first function that is called in it."""

    room: str
    function: str


def way_of_a_move() -> tuple[Stop, ...]:
    """Return the rooms that ``heyi case do`` enters, in order, with its first call in each.

    It happens in a process of its own: here something may be compiled or open already.
    """
    done = subprocess.run(
        [sys.executable, "-m", "tests.project.rooms"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return tuple(Stop(*pair) for pair in json.loads(done.stdout))


def walked() -> tuple[Stop, ...]:
    """Return the way of one move, walked in this process."""
    from tests.cli.runner import DAY, HALL, opening, run, settle

    with tempfile.TemporaryDirectory() as folder, pytest.MonkeyPatch.context() as patch:
        settle(Path(folder), patch)
        for line in ("db upgrade --demo", "unit add heshun --level community --title 和顺",
                     "person add wang"):  # fmt: skip
            assert run(*line.split()).code == 0
        told = run("case", "open", str(HALL), *opening("读书会", 20), "--at", DAY, "--json")
        case = told.json["id"]
        assert run("person", "post", "wang", "keeper@heshun").code == 0
        calls = list(_calls("case", "do", case, "decline", "--as", "wang", "--at", DAY))
    first: dict[str, str] = {}
    for module, function in calls:
        first.setdefault(_room(module), f"{module}.{function}")
    return tuple(Stop(room, function) for room, function in first.items())


def _room(module: str) -> str:
    package = next((p for p, _ in FLOORS if module.startswith(f"{p}.")), "")
    return ".".join(module.split(".")[: len(package.split(".")) + 1]) if package else module


def _calls(*arguments: str) -> Iterator[tuple[str, str]]:
    """Yield every function of ours that a command calls, in order; what imports call left out."""
    from tests.cli.runner import run

    found: list[tuple[str, str]] = []
    importing = 0

    def listen(frame: FrameType, event: str, _argument: Any) -> None:
        nonlocal importing
        code = frame.f_code
        if code.co_name == "<module>":
            importing += {"call": 1, "return": -1}.get(event, 0)
        module = frame.f_globals.get("__name__", "")
        ours = module.split(".")[0] in {"engine", "storage", "heyi"}
        # What only makes a value tells nothing of the way.
        telling = not code.co_name.startswith(("_", "<"))
        if event == "call" and ours and not importing and telling:
            found.append((module, code.co_qualname))

    sys.setprofile(listen)
    try:
        assert run(*arguments).code == 0
    finally:
        sys.setprofile(None)
    yield from found


if __name__ == "__main__":
    sys.stdout.write(json.dumps([(stop.room, stop.function) for stop in walked()]))
