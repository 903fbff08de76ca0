"""Runs the pages of the documentation: files they give, commands they show."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.runner import Told, run

_BLOCK = re.compile(r"(?:^`([\w/.]+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_ENDS = re.compile(r"#\s*exits with (\d+)")


@dataclass(frozen=True)
class Done:
    """A command line of a page, how it should end and how it did."""

    line: str
    wanted: int
    told: Told


def follow(page: Path, folder: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Done]:
    """Do in a folder what a page says, block by block, line by line.

    A block of YAML with its file's name before it is written; of a block of shell every line is run.
    """
    for name, kind, text in _BLOCK.findall(page.read_text(encoding="utf-8")):
        if kind == "yaml" and name:
            (folder / name).write_text(text, encoding="utf-8")
        elif kind == "sh":
            for line in text.splitlines():
                words = shlex.split(line, comments=True)
                if words[:1] == ["export"]:
                    variable, _equals, value = words[1].partition("=")
                    monkeypatch.setenv(variable, value)
                elif words:
                    assert words[0] == "heyi", line
                    ends = _ENDS.search(line)
                    yield Done(line, int(ends[1]) if ends else 0, run(*words[1:]))
