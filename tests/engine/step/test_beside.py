"""Acts beside moves: comment, withdraw, claim, hand over, urge. No state or field changes."""

from dataclasses import replace
from typing import Any

import pytest

from engine.case.codec import case_from_plain, case_to_plain
from engine.case.errors import MoveRefused
from engine.case.fold import apply
from engine.case.owed import HANDED, URGED, WITHDRAWN, Tell
from engine.case.values import Actor, Case, Handing, Step
from tests.builders.club_worlds import (
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
    "gardener": {"level": "garden", "never": ["rival"]},
    "head": {"level": "region"},
    "party": {"in_case": "party"},
    "named": {"in_case": "named"},
}
STATES: dict[str, Any] = {
    "asked": {
        "assignee": "gardener",
        "on": {
            "go": {"to": "done", "by": "gardener", "cosign": ["head", "gardener"], "asks": ["n"]},
            "note": {"to": "stay", "by": "gardener"},
            "stop": {"to": "done", "by": "head"},
            "name": {"to": "stay", "by": "head", "asks": ["named"], "assigns": "named"},
            "rest": {"to": "pause", "by": "head"},
        },
    },
    "pause": {"on": {"back": {"to": "back", "by": "head"}, "leave": {"to": "done", "by": "head"}}},
    "open": {"on": {"note": {"to": "stay", "by": "gardener"}, "asked": {"to": "asked", "by": "head"}}},
    "done": END,
}  # fmt: skip
WORKFLOW = toy(
    roles=ROLES,
    readers={"internal": ["gardener", "head"]},
    fields={n: field("person") for n in ("party", "rival", "named")} | {"n": field("integer")},
    states=STATES,
    overlays={"pause": {"over": ["asked"]}},
    ladders={"standard": {"levels": [["gardener"], ["head"]]}},
)  # fmt: skip
PARTY = Actor(id="ke")
KNOWN = world(actors={one.id: one for one in (GARDENER, SECOND, HEAD, STRANGER)})


def asked(**data: Any) -> Case:
    return variant_of(WORKFLOW, data={"party": "ke", **data})


def act(case: Case, kind: str, who: Actor, trigger: str = "", **more: Any) -> Step:
    step = fire(WORKFLOW, case, trigger, who, kind=kind, at=KNOWN, **more)
    assert apply(case, step.event) == step.after
    assert case_from_plain(case_to_plain(step.after)) == step.after
    return step


def code(case: Case, kind: str, who: Actor, trigger: str = "", **more: Any) -> str:
    with pytest.raises(MoveRefused) as refused:
        act(case, kind, who, trigger, **more)
    return refused.value.code


# --- comments


def test_a_comment_changes_nothing_and_makes_nothing_stale():
    case = asked()
    step = act(case, "comment", GARDENER, reason="打过电话")

    assert step.event.kind == "commented"
    assert (step.event.reason, "打过" in str(step.event.public)) == ("打过电话", False)
    assert step.after == replace(
        case, revision=case.revision + 1, moved_at=step.after.moved_at, acted=case.acted
    )
    assert fire(WORKFLOW, step.after, "note", revision=case.revision).after.revision == 3


@pytest.mark.parametrize(
    ("who", "reason", "wanted"),
    [(STRANGER, "x", "move.role"), (PARTY, "x", "move.role"), (GARDENER, "  ", "move.missing")],
)
def test_who_does_not_work_on_it_or_says_nothing_comments_not(who, reason, wanted):
    assert code(asked(), "comment", who, reason=reason) == wanted


def test_without_readers_of_class_internal_whoever_has_a_post_comments():
    plain = toy(roles=ROLES, fields={"party": field("person"), "rival": field("person"), "named": field("person")}, states=STATES | {"asked": {"on": {"note": {"to": "stay", "by": "gardener"}}}, "pause": END})  # fmt: skip

    step = fire(plain, variant_of(plain), "", GARDENER, kind="comment", reason="x")

    assert step.event.public["role"] == "gardener"


# --- withdrawing


def proposed() -> Case:
    return fire(WORKFLOW, asked(), "go", data={"n": 2}).after


def test_the_proposer_withdraws_the_text_and_who_signed_is_told():
    half = fire(WORKFLOW, proposed(), "go", HEAD, kind="sign").after
    step = act(half, "withdraw", GARDENER, "go")

    assert (step.event.kind, step.after.proposals) == ("withdrawn", ())
    assert step.effects == (Tell(roles=(), persons=("tou",), why=WITHDRAWN),)


def test_a_signer_withdraws_his_signature_and_the_text_waits_again():
    half = fire(WORKFLOW, proposed(), "go", HEAD, kind="sign").after
    step = act(half, "withdraw", HEAD, "go")

    (left,) = step.after.proposals
    assert (left.needs, left.signed) == (("gardener", "head"), (("gardener", "gao"),))
    assert step.effects == (Tell(roles=(), persons=("gao",), why=WITHDRAWN),)


def test_what_cannot_be_withdrawn():
    assert code(asked(), "withdraw", GARDENER, "go") == "move.state"
    assert code(proposed(), "withdraw", STRANGER, "go") == "move.role"
    text = proposed().proposals[0]
    whole = replace(proposed(), proposals=(replace(text, needs=()),))
    assert code(whole, "withdraw", GARDENER, "go") == "move.state"


# --- claiming and handing over


