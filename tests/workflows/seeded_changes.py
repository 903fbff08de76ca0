"""The changes that `seeded.py` makes: one place of a shipped file, made laxer or wrong.

What the three workflows share (`uses`) belongs to them, so a clock or a table that moves into a
library stays among the changes.
"""

import copy
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

from engine.language.reader import Document, read_yaml
from tests.builders.shelves import SHIPPED

SEED = 2026
NAMES = ("access_control", "consultation", "mediation")
PACK = "packs/community_law"
_LOWER = {"> 1/2": "> 1/4", ">= 2/3": ">= 1/3", ">= 3/4": ">= 1/2", ">= 1/5": ">= 1/4"}
_BARRING = ("barred", "admissible", "verdict", "forbidden", "official_duty", "burdening")
Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One change: file, kind, where, the new value (None removes it), what is gone, if F, G or X."""

    file: str
    kind: str
    path: Path_
    value: Any = None
    gone: str = ""
    barring: bool = False


def changes() -> list[Change]:
    """Return every change there is, in the order of the files."""
    found = [*_shares()]
    for name in (*NAMES, *shared()):
        file = plain(name)
        found += [*_moves(name, file), *_clocks(name, file), *_classes(name, file)]
    return found


def shared() -> list[str]:
    """Return the libraries that the three workflows use."""
    used = [one for name in NAMES for one in plain(name).get("uses", [])]
    return [one for one in dict.fromkeys(used) if (SHIPPED / f"{one}.yaml").is_file()]


def users(file: str) -> list[str]:
    """Return which of the three workflows a file is part of."""
    part = Path(file).name
    return [name for name in NAMES if name == part or part in plain(name).get("uses", [])]


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


@cache
def document(name: str) -> Document:
    """Return a shipped file as it was when this run began to look at it."""
    path = SHIPPED / f"{name}.yaml"
    return read_yaml(path.read_text(encoding="utf-8"), file=f"{name}.yaml")


def plain(name: str) -> Any:
    """Return a shipped file as plain values."""
    return document(name).value


def _shares() -> Iterator[Change]:
    for table, rule in plain(PACK)["tables"].items():
        for place, row in enumerate(rule["rules"]):
            for output, value in row["then"].items():
                if value in _LOWER:
                    path: Path_ = ("tables", table, "rules", place, "then", output)
                    yield Change(file=PACK, kind="share lowered", path=path, value=_LOWER[value])


def _moves(name: str, file: Any) -> Iterator[Change]:
    places = [("states", s) for s in file.get("states", {})]
    places += [("groups", g) for g in file.get("groups", {})]
    states = [s for s in file.get("states", {}) if s not in file.get("overlays", {})]
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
        yield Change(file=name, kind="role dropped", path=(*path, "by"), value=by[1:], gone=by[0])
    if by not in ("anyone", ["anyone"]):
        yield Change(file=name, kind="role widened", path=(*path, "by"), value="anyone")
    if "cosign" in move:
        yield Change(file=name, kind="signature dropped", path=(*path, "cosign"))
    for place, word in enumerate(move.get("asks", [])):
        rest = [w for n, w in enumerate(move["asks"]) if n != place]
        barring = word in {"signs", "burdens", "field_of", "official_power"}
        yield Change(
            file=name, kind="question dropped", path=(*path, "asks"), value=rest, gone=word,
            barring=barring,
        )  # fmt: skip
    when = move.get("when")
    for place, line in enumerate(when if isinstance(when, list) else []):
        text = line if isinstance(line, str) else line["that"]
        rest = [one for n, one in enumerate(when) if n != place]
        barring = any(word in text for word in _BARRING)
        yield Change(
            file=name, kind="guard dropped", path=(*path, "when"), value=rest, gone=text,
            barring=barring,
        )  # fmt: skip
    for word in move.get("issues", [])[:1]:
        yield Change(
            file=name, kind="document dropped", path=(*path, "issues"),
            value=[w for w in move["issues"] if w != word], gone=word,
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
