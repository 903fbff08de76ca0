"""The one read path: which fields of a case a person may see."""

from collections.abc import Iterable

from engine.facts import Facts
from engine.plan import Table, Workflow
from engine.roles import standing
from engine.values import Actor


def may_read(field: str, actor: Actor, facts: Facts) -> bool:
    """Tell whether a person may see a field's value.

    By the field's class and the file's ``readers``; in a sealed case only by ``sealed.to``;
    a field with ``seal`` only by ``seal_to`` until that state was entered.

    Args:
        field: a field of the file.
        actor: who reads.
        facts: of the case as it stands.

    Source:
        language.md 1 ``readers``, ``sealed``, ``seal``; design.md 8.
    """
    rule = facts.workflow.rule
    part = facts.workflow.fields[field]
    sealed = is_sealed(facts)
    if sealed and not (rule.sealed and standing(rule.sealed.to, actor, facts)):
        return False
    if part.seal is not None and not _entered(part.seal, facts):
        return bool(standing(part.seal_to, actor, facts))
    if sealed:
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


def _entered(state: str, facts: Facts) -> bool:
    case = facts.case
    return state in {case.state, *case.stack, *case.unsealed}


def may_read_fact(name: str, actor: Actor, facts: Facts) -> bool:
    """Tell whether a person may see a fact: all fields it is made from."""
    return all(may_read(field, actor, facts) for field in base_fields(facts.workflow, [name]))


def base_fields(workflow: Workflow, names: Iterable[str]) -> set[str]:
    """Return the fields that variables are made from, through facts and tables."""
    found: set[str] = set()
    seen: set[str] = set()
    todo = list(names)
    while todo:
        name = todo.pop().removeprefix("before.").removeprefix("filled.")
        if name in seen:
            continue
        seen.add(name)
        head = name.partition(".")[0]
        if head in workflow.fields:
            found.add(head)
        elif head in workflow.facts:
            todo.extend(workflow.facts[head].names)
        elif head in workflow.tables:
            todo.extend(table_names(workflow.tables[head]))
    return found


def table_names(table: Table) -> set[str]:
    """Return every variable that a table's rules read."""
    names: set[str] = set()
    for rule in table.rules:
        for condition in rule.conditions:
            names.update(condition.names)
        for value in rule.then.values():
            names.update(getattr(value, "names", ()))
    return names
