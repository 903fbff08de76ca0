"""Keeps one's own token in a file that nobody else may read."""

import os
from pathlib import Path

_OWN = 0o600


def read_token(file: Path) -> str:
    """Return the token that a file holds; "" where there is none."""
    try:
        return file.expanduser().read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError):
        return ""


def write_token(file: Path, token: str) -> Path:
    """Write a token into a file of its own, in place of the one before; return the file.

    Raises:
        OSError: it cannot be written.
    """
    path = file.expanduser()
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    # Made anew: what others could read before must not hold the new one.
    path.unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, _OWN)
    with os.fdopen(handle, "w", encoding="ascii") as opened:
        opened.write(token + "\n")
    return path


def drop_token(file: Path) -> None:
    """Take the file away, where there is one."""
    file.expanduser().unlink(missing_ok=True)
