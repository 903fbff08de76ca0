"""Computes the offers of a case: what a person may do now, with what data, else why not.

Asked of the same code as ``take_step``: an offer that is open is granted once its data is
given, unless that data itself fails a guard.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from engine.case.errors import Reason, Reasons
from engine.case.text import Text, worded
from engine.case.values import CLOCK, Actor, Case, Move, Proposal, World
from engine.compiling.plan import Branch, Workflow
from engine.facts.facts import Facts
from engine.facts.reading import base_fields
from engine.facts.roles import standing
from engine.step.choose import Chooser
from engine.step.draft import Draft
from engine.step.proposals import not_your_text, proposal_of, signing
from engine.step.signed import why_not_yet


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """One trigger of the present state, for one person.

    Attributes:
        trigger: what to fire.
        rule: the id of the branch meant, or "".
        label: of the branch meant, or the trigger where it has none.
        open: whether it may be done now (its data may still be wanting).
        asks: fields that must be given.
        may: fields that may be given.
        signs: an open proposal waits for this person's signature.
        proposed: an open proposal waits, for this person or others.
        hash: of the text that waits; "" where none does.
        complete: it has all its signatures, and is taken as it is, once it is possible.
        reasons: why not, where it is not open.
    """

    trigger: str
    rule: str
    label: Text
    open: bool
    asks: tuple[str, ...] = ()
    may: tuple[str, ...] = ()
    signs: bool = False
    proposed: bool = False
    hash: str = ""
    complete: bool = False
    reasons: tuple[Reason, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendable:
    """Fields a person may change in the present state without a transition."""

    fields: tuple[str, ...]
    adds: tuple[str, ...]
    edits: tuple[tuple[str, tuple[str, ...]], ...]


def offers(
    workflow: Workflow, case: Case, actor: Actor, *, now: datetime, world: World
) -> list[Offer]:
    """Return an offer for every trigger of the present state, in the file's order.

    Args:
        workflow: the version the case was opened under.
        case: as last stored.
        actor: who asks.
        now: the present moment.
        world: what was looked up.

    Source:
        design.md 5: offers come from the same code, no second truth.
    """
    facts = Facts(workflow, case, world, now=now, actor=actor.id)
    return [
        _offer(workflow, workflow.branches[case.state, trigger], facts, actor, now)
        for trigger in workflow.triggers.get(case.state, ())
    ]


def _offer(
    workflow: Workflow, branches: Sequence[Branch], facts: Facts, actor: Actor, now: datetime
) -> Offer:
    trigger = branches[0].trigger
    proposal = proposal_of(facts.case, trigger)
    chooser = Chooser(workflow, branches, facts, actor)
    signs = (
        proposal is not None
        and signing(proposal, branches[proposal.branch], actor, facts) is not None
    )
    reasons = Reasons()
    if not chooser.allowed:
        chooser.refuse_role(reasons)
        return _made(branches[0], is_open=signs, signs=signs, proposal=proposal, reasons=reasons)
    if proposal is not None and not proposal.needs and not chooser.only_proposes:
        return _ready(branches[proposal.branch], facts, actor, proposal, now)
    for branch in chooser.allowed:
        why = _why_not(chooser, branch, facts)
        if _is_others(proposal, branch, chooser, actor):
            why.found.append(not_your_text(workflow, trigger))
        if not why.found:
            return _made(branch, is_open=True, signs=signs, proposal=proposal, reasons=why)
        reasons.found.extend(r for r in why.found if r not in reasons.found)
    return _made(chooser.allowed[0], is_open=signs, signs=signs, proposal=proposal, reasons=reasons)


def _ready(branch: Branch, facts: Facts, actor: Actor, proposal: Proposal, now: datetime) -> Offer:
    """Return the offer to take a move that has all its signatures, on the data signed."""
    move = Move(actor=actor, trigger=proposal.trigger)
    draft = Draft(
        facts.workflow, facts.case, facts.case, move,
        now=now, occurred_at=now, world=facts.world, kind="moved",
    )  # fmt: skip
    reasons = Reasons(list(why_not_yet(draft, facts, proposal)))
    made = _made(branch, is_open=not reasons.found, signs=False, proposal=proposal, reasons=reasons)
    return replace(made, asks=(), may=(), complete=True)


def _is_others(proposal: Proposal | None, branch: Branch, chooser: Chooser, actor: Actor) -> bool:
    """Tell whether a branch would replace the text of somebody else."""
    must_sign = bool(branch.cosign) or branch.place in chooser.proposing
    return must_sign and proposal is not None and proposal.by not in {actor.id, CLOCK}


def _why_not(chooser: Chooser, branch: Branch, facts: Facts) -> Reasons:
    """Return the guard lines that fail whatever data the branch asks for.

    A line that is unknown, or that reads data still to be given, may come to hold.
    """
    reasons = Reasons()
    owed = set(branch.accepts)
    for line in branch.guard:
        answer = facts.ask(line.ask)
        reads = _fields_read(chooser.workflow, line.ask.names)
        if answer.holds or reads & owed:
            continue
        chooser.explain(line, facts, reasons)
    return reasons


def _fields_read(workflow: Workflow, names: Sequence[str]) -> set[str]:
    return base_fields(workflow, [n for n in names if not n.startswith("before.")])


def _made(
    branch: Branch, *, is_open: bool, signs: bool, proposal: Proposal | None, reasons: Reasons
) -> Offer:
    rule = branch.definition
    label = worded(rule.label.text) if rule.label else Text(branch.trigger, branch.trigger)
    return Offer(
        trigger=branch.trigger,
        rule=rule.id or "",
        label=label,
        open=is_open,
        asks=(*rule.asks, *rule.adds, *branch.edits),
        may=rule.may,
        signs=signs,
        proposed=proposal is not None,
        hash=proposal.hash if proposal is not None else "",
        reasons=() if is_open else tuple(reasons.found),
    )


def amendable(
    workflow: Workflow, case: Case, actor: Actor, *, now: datetime, world: World
) -> Amendable:
    """Return what a person may change in the present state without a transition."""
    facts = Facts(workflow, case, world, now=now, actor=actor.id)
    fields: set[str] = set()
    adds: set[str] = set()
    edits: dict[str, set[str]] = {}
    for part in workflow.amendments.get(case.state, ()):
        if standing(part.by, actor, facts):
            fields |= part.fields
            adds |= part.adds
            for name, columns in part.edits.items():
                edits.setdefault(name, set()).update(columns)
    return Amendable(
        fields=tuple(n for n in workflow.fields if n in fields),
        adds=tuple(n for n in workflow.fields if n in adds),
        edits=tuple((n, tuple(sorted(edits[n]))) for n in workflow.fields if n in edits),
    )
