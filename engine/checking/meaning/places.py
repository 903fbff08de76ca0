"""Finds where a rule is written, for a branch that the compiler copied into many states."""

from engine.compiling.plan import Branch, Workflow
from engine.language.reader import Path


def path_of(workflow: Workflow, branch: Branch) -> Path:
    """Return the path of a branch's rule; of a list its entry, else the nearest above."""
    if not branch.state:
        return ("opening", branch.place)
    own = workflow.definition.states[branch.state].on
    if branch.trigger in own:
        return ("states", branch.state, "on", branch.trigger, branch.place)
    groups = workflow.definition.groups.items()
    name = next(n for n, group in groups if _has(group.on.get(branch.trigger, ()), branch))
    return ("groups", name, "on", branch.trigger, branch.place)


def _has(rules: object, branch: Branch) -> bool:
    return isinstance(rules, tuple) and any(rule is branch.definition for rule in rules)
