"""Counts refused tasks by the body that sent them and the rule that refused them."""

from collections import Counter
from typing import Any

from engine.compiling.plan import Branch
from engine.facts.facts import Facts
from heyi.app.admission.files import Reading, body_field, has_move, moves_made
from heyi.app.admission.reportmodels import RefusedRow, RefusedView

REFUSES = "refuses"
"""What a move says it means that refuses what a body asked for."""


def refused(reading: Reading) -> RefusedView | None:
    """Return refusals by body and rule; None where no published file declares refusals."""
    files = [one for one in reading.workflows() if has_move(one, REFUSES)]
    if not files:
        return None
    found: Counter[tuple[str, str]] = Counter()
    words: dict[str, str] = {}
    for workflow in files:
        for case in reading.cases_of(workflow):
            for events, event, branch in moves_made(reading, case, REFUSES):
                facts = reading.facts_then(events, event)
                rule, why = _rule(facts, branch, reading.lang)
                field = body_field(facts.workflow)
                found[str(facts.fields.get(field or "", "")), rule] += 1
                words.setdefault(rule, why)
    rows = [
        RefusedRow(body=body, title=reading.unit_title(body), rule=rule, why=words[rule], n=n)
        for (body, rule), n in found.items()
    ]
    return RefusedView(total=sum(found.values()), rows=tuple(sorted(rows, key=_order)))


def _order(row: RefusedRow) -> tuple[Any, ...]:
    return (row.title, -row.n, row.rule)


def _rule(facts: Facts, branch: Branch, lang: str) -> tuple[str, str]:
    """Return the rule of the decision table that the move's guard asked, and its words."""
    tables = facts.workflow.tables
    for line in branch.guard:
        for name in line.ask.names:
            table = tables.get(name.partition(".")[0])
            if table is None:
                continue
            outputs = facts.decision(table.name).outputs
            if "rule" in outputs:
                texts = [outputs.get(one) for one in table.outputs]
                said = [one for one in texts if isinstance(one, dict) and "zh" in one]
                why = (said[0].get(lang) or said[0]["zh"]) if said else ""
                return str(outputs["rule"]), str(why)
    return branch.name, facts.workflow.label("states", branch.definition.to, lang)
