"""Runs the suite as if a package were not installed: ``HEYI_TEST_WITHOUT=prefect,apscheduler``.

The tests of the room that needs them are left out; everything else has to pass.
"""

import os
import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

VARIABLE = "HEYI_TEST_WITHOUT"


class Missing(MetaPathFinder):
    """Finds that some packages are not there, wherever they are."""

    def __init__(self, names: frozenset[str]) -> None:
        self.names = names

    def find_spec(
        self, name: str, _path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Raise for a package that is to be missing, else leave it to the other finders."""
        if name.partition(".")[0] in self.names:
            message = f"No module named '{name}' ({VARIABLE})"
            raise ModuleNotFoundError(message, name=name)
        return None


def names() -> frozenset[str]:
    """Return the packages that are to be missing."""
    return frozenset(filter(None, os.environ.get(VARIABLE, "").split(",")))


def install() -> list[str]:
    """Let packages be missing; return which tests, as globs, are left out then."""
    missing = names()
    if not missing:
        return []
    for name in list(sys.modules):
        if name.partition(".")[0] in missing:
            del sys.modules[name]
    sys.meta_path.insert(0, Missing(missing))
    return ["orchestration/*"]
