"""Finds what can fill a field: openings, transitions, amendments, right-hand sides."""

from collections.abc import Iterable, Iterator

from engine.compiling.plan import Branch, Workflow


def every_branch(workflow: Workflow) -> Iterator[Branch]:
    """Yield openings and transitions; a group's rule once for each state that offers it."""
    yield from workflow.openings
    for branches in workflow.branches.values():
        yield from branches


def every_rule(workflow: Workflow) -> list[Branch]:
    """Return openings and transitions, a group's rule once, in the order they are written."""
    return list({id(branch.definition): branch for branch in every_branch(workflow)}.values())


def brought(workflow: Workflow) -> set[str]:
    """Return the fields that somebody may give a value in some move or amendment."""
    found = {name for branch in every_rule(workflow) for name in branch.accepts}
    for amendments in workflow.amendments.values():
        for part in amendments:
            found |= part.fields | part.adds | part.edits.keys()
    return found


def filled_somewhere(workflow: Workflow) -> set[str]:
    """Return the fields that a move, an amendment or a right-hand side can fill."""
    return brought(workflow) | {
        name for branch in every_rule(workflow) for name, _value in branch.sets
    }


def fills(branch: Branch) -> set[str]:
    """Return the fields that are surely filled once this branch was taken.

    Source:
        language.md 3.1: data first, then ``sets``, then what the branch erases.
    """
    rule = branch.definition
    found = {*rule.asks, *rule.adds, *branch.edits, *(name for name, _value in branch.sets)}
    return found - set(getattr(rule, "erases", ()))


def fillable_in(workflow: Workflow, state: str) -> set[str]:
    """Return the fields that can be filled without leaving a state."""
    found: set[str] = set()
    for part in workflow.amendments.get(state, ()):
        found |= part.fields | part.adds
    return found | _staying(workflow, state)


def _staying(workflow: Workflow, state: str) -> set[str]:
    ways = (workflow.branches[state, trigger] for trigger in workflow.triggers[state])
    staying = (branch for branches in ways for branch in branches if branch.stays)
    return {
        name
        for branch in staying
        for name in (*branch.accepts, *(field for field, _value in branch.sets))
    }


def person_fields(workflow: Workflow, role: str) -> Iterable[str]:
    """Return the field that names who has a role in the case; none for posts and facts."""
    rule = workflow.definition.roles.get(role)
    head = (rule.in_case or "").partition(".")[0] if rule else ""
    return (head,) if head in workflow.fields else ()
