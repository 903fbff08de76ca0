"""Posts that nobody holds: only those without whom a move cannot be made."""

from typing import Any

import pytest

from engine.case.values import Office
from engine.facts.vacant import vacant_roles
from tests.builders.club_worlds import facts_of
from tests.builders.toy_workflows import toy

ROLES = {
    "gardener": {"level": "garden"},
    "head": {"level": "region"},
    "porter": {"level": "bed"},
    "friend": {"in_case": "referee"},
    "chosen": {"level": "garden", "in_case": "referee"},
}
HELD: dict[str, dict[tuple[str, str], tuple[str, ...]]] = {
    "nobody": {},
    "gardener": {("gardener", "north"): ("gao",)},
    "both": {("gardener", "north"): ("gao",), ("head", "top"): ("tou",)},
    "elsewhere": {("gardener", "south"): ("gao",), ("head", "top"): ("tou",)},
    "ended": {("gardener", "north"): ()},
}


def vacant(held: str, **move: Any) -> tuple[str, ...]:
    workflow = toy(
        roles=ROLES, fields={"referee": {"type": "person"}},
        states={"asked": {"on": {"go": {"to": "done", **move}}}},
    )  # fmt: skip
    return vacant_roles(facts_of(workflow), Office(posts=HELD[held]))


@pytest.mark.parametrize(
    ("held", "found"),
    [
        ("nobody", ("gardener",)),
        ("gardener", ()),
        ("elsewhere", ("gardener",)),
        ("ended", ("gardener",)),
    ],
)
def test_a_move_of_one_post_waits_for_its_holder_there(held: str, found: tuple[str, ...]):
    assert vacant(held, by="gardener") == found


def test_one_of_several_who_may_is_enough():
    assert vacant("gardener", by=["head", "gardener"]) == ()
    assert vacant("nobody", by=["head", "gardener"]) == ("gardener", "head")


@pytest.mark.parametrize("word", ["anyone", "opener", "friend", "chosen"])
def test_who_needs_no_post_alone_is_always_there(word: str):
    assert vacant("nobody", by=["gardener", word]) == ()


def test_everybody_who_must_sign_is_needed():
    assert vacant("gardener", by="gardener", cosign=["gardener", "head"]) == ("head",)
    assert vacant("both", by="gardener", cosign=["gardener", "head"]) == ()


def test_a_level_without_a_unit_is_held_by_nobody():
    assert vacant("both", by="porter") == ("porter",)


def test_only_the_states_that_are_asked_for_count():
    workflow = toy(
        roles=ROLES,
        fields={"referee": {"type": "person"}},
        states={
            "asked": {"on": {"go": {"to": "later", "by": "gardener"}}},
            "later": {"on": {"go": {"to": "done", "by": "head"}}},
        },
    )
    facts, office = facts_of(workflow), Office(posts=HELD["nobody"])

    assert vacant_roles(facts, office, states=("later",)) == ("head",)
    assert vacant_roles(facts, office) == ("gardener", "head")
