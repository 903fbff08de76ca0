"""Moves that must not be, that must be offered, that must come first; how they are chosen."""

import pytest

from tests.builders.toy_workflows import one_move
from tests.engine.checking.promises.toy_packs import says
from tests.engine.checking.promises.toy_parts import FLAG, NOTE, refusing, two_steps

LABEL = {"label": {"zh": "某", "en": "some"}}
NEVER = {"never": {"by": "clock", "to_outcome": "negative"}}


@pytest.mark.parametrize(
    ("by", "count"),
    [pytest.param("clock", 1, id="the clock"), pytest.param("gardener", 0, id="a person")],
)
def test_a_move_that_may_not_be(by, count):
    assert len(says(NEVER, **refusing(by=by))) == count


OPEN = {"never": {"by": "anyone", "except": ["danger", "objection"]}}
"""Nobody but those tagged may be open to anyone."""


@pytest.mark.parametrize(
    ("move", "count"),
    [
        pytest.param({"by": "anyone"}, 1, id="a word"),
        pytest.param({"by": ["anyone"]}, 1, id="a list of it alone"),
        pytest.param({"by": ["gardener", "anyone"]}, 1, id="a list with it among others"),
        pytest.param({"by": ["head"], "propose": ["anyone"]}, 1, id="anyone may propose it"),
        pytest.param({"by": ["asker"]}, 1, id="anyone may enter it for a role"),
        pytest.param({"by": "anyone", "means": "objection"}, 0, id="tagged"),
        pytest.param({"by": ["anyone"], "means": ["x", "danger"]}, 0, id="tagged among others"),
        pytest.param({"by": "anyone", "means": "x"}, 1, id="tagged otherwise"),
        pytest.param({"by": ["gardener", "opener", "link"]}, 0, id="others"),
        pytest.param({"by": ["told"]}, 0, id="a role that some role may enter it for"),
    ],
)
def test_only_what_is_tagged_may_be_open_to_anyone(move, count):
    roles = {
        "gardener": {"level": "garden"}, "head": {"level": "region"},
        "asker": {"in_case": "who", "recorded_by": ["anyone"]},
        "told": {"in_case": "who", "recorded_by": ["gardener"]},
    }  # fmt: skip
    opening = {"to": "asked", "by": "anyone", "means": "danger"}
    states = {"asked": {"on": {"go": {"to": "done", **move}}}}

    found = says(
        OPEN, roles=roles, opening=opening, states=states, fields={"who": {"type": "person", **LABEL}}
    )  # fmt: skip

    assert len(found) == count


@pytest.mark.parametrize("by", ["anyone", ["gardener", "anyone"]])
def test_an_opening_is_a_move_too(by):
    assert len(says(OPEN, opening={"to": "asked", "by": by}, states=one_move(by="gardener"))) == 1


def test_that_anyone_may_propose_it_does_not_make_it_open_to_anyone():
    promise = {"move": {"means": "way_out"}, "offered_in": "all open", "by": "anyone"}
    proposed = one_move(means="way_out", by="head", propose=["anyone"])

    assert len(says(promise, states=proposed)) == 1
    assert says(promise, states=one_move(means="way_out", by=["head", "anyone"])) == []


@pytest.mark.parametrize(
    ("rungs", "count"),
    [
        pytest.param([{"fire": "refuse", "source": "law#1"}], 0, id="a source of its own"),
        pytest.param([{"fire": "refuse"}], 1, id="no source"),
        pytest.param([{"fire": "refuse", "source": "law#1"}, {"fire": "refuse"}], 1, id="another rung without one"),
        pytest.param([{"propose": "refuse", "source": "law#1"}], 1, id="a proposal, which is none of the clock's"),
        pytest.param([], 1, id="no rung"),
    ],
)  # fmt: skip
def test_a_bad_end_is_reached_by_the_clock_only_as_a_source_says(rungs, count):
    clock = {
        "within": "2 days",
        "starts": ["asked"],
        "rungs": [{"at": "due", **one} for one in rungs],
    }
    parts = {**refusing(by=["clock", "gardener"]), "clocks": {"term": clock}}

    assert len(says({**NEVER, "unless": "fired_with_source"}, **parts)) == count
    assert len(says(NEVER, **parts)) == 1


OFFER = {"move": {"means": "stop"}, "offered_in": "all open", "by": "asker"}
ROLES = {"gardener": {"level": "garden", "means": ["asker"]}, "head": {"level": "region"}}


def stopping(by, *states):
    group = {"states": list(states), "on": {"stop": {"to": "done", "by": by, "means": "stop"}}}
    return {"roles": ROLES, "states": two_steps(), "groups": {"g": group}}


def test_a_move_that_is_offered_everywhere_keeps_its_promise():
    assert says(OFFER, **stopping("gardener", "all open")) == []


