"""Stores units, people, and the posts they hold."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import ColumnElement, or_
from sqlalchemy.exc import IntegrityError
from sqlmodel import SQLModel, col, select

from engine.case.ids import unseen, wrong_id, wrong_name
from engine.case.text import Text
from engine.case.values import Actor, Office, Unit, Viewing
from storage.kernel.errors import (
    IdRefused,
    PersonNotFound,
    UnitCircle,
    UnitNotFound,
    UnknownReference,
)
from storage.kernel.marks import draw_mark
from storage.kernel.records import Person
from storage.kernel.tables import PersonRow, PostRow, UnitRow
from storage.kernel.texts import checked
from storage.kernel.timetables import AbsenceRow
from storage.kernel.transaction import Transaction

_TREE = "units"
"""The mark of the tree of units."""

_AT_ONCE = 500
"""How many words one statement asks for."""

_STAFF = "staff"
"""The mark of posts and absences."""


class Units:
    """The tree of units."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def put(self, unit: Unit) -> None:
        """Add a unit, or change its level, title and place in the tree.

        Raises:
            UnknownReference: its parent is not kept.
            UnitCircle: its parent lies below it.
            IdRefused: its id is nobody's to bear, or its title holds what nobody sees.
            TextRefused: its level cannot stand in a column.
        """
        _check(wrong_id(unit.id), unit.id)
        _check(unseen(unit.title), unit.title)
        if unit.parent is not None and unit.id in self.above(unit.parent):
            raise UnitCircle(unit.id, parent=unit.parent)
        row = UnitRow(
            id=unit.id,
            level=checked(unit.level, what="the level of a unit"),
            title=unit.title,
            parent_id=unit.parent,
        )
        _put(self._transaction, row, what=f"the parent of unit '{unit.id}'")
        draw_mark(self._transaction, _TREE)

    def get(self, unit: str) -> Unit:
        """Return one unit.

        Raises:
            UnitNotFound: there is none.
        """
        row = self._transaction.session.get(UnitRow, unit)
        if row is None:
            raise UnitNotFound(unit)
        return _unit(row)

    def all(self) -> dict[str, Unit]:
        """Return all units by id, sorted by id; rows are read anew only after one was put."""
        sql, tree = self._transaction.sql, self._transaction.tree
        mark = self._transaction.one(sql.mark_get, {"name": _TREE})
        token, units = tree.kept
        if mark is not None and mark[0] != token:
            rows = self._transaction.all(sql.units, {})
            units = {
                unit: Unit(id=unit, level=level, title=title, parent=parent)
                for unit, level, title, parent in rows
            }
            tree.kept = (mark[0], units)
        return dict(units)

    def above(self, *units: str) -> dict[str, Unit]:
        """Return these units and all above them by id; unknown ids are left out."""
        found: dict[str, Unit] = {}
        wanted = set(units)
        while wanted:
            rows = self._transaction.session.exec(select(UnitRow).where(_one_of(wanted)))
            new = {row.id: _unit(row) for row in rows}
            found |= new
            wanted = {unit.parent for unit in new.values() if unit.parent} - found.keys()
        return found

    def below(self, unit: str) -> dict[str, Unit]:
        """Return a unit and all below it by id; empty for an unknown id."""
        found: dict[str, Unit] = {}
        condition = col(UnitRow.id) == unit
        while True:
            rows = self._transaction.session.exec(select(UnitRow).where(condition))
            new = {row.id: _unit(row) for row in rows if row.id not in found}
            if not new:
                return found
            found |= new
            condition = col(UnitRow.parent_id).in_(sorted(new))


