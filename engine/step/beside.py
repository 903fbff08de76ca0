"""Acts beside moves: comment, withdraw, claim, hand over, urge. None changes a field or a state."""

from dataclasses import replace
from typing import NoReturn

from engine.case.errors import MoveRefused, Reason
from engine.case.owed import HANDED, URGED, WITHDRAWN, Tell
from engine.case.text import Text, said
from engine.case.values import Actor, Case, Handing, Proposal
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.facts.reading import readers_of
from engine.facts.roles import standing
from engine.facts.terms import waits
from engine.step import words
from engine.step.draft import Draft
from engine.step.grant import resolve
from engine.step.proposals import proposal_of
from engine.time.times import moment_text


def comment(draft: Draft, facts: Facts) -> None:
    """Note a comment: a free text of class internal, which makes nothing stale.

    Raises:
        MoveRefused: there is no text, or the person does not work on the case.

    Source:
        language.md 8 "Events beside moves"; design.md 8.
    """
    _refuse_unless(bool(draft.move.reason.strip()), "move.missing", words.NO_COMMENT, "reason")
    own = standing(_workers(draft.workflow), draft.move.actor, facts)
    _refuse_unless(bool(own), "move.role", words.NOT_YOURS_TO_COMMENT)
    draft.kind = "commented"
    draft.acts_by(own)
    draft.notes["role"] = own.role


def withdraw(draft: Draft, _facts: Facts) -> None:
    """Take back a text by who proposed it, or a signature by who gave it, before all have signed.

    Raises:
        MoveRefused: there is no such proposal, it is complete, or the person is none of these.

    Source:
        language.md 9.6 撤回.
    """
    trigger, _branches = resolve(draft.workflow, draft.case.state, draft.move.trigger)
    found, person = proposal_of(draft.case, trigger), draft.move.actor.id
    move = _named_move(draft.workflow, trigger)
    if found is None:
        _refuse("move.state", said(words.NOTHING_TO_SIGN, move=move), trigger)
    if not found.needs:
        _refuse("move.state", said(words.COMPLETE, move=move), trigger)
    others = tuple(one for one in draft.case.proposals if one is not found)
    left = _without_signature(found, person)
    _refuse_unless(found.by == person or left is not None, "move.role", words.NOT_YOURS_TO_WITHDRAW)
    draft.kind = "withdrawn"
    draft.notes |= {"trigger": trigger, "hash": found.hash, "text": found.by == person}
    if left is None or found.by == person:
        draft.proposals = others
        draft.tell_signers([found], why=WITHDRAWN)
        return
    draft.proposals = (*others, left)
    draft.tell((found.by,), why=WITHDRAWN)


def _without_signature(proposal: Proposal, person: str) -> Proposal | None:
    """Return a proposal that waits again for the signature that a person gave; None: gave none."""
    given = [role for role, signer in proposal.signed if signer == person]
    if not given:
        return None
    return replace(
        proposal,
        needs=(*proposal.needs, *given),
        signed=tuple(pair for pair in proposal.signed if pair[1] != person),
        acting=tuple(pair for pair in proposal.acting if pair[0] != person),
    )


def claim(draft: Draft, facts: Facts) -> None:
    """Take a case that nobody has: by whoever holds the role that its state names as assignee.

    Raises:
        MoveRefused: somebody has it, or a field names who does, or the role is another.

    Source:
        language.md 9.7: nobody claims what a field assigns.
    """
    _refuse_unless(draft.case.assignee is None, "move.state", words.HAS_ASSIGNEE)
    own = standing(_assignee_roles(draft.workflow, draft.case), draft.move.actor, facts)
    _refuse_unless(bool(own), "move.role", words.NOT_YOURS_TO_CLAIM)
    draft.kind = "claimed"
    draft.acts_by(own)
    draft.notes["role"] = own.role
    draft.patch["assignee"] = draft.move.actor.id


def hand(draft: Draft, facts: Facts) -> None:
    """Hand a case over; until the other accepts, the giver answers for it and clocks run on.

    The giver is the assignee; where there is none, or for them, whoever stands on a ladder's
    levels. The receiver holds the role and is not barred.

    Raises:
        MoveRefused: with the reason.

    Source:
        language.md 9.7 转办.
    """
    case, move = draft.case, draft.move
    _refuse_unless(not _assigned_by_field(draft.workflow, case), "move.state", words.FIELD_ASSIGNS)
    above = standing(_superiors(draft.workflow), move.actor, facts)
    _refuse_unless(
        move.actor.id == case.assignee or bool(above), "move.role", words.NOT_YOURS_TO_HAND
    )
    receiver = draft.world.actors.get(move.to, Actor(id=move.to))
    fits = move.to != case.assignee and bool(
        standing(_assignee_roles(draft.workflow, case), replace(receiver, lent=()), facts)
    )
    _refuse_unless(fits, "move.field", said(words.NO_RECEIVER, person=move.to), "to")
    draft.kind = "handed"
    if move.actor.id != case.assignee:
        draft.acts_by(above)
    draft.notes["to_person"] = move.to
    draft.handing = Handing(
        giver=case.assignee or move.actor.id, receiver=move.to, at=moment_text(draft.occurred_at)
    )
    draft.tell((move.to,), why=HANDED)


def accept(draft: Draft, facts: Facts) -> None:
    """Accept a case that was handed over: from now on the receiver answers for it.

    Raises:
        MoveRefused: nothing was handed to this person, or they may not have it any more.
    """
    handing = _handed_to(draft, facts)
    fits = standing(_assignee_roles(draft.workflow, draft.case), draft.move.actor, facts)
    _refuse_unless(bool(fits), "move.role", words.NOT_YOURS_TO_CLAIM)
    draft.kind = "accepted"
    draft.notes["from_person"] = handing.giver
    draft.patch["assignee"] = handing.receiver
    draft.handing = None
    draft.tell((handing.giver,), why=HANDED)


