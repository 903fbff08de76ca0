"""Moves that several must sign: proposed, signed by different people on the same data, taken."""

from typing import Any

import pytest

from engine.case.errors import MoveRefused
from engine.case.owed import VOIDED, Tell
from engine.case.values import CLOCK, Actor, Case
from engine.step.offers import Offer, offers
from tests.builders.club_worlds import (
    BED,
    GARDENER,
    HEAD,
    SECOND,
    STRANGER,
    fire,
    later,
    variant_of,
    world,
)
from tests.builders.toy_workflows import END, field, toy

ROLES = {
    "gardener": {"level": "garden"},
    "head": {"level": "region"},
    "bedder": {"level": "bed", "reach": "below"},
}
BOTH = Actor(id="dou", posts=(("gardener", "north"), ("head", "top"), ("bedder", "rose")))
WORKFLOW = toy(
    roles=ROLES,
    fields={"k": field("integer"), "n": field("integer"), "m": field("integer"), "s": {"type": "text", "privacy": "confidential"}},
    states={
        "asked": {
            "amends": {"by": "gardener", "fields": ["k", "m"]},
            "on": {
                "go": {"id": "G1", "to": "done", "by": "gardener", "cosign": ["head", "bedder"], "asks": ["n"], "may": ["s"], "when": "n > 1 && taken.close == taken.reopen && !(filled.k && k == 3)"},
                "ask": [{"to": "stay", "by": "head", "when": "m == 1"},
                        {"to": "done", "by": "head", "propose": ["gardener"], "may": ["n"]}],
                "note": {"to": "stay", "by": "gardener"},
                "want": {"to": "stay", "by": "head", "asks": ["n"]},
                "close": {"to": "stay", "by": "gardener"},
                "reopen": {"to": "stay", "by": "gardener"},
                "move": {"to": "other", "by": "gardener"},
            },
        },
        "other": END,
    },
)  # fmt: skip


def codes(make: Any) -> list[str]:
    with pytest.raises(MoveRefused) as refused:
        make()
    return [reason.code for reason in refused.value.reasons]


def proposed(**data: Any) -> Case:
    return fire(WORKFLOW, variant_of(WORKFLOW), "go", data={"n": 2, **data}).after


def sign(case: Case, who: Actor, trigger: str = "go", **more: Any) -> Any:
    return fire(WORKFLOW, case, trigger, who, kind="sign", **more)


def test_the_first_mover_proposes_and_nothing_of_the_case_changes():
    step = fire(WORKFLOW, variant_of(WORKFLOW), "go", data={"n": 2})

    assert step.event.kind == "proposed"
    assert (step.after.state, step.after.fields, step.after.taken) == ("asked", {}, {})
    proposal = step.after.proposals[0]
    assert (proposal.trigger, proposal.data, proposal.by) == ("go", {"n": 2}, "gao")
    assert (proposal.needs, proposal.signed) == (("head", "bedder"), (("gardener", "gao"),))


def test_a_move_whose_guard_fails_is_not_even_proposed():
    assert codes(lambda: fire(WORKFLOW, variant_of(WORKFLOW), "go", data={"n": 1})) == [
        "move.guard"
    ]


def test_the_move_is_taken_when_all_have_signed():
    half = sign(proposed(), HEAD)
    whole = sign(half.after, BED)

    assert (half.event.kind, half.after.state, half.after.proposals[0].needs) == (
        "signed",
        "asked",
        ("bedder",),
    )
    assert (whole.event.kind, whole.after.state, whole.after.fields) == ("moved", "done", {"n": 2})
    assert whole.after.proposals == ()
    assert whole.event.public["signed"] == [["gardener", "gao"], ["head", "tou"], ["bedder", "hua"]]
    assert whole.event.public["rule"] == "G1"


def test_the_order_of_signatures_does_not_matter_and_a_rule_s_id_will_do():
    assert sign(sign(proposed(), BED).after, HEAD, "G1").after.state == "done"


@pytest.mark.parametrize("who", [GARDENER, SECOND, STRANGER])
def test_only_those_whose_signature_is_missing_may_sign(who):
    assert codes(lambda: sign(proposed(), who)) == ["move.role"]


def test_one_person_signs_once_even_with_several_posts():
    mine = fire(WORKFLOW, variant_of(WORKFLOW), "go", BOTH, data={"n": 2}).after

    assert codes(lambda: sign(mine, BOTH)) == ["move.role"]
    half = sign(proposed(), BOTH).after
    assert codes(lambda: sign(half, BOTH)) == ["move.role"]


