"""Workflow files as the commands name them: by path, by folder, by the name of a shipped one."""

from pathlib import Path
from typing import TYPE_CHECKING

from heyi.cli.shell.exits import NotFound
from heyi.cli.shell.inputs import read_bytes

if TYPE_CHECKING:
    from engine.compiling.plan import Workflow
    from heyi.app.library.shelf import FolderShelf
    from heyi.app.library.sources import Source
    from heyi.cli.shell.shell import Shell


def read_source(path: Path) -> "Source":
    """Return a file's text, with a finding where it is not UTF-8.

    Raises:
        NotFound: there is no such file.
        InputWrong: it cannot be read, or is too large to be looked at.
    """
    from heyi.app.library.sources import source_of

    return source_of(path, read_bytes(path))


def shelf_for(shell: "Shell", path: Path | None = None) -> "FolderShelf":
    """Return the shelf of the deployment; a file's own folder comes first."""
    from heyi.app.library.shelf import FolderShelf
    from heyi.bootstrap import shelf_of

    shelf = shelf_of(shell.settings)
    return FolderShelf([path.absolute().parent, *shelf.folders]) if path else shelf


def workflow_named(shell: "Shell", name: str) -> "Workflow":
    """Return a checked workflow by file or by name.

    Raises:
        NotFound: it is neither.
        DefinitionError: the file is wrong.
    """
    from engine.case.errors import DefinitionError
    from engine.checking.build import load_workflow

    path = Path(name)
    if not (path.suffix in {".yaml", ".yml"} or path.is_file()):
        found = shelf_for(shell).workflow_file(name) if name.isidentifier() else None
        if found is None:
            zh, en = f"没有流程“{name}”", f"no workflow '{name}'"
            zh, en = f"{zh}；有：{_known(shell)}", f"{en}; there are: {_known(shell)}"
            raise NotFound(zh, en)
        path = found
    source = read_source(path)
    if source.unreadable is not None:
        raise DefinitionError([source.unreadable])
    return load_workflow(source.text, file=str(path), shelf=shelf_for(shell, path))


def _known(shell: "Shell") -> str:
    return ", ".join(path.stem for path in shelf_for(shell).workflow_files())
