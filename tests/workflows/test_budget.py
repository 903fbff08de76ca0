"""Votes make the order, the money is never exceeded, no duty is funded, nobody's ballot is kept.

The properties are tried on seeded walks of everybody; each is shown not to be empty, and every
mutilation of the file that breaks it is found out.
"""

from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass
from random import Random

import pytest

from engine.compiling.plan import Workflow
from tests.effort import seldom
from tests.workflows.budget_rights import CHECKS
from tests.workflows.budget_walks import RULES, walk
from tests.workflows.consultation_mutants import Mutate, both, change, fact, mutilated, without
from tests.workflows.consultation_walks import Path

WALKS = 250
"""How many walks are tried: the same ones on every machine."""
LOOK = 400
"""How many walks a search tries on a mutilated file before it gives up."""
Stands = dict[str, list[Path]]
CHOICES = ("votes", "votes_for", "vote", "ballot", "choice", "chosen", "rank")


@pytest.fixture(scope="module")
def paths() -> list[Path]:
    """The path after each granted step of each walk."""
    return [path for seed in range(WALKS) for path in walk(RULES, Random(seed))]


@pytest.fixture(scope="module")
def stands(paths: list[Path]) -> Stands:
    """Cases by the state they came to: where a search on a mutilated file goes on from."""
    found: Stands = {}
    for path in paths:
        found.setdefault(path[-1].after.state, []).append(path)
    return {state: Random(state).sample(there, len(there)) for state, there in found.items()}


@pytest.mark.parametrize("name", CHECKS)
def test_whatever_is_tried_it_holds(name: str, paths: list[Path]):
    assert [wrong for path in paths for wrong in CHECKS[name](path)] == []


@pytest.mark.slow
@pytest.mark.parametrize("block", range(10))
def test_it_holds_in_many_more_walks(block: int):
    seeds = range(10_000 + 1_000 * block, 11_000 + 1_000 * block)
    found = (path for seed in seeds for path in walk(RULES, Random(seed)))

    assert [(name, w) for path in found for name in CHECKS for w in CHECKS[name](path)] == []


def test_the_walks_come_to_every_stage_and_to_what_the_properties_are_about(paths: list[Path]):
    met = Counter(path[-1].trigger for path in paths)
    adopted = [
        path[-1]
        for path in paths
        if path[-1].trigger == "adopt" and path[-1].after.state == "posted"
    ]
    left_out = [
        one for one in adopted
        if any(not row.get("chosen") and int(row["votes"]) * 2 > int(str(one.after.fields["present"]))
               for row in one.rows("proposals") if "votes" in row)
    ]  # fmt: skip
    again = [one for one in adopted if one.after.taken["open_vote"] > 1]

    assert {path[-1].after.state for path in paths} == set(RULES.definition.states)
    assert all(met[one] for one in ("uphold", "send_back", "object", "pay", "close", "fail_quorum"))
    assert left_out
    assert again
    assert any(row.get("official_duty") for one in adopted for row in one.rows("proposals"))


# --- by the form of the file: no ballot, no payment without a contract


def ballots_of(workflow: Workflow) -> list[str]:
    """Return what would keep somebody's ballot: a person beside a choice, or a choice by itself."""
    found = []
    for name, field in workflow.fields.items():
        columns = field.of if isinstance(field.of, dict) else {}
        persons = [one for one, part in columns.items() if part.type == "person"]
        choices = [one for one in columns if one in CHOICES]
        if persons and (choices or (field.means != "applicant" and len(columns) > 2)):
            found.append(name)
        if field.type == "person":
            found.append(name)
    return found


def test_no_list_holds_a_person_beside_a_choice():
    assert ballots_of(RULES) == []


def test_a_payment_is_a_column_of_a_contract_and_stands_nowhere_else():
    money = {
        (name, column)
        for name, field in RULES.fields.items()
        for column, part in (field.of if isinstance(field.of, dict) else {"": field}).items()
        if part.type == "money"
    }

    assert money == {
        ("amount", ""), ("spent", ""), ("proposals", "cost"), ("contracts", "price"), ("contracts", "paid"),
    }  # fmt: skip


def test_votes_and_choices_are_entered_where_the_meeting_votes_and_nowhere_else():
    ways = {
        (state, part.edits["proposals"])
        for state, parts in RULES.amendments.items()
        for part in parts
        if {"votes", "chosen"} & set(part.edits.get("proposals", ()))
    }
    moves = {
        trigger
        for (_state, trigger), branches in RULES.branches.items()
        for branch in branches
        if {"votes", "chosen"} & set(branch.edits.get("proposals", ()))
        or "proposals" in branch.definition.asks
    }

    assert {state for state, _columns in ways} == {"ranking"}
    assert moves == set()


# --- mutants


