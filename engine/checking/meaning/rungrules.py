"""Finds rungs without effect or receiver, unfit for their clock, or harmful without a source.

Source:
    language.md 4 (rungs) and 6.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engine.case.text import Text, said
from engine.case.values import CLOCK
from engine.checking.meaning import words
from engine.checking.meaning.explore import Place
from engine.checking.meaning.fillers import every_rule
from engine.checking.meaning.running import Open, rests, rung_at
from engine.checking.meaning.scene import Scene
from engine.compiling.names.ladders import ASSIGNEE, column_of
from engine.compiling.plan import Branch, Clock, ClockVariant, Ladder
from engine.language.clocks import RungDef
from engine.language.reader import Path

OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Rung:
    """A rung at its place in the file, with what its clock goes through.

    Attributes:
        at: the place in the file.
        runs: the places at which the clock runs and does not rest.
        opened: all at which it may be open.
    """

    rule: RungDef
    at: Path
    runs: Sequence[Place]
    opened: Open


def check_rungs(scene: Scene, clock: Clock, opened: Open) -> None:
    """Note what is wrong with the rungs of a clock.

    What a rung does is asked of the places where the clock runs and does not rest.

    Args:
        scene: the check.
        clock: whose ladder.
        opened: where a run may be open.
    """
    for n, case in enumerate(clock.variants):
        runs = [place for place in opened.came if not rests(case, place)]
        for k, rule in enumerate(case.ladder.rungs):
            rung = Rung(rule, rung_at(clock, n, k), runs, opened)
            _check_act(scene, rung)
            if _tells_nobody(scene, rung, case.ladder):
                scene.note(rung.at, "HY621", said(words.TELLS_NOBODY, at=rule.at), key=False)
            for wrong in _unsuited(rule, case, clock):
                scene.note(rung.at, "HY624", wrong, key=False)


def _unsuited(rule: RungDef, case: ClockVariant, clock: Clock) -> Iterator[Text]:
    """Yield what a rung says that its clock has not: lateness, items."""
    if case.definition.at_least is not None and rule.mark == OVERDUE:
        yield said(words.MARKS_MINIMUM, at=rule.at)
    columns = [word for word in rule.tell if column_of(word)]
    if columns and clock.definition.each is None:
        yield said(words.NO_ITEMS, at=rule.at, word=columns[0])


def _check_act(scene: Scene, rung: Rung) -> None:
    """Note a trigger that is not offered, that none could take, or that harms unfounded."""
    trigger = rung.rule.fire or rung.rule.propose
    if trigger is None or not rung.runs:
        return
    workflow = scene.workflow
    lost = next((p for p in rung.runs if trigger not in workflow.triggers[p.node[0]]), None)
    if lost is not None:
        _note_lost(scene, rung, trigger, lost)
        return
    states = dict.fromkeys(place.node[0] for place in rung.runs)
    branches = [b for state in states for b in workflow.branches[state, trigger]]
    if rung.rule.fire is not None:
        _check_fired(scene, rung, branches)
    elif not any(word in workflow.definition.roles for b in branches for word in b.by):
        told = said(words.NOBODY_SIGNS, at=rung.rule.at, trigger=trigger)
        scene.note(rung.at, "HY611", told, key=False)


def _note_lost(scene: Scene, rung: Rung, trigger: str, lost: Place) -> None:
    told = said(
        words.NOT_OFFERED,
        at=rung.rule.at,
        trigger=trigger,
        state=scene.named("states", lost.node[0]),
        way=scene.told(rung.opened.way(scene, lost)),
    )
    scene.note(rung.at, "HY611", told, key=False)


def _check_fired(scene: Scene, rung: Rung, branches: Sequence[Branch]) -> None:
    """Note a fired trigger that a clock can never take, or that harms without a source."""
    timed = [branch for branch in branches if CLOCK in branch.by and not _waits(branch)]
    if not timed:
        told = said(words.CANNOT_FIRE, at=rung.rule.at, trigger=rung.rule.fire)
        scene.note(rung.at, "HY611", told, key=False)
    if rung.rule.source is None and any(_outcome(scene, one) == "negative" for one in timed):
        told = said(words.HARMS, at=rung.rule.at, trigger=rung.rule.fire)
        scene.note(rung.at, "HY622", told, key=False)


def _waits(branch: Branch) -> bool:
    """Tell whether a branch takes data that a clock cannot bring."""
    return bool(branch.definition.asks or branch.definition.adds or branch.edits)


def _outcome(scene: Scene, branch: Branch) -> str | None:
    """Return how a branch ends the case, None where it does not.

    Source:
        language.md 3.6: a transition's outcome beats its state's.
    """
    state = scene.workflow.definition.states.get(branch.definition.to)
    if state is None or not state.final:
        return None
    return getattr(branch.definition, "outcome", None) or state.outcome


def _tells_nobody(scene: Scene, rung: Rung, ladder: Ladder) -> bool:
    """Tell whether a rung is for the assignee alone where no case ever has one.

    A rung that names nobody is the assignee's; with levels somebody above is told at last.
    """
    rule = rung.rule
    if rule.level or rule.fire or rule.propose or (rule.mark and not rule.tell):
        return False
    if ladder.levels or any(word != ASSIGNEE for word in rule.tell):
        return False
    workflow = scene.workflow
    if any(branch.definition.assigns for branch in every_rule(workflow)):
        return False
    states = {state for place in rung.runs for state in (place.node[0], *place.node[1])}
    return all(workflow.definition.states[state].assignee is None for state in states)
