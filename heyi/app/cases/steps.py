"""Takes one move, and all it owes other cases, inside one open transaction."""

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.case.errors import MoveRefused, Reason
from engine.case.fold import apply, fold
from engine.case.text import Text
from engine.case.values import (
    Actor,
    Case,
    Data,
    Event,
    Join,
    Move,
    OpenCase,
    Plain,
    Signal,
    Step,
    World,
)
from engine.compiling.plan import Workflow
from engine.step.choose import Recorder
from engine.step.grant import resolve
from engine.step.links import link_case
from engine.step.proposals import names_text, proposal_of
from engine.step.take import open_case, take_step
from heyi.app.cases.knowing import grants_for, ways_of
from heyi.app.cases.sent import meant, sent
from heyi.app.cases.worlds import Worlds
from heyi.app.library.library import Library
from storage.kernel.errors import DuplicateCase, PersonNotFound, StaleCase
from storage.kernel.records import Once, Ways
from storage.work import Work

MAX_CHAIN = 16
"""How many cases one move may touch through links before it is taken for a circle."""


class Steps:
    """Takes steps within a transaction that the caller opened.

    Attributes:
        recorder: listens to what guards say; None where nobody does.
    """

    recorder: Recorder | None = None

    def __init__(
        self, library: Library, worlds: Worlds, *, zone: ZoneInfo, new_id: Callable[[], str]
    ) -> None:
        """Use these workflows and look-ups; ``new_id`` makes case ids."""
        self.library, self.worlds, self.zone, self.new_id = library, worlds, zone, new_id

    def once(self, move: Move, case: str) -> Once | None:
        """Return the request's identity, None for a move without a key."""
        if move.key is None:
            return None
        said = [case, move.actor.id, move.kind, move.trigger, dict(move.data), move.reason]
        said += [one for one in (move.hash, move.to) if one]
        text = json.dumps(said, sort_keys=True, ensure_ascii=False)
        # Under a hash, for a key may say anything; with its caller, whose own it is.
        own = f"{move.actor.id}\n{move.key}"
        return Once(key=_sha256(own), request_hash=_sha256(text))

    def take(
        self,
        work: Work,
        case: Case,
        move: Move,
        *,
        now: datetime,
        depth: int,
        once: Once | None = None,
        outside: Sequence[Reason] = (),
    ) -> Step:
        """Make a move in a loaded case, keep it, and carry out what it owes other cases."""
        workflow = self.library.get(work, case.workflow, case.version)
        move = meant(workflow, case, move)
        trigger, branches = resolve(workflow, case.state, move.trigger)
        world = self.worlds.build(
            work, workflow, unit=case.unit, now=move.occurred_at or now, case=case,
            data=_all_data(case, move, trigger), branches=branches, trigger=trigger,
            ways=_ways(move), texts=_older_texts(work, case, move), actors=_named(work, move),
        )  # fmt: skip
        if move.kind == "take_back":
            world = replace(world, undo=_undo(work, case))
        step = take_step(
            workflow, case, move, now=now, world=world, recorder=self.recorder, outside=outside
        )
        self._save(work, workflow, step, world, once=once)
        return self._settle(work, step, now=now, depth=depth)

    def open(
        self, work: Work, workflow: Workflow, unit: str, move: Move, *, now: datetime, depth: int
    ) -> Step:
        """Open a case, keep it, and carry out what it owes other cases."""
        world = self.worlds.build(
            work, workflow, unit=unit, now=move.occurred_at or now, data=move.data,
            branches=workflow.openings, opening=True, ways=_ways(move),
        )  # fmt: skip
        case_id = self.new_id()
        once = self.once(move, f"{workflow.name}:{unit}")
        if once is not None and (granted := work.requests.granted(once)) is not None:
            case = work.cases.load(granted.case)
            event = work.cases.events(case.id)[granted.seq - 1]
            return Step(before=None, after=case, event=event)
        step = open_case(
            workflow, case_id=case_id, unit=unit, move=move, now=now, world=world,
            recorder=self.recorder,
        )  # fmt: skip
        self._save(work, workflow, step, world, once=once)
        return self._settle(work, step, now=now, depth=depth)

    def _save(
        self,
        work: Work,
        workflow: Workflow,
        step: Step,
        world: World,
        *,
        once: Once | None = None,
    ) -> None:
        """Keep a step, and who may know the case; what the database refuses refuses the move."""
        grants = grants_for(workflow, step.after, world)
        try:
            work.cases.save(step, vaults=workflow.vaults, zone=self.zone, once=once, grants=grants)
        except DuplicateCase as error:
            told = Text("已有同样的案件（同一单位、同一期间只能有一件）", str(error))
            raise MoveRefused([Reason(code="move.duplicate", words=told)]) from error
        except StaleCase as error:
            told = Text("案件已被他人改动，请刷新后重试", str(error))
            raise MoveRefused([Reason(code="move.conflict", words=told)]) from error

    def _settle(self, work: Work, step: Step, *, now: datetime, depth: int) -> Step:
        """Carry out what a step owes other cases, in this transaction; return the last step."""
        if depth > MAX_CHAIN:
            told = Text("关联案件互相触发，已中止", "linked cases call one another in a circle")
            raise MoveRefused([Reason(code="link.refused", words=told)])
        case, by = step.after, step.event.actor
        for effect in step.effects:
            if isinstance(effect, OpenCase):
                case = self._open_linked(work, case, step.after, effect, by, now=now, depth=depth)
            elif isinstance(effect, Signal):
                for other in effect.cases:
                    self._signal(work, other, step.after, effect, by, now=now, depth=depth)
            elif isinstance(effect, Join) and effect.inverse is not None:
                other_case = work.cases.load(effect.case)
                self._link(work, other_case, effect.inverse, case.id, by=by, now=now)
        if case is step.after:
            return step
        return Step(
            before=step.before, after=case, event=step.event, effects=step.effects,
            drew=step.drew, unique=step.unique,
        )  # fmt: skip

    def _open_linked(
        self, work: Work, case: Case, told: Case, effect: OpenCase, by: str, *,
        now: datetime, depth: int,
    ) -> Case:  # fmt: skip
        rules = self.library.get(work, effect.workflow)
        own = self.library.get(work, told.workflow, told.version)
        given = sent(work, own, told, rules, effect.data)
        known = {name: value for name, value in given.items() if name in rules.fields}
        move = Move(actor=Actor(id=by, kind="link"), data=known, via=f"link:{case.id}")
        try:
            child = self.open(work, rules, effect.unit, move, now=now, depth=depth + 1).after
        except MoveRefused as error:
            raise _link_refused(error) from error
        if effect.inverse is not None:
            self._link(work, child, effect.inverse, case.id, by=by, now=now)
        return self._link(work, case, effect.link, child.id, by=by, now=now)

    def _link(
        self, work: Work, case: Case, name: str, other: str, *, by: str, now: datetime
    ) -> Case:
        workflow = self.library.get(work, case.workflow, case.version)
        if name not in workflow.definition.links:
            return case
        world = self.worlds.build(work, workflow, unit=case.unit, now=now, case=case)
        step = link_case(workflow, case, name=name, other=other, by=by, now=now, world=world)
        self._save(work, workflow, step, world)
        return step.after

    def _signal(
        self, work: Work, other: str, told: Case, effect: Signal, by: str, *,
        now: datetime, depth: int,
    ) -> None:  # fmt: skip
        case = work.cases.load(other)
        rules = self.library.get(work, case.workflow, case.version)
        own = self.library.get(work, told.workflow, told.version)
        data = sent(work, own, told, rules, effect.data)
        move = Move(actor=Actor(id=by, kind="link"), trigger=effect.trigger, data=data, via="link")
        try:
            self.take(work, case, move, now=now, depth=depth + 1)
        except MoveRefused as error:
            raise _link_refused(error) from error


