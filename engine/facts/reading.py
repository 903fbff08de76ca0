"""The one read path: which fields of a case a person may see."""

from collections.abc import Iterable

from engine.case.values import Actor, Case
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.facts.origins import rests_on
from engine.facts.roles import standing
from engine.language.parts import FieldDef


def may_read(field: str, actor: Actor, facts: Facts) -> bool:
    """Tell whether a person may see a field's value.

    By the field's class and the file's ``readers``; in a sealed case everything by ``sealed.to``,
    by ``sealed.partly`` what their classes let them read anyway, by others nothing; a field
    with ``seal`` only by ``seal_to`` until that state was entered, one with ``seal_to`` alone
    by nobody else ever.

    Args:
        field: a field of the file.
        actor: who reads.
        facts: of the case as it stands.

    Source:
        language.md 1 ``readers``, ``sealed``, ``seal``; design.md 8.
    """
    rule = facts.workflow.definition
    part = facts.workflow.fields[field]
    whole = False
    if rule.sealed and is_sealed(facts):
        whole = bool(standing(rule.sealed.to, actor, facts))
        if not whole and not standing(rule.sealed.partly, actor, facts):
            return False
    if is_shut(part, facts.case):
        return bool(standing(part.seal_to, actor, facts))
    if whole:
        return True
    if part.privacy == "public":
        return bool(standing(rule.readers.get("public", ("anyone",)), actor, facts))
    return bool(standing(rule.readers.get(str(part.privacy), ()), actor, facts))


def is_sealed(facts: Facts) -> bool:
    """Tell whether the whole case is sealed; while that cannot be known, it is."""
    if facts.workflow.sealed is None:
        return False
    answer = facts.ask(facts.workflow.sealed)
    return answer.holds or not answer.known


def readable_fields(actor: Actor, facts: Facts) -> list[str]:
    """Return the fields a person may see, in the file's order."""
    return [name for name in facts.workflow.fields if may_read(name, actor, facts)]


def is_shut(part: FieldDef, case: Case) -> bool:
    """Tell whether a field is hidden now from all but its ``seal_to``.

    Until the state of its ``seal`` was entered; always where it has ``seal_to`` and no ``seal``.

    Source:
        language.md 1 ``seal``; docs/decisions/0021.
    """
    if part.seal is None:
        return bool(part.seal_to)
    return part.seal not in {case.state, *case.stack, *case.unsealed}


def may_read_fact(name: str, actor: Actor, facts: Facts) -> bool:
    """Tell whether a person may see a fact: all fields it is made from."""
    return all(may_read(field, actor, facts) for field in base_fields(facts.workflow, [name]))


def base_fields(workflow: Workflow, names: Iterable[str]) -> set[str]:
    """Return the fields that variables are made from, through facts and tables."""
    heads = {name.partition(".")[0] for name in rests_on(workflow, names)}
    return heads & workflow.fields.keys()
