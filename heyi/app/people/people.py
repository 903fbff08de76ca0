"""The use cases about units and people: the tree, posts, absences, addresses."""

from datetime import date, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.case.values import Data, Unit
from heyi.app.acts.deeds import check_substitute, note, permit
from heyi.app.alerts.senders.addresses import masked, read_address
from heyi.app.people.absences import check_absence, end_absences, put_absence
from heyi.app.people.changes import OwnerKind, Posts, address_act, give, taken
from heyi.app.people.errors import AddressUnknown, NotAway, PostNotHeld
from heyi.app.people.importing import imported
from heyi.app.people.models import (
    AbsenceView,
    AddressView,
    ImportView,
    PersonRow,
    RoleRow,
    UnitRow,
    UnitView,
)
from heyi.app.people.sheets import read_sheets
from heyi.app.people.views import absence_views, person_row, role_rows, unit_row, unit_view
from heyi.app.reader import Reader
from heyi.app.view import Page
from storage.kernel.records import Person
from storage.work import Store


class People:
    """The use cases on units and people."""

    def __init__(self, store: Store, zone: ZoneInfo) -> None:
        """Keep them in this store; days are the zone's."""
        self._store, self._zone = store, zone

    def put_unit(
        self, reader: Reader, *, unit: str, level: str, title: str, now: datetime,
        parent: str | None = None,
    ) -> UnitRow:  # fmt: skip
        """Add a unit, or change it; return the unit as stored.

        Args:
            reader: who keeps it.
            unit: its id.
            level: city, street, community …
            title: its name.
            now: the present moment.
            parent: the unit above; None at the top.

        Raises:
            ActRefused: no post of the reader permits it.
            UnitNotFound, UnitCircle: there is no such parent, or it lies below the unit.
        """
        kept = Unit(id=unit, level=level, title=title, parent=parent)
        with self._store.write() as work:
            permit(work, reader, "unit.put", units=(unit,))
            if parent is not None:
                work.units.get(parent)
            work.units.put(kept)
            note(work, reader, "unit.put", now=now, unit=unit, level=level, parent=parent)
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

    def put(
        self, reader: Reader, *, person: str, now: datetime, name: str = "", posts: Posts = ()
    ) -> PersonRow:
        """Add a person, or change the name shown; give posts.

        Args:
            reader: who keeps it.
            person: the id.
            now: the present moment.
            name: the name shown; "" for the id.
            posts: given beside those held already.

        Raises:
            ActRefused, OwnAct: no post of the reader permits it, or the post is for the reader.
            UnitNotFound: a post names no unit; nothing is kept.
            PostsExclude: two posts exclude each other; nothing is kept.
            PostRefused: no published workflow knows such a post at that level.
        """
        kept, given = Person(id=person, display_name=name or person), tuple(posts)
        with self._store.write() as work:
            for act in ["person.put", *["post.given"] * bool(given)]:
                permit(work, reader, act, person=person)
            work.people.put(kept)
            words, checked = give(work, person, given, now=now)
            note(work, reader, "person.put", now=now, person=person, posts=words)
            return person_row(work, kept, unchecked=bool(given) and not checked)

    def list(self, reader: Reader) -> Page[PersonRow]:
        """Return all people with their posts, sorted by id."""
        with self._store.read() as work:
            return Page(items=tuple(person_row(work, person) for person in work.people.all()))

    def give_posts(self, reader: Reader, *, person: str, posts: Posts, now: datetime) -> PersonRow:
        """Let a person hold posts; one held already stays. Their sessions end.

        Raises:
            ActRefused, OwnAct: no post of the reader permits it, or the post is for the reader.
            PersonNotFound: there is no such person.
            UnitNotFound: a post names no unit; nothing is kept.
            PostsExclude: two posts exclude each other; nothing is kept.
            PostRefused: no published workflow knows such a post at that level.
        """
        with self._store.write() as work:
            permit(work, reader, "post.given", person=person)
            found = work.people.get(person)
            words, checked = give(work, person, tuple(posts), now=now)
            note(work, reader, "post.given", now=now, person=person, posts=words)
            return person_row(work, found, unchecked=not checked)

    def import_from(
        self, reader: Reader, *, file: Path, now: datetime, dry_run: bool = False
    ) -> ImportView:
        """Take units and people from a spreadsheet; return what differs and what is refused.

        All or nothing, in one transaction: one refused cell keeps everything out. What the file
        does not name stays as it is: nothing is ever deleted, no post ends.

        Args:
            reader: who keeps it.
            file: XLSX with the sheets 单位 and 人员, or CSV with one of them.
            now: the present moment.
            dry_run: only say what would change.

        Raises:
            ActRefused: no post of the reader permits it.
            PostsExclude: a person would hold two posts that exclude each other.
            InputWrong: it is no spreadsheet of this form.
        """
        rows = read_sheets(file)
        with self._store.write() as work:
            return imported(work, reader, rows, now=now, dry_run=dry_run)

    def roles(self, reader: Reader) -> Page[RoleRow]:
        """Return the roles of published workflows that posts fill, sorted, with their levels."""
        with self._store.read() as work:
            return role_rows(work, reader.lang)

    def take_posts(self, reader: Reader, *, person: str, posts: Posts, now: datetime) -> PersonRow:
        """End posts, those that are held, and the person's sessions.

        Raises:
            ActRefused: no post of the reader permits it.
            PersonNotFound: there is no such person.
            LastOfThree: nobody else holds a post that the office cannot be without.
            PostNotHeld: naming those that were not held.
        """
        with self._store.write() as work:
            permit(work, reader, "post.taken", person=person)
            found = work.people.get(person)
            ended, missing = taken(work, person, posts)
            if ended:
                work.sessions.end(person, at=now, kinds=("session",))
                note(work, reader, "post.taken", now=now, person=person, posts=ended)
            left = person_row(work, found)
        if missing:
            raise PostNotHeld(person=person, posts=", ".join(missing))
        return left

    def put_absence(
        self, reader: Reader, *, person: str, from_day: date, until_day: date, now: datetime,
        substitute: str | None = None,
    ) -> Page[AbsenceView]:  # fmt: skip
        """Store an absence; return all absences of that person.

        Args:
            reader: who notes it.
            person: who is away.
            from_day: the first day away.
            until_day: the last day away.
            now: the present moment.
            substitute: who stands in; None for nobody.

        Raises:
            ActRefused: the reader is neither that person nor their head, and has no such post.
            OwnAct: the reader would stand in for whom they note as away.
            AbsenceRefused: it ends before it begins, or the person stands in for themselves.
            PersonNotFound: there is no such person or substitute.
        """
        check_absence(person, from_day, until_day, substitute)
        with self._store.write() as work:
            permit(work, reader, "absence.noted", person=person)
            check_substitute(reader, person=person, substitute=substitute)
            new = put_absence(work, person, from_day, until_day, substitute)
            # Who may act for whom is what must not be hidden; the days are personal.
            about: Data = {"person": person, "absence": new, "substitute": substitute}
            note(work, reader, "absence.noted", now=now, **about)
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
            ActRefused, PersonNotFound: as for ``put_absence``.
            NotAway: no absence was changed.
        """
        with self._store.write() as work:
            permit(work, reader, "absence.ended", person=person)
            work.people.get(person)
            day = now.astimezone(self._zone).date()
            left = end_absences(work, person, day, planned=planned)
            if left is None:
                raise NotAway(person=person)
            note(work, reader, "absence.ended", now=now, person=person, planned=planned, left=left)
            return absence_views(work, person)

    def put_address(
        self, reader: Reader, *, owner_kind: OwnerKind, owner: str, text: str, now: datetime,
        kind: str = "",
    ) -> AddressView:  # fmt: skip
        """Keep an address; the same once more does nothing more.

        Args:
            reader: who keeps it.
            owner_kind: whether a person or a unit is reached there.
            owner: their id.
            text: as pasted: the URL, a robot's secret in a second line.
            now: the present moment.
            kind: of a robot behind a host of one's own; "" to find out.

        Raises:
            ActRefused: the reader is neither the owner, nor the unit's head, and has no such post.
            AddressRefused: it is empty, too long, or nothing can send to it.
            PersonNotFound, UnitNotFound: there is no such owner.
        """
        found, url = read_address(text, kind)
        with self._store.write() as work:
            act = address_act(work, reader, "put", owner_kind, owner)
            new = work.addresses.put(owner_kind, owner, found, url)
            note(work, reader, act, now=now, owner=owner, address=new, channel=found)
        return AddressView(id=new, kind=found, shown=masked(url))

    def addresses(self, reader: Reader, *, owner_kind: OwnerKind, owner: str) -> Page[AddressView]:
        """Return an owner's addresses, masked.

        Raises:
            ActRefused, PersonNotFound, UnitNotFound: as for ``put_address``.
            AddressBroken: one does not open.
        """
        with self._store.read() as work:
            address_act(work, reader, "read", owner_kind, owner)
            return Page(items=tuple(
                AddressView(id=one.id, kind=one.kind, shown=masked(one.url))
                for one in work.addresses.of(owner_kind, owner)
            ))  # fmt: skip

    def drop_address(
        self, reader: Reader, *, owner_kind: OwnerKind, owner: str, address: str, now: datetime
    ) -> None:
        """Forget an owner's address; what waits for it is given up.

        Raises:
            ActRefused, PersonNotFound, UnitNotFound: as for ``put_address``.
            AddressUnknown: the owner has no such address.
            AddressBroken: one of the owner's addresses does not open.
        """
        with self._store.write() as work:
            act = address_act(work, reader, "dropped", owner_kind, owner)
            kept = {one.id for one in work.addresses.of(owner_kind, owner)}
            if address not in kept or not work.addresses.drop(address):
                raise AddressUnknown(owner=owner, address=address)
            note(work, reader, act, now=now, owner=owner, address=address)
