"""Handles moves that several must sign: proposed, signed on the same data, then taken."""

from collections.abc import Sequence
from dataclasses import replace

from engine.case.errors import MoveRefused, Reasons
from engine.case.text import Text, said
from engine.case.values import CLOCK, Proposal
from engine.compiling.plan import Branch
from engine.facts.facts import Facts
from engine.facts.roles import standing
from engine.step import words
from engine.step.choose import Choice, not_offered
from engine.step.draft import Draft, proposal_hash
from engine.time.times import moment_text


def propose(draft: Draft, choice: Choice) -> None:
    """Turn a granted choice into a proposal; nothing of the case changes yet.

    The proposer's own role is signed by proposing. A role listed under ``propose`` may only
    propose: somebody of ``by`` must sign too.

    Source:
        language.md 3.7.
    """
    branch = choice.branch
    needs = list(branch.cosign)
    if choice.proposing:
        needs = [branch.by[0], *needs]
    data = {name: draft.move.data[name] for name in draft.move.data}
    proposal = Proposal(
        trigger=branch.trigger,
        branch=branch.place,
        data=data,
        hash=proposal_hash(branch.trigger, branch.place, data),
        by=draft.move.actor.id,
        needs=tuple(needs),
        signed=((choice.standing.role, draft.move.actor.id),),
        on_behalf_of=draft.move.on_behalf_of,
        at=moment_text(draft.occurred_at),
    )
    kept = [p for p in draft.case.proposals if p.trigger != branch.trigger]
    draft.fields = dict(draft.case.fields)
    draft.proposals = (*kept, proposal)
    draft.kind = "proposed"
    draft.notes |= {
        "trigger": branch.trigger, "rule": branch.definition.id or "", "role": choice.standing.role,
        "needs": needs, "hash": proposal.hash,
    }  # fmt: skip


def propose_as_clock(draft: Draft, trigger: str, branches: Sequence[Branch], facts: Facts) -> None:
    """Propose the first branch whose guard holds, on a rung's behalf: people decide by signing.

    What the branch asks for is not known yet: whoever may make the move then makes it with
    data of their own, which voids the proposal.

    Args:
        draft: of a case in which the trigger is offered.
        trigger: which.
        branches: its branches.
        facts: of the case.

    Raises:
        MoveRefused: no guard holds, nobody could sign, or it is proposed already.
    """
    reasons = Reasons()
    if any(p.trigger == trigger for p in draft.case.proposals):
        reasons.add("move.duplicate", said(words.PROPOSED, move=trigger))
        raise MoveRefused(reasons.found)
    for branch in branches:
        roles = [word for word in branch.by if word in draft.workflow.definition.roles]
        if roles and all(facts.ask(line.ask).holds for line in branch.guard):
            _put_forward(draft, branch, roles[0])
            return
    reasons.add("move.guard", words.NO_GUARD_HOLDS)
    raise MoveRefused(reasons.found)


def _put_forward(draft: Draft, branch: Branch, role: str) -> None:
    proposal = Proposal(
        trigger=branch.trigger,
        branch=branch.place,
        data={},
        hash=proposal_hash(branch.trigger, branch.place, {}),
        by=draft.move.actor.id,
        needs=(role, *branch.cosign),
        signed=(),
        at=moment_text(draft.occurred_at),
    )
    draft.proposals = (*draft.case.proposals, proposal)
    draft.kind = "proposed"
    draft.notes |= {
        "trigger": branch.trigger, "rule": branch.definition.id or "", "role": CLOCK,
        "needs": list(proposal.needs), "hash": proposal.hash,
    }  # fmt: skip


def sign(draft: Draft, trigger: str, branches: Sequence[Branch], facts: Facts) -> Proposal | None:
    """Add a signature; return the proposal once it is complete, None while some are missing.

    Raises:
        MoveRefused: there is no such proposal, or this person may not sign it (again).
    """
    found = next((p for p in draft.case.proposals if p.trigger == trigger), None)
    if found is None or not branches:
        reasons = Reasons()
        if branches:
            refused = said(words.NOTHING_TO_SIGN, move=trigger)
            reasons.add("move.state", refused, names=[trigger])
            raise MoveRefused(reasons.found)
        offered = draft.workflow.triggers.get(draft.case.state, ())
        raise MoveRefused([not_offered(draft.workflow, draft.case.state, trigger, offered)])
    role = _signs_as(found, branches[found.branch], draft, facts)
    done = replace(
        found,
        needs=_without(found.needs, role),
        signed=(*found.signed, (role, draft.move.actor.id)),
    )
    draft.kind = "signed"
    draft.notes |= {"trigger": trigger, "role": role, "hash": found.hash}
    others = tuple(p for p in draft.case.proposals if p.trigger != trigger)
    if done.needs:
        draft.proposals = (*others, done)
        return None
    draft.proposals = ()
    draft.kind = "moved"
    return done


def _without(needs: tuple[str, ...], role: str) -> tuple[str, ...]:
    left = list(needs)
    left.remove(role)
    return tuple(left)


def _signs_as(proposal: Proposal, branch: Branch, draft: Draft, facts: Facts) -> str:
    reasons = Reasons()
    person = draft.move.actor.id
    if any(person == signer for _role, signer in proposal.signed):
        reasons.add("move.role", words.SIGNED_ALREADY)
        raise MoveRefused(reasons.found)
    for role in proposal.needs:
        roles = branch.by if role in branch.by else (role,)
        found = standing(roles, draft.move.actor, facts, on_behalf_of=draft.move.on_behalf_of)
        if found:
            return role
    named = [Text(draft.workflow.label("roles", role), role) for role in proposal.needs]
    reasons.add("move.role", said(words.WAITS_FOR, roles=named), names=proposal.needs)
    raise MoveRefused(reasons.found)
