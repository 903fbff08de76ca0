"""The use cases of authors: check, show, draw and play files, without any database."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from engine.case.errors import DefinitionError
from engine.telling.diagram.build import diagram_of
from engine.telling.diagram.model import Diagram
from heyi.app.authors.checking import check_source, problem_view
from heyi.app.authors.errors import NothingToPlay, WorkflowUnknown
from heyi.app.authors.models import CheckedView, ShippedView, WorkflowView
from heyi.app.authors.playedmodels import PlayedView, RehearsalView, StoryView
from heyi.app.authors.stories import known_stories, story_views
from heyi.app.authors.workflowview import workflow_view
from heyi.app.library.shelf import FolderShelf
from heyi.app.library.sources import Source, source_of, workflow_of
from heyi.app.reader import Reader

if TYPE_CHECKING:
    # Imported where scenarios are played: telling a file must not pay for a database.
    from heyi.app.authors.demo import Part
    from storage.work import Store


def nothing_heard(_played: PlayedView) -> None:
    """Do nothing with a scenario that was played."""


class Authors:
    """The use cases on files. None of them needs a database or a key."""

    def __init__(
        self,
        shelf: FolderShelf,
        zone: Callable[[], ZoneInfo],
        open_store: "Callable[[], Store] | None" = None,
    ) -> None:
        """Look for what files use on this shelf.

        Args:
            shelf: the deployment's folders.
            zone: of made-up offices; raises where the setting is wrong.
            open_store: opens the store in which a demonstration is kept; None where there is
                none.
        """
        self._shelf, self._zone, self._open_store = shelf, zone, open_store

    def shipped(self, reader: Reader) -> ShippedView:
        """Return the files of the deployment's folders, its own and the shipped."""
        folders = self._shelf.folders
        tests = (path for folder in folders for path in sorted((folder / "tests").glob("*.yaml")))
        workflows = tuple(self._shelf.workflow_files())
        return ShippedView(folders=folders, workflows=workflows, tests=tuple(tests))

    def source(self, reader: Reader, *, name: str) -> Source:
        """Return the file of a workflow by its name.

        Raises:
            WorkflowUnknown: no folder has it; says what there is.
        """
        path = self._shelf.workflow_file(name) if name.isidentifier() else None
        if path is None:
            known = ", ".join(path.stem for path in self._shelf.workflow_files())
            raise WorkflowUnknown(name=name, known=known)
        return source_of(path, path.read_bytes())

    def check(self, reader: Reader, *, sources: Iterable[Source]) -> tuple[CheckedView, ...]:
        """Return what is wrong with files, file by file in the order given."""
        return tuple(
            CheckedView(
                path=source.path,
                problems=tuple(problem_view(one) for one in check_source(source, self._shelf)),
            )
            for source in sources
        )

    def require_right(self, reader: Reader, *, source: Source) -> None:
        """Refuse a file that has errors; warnings pass.

        Raises:
            DefinitionError: with every error.
        """
        errors = [p for p in check_source(source, self._shelf) if p.severity == "error"]
        if errors:
            raise DefinitionError(errors)

    def show(self, reader: Reader, *, source: Source) -> WorkflowView:
        """Return a workflow in words, in the reader's language.

        Raises:
            DefinitionError: the file is wrong.
        """
        return workflow_view(workflow_of(source, self._shelf), reader.lang)

    def diagram(self, reader: Reader, *, source: Source) -> Diagram:
        """Return the picture of a workflow.

        Raises:
            DefinitionError: the file is wrong.
        """
        return diagram_of(workflow_of(source, self._shelf), reader.lang)

    def play(
        self,
        reader: Reader,
        *,
        sources: Sequence[Source],
        story: str = "",
        told: bool = False,
        coverage: bool = False,
        heard: Callable[[PlayedView], None] = nothing_heard,
    ) -> RehearsalView:
        """Play author tests, each scenario on a store of its own, and return their results.

        Args:
            reader: who asks.
            sources: files of author tests.
            story: play this story only; "" for all.
            told: play only what tells a story.
            coverage: tell how far the tests reach as well.
            heard: is given each scenario as soon as it was played.

        Raises:
            DefinitionError: a file is wrong.
            TestedWorkflowUnknown: a file is for a workflow that no folder has.
            NothingToPlay: no scenario fits.
        """
        from heyi.app.authors.runs import ScenarioRun

        run = ScenarioRun(self._shelf, self._zone(), sources, lang=reader.lang)
        played = []
        for one in run.play(story, told=told):
            played.append(one)
            heard(one)
        if not played:
            raise NothingToPlay
        return RehearsalView(played=tuple(played), coverage=run.coverage() if coverage else None)

    def stories(
        self, reader: Reader, *, played: Sequence[PlayedView], some: bool = False
    ) -> tuple[StoryView, ...]:
        """Return the acceptance stories, with the results of the tests that were played.

        Args:
            reader: who asks.
            played: the scenarios that were played.
            some: only stories that one of these tells.

        Raises:
            DefinitionError: a file of stories is wrong.
        """
        found = story_views(known_stories(self._shelf.folders), played, reader.lang)
        return tuple(one for one in found if one.tests or not some)

    def perform(self, reader: Reader, *, stories: Sequence[str] = ()) -> "Iterator[Part]":
        """Yield a demonstration as it is played into the deployment's own store.

        Args:
            reader: who watches.
            stories: play all scenarios of these; none for the demonstration's own.

        Raises:
            StoryUnknown: there is none of these stories.
            ValueError: there is no store: a slip of ours.
        """
        from heyi.app.authors.demo import performed

        if self._open_store is None:
            message = "a demonstration needs a deployment; ask the application"
            raise ValueError(message)
        return performed(self._shelf, self._zone(), self._open_store(), stories, reader.lang)
