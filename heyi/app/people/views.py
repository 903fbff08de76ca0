"""Makes views of units, people and absences, inside a transaction."""

from engine.case.values import Unit
from heyi.app.people.models import (
    AbsenceView,
    PersonRow,
    PostView,
    RoleLevel,
    RoleRow,
    UnitRow,
    UnitView,
)
from heyi.app.people.roles import ANY_LEVEL, known_roles
from heyi.app.view import Page
from storage.kernel.records import Person
from storage.work import Work


def unit_view(work: Work, unit: Unit) -> UnitView:
    """Return one unit, its place in the tree and who holds posts there."""
    posts = [
        PostView(role=role, person=person.id, name=person.display_name)
        for person in work.people.all()
        for role, place in work.people.actor(person.id).posts
        if place == unit.id
    ]
    below = sorted(work.units.below(unit.id).keys() - {unit.id})
    return UnitView(
        **dict(unit_row(unit)), above=_above(work, unit), below=tuple(below),
        posts=tuple(sorted(posts, key=lambda post: (post.role, post.person))),
    )  # fmt: skip


def unit_row(unit: Unit) -> UnitRow:
    """Return a unit as it is listed."""
    return UnitRow(id=unit.id, level=unit.level, title=unit.title, parent=unit.parent)


def _above(work: Work, unit: Unit) -> tuple[str, ...]:
    units, ids = work.units.above(unit.id), []
    current = units.get(unit.parent or "")
    while current is not None:
        ids.append(current.id)
        current = units.get(current.parent or "")
    return tuple(ids)


def person_row(work: Work, person: Person, *, unchecked: bool = False) -> PersonRow:
    """Return a person with the posts held now; ``unchecked`` where nothing could know them."""
    posts = work.people.actor(person.id).posts
    held = tuple(f"{role}@{unit}" for role, unit in posts)
    more = {"unchecked": True} if unchecked else {}
    return PersonRow(id=person.id, name=person.display_name, posts=held, **more)


def role_rows(work: Work, lang: str) -> Page[RoleRow]:
    """Return the roles that posts fill, by role, with how many hold each at each level."""
    units = work.units.all()
    held: dict[tuple[str, str], set[str]] = {}
    for person in work.people.all():
        for role, unit in work.people.actor(person.id).posts:
            held.setdefault((role, units[unit].level), set()).add(person.id)
    return Page(items=tuple(
        RoleRow(role=name, labels=tuple(role.labels), levels=tuple(
            RoleLevel(level=level, workflows=tuple(by), held=len(_held(held, name, level)))
            for level, by in sorted(role.levels.items())
        ))
        for name, role in known_roles(work, lang).items()
    ))  # fmt: skip


def _held(held: dict[tuple[str, str], set[str]], role: str, level: str) -> set[str]:
    """Return who holds a role at a level; at any, where the level is not said."""
    found = (who for (one, at), who in held.items() if one == role and level in {at, ANY_LEVEL})
    return set[str]().union(*found)


def absence_views(work: Work, person: str) -> Page[AbsenceView]:
    """Return the absences of a person, the earliest first."""
    return Page(items=tuple(
        AbsenceView(
            id=one.id, from_=one.from_day.isoformat(), until=one.until_day.isoformat(),
            substitute=one.substitute,
        )
        for one in work.absences.of(person)
    ))  # fmt: skip
