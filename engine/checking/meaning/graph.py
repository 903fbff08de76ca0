"""Lists the branches that a state offers."""

from collections.abc import Iterator

from engine.compiling.plan import Branch, Workflow


def branches_at(workflow: Workflow, state: str) -> Iterator[tuple[Branch, tuple[Branch, ...]]]:
    """Yield every branch a state offers, with all branches of its trigger."""
    for trigger in workflow.triggers[state]:
        ways = workflow.branches[state, trigger]
        for branch in ways:
            yield branch, ways
