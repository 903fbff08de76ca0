"""Duties of the street or town (G), forbidden ones (F) and burdens (X) get in by no way at all.

The property is tried on cases in every state, with actors who hold every role at every unit,
over every trigger, signature, amendment and correction. It is shown not to be empty: what may
be admitted is admitted, and every mutilation of the file that would let one in is found out.
"""

import copy
from collections.abc import Callable, Sequence
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, note, settings
from hypothesis import strategies as st

from engine.case.errors import MoveRefused
from engine.case.values import Move, Publish
from engine.checking.build import load_workflow
from engine.compiling.plan import Workflow
from engine.language.load import ShelfKind
from engine.step.take import take_step
from tests.builders.shelves import SHIPPED, folder
from tests.effort import examples, more, seldom
from tests.workflows.admission_mutants import GATES, INTO_FORCE, MUTANTS, ORDER, Mutate
from tests.workflows.admission_office import (
    CODES,
    PEOPLE,
    RULES,
    emergency,
    favourable,
    moment,
    world,
)
from tests.workflows.admission_plans import STATES, Plan, a_plan
from tests.workflows.admission_verdicts import ADMITTING, verdict, wrongs
from tests.workflows.plan_player import play, variant_of
from tests.workflows.scenario_player import plain, yaml_of

Gate = tuple[str, str]
FORCING = [(trigger, state) for trigger, state, _line in INTO_FORCE]
TODAY = date(2026, 3, 2)
LOOK = 20_000
"""How many plans a search tries before it gives up: the same ones on every machine."""


def some_plan(wanted: Callable[[Plan], bool], states: Sequence[str] = STATES) -> Plan | None:
    """Return the first of the seeded plans that is as wanted, None where none is."""
    drawn = (a_plan(Random(seed), states) for seed in range(LOOK))
    return next((plan for plan in drawn if wanted(plan)), None)


@settings(max_examples=settings().max_examples * 10, suppress_health_check=[HealthCheck.too_slow])
@given(draw=st.randoms(use_true_random=False))
def test_whatever_is_tried_nothing_barred_or_unknown_is_ever_admitted(draw: Random):
    plan = a_plan(draw)
    note(str(plan))

    for taken in play(RULES, plan):
        assert wrongs(taken) == []

        state = taken.step.after.state
        if taken.step.event.kind == "moved" and state in ADMITTING:
            event(f"{state} as {verdict(taken.step.after, known=taken.world, when=taken.when)}")


@pytest.mark.parametrize(
    "seeds",
    [
        pytest.param(range(examples(everyday=1_500, full=5_000)), id="everyday", marks=more),
        pytest.param(range(5_000, 60_000), id="deep", marks=pytest.mark.slow),
    ],
)
def test_nor_by_any_of_many_seeded_plans(seeds: range):
    let_in = [
        (seed, wrong)
        for seed in seeds
        for taken in play(RULES, a_plan(Random(seed)))
        if (wrong := wrongs(taken))
    ]

    assert let_in == []


@pytest.mark.parametrize(
    ("state", "kind"),
    [(state, kind) for state, kinds in ADMITTING.items() for kind in sorted(kinds)],
)
def test_what_may_be_admitted_is_admitted_by_some_of_the_same_plans(state: str, kind: str):
    def admits(plan: Plan) -> bool:
        return any(
            taken.step.event.kind == "moved"
            and taken.step.after.state == state
            and verdict(taken.step.after, known=taken.world, when=taken.when) == kind
            for taken in play(RULES, plan)
        )

    assert some_plan(admits) is not None


# --- every gate, one obstacle at a time

