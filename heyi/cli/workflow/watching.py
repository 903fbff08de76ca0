"""Repeats a check whenever a file has changed, until the person stops it."""

from collections.abc import Callable, Iterable
from pathlib import Path
from threading import Event

SECONDS = 0.5
"""Between two looks at the files' times."""

Stamp = dict[Path, tuple[int, int]]


def pause() -> None:
    """Wait a moment; Ctrl-C ends it."""
    Event().wait(SECONDS)


def stamp(paths: Iterable[Path]) -> Stamp:
    """Return when each file changed last, and its size; files that are gone are left out."""
    found: Stamp = {}
    for path in paths:
        try:
            about = path.stat()
        except OSError:
            continue
        found[path] = (about.st_mtime_ns, about.st_size)
    return found


def watch(
    look: Callable[[], None], read: Callable[[], Stamp], wait: Callable[[], None] | None = None
) -> int:
    """Run a check, and again after every change, until interrupted.

    Args:
        look: checks and prints.
        read: the files' times now.
        wait: returns when it is worth asking again; raises KeyboardInterrupt to end.

    Returns:
        How often it looked.
    """
    looks = 0
    try:
        while True:
            before = read()
            look()
            looks += 1
            while read() == before:
                (wait or pause)()
    except KeyboardInterrupt:
        return looks
