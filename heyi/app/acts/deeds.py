"""Asks whether a reader may do an act of the office, and writes it into the chain."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from engine.case.values import Plain
from heyi.app.acts.errors import ActRefused, LastOfThree, OwnAct, PostsExclude, SignInNeeded
from heyi.app.acts.permits import (
    DEMO,
    FOUNDED,
    HEADS,
    MARKED,
    NOTED,
    PERMITS,
    READINGS,
    THREE,
    Permit,
)
from heyi.app.acts.words import HEAD, OWN
from heyi.app.reader import Reader
from storage.kernel.errors import PersonNotFound

if TYPE_CHECKING:
    from storage.work import Work


def permit(
    work: "Work", reader: Reader, kind: str, *, person: str = "", units: Iterable[str] = ()
) -> None:
    """Refuse an act that no post of the reader permits.

    A post that somebody lends as a substitute permits none: who is away keeps it.

    Args:
        work: the open transaction.
        reader: who would act.
        kind: of ``PERMITS``.
        person: whom it is about, if one person.
        units: which units it is about; those of the person's posts are added.

    Raises:
        SignInNeeded: nobody in particular asks.
        ActRefused: as it says.
        OwnAct: nobody does it to themselves.
        PersonNotFound: there is no such reader.
    """
    rule = PERMITS[kind]
    if reader.purpose:
        permit_office(reader, kind)
        if reader.purpose == DEMO and kind != MARKED and not is_demo(work):
            raise ActRefused(kind, _needed(rule))
        return
    if not reader.person:
        raise SignInNeeded
    if _permitted(work, reader, rule, person, units):
        if rule.others and person == reader.person:
            raise OwnAct
        return
    raise ActRefused(kind, _needed(rule))


def _permitted(
    work: "Work", reader: Reader, rule: Permit, person: str, units: Iterable[str]
) -> bool:
    held = work.people.actor(reader.person).posts
    if rule.posts & {role for role, _unit in held} or (rule.own and person == reader.person):
        return True
    headed = {unit for role, unit in held if role in HEADS} if rule.head else set[str]()
    return bool(headed & {*units, *_units_of(work, person)})


def permit_office(reader: Reader, kind: str) -> None:
    """Refuse an act that the office itself does, to all who ask for another purpose.

    Raises:
        ActRefused: as it says.
    """
    rule = PERMITS[kind]
    is_demo_data = reader.purpose == DEMO and kind != FOUNDED
    if not reader.purpose or not (reader.purpose in rule.purposes or is_demo_data):
        raise ActRefused(kind, _needed(rule))


def is_demo(work: "Work") -> bool:
    """Return whether the database was marked as demo data when it was empty."""
    first = work.acts.first()
    return first is not None and first.kind == MARKED


def check_substitute(reader: Reader, *, person: str, substitute: str | None) -> None:
    """Refuse that somebody who notes another's absence takes that person's posts for its days.

    Raises:
        OwnAct: as it says.
    """
    if reader.person and substitute == reader.person != person:
        raise OwnAct


def note(work: "Work", reader: Reader, kind: str, *, now: datetime, **public: Plain) -> None:
    """Write an act into the office's chain, last in its transaction.

    Args:
        work: the open transaction, for writing.
        reader: who acts.
        kind: of ``PERMITS`` or ``NOTED``.
        now: the present moment.
        **public: ids and codes; never a personal value, for all who read the database read it.
    """
    assert kind in (PERMITS.keys() - READINGS) | NOTED, kind  # noqa: S101 - a slip of ours, not of people
    via = f"system:{reader.purpose}" if reader.purpose else reader.via
    work.acts.record(kind, at=now, actor=reader.person, via=via, public=public)


def check_three(work: "Work", person: str) -> None:
    """Refuse posts that exclude each other, held by one person.

    Raises:
        PostsExclude: naming them.
    """
    held = sorted({role for role, _unit in work.people.actor(person).posts} & THREE)
    if len(held) > 1:
        raise PostsExclude(person=person, posts=", ".join(held))


def check_held(work: "Work", posts: Iterable[tuple[str, str]]) -> None:
    """Refuse that of posts just ended one of the three is held by nobody any more.

    Raises:
        LastOfThree: naming those that nobody holds.
    """
    units = work.units.all()
    gone = {
        role
        for role, _unit in posts
        if role in THREE and not work.people.holders(role, units=units)
    }
    if gone:
        raise LastOfThree(posts=", ".join(sorted(gone)))


def _needed(rule: Permit) -> list[str]:
    return [*sorted(rule.posts), *[HEAD] * rule.head, *[OWN] * rule.own]


def _units_of(work: "Work", person: str) -> set[str]:
    try:
        return {unit for _role, unit in work.people.actor(person).posts} if person else set()
    except PersonNotFound:
        # Whether there is such a person is not told before the act is permitted.
        return set()