class People:
    """People and their posts."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction = transaction

    def put(self, person: Person) -> None:
        """Add a person, or change the name shown.

        Raises:
            IdRefused: the id or the name is nobody's to bear.
        """
        _check(wrong_id(person.id), person.id)
        _check(wrong_name(person.display_name), person.display_name)
        row = PersonRow(id=person.id, display_name=person.display_name)
        _put(self._transaction, row, what="the person")

    def get(self, person: str) -> Person:
        """Return one person.

        Raises:
            PersonNotFound: there is none.
        """
        row = self._transaction.session.get(PersonRow, person)
        if row is None:
            raise PersonNotFound(person)
        return Person(id=row.id, display_name=row.display_name)

    def all(self) -> tuple[Person, ...]:
        """Return all people, sorted by id."""
        rows = self._transaction.session.exec(select(PersonRow).order_by(col(PersonRow.id)))
        return tuple(Person(id=row.id, display_name=row.display_name) for row in rows)

    def named(self, words: Iterable[str]) -> dict[str, str]:
        """Return the people whose id or name shown is one of these words: names by id.

        Words that are nobody's are left out; of one name there may be several.
        """
        wanted = sorted(set(words))
        found: dict[str, str] = {}
        for start in range(0, len(wanted), _AT_ONCE):
            some = wanted[start : start + _AT_ONCE]
            query = select(PersonRow.id, PersonRow.display_name).where(
                or_(col(PersonRow.id).in_(some), col(PersonRow.display_name).in_(some))
            )
            found |= dict(self._transaction.session.exec(query).all())
        return dict(sorted(found.items()))

    def give_post(self, person: str, *, role: str, unit: str) -> None:
        """Let a person hold a role at a unit; twice does nothing more.

        Raises:
            UnknownReference: the person or the unit is not kept.
        """
        row = PostRow(person=person, role=checked(role, what="a role"), unit=unit)
        _put(self._transaction, row, what=f"post '{role}@{unit}' of person '{person}'")
        staff_changed(self._transaction)

    def take_post(self, person: str, *, role: str, unit: str) -> bool:
        """End a post; return whether it was held."""
        row = self._transaction.session.get(PostRow, (person, role, unit))
        if row is None:
            return False
        self._transaction.session.delete(row)
        self._transaction.session.flush()
        staff_changed(self._transaction)
        return True

    def posts(self) -> frozenset[tuple[str, str, str]]:
        """Return all posts, as (person, role, unit)."""
        query = select(PostRow.person, PostRow.role, PostRow.unit)
        return frozenset(self._transaction.session.exec(query).all())

    def actor(self, person: str, *, on: date | None = None) -> Actor:
        """Return a person as an actor, posts sorted, with those for whom they stand in.

        Args:
            person: who.
            on: the day of the office whose absences lend posts and whose requests are allowed;
                None where nothing is lent.

        Raises:
            PersonNotFound: there is none.
        """
        rows = self._transaction.all(self._transaction.sql.actor, {"id": person})
        if not rows:
            raise PersonNotFound(person)
        # Who holds no post comes back as one row without any.
        posts = sorted((role, unit) for role, unit in rows if role is not None)
        if on is None:
            return Actor(id=person, posts=tuple(posts))
        lent, viewing = self._lent(person, on), self._viewing(person, on)
        return Actor(id=person, posts=tuple(posts), lent=lent, viewing=viewing)

    def _viewing(self, person: str, day: date) -> tuple[Viewing, ...]:
        """Return the cases that somebody may read on a day because a request was allowed."""
        asked = {"person": person, "day": day.isoformat()}
        rows = self._transaction.all(self._transaction.sql.viewed, asked)
        return tuple(
            Viewing(case=case, role=role, post=(post, unit))
            for case, role, post, unit in sorted(rows)
        )

    def _lent(self, person: str, day: date) -> tuple[Actor, ...]:
        """Return those who are away on a day with this substitute, and the posts they hold."""
        office = self.office(day)
        away = sorted(one for one, other in office.away.items() if other == person)
        return tuple(
            Actor(
                id=one,
                posts=tuple(sorted(post for post, who in office.posts.items() if one in who)),
            )
            for one in away
        )

    def office(self, day: date) -> Office:
        """Return who holds which post, and who is away on a day of the office.

        Rows are read anew only after one was changed, or for another day. Of two absences
        over one day the one noted last counts.
        """
        sql, tree = self._transaction.sql, self._transaction.tree
        mark = self._transaction.one(sql.mark_get, {"name": _STAFF})
        if mark is None:
            # Posts may be older than their mark.
            return self._office(day.isoformat())
        token, kept_day, office = tree.office
        if (token, kept_day) != (mark[0], day.isoformat()):
            office = self._office(day.isoformat())
            tree.office = (mark[0], day.isoformat(), office)
        return office

    def _office(self, day: str) -> Office:
        posts: dict[tuple[str, str], list[str]] = {}
        query = select(PostRow.role, PostRow.unit, PostRow.person)
        for role, unit, person in self._transaction.session.exec(query):
            posts.setdefault((role, unit), []).append(person)
        over = (col(AbsenceRow.from_day) <= day, col(AbsenceRow.until_day) >= day)
        away = select(AbsenceRow.person, AbsenceRow.substitute).where(*over)
        rows = self._transaction.session.exec(away.order_by(col(AbsenceRow.id)))
        return Office(
            posts={post: tuple(sorted(persons)) for post, persons in posts.items()},
            away=dict(rows.all()),
        )

    def holders(self, role: str, *, units: Iterable[str]) -> tuple[str, ...]:
        """Return the ids of those who hold a role at any of these units, sorted."""
        query = select(PostRow.person).where(PostRow.role == role)
        rows = self._transaction.session.exec(
            query.where(col(PostRow.unit).in_(sorted(set(units))))
        )
        return tuple(sorted(set(rows)))


def staff_changed(transaction: Transaction) -> None:
    """Note a change, so that whoever keeps posts and absences in memory reads them anew.

    Of two transactions that change posts the second waits here for the first to end: what is
    checked afterwards, such as posts that exclude each other, is checked against both.
    """
    draw_mark(transaction, _STAFF)


def _check(why: Text | None, given: str) -> None:
    if why is not None:
        raise IdRefused(given, why=why)


def _put(transaction: Transaction, row: SQLModel, *, what: str) -> None:
    transaction.session.merge(row)
    try:
        transaction.session.flush()
    except IntegrityError as error:
        raise UnknownReference(what) from error


def _one_of(units: set[str]) -> ColumnElement[bool]:
    return col(UnitRow.id).in_(sorted(units))


def _unit(row: UnitRow) -> Unit:
    return Unit(id=row.id, level=row.level, title=row.title, parent=row.parent_id)
