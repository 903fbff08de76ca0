"""Finds where clocks start, run and rest on the ways that were explored.

Source:
    language.md 4: ``starts``, ``stops``, ``pauses``; 5: a clock is paused if any state of the
    stack is in its ``pauses.in``.
"""

from collections import deque
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engine.checking.meaning.explore import Place
from engine.checking.meaning.scene import Scene
from engine.checking.meaning.ways import way_to
from engine.compiling.plan import Branch, Clock, ClockVariant
from engine.language.reader import Path


@dataclass(frozen=True, slots=True)
class Start:
    """Where a clock may begin to run, and the move that made it."""

    place: Place
    source: Place | None = None
    branch: Branch | None = None


def starts_of(scene: Scene, clock: Clock) -> Iterator[Start]:
    """Yield every start of a clock on some explored way."""
    for place in scene.explored.came:
        if place.node[0] in clock.starts_in:
            yield Start(place)
    for source, edges in scene.explored.edges.items():
        for branch, target in edges:
            if branch is None or branch.trigger not in clock.starts_on:
                continue
            if not _finishes(scene, clock, branch, target):
                yield Start(target, source, branch)


def ends(scene: Scene, clock: Clock, branch: Branch | None, target: Place) -> bool:
    """Tell whether a move stops a clock's run.

    Source:
        language.md 4: ``stops``; default: leaving the starting states; a final state ends all.
    """
    if branch is None:
        return False
    state, stack = target.node
    if branch.trigger in clock.stops_on or (branch.enters is not None and state in clock.stops_in):
        return True
    if clock.leaving and not clock.starts_in & {state, *stack}:
        return True
    return _finishes(scene, clock, branch, target)


def _finishes(scene: Scene, clock: Clock, branch: Branch, target: Place) -> bool:
    """Tell whether a move enters a final state that ends the clock, or keeps it from starting."""
    state = target.node[0]
    final = branch.enters is not None and scene.workflow.is_final(state)
    return final and clock.ends_at_final and state not in clock.starts_in


@dataclass(frozen=True, slots=True)
class Open:
    """The places at which a run of a clock may be open, resting or not.

    Attributes:
        came: by place the start, or the place before it and the branch (None: an amendment).
    """

    came: Mapping[Place, Start | tuple[Place, Branch | None]]

    def way(self, scene: Scene, place: Place) -> list[Branch]:
        """Return the branches of a way to a place on which the clock started before."""
        found: list[Branch] = []
        before = self.came[place]
        while not isinstance(before, Start):
            found[:0] = [before[1]] if before[1] else []
            before = self.came[before[0]]
        found[:0] = [before.branch] if before.branch else []
        return [*way_to(scene.explored, before.source or before.place), *found]


def open_at(scene: Scene, clock: Clock, starts: Sequence[Start]) -> Open:
    """Return the places at which a run of a clock may be open, nearest to its starts first."""
    came: dict[Place, Start | tuple[Place, Branch | None]] = {}
    for start in starts:
        came.setdefault(start.place, start)
    todo = deque(came)
    while todo:
        place = todo.popleft()
        for branch, target in scene.explored.edges[place]:
            if target not in came and not ends(scene, clock, branch, target):
                came[target] = (place, branch)
                todo.append(target)
    return Open(came)


def rests(case: ClockVariant, place: Place) -> bool:
    """Tell whether a clock's run under a case rests at a place."""
    state, stack = place.node
    return not case.pauses_in.isdisjoint((state, *stack))


def written_at(clock: Clock, place: int, key: str) -> Path:
    """Return where a key of a clock's case is written: in its rule, or else in the clock.

    Args:
        clock: whose.
        place: 0-based place of the case.
        key: a key that the case has.
    """
    rules = clock.definition.rules
    if rules and getattr(rules[place], key) is not None:
        return ("clocks", clock.name, "rules", place, key)
    return ("clocks", clock.name, key)


def rung_at(clock: Clock, place: int, k: int) -> Path:
    """Return where the k-th rung of a clock's case is written; of a ladder, its name there."""
    if k < len(clock.variants[place].definition.rungs or ()):
        return (*written_at(clock, place, "rungs"), k)
    return written_at(clock, place, "ladder")
