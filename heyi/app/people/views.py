"""Makes views of units, people and absences, inside a transaction."""

from engine.case.values import Unit
from heyi.app.people.models import AbsenceView, PersonRow, PostView, UnitRow, UnitView
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


def person_row(work: Work, person: Person) -> PersonRow:
    """Return a person with the posts held now."""
    posts = work.people.actor(person.id).posts
    held = tuple(f"{role}@{unit}" for role, unit in posts)
    return PersonRow(id=person.id, name=person.display_name, posts=held)


def absence_views(work: Work, person: str) -> Page[AbsenceView]:
    """Return the absences of a person, the earliest first."""
    return Page(items=tuple(
        AbsenceView(
            id=one.id, from_=one.from_day.isoformat(), until=one.until_day.isoformat(),
            substitute=one.substitute,
        )
        for one in work.absences.of(person)
    ))  # fmt: skip
