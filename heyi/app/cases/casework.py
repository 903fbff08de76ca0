"""Opens and moves cases in one transaction each, all or nothing; engine values in and out."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.case.values import Actor, Case, Data, Event, Move, Step, World
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.step.offers import Amendable, Offer, amendable, offers
from heyi.app.cases.registered import people_shown
from heyi.app.cases.steps import Steps
from heyi.app.cases.worlds import Worlds
from heyi.app.library.library import Library
from storage.work import Store, Work


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


class Casework:
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
        self.store, self.library, self.worlds, self.zone = store, library, worlds, zone
        self.steps = Steps(library, worlds, zone=zone, new_id=new_id)

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
        move = Move(
            actor=Actor(id=person), trigger=entry, data=data, key=key, via=via,
            occurred_at=occurred_at, on_behalf_of=on_behalf_of,
        )  # fmt: skip
        with self.store.write() as work:
            return self.open_in(work, workflow, unit=unit, move=move, now=now)

    def open_in(self, work: Work, workflow: str, *, unit: str, move: Move, now: datetime) -> Step:
        """Open a case inside a transaction that the caller holds; the mover by id alone."""
        rules = self.library.get(work, workflow)
        known = replace(move, actor=work.people.actor(move.actor.id))
        return self.steps.open(work, rules, unit, known, now=now, depth=0)

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
        move = Move(
            actor=Actor(id=person), kind=kind, trigger=trigger, data=data or {},  # type: ignore[arg-type]
            occurred_at=occurred_at, on_behalf_of=on_behalf_of, revision=revision, key=key,
            reason=reason, via=via,
        )  # fmt: skip
        with self.store.write() as work:
            return self.move_in(work, ref, move, now=now)

    def move_in(self, work: Work, ref: str, move: Move, *, now: datetime) -> Step:
        """Make a move inside a transaction that the caller holds; the mover by id alone."""
        known = replace(move, actor=work.people.actor(move.actor.id))
        case = work.cases.load(ref)
        once = self.steps.once(known, case.id)
        if once is not None and (granted := work.requests.granted(once)) is not None:
            event = work.cases.events(case.id)[granted.seq - 1]
            return Step(before=case, after=case, event=event)
        return self.steps.take(work, case, known, now=now, depth=0, once=once)

    def seen(
        self,
        work: Work,
        case: Case,
        actor: Actor,
        *,
        now: datetime,
        moves: bool = False,
        events: Sequence[Event] = (),
    ) -> Seen:
        """Return a loaded case with its facts, for one reader's eyes: the one way to see a case.

        Args:
            work: the transaction in which it was loaded.
            case: as loaded, or as a step left it.
            actor: who reads, with the posts held now.
            now: the present moment.
            moves: look up as well what the moves of its state may read.
            events: of the case, whose people shall be known by name as well.
        """
        workflow = self.library.get(work, case.workflow, case.version)
        branches = [
            b
            for trigger in (workflow.triggers.get(case.state, ()) if moves else ())
            for b in workflow.branches[case.state, trigger]
        ]
        world = self.worlds.build(
            work, workflow, unit=case.unit, now=now, case=case, branches=branches,
            people=people_shown(workflow, case, events),
        )  # fmt: skip
        facts = Facts(workflow, case, world, now=now, actor=actor.id)
        return Seen(case=case, workflow=workflow, facts=facts, actor=actor, world=world)

    def see(self, ref: str, *, person: str, now: datetime) -> Seen:
        """Return a case with all that its moves may read, for one person's eyes."""
        with self.store.read() as work:
            case, actor = work.cases.load(ref), work.people.actor(person)
            return self.seen(work, case, actor, now=now, moves=True)

    def offers(
        self, ref: str, *, person: str, now: datetime
    ) -> tuple[Seen, list[Offer], Amendable]:
        """Return what a person may do now, with what data, and for the rest why not."""
        seen = self.see(ref, person=person, now=now)
        found = offers(seen.workflow, seen.case, seen.actor, now=now, world=seen.world)
        extra = amendable(seen.workflow, seen.case, seen.actor, now=now, world=seen.world)
        return seen, found, extra
