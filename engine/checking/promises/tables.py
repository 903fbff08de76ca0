"""Checks promises about decision tables: their answers, where these lead, and their origin."""

from collections.abc import Iterable, Mapping
from typing import Any

from engine.case.text import said
from engine.checking.promises import words_of_breaches as words
from engine.checking.promises.breach import Breaches
from engine.checking.promises.known import UnknownTagError, is_shut, worlds
from engine.checking.promises.view import View
from engine.compiling.plan import Literal, Table, TableRule
from engine.facts.origins import rests_on
from engine.language.cel import Answer, Expression
from engine.language.promises import LawPromise, TablePromise
from engine.language.select import Known
from engine.time.calendars import weekdays_only

_CALENDAR = weekdays_only()


def check_table(view: View, promise: TablePromise) -> None:
    """Note where a table's answers lead to, or hold, what the promise forbids."""
    notes = Breaches(view, promise)
    names = view.tagged("tables", [promise.table])
    if not names:
        notes.nothing_means("tables", (promise.table,))
        return
    if promise.rests_on:
        for name in names:
            _check_reads(view, promise, view.workflow.tables[name], notes)
    try:
        if promise.only_to is not None:
            _check_ways(view, promise, notes)
        for known in promise.given:
            for name in names:
                _check_answers(view, promise, view.workflow.tables[name], known)
    except UnknownTagError as error:
        notes.unknown(error)


def _check_ways(view: View, promise: TablePromise, notes: Breaches) -> None:
    """Note every move into another state whose guard these answers do not shut."""
    given = {output: list(values) for output, values in promise.values.items()}
    cases = list(worlds(view, Known(table={promise.table: given})))
    allowed = promise.only_to
    for arrow in view.arrows:
        if not arrow.enters or (allowed is not None and view.is_in(arrow.enters, allowed)):
            continue
        if not all(is_shut(arrow.branch, facts) for facts in cases):
            told = said(words.CAN_ENTER, given=given, state=arrow.enters)
            notes.add_move(arrow, told)


def _check_answers(view: View, promise: TablePromise, table: Table, known: Known) -> None:
    """Note every rule that could decide, of what is known, and gives another answer."""
    for facts in worlds(view, known):
        for rule in _could_decide(table, facts):
            for output, allowed in promise.values.items():
                value = _value(table, rule, output)
                if value not in allowed:
                    shown = known.model_dump(mode="json", exclude_defaults=True)
                    told = said(
                        words.GIVES, row=rule.id, known=shown, output=output, value=str(value)
                    )
                    path = ("tables", table.name, "rules", table.rules.index(rule))
                    Breaches(view, promise).add(path, told)


def _check_reads(view: View, promise: TablePromise, table: Table, notes: Breaches) -> None:
    """Note every rule that reads more than params and the fields it may rest on."""
    allowed = set(view.tagged("fields", promise.rests_on))
    for place, rule in enumerate(table.rules):
        given = (one for one in rule.then.values() if isinstance(one, Expression))
        for name in sorted(_read(view, (*rule.conditions, *given)) - allowed):
            told = said(words.READS, row=rule.id, name=name)
            notes.add(("tables", table.name, "rules", place), told)


def _read(view: View, asked: Iterable[Any]) -> set[str]:
    """Return what conditions read in the end: fields, and whatever else is no param."""
    read = (name for one in asked for name in getattr(one, "names", ()))
    names, facts = rests_on(view.workflow, read, tables=False), view.workflow.facts
    return {name for name in names if not name.startswith("params.") and name not in facts}


def _could_decide(table: Table, facts: Mapping[str, Any]) -> list[TableRule]:
    """Return the rules that may apply; under ``first`` none after one that surely does."""
    found = []
    for rule in table.rules:
        answers = [condition.ask(facts, _CALENDAR) for condition in rule.conditions]
        if any(_is_false(answer) for answer in answers):
            continue
        found.append(rule)
        lasting = rule.from_ is None and rule.until is None
        if table.hit == "first" and lasting and all(answer.holds for answer in answers):
            break
    return found


def _is_false(answer: Answer) -> bool:
    return answer.known and answer.value is not True


def _value(table: Table, rule: TableRule, output: str) -> Any:
    """Return what a rule gives; None for what an expression gives, which nobody knows."""
    given = rule.then.get(output)
    if given is None:
        return table.defaults.get(output)
    return given.value if isinstance(given, Literal) else None


def check_law(view: View, promise: LawPromise) -> None:
    """Note a table of this meaning that no pack gives, or that none is used."""
    notes = Breaches(view, promise)
    names = view.tagged("tables", [promise.law])
    if not names:
        notes.nothing_means("tables", (promise.law,))
    for name in names:
        if name not in view.packed:
            notes.add(("tables", name), said(words.OWN_TABLE, name=name))
