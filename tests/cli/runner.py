"""Runs the command line in this process, and knows what the template office holds."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import typer.testing
from typer.main import get_command
from typer.testing import CliRunner

from heyi.cli.main import app

NUMBER = "和顺社区借〔2026〕001号"
"""The number of the case that the template holds."""
HALL = Path(__file__).parent / "hall.yaml"
DAY = "2026-03-02 10:00"

# Typer would make all commands again for each line: a quarter of what these tests cost.
setattr(typer.testing, "_get_command", cache(get_command))  # noqa: B010 - it is not exported


@dataclass(frozen=True)
class Told:
    """What a command said, and how it ended."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Heyi = Callable[..., Told]


def run(*arguments: str, typed: str = "") -> Told:
    result = CliRunner().invoke(app, [*arguments], input=typed)
    assert result.exception is None or isinstance(result.exception, SystemExit)
    assert "Traceback" not in result.output
    return Told(result.exit_code, result.stdout, result.stderr)


def settle(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Point the settings at a folder and work in it."""
    monkeypatch.chdir(folder)
    for name in ("LANG", "WORKFLOWS", "PROFILE", "ZONE", "DEBUG"):
        monkeypatch.delenv(f"HEYI_{name}", raising=False)
    monkeypatch.setenv("HEYI_DATABASE", f"sqlite:///{folder}/heyi.db")
    monkeypatch.setenv("HEYI_KEY_FILE", str(folder / "heyi.key"))
    monkeypatch.setenv("HEYI_TOKEN_FILE", str(folder / "own" / "token"))


def opening(purpose: str, people: int, *more: str) -> list[str]:
    """Return the options of an opening."""
    data = ["-d", f"purpose={purpose}", "-d", f"people={people}"]
    return ["--unit", "heshun", "--as", "wang", *data, *more]
