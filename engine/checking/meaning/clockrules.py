"""Finds clocks that never start or stop, pauses never used, and statutory time that rests.

Source:
    language.md 4 and 6.
"""

from collections.abc import Sequence

from engine.case.text import said
from engine.checking.meaning import words
from engine.checking.meaning.fillers import filled_somewhere
from engine.checking.meaning.rungrules import check_rungs
from engine.checking.meaning.rungtimes import check_ladders
from engine.checking.meaning.running import Open, Start, ends, open_at, starts_of, written_at
from engine.checking.meaning.scene import Scene
from engine.checking.meaning.ways import reachable, turned, way_to
from engine.compiling.plan import Clock
from engine.language.clocks import ClockRule


def check_clocks(scene: Scene) -> None:
    """Note each reason why a clock cannot do what the file says."""
    filled = filled_somewhere(scene.workflow)
    for clock in scene.workflow.clocks.values():
        _statutory(scene, clock)
        starts = list(starts_of(scene, clock))
        lacks = _lacks(scene, clock, filled)
        if not starts or lacks:
            _note_idle(scene, clock, lacks)
            continue
        _stops(scene, clock, starts)
        opened = open_at(scene, clock, starts)
        _pauses(scene, clock, opened)
        check_rungs(scene, clock, opened)
    check_ladders(scene)


def _lacks(scene: Scene, clock: Clock, filled: set[str]) -> list[str]:
    """Return the fields that nobody fills and without which no run can be planned."""
    fields = scene.workflow.fields
    needs: list[set[str]] = []
    for case in clock.variants:
        paths = (case.definition.due, case.definition.runs_from, clock.definition.each)
        needs.append({(path or "").partition(".")[0] for path in paths})
    never = [{n for n in names if n in fields and n not in filled} for names in needs]
    return sorted(set().union(*never)) if all(never) else []


def _note_idle(scene: Scene, clock: Clock, lacks: Sequence[str]) -> None:
    places = ", ".join([*sorted(clock.starts_in), *sorted(clock.starts_on)])
    why = said(words.NO_WAY_THERE, places=places)
    if lacks:
        why = said(words.NOBODY_FILLS, names=", ".join(lacks))
    told = said(words.NEVER_STARTS, clock=scene.named("clocks", clock.name), why=why)
    scene.note(("clocks", clock.name), "HY607", told)


def _stops(scene: Scene, clock: Clock, starts: Sequence[Start]) -> None:
    if clock.definition.stops == () or clock.definition.met:
        return
    edges = scene.explored.edges
    onward = {place: [to for _b, to in moves] for place, moves in edges.items()}
    last = [p for p, moves in edges.items() if any(ends(scene, clock, b, t) for b, t in moves)]
    good = reachable(last, turned(onward))
    endless = next((start for start in starts if start.place not in good), None)
    if endless is None:
        return
    way = way_to(scene.explored, endless.source or endless.place)
    there = scene.told([*way, endless.branch] if endless.branch else way)
    told = said(words.NEVER_STOPS, clock=scene.named("clocks", clock.name), way=there)
    scene.note(("clocks", clock.name), "HY608", told)


def _pauses(scene: Scene, clock: Clock, opened: Open) -> None:
    """Warn of states in ``pauses.in`` in which no run of the clock is ever open.

    Source:
        language.md 5: a state pauses at any depth of the stack.
    """
    states = scene.workflow.definition.states.keys() - scene.workflow.definition.groups.keys()
    never = states - {state for place in opened.came for state in (place.node[0], *place.node[1])}
    for n, case in enumerate(clock.variants):
        pauses = case.definition.pauses
        for at, word in enumerate(pauses.in_ if pauses and pauses != "none" else ()):
            if word in never:
                named, state = scene.named("clocks", clock.name), scene.named("states", word)
                path = (*written_at(clock, n, "pauses"), "in", at)
                told = said(words.NEVER_PAUSES, clock=named, state=state)
                scene.note(path, "HY623", told, key=False)


def _statutory(scene: Scene, clock: Clock) -> None:
    """Refuse statutory time that pauses or extends without a source of its own.

    Source:
        language.md 4.
    """
    for n, case in enumerate(clock.variants):
        for key in _unfounded(case.definition):
            told = said(words.UNFOUNDED, clock=scene.named("clocks", clock.name), key=key)
            scene.note(written_at(clock, n, key), "HY619", told)


def _unfounded(rule: ClockRule) -> list[str]:
    parts = {"pauses": rule.pauses, "extend": rule.extend}
    given = {key: part for key, part in parts.items() if part is not None and part != "none"}
    lacking = [key for key, part in given.items() if not getattr(part, "source", None)]
    return lacking if rule.class_ == "statutory" else []
