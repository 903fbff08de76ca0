"""Finds states in which a case may wait although nobody can act.

Source:
    language.md 6, role-liveness: a barred or absent person never strands a case.
"""

from collections.abc import Iterable

from engine.case.text import said
from engine.checking.meaning import words
from engine.checking.meaning.graph import branches_at
from engine.checking.meaning.places import path_of
from engine.checking.meaning.scene import Scene
from engine.compiling.plan import Branch, Workflow
from engine.facts.reading import base_fields
from engine.language.kinds import FieldType

_ALWAYS = frozenset({"anyone", "clock", "link"})


def check_people(scene: Scene) -> None:
    """Warn of states that depend on one person, unused triggers, and roles at odd levels."""
    for state in scene.reached:
        if not scene.workflow.is_final(state):
            _liveness(scene, state)
    _idle(scene)
    _levels(scene)
    _unsaid(scene)


def _liveness(scene: Scene, state: str) -> None:
    workflow = scene.workflow
    offered = [branch for branch, _ways in branches_at(workflow, state)]
    leaving = [b for b in offered if not b.stays and id(b.definition) in scene.explored.taken]
    if not leaving or any(_goes_on(workflow, branch) for branch in leaving):
        return
    persons = list(dict.fromkeys(word for b in leaving for word in (*b.by, *b.cosign)))
    persons = [word for word in persons if not has_stand_in(workflow, word)]
    if _replaced(workflow, state, offered, persons):
        return
    told = said(
        words.ON_ONE_PERSON,
        state=scene.named("states", state),
        who=[scene.named("roles", word) for word in persons],
        way=scene.way(scene.reached[state]),
    )
    scene.note(("states", state), "HY609", told)


def _goes_on(workflow: Workflow, branch: Branch) -> bool:
    """Tell whether somebody besides named persons can take a branch."""
    by = any(has_stand_in(workflow, word) for word in branch.by)
    return by and all(has_stand_in(workflow, word) for word in branch.cosign)


def has_stand_in(workflow: Workflow, word: str) -> bool:
    """Tell whether others can act as ``word`` where one person cannot: posts, units, anyone."""
    rule = workflow.definition.roles.get(word)
    if rule is None:
        return word in _ALWAYS
    if rule.in_case is None:
        return True
    head, _, column = rule.in_case.partition(".")
    part = workflow.fields.get(head)
    if part is not None and column:
        part = part.columns.get(column, part)
    return part is not None and part.type is FieldType.UNIT


def _replaced(
    workflow: Workflow, state: str, offered: Iterable[Branch], persons: Iterable[str]
) -> bool:
    """Tell whether somebody else can name another person without leaving the state."""
    roles = [
        workflow.definition.roles[word] for word in persons if word in workflow.definition.roles
    ]
    heads = {(role.in_case or "").partition(".")[0] for role in roles}
    fields = base_fields(workflow, heads)
    staying = [b for b in offered if b.stays and _goes_on(workflow, b)]
    if any(fields & b.accepts for b in staying):
        return True
    return any(
        fields & (part.fields | part.adds | part.edits.keys())
        and any(has_stand_in(workflow, word) for word in part.by)
        for part in workflow.amendments[state]
    )


def _idle(scene: Scene) -> None:
    """Warn of triggers that only a clock may fire while no rung fires them, of openings too."""
    cases = [case for clock in scene.workflow.clocks.values() for case in clock.variants]
    fired = {rung.fire for case in cases for rung in case.ladder.rungs}
    for opening in scene.workflow.openings:
        if set(opening.by) == {"clock"} and not scene.workflow.definition.recurs:
            told = said(words.NOTHING_RECURS, opening=opening.name)
            scene.note(path_of(scene.workflow, opening), "HY610", told)
    seen: set[int] = set()
    for state in scene.reached:
        for branch, _ways in branches_at(scene.workflow, state):
            alone = set(branch.by) == {"clock"} and branch.trigger not in fired
            if alone and id(branch.definition) not in seen:
                seen.add(id(branch.definition))
                told = said(words.NO_RUNG_FIRES, rule=branch.name)
                scene.note(path_of(scene.workflow, branch), "HY610", told)


def _levels(scene: Scene) -> None:
    """Warn of a level that some roles hold above the case's unit and others below it."""
    rule = scene.workflow.definition
    above = {role.level for role in rule.roles.values() if role.level and role.reach is None}
    for name, role in rule.roles.items():
        odd = role.reach == "below" and role.level in above and role.level not in rule.opened_at
        if odd:
            named = scene.named("roles", name)
            told = said(words.ABOVE_AND_BELOW, role=named, level=role.level)
            scene.note(("roles", name), "HY620", told)


def _unsaid(scene: Scene) -> None:
    """Warn of people of whom the file does not say whether they must be registered."""
    for name, part in scene.workflow.fields.items():
        columns = ((("of", column), one) for column, one in part.columns.items())
        for path, one in (((), part), *columns):
            if one.type is FieldType.PERSON and one.of is None:
                told = said(words.OF_UNSAID, field=scene.named("fields", name))
                scene.note(("fields", name, *path), "HY506", told)
