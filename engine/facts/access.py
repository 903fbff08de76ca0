"""Tells what somebody may do with a field as a case stands: nothing, read it, or bring it."""

from typing import Literal

from engine.case.values import Actor
from engine.facts.facts import Facts
from engine.facts.knowing import may_know
from engine.facts.reading import may_read
from engine.facts.roles import standing

Access = Literal["none", "read", "write"]
LEVELS: tuple[Access, ...] = ("none", "read", "write")


def access_to(field: str, actor: Actor, facts: Facts) -> Access:
    """Return what a person may do with a field: ``write`` also of one that they cannot read.

    Judged by roles, as the case stands; guards are not asked, nor how a field may be given.

    Args:
        field: a field of the file.
        actor: who asks; of a case that they may not know they have nothing.
        facts: of the case as it stands.
    """
    if not may_know(actor, facts):
        return "none"
    if _may_bring(field, actor, facts):
        return "write"
    return "read" if may_read(field, actor, facts) else "none"


def _may_bring(field: str, actor: Actor, facts: Facts) -> bool:
    workflow, state = facts.workflow, facts.case.state
    for trigger in workflow.triggers[state]:
        for branch in workflow.branches[state, trigger]:
            if field in branch.accepts and standing(branch.by, actor, facts):
                return True
    return any(
        field in part.fields | part.adds | part.edits.keys() and standing(part.by, actor, facts)
        for part in workflow.amendments[state]
    )
