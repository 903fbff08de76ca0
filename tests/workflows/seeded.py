"""Two hundred seeded changes of the shipped files: how many do `check` and `test` catch?

`python -m tests.workflows.seeded [COUNT] [--of FILE] [--kind KIND] [--barring] [--jobs N]` prints
what got through, with its line, and the figures. `--of`, `--kind` and `--barring` try every change
there is of a file or kind, or that touches the classes F, G and X; without them, COUNT (200) of all
are taken, the kinds in turn.

A change is caught by an error or a warning of `check` (the shipped files have none of either), or
by an author test that no longer goes as written. A change of what several workflows use is caught
if any of them notices it. Files that are caught as they stand are refused: nothing would be measured.
"""

import argparse
import sys
import tempfile
import time
from collections import Counter
from concurrent.futures import ProcessPoolExecutor
from functools import cache
from pathlib import Path
from typing import Any

from engine.case.errors import DefinitionError
from engine.checking.build import check_workflow
from engine.compiling.plan import Workflow
from heyi.app.authors.stage import Rehearsal
from heyi.app.library.shelf import FolderShelf
from tests.builders.shelves import SHIPPED
from tests.workflows.scenario_player import ZONE, Script, scripts, yaml_of
from tests.workflows.seeded_changes import Change, changed, changes, chosen, document, plain, users

COUNT = 200


class _Shelf(FolderShelf):
    """The shipped folder with a changed file in front; what does not use it is compiled once."""

    def __init__(self, front: Path, names: list[str]) -> None:
        super().__init__([front, SHIPPED])
        self.names = names
        self.kept: dict[str, Workflow | None] = {}

    def workflow(self, name: str) -> Workflow | None:
        if name not in self.names:
            return _compiled(name)
        if name not in self.kept:
            self.kept[name] = super().workflow(name)
        return self.kept[name]


@cache
def _compiled(name: str) -> Workflow | None:
    return FolderShelf([SHIPPED]).workflow(name)


@cache
def _scripts(name: str) -> list[Script]:
    """Return the author tests of a workflow, short ones first: they are the quickest to fail."""
    mine = [script for script in scripts(SHIPPED) if script.rule.workflow == name]
    return sorted(mine, key=lambda script: len(script.scenario.steps))


def caught(change: Change) -> str:
    """Return what catches a change: ``error``, ``warning``, ``test``, or "" for nothing."""
    return _caught(change.file, changed(plain(change.file), change))


def _caught(name: str, file: Any) -> str:
    names = users(name)
    with tempfile.TemporaryDirectory(prefix="heyi-seeded-") as spare:
        path = Path(spare) / "front" / f"{name}.yaml"
        path.parent.mkdir(parents=True)
        path.write_text(yaml_of(file), encoding="utf-8")
        shelf = _Shelf(Path(spare) / "front", names)
        for one in names:
            body = (shelf.workflow_file(one) or path).read_text(encoding="utf-8")
            _workflow, problems = check_workflow(body, file=f"{one}.yaml", shelf=shelf)
            if problems:
                severe = any(p.severity == "error" for p in problems)
                return "error" if severe else "warning"
        try:
            return "test" if _fails(shelf, Path(spare), names) else ""
        except DefinitionError:
            return "error"


def _fails(shelf: FolderShelf, spare: Path, names: list[str]) -> bool:
    """Tell whether any author test ends otherwise than written; look no further than that."""
    rehearsal = Rehearsal(shelf, spare, ZONE)
    for name in names:
        workflow = shelf.workflow(name)
        assert workflow is not None, f"no workflow '{name}'"
        for script in _scripts(name):
            with rehearsal.stage(script.rule, script.scenario) as cases:
                for played in rehearsal.play(cases, script.rule, script.scenario, workflow):
                    if not played.passed:
                        return True
    return False


def main() -> None:
    """Print how many changes are caught, by kind, and which are not."""
    parser = argparse.ArgumentParser()
    parser.add_argument("count", nargs="?", type=int, default=COUNT)
    parser.add_argument("--of", help="every change of this file")
    parser.add_argument("--kind", help="every change of this kind")
    parser.add_argument("--barring", action="store_true", help="every change touching F, G or X")
    parser.add_argument("--jobs", type=int, default=2)
    given = parser.parse_args()
    some = chosen(given.count)
    if given.of or given.kind or given.barring:
        some = [
            c
            for c in changes()
            if given.of in {None, c.file}
            and given.kind in {None, c.kind}
            and given.barring in {False, c.barring}
        ]
    for file in dict.fromkeys(change.file for change in some):
        if how := _caught(file, plain(file)):
            sys.exit(f"{file} is caught ({how}) as it stands: nothing can be measured")
    start, found = time.monotonic(), []
    with ProcessPoolExecutor(max_workers=given.jobs) as pool:
        for change, how in zip(some, pool.map(caught, some), strict=True):
            found.append((change, how))
            if not how:
                print("missed:", told(change), flush=True)
    _tell(found)
    print(f"{time.monotonic() - start:.0f} seconds")


def _tell(found: list[tuple[Change, str]]) -> None:
    kinds = Counter(change.kind for change, _how in found)
    good = Counter(change.kind for change, how in found if how)
    for kind, count in kinds.items():
        print(f"{kind:24} {good[kind]:4} of {count}")
    print("by", dict(Counter(how or "nothing" for _change, how in found)))
    barring = [how for change, how in found if change.barring]
    print(f"touching F, G or X: {sum(map(bool, barring))} of {len(barring)}")
    print(f"all: {sum(good.values())} of {len(found)}")


def told(change: Change) -> str:
    """Return a change in words, with its line."""
    line = document(change.file).at(change.path).line
    where, barring = ".".join(map(str, change.path)), " (F, G, X)" if change.barring else ""
    what = change.gone or change.value
    return f"workflows/{change.file}.yaml:{line} {change.kind}{barring}: {what} at {where}"


if __name__ == "__main__":
    main()
