"""Offers tell the truth: what is offered is granted, what is not offered is refused."""

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case.errors import MoveRefused
from engine.case.text import Text
from engine.case.values import Actor, Case, Move, World
from engine.compiling.plan import Branch, Workflow
from engine.facts.facts import Facts
from engine.facts.reading import base_fields
from engine.step.offers import Offer, amendable, offers
from engine.step.take import take_step
from tests.builders.club_worlds import (
    BED,
    GARDENER,
    HEAD,
    MONDAY,
    SECOND,
    STRANGER,
    fire,
    later,
    variant_of,
    world,
)  # fmt: skip
from tests.builders.random_walks import Walk, branch_of
from tests.builders.shelves import plot, shipped_names
from tests.builders.toy_workflows import field, one_move, toy
from tests.engine.case.test_fold import walk

SEEDS = st.integers(0, 2**31)
NO_ROLE = {"move.role", "move.barred"}


def offered(
    workflow: Workflow, case: Case, who: Actor, at: World | None = None
) -> dict[str, Offer]:
    found = offers(workflow, case, who, now=later(case), world=at or world())
    return {offer.trigger: offer for offer in found}


def refusal(make: Callable[[], Any]) -> set[str]:
    """Return the codes of a refusal, none where it was granted."""
    try:
        make()
    except MoveRefused as refused:
        return {reason.code for reason in refused.reasons}
    return set()


def sees_all(workflow: Workflow, branch: Branch, facts: Facts) -> bool:
    """Tell whether a branch's guard holds already and reads nothing that is still to be given."""
    for line in branch.guard:
        reads = base_fields(workflow, [n for n in line.ask.names if not n.startswith("before.")])
        if not facts.ask(line.ask).holds or reads & branch.accepts:
            return False
    return True


def check_offer(way: Walk, offer: Offer, who: Actor, at: World) -> None:
    workflow, case = way.workflow, way.case
    assert case is not None
    branch = branch_of(workflow, case, offer.trigger, offer.rule)
    data = {n: way.value(workflow.fields[n]) for n in offer.asks}
    move = Move(actor=who, trigger=offer.trigger, data=data)
    codes = refusal(lambda: take_step(workflow, case, move, now=way.now, world=at))
    told = {reason.code for reason in offer.reasons}
    if not offer.open:
        assert told
        assert told == codes if told & NO_ROLE else told <= codes
    elif not offer.signs:
        assert not offer.reasons
        assert not codes & {"move.role", "move.barred", "move.state"}
        facts = Facts(workflow, case, at, now=way.now, actor=who.id)
        if sees_all(workflow, branch, facts):
            # Only the data itself, or a right-hand side that is not known yet, may refuse.
            assert codes <= {"move.field", "move.guard"}


@pytest.mark.parametrize("name", ["plot", *shipped_names()])
@given(seed=SEEDS)
def test_what_is_offered_is_granted_and_what_is_closed_is_refused_for_the_same_reasons(name, seed):
    way = walk(name, seed)
    for _move, _found in way.steps(12):
        if way.case is None or way.random.random() < 0.6:
            continue
        at, who = way.world(), way.actor()
        found = offers(way.workflow, way.case, who, now=way.now, world=at)

        assert [o.trigger for o in found] == list(way.workflow.triggers[way.case.state])
        for offer in found:
            check_offer(way, offer, who, at)


@given(seed=SEEDS)
def test_what_is_called_amendable_is_amended(seed):
    way = walk("plot", seed)
    for _move, _found in way.steps(10):
        if way.case is None:
            continue
        at, who = way.world(), way.actor()
        found = amendable(way.workflow, way.case, who, now=way.now, world=at)
        whole, partly = set(found.fields), {*found.adds, *(name for name, _columns in found.edits)}
        for name, part in way.workflow.fields.items():
            move = Move(actor=who, kind="amend", data={name: way.value(part)})
            codes = refusal(partial(take_step, way.workflow, way.case, move, now=way.now, world=at))
            if name in whole and part.type != "list":
                assert codes <= {"move.field"}
            if name not in whole | partly:
                assert codes & {"move.role", "move.field"}


def test_an_offer_tells_what_to_give_and_how_it_is_called():
    case = variant_of(plot(), data={"topic": "豆", "beds": 1})

    accept = offered(plot(), case, GARDENER)["accept"]

    assert (accept.rule, accept.label, accept.open) == ("G01, G02", Text("受理", "accept"), True)
    assert (accept.asks, accept.may) == (("kind",), ("size", "fee", "bid"))


