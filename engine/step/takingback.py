"""Takes back a granted move (撤回): by who made it, while nothing rests on it yet."""

from typing import NoReturn

from engine.case.errors import MoveRefused, Reason
from engine.case.text import Text, said
from engine.case.values import Case, Event
from engine.compiling.plan import Branch
from engine.facts.facts import Facts
from engine.facts.terms import in_time
from engine.language.model import TransitionDef
from engine.language.words import Span
from engine.step import words
from engine.step.draft import Draft


def take_back(draft: Draft, facts: Facts) -> None:
    """Give the case again what it had before its last event, which the mover made.

    What the move drew, opened, signalled, joined, published, delivered, erased or ended forbids
    it: files cannot write ``takes_back`` on such moves. So does anything that came after, a rung
    too: then somebody was told. Clocks run on with their old anchors.

    Raises:
        MoveRefused: there is nothing to take back, it was another's, or it is too late.

    Source:
        language.md 9.6 撤回.
    """
    undo = draft.world.undo
    if undo is None or undo[1].seq != draft.case.revision or undo[1].kind != "moved":
        _refuse("move.state", words.NOTHING_TO_TAKE_BACK)
    before, event = undo
    branch = _branch(draft, before, event)
    rule = branch.definition.takes_back if isinstance(branch.definition, TransitionDef) else None
    move = Text(branch.name, branch.name)
    within = rule.within if rule else None
    if not isinstance(within, Span) or event.public.get("voided"):
        _refuse("move.state", said(words.NEVER_TAKEN_BACK, move=move), branch.trigger)
    if event.actor != draft.move.actor.id:
        _refuse("move.role", words.NOT_YOURS_TO_TAKE_BACK)
    if not in_time(within, event.at, draft.now, facts):
        _refuse("move.state", said(words.TOO_LATE_TO_TAKE_BACK, move=move), branch.trigger)
    draft.kind = "taken_back"
    draft.notes |= {
        "trigger": branch.trigger, "from": draft.case.state, "to": before.state, "of": event.seq,
    }  # fmt: skip
    draft.fields = dict(before.fields)
    draft.state, draft.stack = before.state, before.stack
    draft.back = before


def _branch(draft: Draft, before: Case, event: Event) -> Branch:
    branches = draft.workflow.branches[before.state, str(event.public["trigger"])]
    return branches[int(event.public["branch"])]  # type: ignore[arg-type]


def _refuse(code: str, told: Text, *names: str) -> NoReturn:
    raise MoveRefused([Reason(code=code, words=told, names=names)])
