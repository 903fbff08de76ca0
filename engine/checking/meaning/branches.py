"""Finds rules that no case ever takes, that nobody may fire, and circles without a person.

Source:
    language.md 3.2 and 6; soundness of workflow nets: no dead transitions.
"""

from collections.abc import Iterator, Sequence

from engine.case.text import Text, said
from engine.checking.meaning import words
from engine.checking.meaning.explore import Place
from engine.checking.meaning.graph import branches_at
from engine.checking.meaning.guards import actors_of, earlier_for, ever_in_force, nobody
from engine.checking.meaning.places import path_of
from engine.checking.meaning.scene import Scene
from engine.checking.meaning.ways import reachable
from engine.compiling.plan import Branch

_MACHINES = frozenset({"clock", "link"})


def check_branches(scene: Scene) -> None:
    """Note every rule that is never taken although a state that offers it is reached."""
    seen: set[int] = set()
    for branch, ways in _offered(scene):
        key = id(branch.definition)
        if key in seen or key in scene.explored.taken:
            continue
        seen.add(key)
        _note(scene, branch, ways)


def _offered(scene: Scene) -> Iterator[tuple[Branch, Sequence[Branch]]]:
    for opening in scene.workflow.openings:
        yield opening, (opening,)
    for state in scene.reached:
        yield from branches_at(scene.workflow, state)


def _note(scene: Scene, branch: Branch, ways: Sequence[Branch]) -> None:
    name = branch.name
    path = path_of(scene.workflow, branch)
    who = _missing_roles(scene, branch)
    if who:
        scene.note(path, "HY606", said(words.NOBODY_CAN, rule=name, who=who))
        return
    told = said(words.NEVER, rule=name, why=_why(scene, branch, ways))
    if branch.state in scene.reached:
        way = scene.way(scene.reached[branch.state])
        told = said(words.AND_WAY, wrong=told, way=way)
    scene.note(path, "HY605", told)


def _missing_roles(scene: Scene, branch: Branch) -> list[str]:
    """Return the roles for want of which nobody can take a branch."""
    lost = [word for word in actors_of(branch) if nobody(scene.guards, word, branch)]
    if len(lost) == len(actors_of(branch)):
        return lost
    return [word for word in branch.cosign if nobody(scene.guards, word, branch)]


def _why(scene: Scene, branch: Branch, ways: Sequence[Branch]) -> Text:
    if not ever_in_force(branch):
        return words.NEVER_IN_FORCE
    if not scene.guards.can_hold(branch):
        return words.GUARD_CANNOT_HOLD
    earlier = [earlier_for(word, branch, ways) for word in actors_of(branch)]
    if not any(scene.guards.can_hold(branch, one) for one in earlier):
        names = dict.fromkeys(f"#{b.place + 1}" for one in earlier for b in one)
        return said(words.OTHERS_FIRST, branches="、".join(names))
    return words.NEVER_TOGETHER


def check_loops(scene: Scene) -> None:
    """Note circles whose every move is made by the clock or a linked case.

    ``stay`` is no circle. Where values were forgotten, moves whose guard could end a circle are
    left out: whether it ends is not known.
    """
    moves = {
        place: [(b, to) for b, to in edges if b is not None and _runs_alone(scene, b)]
        for place, edges in scene.explored.edges.items()
    }
    onward = {place: [to for _b, to in edges] for place, edges in moves.items()}
    noted: set[frozenset[str]] = set()
    for place, edges in moves.items():
        for branch, target in edges:
            behind = reachable([target], onward)
            if place in behind:
                states = frozenset(p.node[0] for p in behind if place in reachable([p], onward))
                if states not in noted:
                    noted.add(states)
                    _note_loop(scene, branch, place)


def _runs_alone(scene: Scene, branch: Branch) -> bool:
    if branch.stays or not set(actors_of(branch)) <= _MACHINES:
        return False
    keys = scene.guards.keys_of((branch,))
    return all(key in (*scene.explored.names, "state") for key in keys)


def _note_loop(scene: Scene, branch: Branch, place: Place) -> None:
    told = said(words.CIRCLE, rule=branch.name, way=scene.way(place))
    scene.note(path_of(scene.workflow, branch), "HY604", told)
