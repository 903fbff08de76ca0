"""Asks whether a reader may do an act of the office, and writes it into the chain."""

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING

from engine.case.values import Plain
from heyi.app.acts.errors import ActRefused, LastOfThree, PostsExclude, SignInNeeded
from heyi.app.acts.permits import DEMO, FOUNDING, HEADS, NOTED, PERMITS, THREE, Permit
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
        PersonNotFound: there is no such reader.
    """
    rule = PERMITS[kind]
    if reader.purpose:
        if reader.purpose in rule.purposes or (reader.purpose == DEMO and not _founds(rule)):
            return
        raise ActRefused(kind, _needed(rule))
    if not reader.person:
        raise SignInNeeded
    held = work.people.actor(reader.person).posts
    if rule.posts & {role for role, _unit in held} or (rule.own and person == reader.person):
        return
    if rule.head:
        headed = {unit for role, unit in held if role in HEADS}
        if headed & {*units, *_units_of(work, person)}:
            return
    raise ActRefused(kind, _needed(rule))


def note(work: "Work", reader: Reader, kind: str, *, now: datetime, **public: Plain) -> None:
    """Write an act into the office's chain, last in its transaction.

    Args:
        work: the open transaction, for writing.
        reader: who acts.
        kind: of ``PERMITS`` or ``NOTED``.
        now: the present moment.
        **public: ids and codes; never a personal value, for all who read the database read it.
    """
    assert kind in PERMITS or kind in NOTED, kind  # noqa: S101 - a slip of ours, not of people
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


def _founds(rule: Permit) -> bool:
    return FOUNDING in rule.purposes


def _needed(rule: Permit) -> list[str]:
    return [*sorted(rule.posts), *[HEAD] * rule.head, *[OWN] * rule.own]


def _units_of(work: "Work", person: str) -> set[str]:
    try:
        return {unit for _role, unit in work.people.actor(person).posts} if person else set()
    except PersonNotFound:
        # Whether there is such a person is not told before the act is permitted.
        return set()
