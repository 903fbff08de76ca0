"""Every way through a small workflow, tried move by move with the engine itself.

Written apart from what it checks: it knows nothing of nodes, guards or graphs.
"""

from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import product
from typing import Any

from engine.case.errors import MoveRefused
from engine.case.values import CLOCK, Actor, Case, Move, Step
from engine.compiling.plan import Workflow
from engine.step.take import open_case, take_step
from tests.builders.club_worlds import ID, MONDAY, world
from tests.engine.checking.meaning.random_files import COUNTED, VALUES

_ACTORS = {
    "gardener": Actor(id="g", posts=(("gardener", "north"),)),
    "head": Actor(id="h", posts=(("head", "top"),)),
    "anyone": Actor(id="s"),
    "clock": Actor(id=CLOCK, kind="clock"),
    "link": Actor(id="l", kind="link"),
}
Key = tuple[Any, ...]


@dataclass(slots=True)
class Seen:
    """What happened on some way: states entered, rules taken, how cases follow one another."""

    states: set[str] = field(default_factory=set)
    rules: set[str] = field(default_factory=set)
    next: dict[Key, set[Key]] = field(default_factory=dict)
    final: set[Key] = field(default_factory=set)

    def stuck(self) -> set[str]:
        """Return the states in which some case can no longer end."""
        good, grown = set(self.final), True
        while grown:
            more = {key for key, after in self.next.items() if key not in good and after & good}
            good |= more
            grown = bool(more)
        return {key[0] for key in self.next if key not in good}


def try_all(workflow: Workflow) -> Seen:
    """Return what every way shows."""
    seen, todo = Seen(), deque[Case]()

    def note(case: Case, rule: str) -> Key:
        seen.rules.add(rule)
        key = _key(case)
        if key not in seen.next:
            seen.next[key] = set()
            seen.states |= {case.state, *case.stack}
            if workflow.is_final(case.state):
                seen.final.add(key)
            todo.append(case)
        return key

    for first, name in _opened(workflow):
        note(first.after, name)
    while todo:
        case = todo.popleft()
        for move in _moves(workflow, case):
            if step := _granted(workflow, case, move):
                seen.next[_key(case)].add(note(step.after, str(step.event.public.get("rule", ""))))
    return seen


def _opened(workflow: Workflow) -> Iterator[tuple[Step, str]]:
    for opening in workflow.openings:
        for data in _given_as(opening.accepts):
            move = Move(actor=Actor(id="o"), trigger=opening.trigger, data=data)
            if step := _granted(workflow, None, move):
                yield step, opening.name


def _granted(workflow: Workflow, case: Case | None, move: Move) -> Step | None:
    try:
        if case is None:
            return open_case(
                workflow, case_id=ID, unit="north", move=move, now=MONDAY, world=world()
            )
        return take_step(workflow, case, move, now=MONDAY, world=world())
    except MoveRefused:
        return None


def _key(case: Case) -> Key:
    taken = {word: min(case.taken.get(word, 0), most) for word, most in COUNTED.items()}
    return (
        case.state,
        case.stack,
        tuple(sorted(case.fields.items())),
        tuple(sorted(taken.items())),
    )


def _moves(workflow: Workflow, case: Case) -> Iterator[Move]:
    for trigger in workflow.triggers[case.state]:
        branches = workflow.branches[case.state, trigger]
        words = {word for branch in branches for word in branch.by}
        actors = [_ACTORS.get(word, Actor(id=case.opened_by)) for word in sorted(words)]
        ways = {str(d): d for branch in branches for d in _given_as(branch.accepts)}
        for actor, data in product(actors, ways.values()):
            yield Move(actor=actor, trigger=trigger, data=data)
    for part in workflow.amendments[case.state]:
        for name in sorted(part.fields):
            for value in (*VALUES[name], None):
                yield Move(kind="amend", actor=_ACTORS["gardener"], data={name: value})


def _given_as(names: frozenset[str]) -> Iterator[dict[str, Any]]:
    given = sorted(names)
    for values in product(*([*VALUES[name], None] for name in given)):
        yield {n: v for n, v in zip(given, values, strict=True) if v is not None}
