"""Duties of the street or town (G), forbidden ones (F) and burdens (X) get in by no way at all.

The property is tried on cases in every state, with actors who hold every role at every unit,
over every trigger, signature, amendment and correction. It is shown not to be empty: what may
be admitted is admitted, and every mutilation of the file that would let one in is found out.
"""

import copy
from collections.abc import Callable
from datetime import date
from random import Random
from typing import Any

import pytest
from hypothesis import HealthCheck, event, given, note, settings
from hypothesis import strategies as st

from engine.definitions.build import load_workflow
from engine.errors import MoveRefused
from engine.plan import Workflow
from engine.step import take_step
from engine.values import Move
from tests.builders.shelves import SHIPPED, folder
from tests.workflows.admission import (
    ADMITTING,
    CODES,
    PEOPLE,
    RULES,
    Plan,
    a_plan,
    case_of,
    emergency,
    favourable,
    moment,
    play,
    verdict,
    world,
    wrongs,
)
from tests.workflows.stage import plain, yaml_of

TODAY = date(2026, 3, 2)
LOOK = 20_000
"""How many plans a search tries before it gives up: the same ones on every machine."""


def some_plan(wanted: Callable[[Plan], bool]) -> Plan | None:
    """Return the first of the seeded plans that is as wanted, None where none is."""
    drawn = (a_plan(Random(seed)) for seed in range(LOOK))
    return next((plan for plan in drawn if wanted(plan)), None)


@settings(
    max_examples=settings.default.max_examples * 10, suppress_health_check=[HealthCheck.too_slow]
)
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
        pytest.param(range(5_000), id="everyday"),
        pytest.param(range(5_000, 200_000), id="deep", marks=pytest.mark.slow),
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
    ("state", "kind"), [(state, kind) for state, kinds in ADMITTING.items() for kind in sorted(kinds)]
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

GATES = {
    "consult": "classifying",
    "summarise": "consulting",
    "approve": "joint_review",
    "activate": "funding_pending",
    "resume": "paused",
    "renew": "under_review",
    "register_emergency": "draft",
}
"""Every trigger that leads into an admitting state, and where it is offered."""

