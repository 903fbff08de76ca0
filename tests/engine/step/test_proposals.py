"""Moves that several must sign: proposed, signed by different people on the same data, taken."""

from typing import Any

import pytest

from engine.case.errors import MoveRefused
from engine.case.values import Actor, Case
from tests.builders.club_worlds import BED, GARDENER, HEAD, SECOND, STRANGER, fire, variant_of
from tests.builders.toy_workflows import END, field, toy

ROLES = {
    "gardener": {"level": "garden"},
    "head": {"level": "region"},
    "bedder": {"level": "bed", "reach": "below"},
}
BOTH = Actor(id="dou", posts=(("gardener", "north"), ("head", "top"), ("bedder", "rose")))
WORKFLOW = toy(
    roles=ROLES,
    fields={"n": field("integer"), "m": field("integer"), "s": {"type": "text", "privacy": "confidential"}},
    states={
        "asked": {
            "amends": {"by": "gardener", "fields": ["m"]},
            "on": {
                "go": {"id": "G1", "to": "done", "by": "gardener", "cosign": ["head", "bedder"], "asks": ["n"], "may": ["s"], "when": "n > 1 && taken.close == 0"},
                "ask": [{"to": "stay", "by": "head", "when": "m == 1"},
                        {"to": "done", "by": "head", "propose": ["gardener"], "may": ["n"]}],
                "note": {"to": "stay", "by": "gardener"},
                "close": {"to": "stay", "by": "gardener"},
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


def test_proposing_anew_replaces_the_proposal_and_its_signatures():
    half = sign(proposed(), HEAD).after

    again = fire(WORKFLOW, half, "go", SECOND, data={"n": 3}).after

    assert [(p.by, p.data, p.needs) for p in again.proposals] == [
        ("er", {"n": 3}, ("head", "bedder"))
    ]
    assert again.proposals[0].hash != half.proposals[0].hash


def test_every_signature_covers_the_same_data():
    assert proposed().proposals[0].hash == sign(proposed(), HEAD).after.proposals[0].hash
    assert proposed().proposals[0].hash != proposed(s="x").proposals[0].hash


@pytest.mark.parametrize(
    ("act", "void"),
    [
        pytest.param({"trigger": "move"}, True, id="the state changes"),
        pytest.param({"trigger": "", "kind": "amend", "data": {"m": 3}}, True, id="data change"),
        pytest.param(
            {"trigger": "", "kind": "correct", "data": {"m": 3}, "reason": "slip"},
            True,
            id="data are corrected",
        ),
        pytest.param({"trigger": "note"}, False, id="a move that changes neither"),
    ],
)
def test_a_proposal_is_void_when_state_or_data_change(act, void):
    step = fire(WORKFLOW, proposed(), **act)

    assert (step.after.proposals == ()) is void
    assert step.event.public.get("voided", []) == (["go"] if void else [])


def test_the_guard_is_judged_again_when_the_last_has_signed():
    half = sign(proposed(), HEAD).after
    closed = fire(WORKFLOW, half, "close").after

    assert closed.proposals
    assert codes(lambda: sign(closed, BED)) == ["move.guard"]


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
