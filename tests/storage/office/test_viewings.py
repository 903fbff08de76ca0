"""Requests to read a case: kept sealed, decided once, in force for their days; on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import text

from engine.case.values import Viewing
from storage.kernel.database import open_database
from storage.kernel.errors import RequestBroken, RequestNotFound
from storage.kernel.records import Person
from storage.work import Store
from tests.builders.stored_steps import AT, moment, opening, save

NOW = moment(AT)
CANARY = "因为有人举报金丝雀"
TODAY = date(2026, 3, 5)


@pytest.fixture
def case(store: Store) -> str:
    """A case that is kept, and two people."""
    with store.write() as work:
        for person in ("shen", "bob"):
            work.people.put(Person(id=person, display_name=person))
    step = opening()
    save(store, step)
    return step.after.id


def ask(store: Store, *refs: str, person: str = "shen") -> list[str]:
    asked = []
    for place, ref in enumerate(refs):
        with store.write() as work:
            at = NOW + timedelta(minutes=place)
            asked.append(work.viewings.put(person, ref=ref, reason=CANARY, at=at))
    return asked


def test_a_request_is_kept_with_its_reason_sealed(store: Store, url: str, case: str):
    (asked,) = ask(store, case)

    with store.read() as work:
        found = work.viewings.get(asked)
    assert (found.person, found.ref, found.case, found.until) == ("shen", case, None, None)
    assert found.reason == CANARY
    db = open_database(url)
    with db.connect() as connection:
        rows = connection.execute(text("SELECT * FROM viewing")).all()
    db.dispose()
    assert rows
    assert CANARY not in repr(rows)


@pytest.mark.usefixtures("case")
def test_pages_come_newest_first_and_each_request_once(store: Store):
    asked = ask(store, "a", "b", "c")
    ask(store, "d", person="bob")

    with store.read() as work:
        first = work.viewings.of("shen", limit=2)
        rest = work.viewings.of("shen", after=first[-1].id, limit=2)
        waiting = work.viewings.waiting(since=NOW, limit=9)
        late = work.viewings.waiting(since=NOW + timedelta(minutes=2), limit=9)
    assert [one.id for one in (*first, *rest)] == asked[::-1]
    assert {one.ref for one in waiting} == {"a", "b", "c", "d"}
    assert [one.ref for one in late] == ["c"]


def test_what_was_allowed_is_brought_by_its_person_until_its_last_day(store: Store, case: str):
    asked, declined = ask(store, case, case)
    viewing = Viewing(case=case, role="auditor", post=("auditor", "top"))
    with store.write() as work:
        for one in (asked, declined):
            work.viewings.decide(one, by="bob", at=NOW, answer="只看协议")
        work.viewings.allow(asked, viewing, until=TODAY)

    with store.read() as work:
        bring = {
            day: work.people.actor("shen", on=TODAY + timedelta(days=day)).viewing
            for day in (-1, 0, 1)
        }
        assert bring == {-1: (viewing,), 0: (viewing,), 1: ()}
        assert work.people.actor("bob", on=TODAY).viewing == ()
        assert work.people.actor("shen").viewing == ()
        assert work.viewings.waiting(since=NOW, limit=9) == ()
        found = work.viewings.get(asked)
    assert (found.case, found.until, found.answer, found.decided_by) == (
        case,
        TODAY,
        "只看协议",
        "bob",
    )


def test_the_list_finds_what_was_allowed_among_the_others(store: Store, case: str):
    from heyi.app.cases.knowing import ways_of

    post = ("auditor", "top")
    asked = ask(store, case)[0]
    with store.write() as work:
        work.viewings.decide(asked, by="bob", at=NOW, answer="")
        work.viewings.allow(asked, Viewing(case=case, role="auditor", post=post), until=TODAY)
    with store.read() as work:
        actor = replace(work.people.actor("shen", on=TODAY), posts=(post,))
        without = ways_of(replace(actor, posts=()))

        assert work.grants.find(case, ways_of(actor)) == case
        assert work.grants.known([case], ways_of(actor)) == {case}
        assert work.grants.find(case, without) is None


@pytest.mark.usefixtures("case")
def test_none_and_a_broken_one_are_told_apart(store: Store, url: str):
    (asked,) = ask(store, "a")
    with store.read() as work, pytest.raises(RequestNotFound):
        work.viewings.get("none")
    db = open_database(url)
    with db.begin() as connection:
        connection.execute(text("UPDATE viewing SET reason = answer"))
    db.dispose()

    with store.read() as work, pytest.raises(RequestBroken, match=asked):
        work.viewings.get(asked)
