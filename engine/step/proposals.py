"""Handles moves that several must sign: proposed, signed on the same text, then taken."""

from collections.abc import Sequence
from dataclasses import replace

from engine.case.errors import MoveRefused, Reason, Reasons
from engine.case.text import Text, said, worded
from engine.case.values import CLOCK, Actor, Case, Data, Plain, Proposal
from engine.compiling.plan import Branch, Workflow
from engine.facts.facts import Facts
from engine.facts.messages import MASK, label_or_id, shown
from engine.facts.reading import may_read
from engine.facts.roles import Standing, standing
from engine.step import words
from engine.step.choose import Choice, not_offered
from engine.step.draft import Draft
from engine.step.texts import open_salt, rests_upon, salts, text_hash
from engine.time.times import moment_text

SHOWN = 16
"""Digits of a text's hash that are enough to name it: no two can be made alike beforehand."""


def propose(draft: Draft, choice: Choice) -> None:
    """Turn a granted choice into a proposal; nothing of the case changes yet.

    The proposer's own role is signed by proposing. A role listed under ``propose`` may only
    propose: somebody of ``by`` must sign too. A text is replaced by its own proposer only; what
    a clock proposed waits for somebody's data, so anybody who may move replaces that.

    Raises:
        MoveRefused: the text of somebody else waits for signatures.

    Source:
        language.md 3.7 and 9.1.
    """
    branch = choice.branch
    old = proposal_of(draft.case, branch.trigger)
    if old is not None and old.by not in {draft.move.actor.id, CLOCK}:
        raise MoveRefused([not_your_text(draft.workflow, branch.trigger)])
    needs = list(branch.cosign)
    if choice.proposing:
        needs = [branch.by[0], *needs]
    data = {name: draft.move.data[name] for name in draft.move.data}
    proposal = Proposal(
        trigger=branch.trigger,
        branch=branch.place,
        data=data,
        hash=text_hash(
            draft.workflow, draft.case, branch, data,
            on_behalf_of=draft.move.on_behalf_of, salt=draft.world.salt,
        ),
        by=draft.move.actor.id,
        needs=tuple(needs),
        signed=((choice.standing.role, draft.move.actor.id),),
        acting=_acting(draft.move.actor.id, choice.standing),
        on_behalf_of=draft.move.on_behalf_of,
        at=moment_text(draft.occurred_at),
    )  # fmt: skip
    kept = [p for p in draft.case.proposals if p.trigger != branch.trigger]
    draft.fields = dict(draft.case.fields)
    draft.proposals = (*kept, proposal)
    upon = {*data, *(rests_upon(draft.workflow, branch) & draft.case.fields.keys())}
    draft.salts = salts(upon, draft.workflow.vaults, draft.world.salt)
    if draft.world.salt:
        draft.notes["salt"] = open_salt(draft.world.salt)
    if old is not None:
        draft.notes["replaced"] = old.hash
        draft.tell_signers([old])
    draft.kind = "proposed"
    draft.acts_by(choice.standing)
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
    if proposal_of(draft.case, trigger) is not None:
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
        hash=text_hash(draft.workflow, draft.case, branch, {}, on_behalf_of=None, salt=None),
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
        MoveRefused: there is no such proposal, this person may not sign it (again), or the
            signature names no text or another one.

    Source:
        language.md 9.1.
    """
    found = proposal_of(draft.case, trigger)
    if found is None or not branches:
        reasons = Reasons()
        if branches:
            refused = said(words.NOTHING_TO_SIGN, move=trigger)
            reasons.add("move.state", refused, names=[trigger])
            raise MoveRefused(reasons.found)
        offered = draft.workflow.triggers.get(draft.case.state, ())
        raise MoveRefused([not_offered(draft.workflow, draft.case.state, trigger, offered)])
    role, by = _signs_as(found, branches[found.branch], draft, facts)
    _same_text(found, draft, facts)
    done = replace(
        found,
        needs=_without(found.needs, role),
        signed=(*found.signed, (role, draft.move.actor.id)),
        acting=(*found.acting, *_acting(draft.move.actor.id, by)),
    )
    draft.kind = "signed"
    draft.acts_by(by)
    draft.notes |= {"trigger": trigger, "role": role, "hash": found.hash}
    others = tuple(p for p in draft.case.proposals if p.trigger != trigger)
    draft.proposals = (*others, done)
    return None if done.needs else done


def complete(draft: Draft, proposal: Proposal) -> None:
    """Note that a complete proposal is taken now: it is gone, and others stay if they may."""
    others = tuple(p for p in draft.case.proposals if p.trigger != proposal.trigger)
    draft.proposals = others
    draft.kind = "moved"
    draft.notes["hash"] = proposal.hash
    draft.notes["signed"] = [list(pair) for pair in proposal.signed]


def proposal_of(case: Case, trigger: str) -> Proposal | None:
    """Return the open proposal of a trigger; a case has at most one."""
    return next((one for one in case.proposals if one.trigger == trigger), None)


def names_text(named: str, proposal: Proposal) -> bool:
    """Tell whether a hash, or so much of it as people are shown, names this proposal's text."""
    return len(named) >= SHOWN and proposal.hash.startswith(named)


