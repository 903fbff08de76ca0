"""Where a case can come to, and whether it can end from there.

Source:
    language.md 6; soundness of workflow nets: every case can end, whatever it went through.
"""

from collections.abc import Iterator

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
        zh, en = scene.named("states", state)
        sources = list(dict.fromkeys(_sources(scene, state)))[:5]
        why = ("没有流转通向它", "nothing leads to it")
        if sources:
            why = (
                f"通向它的都走不到：{'、'.join(sources)}",
                f"what leads to it is never taken: {', '.join(sources)}",
            )
        scene.note(
            ("states", state),
            "HY601",
            f"环节{zh}不可到达；{why[0]}",
            f"state {en} cannot be reached; {why[1]}",
        )


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
    zh, en = scene.named("states", state)
    way_zh, way_en = scene.way(place)
    if is_dead(scene, place):
        code = "HY603"
        zh = f"环节{zh}是死路：不是终结环节，却没有可做的流转"
        en = f"state {en} is a dead end: it is not final and nothing can be done there"
    else:
        code, zh = "HY602", f"从环节{zh}起到不了任何终结环节"
        en = f"from state {en} no final state can be reached"
    scene.note(("states", state), code, f"{zh}；{way_zh}", f"{en}; {way_en}")