OBSTACLES: dict[str, dict[str, Any]] = {
    **{f"matches a row of class {kind}": {"matched": CODES[kind][:1]} for kind in "GFXN"},
    "matches every row": {"matched": [code for codes in CODES.values() for code in codes]},
    **{
        f"sign: {sign}": {"any_signs": None, "signs": [sign]}
        for sign in ("pledge", "targets", "deduction", "penalty", "decides", "first")
    },
    "signs that are not named": {"any_signs": "yes"},
    "signs that are denied": {"any_signs": "no", "signs": ["targets"]},
    "the community responsible": {"responsible_kind": "community", "field_of": "demolition"},
    "an official power": {"official_power": "yes"},
    "acts of power": {"verbs": ["publicise", "power"]},
    **{
        f"burden: {burden}": {"any_burdens": None, "burdens": [burden]}
        for burden in RULES.fields["burdens"].options or ()
    },
    "more than assistance": {"verbs": ["publicise", "other"]},
    "no act named at all": {"verbs": []},
    "a community named as responsible": {"responsible": "heshun"},
    "burdens that are not named": {"any_burdens": "yes"},
    "burdens that are denied": {"any_burdens": "no", "burdens": ["app"]},
    "neither the area nor the responsible body known": {"field_of": None, "responsible_kind": None},
    **{
        f"{question} unanswered": {question: None}
        for question in ("responsible_kind", "any_signs", "official_power", "any_burdens")
    },
}


def _through(gate: Gate, fields: dict[str, Any]) -> str:
    """Return where a gate leads, passed by somebody with every role and every datum."""
    trigger, state = gate
    plan = Plan(state=state, day=TODAY, fields=fields, overdue=False, wishes=())
    branch = RULES.branches[state, trigger][0]
    asked = {name: fields[name] for name in branch.definition.asks if fields[name] is not None}
    move = Move(actor=PEOPLE[0], trigger=trigger, data=asked)
    return take_step(RULES, variant_of(plan), move, now=moment(TODAY), world=world()).after.state


def test_the_gates_are_all_the_ways_into_the_admitting_states():
    ways = {
        (trigger, state)
        for (state, trigger), branches in RULES.branches.items()
        for branch in branches
        if branch.definition.to in {*ADMITTING, "back"}
    }

    assert ways == set(GATES)
    assert not {branch.definition.to for branch in RULES.openings} & ADMITTING.keys()


def _fields(gate: Gate) -> dict[str, Any]:
    return emergency(TODAY) if gate[0] == ORDER else favourable(TODAY)


@pytest.mark.parametrize("gate", GATES, ids=" in ".join)
def test_a_gate_lets_through_what_may_be_admitted(gate: Gate):
    assert _through(gate, _fields(gate)) in {*ADMITTING, "paused", "under_review"}


FUNDLESS: dict[str, dict[str, Any]] = {
    "no funds": {"funds": "0"},
    "funds that never came": {"funds_arrived_on": None},
    "no conditions": {"conditions": None},
    "conditions that are not ready": {"conditions_ready": False},
}


@pytest.mark.parametrize("missing", FUNDLESS.values(), ids=FUNDLESS)
@pytest.mark.parametrize("gate", FORCING, ids=" in ".join)
def test_nothing_comes_into_force_without_funds_and_conditions(gate: Gate, missing: dict[str, Any]):
    with pytest.raises(MoveRefused) as refused:
        _through(gate, {**_fields(gate), **missing})

    assert {reason.code for reason in refused.value.reasons} == {"move.guard"}


def test_the_statement_that_the_community_signed_stands_for_funds_a_file_alone_does_not():
    fields = {**favourable(TODAY), "funds_arrived_on": None}
    case = variant_of(
        Plan(state="funding_pending", day=TODAY, fields=fields, overdue=False, wishes=())
    )
    move = Move(actor=PEOPLE[0], trigger="activate")
    signed = take_step(
        RULES, case, Move(actor=PEOPLE[0], trigger="sign_no_cost", data={"no_cost_signed": "说明.pdf"}),
        now=moment(TODAY), world=world(),
    ).after  # fmt: skip

    with pytest.raises(MoveRefused):
        take_step(RULES, case, move, now=moment(TODAY), world=world())

    assert take_step(RULES, signed, move, now=moment(TODAY), world=world()).after.state == "active"


