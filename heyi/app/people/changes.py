"""Changes posts and addresses inside a transaction, and asks first whether the reader may."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Literal

from engine.case.values import Plain
from heyi.app.acts.deeds import check_held, check_three, permit
from heyi.app.people import roles
from heyi.app.reader import Reader
from storage.work import Work

OwnerKind = Literal["person", "unit"]
Posts = Iterable[tuple[str, str]]
"""Pairs (role, unit id)."""


def give(
    work: Work, person: str, posts: Sequence[tuple[str, str]], *, now: datetime
) -> tuple[list[Plain], bool]:
    """Give posts and end the person's sessions.

    Returns:
        What was given, as ``role@unit``, and whether published workflows were asked.

    Raises:
        UnitNotFound, PostRefused: as ``check_posts`` says.
        PostsExclude: the person holds two posts that exclude each other.
    """
    checked = roles.give(work, person, posts)
    if posts:
        check_three(work, person)
        work.sessions.end(person, at=now, kinds=("session",))
    return ["@".join(post) for post in posts], checked


def taken(work: Work, person: str, posts: Posts) -> tuple[list[Plain], list[str]]:
    """End posts; return those that ended and those that were not held, as ``role@unit``."""
    ended: list[Plain] = []
    missing: list[str] = []
    wanted = tuple(posts)
    for role, unit in wanted:
        held = work.people.take_post(person, role=role, unit=unit)
        (ended if held else missing).append(f"{role}@{unit}")
    check_held(work, (post for post in wanted if "@".join(post) in ended))
    return ended, missing


def address_act(work: Work, reader: Reader, what: str, owner_kind: OwnerKind, owner: str) -> str:
    """Return the kind of an act on an address, after asking whether the reader may do it."""
    if owner_kind == "unit":
        permit(work, reader, kind := f"unit_address.{what}", units=(owner,))
    else:
        permit(work, reader, kind := f"address.{what}", person=owner)
    check_owner(work, owner_kind, owner)
    return kind


def check_owner(work: Work, owner_kind: OwnerKind, owner: str) -> None:
    """Refuse an owner that is not kept.

    Raises:
        PersonNotFound, UnitNotFound: as it says.
    """
    if owner_kind == "unit":
        work.units.get(owner)
    else:
        work.people.get(owner)
