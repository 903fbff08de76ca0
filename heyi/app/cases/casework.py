"""Opens and moves cases in one transaction each, all or nothing; engine values in and out."""

import uuid
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import TypeVar
from zoneinfo import ZoneInfo

from engine.case.errors import MoveRefused, Reason
from engine.case.values import (
    Actor,
    Data,
    Move,
    Step,
)
from engine.step.grant import resolve
from engine.step.offers import Amendable, Offer
from engine.step.proposals import proposal_of
from heyi.app.cases.sight import Seen, Sight
from heyi.app.cases.steps import Steps
from heyi.app.cases.worlds import Worlds
from heyi.app.library.library import Library
from storage.work import Store, Work

Answer = TypeVar("Answer")

_REFUSED_OUTSIDE = {"link.refused", "move.duplicate"}
"""Codes by which other cases or a key refuse what a complete proposal would do."""


class Casework(Sight):
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
        super().__init__(store, library, worlds, zone=zone)
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
        known = replace(move, actor=self.actor(work, move.actor.id, now))
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
        hash: str = "",
        to: str = "",
        via: str = "",
    ) -> Step:
        """Make a person's move in a case, by id or number; asks as little as ``see``.

        Args:
            ref: the case.
            person: who moves.
            now: the present moment.
            trigger: for ``fire`` and ``sign``.
            kind: as in ``Move``.
            data: plain values by field.
            occurred_at: when it happened, if not now.
            on_behalf_of: the party for whom it is recorded.
            revision: the revision the person saw.
            key: idempotency key: the same request is granted once and then answered alike.
            reason: for corrections.
            hash: of the text that is signed.
            to: to whom a case is handed.
            via: the door.

        Raises:
            MoveRefused: with every reason; nothing is kept.
            StorageError: no such case or person; the case moved meanwhile.
        """
        move = Move(
            actor=Actor(id=person), kind=kind, trigger=trigger, data=data or {},  # type: ignore[arg-type]
            occurred_at=occurred_at, on_behalf_of=on_behalf_of, revision=revision, key=key,
            reason=reason, hash=hash, to=to, via=via,
        )  # fmt: skip
        return self.moved(ref, move, now=now, then=lambda _work, step: step, asks=False)

    def moved(
        self,
        ref: str,
        move: Move,
        *,
        now: datetime,
        then: Callable[[Work, Step], Answer],
        asks: bool = True,
    ) -> Answer:
        """Make a move in a transaction of its own, and answer from within it.

        Where a linked case or a key refuses what the last signature leads to, nothing of that is
        kept but the signature itself: it is never lost.

        Args:
            ref: the case.
            move: the mover by id alone.
            now: the present moment.
            then: makes the answer of the granted step.
            asks: whether the mover may know the case; not for author tests.

        Source:
            language.md 9.2.
        """
        try:
            with self.store.write() as work:
                return then(work, self.move_in(work, ref, move, now=now, asks=asks))
        except MoveRefused as refused:
            if move.kind != "sign" or refused.code not in _REFUSED_OUTSIDE:
                raise
            outside = refused.reasons
        with self.store.write() as work:
            return then(work, self.move_in(work, ref, move, now=now, outside=outside, asks=asks))

    def move_in(
        self,
        work: Work,
        ref: str,
        move: Move,
        *,
        now: datetime,
        outside: Sequence[Reason] = (),
        asks: bool = True,
    ) -> Step:
        """Make a move inside a transaction that the caller holds; the mover by id alone.

        Args:
            work: the open transaction.
            ref: the case.
            move: as it was asked for.
            now: the present moment.
            outside: why other cases or a key refuse what a complete proposal would do.
            asks: whether the mover may know the case; not for author tests.

        Raises:
            CaseNotFound: there is no such case, or none for this mover.
            MoveRefused: with every reason.
        """
        known = replace(move, actor=self.actor(work, move.actor.id, now))
        case = self.find(work, ref, known.actor, now=now).case if asks else work.cases.load(ref)
        once = self.steps.once(known, case.id)
        if once is not None and (granted := work.requests.granted(once)) is not None:
            event = work.cases.events(case.id)[granted.seq - 1]
            return Step(before=case, after=case, event=event)
        return self.steps.take(work, case, known, now=now, depth=0, once=once, outside=outside)

    def shown_hash(self, ref: str, word: str) -> str:
        """Return the hash of the text that waits for signatures; "" where none does.

        Args:
            ref: the case.
            word: the trigger, or the id of a rule.
        """
        with self.store.read() as work:
            case = work.cases.load(ref)
            workflow = self.library.get(work, case.workflow, case.version)
        trigger, _branches = resolve(workflow, case.state, word)
        found = proposal_of(case, trigger)
        return found.hash if found else ""

    def see(self, ref: str, *, person: str, now: datetime) -> Seen:
        """Return a case for one person's eyes, without asking whether they may know it.

        For author tests, which judge what a file says also of those it shuts out.
        """
        with self.store.read() as work:
            case, actor = work.cases.load(ref), self.actor(work, person, now)
            return self.seen(work, case, actor, now=now, moves=True)

    def offers(
        self, ref: str, *, person: str, now: datetime
    ) -> tuple[Seen, list[Offer], Amendable]:
        """Return what a person may do now, and for the rest why not; asks as little as ``see``."""
        return self.offered(self.see(ref, person=person, now=now), now=now)
