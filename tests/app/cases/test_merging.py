"""One case merged into another, and let go again: links, signals and data in one move."""

from collections.abc import Iterator
from typing import Any

import pytest

from engine.case.errors import MoveRefused
from engine.case.values import Case, Unit
from heyi.app.cases.casework import Casework
from heyi.app.cases.worlds import Worlds
from heyi.app.library.library import Library
from heyi.app.library.shelf import FolderShelf
from storage.kernel.records import Person
from storage.work import Store
from tests.builders.errand_office import FILE, MASTER, ZONE, at
from tests.builders.shelves import SHIPPED

NOW = at("2026-03-02 10:00")
LETTER = {"code": "letter", "ref": "7"}
VISIT = {"code": "visit", "place": "north"}
COURT = {"code": "court"}


@pytest.fixture
def cases(url: str) -> Iterator[Casework]:
    """An office of a town and two gardens that takes petitions."""
    with Store(url, MASTER) as store:
        library = Library(FolderShelf([FILE.parent, SHIPPED]))
        found = Casework(store, library, Worlds(library, ZONE, {}), zone=ZONE)
        with store.write() as work:
            work.units.put(Unit(id="town", level="town", title="镇"))
            work.units.put(Unit(id="north", level="garden", title="北园", parent="town"))
            for person, unit in {"li": "north", "tao": "town"}.items():
                work.people.put(Person(id=person, display_name=person))
                work.people.give_post(person, role="runner", unit=unit)
            rules = library.shelf.workflow("petition")
            assert rules is not None
            library.publish(work, rules, at=at("2026-01-01 00:00"))
        yield found


def ask(cases: Casework, unit: str, day: str, *sources: dict[str, str]) -> str:
    data: dict[str, Any] = {"what": f"at {unit}", "received_on": day, "sources": list(sources)}
    return cases.open("petition", unit=unit, person="li", data=data, now=NOW).after.id


def move(cases: Casework, case: str, trigger: str, person: str = "li", **data: Any) -> None:
    cases.move(case, person=person, trigger=trigger, data=data, now=NOW)


def load(cases: Casework, case: str) -> Case:
    with cases.store.read() as work:
        assert work.chain.verify(case) == ()
        return work.cases.load(case)


def test_the_case_that_is_joined_is_signalled_by_the_same_move_with_lists_and_all(cases):
    master = ask(cases, "town", "2026-03-02", LETTER)
    later = ask(cases, "north", "2026-02-20", VISIT, COURT)

    move(cases, later, "merge", master=master)

    found = load(cases, master)
    assert found.fields["sources"] == [LETTER, VISIT, COURT]
    assert found.fields["received_on"] == "2026-02-20"
    assert found.links == {"merged_from": (later,)}
    assert load(cases, later).links == {"merged_into": (master,)}
    assert load(cases, later).state == "merged"


def test_a_master_that_does_not_take_it_keeps_both_as_they_were(cases):
    master = ask(cases, "town", "2026-03-02", LETTER)
    later = ask(cases, "north", "2026-02-20", VISIT)
    move(cases, master, "end", "tao")

    with pytest.raises(MoveRefused) as refused:
        move(cases, later, "merge", master=master)

    assert refused.value.reasons[0].code == "link.refused"
    assert (load(cases, later).state, load(cases, master).links) == ("asked", {})


def test_what_was_merged_is_let_go_and_goes_on_by_itself(cases):
    master = ask(cases, "town", "2026-03-02", LETTER)
    later = ask(cases, "north", "2026-02-20", VISIT)
    move(cases, later, "merge", master=master)

    move(cases, later, "separate")

    assert (load(cases, later).state, load(cases, later).outcome) == ("asked", None)
    assert load(cases, master).fields["gone"] == "at north"


def test_merged_again_elsewhere_a_signal_by_the_field_goes_to_the_new_master_alone(cases):
    first, second = (ask(cases, "town", "2026-03-02", LETTER) for _ in range(2))
    later = ask(cases, "north", "2026-02-20", VISIT)
    for master in (first, second):
        move(cases, later, "merge", master=master)
        move(cases, later, "separate")

    assert load(cases, first).taken == {"absorb": 2, "release": 1}
    assert load(cases, second).taken == {"absorb": 1, "release": 1}
