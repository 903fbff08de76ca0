"""Collects every name that something reads: guards, values, clocks, roles, messages."""

import re
from collections.abc import Iterator
from typing import Any

from engine.checking.meaning.fillers import every_rule
from engine.compiling.names.documents import printed
from engine.compiling.plan import Branch, Clock, Workflow
from engine.facts.origins import rests_on
from engine.language.cel import Expression
from engine.language.clocks import ClockRule
from engine.language.parts import DocumentDef
from engine.language.words import Span

_QUOTED = re.compile(r"\{([a-z][a-z0-9_.]*)\}")


def names_used(workflow: Workflow) -> set[str]:
    """Return every variable that anything reads, facts and tables followed to the end."""
    return {*rests_on(workflow, _roots(workflow))}


def _roots(workflow: Workflow) -> Iterator[str]:
    for branch in every_rule(workflow):
        yield from _read_by(branch)
    for clock in workflow.clocks.values():
        yield from _clock(clock)
    for role in workflow.definition.roles.values():
        yield from filter(None, (role.in_case, *role.never))
        yield from (path.partition(".")[0] for path in role.never)
        yield (role.in_case or "").partition(".")[0]
    if workflow.sealed is not None:
        yield from workflow.sealed.names
    for condition in workflow.conditions.values():
        yield from condition.names
    for count in workflow.definition.counts.values():
        yield from count.where.values()
    yield from workflow.definition.unique
    for document in workflow.definition.documents.values():
        yield from _printed(document)


def _printed(document: DocumentDef) -> Iterator[str]:
    paths = [path for _place, path in printed(document)]
    for label in filter(None, (document.label, document.says)):
        paths += quoted(label.zh + (label.en or ""))
    for path in paths:
        yield from (path, path.partition(".")[0])


def _read_by(branch: Branch) -> Iterator[str]:
    for line in branch.guard:
        yield from line.ask.names
        if line.otherwise is not None:
            yield from quoted(line.otherwise.zh + (line.otherwise.en or ""))
    for value in (*(value for _name, value in branch.sets), *branch.values.values()):
        if isinstance(value, Expression):
            yield from value.names
    rule = branch.definition
    yield from (opens.each for opens in rule.opens if opens.each)
    yield from filter(None, (rule.assigns,))
    yield from getattr(rule, "signals", {})
    yield from getattr(rule, "extends", {}).values()
    joins = getattr(rule, "joins", None)
    yield from (joins.case,) if joins else ()


def _clock(clock: Clock) -> Iterator[str]:
    cases = [(case.condition, case.length) for case in clock.variants]
    for expression in (clock.when, clock.met, *(one for pair in cases for one in pair)):
        if expression is not None:
            yield from expression.names
    for case in clock.variants:
        for path in (case.definition.due, case.definition.runs_from):
            yield (path or "").partition(".")[0]
        for span in _lengths(case.definition):
            yield f"params.{span}" if not isinstance(span, Span) else ""
    yield from filter(None, (clock.definition.each,))


def _lengths(rule: ClockRule) -> list[Any]:
    """Return every length of time that a clock's case gives, params by their names."""
    found = [rule.within, rule.at_least]
    if rule.pauses is not None and rule.pauses != "none":
        found += [rule.pauses.each, rule.pauses.all]
    if rule.extend is not None and rule.extend != "none":
        found.append(rule.extend.at_most)
    return [length for length in found if length is not None]


def quoted(text: str) -> list[str]:
    """Return the names that a message quotes in braces."""
    return _QUOTED.findall(text)
