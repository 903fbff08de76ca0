"""Who may act: posts along the tree of units, persons the case names, and who is barred."""

import pytest

from engine.case.values import Actor, Case, Unit
from engine.facts.facts import Facts
from engine.facts.roles import Standing, people_at, standing, units_above
from tests.builders.club_worlds import (
    BED,
    GARDENER,
    HEAD,
    ID,
    LINK,
    MONDAY,
    STRANGER,
    TIMER,
    UNITS,
    facts_of,
    world,
)  # fmt: skip
from tests.builders.toy_workflows import toy

PERSON = {"type": "person"}
PORTER = Actor(id="men", posts=(("porter", "north"), ("porter", "top"), ("chosen", "top")))
STEWARD = Actor(id="zhu", posts=(("steward", "north"), ("gardener", "north")))
WORKFLOW = toy(
    fields={
        "referee": PERSON,
        "club": {"type": "unit"},
        "helpers": {"type": "list", "of": {"person": PERSON, "unit": {"type": "unit", "optional": True}}},
        "friends": {"type": "person", "many": True},
        "rivals": {"type": "list", "of": {"person": PERSON}},
    },
    facts={"first": {"is": "helpers.filter(h, has(h.unit)).map(h, h.person)"}},
    roles={
        "gardener": {"level": "garden"},
        "head": {"level": "region"},
        "bedder": {"level": "bed", "reach": "below"},
        "referee": {"in_case": "referee", "recorded_by": ["gardener"], "never": ["rivals.person", "friends"]},
        "helper": {"in_case": "helpers.person"},
        "helping": {"in_case": "helpers.unit"},
        "guest": {"in_case": "club"},
        "named": {"in_case": "first"},
        "own": {"in_case": "referee", "level": "garden"},
        "steward": {"level": "garden", "never": "referee"},
        "porter": {"level": "own"},
        "chosen": {"level": "own", "in_case": "referee"},
        "minding": {"level": "garden", "post": "gardener", "in_case": "referee"},
    },
)  # fmt: skip


def may(words: str, who: Actor, *, on_behalf_of: str | None = None, unit: str = "north", **fields):
    case = Case(
        id=ID, workflow="toy", version=1, unit=unit, state="asked", fields=fields, opened_by="ke"
    )
    facts = Facts(WORKFLOW, case, world(), now=MONDAY)
    return standing(words.split(), who, facts, on_behalf_of=on_behalf_of)


@pytest.mark.parametrize(
    ("role", "who", "unit", "allowed"),
    [
        pytest.param("gardener", GARDENER, "north", True, id="the case's own unit"),
        pytest.param("gardener", GARDENER, "south", False, id="the unit beside it"),
        pytest.param("head", HEAD, "north", True, id="the level above"),
        pytest.param("head", HEAD, "south", True, id="above both"),
        pytest.param("gardener", HEAD, "north", False, id="another role"),
        pytest.param("bedder", BED, "north", True, id="a unit below, where the role reaches"),
        pytest.param("bedder", BED, "south", False, id="below another unit"),
        pytest.param("gardener", Actor(id="x", posts=(("gardener", "top"),)), "north", False, id="a post at another level"),
        pytest.param("gardener", Actor(id="x", posts=(("gardener", "rose"),)), "north", False, id="below, where the role does not reach"),
        pytest.param("bedder", Actor(id="x", posts=(("bedder", "north"),)), "north", False, id="at the unit, not below"),
        pytest.param("gardener", GARDENER, "nowhere", False, id="a unit nobody knows"),
        pytest.param("porter", PORTER, "north", True, id="at the case's own unit"),
        pytest.param("porter", PORTER, "top", True, id="at its own unit of another level"),
        pytest.param("porter", PORTER, "rose", False, id="above the case's own unit"),
        pytest.param("porter", PORTER, "south", False, id="beside the case's own unit"),
        pytest.param("porter", GARDENER, "north", False, id="another post at its own unit"),
        pytest.param("nobody", GARDENER, "north", False, id="a role the file does not have"),
        pytest.param("gardener", Actor(id="gao", posts=GARDENER.posts, kind="link"), "north", False, id="a link is no person"),
        pytest.param("gardener", Actor(id="clock", posts=GARDENER.posts, kind="clock"), "north", False, id="nor is a clock"),
    ],
)  # fmt: skip
def test_a_role_at_a_level_is_a_post_on_the_path_of_units(role, who, unit, allowed):
    assert bool(may(role, who, unit=unit)) is allowed