@dataclass(frozen=True, slots=True, kw_only=True)
class Mutant:
    """A mutilation, the property that it breaks, and where a search for that begins."""

    breaks: str
    mutate: Mutate
    states: tuple[str, ...]
    keen: Collection[str] = ()


RANKING, POSTED = ("ranking",), ("posted",)
MUTANTS: dict[str, Mutant] = {
    "more than there is": Mutant(
        breaks="money", mutate=without("adopt", "chosen_cost"), states=RANKING, keen=["adopt"]
    ),
    "contracts for more than there is": Mutant(
        breaks="money", mutate=without("contract", "contract_sum"), states=POSTED, keen=["contract"]
    ),
    "paid beyond the contract": Mutant(
        breaks="money", mutate=without("pay", "overpaid"), states=("executing",), keen=["pay"]
    ),
    "the chair chooses": Mutant(
        breaks="order", mutate=without("adopt", "left_out"), states=RANKING, keen=["adopt"]
    ),
    "compared one by one": Mutant(
        breaks="order", states=RANKING, keen=["adopt"],
        mutate=fact("left_out", "proposals.filter(p, !(has(p.chosen) && p.chosen) && has(p.feasible) && p.feasible"
                    " && has(p.votes) && has(p.cost) && meets(forum_rule.majority, p.votes, present)"
                    " && p.cost <= amount - chosen_cost).map(p, p.title)"),
    ),
    "votes that were not counted": Mutant(
        breaks="order", mutate=without("adopt", "unvoted"), states=RANKING, keen=["adopt"]
    ),
    "half is a majority": Mutant(
        breaks="order", states=RANKING, keen=["adopt"],
        mutate=fact("chosen_wrongly", "proposals.filter(p, has(p.chosen) && p.chosen && !(has(p.feasible)"
                    " && p.feasible && has(p.votes) && p.votes * 3 >= present)).map(p, p.title)"),
    ),
    "changed after the vote": Mutant(
        breaks="fast", states=POSTED,
        mutate=change("states", "posted", amends=[{"by": ["chair"], "edits": {"proposals": ["chosen"]}}]),
    ),
    "the votes of the last meeting": Mutant(
        breaks="fresh", states=("posted", "discussing"),
        keen=["object", "answer_one", "uphold", "call_meeting", "open_vote", "adopt"],
        mutate=both(without("adopt", "unvoted"), without("uphold", "upheld")),
    ),
    "a duty is feasible": Mutant(
        breaks="duties", states=("examining",), keen=["publish_list", "call_meeting", "open_vote", "adopt"],
        mutate=both(*(without(one, "duties_taken") for one in ("publish_list", "adopt"))),
    ),
    "a duty is contracted": Mutant(
        breaks="duties", states=POSTED, keen=["contract"], mutate=without("contract", "duties_taken")
    ),
    "chosen without a contract": Mutant(
        breaks="contracts", mutate=without("contract", "without_contract"), states=POSTED, keen=["contract"]
    ),
    "a contract for what was not chosen": Mutant(
        breaks="contracts", mutate=without("contract", "not_chosen"), states=POSTED, keen=["contract"]
    ),
    "contracted at once": Mutant(
        breaks="posting", mutate=without("contract", "posting"), states=POSTED, keen=["contract"]
    ),
    "objections without an answer": Mutant(
        breaks="posting", mutate=without("contract", "open_objections"), states=POSTED, keen=["contract", "object"]
    ),
    "a second posting does not count": Mutant(
        breaks="posting", mutate=both(change("clocks", "posting", again=None), without("uphold", "upheld")),
        states=POSTED, keen=["uphold", "call_meeting", "open_vote", "adopt", "contract"],
    ),
    "closed at once": Mutant(
        breaks="posting", mutate=without("close", "account_posting"), states=("accounting",), keen=["close"]
    ),
}  # fmt: skip


@pytest.mark.parametrize("mutant", seldom(MUTANTS))
def test_a_file_that_breaks_a_property_is_found_out(mutant: Mutant, stands: Stands):
    workflow = mutilated("participatory_budget", mutant.mutate)
    begins = [path for state in mutant.states for path in stands[state]]

    def breaks(seed: int) -> bool:
        start = begins[seed % len(begins)]
        found = walk(workflow, Random(seed), start=start, wishes=40, keen=mutant.keen)
        return any(CHECKS[mutant.breaks](path) for path in found)

    assert any(breaks(seed) for seed in range(LOOK))


@pytest.mark.parametrize(
    "mutate",
    [
        change("fields", "proposers", "of", "votes", type="integer", optional=True,
               label={"zh": "选", "en": "choice"}),
        change("fields", "voter", type="person", label={"zh": "人", "en": "voter"}),
    ],
    ids=["a ballot beside a name", "a voter"],
)  # fmt: skip
def test_a_file_that_keeps_ballots_is_found_out(mutate: Mutate):
    assert ballots_of(mutilated("participatory_budget", mutate))
