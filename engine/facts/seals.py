"""Tells what is sealed of a case, and which of those listed as readers count now."""

from collections.abc import Iterable

from engine.case.values import Case
from engine.facts.facts import Facts
from engine.language.parts import FieldDef
from engine.language.readers import ReaderDef, role_of


def named_now(entries: Iterable[ReaderDef | str], facts: Facts) -> tuple[str, ...]:
    """Return the roles and words of those entries whose condition holds; unknown is no."""
    conditions = facts.workflow.conditions
    return tuple(
        role_of(entry)
        for entry in entries
        if isinstance(entry, str) or facts.ask(conditions[entry.when]).holds
    )


def is_sealed(facts: Facts) -> bool:
    """Tell whether the whole case is sealed; while that cannot be known, it is."""
    if facts.workflow.sealed is None:
        return False
    answer = facts.ask(facts.workflow.sealed)
    return answer.holds or not answer.known


def is_shut(part: FieldDef, case: Case) -> bool:
    """Tell whether a field is hidden now from all but its ``seal_to``.

    Until the state of its ``seal`` was entered; always where it has ``seal_to`` and no ``seal``.

    Source:
        language.md 1 ``seal``; docs/decisions/0021.
    """
    if part.seal is None:
        return bool(part.seal_to)
    return part.seal not in {case.state, *case.stack, *case.unsealed}
