"""The use cases about units and people: the tree, posts, absences, addresses."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo

from engine.case.values import Unit
from heyi.app.alerts.senders.addresses import masked, read_address
from heyi.app.people.errors import (
    ENDS_FIRST,
    OWN_SUBSTITUTE,
    AbsenceRefused,
    AddressUnknown,
    NotAway,
    PostNotHeld,
)
from heyi.app.people.importing import Import
from heyi.app.people.models import (
    AbsenceView,
    AddressView,
    ImportView,
    PersonRow,
    RoleRow,
    UnitRow,
    UnitView,
)
from heyi.app.people.roles import give
from heyi.app.people.sheets import read_sheets
from heyi.app.people.views import absence_views, person_row, role_rows, unit_row, unit_view
from heyi.app.reader import Reader
from heyi.app.view import Page
from storage.kernel.records import Person
from storage.work import Store, Work

OwnerKind = Literal["person", "unit"]
Posts = Iterable[tuple[str, str]]
"""Pairs (role, unit id)."""

_DAY = timedelta(days=1)


class People:
    """The use cases on units and people."""

    def __init__(self, store: Store, zone: ZoneInfo) -> None:
        """Keep them in this store; days are the zone's."""
        self._store, self._zone = store, zone

    def put_unit(
        self, reader: Reader, *, unit: str, level: str, title: str, parent: str | None = None
    ) -> UnitRow:
        """Add a unit, or change it; return the unit as stored.

        Args:
            reader: who keeps it.
            unit: its id.
            level: city, street, community …
            title: its name.
            parent: the unit above; None at the top.

        Raises:
            UnitNotFound: there is no such parent.
            UnitCircle: the parent lies below the unit.
        """
        kept = Unit(id=unit, level=level, title=title, parent=parent)
        with self._store.write() as work:
            if parent is not None:
                work.units.get(parent)
            work.units.put(kept)
        return unit_row(kept)

    def units(self, reader: Reader) -> Page[UnitRow]:
        """Return all units, sorted by id."""
        with self._store.read() as work:
            return Page(items=tuple(unit_row(unit) for unit in work.units.all().values()))

    def unit(self, reader: Reader, *, unit: str) -> UnitView:
        """Return one unit, its place in the tree and who holds posts there.

        Raises:
            UnitNotFound: there is none.
        """
        with self._store.read() as work:
            return unit_view(work, work.units.get(unit))

    def put(self, reader: Reader, *, person: str, name: str = "", posts: Posts = ()) -> PersonRow:
        """Add a person, or change the name shown; give posts.

        Args:
            reader: who keeps it.
            person: the id.
            name: the name shown; "" for the id.
            posts: given beside those held already.

        Raises:
            UnitNotFound: a post names no unit; nothing is kept.
            PostRefused: no published workflow knows such a post at that level.
        """
        kept, given = Person(id=person, display_name=name or person), tuple(posts)
        with self._store.write() as work:
            work.people.put(kept)
            checked = give(work, person, given)
            return person_row(work, kept, unchecked=bool(given) and not checked)

    def list(self, reader: Reader) -> Page[PersonRow]:
        """Return all people with their posts, sorted by id."""
        with self._store.read() as work:
            return Page(items=tuple(person_row(work, person) for person in work.people.all()))

    def give_posts(self, reader: Reader, *, person: str, posts: Posts) -> PersonRow:
        """Let a person hold posts; one held already stays.

        Raises:
            PersonNotFound: there is no such person.
            UnitNotFound: a post names no unit; nothing is kept.
            PostRefused: no published workflow knows such a post at that level.
        """
        with self._store.write() as work:
            found = work.people.get(person)
            checked = give(work, person, tuple(posts))
            return person_row(work, found, unchecked=not checked)

    def import_from(self, reader: Reader, *, file: Path, dry_run: bool = False) -> ImportView:
        """Take units and people from a spreadsheet; return what differs and what is refused.

        All or nothing, in one transaction: one refused cell keeps everything out. What the file
        does not name stays as it is: nothing is ever deleted, no post ends.

        Args:
            reader: who keeps it.
            file: XLSX with the sheets 单位 and 人员, or CSV with one of them.
            dry_run: only say what would change.

        Raises:
            InputWrong: it is no spreadsheet of this form.
        """
        rows = read_sheets(file)
        with self._store.write() as work:
            coming = Import(work, reader.lang)
            found = coming.read(rows)
            if dry_run or found.refused:
                return found
            coming.keep()
        return found.model_copy(update={"kept": True})

    def roles(self, reader: Reader) -> Page[RoleRow]:
        """Return the roles of published workflows that posts fill, sorted, with their levels."""
        with self._store.read() as work:
            return role_rows(work, reader.lang)

    def take_posts(self, reader: Reader, *, person: str, posts: Posts) -> PersonRow:
        """End posts; those that are held end, also where others are not held.

        Raises:
            PersonNotFound: there is no such person.
            PostNotHeld: naming those that were not held.
        """
        with self._store.write() as work:
            found = work.people.get(person)
            missing = [
                f"{role}@{unit}"
                for role, unit in posts
                if not work.people.take_post(person, role=role, unit=unit)
            ]
            left = person_row(work, found)
        if missing:
            raise PostNotHeld(person=person, posts=", ".join(missing))
        return left

    def put_absence(
        self, reader: Reader, *, person: str, from_day: date, until_day: date,
        substitute: str | None = None,
    ) -> Page[AbsenceView]:  # fmt: skip
        """Store an absence; return all absences of that person.

        Args:
            reader: who notes it.
            person: who is away.
            from_day: the first day away.
            until_day: the last day away.
            substitute: who stands in; None for nobody.

        Raises:
            AbsenceRefused: it ends before it begins, or the person stands in for themselves.
            PersonNotFound: there is no such person or substitute.
        """
        if until_day < from_day:
            raise AbsenceRefused(ENDS_FIRST)
        if substitute == person:
            raise AbsenceRefused(OWN_SUBSTITUTE)
        with self._store.write() as work:
            for one in (person, substitute):
                if one is not None:
                    work.people.get(one)
            work.absences.put(person, from_day, until_day, substitute)
            return absence_views(work, person)

    def absences(self, reader: Reader, *, person: str) -> Page[AbsenceView]:
        """Return the absences of a person, the earliest first.

        Raises:
            PersonNotFound: there is no such person.
        """
        with self._store.read() as work:
            work.people.get(person)
            return absence_views(work, person)

    def come_back(
        self, reader: Reader, *, person: str, now: datetime, planned: bool = False
    ) -> Page[AbsenceView]:
        """End a person's absence from today on; return the absences that are left.

        The absence that holds today ends yesterday, so that the past stays true; one that began
        today is dropped.

        Args:
            reader: who notes it.
            person: who is back.
            now: the present moment; today is its day in the office's zone.
            planned: later absences are dropped as well.

        Raises:
            PersonNotFound: there is no such person.
            NotAway: no absence was changed.
        """
        today, changed = now.astimezone(self._zone).date(), False
        with self._store.write() as work:
            work.people.get(person)
            for one in work.absences.of(person):
                holds = one.from_day <= today <= one.until_day
                if not holds and not (planned and one.from_day > today):
                    continue
                work.absences.drop(one.id)
                if one.from_day < today:
                    work.absences.put(person, one.from_day, today - _DAY, one.substitute)
                changed = True
            if not changed:
                raise NotAway(person=person)
            return absence_views(work, person)

    def put_address(
        self, reader: Reader, *, owner_kind: OwnerKind, owner: str, text: str, kind: str = ""
    ) -> AddressView:
        """Keep an address; the same once more does nothing more.

        Args:
            reader: who keeps it.
            owner_kind: whether a person or a unit is reached there.
            owner: their id.
            text: as pasted: the URL, a robot's secret in a second line.
            kind: of a robot behind a host of one's own; "" to find out.

        Raises:
            AddressRefused: it is empty, too long, or nothing can send to it.
            PersonNotFound, UnitNotFound: there is no such owner.
        """
        found, url = read_address(text, kind)
        with self._store.write() as work:
            _check(work, owner_kind, owner)
            new = work.addresses.put(owner_kind, owner, found, url)
        return AddressView(id=new, kind=found, shown=masked(url))

    def addresses(self, reader: Reader, *, owner_kind: OwnerKind, owner: str) -> Page[AddressView]:
        """Return an owner's addresses, masked.

        Raises:
            PersonNotFound, UnitNotFound: there is no such owner.
            AddressBroken: one does not open.
        """
        with self._store.read() as work:
            _check(work, owner_kind, owner)
            return Page(items=tuple(
                AddressView(id=one.id, kind=one.kind, shown=masked(one.url))
                for one in work.addresses.of(owner_kind, owner)
            ))  # fmt: skip

    def drop_address(
        self, reader: Reader, *, owner_kind: OwnerKind, owner: str, address: str
    ) -> None:
        """Forget an owner's address; what waits for it is given up.

        Raises:
            PersonNotFound, UnitNotFound: there is no such owner.
            AddressUnknown: the owner has no such address.
            AddressBroken: one of the owner's addresses does not open.
        """
        with self._store.write() as work:
            _check(work, owner_kind, owner)
            kept = {one.id for one in work.addresses.of(owner_kind, owner)}
            if address not in kept or not work.addresses.drop(address):
                raise AddressUnknown(owner=owner, address=address)


def _check(work: Work, owner_kind: OwnerKind, owner: str) -> None:
    if owner_kind == "unit":
        work.units.get(owner)
    else:
        work.people.get(owner)
