"""Who may act in a case: posts along the tree of units, persons the case names, bars."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from engine.facts import Facts
from engine.values import Actor, Unit, World


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """Whether somebody may act, and as what.

    Attributes:
        role: the role or actor word that allows it; "" where nothing does.
        barred: a role would allow it, but the person is barred from it in this case.
        for_person: on whose behalf it is recorded, or None.
    """

    role: str = ""
    barred: bool = False
    for_person: str | None = None

    def __bool__(self) -> bool:
        return bool(self.role)


def standing(
    words: Iterable[str], actor: Actor, facts: Facts, *, on_behalf_of: str | None = None
) -> Standing:
    """Return whether ``actor`` may act as one of ``words``, judged on ``facts``.

    Args:
        words: roles of the file, or ``anyone``, ``opener``, ``clock``, ``link``.
        actor: who asks.
        facts: of the case before the move's data.
        on_behalf_of: the person for whom a recording role enters the move.

    Source:
        language.md 3.1 and 3.6.
    """
    barred = False
    for word in words:
        if on_behalf_of is not None:
            if _records(word, actor, facts, on_behalf_of):
                return Standing(role=word, for_person=on_behalf_of)
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
        return actor.kind != "clock"
    return actor.kind == "person" and actor.id == facts.case.opened_by


def _records(word: str, actor: Actor, facts: Facts, person: str) -> bool:
    """Tell whether ``actor`` may record a move that ``person`` makes as ``word``."""
    role = facts.workflow.rule.roles.get(word)
    if role is None or not role.recorded_by:
        return False
    recorder = standing(role.recorded_by, actor, facts)
    party = Actor(id=person)
    return bool(recorder) and holds(word, party, facts) and not is_barred(word, person, facts)


def holds(name: str, actor: Actor, facts: Facts) -> bool:
    """Tell whether a person holds a role of the file, by post and by the case."""
    role = facts.workflow.rule.roles.get(name)
    if role is None or actor.kind != "person":
        return False
    if role.level is not None:
        places = _places(role.level, role.reach == "below", facts.case.unit, facts.world)
        if not any(post == name and unit in places for post, unit in actor.posts):
            return False
    return role.in_case is None or _named(role.in_case, actor, facts)


def is_barred(name: str, person: str, facts: Facts) -> bool:
    """Tell whether the role's ``never`` names this person in this case."""
    role = facts.workflow.rule.roles[name]
    return any(person in people_at(path, facts) for path in role.never)


def _named(path: str, actor: Actor, facts: Facts) -> bool:
    found = people_at(path, facts)
    head = facts.workflow.fields.get(path.partition(".")[0])
    if head is not None and _is_unit(head, path):
        return any(unit in found for _role, unit in actor.posts)
    return actor.id in found


def _is_unit(part: Any, path: str) -> bool:
    column = path.partition(".")[2]
    if column and isinstance(part.of, dict):
        part = part.of.get(column)
    return part is not None and part.type == "unit"


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
        return [row[column] for row in rows if isinstance(row, dict) and column in row]
    return [str(one) for one in value] if isinstance(value, list) else [str(value)]


def units_above(unit: str, world: World) -> list[Unit]:
    """Return a unit and all above it, nearest first; empty for an unknown unit."""
    found: list[Unit] = []
    current = world.units.get(unit)
    while current is not None and current not in found:
        found.append(current)
        current = world.units.get(current.parent) if current.parent else None
    return found


def _places(level: str, below: bool, unit: str, world: World) -> set[str]:
    if below:
        return {
            other.id
            for other in world.units.values()
            if other.level == level and any(u.id == unit for u in units_above(other.id, world))
        }
    return {u.id for u in units_above(unit, world) if u.level == level}


def people_of(role: str, actors: Iterable[Actor], facts: Facts) -> list[str]:
    """Return who of ``actors`` holds a role in the case and is not barred, in order."""
    return [a.id for a in actors if holds(role, a, facts) and not is_barred(role, a.id, facts)]
