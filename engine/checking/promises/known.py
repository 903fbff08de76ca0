"""Evaluates guards on a case of which little is known; a false one is false for every such case.

CEL's ``&&`` and ``||`` ignore what is unknown where the other side decides, so an answer of
``false`` holds however the rest turns out. This is the decidable fragment: a guard that is
shut for another reason comes out unknown here, and unknown keeps no promise.
"""

from collections.abc import Iterator, Mapping
from itertools import product
from typing import Any

from engine.checking.promises.view import View, tags_of
from engine.compiling.plan import Branch
from engine.language.parts import FieldDef
from engine.language.select import Known
from engine.time.calendars import weekdays_only

_CALENDAR = weekdays_only()


class UnknownTagError(Exception):
    """Nothing in the file means ``tag``, so nothing can be known of it."""

    def __init__(self, section: str, tag: str) -> None:
        self.section, self.tag = section, tag
        super().__init__(f"nothing in '{section}' means '{tag}'")


def worlds(view: View, known: Known) -> Iterator[dict[str, Any]]:
    """Yield the facts of each made-up case that a knowledge describes, derived facts included.

    Raises:
        UnknownTagError: a tag that no part of the file carries.
    """
    facts: dict[str, Any] = {}
    if known.on is not None:
        facts.update(today=known.on.isoformat(), now=f"{known.on}T02:00:00Z")
    if known.params:
        facts |= {f"params.{name}": param.value for name, param in view.rule.params.items()}
    for name in _named(view, "clocks", known.running):
        facts[f"clocks.{name}.elapsed"] = False
    for name in _named(view, "clocks", known.overdue):
        facts[f"clocks.{name}.overdue"] = True
    facts |= _fields(view, known)
    for answers in _answers(view, known):
        yield _derived(view, {**facts, **answers})


def is_shut(branch: Branch, facts: Mapping[str, Any]) -> bool:
    """Tell whether a line of the guard is false by these facts alone."""
    answers = (line.ask.ask(facts, _CALENDAR) for line in branch.guard)
    return any(answer.known and answer.value is not True for answer in answers)


def _named(view: View, section: str, tags: Any) -> list[str]:
    found = []
    for tag in tags:
        names = view.tagged(section, [tag])
        if not names:
            raise UnknownTagError(section, tag)
        found += names
    return found


def _fields(view: View, known: Known) -> dict[str, Any]:
    facts: dict[str, Any] = {}
    for name in _named(view, "fields", known.unset):
        facts[f"filled.{name}"] = False
        unset = view.rule.fields[name].unset
        if unset is not None:
            facts[name] = unset
    for tag, value in known.given.items():
        for name in _named(view, "fields", [tag]):
            facts |= _filled(name, _typed(view.rule.fields[name], value))
    for tag, items in known.items.items():
        for name in _named(view, "fields", [tag]):
            facts |= _filled(name, [_item(view.rule.fields[name], columns) for columns in items])
    return facts


def _filled(name: str, value: Any) -> dict[str, Any]:
    return {name: value, f"filled.{name}": True}


def _typed(part: FieldDef, value: Any) -> Any:
    if part.kind.is_fraction:
        return float(value)
    return [value] if part.many and not isinstance(value, list) else value


def _item(part: FieldDef, columns: Mapping[str, Any]) -> dict[str, Any]:
    """Return one made-up item: required columns, and those a tag gives a value."""
    item: dict[str, Any] = {}
    for name, column in part.columns.items():
        given = [columns[tag] for tag in tags_of(column) if tag in columns]
        sample = next(iter(column.options)) if column.options else column.kind.least
        if given:
            item[name] = given[0]
        elif not column.optional and sample is not None:
            item[name] = sample
    return item


def _answers(view: View, known: Known) -> Iterator[dict[str, Any]]:
    """Yield each combination of the tables' outputs."""
    choices: list[list[tuple[str, Any]]] = []
    for tag, outputs in known.table.items():
        for name in _named(view, "tables", [tag]):
            for output, value in outputs.items():
                values = value if isinstance(value, list) else [value]
                choices.append([(f"{name}.{output}", one) for one in values])
    for chosen in product(*choices):
        yield dict(chosen)


def _derived(view: View, facts: dict[str, Any]) -> dict[str, Any]:
    # Facts stand in the order in which they need each other (Formulas).
    for name, expression in view.workflow.facts.items():
        answer = expression.ask(facts, _CALENDAR)
        if answer.known:
            facts[name] = answer.value
    return facts
