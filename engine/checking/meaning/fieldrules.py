"""Finds fields that are never filled, never used, or read before they can be filled.

Source:
    language.md 2 (unset is unknown, unknown refuses) and 6.
"""

from collections.abc import Iterator, Mapping

from engine.case.text import said
from engine.checking.meaning import words
from engine.checking.meaning.fillers import every_rule, fillable_in, filled_somewhere, fills
from engine.checking.meaning.graph import branches_at
from engine.checking.meaning.parse import can_lack
from engine.checking.meaning.places import path_of
from engine.checking.meaning.scene import Scene
from engine.checking.meaning.uses import names_used
from engine.checking.meaning.ways import way_without
from engine.compiling.plan import Branch


def check_fields(scene: Scene) -> None:
    """Warn of fields that are read and never filled, names nothing uses, and early reads."""
    used = names_used(scene.workflow)
    _never_filled(scene, used)
    _never_used(scene, used)
    _read_early(scene)


def _never_filled(scene: Scene, used: set[str]) -> None:
    filled = filled_somewhere(scene.workflow)
    for name in scene.workflow.fields:
        if name in used and name not in filled:
            told = said(words.NEVER_FILLED, field=scene.named("fields", name))
            scene.note(("fields", name), "HY612", told)


def _never_used(scene: Scene, used: set[str]) -> None:
    """Warn of what the file itself defines and nothing uses; what it borrows may be more."""
    heads = {name.partition(".")[0] for name in used}
    for section, name in _idle(scene, used, heads):
        if (section, name) not in scene.findings.borrowed:
            told = said(words.UNUSED, part=scene.named(section, name))
            scene.note((section, name), "HY613", told)


def _idle(scene: Scene, used: set[str], heads: set[str]) -> Iterator[tuple[str, str]]:
    workflow = scene.workflow
    rules = every_rule(workflow)
    issued = {name for b in rules for name in b.definition.issues}
    filled = filled_somewhere(workflow) | used
    known: Mapping[str, set[str]] = {
        "facts": heads, "tables": heads, "params": {n[7:] for n in used if n[:7] == "params."},
        "fields": filled, "counts": {n[7:] for n in used if n[:7] == "counts."},
        "documents": issued | {n.split(".")[1] for n in used if n[:10] == "documents."},
    }  # fmt: skip
    for section, names in known.items():
        for name in getattr(workflow.definition, section):
            if name not in names:
                yield section, name


def _read_early(scene: Scene) -> None:
    """Warn where a guard needs a field that some way has not filled and nobody there can fill."""
    for name, rules in _readers(scene).items():
        at = _unfilled(scene, name)
        for branches in rules.values():
            early = next((branch for branch in branches if branch.state in at), None)
            if early is not None:
                _note_early(scene, early, name, at[early.state])


def _readers(scene: Scene) -> dict[str, dict[int, list[Branch]]]:
    """Return by field the rules whose guard needs it, each with the branches made of it."""
    found: dict[str, dict[int, list[Branch]]] = {}
    for state in scene.reached:
        for branch, _ways in branches_at(scene.workflow, state):
            key = id(branch.definition)
            for name in _needed(scene, branch) if key in scene.explored.taken else ():
                found.setdefault(name, {}).setdefault(key, []).append(branch)
    return found


def _unfilled(scene: Scene, name: str) -> dict[str, list[Branch]]:
    """Return by state a shortest way that comes to it without filling a field."""
    ways = way_without(scene.explored, lambda branch: name not in fills(branch))
    at: dict[str, list[Branch]] = {}
    for place, way in ways.items():
        at.setdefault(place.node[0], way)
    return at


def _needed(scene: Scene, branch: Branch) -> set[str]:
    """Return the fields without which a guard cannot hold and that cannot be filled here."""
    workflow = scene.workflow
    here = branch.accepts | fillable_in(workflow, branch.state)
    found = set()
    for key in scene.guards.keys_of((branch,)):
        part = workflow.fields.get(key)
        if part is None or key in here or not can_lack(part):
            continue
        unset = {key: None}
        holds = scene.guards.can_hold(branch, (), unset)
        if not holds and scene.guards.may_be_unknown(branch, unset):
            found.add(key)
    return found


def _note_early(scene: Scene, branch: Branch, name: str, way: list[Branch]) -> None:
    field = scene.named("fields", name)
    told = said(words.READ_EARLY, rule=branch.name, field=field, way=scene.told(way))
    scene.note(path_of(scene.workflow, branch), "HY614", told)
