"""Tells who moved in a case, and by which name, to those who may know it."""

from collections.abc import Iterable, Sequence
from typing import Any

from engine.case.values import Office
from engine.facts import reading
from engine.facts.messages import MASK
from engine.facts.people import in_case
from engine.facts.reading import may_read
from engine.facts.vacant import vacant_roles
from heyi.app.cases.models import NamedView
from heyi.app.cases.sight import Seen


def knows_people(seen: Seen) -> bool:
    """Tell whether the reader may know who moved in a case, and read their free words."""
    return reading.knows_people(seen.actor, seen.facts)


def person_told(seen: Seen, person: str) -> str:
    """Return who moved, if the reader may know it; everybody knows their own moves."""
    return person if reading.knows_person(person, seen.actor, seen.facts) else MASK


def signers_told(seen: Seen, signed: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """Return roles with who signed for them, where the reader may know it."""
    return tuple((role, person_told(seen, person)) for role, person in signed)


def names_shown(seen: Seen, people: Iterable[str]) -> dict[str, str]:
    """Return by id the names of people whom the reader is told; of one case only if he reads it."""
    workflow = seen.workflow
    fields = {
        name: value for name, value in seen.case.fields.items()
        if name in workflow.fields and may_read(name, seen.actor, seen.facts)
    }  # fmt: skip
    known = {**seen.world.people, **in_case(workflow, fields)}
    return {one: known[one] for one in sorted(set(people)) if one in known}


def name_of(seen: Seen, value: Any) -> str:
    """Return the name of a person whom a field names; what nobody registered bears is a name."""
    if isinstance(value, dict):
        return str(value.get("name") or value.get("id", ""))
    return seen.world.people.get(str(value), str(value))


def vacant_told(seen: Seen, lang: str, office: Office | None) -> dict[str, tuple[NamedView, ...]]:
    """Return the posts that nobody holds, for who may know who moves; nothing if all are held."""
    if office is None or not knows_people(seen):
        return {}
    roles = vacant_roles(seen.facts, office, states=(seen.case.state,))
    found = tuple(
        NamedView(name=name, label=seen.workflow.label("roles", name, lang)) for name in roles
    )
    return {"vacant": found} if found else {}
