"""Reads a file that somebody gives: its name, its text, and whether it can be read at all."""

from pathlib import Path

from engine.case.errors import DefinitionError
from engine.case.problems import Problem
from engine.checking.build import load_workflow
from engine.compiling.plan import Workflow
from heyi.app.library.shelf import FolderShelf, not_utf8
from heyi.app.view import View


class Source(View):
    """A file's name, text and findings, as it was read.

    Attributes:
        path: its name.
        text: its content; what is no UTF-8 is replaced.
        unreadable: the finding that it is no UTF-8, or None.
    """

    path: Path
    text: str
    unreadable: Problem | None = None


def source_of(path: Path, data: bytes) -> Source:
    """Return a file's text, with a finding where it is not UTF-8."""
    try:
        return Source(path=path, text=data.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        problem = not_utf8(str(path), data[: error.start])
        return Source(path=path, text=data.decode("utf-8", "replace"), unreadable=problem)


def shelf_beside(shelf: FolderShelf, path: Path) -> FolderShelf:
    """Return a shelf on which a file's own folder comes first."""
    return FolderShelf([path.absolute().parent, *shelf.folders])


def workflow_of(source: Source, shelf: FolderShelf) -> Workflow:
    """Return the checked workflow of a file; what it uses is looked for beside it first.

    Raises:
        DefinitionError: the file is wrong.
    """
    if source.unreadable is not None:
        raise DefinitionError([source.unreadable])
    beside = shelf_beside(shelf, source.path)
    return load_workflow(source.text, file=str(source.path), shelf=beside)