def test_who_holds_the_role_of_the_state_claims_a_case_that_nobody_has():
    step = act(asked(), "claim", GARDENER)

    assert (step.event.kind, step.after.assignee) == ("claimed", "gao")
    assert code(step.after, "claim", SECOND) == "move.state"
    assert code(asked(), "claim", HEAD) == "move.role"
    assert code(asked(rival="gao"), "claim", GARDENER) == "move.role"


def test_a_state_without_assignee_is_claimed_by_nobody_and_under_an_overlay_what_lies_below_counts():
    paused = fire(WORKFLOW, asked(), "rest", HEAD).after

    assert code(replace(asked(), state="open"), "claim", GARDENER) == "move.role"
    assert act(paused, "claim", GARDENER).after.assignee == "gao"


def claimed() -> Case:
    return act(asked(), "claim", GARDENER).after


def test_until_it_is_accepted_the_giver_answers():
    handed = act(claimed(), "hand", GARDENER, to="er")
    taken = act(handed.after, "accept", SECOND)

    assert (handed.event.kind, handed.after.assignee) == ("handed", "gao")
    assert (handed.after.handing.giver, handed.after.handing.receiver) == ("gao", "er")  # type: ignore[union-attr]
    assert handed.effects == (Tell(roles=(), persons=("er",), why=HANDED),)
    assert (taken.event.kind, taken.after.assignee, taken.after.handing) == ("accepted", "er", None)
    assert taken.effects == (Tell(roles=(), persons=("gao",), why=HANDED),)


def test_refused_it_returns():
    handed = act(claimed(), "hand", GARDENER, to="er").after
    step = act(handed, "give_back", SECOND, reason="休假")

    assert (step.event.kind, step.after.assignee, step.after.handing) == ("returned", "gao", None)
    assert code(handed, "give_back", SECOND) == "move.missing"


def test_a_level_above_hands_over_what_another_has():
    assert act(claimed(), "hand", HEAD, to="er").after.handing == Handing(
        giver="gao", receiver="er", at="2026-03-02T04:00:00Z"
    )
    assert act(asked(), "hand", HEAD, to="er").after.handing is not None


@pytest.mark.parametrize(
    ("who", "to", "wanted"),
    [
        pytest.param(SECOND, "er", "move.role", id="not his"),
        pytest.param(GARDENER, "tou", "move.field", id="no post"),
        pytest.param(GARDENER, "nobody", "move.field", id="nobody"),
        pytest.param(GARDENER, "gao", "move.field", id="himself"),
    ],
)
def test_what_cannot_be_handed_over(who, to, wanted):
    assert code(claimed(), "hand", who, to=to) == wanted


def test_who_is_barred_receives_nothing():
    case = act(asked(rival="er"), "claim", GARDENER).after
    later_barred = replace(
        act(claimed(), "hand", GARDENER, to="er").after, fields={"party": "ke", "rival": "er"}
    )

    assert code(case, "hand", GARDENER, to="er") == "move.field"
    assert code(later_barred, "accept", SECOND) == "move.role"


def test_what_a_field_assigns_is_not_handed_over():
    named = fire(WORKFLOW, asked(), "name", HEAD, data={"named": "gao"}).after

    assert named.assignee == "gao"
    assert code(named, "hand", GARDENER, to="er") == "move.state"


def test_only_who_was_handed_a_case_accepts_it():
    handed = act(claimed(), "hand", GARDENER, to="er").after

    assert code(handed, "accept", GARDENER) == "move.state"
    assert code(claimed(), "accept", SECOND) == "move.state"


def test_a_new_assignee_or_the_end_ends_a_handing():
    handed = act(claimed(), "hand", GARDENER, to="er").after

    assert fire(WORKFLOW, handed, "name", HEAD, data={"named": "gao"}).after.handing is not None
    assert fire(WORKFLOW, handed, "name", HEAD, data={"named": "tou"}).after.handing is None
    assert fire(WORKFLOW, handed, "stop", HEAD).after.handing is None


# --- urging


def test_the_proposer_urges_those_whose_signature_is_missing():
    step = act(proposed(), "urge", GARDENER, "go")

    assert step.event.kind == "urged"
    assert step.effects == (Tell(roles=("head", "gardener"), persons=(), why=URGED),)
    assert code(proposed(), "urge", HEAD, "go") == "move.role"
    assert code(asked(), "urge", GARDENER, "go") == "move.state"


def test_a_party_urges_whoever_has_the_case():
    assert act(claimed(), "urge", PARTY).effects == (Tell(roles=(), persons=("gao",), why=URGED),)
    assert act(asked(), "urge", PARTY).effects == (
        Tell(roles=("gardener",), persons=(), why=URGED),
    )
    assert code(claimed(), "urge", GARDENER) == "move.role"
    assert code(claimed(), "urge", Actor(id="lu")) == "move.role"
    assert code(replace(asked(), state="open"), "urge", PARTY) == "move.state"


def test_once_a_day_and_the_third_unanswered_one_reaches_level_2():
    once = act(claimed(), "urge", PARTY).after
    twice = act(once, "urge", PARTY, now=later(once, days=1)).after
    third = act(twice, "urge", PARTY, now=later(twice, days=1))

    assert code(once, "urge", PARTY) == "move.state"
    assert third.effects == (Tell(roles=("head",), persons=("gao",), why=URGED),)
    assert [person for person, _day in third.after.urged] == ["ke"] * 3


def test_an_answer_ends_the_urging():
    once = act(claimed(), "urge", PARTY).after
    commented = act(once, "comment", GARDENER, reason="看到了").after

    assert commented.urged == once.urged
    assert fire(WORKFLOW, once, "note").after.urged == ()
