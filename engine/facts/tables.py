"""Evaluates decision tables with DMN's hit policies, over facts that may be unknown.

A table never guesses: under ``first`` a rule that cannot be known yet, standing before the
first hit, makes the answer unknown, for it might have been the hit; under the other policies
any unknown rule does.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Protocol

from engine.compiling.plan import Literal, Table, TableRule
from engine.language.cel import Answer, Expression


class Asked(Protocol):
    """What a table needs of the facts."""

    @property
    def today(self) -> date:
        """The day whose law applies."""

    def ask(self, expression: Expression | Literal) -> Answer:
        """Return the value of an expression."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """A table's answer.

    Attributes:
        table: its name.
        outputs: values by output, with ``rule``; empty where unknown, ambiguous or no hit.
        hits: the ids of the rules that applied, in order.
        missing: the facts that must be known first.
        ambiguous: several rules apply where the policy allows one.
        open_rules: ids of the rules that could still apply once the missing facts are known.
        source: of the rule that decided, or "".
    """

    table: str
    outputs: Mapping[str, Any] = field(default_factory=dict)
    hits: tuple[str, ...] = ()
    missing: tuple[str, ...] = ()
    ambiguous: bool = False
    open_rules: tuple[str, ...] = ()
    source: str = ""


def decide(table: Table, facts: Asked) -> Decision:
    """Return the table's decision.

    Args:
        table: the compiled table.
        facts: what is known; rules outside their law dates on ``facts.today`` do not exist.

    Source:
        DMN 1.4, 8.2.10 hit policies; language.md 1 ``tables`` and 2 (unknown grants nothing).
    """
    hits: list[TableRule] = []
    open_rules: list[str] = []
    missing: dict[str, None] = {}
    for rule in table.rules:
        if not _in_force(rule, facts.today):
            continue
        held, lacks = _applies(rule, facts)
        if held is None:
            open_rules.append(rule.id)
            missing.update(dict.fromkeys(lacks))
        elif held:
            hits.append(rule)
            if table.hit == "first":
                break
    if open_rules:
        return Decision(table=table.name, missing=tuple(missing), open_rules=tuple(open_rules))
    return _decided(table, hits, facts)


def _in_force(rule: TableRule, day: date) -> bool:
    return (rule.from_ is None or rule.from_ <= day) and (rule.until is None or day <= rule.until)


def _applies(rule: TableRule, facts: Asked) -> tuple[bool | None, tuple[str, ...]]:
    """Return whether a rule applies (None: unknown) and what is missing for that."""
    lacks: dict[str, None] = {}
    unknown = False
    for condition in rule.conditions:
        answer = facts.ask(condition)
        if answer.known and answer.value is not True:
            return False, ()
        if not answer.known:
            unknown = True
            lacks.update(dict.fromkeys(answer.missing or (answer.error,)))
    return (None, tuple(lacks)) if unknown else (True, ())


def _decided(table: Table, hits: list[TableRule], facts: Asked) -> Decision:
    ids = tuple(rule.id for rule in hits)
    if not hits:
        names = (*table.outputs, "rule") if table.hit == "collect" else ()
        return Decision(table=table.name, outputs={name: [] for name in names})
    given = [_outputs(table, rule, facts) for rule in hits]
    if table.hit == "collect":
        collected: dict[str, Any] = {
            output: [row[output] for row in given if output in row] for output in table.outputs
        }
        return Decision(table=table.name, outputs={**collected, "rule": list(ids)}, hits=ids)
    differs = table.hit == "any" and any(row != given[0] for row in given)
    if differs or (table.hit == "unique" and len(hits) > 1):
        return Decision(table=table.name, hits=ids, ambiguous=True)
    return Decision(
        table=table.name,
        outputs={**given[0], "rule": ids[0]},
        hits=ids,
        source=hits[0].source,
    )


def _outputs(table: Table, rule: TableRule, facts: Asked) -> dict[str, Any]:
    row = dict(table.defaults)
    for output, value in rule.then.items():
        answer = facts.ask(value)
        if answer.known:
            row[output] = answer.value
    return row
