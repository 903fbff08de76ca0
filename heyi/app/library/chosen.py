"""A shelf of only a few workflows and those they open, so that the rest need no checking."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from engine.compiling.plan import Workflow
from heyi.app.library.shelf import FolderShelf


class ChosenShelf(FolderShelf):
    """A shelf that has only the workflows asked for, and what these link to; each checked once."""

    def __init__(self, folders: Iterable[Path], names: Iterable[str]) -> None:
        """Look into these folders, in order.

        Args:
            folders: as for any shelf.
            names: workflows; one that no folder has is left out.
        """
        super().__init__(folders)
        self._names = tuple(names)
        self._checked: dict[str, Workflow | None] = {}

    def workflow(self, name: str) -> Workflow | None:
        """Return a checked workflow, or None where there is no file.

        Raises:
            DefinitionError: the file is wrong.
        """
        if name not in self._checked:
            self._checked[name] = super().workflow(name)
        return self._checked[name]

    def workflow_files(self) -> list[Path]:
        """Return the files of the chosen workflows and of all that they link to.

        Raises:
            DefinitionError: one of them is wrong.
        """
        found: dict[str, Path] = {}
        todo = list(self._names)
        while todo:
            name = todo.pop()
            path = self.workflow_file(name)
            workflow = self.workflow(name)
            if name not in found and path is not None and workflow is not None:
                found[name] = path
                todo.extend(_linked(workflow))
        return [found[name] for name in sorted(found)]


def _linked(workflow: Workflow) -> Iterator[str]:
    yield from (link.workflow for link in workflow.definition.links.values())
    for branches in (workflow.openings, *workflow.branches.values()):
        for branch in branches:
            yield from (opened.workflow for opened in branch.definition.opens)
