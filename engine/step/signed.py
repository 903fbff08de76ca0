"""Signs a proposal, and takes the move once all have signed and its guard holds."""

from collections.abc import Sequence

from engine.case.errors import MoveRefused, Reason
from engine.case.values import Actor, Proposal
from engine.compiling.plan import Branch, Workflow
from engine.facts.facts import Facts
from engine.facts.roles import Standing
from engine.step.choose import Chooser
from engine.step.draft import Draft
from engine.step.grant import choose, execute, resolve
from engine.step.proposals import complete, sign

_NEVER = {"move.missing", "move.field"}
"""Codes of what a text lacks for ever, as one that a clock proposed: nobody signs that."""


def sign_move(draft: Draft, facts: Facts) -> None:
    """Add a signature; the last one takes the move, or is kept until its guard holds.

    Raises:
        MoveRefused: as ``sign`` does, or the text lacks data that the move asks for.

    Source:
        language.md 9.1 and 9.2.
    """
    trigger, branches = resolve(draft.workflow, draft.case.state, draft.move.trigger)
    proposal = sign(draft, trigger, branches, facts)
    if proposal is None:
        return
    why = draft.outside or why_not_yet(draft, facts, proposal)
    if not _NEVER.isdisjoint(reason.code for reason in why):
        raise MoveRefused(why)
    if why:
        # The last signature is kept: the move waits until its conditions hold.
        draft.notes["waits"] = [reason.code for reason in why]
    else:
        take_signed(draft, branches, facts, proposal)


def why_not_yet(draft: Draft, facts: Facts, proposal: Proposal) -> tuple[Reason, ...]:
    """Return why a move that has all its signatures cannot be taken now; nothing if it can.

    Args:
        draft: left as it is.
        facts: of the case.
        proposal: with every signature.
    """
    trial = Draft(
        draft.workflow, draft.case, draft.case, draft.move,
        now=draft.now, occurred_at=draft.occurred_at, world=draft.world, kind="moved",
    )  # fmt: skip
    branches = draft.workflow.branches[draft.case.state, proposal.trigger]
    try:
        take_signed(trial, branches, facts, proposal)
    except MoveRefused as refused:
        return refused.reasons
    return ()


def take_signed(draft: Draft, branches: Sequence[Branch], facts: Facts, proposal: Proposal) -> None:
    """Take a move that has all its signatures, on the data that were signed.

    Raises:
        MoveRefused: its guard does not hold; nothing of the draft has changed.
    """
    chooser = _AsProposed(draft.workflow, branches, facts, Actor(id=proposal.by), proposal.branch)
    chooser.recorder = draft.recorder
    choice = choose(draft, chooser, facts, proposal.data)
    complete(draft, proposal)
    execute(draft, choice)


class _AsProposed(Chooser):
    """Judges the guard again; the roles were judged when it was proposed and signed."""

    def __init__(
        self,
        workflow: Workflow,
        branches: Sequence[Branch],
        facts: Facts,
        actor: Actor,
        place: int,
    ) -> None:
        super().__init__(workflow, (), facts, actor)
        self.branches = branches
        self.standings = {place: Standing(role=(branches[place].by or ("",))[0])}
