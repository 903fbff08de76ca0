"""Plays the demonstration: some stories on one store that is kept, step by step."""

import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.case.values import Lang
from heyi.app.authors.errors import StoryUnknown, TestedWorkflowUnknown
from heyi.app.authors.playedmodels import PlayedView, SceneView, StepView
from heyi.app.authors.playedviews import played_view, step_view
from heyi.app.authors.scenariofile import ScenarioDef, ScenarioFileDef, load_scenarios
from heyi.app.authors.stage import PUBLISHED_AT, Rehearsal
from heyi.app.library.shelf import FolderShelf
from storage.work import Store

DEMO = (("consultation", "K-04"), ("mediation", "M-07"), ("access_control", "T-01"))
"""Workflow and story of each part of the demonstration."""

Part = SceneView | StepView | PlayedView


def performed(
    shelf: FolderShelf, zone: ZoneInfo, store: Store, stories: Sequence[str], lang: Lang
) -> Iterator[Part]:
    """Yield each scenario: that it begins, its steps as they are taken, and how it ended.

    Raises:
        StoryUnknown: there is none of these stories.
    """
    with tempfile.TemporaryDirectory(prefix="heyi-") as spare:
        stage = Rehearsal(shelf, Path(spare), zone)
        with store.write() as work:
            stage.library.publish_shelf(work, at=PUBLISHED_AT)
        for path, rule, scenario in _wanted(shelf.folders, stories):
            yield from _scene(stage, store, path, rule, scenario, lang)


def _wanted(
    folders: Sequence[Path], stories: Sequence[str]
) -> Iterator[tuple[Path, ScenarioFileDef, ScenarioDef]]:
    """Yield the scenarios to play: the demonstration's own, or all of some stories."""
    files = [path for folder in folders for path in sorted((folder / "tests").glob("*.yaml"))]
    found = 0
    for path in sorted(files, key=lambda path: _place(path.stem)):
        rule, _document = load_scenarios(path.read_text(encoding="utf-8"), file=str(path))
        wanted = stories or [one for name, one in DEMO if name == path.stem]
        played = [scenario for scenario in rule.scenarios if scenario.story in wanted]
        # The demonstration itself is short: one scenario of each of its stories.
        for scenario in played if stories else played[:1]:
            found += 1
            yield path, rule, scenario
    if not found:
        raise StoryUnknown(stories=list(stories))


def _place(name: str) -> int:
    names = [one for one, _story in DEMO]
    return names.index(name) if name in names else len(names)


def _scene(
    stage: Rehearsal,
    store: Store,
    path: Path,
    rule: ScenarioFileDef,
    scenario: ScenarioDef,
    lang: Lang,
) -> Iterator[Part]:
    workflow = stage.workflow(rule.workflow)
    if workflow is None:
        raise TestedWorkflowUnknown(path=path, name=rule.workflow)
    title = workflow.definition.title.text(lang)
    yield SceneView(story=scenario.story or "", says=scenario.name.text(lang), title=title)
    told, played = 0, None
    for played in stage.play(stage.cases(store, rule, scenario), rule, scenario, workflow):
        yield from (step_view(step, lang) for step in played.steps[told:])
        told = len(played.steps)
    if played is not None:
        yield played_view(path, played, lang)