@pytest.mark.parametrize(
    ("by", "states", "missing"),
    [
        pytest.param("gardener", ["asked"], ["seen"], id="missing in one state"),
        pytest.param("head", ["all open"], ["asked", "seen"], id="for somebody else"),
    ],
)
def test_every_state_that_does_not_offer_it_is_named(by, states, missing):
    ways = {"asked": "open1", "seen": "open1 → look"}

    assert says(OFFER, **stopping(by, *states)) == [
        f"state '{state}' offers no such move; the way: {ways[state]}" for state in missing
    ]


def test_a_state_that_no_way_leads_to_is_named_without_one():
    states = {**one_move(), "lost": {"means": "lost", "on": {"go": {"to": "done", "by": "anyone"}}}}
    promise = {"move": {"means": "stop"}, "offered_in": "lost"}

    assert says(promise, states=states) == ["state 'lost' offers no such move"]


def test_offered_in_states_that_the_file_does_not_have():
    assert says({"move": {}, "offered_in": "nowhere"}) == [
        "nothing in 'states' says means: nowhere"
    ]


ORDER = {"before": "seen", "must": {"issues": "remedies"}}


def test_every_way_passes_the_move_that_must_come_first():
    states = two_steps()
    states["asked"]["on"]["look"]["issues"] = ["note"]

    assert says(ORDER, documents=NOTE, states=states) == []


def test_a_way_around_is_shown():
    states = two_steps()
    states["asked"]["on"]["look"]["issues"] = ["note"]
    states["asked"]["on"]["hop"] = {"to": "hall", "by": "anyone"}
    states["hall"] = {"on": {"on_to": {"to": "seen", "by": "anyone"}}}

    assert says(ORDER, documents=NOTE, states=states) == [
        "'seen' can be reached without it; the way: open1 → hop → on_to"
    ]


def test_an_order_of_states_that_the_file_does_not_have():
    assert says(ORDER) == ["nothing in 'states' says means: seen"]


def test_going_back_from_an_overlay_enters_nothing():
    promise = {"before": {"means": "seen"}, "must": {"to": "seen"}}
    states = two_steps()
    states["over"] = {
        "on": {"calm": {"to": "back", "by": "anyone"}, "end": {"to": "done", "by": "anyone"}}
    }
    states["seen"]["on"]["stop"] = {"to": "over", "by": "anyone"}

    assert says(promise, states=states, overlays={"over": {"over": ["seen"]}}) == []


@pytest.mark.parametrize(
    ("chosen", "states"),
    [
        pytest.param({}, ["asked", "seen", "over", "done"], id="all"),
        pytest.param("finals", ["done"], id="finals"),
        pytest.param("all open", ["asked", "seen"], id="all open"),
        pytest.param({"overlay": True}, ["over"], id="overlays"),
        pytest.param({"outcome": "positive"}, ["done"], id="by outcome"),
        pytest.param({"final": False, "except": ["seen"]}, ["asked", "over"], id="all but"),
        pytest.param(["seen", "other"], ["seen"], id="by tags"),
    ],
)
def test_states_are_chosen_by_what_they_are(chosen, states):
    parts = two_steps()
    parts["over"] = {"on": {"end": {"to": "done", "by": "anyone"}}}
    parts["seen"]["on"]["stop"] = {"to": "over", "by": "anyone"}
    promise = {"move": {"means": "none_such"}, "offered_in": chosen}

    found = says(promise, states=parts, overlays={"over": {"over": ["seen"]}})

    assert [one.split("'")[1] for one in found if "'" in one] == states


@pytest.mark.parametrize(
    ("chosen", "count"),
    [
        pytest.param({}, 2, id="all moves, the opening too"),
        pytest.param("last", 1, id="by tag"),
        pytest.param({"except": "last"}, 1, id="all but a tag"),
        pytest.param({"from": "all open"}, 1, id="by where it is offered"),
        pytest.param({"asks": "ready"}, 1, id="by what it asks"),
        pytest.param({"asks": "reason"}, 0, id="asks for none"),
        pytest.param({"issues": "remedies"}, 1, id="by what it issues"),
        pytest.param({"publishes": {"on": True}}, 1, id="by what it publishes"),
        pytest.param({"publishes": {"on": False}}, 0, id="publishes another value"),
        pytest.param({"by": "gardener"}, 1, id="by an actor's word"),
    ],
)
def test_moves_are_chosen_by_what_they_do(chosen, count):
    states = one_move(
        means="last", asks=["ready"], issues=["note"], by=["gardener", "head"],
        publishes={"catalogue": "beds", "put": {"code": "x", "on": True}},
    )  # fmt: skip

    found = says({"never": chosen}, fields={"ready": FLAG}, documents=NOTE, states=states)

    assert len(found) == count
