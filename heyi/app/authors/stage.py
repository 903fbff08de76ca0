"""Makes a fresh store for each scenario, copied from one that was set up once."""

import shutil
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.case.values import Event, Plain
from engine.compiling.plan import Workflow
from heyi.app.authors.scenariofile import ScenarioDef, ScenarioFileDef
from heyi.app.authors.scenarios import StepResult, furnish, run_scenario
from heyi.app.authors.trail import Trail, WatchedSteps
from heyi.app.cases.casework import Casework
from heyi.app.cases.worlds import Worlds
from heyi.app.library.library import Library
from heyi.app.library.shelf import FolderShelf
from storage.kernel.records import Finding
from storage.kernel.schema import upgrade
from storage.work import Store

PUBLISHED_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""Shipped files count as published long ago: scenarios may play on any day."""
_NO_SECRET = bytes(32)
"""Made-up people need no secret key; a real deployment's key never comes here."""


@dataclass(slots=True)
class Played:
    """A scenario and how it went.

    Attributes:
        scenario: as written.
        steps: the results so far, in order.
        events: the case's history once it is over.
        findings: what ``verify`` says of the store once it is over.
    """

    scenario: ScenarioDef
    steps: list[StepResult] = field(default_factory=list)
    events: tuple[Event, ...] = ()
    findings: tuple[Finding, ...] = ()

    @property
    def passed(self) -> bool:
        """Whether every step was as expected and the history verifies."""
        return not self.findings and not any(step.wrong for step in self.steps)


class Rehearsal:
    """Plays scenarios, each on its own store, so that none sees another's cases."""

    def __init__(
        self, shelf: FolderShelf, folder: Path, zone: ZoneInfo, *, trail: Trail | None = None
    ) -> None:
        """Set up the store that all others are copied from.

        Args:
            shelf: workflows, catalogues and calendars to test.
            folder: an empty folder of its own; the caller removes it.
            zone: the office's zone.
            trail: where to note what the scenarios met; None to note nothing.
        """
        self.shelf, self.folder, self.zone, self.trail = shelf, folder, zone, trail
        self.library = Library(shelf)
        self._template = folder / "template.db"
        self._furnished: tuple[ScenarioFileDef, Path] | None = None
        upgrade(f"sqlite:///{self._template}")
        with _opened(self._template) as store, store.write() as work:
            self.library.publish_shelf(work, at=PUBLISHED_AT)

    def workflow(self, name: str) -> Workflow | None:
        """Return the workflow under test, None where the shelf has no such file."""
        return self.shelf.workflow(name)

    @contextmanager
    def stage(self, rule: ScenarioFileDef, scenario: ScenarioDef) -> Iterator[Casework]:
        """Yield the use cases on a fresh store with the file's people in it."""
        if scenario.people:
            with _opened(self._copied(self._template, "stage")) as store:
                yield self.cases(store, rule, scenario)
            return
        with _opened(self._copied(self._office(rule), "stage")) as store:
            yield self._cases(store, rule, scenario)

    def cases(self, store: Store, rule: ScenarioFileDef, scenario: ScenarioDef) -> Casework:
        """Return the use cases on a store, with the file's people put into it."""
        furnish(store, rule, scenario=scenario)
        return self._cases(store, rule, scenario)

    def _office(self, rule: ScenarioFileDef) -> Path:
        """Return a store with the people of a file in it; that of the last file is kept."""
        if self._furnished is None or self._furnished[0] is not rule:
            path = self._copied(self._template, "office")
            with _opened(path) as store:
                furnish(store, rule)
            self._furnished = rule, path
        return self._furnished[1]

    def _copied(self, source: Path, name: str) -> Path:
        path = self.folder / f"{name}.db"
        for old in self.folder.glob(f"{name}.db*"):
            old.unlink()
        shutil.copyfile(source, path)
        return path

    def _cases(self, store: Store, rule: ScenarioFileDef, scenario: ScenarioDef) -> Casework:
        params: Mapping[str, Mapping[str, Plain]] = {rule.workflow: rule.params}
        counts = {rule.workflow: scenario.counts}
        worlds = Worlds(self.library, self.zone, params, counts=counts)
        cases = Casework(store, self.library, worlds, zone=self.zone)
        if self.trail is not None:
            cases.steps = WatchedSteps(cases.steps, self.trail)
        return cases

    def play(
        self, cases: Casework, rule: ScenarioFileDef, scenario: ScenarioDef, workflow: Workflow
    ) -> Iterator[Played]:
        """Yield the scenario after each step, and once more with its history and findings."""
        played = Played(scenario=scenario)
        for result in run_scenario(cases, rule, scenario, workflow):
            played.steps.append(result)
            if self.trail is not None:
                self.trail.expected(result)
            yield played
        own = (s.seen for s in reversed(played.steps) if s.seen and s.step.in_ is None)
        seen = next(own, None)
        with cases.store.read() as work:
            if seen is not None:
                played.events = work.cases.events(seen.case.id)
                played.findings = work.chain.verify(seen.case.id)
                if self.trail is not None:
                    self.trail.rang(workflow, played.events, work.cases.load(seen.case.id).runs)
        yield played


def _opened(path: Path) -> Store:
    """Return a store on a file that is thrown away: no write waits for the disk."""
    return Store(f"sqlite:///{path}", _NO_SECRET, lasting=False)
