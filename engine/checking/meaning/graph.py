"""Where a case can stand: nodes (state, stack), and where a branch leads from one.

Source:
    language.md 5: entering an overlay pushes, ``back`` pops one, any other target clears.
"""

from collections.abc import Iterator

from engine.compiling.machine import BACK, STAY
from engine.compiling.plan import Branch, Workflow

Node = tuple[str, tuple[str, ...]]
"""The top state, and the states below it, bottom first."""


def leads_to(workflow: Workflow, node: Node, branch: Branch) -> Node:
    """Return where a branch leads from a node.

    The loader saw to it that an overlay is entered only from what it may cover, and that only
    overlays have a ``back``: so there always is something to go back to.
    """
    state, stack = node
    to = branch.definition.to
    if to == STAY:
        return node
    if to == BACK:
        return (stack[-1], stack[:-1])
    if to in workflow.definition.overlays:
        return (to, (*stack, state))
    return (to, ())


def branches_at(workflow: Workflow, state: str) -> Iterator[tuple[Branch, tuple[Branch, ...]]]:
    """Yield every branch a state offers, with all branches of its trigger."""
    for trigger in workflow.triggers[state]:
        ways = workflow.branches[state, trigger]
        for branch in ways:
            yield branch, ways
