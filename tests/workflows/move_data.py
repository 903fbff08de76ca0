"""What people give with their moves: as the author tests have it, and in favour of anybody."""

from collections.abc import Mapping, Sequence
from random import Random
from typing import Any

from engine.case.values import Case
from engine.compiling.plan import Workflow
from tests.workflows.scenario_player import scripts

Told = Mapping[str, Sequence[Mapping[str, Any]]]
"""By trigger: the data that author tests give."""
SELDOM = 0.2


def told(workflow: Workflow) -> Told:
    """Return the data that the author tests give, by trigger; of a rule's id by its triggers."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for script in scripts():
        if script.rule.workflow != workflow.name:
            continue
        shared = (step for steps in script.rule.starts.values() for step in steps)
        for step in (*shared, *script.scenario.steps):
            if step.does is not None and step.in_ is None and step.with_ and not step.refused:
                for trigger in triggers_of(workflow, step.does):
                    found.setdefault(trigger, []).append(step.with_)
    return found


def triggers_of(workflow: Workflow, word: str) -> set[str]:
    """Return the triggers that a word of a test means: itself, or those of the rule's id."""
    by_id = {
        trigger
        for (_state, trigger), branches in workflow.branches.items()
        for branch in branches
        if branch.definition.id == word
    }
    return by_id or {word}


def naming(case: Case, person: str, draw: Random) -> dict[str, Any]:
    """Return all that it takes to name somebody mediator, said of anybody."""
    recusals: Any = case.fields.get("recusals", ())
    relations = [
        {"whose": person, "party": party, "relation": "none"} for party in parties_of(case)
    ]
    return {
        "mediator": person, "chosen_by": "committee", "disclosed": True, "conflict": draw.random() < SELDOM,
        "relations": relations,
        "recusals": {str(place): {"done": True} for place in range(1, len(recusals) + 1)},
    }  # fmt: skip


def swapped(value: Any, old: str, new: str) -> Any:
    """Return data in which one person stands for another, everywhere."""
    if isinstance(value, dict):
        return {name: swapped(inner, old, new) for name, inner in value.items()}
    if isinstance(value, list):
        return [swapped(one, old, new) for one in value]
    return new if value == old else value


def parties_of(case: Case) -> list[str]:
    """Return the parties of a case."""
    parties: Any = case.fields.get("parties", ())
    return [str(one["person"]) for one in parties if "person" in one]