def not_your_text(workflow: Workflow, trigger: str) -> Reason:
    """Return the reason that only its proposer may replace a text."""
    move = workflow.move_label(trigger) or trigger
    words_ = said(words.NOT_YOUR_TEXT, move=Text(move, trigger))
    return Reason(code="move.duplicate", words=words_, names=(trigger,))


def _same_text(proposal: Proposal, draft: Draft, facts: Facts) -> None:
    """Refuse a signature that names no text, or not the one that is open."""
    named = draft.move.hash
    if names_text(named, proposal):
        return
    if not named:
        raise MoveRefused([Reason(code="move.missing", words=words.NO_HASH, names=("hash",))])
    told, names = words.OTHER_TEXT, ["hash"]
    old = draft.world.texts.get(named)
    if old is not None:
        names = [n for n in {**old, **proposal.data} if old.get(n) != proposal.data.get(n)]
        changes = [_change(name, old, proposal, draft, facts) for name in names]
        told = said(words.CHANGED_TEXT, changes=changes) if changes else told
    raise MoveRefused([Reason(code="move.conflict", words=told, names=tuple(names))])


def _change(name: str, old: Data, proposal: Proposal, draft: Draft, facts: Facts) -> Text:
    """Return how a field differs from the text that was seen, masked for who may not read it."""
    is_read = may_read(name, draft.move.actor, facts)
    both = (old.get(name), proposal.data.get(name))
    values = [_shown(one) if is_read else Text(MASK, MASK) for one in both]
    return said(words.CHANGE, field=label_or_id(facts, name), old=values[0], new=values[1])


def _shown(value: Plain) -> Text:
    return worded(lambda lang: shown(value, lang))


def signing(
    proposal: Proposal, branch: Branch, actor: Actor, facts: Facts, *,
    on_behalf_of: str | None = None,
) -> tuple[str, Standing] | None:  # fmt: skip
    """Return as which missing role a person may sign, and by what; None: as none.

    One person signs once under one text. A substitute signs for the pair (signer, person acted
    for): neither may stand under it already.

    Source:
        language.md 9.1; design.md 8 "Acting for".
    """
    if actor.id in proposal.people:
        return None
    free = replace(actor, lent=tuple(o for o in actor.lent if o.id not in proposal.people))
    for role in proposal.needs:
        roles = branch.by if role in branch.by else (role,)
        found = standing(roles, free, facts, on_behalf_of=on_behalf_of)
        if found:
            return role, found
    return None


def _acting(signer: str, by: Standing) -> tuple[tuple[str, str], ...]:
    return () if by.acting_for is None else ((signer, by.acting_for),)


def _without(needs: tuple[str, ...], role: str) -> tuple[str, ...]:
    left = list(needs)
    left.remove(role)
    return tuple(left)


def _signs_as(
    proposal: Proposal, branch: Branch, draft: Draft, facts: Facts
) -> tuple[str, Standing]:
    reasons = Reasons()
    person = draft.move.actor.id
    if not proposal.needs:
        move = draft.workflow.move_label(proposal.trigger) or proposal.trigger
        told = said(words.COMPLETE, move=Text(move, proposal.trigger))
        raise MoveRefused([Reason(code="move.state", words=told, names=(proposal.trigger,))])
    if person in proposal.people:
        reasons.add("move.role", words.SIGNED_ALREADY)
        raise MoveRefused(reasons.found)
    behalf = draft.move.on_behalf_of
    found = signing(proposal, branch, draft.move.actor, facts, on_behalf_of=behalf)
    if found is not None:
        return found
    named = [Text(draft.workflow.label("roles", role), role) for role in proposal.needs]
    reasons.add("move.role", said(words.WAITS_FOR, roles=named), names=proposal.needs)
    raise MoveRefused(reasons.found)
