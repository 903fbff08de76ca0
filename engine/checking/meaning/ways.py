"""Shortest ways as counter-examples: which rules lead to where something is wrong."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import TypeVar

from engine.case.values import Lang
from engine.checking.meaning.explore import Explored, Place
from engine.compiling.plan import Branch, Workflow
from engine.language.words import Label

T = TypeVar("T")
MOST_SHOWN = 12


def way_to(explored: Explored, place: Place) -> list[Branch]:
    """Return the branches of a shortest way to a place, the opening first."""
    found: list[Branch] = []
    current: Place | None = place
    while current is not None:
        current, branch = explored.came[current]
        if branch is not None:
            found.append(branch)
    return found[::-1]


def told(workflow: Workflow, way: Sequence[Branch], lang: Lang) -> str:
    """Return a way in words: labels and rule ids, openings first.

    Ways of more than ``MOST_SHOWN`` moves are cut in the middle.
    """
    named = [_named(workflow, branch, lang) for branch in way]
    if len(named) > MOST_SHOWN:
        half = MOST_SHOWN // 2
        named = [*named[:half], "…", *named[-half:]]
    return " → ".join(named)


def _named(workflow: Workflow, branch: Branch, lang: Lang) -> str:
    rule = branch.definition
    opening = Label(zh="立案", en="opening") if not branch.state else None
    label = rule.label or opening
    words = label.text(lang) if label else workflow.move_label(branch.trigger, lang)
    name = rule.id or branch.trigger
    if not words or words == name:
        return name
    return f"{words}（{name}）" if lang == "zh" else f"{words} ({name})"


def kept_values(explored: Explored, place: Place) -> str:
    """Return the values that matter at a place, as ``field=value``; "" where none is kept."""
    pairs = zip(explored.names, place.values, strict=True)
    return ", ".join(f"{name}={value}" for name, value in pairs if value is not None)


def reachable(starts: Iterable[T], edges: Mapping[T, Iterable[T]]) -> set[T]:
    """Return everything that can be reached from ``starts``, themselves included."""
    found = set(starts)
    todo = deque(found)
    while todo:
        for target in edges.get(todo.popleft(), ()):
            if target not in found:
                found.add(target)
                todo.append(target)
    return found


def turned(edges: Mapping[T, Iterable[T]]) -> dict[T, list[T]]:
    """Return a graph with every edge the other way round."""
    found: dict[T, list[T]] = {}
    for source, targets in edges.items():
        for target in targets:
            found.setdefault(target, []).append(source)
    return found


def way_without(explored: Explored, passes: Callable[[Branch], bool]) -> dict[Place, list[Branch]]:
    """Return every place that can be reached by branches that ``passes`` lets through.

    Each with a shortest such way.
    """
    found = {place: [branch] for branch, place in explored.starts if passes(branch)}
    todo = deque(found)
    while todo:
        place = todo.popleft()
        for branch, target in explored.edges[place]:
            if target not in found and (branch is None or passes(branch)):
                found[target] = [*found[place], branch] if branch else found[place]
                todo.append(target)
    return found
