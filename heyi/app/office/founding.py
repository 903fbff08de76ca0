"""Founds an office with its three persons, or marks an empty database as demo data, for ever."""

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from engine.case.text import Text
from engine.case.values import Data, Plain, Unit
from heyi.app.accounts.models import SlipView
from heyi.app.accounts.passwords import hashed, one_time_password
from heyi.app.acts.deeds import check_three, is_demo, note, permit
from heyi.app.acts.permits import FOUNDED, MARKED
from heyi.app.office.errors import FoundersWrong, OfficeFounded, OfficeInUse
from heyi.app.office.models import FoundedView, Founder
from heyi.app.reader import Reader
from storage.kernel.officerecords import Account
from storage.kernel.records import CaseQuery, Person

if TYPE_CHECKING:
    from storage.work import Store, Work

TOP, LEVEL = "office", "city"
"""Unit and level that are made where an office has no unit yet and names none."""
_TOP_TITLE = "本单位"
_ONE = Text("三个岗位须由三人担任", "the three posts need three persons")
_WHICH = Text("已有几个最上级单位，请指明一个", "there are several units at the top; name one")


def mark_demo(store: "Store", reader: Reader, *, now: datetime) -> None:
    """Mark an empty database; once marked nothing more is done.

    Raises:
        OfficeInUse: something is in it.
    """
    with store.write() as work:
        permit(work, reader, MARKED)
        if work.acts.any():
            if not is_demo(work):
                raise OfficeInUse
            return
        used = (work.people.all(), work.units.all(), work.workflows.list())
        if any(used) or work.cases.list(CaseQuery(limit=1)):
            raise OfficeInUse
        note(work, reader, MARKED, now=now, key=work.acts.key_mark())


def found(
    store: "Store", reader: Reader, *, founders: Mapping[str, Founder], unit: str, title: str,
    now: datetime,
) -> FoundedView:  # fmt: skip
    """Name the three persons, each with a one-time password: the first act of the chain.

    Raises:
        OfficeFounded: there are acts already.
        FoundersWrong: they are not three, or there are several units at the top and none is named.
        IdRefused: an id or a name is nobody's to bear.
        PostsExclude: one of them holds another of the three posts already.
    """
    for told in ("person", "name"):
        # Whoever is named twice, in whatever case, is one person; a name may be left out.
        given = [text for one in founders.values() if (text := getattr(one, told).casefold())]
        if len({*given}) < len(given):
            raise FoundersWrong(_ONE)
    passwords = {post: one_time_password() for post in sorted(founders)}
    secrets = {post: hashed(password) for post, password in passwords.items()}
    with store.write() as work:
        permit(work, reader, FOUNDED)
        if work.acts.any():
            raise OfficeFounded
        place = _place(work, unit, title)
        slips = []
        for post, password in passwords.items():
            person = _named(work, founders[post])
            work.people.give_post(person.id, role=post, unit=place)
            check_three(work, person.id)
            work.accounts.put(Account(person=person.id, secret=secrets[post], once=True))
            slips.append(SlipView(
                person=person.id, name=person.display_name, post=post, password=password
            ))  # fmt: skip
        who = {post: one.person for post, one in founders.items()}
        # What is found there is part of the first act, so that what comes later can be told.
        held: list[Plain] = [f"{one} {role}@{at}" for one, role, at in sorted(work.people.posts())]
        lent: list[Plain] = [[*one] for one in sorted(work.absences.substitutes())]
        stands: Data = {"unit": place, "posts": held, "substitutes": lent, **who}
        note(work, reader, FOUNDED, now=now, key=work.acts.key_mark(), **stands)
    return FoundedView(unit=place, slips=tuple(slips))


def _place(work: "Work", unit: str, title: str) -> str:
    """Return the unit at which the three hold their posts; it is made where there is none."""
    units = work.units.all()
    tops = [one.id for one in units.values() if one.parent is None]
    if not unit and len(tops) > 1:
        raise FoundersWrong(_WHICH)
    wanted = unit or (tops[0] if tops else TOP)
    if wanted not in units:
        new = Unit(id=wanted, level=LEVEL, title=title or _TOP_TITLE, parent=None)
        work.units.put(new)
    return wanted


def _named(work: "Work", founder: Founder) -> Person:
    """Return the person of a founder: who is known keeps the name where none is given."""
    known = {one.id: one for one in work.people.all()}.get(founder.person)
    name = founder.name or (known.display_name if known is not None else founder.person)
    person = Person(id=founder.person, display_name=name)
    work.people.put(person)
    return person
