"""Lists what a move may read, so that services look up only that."""

from collections.abc import Iterable, Iterator

from engine.compiling.plan import Branch, Literal, Workflow
from engine.facts.origins import rests_on
from engine.language.cel import Expression


def names_read(workflow: Workflow, branches: Iterable[Branch]) -> set[str]:
    """Return every variable that these branches and the file's clocks may read.

    Follows derived facts and tables to the end.
    """
    asked = [expression for branch in branches for expression in _expressions(branch)]
    for clock in workflow.clocks.values():
        conditions = (clock.when, clock.met, *(case.condition for case in clock.variants))
        asked.extend(one for one in conditions if one is not None)
    return {*rests_on(workflow, (name for expression in asked for name in expression.names))}


def counts_read(workflow: Workflow, branches: Iterable[Branch]) -> set[str]:
    """Return the counts that these branches may read."""
    found = names_read(workflow, branches)
    return {n.removeprefix("counts.") for n in found if n.startswith("counts.")}


def _expressions(branch: Branch) -> Iterator[Expression]:
    yield from (line.ask for line in branch.guard)
    values = [value for _name, value in branch.sets] + list(branch.values.values())
    yield from (value for value in values if not isinstance(value, Literal))
