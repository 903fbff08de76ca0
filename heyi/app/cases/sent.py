"""Says who is meant where people are named from outside a case's own fields.

A case numbers those who are not registered by itself (``#1``): in another case the number would
be somebody else. So they go there by name, each under a mark of where they come from, and are
numbered anew.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from engine.case.values import Case, Data, Move, Plain
from engine.compiling.plan import Workflow
from engine.facts.people import in_case, registered_in, restored
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef
from storage.work import Work


def meant(workflow: Workflow, case: Case, move: Move) -> Move:
    """Return a move with the person for whom it is made as the case knows him, by id."""
    if move.on_behalf_of is None or move.on_behalf_of in registered_in(workflow, case.fields):
        return move
    known = in_case(workflow, case.fields).items()
    named = [one for one, name in known if name == move.on_behalf_of]
    return replace(move, on_behalf_of=named[0]) if len(named) == 1 else move


def sent(work: Work, own: Workflow, case: Case, rules: Workflow, data: Data) -> dict[str, Plain]:
    """Return what a case gives another, with its people by name.

    Args:
        work: the open transaction.
        own: the rules of the case that gives.
        case: that case.
        rules: those of the case that is given; data for fields it does not have are kept.
        data: by field of the other case.
    """
    people, mark = in_case(own, case.fields), f":{case.id}"
    known = {name: value for name, value in data.items() if name in rules.fields}
    office = work.people.named(registered_in(rules, _shaped(rules, known)))
    found: dict[str, Plain] = dict(data)
    for name, value in known.items():
        part = rules.fields[name]
        found[name] = _told(part, restored(part, value, people, mark), office)
    return found


def _shaped(rules: Workflow, data: Data) -> dict[str, Any]:
    """Return the data that have the shape of their field; the rest will be refused."""
    return {
        name: value for name, value in data.items()
        if not rules.fields[name].columns
        or (isinstance(value, list) and all(isinstance(row, dict) for row in value))
    }  # fmt: skip


def _told(part: FieldDef, value: Any, office: Mapping[str, str]) -> Any:
    """Return a value as its field takes people: old files take a bare text alone."""
    if isinstance(value, list):
        return [_told(part, one, office) for one in value]
    if part.columns and isinstance(value, dict):
        return {
            column: _told(part.columns[column], one, office) if column in part.columns else one
            for column, one in value.items()
        }
    if part.type is not FieldType.PERSON:
        return value
    if part.of is None:
        return value["name"] if isinstance(value, dict) else value
    return value if isinstance(value, dict) or value in office else {"name": value}
