"""Decides moves and openings: a step, or a refusal with every reason (language.md 3)."""

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

from engine.case.errors import MoveRefused, Reason, Reasons
from engine.case.text import Text, said
from engine.case.values import LINK, Case, Move, MoveKind, Step, World
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.facts.roles import units_above
from engine.language.levels import either
from engine.step import beside, words
from engine.step.choose import Chooser, Recorder, not_offered
from engine.step.correct import amend, correct
from engine.step.draft import Draft
from engine.step.grant import choose, execute, resolve
from engine.step.proposals import proposal_of, propose, propose_as_clock
from engine.step.signed import sign_move, take_signed
from engine.step.takingback import take_back
from engine.time.times import FIRST, moment_text, parse_moment


def take_step(
    workflow: Workflow,
    case: Case,
    move: Move,
    *,
    now: datetime,
    world: World,
    recorder: Recorder | None = None,
    outside: Sequence[Reason] = (),
) -> Step:
    """Decide what a move does to a case. Pure: nothing is stored, nothing is looked up.

    Args:
        workflow: the version the case was opened under.
        case: as last stored.
        move: the wish.
        now: the present moment, aware; clocks and law use ``move.occurred_at`` where given.
        world: what was looked up for this move.
        recorder: listens to what guards say, if anybody does.
        outside: why others refused what the last signature would lead to: it is kept, and no more.

    Returns:
        The case before and after, the one event, the effects owed.

    Raises:
        MoveRefused: with every reason; the case is as it was.
        ValueError: ``now`` names no zone, or a number is due and the world has no sequence.

    Source:
        language.md 3; design.md 5.
    """
    when = _occurred(case, move, now)
    facts = Facts(workflow, case, world, now=when, actor=move.actor.id)
    draft = Draft(workflow, case, case, move, now=now, occurred_at=when, world=world, kind="moved")
    draft.recorder, draft.outside = recorder, tuple(outside)
    _KINDS[move.kind](draft, facts)
    return draft.finish()


def open_case(
    workflow: Workflow,
    *,
    case_id: str,
    unit: str,
    move: Move,
    now: datetime,
    world: World,
    recorder: Recorder | None = None,
) -> Step:
    """Decide the opening of a case.

    Args:
        workflow: the rules.
        case_id: a fresh UUIDv4.
        unit: where the case shall live.
        move: who opens it, with what; ``trigger`` names the entry where there are several.
        now: the present moment.
        world: what was looked up.
        recorder: listens to what guards say, if anybody does.

    Raises:
        MoveRefused: with every reason.
    """
    opener = LINK if move.actor.kind == LINK else move.actor.id
    blank = Case(
        id=case_id, workflow=workflow.name, version=workflow.version, unit=unit, state="",
        opened_by=opener,
    )  # fmt: skip
    when = _occurred(blank, move, now)
    reasons = Reasons()
    _check_unit(workflow, unit, world, reasons)
    openings = [b for b in workflow.openings if move.trigger in {"", b.trigger}]
    if not openings:
        names = [b.trigger for b in workflow.openings]
        refused = said(words.NO_ENTRY, entry=move.trigger, entries=names)
        reasons.add("move.state", refused, names=names)
    if reasons.found:
        raise MoveRefused(reasons.found)
    facts = Facts(workflow, blank, world, now=when, actor=move.actor.id)
    draft = Draft(
        workflow, None, blank, move, now=now, occurred_at=when, world=world, kind="opened"
    )
    draft.patch["opening"] = {
        "workflow": workflow.name, "version": workflow.version, "unit": unit,
        "opened_by": opener, "opened_at": moment_text(when),
    }  # fmt: skip
    chooser = Chooser(
        workflow, openings, facts, move.actor, on_behalf_of=move.on_behalf_of, recorder=recorder
    )
    choice = choose(draft, chooser, facts, move.data, opening=True)
    execute(draft, choice)
    return draft.finish()


def _occurred(case: Case, move: Move, now: datetime) -> datetime:
    """Return when the move happened; refuse the future and a stale revision."""
    moment_text(now)
    when = move.occurred_at or now
    reasons = Reasons()
    if move.revision is not None and not case.acted <= move.revision <= case.revision:
        refused = said(words.MOVED_ON, now=case.revision, seen=move.revision)
        reasons.add("move.conflict", refused)
    if when > now:
        reasons.add("move.field", words.AFTER_NOW, names=["occurred_at"])
    elif case.opened_at and moment_text(when) < case.opened_at:
        reasons.add("move.field", words.BEFORE_OPENING, names=["occurred_at"])
    elif not move.reason and when < _last_rung(case):
        reasons.add("move.missing", words.BEFORE_ALERT, names=["reason"])
    if reasons.found:
        raise MoveRefused(reasons.found)
    return when


def _last_rung(case: Case) -> datetime:
    """Return when the newest rung of the open clocks was due that has rung.

    Source:
        language.md 3.5.
    """
    keys = [key for run in case.runs if run.ended is None for key in run.fired]
    moments = [key.partition("@")[2].rstrip("?") for key in keys]
    return parse_moment(max(moments)) if moments else FIRST


def _check_unit(workflow: Workflow, unit: str, world: World, reasons: Reasons) -> None:
    above = units_above(unit, world)
    levels = workflow.definition.opened_at
    if not above:
        reasons.add("move.field", said(words.NO_UNIT, unit=unit), names=["unit"])
    elif levels and above[0].level not in levels:
        named = Text(above[0].title, unit)
        refused = said(words.WRONG_LEVEL, levels=either(levels), unit=named, level=above[0].level)
        reasons.add("move.field", refused, names=["unit"])


def _fire(draft: Draft, facts: Facts) -> None:
    move, workflow, case = draft.move, draft.workflow, draft.case
    trigger, branches = resolve(workflow, case.state, move.trigger)
    if not branches:
        allowed = workflow.triggers.get(case.state, ())
        raise MoveRefused([not_offered(workflow, case.state, trigger, allowed)], allowed=allowed)
    chooser = Chooser(
        workflow, branches, facts, move.actor,
        on_behalf_of=move.on_behalf_of, recorder=draft.recorder,
    )  # fmt: skip
    proposal = proposal_of(case, trigger)
    is_complete = proposal is not None and not proposal.needs and not chooser.only_proposes
    if proposal is not None and is_complete and not move.data:
        take_signed(draft, branches, facts, proposal)
        return
    choice = choose(draft, chooser, facts, move.data)
    if choice.proposing or choice.branch.cosign:
        propose(draft, choice)
    else:
        execute(draft, choice)


def _propose(draft: Draft, facts: Facts) -> None:
    """Propose for the clock; people propose by firing a move that must be signed."""
    move, workflow, case = draft.move, draft.workflow, draft.case
    trigger, branches = resolve(workflow, case.state, move.trigger)
    if not branches:
        allowed = workflow.triggers.get(case.state, ())
        raise MoveRefused([not_offered(workflow, case.state, trigger, allowed)], allowed=allowed)
    if move.actor.kind != "clock":
        reason = Reason(code="move.role", words=words.CLOCK_PROPOSES)
        raise MoveRefused([reason])
    propose_as_clock(draft, trigger, branches, facts)


_KINDS: Mapping[MoveKind, Callable[[Draft, Facts], None]] = {
    "fire": _fire,
    "sign": sign_move,
    "amend": amend,
    "correct": correct,
    "propose": _propose,
    "withdraw": beside.withdraw,
    "comment": beside.comment,
    "claim": beside.claim,
    "hand": beside.hand,
    "accept": beside.accept,
    "give_back": beside.give_back,
    "urge": beside.urge,
    "take_back": take_back,
}