@pytest.mark.parametrize("obstacle", OBSTACLES.values(), ids=OBSTACLES)
@pytest.mark.parametrize("gate", GATES, ids=" in ".join)
def test_a_gate_stays_shut_for_one_obstacle_alone(gate: Gate, obstacle: dict[str, Any]):
    with pytest.raises(MoveRefused) as refused:
        _through(gate, {**_fields(gate), **obstacle})

    assert {reason.code for reason in refused.value.reasons} <= {"move.guard", "move.missing"}


@pytest.mark.parametrize("kind", ["G", "F", "X", "N"])
def test_a_row_of_this_class_is_rejected_with_its_class_and_a_second_signature(kind: str):
    for code in CODES[kind]:
        fields = {**favourable(TODAY), "matched": [code]}
        case = variant_of(
            Plan(state="classifying", day=TODAY, fields=fields, overdue=False, wishes=())
        )
        data = {"reason": "不得准入", "redirect": "由部门办理", "reply_on": "2026-03-02"}

        put = take_step(RULES, case, Move(actor=PEOPLE[0], trigger="reject", data=data),
                        now=moment(TODAY), world=world()).after  # fmt: skip
        shown = put.proposals[0].hash
        signing = Move(actor=PEOPLE[1], kind="sign", trigger="reject", hash=shown)
        signed = take_step(RULES, put, signing,
                           now=moment(TODAY, 11), world=world()).after  # fmt: skip

        assert verdict(put, known=world(), when=moment(TODAY)) == kind, code
        assert (put.state, signed.state, signed.outcome) == ("classifying", "rejected", "negative")
        assert "refusal" in signed.documents


@pytest.mark.parametrize("state", ["active", "paused", "under_review"])
@pytest.mark.parametrize("kind", ["G", "F", "X", "N"])
def test_what_turns_out_barred_while_in_force_is_taken_off_the_list(state: str, kind: str):
    fields = {**favourable(TODAY), "matched": CODES[kind][:1], "breach": False}
    case = variant_of(Plan(state=state, day=TODAY, fields=fields, overdue=False, wishes=()))
    data = {"reason": "归类有误", "redirect": "由部门办理", "reply_on": "2026-03-02"}
    move = Move(actor=PEOPLE[0], trigger="exit_item", data=data)

    step = take_step(RULES, case, move, now=moment(TODAY), world=world())

    assert step.after.state == "exited"
    assert [
        (effect.drop, effect.row["code"]) for effect in step.effects if isinstance(effect, Publish)
    ] == [(True, case.number)]


# --- mutants: every way to let one in is found out


def _mutant(mutate: Mutate) -> tuple[Workflow, Sequence[str]]:
    """Return a mutilated file, and the states it was mutilated in (all, if in none)."""
    whole = plain(SHIPPED / "access_control.yaml")
    file = copy.deepcopy(whole)
    mutate(file)
    states = [name for name, state in file["states"].items() if state != whole["states"][name]]
    states += [
        state
        for name, group in file["groups"].items()
        if group != whole["groups"].get(name)
        for state in group["states"]
        if state in file["states"]
    ]
    workflow = load_workflow(yaml_of(file), file="mutant.yaml", shelf=_without_packs)
    return workflow, states or STATES


def _without_packs(kind: ShelfKind, name: str) -> tuple[str, str] | None:
    """Keep rule packs out: some would refuse the file before the search could look at it."""
    return None if kind == "pack" else folder(SHIPPED)(kind, name)


@pytest.mark.parametrize("mutate", seldom(MUTANTS))
def test_a_file_that_lets_one_in_is_found_out(mutate: Mutate):
    mutant, states = _mutant(mutate)

    def lets_in(plan: Plan) -> bool:
        return any(wrongs(taken) for taken in play(mutant, plan))

    assert some_plan(lets_in, states) is not None