OBSTACLES: dict[str, dict[str, Any]] = {
    **{f"matches a row of class {kind}": {"matched": CODES[kind][:1]} for kind in "GFX"},
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
        for burden in ("assessment", "ranking", "veto", "plaque", "ledger", "app", "duplicate")
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


def _through(trigger: str, fields: dict[str, Any]) -> str:
    """Return where a trigger leads, fired by somebody with every role and every datum."""
    plan = Plan(state=GATES[trigger], day=TODAY, fields=fields, overdue=False, wishes=())
    branch = RULES.branches[GATES[trigger], trigger][0]
    asked = {name: fields[name] for name in branch.rule.asks if fields[name] is not None}
    move = Move(actor=PEOPLE[0], trigger=trigger, data=asked)
    return take_step(RULES, case_of(plan), move, now=moment(TODAY), world=world()).after.state


def test_the_gates_are_all_the_ways_into_the_admitting_states():
    ways = {
        trigger: state
        for (state, trigger), branches in RULES.branches.items()
        for branch in branches
        if branch.rule.to in ADMITTING
    }

    assert ways == GATES
    assert not {branch.rule.to for branch in RULES.openings} & ADMITTING.keys()


@pytest.mark.parametrize("trigger", GATES)
def test_a_gate_lets_through_what_may_be_admitted(trigger: str):
    fields = emergency(TODAY) if trigger == "register_emergency" else favourable(TODAY)

    assert _through(trigger, fields) in ADMITTING


@pytest.mark.parametrize("obstacle", OBSTACLES.values(), ids=OBSTACLES)
@pytest.mark.parametrize("trigger", GATES)
def test_a_gate_stays_shut_for_one_obstacle_alone(trigger: str, obstacle: dict[str, Any]):
    fields = emergency(TODAY) if trigger == "register_emergency" else favourable(TODAY)

    with pytest.raises(MoveRefused) as refused:
        _through(trigger, {**fields, **obstacle})

    assert {reason.code for reason in refused.value.reasons} <= {"move.guard", "move.missing"}


@pytest.mark.parametrize("kind", ["G", "F", "X"])
def test_a_row_of_this_class_is_rejected_with_its_class_and_a_second_signature(kind: str):
    for code in CODES[kind]:
        fields = {**favourable(TODAY), "matched": [code]}
        case = case_of(Plan(state="classifying", day=TODAY, fields=fields, overdue=False, wishes=()))
        data = {"reason": "不得准入", "redirect": "由部门办理", "reply_on": "2026-03-02"}

        put = take_step(RULES, case, Move(actor=PEOPLE[0], trigger="reject", data=data),
                        now=moment(TODAY), world=world()).after  # fmt: skip
        signed = take_step(RULES, put, Move(actor=PEOPLE[1], kind="sign", trigger="reject"),
                           now=moment(TODAY, 11), world=world()).after  # fmt: skip

        assert verdict(put, known=world(), when=moment(TODAY)) == kind, code
        assert (put.state, signed.state, signed.outcome) == ("classifying", "rejected", "negative")
        assert "refusal" in signed.documents


# --- mutants: every way to let one in is found out

File = dict[str, Any]
Mutate = Callable[[File], None]


def _without(where: tuple[str, ...], line: str) -> Mutate:
    """Drop one line of a guard."""

    def mutate(file: File) -> None:
        state, trigger = where
        move = file["states"][state]["on"][trigger]
        kept = [one for one in move["when"] if one["that"] != line]
        assert len(kept) == len(move["when"]) - 1, f"'{trigger}' has no line '{line}'"
        move["when"] = kept

    return mutate


def _classed(rule: str, kind: str) -> Mutate:
    """Let one rule of the verdict give another class."""

    def mutate(file: File) -> None:
        next(r for r in file["tables"]["verdict"]["rules"] if r["id"] == rule)["then"]["class"] = kind

    return mutate


def _no_rule(rule: str) -> Mutate:
    def mutate(file: File) -> None:
        table = file["tables"]["verdict"]
        kept = [r for r in table["rules"] if r["id"] != rule]
        assert len(kept) == len(table["rules"]) - 1
        table["rules"] = kept

    return mutate


def _fact(name: str, is_: str) -> Mutate:
    def mutate(file: File) -> None:
        assert name in file["facts"]
        file["facts"][name]["is"] = is_

    return mutate


def _moved(state: str, trigger: str, **changes: Any) -> Mutate:
    """Change or add a transition."""

    def mutate(file: File) -> None:
        moves = file["states"][state].setdefault("on", {})
        moves[trigger] = {**moves.get(trigger, {}), **changes}

    return mutate


def _order(file: File) -> None:
    """Let the leaders order an item into force wherever the case stands."""
    file["groups"]["ordered"] = {
        "states": ["all open"], "on": {"order": {"to": "active", "by": ["leaders"]}},
    }  # fmt: skip


def _opened_active(file: File) -> None:
    file["opening"][0]["to"] = "active"


def _published_active(file: File) -> None:
    file["states"]["active"]["on"]["suspend"]["publishes"]["put"]["active"] = True


def _published_class(file: File) -> None:
    file["states"]["funding_pending"]["on"]["activate"]["publishes"]["put"]["class"] = "S"


def _answered_by_silence(file: File) -> None:
    fact = file["facts"]["bears_burdens"]
    fact["is"] = "size(burdens) > 0 || (filled.any_burdens && any_burdens == 'yes')"


ASSISTANCE, ELSEWHERE = "assistance_only || verdict.class == 'S'", "responsible_elsewhere"
MUTANTS: dict[str, Mutate] = {
    **{
        f"{trigger} without its guard": _without((state, trigger), "admissible")
        for trigger, state in GATES.items()
        if trigger != "register_emergency"
    },
    "emergency without its guard": _without(("draft", "register_emergency"), "verdict.class == 'E'"),
    **{
        f"{trigger} without asking for assistance only": _without((state, trigger), ASSISTANCE)
        for trigger, state in GATES.items()
        if trigger != "register_emergency"
    },
    **{
        f"{trigger} without asking who is responsible": _without((state, trigger), ELSEWHERE)
        for trigger, state in GATES.items()
        if trigger != "register_emergency"
    },
    "emergency with more than assistance": _without(("draft", "register_emergency"), "assistance_only"),
    "emergency with a community responsible": _without(
        ("draft", "register_emergency"), "responsible.level != 'community'"
    ),
    "F counts as A": _classed("D4.2", "A"),
    "G counts as S": _classed("D4.3", "S"),
    "X counts as A": _classed("D4.4", "A"),
    "no basis counts as A": _classed("D4.9", "A"),
    "a service counts as A": _classed("D4.8", "A"),
    "no rule against F": _no_rule("D4.2"),
    "no rule against G": _no_rule("D4.3"),
    "no rule against X": _no_rule("D4.4"),
    "admissible unless F": _fact("admissible", "verdict.class != 'F'"),
    "admissible unless barred": _fact("admissible", "!barred"),
    "G rows are overlooked": _fact("matched_official", "false"),
    "F rows are overlooked": _fact("matched_forbidden", "false"),
    "X rows are overlooked": _fact("matched_burden", "false"),
    "power is overlooked": _fact("uses_power", "'decides' in signs"),
    "signs must be named": _fact("bears_signs", "size(signs) > 0"),
    "silence is an answer": _answered_by_silence,
    "the leaders override a rejection": _moved("rejected", "override", to="active", by=["leaders"]),
    "anyone revives what was withdrawn": _moved("withdrawn", "revive", to="funding_pending", by="anyone"),
    "the clock admits": _moved("funding_pending", "elapse", to="active", by=["clock"]),
    "the clock approves": _moved("joint_review", "elapse", to="funding_pending", by=["clock"]),
    "the review leads around the verdict": _moved("appealed", "overturn", to="joint_review"),
    "an order from above": _order,
    "opened in force": _opened_active,
    "a suspended item stays active": _published_active,
    "published under another class": _published_class,
}


def _mutant(mutate: Mutate) -> Workflow:
    file = copy.deepcopy(plain(SHIPPED / "access_control.yaml"))
    mutate(file)
    return load_workflow(yaml_of(file), file="mutant.yaml", shelf=folder(SHIPPED))


@pytest.mark.parametrize("mutate", MUTANTS.values(), ids=MUTANTS)
def test_a_file_that_lets_one_in_is_found_out(mutate: Mutate):
    mutant = _mutant(mutate)

    def lets_in(plan: Plan) -> bool:
        return any(wrongs(taken) for taken in play(mutant, plan))

    assert some_plan(lets_in) is not None