def _ways(move: Move) -> Ways | None:
    """Return in whose eyes the cases that a move names are looked for.

    A person names only cases that they may know. What is signed was named by who proposed it;
    links and the clock name what the rules say.
    """
    is_own = move.actor.kind == "person" and move.kind != "sign"
    return ways_of(move.actor) if is_own else None


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _all_data(case: Case, move: Move, trigger: str) -> dict[str, Plain]:
    """Return the move's data; for a signature, and where all have signed, what was signed."""
    proposal = proposal_of(case, trigger)
    if proposal is not None and (move.kind == "sign" or not (proposal.needs or move.data)):
        return dict(proposal.data)
    return dict(move.data)


def _named(work: Work, move: Move) -> dict[str, Actor]:
    """Return whom a move names, with their posts; nobody where there is no such person."""
    try:
        return {move.to: work.people.actor(move.to)} if move.to else {}
    except PersonNotFound:
        return {}


def _older_texts(work: Work, case: Case, move: Move) -> dict[str, Data]:
    """Return the text that a signature names where it is open no more: to show what changed."""
    if (
        move.kind != "sign"
        or not move.hash
        or any(names_text(move.hash, one) for one in case.proposals)
    ):
        return {}
    before: Case | None = None
    for event in work.cases.events(case.id):
        before = apply(before, event)
        for proposal in before.proposals:
            if names_text(move.hash, proposal):
                return {move.hash: proposal.data}
    return {}


def _undo(work: Work, case: Case) -> tuple[Case, Event] | None:
    """Return the case before its last event, and that event; None for one just opened."""
    *before, last = work.cases.events(case.id)
    return (fold(before), last) if before else None


def _link_refused(error: MoveRefused) -> MoveRefused:
    told = Text("关联案件不接受这一步", "a linked case refuses its part")
    return MoveRefused([Reason(code="link.refused", words=told), *error.reasons])
