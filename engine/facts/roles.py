"""Decides who may act in a case: posts in units, persons the case names, bars."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.case.values import Actor, Unit, World
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.language.kinds import FieldType
from engine.language.levels import OWN
from engine.language.parts import RoleDef


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether somebody may act, and in which role.

    Attributes:
        role: the role or actor word that allows it; "" where nothing does.
        barred: a role would allow it, but the person is barred from it in this case.
        for_person: on whose behalf it is recorded, or None.
        acting_for: who is away and whose post allows it, or None.
    """

    role: str = ""
    barred: bool = False
    for_person: str | None = None
    acting_for: str | None = None

    def __bool__(self) -> bool:
        return bool(self.role)


def standing(
    words: Iterable[str], actor: Actor, facts: Facts, *, on_behalf_of: str | None = None
) -> Standing:
    """Return whether ``actor`` may act as one of ``words``, judged on ``facts``.

    By what is theirs first, then by the posts of those for whom they stand in: places in the case
    that need a post are lent with it, those of a party never. Whoever is barred lends nothing,
    and who is barred borrows nothing.

    Args:
        words: roles of the file, or ``anyone``, ``opener``, ``clock``, ``link``.
        actor: who asks.
        facts: of the case before the move's data.
        on_behalf_of: the person for whom a recording role enters the move.

    Source:
        language.md 3.1 and 3.6; design.md 8 "Acting for".
    """
    words = tuple(words)
    found = _own_standing(words, actor, facts, on_behalf_of)
    if found or actor.kind != "person":
        return found
    for other in () if on_behalf_of is not None else actor.lent:
        lent = _lent_standing(words, actor, other, facts)
        if lent:
            return lent
        found = Standing(barred=found.barred or lent.barred)
    return found


def _lent_standing(words: Iterable[str], actor: Actor, other: Actor, facts: Facts) -> Standing:
    """Return what a person may do by the posts of another one who is away."""
    barred = False
    for word in words:
        role = facts.workflow.definition.roles.get(word)
        if role is None:
            continue
        if role.level is not None and holds(word, other, facts):
            if not any(is_barred(word, one, facts) for one in (actor.id, other.id)):
                return Standing(role=word, acting_for=other.id)
            barred = True
    return Standing(barred=barred)


def _own_standing(
    words: Iterable[str], actor: Actor, facts: Facts, on_behalf_of: str | None
) -> Standing:
    barred = False
    for word in words:
        if on_behalf_of is not None:
            by = _recorder(word, actor, facts, on_behalf_of)
            if by:
                return Standing(role=word, for_person=on_behalf_of, acting_for=by.acting_for)
            continue
        if word in {"anyone", "opener", "clock", "link"}:
            if _is_word(word, actor, facts):
                return Standing(role=word)
            continue
        if holds(word, actor, facts):
            if not is_barred(word, actor.id, facts):
                return Standing(role=word)
            barred = True
    return Standing(barred=barred)


def _is_word(word: str, actor: Actor, facts: Facts) -> bool:
    if word in {"clock", "link"}:
        return actor.kind == word
    if word == "anyone":
        # A clock acts only where a file says so; but what anybody may open, a calendar may too.
        return actor.kind != "clock" or not facts.case.state
    return actor.kind == "person" and actor.id == facts.case.opened_by


def _recorder(word: str, actor: Actor, facts: Facts, person: str) -> Standing:
    """Return by what ``actor`` may record a move that ``person`` makes as ``word``."""
    role = facts.workflow.definition.roles.get(word)
    if role is None or not role.recorded_by:
        return Standing()
    if not holds(word, Actor(id=person), facts) or is_barred(word, person, facts):
        return Standing()
    return standing(role.recorded_by, actor, facts)


def holds(name: str, actor: Actor, facts: Facts) -> bool:
    """Tell whether a person holds a role of the file, by post and by the case."""
    role = facts.workflow.definition.roles.get(name)
    if role is None or actor.kind != "person":
        return False
    if role.level is None:
        return role.in_case is None or _named(role.in_case, actor, facts)
    places = places_of(role, facts)
    wanted = role.held_by(name)
    mine = [unit for post, unit in actor.posts if post == wanted and unit in places]
    if role.in_case is None or not mine:
        return bool(mine)
    found = people_at(role.in_case, facts)
    # A named unit must be that of the post itself, not of any other post of the same person.
    is_unit = is_unit_path(facts.workflow, role.in_case)
    return any(unit in found for unit in mine) if is_unit else actor.id in found


def is_barred(name: str, person: str, facts: Facts) -> bool:
    """Tell whether the role's ``never`` names this person in this case."""
    role = facts.workflow.definition.roles[name]
    return any(person in people_at(path, facts) for path in role.never)


def _named(path: str, actor: Actor, facts: Facts) -> bool:
    found = people_at(path, facts)
    if is_unit_path(facts.workflow, path):
        return any(unit in found for _role, unit in actor.posts)
    return actor.id in found


def is_unit_path(workflow: Workflow, path: str) -> bool:
    """Tell whether a field, or a list's column, names units and not persons."""
    head, _, column = path.partition(".")
    part = workflow.fields.get(head)
    if part is not None and column:
        part = part.columns.get(column, part)
    return part is not None and part.type is FieldType.UNIT


def people_at(path: str, facts: Facts) -> list[str]:
    """Return the persons (or units) that a field, a list's column or a fact names."""
    head, _, column = path.partition(".")
    if head in facts.workflow.fields:
        value: Any = facts.fields.get(head)
    else:
        value = facts.get(head)
    if value is None:
        return []
    if column:
        rows = value if isinstance(value, list) else [value]
        cells = [row[column] for row in rows if isinstance(row, dict) and column in row]
        return [one for cell in cells for one in _ids(cell)]
    return _ids(value)


def _ids(value: Any) -> list[str]:
    """Return the ids in a value; who is known in this case alone has an id of the case."""
    found = value if isinstance(value, list) else [value]
    return [str(one.get("id", one)) if isinstance(one, dict) else str(one) for one in found]


def units_above(unit: str, world: World) -> list[Unit]:
    """Return a unit and all above it, nearest first; empty for an unknown unit."""
    found: list[Unit] = []
    current = world.units.get(unit)
    while current is not None and current not in found:
        found.append(current)
        current = world.units.get(current.parent) if current.parent else None
    return found


def places_of(role: RoleDef, facts: Facts) -> set[str]:
    """Return the units at which a post of this role counts in the case."""
    unit, world = facts.case.unit, facts.world
    key = ("places", role.level, role.reach, unit)
    if key not in world.kept:
        world.kept[key] = _places(role, unit, world)
    found: set[str] = world.kept[key]
    return found


def _places(role: RoleDef, unit: str, world: World) -> set[str]:
    if role.level == OWN:
        return {unit}
    if role.reach == "below":
        return {
            other.id
            for other in world.units.values()
            if other.level == role.level and any(u.id == unit for u in units_above(other.id, world))
        }
    return {u.id for u in units_above(unit, world) if u.level == role.level}
