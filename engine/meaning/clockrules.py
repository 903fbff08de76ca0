"""Clocks that never start or never stop, rungs that lead nowhere, statutory time that rests.

Source:
    language.md 4 and 6.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.definitions.parts import ClockRule, RungDef
from engine.meaning.explore import Place
from engine.meaning.fillers import filled_somewhere
from engine.meaning.scene import Scene
from engine.meaning.ways import reachable, turned, way_to
from engine.plan import Branch, Clock


def check_clocks(scene: Scene) -> None:
    """Note what keeps a clock from doing what the file says."""
    filled = filled_somewhere(scene.workflow)
    for clock in scene.workflow.clocks.values():
        _statutory(scene, clock)
        starts = list(_starts(scene, clock))
        lacks = _lacks(scene, clock, filled)
        if not starts or lacks:
            _note_idle(scene, clock, lacks)
            continue
        _stops(scene, clock, starts)
        _rungs(scene, clock, starts)


@dataclass(frozen=True, slots=True)
class Start:
    """Where a clock may begin to run, and the move that made it."""

    place: Place
    source: Place | None = None
    branch: Branch | None = None


def _starts(scene: Scene, clock: Clock) -> Iterator[Start]:
    for place in scene.explored.came:
        if place.node[0] in clock.starts_in:
            yield Start(place)
    for source, edges in scene.explored.edges.items():
        for branch, target in edges:
            if branch is None or branch.trigger not in clock.starts_on:
                continue
            if not _finishes(scene, clock, branch, target):
                yield Start(target, source, branch)


def _lacks(scene: Scene, clock: Clock, filled: set[str]) -> list[str]:
    """Return the fields that nobody fills and without which no run can be planned."""
    fields = scene.workflow.fields
    needs: list[set[str]] = []
    for case in clock.cases:
        paths = (case.rule.due, case.rule.runs_from, clock.rule.each)
        needs.append({(path or "").partition(".")[0] for path in paths})
    never = [{n for n in names if n in fields and n not in filled} for names in needs]
    return sorted(set().union(*never)) if all(never) else []


def _note_idle(scene: Scene, clock: Clock, lacks: Sequence[str]) -> None:
    zh, en = scene.named("clocks", clock.name)
    words = ", ".join([*sorted(clock.starts_in), *sorted(clock.starts_on)])
    why = (f"走不到 {words}", f"no way leads to {words}")
    if lacks:
        names = ", ".join(lacks)
        why = (f"没有人填写 {names}", f"nobody fills {names}")
    zh, en = f"期限{zh}永远不会起算：{why[0]}", f"clock {en} never starts: {why[1]}"
    scene.note(("clocks", clock.name), "HY607", zh, en)


def _ends(scene: Scene, clock: Clock, branch: Branch | None, target: Place) -> bool:
    """Tell whether a move stops a clock's run.

    Source:
        language.md 4: ``stops``; default: leaving the starting states; a final state ends all.
    """
    if branch is None:
        return False
    state, stack = target.node
    entered = branch.rule.to not in {"stay", "back"}
    if branch.trigger in clock.stops_on or (entered and state in clock.stops_in):
        return True
    if clock.leaving and not clock.starts_in & {state, *stack}:
        return True
    return _finishes(scene, clock, branch, target)


def _finishes(scene: Scene, clock: Clock, branch: Branch, target: Place) -> bool:
    """Tell whether a move enters a final state that ends the clock, or keeps it from starting."""
    state = target.node[0]
    entered = branch.rule.to not in {"stay", "back"}
    final = entered and scene.workflow.is_final(state)
    return final and clock.ends_at_final and state not in clock.starts_in


def _stops(scene: Scene, clock: Clock, starts: Sequence[Start]) -> None:
    if clock.rule.stops == () or clock.rule.met:
        return
    edges = scene.explored.edges
    onward = {place: [to for _b, to in moves] for place, moves in edges.items()}
    last = [p for p, moves in edges.items() if any(_ends(scene, clock, b, t) for b, t in moves)]
    good = reachable(last, turned(onward))
    endless = next((start for start in starts if start.place not in good), None)
    if endless is None:
        return
    zh, en = scene.named("clocks", clock.name)
    way = way_to(scene.explored, endless.source or endless.place)
    way_zh, way_en = scene.told([*way, endless.branch] if endless.branch else way)
    zh = f"期限{zh}起算后没有什么会使它停止；本意如此请写 stops: none；{way_zh}"
    en = f"nothing stops clock {en} once it runs; write 'stops: none' if that is meant; {way_en}"
    scene.note(("clocks", clock.name), "HY608", zh, en)


def _rungs(scene: Scene, clock: Clock, starts: Sequence[Start]) -> None:
    """Note rungs that fire or propose what is not offered, and rungs that tell nobody."""
    rule = scene.workflow.rule
    ladder = rule.ladders.get(clock.rule.ladder or "")
    rungs = (*clock.rule.rungs, *(ladder.rungs if ladder else ()))
    levels = len((ladder and ladder.levels) or rule.chain)
    runs = _running(scene, clock, starts) if rungs else []
    for place, rung in enumerate(rungs):
        own = place < len(clock.rule.rungs)
        path = ("clocks", clock.name, "rungs", place) if own else ("clocks", clock.name, "ladder")
        if not _reaches(rung, levels):
            zh, en = f"“{rung.at}”这一格不通知任何人", f"the rung at '{rung.at}' tells nobody"
            scene.note(path, "HY621", zh, en, key=False)
        for trigger in filter(None, (rung.fire, rung.propose)):
            lost = next((p for p in runs if trigger not in _offers(scene, p)), None)
            if lost is not None:
                zh, en = scene.named("states", lost.node[0])
                way_zh, way_en = scene.way(lost)
                zh = f"“{rung.at}”这一格要做“{trigger}”，但期限也走在没有它的环节{zh}；{way_zh}"
                en = (
                    f"the rung at '{rung.at}' does '{trigger}', but the clock also runs in state"
                    f" {en}, which does not offer it; {way_en}"
                )
                scene.note(path, "HY611", zh, en, key=False)


def _reaches(rung: RungDef, levels: int) -> bool:
    told = rung.tell or (rung.level is not None and rung.level <= levels)
    return bool(told or rung.fire or rung.propose or (rung.mark and rung.level is None))


def _offers(scene: Scene, place: Place) -> tuple[str, ...]:
    return scene.workflow.triggers[place.node[0]]


def _running(scene: Scene, clock: Clock, starts: Sequence[Start]) -> list[Place]:
    """Return the places at which a clock may run and does not rest."""
    edges = scene.explored.edges
    onward = {
        place: [to for branch, to in moves if not _ends(scene, clock, branch, to)]
        for place, moves in edges.items()
    }
    pauses = clock.rule.pauses
    rests = set(pauses.in_) if pauses is not None and pauses != "none" else set()
    found = reachable([start.place for start in starts], onward)
    return [p for p in scene.explored.came if p in found and p.node[0] not in rests]


def _statutory(scene: Scene, clock: Clock) -> None:
    """Refuse statutory time that pauses or extends without a source of its own.

    Source:
        language.md 4.
    """
    for case in clock.cases:
        for key in _unfounded(case.rule):
            zh, en = scene.named("clocks", clock.name)
            zh = f"法定期限{zh}的 {key} 须写明依据（source）"
            en = f"'{key}' of the statutory clock {en} needs a source of its own"
            scene.note(("clocks", clock.name), "HY619", zh, en)


def _unfounded(rule: ClockRule) -> list[str]:
    parts = {"pauses": rule.pauses, "extend": rule.extend}
    given = {key: part for key, part in parts.items() if part is not None and part != "none"}
    lacking = [key for key, part in given.items() if not getattr(part, "source", None)]
    return lacking if rule.class_ == "statutory" else []
