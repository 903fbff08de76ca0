"""Plays author tests: reads their files, and plays each scenario on a store of its own."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.case.errors import DefinitionError
from engine.case.values import Lang
from engine.compiling.plan import Workflow
from heyi.app.authors.coverage import coverage_of, coverage_view
from heyi.app.authors.errors import TestedWorkflowUnknown
from heyi.app.authors.playedmodels import CoverageView, PlayedView
from heyi.app.authors.playedviews import played_view
from heyi.app.authors.scenariofile import ScenarioFileDef, load_scenarios
from heyi.app.authors.stage import Rehearsal
from heyi.app.authors.trail import Trail
from heyi.app.library.chosen import ChosenShelf
from heyi.app.library.shelf import FolderShelf
from heyi.app.library.sources import Source


def scenarios_of(source: Source) -> ScenarioFileDef:
    """Return a file of author tests.

    Raises:
        DefinitionError: it is wrong.
    """
    if source.unreadable is not None:
        raise DefinitionError([source.unreadable])
    rule, _document = load_scenarios(source.text, file=str(source.path))
    return rule


class ScenarioRun:
    """One run over some files; what was met is kept for the coverage."""

    def __init__(
        self, shelf: FolderShelf, zone: ZoneInfo, sources: Sequence[Source], *, lang: Lang
    ) -> None:
        """Read the files.

        Raises:
            DefinitionError: one of them is wrong.
        """
        self._zone, self._lang, self._trail = zone, lang, Trail()
        self._files = [(source.path, scenarios_of(source)) for source in sources]
        paths = [source.path for source in sources]
        self._shelf = _chosen(shelf, paths, [rule.workflow for _path, rule in self._files])
        self._workflows: dict[str, Workflow] = {}

    def play(self, story: str, *, told: bool) -> Iterator[PlayedView]:
        """Yield every scenario of the files (or of one story), played to its end.

        Raises:
            TestedWorkflowUnknown: a file is for a workflow that no folder has.
        """
        with tempfile.TemporaryDirectory(prefix="heyi-") as folder:
            stage = Rehearsal(self._shelf, Path(folder), self._zone, trail=self._trail)
            for path, rule in self._files:
                yield from self._file(stage, path, rule, story, told=told)

    def _file(
        self, stage: Rehearsal, path: Path, rule: ScenarioFileDef, story: str, *, told: bool
    ) -> Iterator[PlayedView]:
        workflow = stage.workflow(rule.workflow)
        if workflow is None:
            raise TestedWorkflowUnknown(path=path, name=rule.workflow)
        self._workflows[rule.workflow] = workflow
        for scenario in rule.scenarios:
            if (story and story != scenario.story) or (told and not scenario.story):
                continue
            with stage.stage(rule, scenario) as cases:
                *_, played = stage.play(cases, rule, scenario, workflow)
                yield played_view(path, played, self._lang)

    def coverage(self) -> CoverageView:
        """Return how far the tests reached into the files they are for."""
        met = self._workflows.items()
        found = [coverage_of(workflow, self._trail.of(name)) for name, workflow in met]
        return coverage_view(found, self._lang)


def _chosen(shelf: FolderShelf, paths: Sequence[Path], names: Sequence[str]) -> ChosenShelf:
    """Return a shelf of these workflows; a file in ``X/tests`` brings the files of ``X`` along."""
    folders = [path.resolve().parent for path in paths]
    own = [folder.parent for folder in folders if folder.name == "tests"]
    shipped = [folder.resolve() for folder in shelf.folders]
    return ChosenShelf(dict.fromkeys([*own, *shipped]), names)
