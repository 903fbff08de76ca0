"""Evaluates every expression once on a made-up case with one item in each list.

Some mistakes show only when a value is there: functions given the wrong element type, keys
that a map does not have. Only such failures are reported, never a false guard.
"""

from collections.abc import Iterator
from typing import Any

from engine.case.text import said
from engine.compiling import words
from engine.compiling.formulas import Formulas
from engine.compiling.plan import Workflow
from engine.language.cel import Answer, Expression
from engine.language.kinds import KINDS, FieldType
from engine.language.load import Findings
from engine.language.parts import FieldDef
from engine.time.calendars import weekdays_only

_TELLING = (
    "No matching overload", "Key not found", "unsupported operand type", "Unexpected value type",
)  # fmt: skip


def try_out(workflow: Workflow, formulas: Formulas, findings: Findings) -> None:
    """Evaluate every guard line and derived fact on made-up facts; note those that fail."""
    facts = _made_up(workflow, formulas)
    unsampled = _unsampled(workflow)

    def tells(answer: Answer) -> bool:
        error = "" if answer.known else answer.error
        odd = any(f'"{column}"' in error for column in unsampled)
        return any(sign in error for sign in _TELLING) and not odd

    calendar = weekdays_only()
    for name, fact in workflow.facts.items():
        answer = fact.ask(facts, calendar)
        if answer.known:
            facts[name] = facts[f"before.{name}"] = answer.value
        elif tells(answer):
            _note(findings, ("facts", name, "is"), answer.error)
    for path, ask in _guards(workflow):
        answer = ask.ask(facts, calendar)
        if tells(answer):
            _note(findings, path, answer.error)


def _note(findings: Findings, path: tuple[str | int, ...], error: str) -> None:
    findings.add(path, "HY304", said(words.FAILS, error=error))


def _guards(workflow: Workflow) -> Iterator[tuple[tuple[str | int, ...], Expression]]:
    for (state, trigger), branches in workflow.branches.items():
        for branch in branches:
            for line in branch.guard:
                yield ("states", state, "on", trigger), line.ask


def _unsampled(workflow: Workflow) -> set[str]:
    """Return the columns whose rows or cases cannot be made up: missing there says nothing."""
    return {
        column
        for part in workflow.fields.values()
        for column, inner in part.columns.items()
        if inner.kind.is_looked_up and inner.kind.sample is None
    }


def _made_up(workflow: Workflow, formulas: Formulas) -> dict[str, Any]:
    plain = {"boolean": True, "integer": 1}
    facts: dict[str, Any] = {
        name: plain[kind] for name, kind in workflow.variables.items() if kind in plain
    }
    facts.update(today="2026-03-02", now="2026-03-02T02:00:00Z", state="x", actor="p")
    facts["unit"] = KINDS[FieldType.UNIT].sample
    for name, part in workflow.fields.items():
        sample = _sample(part, formulas)
        if sample is not None:
            facts[name] = facts[f"before.{name}"] = sample
    shares = {
        f"{name}.{output}": ">= 1/2"
        for name, table in workflow.definition.tables.items()
        for output, gives in table.gives.items()
        if gives == "share" and table.hit != "collect"
    }
    return {**facts, **shares}


def _sample(part: FieldDef, formulas: Formulas) -> Any:
    if part.type is FieldType.LIST:
        item = {column: _sample(inner, formulas) for column, inner in part.columns.items()}
        return [{k: v for k, v in item.items() if v is not None}]
    one = next(iter(part.options)) if part.options else part.kind.sample
    return [one] if part.many and one is not None else one
