"""Somebody leaves: which open cases name them, and one person takes over what they had in hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from heyi.app.cases.handovers import Handovers
from heyi.app.reader import Reader
from storage.kernel.errors import PersonNotFound
from storage.kernel.records import Person
from tests.builders.quarrel_office import KEEPER, PARTY, WARDEN, Park, at, park

NOW = at("2026-03-05 12:00")
WARDENS = Reader(person=WARDEN)
TAKER = "k-li"


@pytest.fixture
def office(sqlite_template: Path, tmp_path: Path) -> Iterator[Park]:
    with park(sqlite_template, tmp_path / "park.db") as found:
        with found.cases.store.write() as work:
            work.people.put(Person(id=TAKER, display_name="李接手"))
            work.people.give_post(TAKER, role="keeper", unit="east")
        yield found


def leaving(office: Park) -> Handovers:
    return Handovers(office.cases)


def taken(office: Park, *days: str, **more) -> list[str]:
    """Return cases that the keeper has in hand."""
    cases = [office.quarrel(day, **more) for day in days]
    for case in cases:
        office.cases.move(case, person=KEEPER, kind="claim", now=NOW)
    return cases


def named(
    office: Park, reader: Reader = WARDENS, person: str = KEEPER
) -> dict[str, tuple[str, ...]]:
    found = leaving(office).named(reader, person=person, now=NOW)
    return {one.case: one.named_as for one in found.items}


def test_every_open_case_that_somebody_has_in_hand_is_listed(office: Park):
    mine = taken(office, "2026-03-01", "2026-03-02", "2026-03-03")
    office.quarrel("2026-03-04")
    office.do(mine[2], "settle", "2026-03-05")

    assert named(office) == dict.fromkeys(mine[:2], ("经办",))
    first = leaving(office).named(WARDENS, person=KEEPER, now=NOW, limit=1)
    rest = leaving(office).named(WARDENS, person=KEEPER, now=NOW, limit=1, after=first.next or "")
    assert {one.case for one in (*first.items, *rest.items)} == set(mine[:2])
    assert rest.next is None


def test_who_may_not_know_a_case_is_not_told_whom_it_names(office: Park):
    taken(office, "2026-03-01")
    sealed = taken(office, "2026-03-02", hurt=True)

    assert named(office, Reader(person="k-sun")) == {}
    assert named(office, Reader(person=PARTY)) == {}
    assert sealed[0] not in named(office)


def test_all_cases_are_handed_over_in_one_go_and_accepted_one_by_one(office: Park):
    mine = taken(office, "2026-03-01", "2026-03-02")

    done = leaving(office).hand_over(WARDENS, person=KEEPER, to=TAKER, now=NOW, reason="离职")

    assert {one.case for one in done.handed} == set(mine)
    assert done.left == ()
    assert named(office, person=TAKER) == dict.fromkeys(mine, ("转办中",))
    office.cases.move(mine[0], person=TAKER, kind="accept", now=NOW)
    assert named(office, person=TAKER)[mine[0]] == ("经办",)
    assert mine[0] not in named(office)
    assert set(named(office)[mine[1]]) == {"经办", "转办中"}


def test_what_cannot_be_handed_is_listed_with_the_reason(office: Park):
    taken(office, "2026-03-01")

    done = leaving(office).hand_over(WARDENS, person=KEEPER, to=PARTY, now=NOW)

    assert done.handed == ()
    assert [PARTY in one.why or bool(one.why) for one in done.left] == [True]
    assert named(office)


def test_who_stands_beside_hands_nothing_over(office: Park):
    taken(office, "2026-03-01")

    done = leaving(office).hand_over(Reader(person=TAKER), person=KEEPER, to=TAKER, now=NOW)

    assert (done.handed, len(done.left)) == ((), 1)


def test_somebody_without_cases_leaves_nothing_and_nobody_is_refused(office: Park):
    assert leaving(office).hand_over(WARDENS, person=KEEPER, to=TAKER, now=NOW).handed == ()
    for one, other in ((KEEPER, "nobody"), ("nobody", TAKER)):
        with pytest.raises(PersonNotFound):
            leaving(office).hand_over(WARDENS, person=one, to=other, now=NOW)
    with pytest.raises(PersonNotFound):
        leaving(office).named(WARDENS, person="nobody", now=NOW)
