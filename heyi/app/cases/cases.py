"""Cases: opened, moved, read and checked; one transaction a use, all or nothing."""

import uuid
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from engine.case.values import (
    Actor,
    Case,
    Data,
    Move,
    Step,
    World,
)
from engine.compiling.plan import Branch, Workflow
from engine.facts.facts import Facts
from engine.step.offers import Amendable, Offer, amendable, offers
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
        with self.store.write() as work:
            rules = self.library.get(work, workflow)
            move = Move(
                actor=work.people.actor(person), trigger=entry, data=data, key=key, via=via,
                occurred_at=occurred_at, on_behalf_of=on_behalf_of,
            )  # fmt: skip
            return self.steps.open(work, rules, unit, move, now=now, depth=0)

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
            once = self.steps.once(move, case.id)
            if once is not None and (granted := work.requests.granted(once)) is not None:
                event = work.cases.events(case.id)[granted.seq - 1]
                return Step(before=case, after=case, event=event)
            return self.steps.take(work, case, move, now=now, depth=0, once=once)

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
