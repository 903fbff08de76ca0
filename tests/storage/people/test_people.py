"""Units, people and posts."""

import pytest

from engine.case.values import Actor, Unit
from storage.kernel.errors import PersonNotFound, UnitCircle, UnitNotFound, UnknownReference
from storage.kernel.records import Person
from storage.work import Store
from tests.builders.stored_steps import MASTER, UNITS

ANN = Person(id="ann", display_name="阿依古丽·买买提")


def test_units_come_back_as_values(store: Store):
    with store.read() as work:
        assert work.units.get("north") == UNITS[1]
        assert work.units.all() == {unit.id: unit for unit in (UNITS[1], UNITS[2], UNITS[0])}


def test_a_unit_may_be_renamed_and_moved(store: Store):
    moved = Unit(id="south", level="corner", title="角", parent="north")

    with store.write() as work:
        work.units.put(moved)

    with store.read() as work:
        assert work.units.get("south") == moved
        assert work.units.below("north").keys() == {"north", "south"}


def test_all_units_are_as_they_stand_even_after_a_change_that_was_undone(store: Store, url: str):
    def titles() -> set[str]:
        with store.read() as work:
            return {unit.title for unit in work.units.all().values()}

    def undone() -> None:
        with store.write() as work:
            work.units.put(Unit(id="south", level="branch", title="撤", parent="top"))
            assert "撤" in {unit.title for unit in work.units.all().values()}
            work.units.put(Unit(id="x", level="branch", title="x", parent="nowhere"))

    before = titles()
    with pytest.raises(UnknownReference):
        undone()
    after_undoing = titles()
    with Store(url, MASTER) as elsewhere, elsewhere.write() as work:
        work.units.put(Unit(id="south", level="branch", title="南", parent="top"))

    assert after_undoing == before
    assert "南" in titles()


def test_units_above_and_below_are_found_over_all_levels(store: Store):
    with store.write() as work:
        work.units.put(Unit(id="desk", level="desk", title="台", parent="north"))

    with store.read() as work:
        assert work.units.above("desk", "south", "nowhere").keys() == {
            *("desk", "north", "south", "top"),
        }
        assert work.units.above() == {}
        assert work.units.below("top").keys() == {"top", "north", "south", "desk"}
        assert work.units.below("nowhere") == {}


@pytest.mark.parametrize("parent", ["top", "north"])
def test_a_unit_never_lies_below_itself(store: Store, parent: str):
    with pytest.raises(UnitCircle), store.write() as work:
        work.units.put(Unit(id="top", level="region", title="总部", parent=parent))


def test_a_unit_needs_its_parent(store: Store):
    with pytest.raises(UnknownReference), store.write() as work:
        work.units.put(Unit(id="x", level="branch", title="x", parent="nowhere"))


def test_what_is_not_there_is_said_so(store: Store):
    with store.read() as work:
        with pytest.raises(UnitNotFound):
            work.units.get("nowhere")
        with pytest.raises(PersonNotFound):
            work.people.get("nobody")
        with pytest.raises(PersonNotFound):
            work.people.actor("nobody")


def test_a_person_acts_with_the_posts_held(store: Store):
    with store.write() as work:
        work.people.put(ANN)
        for role, unit in (("clerk", "south"), ("clerk", "north"), ("chief", "top")):
            work.people.give_post("ann", role=role, unit=unit)
            work.people.give_post("ann", role=role, unit=unit)

    with store.read() as work:
        posts = (("chief", "top"), ("clerk", "north"), ("clerk", "south"))
        assert work.people.actor("ann") == Actor(id="ann", posts=posts)
        assert work.people.holders("clerk", units=["north", "south"]) == ("ann",)
        assert work.people.holders("chief", units=["north"]) == ()
        assert work.people.all() == (ANN,)


def test_a_post_that_ends_is_held_no_more(store: Store):
    with store.write() as work:
        work.people.put(ANN)
        work.people.give_post("ann", role="clerk", unit="north")
        assert work.people.take_post("ann", role="clerk", unit="north")
        assert not work.people.take_post("ann", role="clerk", unit="north")

    with store.read() as work:
        assert work.people.actor("ann").posts == ()


@pytest.mark.parametrize(("person", "unit"), [("ann", "nowhere"), ("nobody", "north")])
def test_a_post_needs_its_person_and_unit(store: Store, person: str, unit: str):
    with store.write() as work:
        work.people.put(ANN)

    with pytest.raises(UnknownReference), store.write() as work:
        work.people.give_post(person, role="clerk", unit=unit)


def test_a_name_shown_may_be_changed(store: Store):
    with store.write() as work:
        work.people.put(ANN)
        work.people.put(Person(id="ann", display_name="新名"))

    with store.read() as work:
        assert work.people.get("ann").display_name == "新名"