def test_there_must_be_something_to_sign():
    assert codes(lambda: sign(variant_of(WORKFLOW), HEAD)) == ["move.state"]
    assert codes(lambda: sign(proposed(), HEAD, "note")) == ["move.state"]
    assert codes(lambda: sign(proposed(), HEAD, "nonsense")) == ["move.state"]


def test_the_proposer_replaces_the_text_and_who_signed_it_is_told():
    half = sign(proposed(), HEAD).after

    step = fire(WORKFLOW, half, "go", data={"n": 3})

    again = step.after
    assert [(p.by, p.data, p.needs) for p in again.proposals] == [
        ("gao", {"n": 3}, ("head", "bedder"))
    ]
    assert again.proposals[0].hash != half.proposals[0].hash
    assert step.event.public["replaced"] == half.proposals[0].hash
    assert step.effects == (Tell(roles=(), persons=("tou",), why=VOIDED),)


def test_nobody_else_replaces_a_text():
    half = sign(proposed(), HEAD).after

    assert codes(lambda: fire(WORKFLOW, half, "go", SECOND, data={"n": 900})) == ["move.duplicate"]
    offer = next(o for o in offered(half, SECOND) if o.trigger == "go")
    assert (offer.open, [r.code for r in offer.reasons]) == (False, ["move.duplicate"])
    mine = next(o for o in offered(half, GARDENER) if o.trigger == "go")
    assert (mine.open, mine.hash) == (True, half.proposals[0].hash)


def offered(case: Case, who: Actor, workflow: Any = WORKFLOW) -> list[Offer]:
    return offers(workflow, case, who, now=later(case), world=world())


def test_a_signature_names_the_text_that_was_shown():
    seen = proposed()
    changed = fire(WORKFLOW, seen, "go", data={"n": 900}).after

    assert codes(lambda: sign(seen, HEAD, hash="")) == ["move.missing"]
    assert codes(lambda: sign(changed, HEAD, hash=seen.proposals[0].hash)) == ["move.conflict"]
    assert sign(changed, HEAD).after.proposals[0].data == {"n": 900}


@pytest.mark.parametrize(
    ("old", "said", "names"),
    [
        pytest.param({"n": 2}, "'n' was '2', is '900'", ("n",), id="what changed"),
        pytest.param({"n": 900, "s": "x"}, "'s' was '＊＊＊', is '＊＊＊'", ("s",), id="masked"),
        pytest.param({"n": 900}, "look again", (), id="only what it rests on"),
    ],
)
def test_another_text_shows_the_difference(old, said, names):
    now = fire(WORKFLOW, proposed(), "go", data={"n": 900}).after
    seen = world(texts={"seen": old})

    with pytest.raises(MoveRefused) as refused:
        sign(now, HEAD, hash="seen", at=seen)

    assert said in refused.value.reasons[0].text("en")
    assert refused.value.reasons[0].names == names


def test_who_may_not_sign_learns_nothing_of_the_text():
    assert codes(lambda: sign(proposed(), STRANGER, hash="another")) == ["move.role"]


def test_every_signature_covers_the_same_data():
    assert proposed().proposals[0].hash == sign(proposed(), HEAD).after.proposals[0].hash
    assert proposed().proposals[0].hash != proposed(s="x").proposals[0].hash


@pytest.mark.parametrize(
    ("act", "void"),
    [
        pytest.param({"trigger": "move"}, True, id="the state changes"),
        pytest.param({"trigger": "", "kind": "amend", "data": {"k": 3}}, True, id="what it reads"),
        pytest.param(
            {"trigger": "", "kind": "correct", "data": {"k": 3}, "reason": "slip"},
            True,
            id="what it reads is corrected",
        ),
        pytest.param({"trigger": "", "kind": "amend", "data": {"m": 3}}, False, id="other data"),
        pytest.param({"trigger": "note"}, False, id="a move that changes neither"),
    ],
)
def test_a_text_is_void_when_what_it_rests_on_changes(act, void):
    step = fire(WORKFLOW, sign(proposed(), HEAD).after, **act)

    assert (step.after.proposals == ()) is void
    assert step.event.public.get("voided", []) == (["go"] if void else [])
    told = (Tell(roles=(), persons=("tou",), why=VOIDED),) if void else ()
    assert step.effects == told


