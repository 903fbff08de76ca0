"""Recurring cases: one for a unit and a day, however often, wherever and under whatever version."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from engine.case.errors import DefinitionError
from heyi.app.cases.casework import Casework
from heyi.app.clocks.recurring import Opened, Recurring
from storage.kernel.records import CaseQuery
from storage.work import Store
from tests.builders.errand_office import MASTER
from tests.builders.recurring_cases import PUBLISHED, ROUND, at, circuit, furnish, publish

FIRST = at("2026-03-01 09:00")

Office = Callable[..., Casework]


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    with Store(url, MASTER) as opened:
        furnish(opened, "east", "west")
        yield opened


@pytest.fixture
def office(store: Store, tmp_path: Path) -> Office:
    """Publish the circuit, with parts changed, and return its use cases."""

    def published(*, when: str = PUBLISHED, **parts: Any) -> Casework:
        return publish(store, tmp_path / "shelf", circuit(**parts), when=when)

    return published


def ring(cases: Casework, now: datetime) -> Opened:
    recurring = Recurring(cases)
    return recurring.open(recurring.owed(now), now=now)


def units(cases: Casework) -> list[str]:
    with cases.store.read() as work:
        return sorted(case.unit for case in work.cases.list(CaseQuery(limit=100)))


def test_each_unit_of_the_level_gets_a_case_and_no_other(office):
    cases = office()

    done = ring(cases, FIRST)

    assert (len(done.cases), done.known, done.refusals) == (2, 0, 0)
    assert units(cases) == ["east", "west"]


def test_the_history_says_that_the_calendar_opened_it_with_what_and_for_which_day(office):
    cases = office()

    case = ring(cases, FIRST + timedelta(days=2)).cases[0]

    with cases.store.read() as work:
        [event] = work.cases.events(case)
        opened = work.cases.load(case)
    assert (event.actor, event.public["via"]) == ("clock", "recurs:round@2026-03-01")
    assert opened.fields["topic"] == "半月巡园"
    # Its clocks run from when it was opened: nobody is late for what was not there.
    assert opened.opened_at == "2026-03-03T01:00:00Z"


def test_a_minute_before_nothing_is_owed(office):
    cases = office(when="2026-03-01 00:00")

    assert Recurring(cases).owed(FIRST - timedelta(minutes=1)) == []


def test_again_opens_nothing_more(office):
    cases = office()
    ring(cases, FIRST)

    again = ring(cases, FIRST + timedelta(days=14))

    assert (again.cases, again.known) == ((), 2)
    assert len(units(cases)) == 2


def test_the_next_occurrence_opens_again(office):
    cases = office()
    ring(cases, FIRST)

    assert len(ring(cases, at("2026-03-16 09:00")).cases) == 2


def test_after_a_stop_only_the_newest_is_opened(office):
    cases = office()

    ring(cases, at("2026-06-20 12:00"))

    assert [one.day for one in Recurring(cases).owed(at("2026-06-20 12:00"))] == [
        date(2026, 6, 16), date(2026, 6, 16)
    ]  # fmt: skip
    assert len(units(cases)) == 2


def test_nothing_before_the_version_was_published(office):
    cases = office(when="2026-03-01 09:01")

    assert Recurring(cases).owed(at("2026-03-15 12:00")) == []
    assert len(Recurring(cases).owed(at("2026-03-16 09:00"))) == 2


def test_a_new_version_on_the_same_day_opens_nothing_twice(office):
    ring(office(), FIRST)
    later = {**ROUND, "at": "15:00", "with": {"topic": "改过的"}}
    cases = office(version=2, recurs={"round": later}, when="2026-03-01 10:00")

    done = ring(cases, at("2026-03-01 15:00"))

    assert (done.cases, done.known) == ((), 2)


def test_a_unit_that_comes_later_gets_the_newest_too(office, store):
    cases = office()
    ring(cases, FIRST)
    furnish(store, "east", "north", "west")

    assert len(ring(cases, at("2026-03-02 09:00")).cases) == 1
    assert units(cases) == ["east", "north", "west"]


def test_a_refusal_in_one_unit_keeps_no_other_from_its_case(office):
    cases = office(unique=["unit", "year"])
    cases.open("circuit", unit="east", person="g_east", data={"topic": "自己的"}, now=at("2026-02-01 09:00"))  # fmt: skip

    done = ring(cases, FIRST)

    assert len(done.cases) == 1
    assert (done.refusals, dict(done.refused)) == (1, {"move.duplicate": 1})
    assert units(cases) == ["east", "west"]


def test_many_at_once_open_each_once(office, store, tmp_path):
    furnish(store, *(f"g{n}" for n in range(20)))
    office()
    owners = [publish(store, tmp_path / "shelf", circuit(), when=PUBLISHED) for _n in range(4)]

    with ThreadPoolExecutor(4) as pool:
        done = list(pool.map(lambda cases: ring(cases, FIRST), owners))

    assert len({case for one in done for case in one.cases}) == 22
    assert len(units(owners[0])) == 22


def test_days_follow_the_calendar_of_the_workflow(office):
    cases = office(calendar="cn", recurs={"round": {**ROUND, "on": "first working day"}})

    # May 2026 begins with holidays to the 5th.
    assert {one.day for one in Recurring(cases).owed(at("2026-05-06 09:00"))} == {date(2026, 5, 6)}
    assert {one.day for one in Recurring(cases).owed(at("2026-05-06 08:59"))} == {date(2026, 4, 1)}


def test_what_no_longer_compiles_keeps_no_other_from_its_cases(
    office, store, tmp_path, monkeypatch
):
    office()
    cases = publish(store, tmp_path / "shelf", circuit(workflow="other"), when=PUBLISHED)
    get = cases.library.get

    def failing(work: Any, name: str, version: int | None = None) -> Any:
        if name == "circuit":
            raise DefinitionError([])
        return get(work, name, version)

    monkeypatch.setattr(cases.library, "get", failing)

    assert {one.workflow for one in Recurring(cases).owed(FIRST)} == {"other"}


def test_of_several_levels_only_the_units_that_recur_get_a_case(office):
    cases = office(opened_at=["town", "garden"])

    ring(cases, FIRST)

    assert units(cases) == ["east", "west"]
