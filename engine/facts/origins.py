"""Finds the names that a name is made from, through derived facts and tables."""

from collections.abc import Iterable

from engine.compiling.plan import Table, Workflow


def rests_on(workflow: Workflow, names: Iterable[str], *, tables: bool = True) -> list[str]:
    """Return names and every name that they are made from, the nearest first, each once.

    ``before.`` and ``filled.`` are left out: a name rests on the same either way.

    Args:
        workflow: whose facts and tables are followed.
        names: as expressions read them, or paths into a fact (``fact.column``).
        tables: follow what tables decide by; else their outputs are where it ends.
    """
    found: dict[str, None] = {}
    todo = list(names)
    for one in todo:
        name = one.removeprefix("before.").removeprefix("filled.")
        if name in found:
            continue
        found[name] = None
        head = name.partition(".")[0]
        if head in workflow.facts:
            todo.extend(workflow.facts[head].names)
        elif tables and head in workflow.tables:
            todo.extend(sorted(table_names(workflow.tables[head])))
    return list(found)


def table_names(table: Table) -> set[str]:
    """Return every variable that a table's rules read."""
    names: set[str] = set()
    for rule in table.rules:
        for condition in rule.conditions:
            names.update(condition.names)
        for value in rule.then.values():
            names.update(getattr(value, "names", ()))
    return names
