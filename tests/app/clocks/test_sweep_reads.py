"""A sweep opens what is sealed only where somebody is found by it; who is told stays the same."""

from pathlib import Path
from typing import Any

import pytest

from engine.case.values import Unit
from heyi.app.cases.casework import Casework
from heyi.app.cases.worlds import Worlds
from heyi.app.clocks.sweeps import SweepReport, Sweeps
from heyi.app.library.library import Library
from heyi.app.library.shelf import FolderShelf
from storage.kernel.errors import SealBroken
from storage.kernel.records import Person
from storage.kernel.schema import upgrade
from storage.work import Store
from tests.builders.errand_office import MASTER, ZONE, at
from tests.builders.shelves import SHIPPED

FILE = """
format: 1
workflow: visit
version: 1
title: {zh: 走访, en: visit}
calendar: cn
opened_at: garden
readers: {public: anyone, internal: [keeper], personal: [keeper]}
defaults: {privacy: internal}
roles:
  keeper: {level: garden, label: {zh: 园丁, en: keeper}}
  guest: {in_case: guests, label: {zh: 客人, en: guest}}
fields:
  guests: {type: person, many: true, privacy: PRIVACY, label: {zh: 客人, en: guests}}
  diary: {type: text, privacy: personal, label: {zh: 日记, en: diary}}
clocks:
  stay: {within: 3 days, starts: [here], rungs: [{at: day 1, tell: [guest]}], label: {zh: 停留, en: stay}}
opening: [{to: here, by: anyone, asks: [guests, diary]}]
states:
  here: {label: {zh: 在园, en: here}, on: {leave: {to: gone, by: [keeper]}}}
  gone: {label: {zh: 离园, en: gone}, final: true, outcome: positive}
"""
OPENED = at("2026-06-01 09:00")
RUNG = at("2026-06-02 00:00")


def visited(tmp_path: Path, store: Store, privacy: str) -> Casework:
    (tmp_path / "visit.yaml").write_text(FILE.replace("PRIVACY", privacy), encoding="utf-8")
    library = Library(FolderShelf([tmp_path, SHIPPED]))
    cases = Casework(store, library, Worlds(library, ZONE, {}), zone=ZONE)
    rules = library.shelf.workflow("visit")
    assert rules is not None
    with store.write() as work:
        work.units.put(Unit(id="plot", level="garden", title="园"))
        for person in ("ann", "bob"):
            work.people.put(Person(id=person, display_name=person))
        library.publish(work, rules, at=OPENED)
    visit(cases)
    return cases


def visit(cases: Casework) -> str:
    data: dict[str, Any] = {"guests": ["bob"], "diary": "不可见"}
    return cases.open("visit", unit="plot", person="ann", data=data, now=OPENED).after.id


@pytest.fixture
def store(tmp_path):
    url = f"sqlite:///{tmp_path / 'heyi.db'}"
    upgrade(url)
    with Store(url, MASTER) as opened:
        yield opened


def breaks(store: Store) -> None:
    """Break every seal there is, so that whoever opens one fails."""
    with store.write() as work:
        work._transaction.driver.execute("UPDATE case_key SET wrapped = 'AAAA'")
    with store.read() as work, pytest.raises(SealBroken):
        work.cases.load_many([one.case for one in work.clocks.peek(RUNG)])


def told(store: Store) -> list[str | None]:
    with store.read() as work:
        assert work.chain.verify() == ()
        return [one.person for one in work.alerts.to("bob")]


@pytest.mark.parametrize("privacy", ["internal", "personal"])
def test_who_is_named_in_the_case_is_told_sealed_or_not(tmp_path, store, privacy):
    report = Sweeps(visited(tmp_path, store, privacy)).sweep(RUNG)

    assert (report.rungs, report.alerts) == (1, 1)
    assert told(store) == ["bob"]


def test_where_nobody_is_found_by_sealed_fields_no_seal_is_opened(tmp_path, store):
    cases = visited(tmp_path, store, "internal")
    breaks(store)

    assert Sweeps(cases).sweep(RUNG).rungs == 1


def test_where_somebody_is_found_by_them_a_broken_seal_holds_up_no_other_case(tmp_path, store):
    cases = visited(tmp_path, store, "personal")
    breaks(store)
    whole = visit(cases)

    report = Sweeps(cases).sweep(RUNG)

    assert (report.claimed, report.rungs) == (2, 1)
    with store.read() as work:
        assert [one.person for one in work.alerts.of(whole)] == ["bob"]


def test_a_dry_run_keeps_nothing_of_all_parts(tmp_path, store):
    cases = visited(tmp_path, store, "personal")

    shown = Sweeps(cases).sweep(RUNG, dry_run=True)

    assert (shown.rungs, len(shown.shown)) == (1, 1)
    assert told(store) == []
    assert Sweeps(cases).sweep(RUNG) == SweepReport(
        claimed=1, rungs=1, alerts=1, cases=1, max_late=0
    )


def test_a_broken_key_does_not_make_others_look_destroyed(tmp_path, store):
    cases = visited(tmp_path, store, "personal")
    breaks(store)
    whole = {visit(cases) for _ in range(6)}

    with store.read() as work:
        ids = sorted(one.case for one in work.clocks.peek(RUNG))
        with pytest.raises(SealBroken):
            work.cases.load_many(ids)
        found = work.cases.load_many(whole)

    assert {case.fields["diary"] for case in found.values()} == {"不可见"}
