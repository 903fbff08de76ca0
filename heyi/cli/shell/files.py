"""Finds workflow files as commands name them, by path or by name, and writes files."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from engine.case.text import Text
from heyi.app.errors import InputWrong
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


def write_file(path: Path, data: bytes, *, new: bool = False) -> None:
    """Write a file.

    Args:
        path: its name.
        data: its content.
        new: it may not be there yet; also if somebody else makes it at this moment.

    Raises:
        InputWrong: it cannot be written, or is there already.
    """
    flags = os.O_EXCL if new else os.O_TRUNC
    with writing(path):
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | flags, 0o666)
        with os.fdopen(handle, "wb") as file:
            file.write(data)


@contextmanager
def writing(path: Path) -> Iterator[None]:
    """Tell what kept a file or folder from being written.

    Raises:
        InputWrong: the system refused it.
    """
    try:
        yield
    except FileExistsError:
        told = Text(f"“{path}”已存在，不覆盖", f"'{path}' exists and is not overwritten")
        raise InputWrong(told) from None
    except OSError as error:
        what = error.strerror or ""
        told = Text(f"“{path}”写不了：{what}", f"'{path}' cannot be written: {what}")
        raise InputWrong(told) from None
