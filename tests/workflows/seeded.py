"""Two hundred seeded changes of the shipped files: how many do `check` and `test` catch?

`python -m tests.workflows.seeded [COUNT]` prints the figures and what got through. A change
is caught by an error or a warning of `check` (the shipped files have none of either), or by
an author test that no longer goes as written.
"""

import copy
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from engine.definitions.build import check_workflow
from engine.definitions.reader import read_yaml
from engine.errors import DefinitionError
from heyi.services.shelf import FolderShelf
from tests.builders.shelves import SHIPPED
from tests.workflows.stage import Troupe, scripts, yaml_of

SEED = 2026
COUNT = 200
NAMES = ("access_control", "consultation", "mediation")
PACK = "packs/community_law"
_LOWER = {"> 1/2": "> 1/4", ">= 2/3": ">= 1/3", ">= 3/4": ">= 1/2", ">= 1/5": ">= 1/4"}
_BARRING = ("barred", "admissible", "verdict", "forbidden", "official_duty", "burdening")
Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: the file, the kind, where, the new value (None removes it), whether F, G or X."""

    file: str
    kind: str
    path: Path_
    value: Any = None
    barring: bool = False


def changes() -> list[Change]:
    """Return every change there is, in the order of the files."""
    found = [*_shares()]
    for name in NAMES:
        file = plain(name)
        found += [*_moves(name, file), *_clocks(name, file), *_classes(name, file)]
    return found


def chosen(count: int) -> list[Change]:
    """Return ``count`` changes, the kinds in turn, each kind shuffled by the seed."""
    kinds: dict[str, list[Change]] = {}
    for change in changes():
        kinds.setdefault(change.kind, []).append(change)
    for some in kinds.values():
        Random(SEED).shuffle(some)
    picked: list[Change] = []
    while len(picked) < count and any(kinds.values()):
        picked += [some.pop() for some in kinds.values() if some][: count - len(picked)]
    return picked


def plain(name: str) -> Any:
    """Return a shipped file as plain values."""
    return read_yaml((SHIPPED / f"{name}.yaml").read_text(encoding="utf-8")).value


def _shares() -> Iterator[Change]:
    for table, rule in plain(PACK)["tables"].items():
        for place, row in enumerate(rule["rules"]):
            for output, value in row["then"].items():
                if value in _LOWER:
                    path: Path_ = ("tables", table, "rules", place, "then", output)
                    yield Change(file=PACK, kind="share lowered", path=path, value=_LOWER[value])


def _moves(name: str, file: Any) -> Iterator[Change]:
    places = [("states", s) for s in file["states"]]
    places += [("groups", g) for g in file.get("groups", {})]
    states = [s for s, state in file["states"].items() if s not in file.get("overlays", {})]
    for section, owner in places:
        for trigger, ways in file[section][owner].get("on", {}).items():
            for place, move in enumerate(ways if isinstance(ways, list) else [ways]):
                path: Path_ = (section, owner, "on", trigger)
                if isinstance(ways, list):
                    path = (*path, place)
                yield from _move(name, move, path, states)


def _move(name: str, move: Any, path: Path_, states: list[str]) -> Iterator[Change]:
    if move["to"] in states:
        other = states[(states.index(move["to"]) + 1) % len(states)]
        yield Change(file=name, kind="target moved", path=(*path, "to"), value=other)
    by = move["by"]
    if isinstance(by, list) and len(by) > 1:
        yield Change(file=name, kind="role dropped", path=(*path, "by"), value=by[1:])
    if by not in ("anyone", ["anyone"]):
        yield Change(file=name, kind="role widened", path=(*path, "by"), value="anyone")
    if "cosign" in move:
        yield Change(file=name, kind="signature dropped", path=(*path, "cosign"))
    for place, word in enumerate(move.get("asks", [])):
        rest = [w for n, w in enumerate(move["asks"]) if n != place]
        barring = word in {"signs", "burdens", "field_of", "official_power"}
        yield Change(
            file=name, kind="question dropped", path=(*path, "asks"), value=rest, barring=barring
        )
    when = move.get("when")
    for place, line in enumerate(when if isinstance(when, list) else []):
        text = line if isinstance(line, str) else line["that"]
        rest = [one for n, one in enumerate(when) if n != place]
        barring = any(word in text for word in _BARRING)
        yield Change(
            file=name, kind="guard dropped", path=(*path, "when"), value=rest, barring=barring
        )
    for word in move.get("issues", [])[:1]:
        yield Change(
            file=name, kind="document dropped", path=(*path, "issues"),
            value=[w for w in move["issues"] if w != word],
        )  # fmt: skip


def _clocks(name: str, file: Any) -> Iterator[Change]:
    for clock, rule in file.get("clocks", {}).items():
        path: Path_ = ("clocks", clock)
        if rule.get("class") == "statutory":
            pauses = {"in": [next(iter(file["states"]))], "each": "60 days"}
            yield Change(file=name, kind="clock pausable", path=(*path, "pauses"), value=pauses)
            yield Change(
                file=name, kind="clock's class lowered", path=(*path, "class"), value="internal"
            )
        for key in ("within", "at_least"):
            n, _, unit = str(rule.get(key, "")).partition(" ")
            if n.isdigit() and int(n) > 1:
                value = f"{int(n) // 2 or 1} {unit}"
                yield Change(file=name, kind="clock shortened", path=(*path, key), value=value)


def _classes(name: str, file: Any) -> Iterator[Change]:
    for table, rule in file.get("tables", {}).items():
        for place, row in enumerate(rule["rules"]):
            if row["then"].get("class") not in {"F", "G", "X"}:
                continue
            path: Path_ = ("tables", table, "rules", place)
            for other in ("A", "S", "P"):
                yield Change(
                    file=name, kind="F, G or X turned", path=(*path, "then", "class"), value=other,
                    barring=True,
                )  # fmt: skip
            yield Change(
                file=name, kind="F, G or X turned", path=(*path, "if"), value="false", barring=True
            )


def changed(file: Any, change: Change) -> Any:
    """Return a copy of a file with one change made."""
    file = copy.deepcopy(file)
    *above, last = change.path
    inner = file
    for step in above:
        inner = inner[step]
    if change.value is None:
        del inner[last]
    else:
        inner[last] = change.value
    return file


def caught(change: Change) -> str:
    """Return what catches a change: ``error``, ``warning``, ``test``, or "" for nothing."""
    with tempfile.TemporaryDirectory(prefix="heyi-seeded-") as spare:
        folder = Path(spare) / "workflows"
        shutil.copytree(SHIPPED, folder)
        text = yaml_of(changed(plain(change.file), change))
        (folder / f"{change.file}.yaml").write_text(text, encoding="utf-8")
        names = [change.file] if change.file in NAMES else ["consultation"]
        shelf = FolderShelf([folder])
        for name in names:
            body = (folder / f"{name}.yaml").read_text(encoding="utf-8")
            _workflow, problems = check_workflow(body, file=f"{name}.yaml", shelf=shelf)
            if problems:
                severe = any(p.severity == "error" for p in problems)
                return "error" if severe else "warning"
        try:
            return "test" if _fails(folder, Path(spare), names) else ""
        except DefinitionError:
            return "error"


def _fails(folder: Path, spare: Path, names: list[str]) -> bool:
    troupe = Troupe(spare, shelf=folder)
    for script in scripts(folder):
        if script.rule.workflow in names:
            performance = troupe.perform(script)
            if performance.differences or performance.findings:
                return True
    return False


def main() -> None:
    """Print how many changes are caught, by kind, and which are not."""
    some = chosen(int(sys.argv[1]) if len(sys.argv) > 1 else COUNT)
    with ProcessPoolExecutor(max_workers=2) as pool:
        found = list(zip(some, pool.map(caught, some), strict=True))
    kinds = Counter(change.kind for change, _how in found)
    good = Counter(change.kind for change, how in found if how)
    for kind, count in kinds.items():
        print(f"{kind:24} {good[kind]:4} of {count}")
    print("by", dict(Counter(how or "nothing" for _change, how in found)))
    barring = [how for change, how in found if change.barring]
    print(f"touching F, G or X: {sum(map(bool, barring))} of {len(barring)}")
    print(f"all: {sum(good.values())} of {len(found)}")
    for change, how in found:
        if not how:
            print("  missed:", change.kind, change.file, *change.path, "→", change.value)


if __name__ == "__main__":
    main()
