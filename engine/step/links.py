"""Links cases: makes the event that notes a link, from either side."""

from datetime import datetime

from engine.case.values import Actor, Case, Move, Step, World
from engine.compiling.plan import Workflow
from engine.step.draft import Draft


def link_case(
    workflow: Workflow, case: Case, *, name: str, other: str, by: str, now: datetime, world: World
) -> Step:
    """Return the step that notes another case under a link's name.

    Nothing else changes, but clocks are asked again: ``met`` may read ``links``.

    Args:
        workflow: of the case that gets the link.
        case: as last stored.
        name: the link's name in this case's file, or the inverse named by the other's.
        other: the other case's id.
        by: who made the move that led to it.
        now: the present moment.
        world: must hold ``other`` among ``linked``.
    """
    move = Move(actor=Actor(id=by, kind="link"), via="link")
    draft = Draft(workflow, case, case, move, now=now, occurred_at=now, world=world, kind="linked")
    old = case.links.get(name, ())
    draft.patch["links"] = {name: [*old, other] if other not in old else list(old)}
    draft.notes |= {"link": name, "other": other}
    return draft.finish()
