"""Cases: opened, moved, read and checked; one transaction a use, all or nothing."""

import hashlib
import json
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.errors import MoveRefused, Reason
from engine.facts import Facts
from engine.links import link_case
from engine.offers import Amendable, Offer, amendable, offers
from engine.plan import Branch, Workflow
from engine.step import open_case, resolve, take_step
from engine.values import (
    Actor,
    Case,
    Data,
    Join,
    Move,
    OpenCase,
    Plain,
    Signal,
    Step,
    World,
)
from heyi.services.library import Library
from heyi.services.worlds import Worlds
from storage.errors import DuplicateCase, StaleCase
from storage.records import Once
from storage.work import Store, Work

MAX_CHAIN = 16
"""How many cases one move may touch through links before it is taken for a circle."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A case as one person may see it.

    Attributes:
        case: as stored; its field values are for the read path only.
        workflow: its rules.
        facts: its facts at the moment it was read.
        actor: who reads.
        world: what was looked up.
    """

    case: Case
    workflow: Workflow
    facts: Facts
    actor: Actor
    world: World


class Cases:
    """The use cases of handlers."""

    def __init__(
        self,
        store: Store,
        library: Library,
        worlds: Worlds,
        *,
        zone: ZoneInfo,
        new_id: Callable[[], str] = lambda: str(uuid.uuid4()),
    ) -> None:
        """Work on this store.

        Args:
            store: where cases are kept.
            library: published workflows.
            worlds: looks up what a move may read.
            zone: the office's zone.
            new_id: makes case ids; tests give their own.
        """
        self.store, self.library, self.worlds = store, library, worlds
        self.zone, self._new_id = zone, new_id

    def open(
        self,
        workflow: str,
        *,
        unit: str,
        person: str,
        data: Data,
        now: datetime,
        entry: str = "",
        occurred_at: datetime | None = None,
        key: str | None = None,
        via: str = "",
        on_behalf_of: str | None = None,
    ) -> Step:
        """Open a case under the newest published version.

        Raises:
            MoveRefused: with every reason; nothing is kept.
            StorageError: the workflow is not published, or the unit or person unknown.
        """
        with self.store.write() as work:
            rules = self.library.get(work, workflow)
            move = Move(
                actor=work.people.actor(person), trigger=entry, data=data, key=key, via=via,
                occurred_at=occurred_at, on_behalf_of=on_behalf_of,
            )  # fmt: skip
            return self._open(work, rules, unit, move, now=now, depth=0)

    def move(
        self,
        ref: str,
        *,
        person: str,
        now: datetime,
        trigger: str = "",
        kind: str = "fire",
        data: Data | None = None,
        occurred_at: datetime | None = None,
        on_behalf_of: str | None = None,
        revision: int | None = None,
        key: str | None = None,
        reason: str = "",
        via: str = "",
    ) -> Step:
        """Make a person's move in a case, by id or number.

        Args:
            ref: the case.
            person: who moves.
            now: the present moment.
            trigger: for ``fire`` and ``sign``.
            kind: ``fire``, ``sign``, ``amend`` or ``correct``.
            data: plain values by field.
            occurred_at: when it happened, if not now.
            on_behalf_of: the party for whom it is recorded.
            revision: the revision the person saw.
            key: idempotency key: the same request is granted once and then answered alike.
            reason: for corrections.
            via: the door.

        Raises:
            MoveRefused: with every reason; nothing is kept.
            StorageError: no such case or person; the case moved meanwhile.
        """
        with self.store.write() as work:
            move = Move(
                actor=work.people.actor(person), kind=kind, trigger=trigger, data=data or {},  # type: ignore[arg-type]
                occurred_at=occurred_at, on_behalf_of=on_behalf_of, revision=revision, key=key,
                reason=reason, via=via,
            )  # fmt: skip
            case = work.cases.load(ref)
            once = self._once(move, case.id)
            if once is not None and (granted := work.requests.granted(once)) is not None:
                event = work.cases.events(case.id)[granted.seq - 1]
                return Step(before=case, after=case, event=event)
            return self._take(work, case, move, now=now, depth=0, once=once)

    def _once(self, move: Move, case: str) -> Once | None:
        if move.key is None:
            return None
        said = [case, move.actor.id, move.kind, move.trigger, dict(move.data), move.reason]
        text = json.dumps(said, sort_keys=True, ensure_ascii=False)
        return Once(key=move.key, request_hash=hashlib.sha256(text.encode()).hexdigest())

    def _take(
        self,
        work: Work,
        case: Case,
        move: Move,
        *,
        now: datetime,
        depth: int,
        once: Once | None = None,
    ) -> Step:
        workflow = self.library.get(work, case.workflow, case.version)
        trigger, branches = resolve(workflow, case.state, move.trigger)
        world = self.worlds.build(
            work, workflow, unit=case.unit, now=move.occurred_at or now, case=case,
            data=_all_data(case, move, trigger), branches=branches, trigger=trigger,
        )  # fmt: skip
        step = take_step(workflow, case, move, now=now, world=world)
        self._save(work, workflow, step, once=once)
        return self._settle(work, step, now=now, depth=depth)

    def _open(
        self, work: Work, workflow: Workflow, unit: str, move: Move, *, now: datetime, depth: int
    ) -> Step:
        world = self.worlds.build(
            work, workflow, unit=unit, now=move.occurred_at or now, data=move.data,
            branches=workflow.openings, opening=True,
        )  # fmt: skip
        case_id = self._new_id()
        once = self._once(move, f"{workflow.name}:{unit}")
        if once is not None and (granted := work.requests.granted(once)) is not None:
            case = work.cases.load(granted.case)
            event = work.cases.events(case.id)[granted.seq - 1]
            return Step(before=None, after=case, event=event)
        step = open_case(workflow, case_id=case_id, unit=unit, move=move, now=now, world=world)
        self._save(work, workflow, step, once=once)
        return self._settle(work, step, now=now, depth=depth)

    def _save(
        self, work: Work, workflow: Workflow, step: Step, *, once: Once | None = None
    ) -> None:
        """Keep a step; what the database refuses becomes a refusal of the move."""
        try:
            work.cases.save(step, vaults=workflow.vaults, zone=self.zone, once=once)
        except DuplicateCase as error:
            zh, en = "已有同样的案件（同一单位、同一期间只能有一件）", str(error)
            raise MoveRefused([Reason(code="move.duplicate", zh=zh, en=en)]) from error
        except StaleCase as error:
            zh, en = "案件已被他人改动，请刷新后重试", str(error)
            raise MoveRefused([Reason(code="move.conflict", zh=zh, en=en)]) from error

    def _settle(self, work: Work, step: Step, *, now: datetime, depth: int) -> Step:
        """Carry out what a step owes other cases, in this transaction; return the last step."""
        if depth > MAX_CHAIN:
            zh, en = "关联案件互相触发，已中止", "linked cases call one another in a circle"
            raise MoveRefused([Reason(code="link.refused", zh=zh, en=en)])
        case, by = step.after, step.event.actor
        for effect in step.effects:
            if isinstance(effect, OpenCase):
                case = self._open_linked(work, case, effect, by, now=now, depth=depth)
            elif isinstance(effect, Signal):
                for other in effect.cases:
                    self._signal(work, other, effect, by, now=now, depth=depth)
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
        self, work: Work, case: Case, effect: OpenCase, by: str, *, now: datetime, depth: int
    ) -> Case:
        rules = self.library.get(work, effect.workflow)
        known = {name: value for name, value in effect.data.items() if name in rules.fields}
        move = Move(actor=Actor(id=by, kind="link"), data=known, via=f"link:{case.id}")
        try:
            child = self._open(work, rules, effect.unit, move, now=now, depth=depth + 1).after
        except MoveRefused as error:
            raise _link_refused(error) from error
        if effect.inverse is not None:
            self._link(work, child, effect.inverse, case.id, by=by, now=now)
        return self._link(work, case, effect.link, child.id, by=by, now=now)

    def _link(
        self, work: Work, case: Case, name: str, other: str, *, by: str, now: datetime
    ) -> Case:
        workflow = self.library.get(work, case.workflow, case.version)
        if name not in workflow.rule.links:
            return case
        world = self.worlds.build(work, workflow, unit=case.unit, now=now, case=case)
        step = link_case(workflow, case, name=name, other=other, by=by, now=now, world=world)
        self._save(work, workflow, step)
        return step.after

    def _signal(
        self, work: Work, other: str, effect: Signal, by: str, *, now: datetime, depth: int
    ) -> None:
        move = Move(
            actor=Actor(id=by, kind="link"), trigger=effect.trigger, data=effect.data, via="link"
        )
        try:
            self._take(work, work.cases.load(other), move, now=now, depth=depth + 1)
        except MoveRefused as error:
            raise _link_refused(error) from error

    def see(self, ref: str, *, person: str, now: datetime) -> Seen:
        """Return a case with its facts, for one person's eyes."""
        with self.store.read() as work:
            return self._seen(work, work.cases.load(ref), person, now)

    def _seen(self, work: Work, case: Case, person: str, now: datetime) -> Seen:
        workflow = self.library.get(work, case.workflow, case.version)
        branches: list[Branch] = [
            b
            for trigger in workflow.triggers.get(case.state, ())
            for b in workflow.branches[case.state, trigger]
        ]
        world = self.worlds.build(
            work, workflow, unit=case.unit, now=now, case=case, branches=branches
        )
        actor = work.people.actor(person)
        facts = Facts(workflow, case, world, now=now, actor=actor.id)
        return Seen(case=case, workflow=workflow, facts=facts, actor=actor, world=world)

    def offers(
        self, ref: str, *, person: str, now: datetime
    ) -> tuple[Seen, list[Offer], Amendable]:
        """Return what a person may do now, with what data, and for the rest why not."""
        seen = self.see(ref, person=person, now=now)
        found = offers(seen.workflow, seen.case, seen.actor, now=now, world=seen.world)
        extra = amendable(seen.workflow, seen.case, seen.actor, now=now, world=seen.world)
        return seen, found, extra


def _all_data(case: Case, move: Move, trigger: str) -> dict[str, Plain]:
    """Return the move's data; for a signature the data of what is signed."""
    if move.kind == "sign":
        for proposal in case.proposals:
            if proposal.trigger == trigger:
                return dict(proposal.data)
    return dict(move.data)


def _link_refused(error: MoveRefused) -> MoveRefused:
    first = Reason(
        code="link.refused", zh="关联案件不接受这一步", en="a linked case refuses its part"
    )
    return MoveRefused([first, *error.reasons])
