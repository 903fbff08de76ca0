"""Substitutes: an absence lends posts for its days, and four eyes stay four."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case.codec import proposal_from_plain, proposal_to_plain
from engine.case.errors import MoveRefused
from engine.case.values import Actor, Case
from engine.facts.reading import may_read
from engine.facts.roles import standing
from engine.step.offers import amendable, offers
from tests.builders.club_worlds import GARDENER, HEAD, facts_of, fire, later, variant_of, world
from tests.builders.toy_workflows import END, field, toy

WORKFLOW = toy(
    roles={
        "gardener": {"level": "garden"},
        "head": {"level": "region", "never": ["rival"]},
        "keeper": {"level": "garden", "in_case": "keeper"},
        "party": {"in_case": "party", "recorded_by": ["gardener"]},
    },
    fields={n: field("person") for n in ("rival", "keeper", "party")} | {"n": field("integer")},
    states={
        "asked": {
            "amends": {"by": ["gardener"], "fields": ["n"]},
            "on": {
                "go": {"to": "done", "by": "gardener", "cosign": ["head"], "asks": ["n"]},
                "stop": {"to": "done", "by": "head"},
                "keep": {"to": "stay", "by": "keeper"},
                "agree": {"to": "stay", "by": "party"},
                "mine": {"to": "stay", "by": "opener"},
            },
        },
        "done": END,
    },
)  # fmt: skip
AWAY_HEAD = Actor(id="tou", posts=(("head", "top"),))
AWAY_GARDENER = Actor(id="gao", posts=(("gardener", "north"), ("keeper", "north")))
STANDS_IN = Actor(id="dai", lent=(AWAY_HEAD,))


def asked(**data: Any) -> Case:
    return variant_of(WORKFLOW, data=data)


def codes(case: Case, trigger: str, who: Actor, **more: Any) -> list[str]:
    with pytest.raises(MoveRefused) as refused:
        fire(WORKFLOW, case, trigger, who, **more)
    return [reason.code for reason in refused.value.reasons]


def test_a_substitute_acts_by_the_post_that_is_lent_and_the_event_says_for_whom():
    step = fire(WORKFLOW, asked(), "stop", STANDS_IN)

    assert (step.event.actor, step.event.public["acting_for"]) == ("dai", "tou")
    assert step.event.public["role"] == "head"


def test_what_is_ones_own_comes_first():
    both = Actor(id="dai", posts=(("head", "top"),), lent=(AWAY_HEAD,))

    assert "acting_for" not in fire(WORKFLOW, asked(), "stop", both).event.public


def test_a_place_in_the_case_that_needs_a_post_is_lent_a_party_s_never():
    case = asked(keeper="gao", party="gao")
    who = Actor(id="dai", lent=(AWAY_GARDENER,))

    assert fire(WORKFLOW, case, "keep", who).event.public["acting_for"] == "gao"
    assert codes(case, "agree", who) == ["move.role"]
    assert codes(case, "mine", who) == ["move.role"]


def test_amending_and_correcting_are_lent_too():
    who = Actor(id="dai", lent=(AWAY_GARDENER,))

    amended = fire(WORKFLOW, asked(), "", who, kind="amend", data={"n": 3})
    corrected = fire(WORKFLOW, amended.after, "", who, kind="correct", data={"n": 4}, reason="slip")

    assert amended.event.public["acting_for"] == corrected.event.public["acting_for"] == "gao"
    assert amendable(WORKFLOW, asked(), who, now=later(asked()), world=world()).fields == ("n",)


def test_a_substitute_records_for_a_party_and_both_are_named():
    who = Actor(id="dai", lent=(AWAY_GARDENER,))

    public = fire(WORKFLOW, asked(party="ke"), "agree", who, on_behalf_of="ke").event.public

    assert (public["on_behalf_of"], public["acting_for"]) == ("ke", "gao")


@pytest.mark.parametrize("rival", ["dai", "tou"])
def test_where_either_is_barred_neither_acts(rival):
    assert codes(asked(rival=rival), "stop", STANDS_IN) == ["move.barred"]


def test_nothing_is_lent_on():
    third = Actor(id="san", lent=(STANDS_IN,))

    assert codes(asked(), "stop", third) == ["move.role"]


def test_a_signature_counts_for_the_pair():
    proposed = fire(WORKFLOW, asked(), "go", data={"n": 2}).after
    signed = fire(WORKFLOW, proposed, "go", STANDS_IN, kind="sign")

    assert signed.after.state == "done"
    assert (signed.event.public["acting_for"], signed.event.public["signed"]) == (
        "tou", [["gardener", "gao"], ["head", "dai"]],
    )  # fmt: skip


def test_whoever_signed_already_signs_for_nobody_else():
    gao = Actor(id="gao", posts=(("gardener", "north"),), lent=(AWAY_HEAD,))
    proposed = fire(WORKFLOW, asked(), "go", gao, data={"n": 2}).after

    assert codes(proposed, "go", gao, kind="sign") == ["move.role"]


def test_for_whom_somebody_proposed_does_not_sign_and_nobody_for_them():
    who = Actor(id="dai", lent=(AWAY_GARDENER,))
    proposed = fire(WORKFLOW, asked(), "go", who, data={"n": 2}).after
    back = Actor(id="gao", posts=(("head", "top"), ("gardener", "north")))
    other = Actor(id="san", lent=(back,))

    assert proposed.proposals[0].people == {"dai", "gao"}
    assert codes(proposed, "go", back, kind="sign") == ["move.role"]
    assert codes(proposed, "go", other, kind="sign") == ["move.role"]
    mine = [o.signs for o in offers(WORKFLOW, proposed, other, now=later(proposed), world=world())]
    assert True not in mine
    assert fire(WORKFLOW, proposed, "go", HEAD, kind="sign").after.state == "done"


def test_a_proposal_keeps_for_whom_it_was_signed():
    who = Actor(id="dai", lent=(AWAY_GARDENER,))
    proposal = fire(WORKFLOW, asked(), "go", who, data={"n": 2}).after.proposals[0]
    plain = proposal_to_plain(proposal)

    assert plain["acting"] == [["dai", "gao"]]
    assert proposal_from_plain(plain) == proposal
    own = fire(WORKFLOW, asked(), "go", GARDENER, data={"n": 2}).after.proposals[0]
    assert "acting" not in proposal_to_plain(own)


POSTS = st.lists(
    st.tuples(st.sampled_from(("gardener", "head", "keeper")), st.sampled_from(("north", "top"))),
    max_size=3,
).map(tuple)
NAMES = st.sampled_from(("gao", "tou", "dai"))


@given(
    NAMES, POSTS, NAMES, POSTS, NAMES,
    st.sampled_from(("gardener", "head", "keeper", "party", "opener")),
)  # fmt: skip
def test_what_is_lent_is_what_the_absent_may_do_and_neither_is_barred(
    mine, posts, theirs, lent_posts, rival, word
):
    facts = facts_of(WORKFLOW, fields={"rival": rival, "keeper": "gao", "party": "gao"})
    other = Actor(id=theirs, posts=lent_posts)

    own = standing((word,), Actor(id=mine, posts=posts), facts)
    with_lent = standing((word,), Actor(id=mine, posts=posts, lent=(other,)), facts)
    alone = standing((word,), other, facts)

    if own:
        assert with_lent == own
    elif with_lent:
        assert alone
        assert word in {"gardener", "head", "keeper"}
        assert with_lent.acting_for == theirs
        assert not (word == "head" and rival in {mine, theirs})
    else:
        assert not alone or word in {"party", "opener"} or (word == "head" and rival == mine)


def test_what_is_sealed_is_read_by_no_substitute():
    workflow = toy(
        roles={"head": {"level": "region"}},
        readers={"internal": ["head"], "sealed": ["head"]},
        fields={
            "plain": {"type": "text", "privacy": "internal"},
            "notes": {"type": "text", "privacy": "sealed"},
        },
    )
    facts = facts_of(workflow, fields={"plain": "a", "notes": "b"})

    assert [may_read(name, AWAY_HEAD, facts) for name in ("plain", "notes")] == [True, True]
    assert [may_read(name, STANDS_IN, facts) for name in ("plain", "notes")] == [True, False]
