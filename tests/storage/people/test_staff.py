"""Absences, and the office as alerts find it: who holds which post, who is away."""

from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engine.case.values import Office
from storage.kernel.errors import UnknownReference
from storage.kernel.records import Person
from storage.work import Store
from tests.builders.stored_steps import MASTER

DAY = date(2026, 3, 2)
PEOPLE = ("ann", "bob", "cid")


@pytest.fixture
def staffed(store: Store) -> Store:
    """Three people; two are clerks."""
    with store.write() as work:
        for name in PEOPLE:
            work.people.put(Person(id=name, display_name=name))
        for name in ("bob", "ann"):
            work.people.give_post(name, role="clerk", unit="north")
    return store


def day(number: int) -> date:
    """Return a day of March, counted from the second."""
    return DAY + timedelta(days=number)


def test_an_empty_office_has_nobody(store: Store):
    with store.read() as work:
        assert work.people.office(DAY) == Office()


def test_the_office_shows_posts_sorted_and_who_is_away_on_the_day(staffed: Store):
    with staffed.write() as work:
        work.absences.put("ann", day(0), day(1), "cid")
        work.absences.put("bob", day(1), day(1))

    posts = {("clerk", "north"): ("ann", "bob")}
    with staffed.read() as work:
        assert work.people.office(day(-1)) == Office(posts=posts)
        assert work.people.office(day(0)) == Office(posts=posts, away={"ann": "cid"})
        assert work.people.office(day(1)) == Office(posts=posts, away={"ann": "cid", "bob": None})
        assert work.people.office(day(2)) == Office(posts=posts)


def test_absences_are_noted_and_taken_back(staffed: Store):
    with staffed.write() as work:
        later = work.absences.put("ann", day(5), day(6))
        sooner = work.absences.put("ann", day(0), day(1), "cid")

    with staffed.read() as work:
        found = work.absences.of("ann")
        assert [(one.id, one.from_day, one.until_day, one.substitute) for one in found] == [
            (sooner, day(0), day(1), "cid"),
            (later, day(5), day(6), None),
        ]
        assert work.absences.of("bob") == ()
    with staffed.write() as work:
        assert work.absences.drop(later)
        assert not work.absences.drop(later)
        assert work.absences.put("bob", day(0), day(0)) != later


@pytest.mark.parametrize("person", ["ann", "nobody"])
def test_an_absence_needs_people_that_are_kept(staffed: Store, person: str):
    with pytest.raises(UnknownReference, match="absence"), staffed.write() as work:
        work.absences.put(person, day(0), day(0), "stranger" if person == "ann" else None)


def test_an_absence_does_not_end_before_it_begins(staffed: Store):
    with pytest.raises(ValueError, match="turn them round"), staffed.write() as work:
        work.absences.put("ann", day(1), day(0))


def test_what_another_process_changed_is_seen(staffed: Store, url: str):
    with staffed.read() as work:
        before = work.people.office(DAY)

    with Store(url, MASTER) as elsewhere, elsewhere.write() as work:
        work.people.take_post("ann", role="clerk", unit="north")
        work.absences.put("bob", DAY, DAY)

    with staffed.read() as work:
        assert work.people.office(DAY) != before
        assert work.people.office(DAY).posts == {("clerk", "north"): ("bob",)}
        assert work.people.office(DAY).away == {"bob": None}


def test_a_change_that_was_undone_leaves_the_office_as_it_was(staffed: Store):
    def halted() -> None:
        with staffed.write() as work:
            work.absences.put("ann", DAY, DAY)
            assert work.people.office(DAY).away == {"ann": None}
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        halted()

    with staffed.read() as work:
        assert work.people.office(DAY).away == {}


ABSENT = st.tuples(
    st.sampled_from(PEOPLE),
    st.integers(0, 4),
    st.integers(0, 3),
    st.sampled_from([None, *PEOPLE]),
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(noted=st.lists(ABSENT, max_size=6), looked=st.lists(st.integers(-1, 8), max_size=4))
def test_the_office_is_what_a_walk_over_all_absences_says(staffed: Store, noted, looked):
    with staffed.write() as work:
        for person in PEOPLE:
            for one in work.absences.of(person):
                work.absences.drop(one.id)
        for person, start, span, substitute in noted:
            work.absences.put(person, day(start), day(start + span), substitute)
        for number in looked:
            wanted = {
                person: substitute
                for person, start, span, substitute in noted
                if start <= number <= start + span
            }

            assert work.people.office(day(number)).away == wanted