def signed_while_closed() -> Case:
    half = sign(proposed(), HEAD).after
    step = sign(fire(WORKFLOW, half, "close").after, BED)

    assert (step.event.kind, step.event.public["waits"]) == ("signed", ["move.guard"])
    return step.after


def test_the_last_signature_is_kept_where_the_guard_fails():
    waits = signed_while_closed()

    assert waits.proposals[0].needs == ()
    assert codes(lambda: sign(waits, SECOND)) == ["move.state"]
    assert codes(lambda: fire(WORKFLOW, waits, "go", SECOND)) == ["move.guard"]
    offer = next(o for o in offered(waits, SECOND) if o.trigger == "go")
    assert (offer.open, offer.complete, offer.asks) == (False, True, ())
    assert [r.code for r in offer.reasons] == ["move.guard"]


def test_what_a_clock_proposed_is_not_signed_where_data_is_asked_for():
    clock = Actor(id=CLOCK, kind="clock")
    case = fire(WORKFLOW, variant_of(WORKFLOW), "want", clock, kind="propose").after

    assert codes(lambda: sign(case, HEAD, "want")) == ["move.missing"]
    assert fire(WORKFLOW, case, "want", HEAD, data={"n": 5}).after.fields == {"n": 5}


def test_a_complete_move_is_taken_by_anybody_who_may_once_the_guard_holds():
    waits = fire(WORKFLOW, signed_while_closed(), "reopen").after

    offer = next(o for o in offered(waits, SECOND) if o.trigger == "go")
    assert (offer.open, offer.complete) == (True, True)
    step = fire(WORKFLOW, waits, "go", SECOND)
    assert (step.after.state, step.after.fields["n"], step.after.proposals) == ("done", 2, ())
    signed: Any = step.event.public["signed"]
    assert [who for _role, who in signed] == ["gao", "tou", "hua"]


def test_a_complete_move_is_no_way_to_bring_other_data():
    waits = fire(WORKFLOW, signed_while_closed(), "reopen").after

    assert codes(lambda: fire(WORKFLOW, waits, "go", SECOND, data={"n": 900})) == ["move.duplicate"]


def test_another_proposal_that_rests_on_nothing_changed_lives_on():
    case = fire(WORKFLOW, proposed(), "ask", GARDENER, data={"n": 7}).after

    assert [one.trigger for one in case.proposals] == ["go", "ask"]
    done = sign(case, HEAD, "ask")
    assert [one.trigger for one in done.after.proposals] == []
    assert done.event.public["voided"] == ["go"]


def test_confidential_data_of_a_proposal_is_kept_sealed():
    step = fire(WORKFLOW, variant_of(WORKFLOW), "go", data={"n": 2, "s": "hush"})

    assert "hush" not in str(step.event.public)
    assert step.event.sealed == {"confidential": {"data": {"go": {"s": "hush"}}}}
    assert step.after.proposals[0].data == {"n": 2, "s": "hush"}
    done = sign(sign(step.after, HEAD).after, BED)
    assert done.after.fields == {"n": 2, "s": "hush"}
    assert "hush" not in str(done.event.public)


def test_who_may_only_propose_needs_one_of_those_who_decide():
    case = fire(WORKFLOW, variant_of(WORKFLOW), "ask", GARDENER, data={"n": 7}).after

    assert case.proposals[0].needs == ("head",)
    assert case.proposals[0].branch == 1
    assert sign(case, HEAD, "ask").after.fields == {"n": 7}


def test_who_decides_needs_no_proposal():
    assert fire(WORKFLOW, variant_of(WORKFLOW), "ask", HEAD).after.state == "done"


def test_a_signature_may_be_recorded_for_a_party():
    workflow = toy(
        fields={"party": field("person")},
        roles={**ROLES, "party": {"in_case": "party", "recorded_by": ["gardener"]}},
        states={"asked": {"on": {"go": {"to": "done", "by": "head", "cosign": ["party"]}}}},
    )  # fmt: skip
    case = fire(workflow, variant_of(workflow, data={"party": "ke"}), "go", HEAD).after

    step = fire(workflow, case, "go", GARDENER, kind="sign", on_behalf_of="ke")

    assert step.after.state == "done"
    assert step.event.public["on_behalf_of"] == "ke"
