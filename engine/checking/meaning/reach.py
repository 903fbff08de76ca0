"""Checks which states a case can reach, and whether it can end from there.

Source:
    language.md 6; soundness of workflow nets: every case can end, whatever it went through.
"""

from collections.abc import Iterator

from engine.case.text import said
from engine.checking.meaning import words
from engine.checking.meaning.explore import Place
from engine.checking.meaning.graph import branches_at
from engine.checking.meaning.scene import Scene
from engine.checking.meaning.ways import reachable, turned


def check_states(scene: Scene) -> None:
    """Note states that no way enters."""
    below = {state for place in scene.explored.came for state in place.node[1]}
    for state in scene.workflow.definition.states:
        if state in scene.reached or state in below:
            continue
        sources = list(dict.fromkeys(_sources(scene, state)))[:5]
        why = said(words.NEVER_TAKEN, sources=sources) if sources else words.NOTHING_LEADS
        told = said(words.NOT_REACHED, state=scene.named("states", state), why=why)
        scene.note(("states", state), "HY601", told)


def _sources(scene: Scene, state: str) -> Iterator[str]:
    """Yield what would lead to a state if it could be taken, as ``state.rule``."""
    for opening in scene.workflow.openings:
        if opening.definition.to == state:
            yield opening.name
    for source in scene.workflow.definition.states:
        for branch, _ways in branches_at(scene.workflow, source):
            if branch.definition.to == state and source != state:
                yield f"{source}.{branch.name}"


def check_ends(scene: Scene) -> None:
    """Note dead ends, then circles without an end; not what only leads to those."""
    explored = scene.explored
    onward = {place: [to for _b, to in edges] for place, edges in explored.edges.items()}
    backward = turned(onward)
    ends = [place for place in explored.came if scene.workflow.is_final(place.node[0])]
    good = reachable(ends, backward)
    stuck = [place for place in explored.came if place not in good]
    explained: set[Place] = set()
    noted: set[str] = set()
    for place in sorted(stuck, key=lambda p: not is_dead(scene, p)):
        if place in explained:
            continue
        explained |= reachable([place], onward) | reachable([place], backward)
        if place.node[0] not in noted:
            noted.add(place.node[0])
            _note_stuck(scene, place)


def is_dead(scene: Scene, place: Place) -> bool:
    """Tell whether no transition at all can be taken at a place."""
    return all(branch is None for branch, _target in scene.explored.edges[place])


def _note_stuck(scene: Scene, place: Place) -> None:
    state = place.node[0]
    dead = is_dead(scene, place)
    template = words.DEAD_END if dead else words.NO_END
    wrong = said(template, state=scene.named("states", state))
    told = said(words.AND_WAY, wrong=wrong, way=scene.way(place))
    scene.note(("states", state), "HY603" if dead else "HY602", told)