def give_back(draft: Draft, facts: Facts) -> None:
    """Refuse a case that was handed over, with a reason: it returns to its giver.

    Raises:
        MoveRefused: nothing was handed to this person, or no reason is given.
    """
    handing = _handed_to(draft, facts)
    _refuse_unless(bool(draft.move.reason.strip()), "move.missing", words.NO_RETURN, "reason")
    draft.kind = "returned"
    draft.notes["to_person"] = handing.giver
    draft.handing = None
    draft.tell((handing.giver,), why=HANDED)


def urge(draft: Draft, facts: Facts) -> None:
    """Urge whose answer is missing, once a day and person; the third time on level 2 hears too.

    Whoever waits may: of a proposal its proposer and signers; of the case whoever opened it, whom
    it names, and the levels of its ladders. No clock moves.

    Raises:
        MoveRefused: nobody's answer is missing, the person waits for nothing, or urged today.

    Source:
        language.md 9.9 催办.
    """
    actor, today = draft.move.actor.id, facts.today.isoformat()
    proposal = None
    if draft.move.trigger:
        trigger, _branches = resolve(draft.workflow, draft.case.state, draft.move.trigger)
        proposal = proposal_of(draft.case, trigger)
        draft.notes["trigger"] = trigger
    roles, persons = _owes_an_answer(draft, proposal)
    _refuse_unless(bool(roles or persons), "move.state", words.NOBODY_TO_URGE)
    waits = proposal is not None and actor in proposal.people
    if proposal is None:
        waits = actor not in persons and bool(
            standing(_waiting(draft.workflow), draft.move.actor, facts)
        )
    _refuse_unless(waits, "move.role", words.NOT_YOURS_TO_URGE)
    before = [day for person, day in draft.case.urged if person == actor]
    _refuse_unless(today not in before, "move.state", words.URGED_TODAY)
    draft.kind = "urged"
    draft.patch["urged"] = [*(list(pair) for pair in draft.case.urged), [actor, today]]
    if len(before) >= _UNANSWERED:
        roles = tuple(dict.fromkeys((*roles, *_level(draft.workflow, 2))))
    draft.effects.append(Tell(roles=roles, persons=persons, why=URGED))


_UNANSWERED = 2
"""So many urges without an answer, and the second level hears of the next."""


def _owes_an_answer(
    draft: Draft, proposal: Proposal | None
) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the roles and persons whose answer is missing."""
    if draft.move.trigger:
        return (proposal.needs if proposal else ()), ()
    if draft.case.assignee is not None:
        return (), (draft.case.assignee,)
    return _assignee_roles(draft.workflow, draft.case), ()


def _handed_to(draft: Draft, facts: Facts) -> Handing:
    handing = draft.case.handing
    if handing is None or handing.receiver != draft.move.actor.id:
        _refuse("move.state", words.NOTHING_HANDED)
    _refuse_unless(waits(draft.case, draft.now, facts), "move.state", words.HANDING_OVER)
    return handing


def _assignee_roles(workflow: Workflow, case: Case) -> tuple[str, ...]:
    """Return the role that has a case in its state; under an overlay that of what lies below."""
    for state in (case.state, *reversed(case.stack)):
        role = workflow.definition.states[state].assignee
        if role is not None:
            return (role,)
    return ()


def _assigned_by_field(workflow: Workflow, case: Case) -> bool:
    branches = (*workflow.openings, *(b for group in workflow.branches.values() for b in group))
    names = {b.definition.assigns for b in branches if b.definition.assigns is not None}
    return case.assignee is not None and case.assignee in {case.fields.get(name) for name in names}


def _superiors(workflow: Workflow) -> tuple[str, ...]:
    """Return the roles on the levels above the first, of the file's ladders or of its chain."""
    return tuple(
        dict.fromkeys(role for one in _levels(workflow) for level in one[1:] for role in level)
    )


def _level(workflow: Workflow, place: int) -> tuple[str, ...]:
    found = (one[place - 1] for one in _levels(workflow) if len(one) >= place)
    return tuple(dict.fromkeys(role for level in found for role in level))


def _levels(workflow: Workflow) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """Return the levels of each ladder; one that names none has those of the chain."""
    chain = tuple((role,) for role in workflow.definition.chain)
    ladders = workflow.definition.ladders.values()
    return tuple(dict.fromkeys((chain, *(one.levels or chain for one in ladders))))


def _waiting(workflow: Workflow) -> tuple[str, ...]:
    """Return who may wait for an answer: who opened it, whom the case names, the levels above."""
    named = [name for name, role in workflow.definition.roles.items() if role.level is None]
    return ("opener", *named, *_superiors(workflow))


def _workers(workflow: Workflow) -> tuple[str, ...]:
    """Return who works on a case: readers of class internal; without any, roles with a post."""
    readers = readers_of(workflow, "internal")
    if readers:
        return readers
    return tuple(name for name, role in workflow.definition.roles.items() if role.level)


def _named_move(workflow: Workflow, trigger: str) -> Text:
    return Text(workflow.move_label(trigger) or trigger, trigger)


def _refuse(code: str, told: Text, *names: str) -> NoReturn:
    raise MoveRefused([Reason(code=code, words=told, names=names)])


def _refuse_unless(holds: bool, code: str, told: Text, *names: str) -> None:
    if not holds:
        _refuse(code, told, *names)
