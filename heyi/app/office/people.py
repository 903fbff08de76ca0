"""Units, people and posts: kept and told as plain data."""

from collections.abc import Iterable
from typing import Any

from engine.case.values import Unit
from storage.kernel.records import Person
from storage.work import Store, Work

View = dict[str, Any]
Posts = Iterable[tuple[str, str]]
"""Pairs (role, unit id)."""


def put_unit(store: Store, unit: str, *, level: str, title: str, parent: str | None) -> None:
    """Add a unit, or change it.

    Raises:
        UnitNotFound: there is no such parent.
        UnitCircle: the parent lies below the unit.
    """
    with store.write() as work:
        if parent is not None:
            work.units.get(parent)
        work.units.put(Unit(id=unit, level=level, title=title, parent=parent))


def units_view(store: Store) -> list[View]:
    """Return all units, sorted by id."""
    with store.read() as work:
        return [_plain(unit) for unit in work.units.all().values()]


def unit_view(store: Store, unit: str) -> View:
    """Return one unit with the ids above (nearest first) and below it, and who holds posts there.

    Raises:
        UnitNotFound: there is none.
    """
    with store.read() as work:
        found = work.units.get(unit)
        posts = [
            {"role": role, "person": person.id, "name": person.display_name}
            for person in work.people.all()
            for role, place in work.people.actor(person.id).posts
            if place == unit
        ]
        return {
            **_plain(found),
            "above": _above(work, found),
            "below": sorted(work.units.below(unit).keys() - {unit}),
            "posts": sorted(posts, key=lambda post: (post["role"], post["person"])),
        }


def _above(work: Work, unit: Unit) -> list[str]:
    units, ids = work.units.above(unit.id), []
    current = units.get(unit.parent or "")
    while current is not None:
        ids.append(current.id)
        current = units.get(current.parent or "")
    return ids


def _plain(unit: Unit) -> View:
    return {"id": unit.id, "level": unit.level, "title": unit.title, "parent": unit.parent}


def put_person(store: Store, person: str, *, name: str, posts: Posts) -> None:
    """Add a person, or change the name shown; give posts.

    Raises:
        UnitNotFound: a post names no unit; nothing is kept.
    """
    with store.write() as work:
        work.people.put(Person(id=person, display_name=name))
        _give(work, person, posts)


def people_view(store: Store) -> list[View]:
    """Return all people with their posts as ``role@unit``, sorted by id."""
    with store.read() as work:
        return [
            {
                "id": person.id,
                "name": person.display_name,
                "posts": [f"{role}@{unit}" for role, unit in work.people.actor(person.id).posts],
            }
            for person in work.people.all()
        ]


def give_posts(store: Store, person: str, posts: Posts) -> None:
    """Let a person hold posts; one held already stays.

    Raises:
        PersonNotFound: there is no such person.
        UnitNotFound: a post names no unit; nothing is kept.
    """
    with store.write() as work:
        work.people.get(person)
        _give(work, person, posts)


def _give(work: Work, person: str, posts: Posts) -> None:
    for role, unit in posts:
        work.units.get(unit)
        work.people.give_post(person, role=role, unit=unit)


def take_posts(store: Store, person: str, posts: Posts) -> list[tuple[str, str]]:
    """End posts; return those that were not held.

    Raises:
        PersonNotFound: there is no such person.
    """
    with store.write() as work:
        work.people.get(person)
        return [
            (role, unit)
            for role, unit in posts
            if not work.people.take_post(person, role=role, unit=unit)
        ]
