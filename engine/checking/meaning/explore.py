"""Explores every way a case can take, with the values that guards can distinguish.

Where a file has few such values all are followed and the answer is exact within the fragment;
else values are forgotten between moves, which only ever adds ways, never loses one.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import product
from math import prod

from engine.checking.meaning.domains import FULL, as_key
from engine.checking.meaning.graph import branches_at
from engine.checking.meaning.guards import (
    Guards,
    actors_of,
    earlier_for,
    ever_in_force,
    needs_person,
    nobody,
)
from engine.checking.meaning.logic import Value
from engine.compiling.plan import Branch, Literal, Node

MOST_VALUES = 20_000
"""Nodes times combinations of values, above which values are forgotten."""
MOST_PLACES = 60_000

Values = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """A node with the values kept."""

    node: Node
    values: Values


@dataclass(slots=True)
class Explored:
    """What was found.

    Attributes:
        names: the keys whose values are kept.
        starts: the openings and where they lead.
        came: by place the place before it and the branch (None: an amendment).
        edges: by place the branches taken from it and where they led.
        taken: ids of the rules that some way takes.
        complete: whether every place was visited.
    """

    names: tuple[str, ...]
    starts: list[tuple[Branch, Place]] = field(default_factory=list)
    came: dict[Place, tuple[Place | None, Branch | None]] = field(default_factory=dict)
    edges: dict[Place, list[tuple[Branch | None, Place]]] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    complete: bool = True


def explore(guards: Guards) -> Explored:
    """Return every way from every opening.

    Source:
        language.md 3.2, 3.3, 5; docs/soundness.md.
    """
    names = _kept(guards)
    found = _Explorer(guards, names).run()
    return found if found.complete or not names else _Explorer(guards, ()).run()


def _kept(guards: Guards) -> tuple[str, ...]:
    workflow, keys = guards.workflow, set[str]()
    for branches in (workflow.openings, *workflow.branches.values()):
        keys |= guards.keys_of(branches)
        for branch in branches:
            for word in (*actors_of(branch), *branch.cosign):
                keys |= needs_person(workflow, word)
    names = {key.removeprefix("before.") for key in keys if key != "state" and key[0] != "?"}
    nodes = len(workflow.definition.states) * (1 + len(workflow.definition.overlays))
    size = prod(len(guards.domains.all_of(name)) for name in names)
    return tuple(sorted(names)) if nodes * size <= MOST_VALUES else ()


class _Explorer:
    def __init__(self, guards: Guards, names: tuple[str, ...]) -> None:
        self.guards, self.workflow, self.names = guards, guards.workflow, names
        self.at = {name: place for place, name in enumerate(names)}
        self.found = Explored(names=names)
        self.todo: deque[Place] = deque()
        self.known: dict[tuple[object, ...], bool] = {}

    def run(self) -> Explored:
        blank = tuple(0 if name.startswith("taken.") else None for name in self.names)
        for opening in self.workflow.openings:
            for values in self._outcomes(opening, (opening,), blank):
                place = Place((opening.definition.to, ()), values)
                self.found.starts.append((opening, place))
                self._go(None, opening, place)
        while self.todo and self.found.complete:
            place = self.todo.popleft()
            self._leave(place)
            self.found.complete = len(self.found.came) <= MOST_PLACES
        return self.found

    def _go(self, source: Place | None, branch: Branch | None, target: Place) -> None:
        if branch is not None:
            self.found.taken.add(id(branch.definition))
        if source is not None:
            self.found.edges[source].append((branch, target))
        if target not in self.found.came:
            self.found.came[target] = (source, branch)
            self.found.edges[target] = []
            self.todo.append(target)

    def _leave(self, place: Place) -> None:
        state = place.node[0]
        for branch, ways in branches_at(self.workflow, state):
            target = self.workflow.leads_to(place.node, branch)
            for values in self._outcomes(branch, ways, place.values):
                self._go(place, branch, Place(target, values))
        for values in self._amended(state, place.values):
            self._go(place, None, Place(place.node, values))

    def _outcomes(self, branch: Branch, ways: Sequence[Branch], before: Values) -> Iterator[Values]:
        """Yield the values that a case may have once it took a branch; none where it cannot."""
        signs = all(self._somebody(word, branch, before) for word in branch.cosign)
        if not signs or not ever_in_force(branch):
            return
        earlier = self._earlier(branch, ways, before)
        for after in self._with_data(branch, before) if earlier else ():
            if any(self._may_go(branch, one, before, after) for one in earlier):
                yield from self._changed(branch, after)

    def _earlier(
        self, branch: Branch, ways: Sequence[Branch], before: Values
    ) -> list[tuple[Branch, ...]]:
        """Return, for each who can act, the branches that go first for them."""
        found: dict[tuple[int, ...], tuple[Branch, ...]] = {}
        for word in actors_of(branch):
            if self._somebody(word, branch, before):
                earlier = earlier_for(word, branch, ways)
                found[tuple(one.place for one in earlier)] = earlier
        return list(found.values())

    def _somebody(self, word: str, branch: Branch, before: Values) -> bool:
        if nobody(self.guards, word, branch):
            return False
        names = needs_person(self.workflow, word) & self.at.keys()
        return all(before[self.at[name]] is not None for name in names)

    def _with_data(self, branch: Branch, before: Values) -> Iterator[Values]:
        """Yield the values with every data the branch may bring."""
        asked = set(branch.definition.asks) | set(branch.definition.adds) | set(branch.edits)
        choices: list[tuple[Value, ...]] = []
        for name, value in zip(self.names, before, strict=True):
            given = self.guards.domains.given(name) if name in branch.accepts else ()
            choices.append(given if name in asked else (value, *given))
        yield from dict.fromkeys(product(*choices))

    def _may_go(
        self, branch: Branch, earlier: tuple[Branch, ...], before: Values, after: Values
    ) -> bool:
        keys = self.guards.keys_of((branch, *earlier))
        kept = {
            key: self._value(key, before, after)
            for key in sorted(keys)
            if key.removeprefix("before.") in self.at
        }
        state = branch.state if "state" in keys else ""
        rules = tuple(id(one.definition) for one in (branch, *earlier))
        sign = (state, rules, tuple(kept.items()))
        if sign not in self.known:
            self.known[sign] = self.guards.can_hold(branch, earlier, kept)
        return self.known[sign]

    def _value(self, key: str, before: Values, after: Values) -> Value:
        old = key.startswith(("before.", "taken."))
        return (before if old else after)[self.at[key.removeprefix("before.")]]

    def _changed(self, branch: Branch, after: Values) -> Iterator[Values]:
        """Yield the values after ``sets``, ``erases`` and the count of the trigger."""
        sets = dict(branch.sets)
        erased = getattr(branch.definition, "erases", ())
        choices: list[tuple[Value, ...]] = []
        for name, value in zip(self.names, after, strict=True):
            if name in erased:
                choices.append((None,))
            elif name in sets:
                choices.append(self._set(name, sets[name]))
            elif name == f"taken.{branch.trigger}" and branch.state:
                most = self.guards.domains.most_taken(name)
                choices.append((min(int(value or 0) + 1, most),))
            else:
                choices.append((value,))
        yield from product(*choices)

    def _set(self, name: str, value: object) -> tuple[Value, ...]:
        part = self.workflow.fields[name]
        if isinstance(value, Literal):
            return (as_key(part, value.value),)
        return self.guards.domains.given(name)

    def _amended(self, state: str, values: Values) -> Iterator[Values]:
        """Yield the values after one field was amended: given a value, or unset."""
        for part in self.workflow.amendments[state]:
            for name in (part.fields | part.adds | part.edits.keys()) & self.at.keys():
                given = self.guards.domains.given(name)
                for value in (*given, None) if name in part.fields else (FULL,):
                    place = self.at[name]
                    yield (*values[:place], value, *values[place + 1 :])
