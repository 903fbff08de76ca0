"""Finds workflow files as the commands name them: by path, or by the name of a shipped one."""

from pathlib import Path
from typing import TYPE_CHECKING

from heyi.cli.shell.inputs import read_bytes

if TYPE_CHECKING:
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


def source_named(shell: "Shell", name: str) -> "Source":
    """Return a workflow's file, named by its path or by the workflow's name.

    Raises:
        NotFound: it is neither.
    """
    path = Path(name)
    if path.suffix in {".yaml", ".yml"} or path.is_file():
        return read_source(path)
    return shell.authors.source(shell.anybody(), name=name)


def folders_of(shell: "Shell") -> tuple[Path, ...]:
    """Return the deployment's folders of workflows, its own first."""
    return shell.authors.shipped(shell.anybody()).folders
