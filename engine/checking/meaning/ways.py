"""Finds shortest ways as counter-examples: which rules lead to where something is wrong."""

from collections import deque
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from typing import TypeVar

from engine.case.text import Text, joined, said, worded
from engine.checking.meaning import words
from engine.checking.meaning.explore import Explored, Place
from engine.compiling.plan import Branch, Workflow

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


def told(workflow: Workflow, way: Sequence[Branch]) -> Text:
    """Return a way in words: labels and rule ids, openings first.

    Ways of more than ``MOST_SHOWN`` moves are cut in the middle.
    """
    named: list[Text | str] = [_named(workflow, branch) for branch in way]
    if len(named) > MOST_SHOWN:
        half = MOST_SHOWN // 2
        named = [*named[:half], "…", *named[-half:]]
    return joined(named, words.THEN)


def _named(workflow: Workflow, branch: Branch) -> Text:
    rule = branch.definition
    given = rule.label or (None if branch.state else words.OPENING)
    name = rule.id or branch.trigger
    label = worded(given.text if given else partial(workflow.move_label, branch.trigger))
    full = said(words.WITH_ID, label=label, id=name)
    return worded(lambda lang: full.text(lang) if label.text(lang) not in {"", name} else name)


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
