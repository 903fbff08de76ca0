"""Runs the pages of the documentation: files they give, commands they show."""

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.cli.runner import Told, run

_BLOCK = re.compile(r"(?:^`([\w/.]+)`:\n\n)?^```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TEXT, DIGEST = "0123456789abcdef", "0123456789ab"
"""Stand in a page for the text's hash, and the file's digest, that the line before has shown."""

_SHOWN = re.compile(r"--(?:text|digest) ([0-9a-f]{12,16})\b")
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
    shown = ""
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
                    words = [shown if word in {TEXT, DIGEST} else word for word in words]
                    ends = _ENDS.search(line)
                    told = run(*words[1:])
                    shown = next(iter(_SHOWN.findall(told.out + told.err)), "")
                    yield Done(line, int(ends[1]) if ends else 0, told)
