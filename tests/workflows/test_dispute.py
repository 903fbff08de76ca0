"""What holds in a dispute whatever is tried: who answers, refusals, grades, replies.

Seeded walks of staff, parties and links; each property is shown not to be empty by what the walks
came to. What merges keep is tried on a store: ``test_dispute_store.py``.
"""

from collections import Counter
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engine.case.values import Case, Move
from engine.facts.facts import Facts
from engine.facts.roles import standing
from engine.step.take import take_step
from tests.workflows.admission_office import moment
from tests.workflows.dispute_walks import (
    DAY,
    RULES,
    STAFF,
    WORLD,
    Granted,
    a_dispute,
    parties,
    walk,
)

WALKS = 1000
"""How many walks are tried: the same ones on every machine."""
OFFERS = {"visit", "settled", "ask_will", "mediate"}
"""What brings the sides together, or asks them to come."""


@pytest.fixture(scope="module")
def walks() -> list[list[Granted]]:
    """The granted steps of each walk."""
    return [list(walk(Random(seed))) for seed in range(WALKS)]


def _refusers(case: Case) -> set[str]:
    rows: Any = case.fields.get("parties", [])
    return {row["person"] for row in rows if row["will"] == "refuses"}


def test_the_walks_come_to_every_move_that_one_case_can_make(walks):
    met = Counter(granted.trigger for steps in walks for granted in steps)

    assert {t for on in RULES.triggers.values() for t in on} - set(met) == {"merge", "separate"}


# --- who answers


def test_from_the_first_receipt_on_somebody_answers_and_the_first_is_never_forgotten(walks):
    for steps in walks:
        for granted in steps:
            first = granted.before.fields.get("first_receiver")
            if first is not None:
                assert granted.after.fields["first_receiver"] == first
            if "first_receiver" in granted.after.fields:
                assert granted.after.fields["answerable"]


def test_responsibility_passes_to_nobody_who_did_not_take_it_by_an_entry_of_their_own(walks):
    passed = 0
    for granted in (one for steps in walks for one in steps):
        now = granted.after.fields.get("answerable")
        if now != granted.before.fields.get("answerable"):
            assert now == granted.actor.id
            assert granted.trigger in {"receive", "take_over", "end"}
            passed += 1

    assert passed


def test_until_the_other_body_has_accepted_the_first_receiver_can_act_and_is_reminded(walks):
    waiting = 0
    for granted in (one for steps in walks for one in steps):
        case = granted.after
        if case.state != "referring":
            continue
        who = Facts(RULES, case, WORLD, now=moment(granted.day))
        named = next(one for one in STAFF if one.id == case.fields["answerable"])
        party = named.id in {row["person"] for row in case.fields.get("parties", [])}
        assert bool(standing(["receiver"], named, who)) is not party
        assert any(r.clock == "handover" and r.ended is None for r in case.runs)
        waiting += 1

    assert waiting


def test_a_referral_is_over_only_with_an_acceptance_and_a_word_to_who_brought_it(walks):
    over = [g for steps in walks for g in steps if g.after.state == "referred" != g.before.state]

    assert over
    for granted in over:
        fields = granted.after.fields
        assert fields["sent_on"] <= fields["taken_on"] <= granted.day.isoformat()
        assert fields.get("told") or fields.get("unreachable")


def test_nothing_ends_without_a_reply_or_the_record_that_nobody_can_be_reached(walks):
    ends = [
        granted
        for steps in walks
        for granted in steps
        if RULES.is_final(granted.after.state) and granted.before.state != granted.after.state
    ]

    assert {granted.after.state for granted in ends} == {
        "to_mediation", "referred", "resolved_on_site", "no_action",
    }  # fmt: skip
    for granted in ends:
        fields = granted.after.fields
        assert {"reply_on"} & set(fields) or fields.get("told") or fields.get("unreachable")


# --- refusals and violence


def test_after_a_refusal_there_is_no_offer_without_new_facts_and_one_with_them_at_most(walks):
    refused = offered = 0
    for steps in walks:
        for granted in steps:
            if not _refusers(granted.before):
                continue
            refused += 1
            assert granted.trigger not in OFFERS
            if granted.trigger == "offer_again":
                assert granted.after.fields["new_facts"]
                offered += 1
        assert sum(granted.trigger == "offer_again" for granted in steps) <= 1

    assert refused
    assert offered


def test_a_refusal_is_written_over_by_nothing_but_an_offer_on_new_facts(walks):
    for granted in (one for steps in walks for one in steps):
        if granted.trigger != "offer_again":
            assert _refusers(granted.before) <= _refusers(granted.after)


def test_no_refusal_leaves_a_mark_on_a_person(walks):
    columns = set(RULES.fields["parties"].of or ())

    assert columns == {"person", "side", "will"}
    assert not RULES.definition.counts
    for granted in (one for steps in walks for one in steps):
        if granted.trigger == "note_refusal":
            assert granted.after.outcome == "neutral"
            assert "issued" in granted.after.documents["remedies_note"]


def test_where_violence_is_in_question_nobody_is_brought_together_and_nothing_is_dropped(walks):
    violent = [
        granted
        for steps in walks
        for granted in steps
        if granted.before.fields.get("violence") or granted.before.fields.get("minor_harmed")
    ]

    assert violent
    assert not {granted.trigger for granted in violent} & {*OFFERS, "offer_again", "drop"}


def test_a_merge_never_lifts_a_seal(walks):
    flagged = ("violence", "minor_harmed")
    for steps in walks:
        for earlier, later in pairwise(steps):
            for flag in flagged:
                if earlier.after.fields.get(flag) and later.trigger == "absorb":
                    assert later.after.fields[flag]


# --- the grade


def _graded(case: Case, data: dict[str, Any], who: int) -> Any:
    move = Move(actor=STAFF[who], trigger="grade", data=data)
    return take_step(RULES, case, move, now=moment(DAY), world=WORLD).after.fields["grade"]


@given(
    seeds=st.tuples(st.integers(0, 9999), st.integers(0, 9999)),
    harm=st.sampled_from(["slight", "loss", "body"]),
    affected=st.integers(1, 500),
    urgency=st.sampled_from(["can_wait", "weeks", "days"]),
)
def test_the_grade_is_the_same_whoever_the_sides_are_and_whoever_grades(
    seeds: tuple[int, int], harm: str, affected: int, urgency: str
):
    data = {"harm": harm, "affected": affected, "urgency": urgency, "not_suited": False}
    clue = a_dispute(Random(1))
    received = {**clue.fields, "first_receiver": "zhao", "answerable": "zhao"}
    grades = set()
    for seed in seeds:
        draw = Random(seed)
        people = {"parties": parties(draw), "reporter": draw.choice(["wu", "xu"])}
        case = _with(clue, {**received, **people})
        graders = [who for who in (0, 2) if STAFF[who].id not in str(people)]
        grades |= {_graded(case, data, who) for who in graders}

    assert len(grades) == 1


def _with(case: Case, fields: dict[str, Any]) -> Case:
    return type(case)(
        **{name: getattr(case, name) for name in case.__dataclass_fields__} | {"fields": fields}
    )


def test_the_grading_reads_three_answers_about_the_dispute_and_nothing_else():
    table = RULES.tables["grading"]

    names = {name for rule in table.rules for one in rule.conditions for name in one.names}

    assert names == {"harm", "affected", "urgency", "params.many_affected"}
