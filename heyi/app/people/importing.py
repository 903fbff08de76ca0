"""Takes units and people from a spreadsheet: differences first, all or nothing, no deletion."""

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime

from engine.case.ids import unseen, wrong_id, wrong_name
from engine.case.text import Text, said
from engine.case.values import Plain, Unit
from heyi.app.acts.deeds import check_three, note, permit
from heyi.app.acts.permits import THREE
from heyi.app.people import importwords as words
from heyi.app.people.models import CellRefused, Difference, ImportView
from heyi.app.people.roles import known_roles, wrong_post
from heyi.app.people.sheets import MAX_CELL, PEOPLE, UNITS, Cell, Row
from heyi.app.reader import Reader
from storage.kernel.errors import PersonNotFound
from storage.kernel.records import Person
from storage.work import Work

_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")


class Import:
    """One import: reads rows against what is registered, notes what differs and what is wrong."""

    def __init__(self, work: Work, reader: Reader) -> None:
        """Compare with what this transaction sees, for this reader."""
        self.work, self.reader, self.lang = work, reader, reader.lang
        self.roles = known_roles(work)
        self.units = work.units.all()
        self.refused: list[CellRefused] = []
        self.differences: list[Difference] = []
        self.seen: set[tuple[str, str]] = set()
        self.new_units: list[Unit] = []
        self.new_people: list[Person] = []
        self.new_posts: list[tuple[str, str, str]] = []

    def read(self, rows: Sequence[Row]) -> ImportView:
        """Return what would change, and every cell that cannot be."""
        units = [row for row in rows if row.sheet == UNITS]
        coming = {row.cells["id"].text: row for row in units}
        for row in self._parents_first(units, coming):
            self._unit(row, coming)
        for row in rows:
            if row.sheet == PEOPLE:
                self._person(row)
        self.refused.sort(key=lambda one: (one.sheet, int(one.cell[1:]), one.cell))
        return ImportView(
            differences=tuple(self.differences), refused=tuple(self.refused), kept=False
        )

    def keep(self, *, now: datetime) -> dict[str, Plain]:
        """Keep everything that was read without a refusal; return its ids, for the act.

        Raises:
            PostsExclude: a person would hold two posts that exclude each other.
        """
        for unit in self.new_units:
            self.work.units.put(unit)
        for person in self.new_people:
            self.work.people.put(person)
        for person_id, role, place in self.new_posts:
            self.work.people.give_post(person_id, role=role, unit=place)
        for person_id in sorted({person_id for person_id, _role, _place in self.new_posts}):
            check_three(self.work, person_id)
            self.work.sessions.end(person_id, at=now, kinds=("session",))
        return {
            "units": [unit.id for unit in self.new_units],
            "people": [person.id for person in self.new_people],
            "posts": [f"{one} {role}@{place}" for one, role, place in self.new_posts],
        }

    def _parents_first(self, rows: list[Row], coming: dict[str, Row]) -> list[Row]:
        """Return rows in an order in which no unit comes before its parent; circles are refused."""
        done: list[Row] = []
        for row in rows:
            way: list[Row] = []
            one: Row | None = row
            while one is not None and one not in done and one not in way:
                way.append(one)
                one = coming.get(one.cells["parent"].text)
            if one is None or one in done:
                done += reversed(way)
                continue
            # Whoever only leads into a circle is read as any other row: nothing will be kept.
            done.append(row)
            if one is row:
                self._refuse(row.cells["parent"], words.CIRCLE)
        return done

    def _unit(self, row: Row, coming: dict[str, Row]) -> None:
        cells, before = row.cells, len(self.refused)
        name, parent = cells["id"].text, cells["parent"].text
        self._check(cells["id"], wrong_id(name))
        self._once(cells["id"])
        for column in ("level", "title"):
            why = unseen(cells[column].text) if cells[column].text else words.EMPTY
            self._check(cells[column], why)
        if parent and parent not in self.units and parent not in coming:
            self._refuse(cells["parent"], said(words.NO_UNIT, unit=parent))
        if len(self.refused) > before:
            return
        unit = Unit(
            id=name, level=cells["level"].text, title=cells["title"].text, parent=parent or None
        )
        old = self.units.get(name)
        if old != unit:
            self.units[name] = unit
            self.new_units.append(unit)
            was = f"{old.title} ({old.level}, {old.parent or '-'})" if old else ""
            now = f"{unit.title} ({unit.level}, {unit.parent or '-'})"
            self._differ("unit", name, was, now)

    def _person(self, row: Row) -> None:
        cells, before = row.cells, len(self.refused)
        one, name = cells["id"].text, cells["name"].text
        self._check(cells["id"], wrong_id(one))
        self._once(cells["id"])
        self._check(cells["name"], wrong_name(name))
        posts = self._posts(cells["posts"])
        if len(self.refused) > before:
            return
        old, held = None, frozenset[tuple[str, str]]()
        with suppress(PersonNotFound):
            old = self.work.people.get(one)
            held = frozenset(self.work.people.actor(one).posts)
        if old is None or old.display_name != name:
            self.new_people.append(Person(id=one, display_name=name))
            self._differ("person", one, old.display_name if old else "", name)
        new = [post for post in posts if post not in held]
        if new and one == self.reader.person:
            self._refuse(cells["posts"], words.OWN)
        if new and len({role for role, _place in {*held, *new}} & THREE) > 1:
            self._refuse(cells["posts"], words.THREE_PERSONS)
        for role, place in new:
            self.new_posts.append((one, role, place))
            self._differ("post", one, "", f"{role}@{place}")

    def _posts(self, cell: Cell) -> list[tuple[str, str]]:
        found: list[tuple[str, str]] = []
        self._check(cell, None)
        for word in cell.text.replace("；", " ").replace(";", " ").split():
            role, at, place = word.partition("@")
            unit = self.units.get(place)
            if not (role and at and place):
                self._refuse(cell, said(words.POST_SHAPE, post=word))
            elif unit is None:
                self._refuse(cell, said(words.NO_UNIT, unit=place))
            elif self.roles and (why := wrong_post(self.roles, role, unit.level)):
                self._refuse(cell, why)
            elif (role, place) not in found:
                found.append((role, place))
        return found

    def _once(self, cell: Cell) -> None:
        if (cell.sheet, cell.text) in self.seen:
            self._refuse(cell, said(words.TWICE, id=cell.text))
        self.seen.add((cell.sheet, cell.text))

    def _check(self, cell: Cell, why: Text | None) -> None:
        if cell.text.startswith(_FORMULA):
            why = words.FORMULA
        elif len(cell.text) > MAX_CELL:
            why = words.LONG
        if why is not None:
            self._refuse(cell, why)

    def _refuse(self, cell: Cell, why: Text) -> None:
        self.refused.append(CellRefused(sheet=cell.sheet, cell=cell.at, text=why.text(self.lang)))

    def _differ(self, what: str, one: str, was: str, now: str) -> None:
        self.differences.append(Difference(what=what, id=one, was=was, now=now))


def imported(
    work: Work, reader: Reader, rows: Sequence[Row], *, now: datetime, dry_run: bool
) -> ImportView:
    """Take rows in if none is refused and it is no dry run; return what differs.

    Raises:
        ActRefused: no post of the reader permits it.
        PostsExclude: a person would hold two posts that exclude each other.
    """
    permit(work, reader, "people.imported")
    coming = Import(work, reader)
    found = coming.read(rows)
    if dry_run or found.refused:
        return found
    note(work, reader, "people.imported", now=now, **coming.keep(now=now))
    return found.model_copy(update={"kept": True})