@pytest.mark.parametrize(
    ("role", "who", "fields", "allowed"),
    [
        pytest.param("referee", STRANGER, {"referee": "ke"}, True, id="named by a field"),
        pytest.param("referee", STRANGER, {"referee": "er"}, False, id="another is named"),
        pytest.param("referee", STRANGER, {}, False, id="nobody is named"),
        pytest.param("helper", STRANGER, {"helpers": [{"person": "a"}, {"person": "ke"}]}, True, id="in a list"),
        pytest.param("helper", STRANGER, {"helpers": [{"person": "a"}]}, False, id="not in the list"),
        pytest.param("guest", GARDENER, {"club": "north"}, True, id="any post at a unit"),
        pytest.param("guest", GARDENER, {"club": "south"}, False, id="at another unit"),
        pytest.param("guest", STRANGER, {"club": "ke"}, False, id="a unit is no person"),
        pytest.param("helping", GARDENER, {"helpers": [{"person": "a"}, {"person": "b", "unit": "north"}]}, True, id="a unit in a list"),
        pytest.param("named", STRANGER, {"helpers": [{"person": "ke", "unit": "north"}]}, True, id="a fact"),
        pytest.param("named", STRANGER, {"helpers": [{"person": "ke"}]}, False, id="a fact that leaves one out"),
        pytest.param("own", Actor(id="gao", posts=(("own", "north"),)), {"referee": "gao"}, True, id="both the post and the name"),
        pytest.param("own", Actor(id="er", posts=(("own", "north"),)), {"referee": "gao"}, False, id="the post without the name"),
        pytest.param("own", STRANGER, {"referee": "ke"}, False, id="the name without the post"),
        pytest.param("minding", GARDENER, {"referee": GARDENER.id}, True, id="another role's post and the name"),
        pytest.param("minding", GARDENER, {"referee": "er"}, False, id="another role's post without the name"),
        pytest.param("minding", Actor(id="er", posts=(("minding", "north"),)), {"referee": "er"}, False, id="the name with a post of its own"),
        pytest.param("minding", Actor(id="er"), {"referee": "er"}, False, id="the name, the post given up"),
    ],
)  # fmt: skip
def test_a_role_in_the_case_is_whom_the_case_names(role, who, fields, allowed):
    assert bool(may(role, who, **fields)) is allowed


@pytest.mark.parametrize(
    ("unit", "referee", "allowed"), [("top", "men", True), ("top", "er", False), ("north", "men", False)]
)  # fmt: skip
def test_a_post_at_the_own_unit_and_a_name_go_together(unit, referee, allowed):
    assert bool(may("chosen", PORTER, unit=unit, referee=referee)) is allowed


def test_who_is_barred_may_not_and_is_told_so():
    assert may("referee", STRANGER, referee="ke", rivals=[{"person": "ke"}]) == Standing(
        barred=True
    )
    assert may("referee", STRANGER, referee="ke", friends=["er", "ke"]) == Standing(barred=True)
    assert may("steward", STEWARD, referee="zhu") == Standing(barred=True)


def test_who_is_barred_from_one_role_may_act_in_another():
    assert may("steward gardener", STEWARD, referee="zhu") == Standing(role="gardener")


def test_a_bar_on_another_does_not_bar():
    assert may("referee", STRANGER, referee="ke", rivals=[{"person": "er"}]).role == "referee"


@pytest.mark.parametrize(
    ("word", "who", "allowed"),
    [
        ("anyone", STRANGER, True), ("anyone", GARDENER, True), ("anyone", LINK, True),
        ("anyone", TIMER, False), ("opener", STRANGER, True), ("opener", GARDENER, False),
        ("opener", Actor(id="ke", kind="link"), False), ("clock", TIMER, True),
        ("clock", STRANGER, False), ("link", LINK, True), ("link", GARDENER, False),
        ("link", TIMER, False),
    ],
)  # fmt: skip
def test_the_words_that_are_no_roles(word, who, allowed):
    assert bool(may(word, who)) is allowed


def test_the_first_word_that_allows_is_the_role_acted_in():
    assert may("head anyone gardener", GARDENER).role == "anyone"


def test_a_recording_role_acts_for_the_person_who_has_the_role():
    found = may("referee", GARDENER, on_behalf_of="ke", referee="ke")

    assert found == Standing(role="referee", for_person="ke")


@pytest.mark.parametrize(
    ("words", "who", "person", "fields"),
    [
        pytest.param("referee", GARDENER, "er", {"referee": "ke"}, id="for somebody without the role"),
        pytest.param("referee", STRANGER, "er", {"referee": "er"}, id="by somebody who may not record"),
        pytest.param("gardener", GARDENER, "er", {}, id="a role that nobody records"),
        pytest.param("anyone", GARDENER, "er", {}, id="a word is no role"),
        pytest.param("referee", GARDENER, "ke", {"referee": "ke", "rivals": [{"person": "ke"}]}, id="for somebody barred"),
    ],
)  # fmt: skip
def test_recording_is_refused(words, who, person, fields):
    assert not may(words, who, on_behalf_of=person, **fields)


def test_the_people_at_a_path_are_those_it_names():
    facts = facts_of(
        WORKFLOW, fields={"referee": "a", "friends": ["b", "c"], "helpers": [{"person": "d"}]}
    )

    named = {
        path: people_at(path, facts)
        for path in ("referee", "friends", "helpers.person", "helpers.unit", "club")
    }

    assert named == {
        "referee": ["a"], "friends": ["b", "c"], "helpers.person": ["d"], "helpers.unit": [], "club": [],
    }  # fmt: skip


def test_units_that_stand_in_a_circle_end_the_climb():
    circle = {
        "a": Unit(id="a", level="x", title="a", parent="b"),
        "b": Unit(id="b", level="y", title="b", parent="a"),
    }

    assert [u.id for u in units_above("a", world(units=circle))] == ["a", "b"]


def test_a_parent_nobody_knows_ends_the_climb():
    assert [u.id for u in units_above("rose", world())] == ["rose", "north", "top"]
    assert units_above("rose", world(units={"rose": UNITS["rose"]})) == [UNITS["rose"]]
