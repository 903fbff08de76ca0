"""Decides moves and openings: a step, or a refusal with every reason (language.md 3)."""

from collections.abc import Sequence
from datetime import datetime

from engine.case.errors import MoveRefused, Reason, Reasons
from engine.case.text import Text, said
from engine.case.values import Actor, Case, Data, Move, Step, World
from engine.compiling.plan import Branch, Workflow
from engine.facts.facts import Facts
from engine.facts.given import read_data, ways_of
from engine.facts.roles import Standing, units_above
from engine.language.levels import either
from engine.step import words
from engine.step.choose import Choice, Chooser, Recorder, not_offered
from engine.step.correct import amend, correct
from engine.step.draft import Draft
from engine.step.effects import carry_out
from engine.step.proposals import propose, propose_as_clock, sign
from engine.time.times import FIRST, moment_text, parse_moment


def take_step(
    workflow: Workflow,
    case: Case,
    move: Move,
    *,
    now: datetime,
    world: World,
    recorder: Recorder | None = None,
) -> Step:
    """Decide what a move does to a case. Pure: nothing is stored, nothing is looked up.

    Args:
        workflow: the version the case was opened under.
        case: as last stored.
        move: the wish.
        now: the present moment, aware; clocks and law use ``move.occurred_at`` where given.
        world: what was looked up for this move.
        recorder: listens to what guards say, if anybody does.

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
    kinds = {"fire": _fire, "sign": _sign, "amend": amend, "correct": correct, "propose": _propose}
    draft = Draft(workflow, case, case, move, now=now, occurred_at=when, world=world, kind="moved")
    draft.recorder = recorder
    kinds[move.kind](draft, facts)
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
    blank = Case(
        id=case_id, workflow=workflow.name, version=workflow.version, unit=unit, state="",
        opened_by=move.actor.id,
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
        "opened_by": move.actor.id, "opened_at": moment_text(when),
    }  # fmt: skip
    chooser = Chooser(
        workflow, openings, facts, move.actor, on_behalf_of=move.on_behalf_of, recorder=recorder
    )
    choice = _choose(draft, chooser, facts, move.data, opening=True)
    _execute(draft, choice)
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


def resolve(workflow: Workflow, state: str, word: str) -> tuple[str, tuple[Branch, ...]]:
    """Return the trigger that a word means in a state, and its branches.

    A word is a trigger or a transition's id; an id narrows the branches to those that carry it.
    """
    if (state, word) in workflow.branches:
        return word, workflow.branches[state, word]
    for trigger in workflow.triggers.get(state, ()):
        for branch in workflow.branches[state, trigger]:
            ids = [one.strip() for one in (branch.definition.id or "").split(",")]
            if word in ids:
                return trigger, workflow.branches[state, trigger]
    return workflow.aliases.get(word, word), ()


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
    choice = _choose(draft, chooser, facts, move.data)
    if choice.proposing or choice.branch.cosign:
        propose(draft, choice)
    else:
        _execute(draft, choice)


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


def _sign(draft: Draft, facts: Facts) -> None:
    trigger, branches = resolve(draft.workflow, draft.case.state, draft.move.trigger)
    proposal = sign(draft, trigger, branches, facts)
    if proposal is None:
        return
    proposer = Actor(id=proposal.by)
    chooser = _AsProposed(draft.workflow, branches, facts, proposer, proposal.branch)
    chooser.recorder = draft.recorder
    choice = _choose(draft, chooser, facts, proposal.data)
    draft.notes["signed"] = [list(pair) for pair in proposal.signed]
    _execute(draft, choice)


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


def _choose(
    draft: Draft, chooser: Chooser, facts: Facts, data: Data, *, opening: bool = False
) -> Choice:
    """Return the branch that grants, with the data merged into the draft.

    Raises:
        MoveRefused: with every reason; without a role only that (reasons could leak facts).
    """
    reasons = Reasons()
    if not chooser.allowed:
        chooser.refuse_role(reasons)
        raise MoveRefused(reasons.found)
    ways = ways_of(chooser.allowed)
    given = read_data(data, ways, facts)
    after = Facts(
        draft.workflow, facts.case, facts.world,
        now=facts.now, fields=given.fields, before=facts, actor=draft.move.actor.id,
    )  # fmt: skip
    pick = chooser.pick_opening if opening else chooser.pick
    choice = pick(after, given, reasons)
    if choice is None:
        raise MoveRefused(reasons.found, allowed=draft.workflow.triggers.get(facts.case.state, ()))
    draft.fields = given.fields
    draft.notes["given"] = sorted(given.names)
    draft.facts = after
    return choice


def _execute(draft: Draft, choice: Choice) -> None:
    branch = choice.branch
    draft.notes |= {
        "trigger": branch.trigger, "rule": branch.definition.id or "", "branch": branch.place,
        "from": draft.case.state, "to": choice.target, "role": choice.standing.role,
    }  # fmt: skip
    if draft.before is not None:
        draft.patch["taken"] = {branch.trigger: draft.case.taken.get(branch.trigger, 0) + 1}
    carry_out(draft, choice)