def test_an_offer_of_lists_asks_for_what_is_added_and_edited():
    workflow = toy(
        fields={
            "rows": {"type": "list", "of": {"x": {"type": "text"}}},
            "more": {"type": "list", "of": {"x": {"type": "text"}}},
        },
        states=one_move(adds=["rows"], edits={"more": ["x"]}),
    )

    assert offered(workflow, variant_of(workflow), STRANGER)["go"].asks == ("rows", "more")


def test_a_trigger_without_a_label_is_called_by_its_id():
    workflow = toy()

    assert offered(workflow, variant_of(workflow), STRANGER)["go"].label == Text("go", "go")


def test_the_first_branch_that_may_still_hold_is_the_one_offered():
    case = variant_of(plot(), data={"topic": "豆", "beds": 5})

    accept = offered(plot(), case, GARDENER)["accept"]

    assert accept.rule == "G03"


def test_a_closed_offer_tells_the_reasons_of_every_branch_once():
    branches = [
        {"to": "done", "by": "anyone", "when": ["n > 5", "n > 6"]},
        {"to": "asked", "by": "anyone", "when": "n > 5"},
    ]
    workflow = toy(fields={"n": field("integer")}, states={"asked": {"on": {"go": branches}}})

    closed = offered(workflow, variant_of(workflow, data={"n": 1}), STRANGER)["go"]

    assert not closed.open
    assert [r.code for r in closed.reasons] == ["move.guard"]


def test_a_guard_over_data_still_to_be_given_leaves_the_offer_open():
    workflow = toy(fields={"n": field("integer")}, states=one_move(asks=["n"], when="n > 5"))

    assert offered(workflow, variant_of(workflow), STRANGER)["go"].open


def test_a_guard_over_the_value_before_is_judged_now():
    workflow = toy(fields={"n": field("integer")}, states=one_move(asks=["n"], when="before.n > 5"))

    assert not offered(workflow, variant_of(workflow, data={"n": 1}), STRANGER)["go"].open


def test_who_has_no_role_is_told_the_roles_and_no_more():
    case = variant_of(plot(), data={"topic": "豆", "beds": 5})

    refuse = offered(plot(), case, STRANGER)["refuse"]

    assert [(r.code, r.names) for r in refuse.reasons] == [("move.role", ("gardener",))]


def weighing() -> Case:
    return variant_of(plot(), GARDENER, entry="sent", data={"topic": "豆", "beds": 1})


def test_an_open_proposal_is_offered_for_signature_to_those_who_may_sign():
    case = fire(plot(), weighing(), "accept", data={"kind": "open"}).after

    signs = {
        who.id: offered(plot(), case, who)["accept"]
        for who in (GARDENER, SECOND, HEAD, BED, STRANGER)
    }

    assert {name for name, offer in signs.items() if offer.signs} == {"tou", "hua"}
    assert all(offer.proposed for offer in signs.values())
    assert signs["tou"].open
    assert signs["tou"].reasons == ()
    assert not signs["ke"].open


def test_who_may_only_propose_is_offered_the_move():
    offer = offered(plot(), weighing(), GARDENER)["hand_over"]

    assert offer.open


def test_a_proposal_by_one_who_only_proposes_waits_for_those_who_decide():
    case = fire(plot(), weighing(), "hand_over").after

    assert offered(plot(), case, HEAD)["hand_over"].signs
    assert not offered(plot(), case, SECOND)["hand_over"].signs


def test_the_guard_may_close_what_a_signature_still_opens():
    workflow = toy(
        fields={"n": field("integer")},
        states={"asked": {"amends": {"by": "anyone", "fields": ["n"]},
                          "on": {"go": {"to": "done", "by": "gardener", "cosign": ["head"], "when": "taken.note == 0"},
                                 "note": {"to": "stay", "by": "gardener"}}}},
    )  # fmt: skip
    case = fire(workflow, variant_of(workflow), "go").after
    case = fire(workflow, case, "note").after

    offer = offered(workflow, case, HEAD)["go"]

    assert offer.signs
    assert offer.open


def test_what_may_be_amended_is_listed_in_the_order_of_the_file():
    case = variant_of(plot(), data={"topic": "豆"})

    for_gardener = amendable(plot(), case, GARDENER, now=MONDAY, world=world())
    for_bed = amendable(plot(), case, BED, now=MONDAY, world=world())
    for_stranger = amendable(plot(), case, STRANGER, now=MONDAY, world=world())

    assert for_gardener.fields == ("beds", "remarks", "topic")
    assert for_gardener.adds == ("rivals",)
    assert for_gardener.edits == (("helpers", ("hours",)),)
    assert (for_bed.adds, for_bed.edits) == (("chores",), (("chores", ("done_on",)),))
    assert (for_stranger.fields, for_stranger.adds, for_stranger.edits) == ((), (), ())
