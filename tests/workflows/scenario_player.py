"""Plays author tests for the tests: on SQLite, each scenario on a store of its own."""

import json
from collections.abc import Mapping
from copy import deepcopy
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from engine.case.values import Case, Event
from engine.compiling.plan import Workflow
from engine.language.reader import read_yaml
from heyi.app.authors.expectations import Difference
from heyi.app.authors.scenariofile import ScenarioDef, ScenarioFileDef, load_scenarios
from heyi.app.authors.stage import Played, Rehearsal
from heyi.app.library.shelf import FolderShelf
from storage.kernel.records import CaseQuery, Finding
from tests.builders.shelves import SHIPPED

ZONE = ZoneInfo("Asia/Shanghai")


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """One scenario with the file that it stands in; ``id`` is ``workflow:story`` or a number."""

    id: str
    rule: ScenarioFileDef
    scenario: ScenarioDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Performance:
    """How a script went, and everything that the store holds after it."""

    played: Played
    findings: tuple[Finding, ...]
    histories: tuple[tuple[Case, tuple[Event, ...]], ...]

    @property
    def differences(self) -> list[tuple[int, Difference]]:
        """What was not as expected, with the place of its step."""
        return [(s.place, wrong) for s in self.played.steps for wrong in s.wrong]


class Cast:
    """One rehearsal of a folder of workflows, compiled once, played many times."""

    def __init__(self, spare: Path, *, shelf: Path = SHIPPED) -> None:
        self.rehearsal = Rehearsal(FolderShelf([shelf]), spare, ZONE)
        self._workflows: dict[str, Workflow] = {}

    def workflow(self, name: str) -> Workflow:
        """Return the workflow under test."""
        if name not in self._workflows:
            found = self.rehearsal.workflow(name)
            assert found is not None, f"no workflow '{name}'"
            self._workflows[name] = found
        return self._workflows[name]

    def perform(self, script: Script) -> Performance:
        """Play a script to its end, or to the step that breaks it."""
        workflow = self.workflow(script.rule.workflow)
        with self.rehearsal.stage(script.rule, script.scenario) as cases:
            *_before, played = self.rehearsal.play(cases, script.rule, script.scenario, workflow)
            with cases.store.read() as work:
                ids = [one.id for one in work.cases.list(CaseQuery())]
                return Performance(
                    played=played,
                    findings=work.chain.verify(),
                    histories=tuple((work.cases.load(i), work.cases.events(i)) for i in ids),
                )


@cache
def scripts(folder: Path = SHIPPED) -> tuple[Script, ...]:
    """Return every scenario of a folder's author tests, in the order of the files."""
    found: list[Script] = []
    for path in sorted((folder / "tests").glob("*.yaml")):
        rule, _document = load_scenarios(path.read_text(encoding="utf-8"), file=path.name)
        told: dict[str, int] = {}
        for place, scenario in enumerate(rule.scenarios, 1):
            name = scenario.story or str(place)
            told[name] = told.get(name, 0) + 1
            again = f".{told[name]}" if told[name] > 1 else ""
            found.append(Script(id=f"{rule.workflow}:{name}{again}", rule=rule, scenario=scenario))
    return tuple(found)


def plain(path: Path) -> dict[str, Any]:
    """Return a shipped YAML file as plain values, which the caller may change."""
    return deepcopy(_plain(path))


@cache
def _plain(path: Path) -> dict[str, Any]:
    document = read_yaml(path.read_text(encoding="utf-8"), file=path.name)
    assert not document.problems, document.problems
    value: dict[str, Any] = document.value
    return value


def yaml_of(value: Mapping[str, Any]) -> str:
    """Return plain values as YAML: a line a top-level key, JSON (which is YAML) behind it."""
    lines = (f"{key}: {json.dumps(inner, ensure_ascii=False)}\n" for key, inner in value.items())
    return "".join(lines)
