"""The use cases of handlers: open, move, read and list cases, for one reader each."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import TYPE_CHECKING

from engine.case.values import Actor, Data, Event, Move, MoveKind, Step, day_of
from engine.time.times import moment_text
from heyi.app.cases.casework import Casework
from heyi.app.cases.history import event_view, history_view
from heyi.app.cases.knowing import ways_of
from heyi.app.cases.models import CaseRow, CaseView, EventView, MoveView
from heyi.app.cases.offermodels import OffersView
from heyi.app.cases.offerviews import offers_view
from heyi.app.cases.readings import ReadingsClosed, ReadingView, is_head, note
from heyi.app.cases.sight import Seen
from heyi.app.cases.views import case_view, look
from heyi.app.cursors import numbers_of, numbers_text
from heyi.app.reader import Reader
from heyi.app.view import Page, paged
from storage.kernel.records import CaseQuery, Summary
from storage.work import Work

if TYPE_CHECKING:
    from engine.telling.diagram.model import Diagram
    from engine.telling.diagram.way import Way


class Cases:
    """The use cases on cases. Each is one transaction, all or nothing."""

    def __init__(self, work: Casework) -> None:
        """Serve readers from this casework."""
        self._cases = work

    def open(
        self,
        reader: Reader,
        *,
        workflow: str,
        unit: str,
        data: Data,
        now: datetime,
        entry: str = "",
        occurred_at: datetime | None = None,
        key: str | None = None,
        on_behalf_of: str | None = None,
    ) -> MoveView:
        """Open a case under the newest published version; answer with the case as it stands.

        Args:
            reader: who opens it.
            workflow: its name.
            unit: where the case lives.
            data: plain values by field.
            now: the present moment.
            entry: which opening; "" for the first that fits.
            occurred_at: when it happened, if not now.
            key: idempotency key.
            on_behalf_of: the party for whom it is recorded.

        Raises:
            MoveRefused: with every reason; nothing is kept.
            StorageError: the workflow is not published, or the unit or person unknown.
        """
        move = Move(
            actor=Actor(id=reader.person), trigger=entry, data=data, key=key, via=reader.via,
            occurred_at=occurred_at, on_behalf_of=on_behalf_of,
        )  # fmt: skip
        with self._cases.store.write() as work:
            step = self._cases.open_in(work, workflow, unit=unit, move=move, now=now)
            return self._moved(work, step, reader, now)

    def move(
        self,
        reader: Reader,
        *,
        ref: str,
        now: datetime,
        trigger: str = "",
        kind: MoveKind = "fire",
        data: Data | None = None,
        occurred_at: datetime | None = None,
        on_behalf_of: str | None = None,
        revision: int | None = None,
        key: str | None = None,
        reason: str = "",
        hash: str = "",
        to: str = "",
    ) -> MoveView:
        """Make a move in a case; answer with the case as it stands, in the same transaction.

        Args:
            reader: who moves.
            ref: the case, by id or number.
            now: the present moment.
            trigger: for ``fire`` and ``sign``.
            kind: fire a trigger, sign a proposal, amend fields, correct an entry, or an act beside
                moves, as the engine's ``Move`` has them.
            data: plain values by field.
            occurred_at: when it happened, if not now.
            on_behalf_of: the party for whom it is recorded.
            revision: the revision the person saw; a case that moved on refuses.
            key: idempotency key: the same request is granted once and then answered alike.
            reason: for corrections.
            hash: of the text that is signed, as the case's view shows it.
            to: to whom the case is handed.

        Raises:
            MoveRefused: with every reason; nothing is kept.
            StorageError: no such case or person; the case moved meanwhile.
        """
        move = Move(
            actor=Actor(id=reader.person), kind=kind, trigger=trigger, data=data or {},
            occurred_at=occurred_at, on_behalf_of=on_behalf_of, revision=revision, key=key,
            reason=reason, hash=hash, to=to, via=reader.via,
        )  # fmt: skip
        return self._cases.moved(
            ref, move, now=now, then=lambda work, step: self._moved(work, step, reader, now)
        )

    def _moved(self, work: Work, step: Step, reader: Reader, now: datetime) -> MoveView:
        seen = self._cases.seen(work, step.after, reader.actor(work, self._cases.day(now)), now=now)
        event = event_view(seen, step.event, reader.lang)
        return MoveView(case=case_view(seen, reader.lang), event=event)

    def show(self, reader: Reader, *, ref: str, now: datetime) -> CaseView:
        """Return a case as its reader may see it.

        Raises:
            CaseNotFound: there is no such case.
        """
        with self._cases.store.read() as work:
            actor = reader.actor(work, self._cases.day(now))
            seen = self._cases.find(work, ref, actor, now=now)
            office = work.people.office(self._cases.day(now))
        note(self._cases.store, seen, "show", now=now)
        return case_view(seen, reader.lang, office)

    def readings(
        self, reader: Reader, *, ref: str, now: datetime, after: str = "", limit: int = 100
    ) -> Page[ReadingView]:
        """Return who read a case that is sealed or confidential, newest first: for its head.

        Args:
            reader: who asks.
            ref: the case, by id or number.
            now: the present moment.
            after: ``next`` of the page before; "" for the first.
            limit: at most so many, from 1.

        Raises:
            CursorWrong: ``after`` is no place in such a list.
            CaseNotFound: there is no such case, or none for this reader.
            ReadingsClosed: the reader is not its head.
        """
        [before] = numbers_of(after)
        with self._cases.store.read() as work:
            actor = reader.actor(work, self._cases.day(now))
            seen = self._cases.find(work, ref, actor, now=now)
            if not is_head(seen):
                raise ReadingsClosed(seen.case.number or seen.case.id)
            found = work.readings.of(seen.case.id, limit=limit + 1, before=before)
        rows = [
            ReadingView(person=one.person, at=moment_text(one.at), what=one.what) for one in found
        ]
        last = numbers_text(found[:limit][-1].id) if found else ""
        return paged(rows, limit=limit, cursor=last)

    def history(self, reader: Reader, *, ref: str, now: datetime) -> Page[EventView]:
        """Return a case's events, oldest first, as the reader may see them.

        Raises:
            CaseNotFound: there is no such case.
        """
        seen, events = self._look(reader, ref, now)
        note(self._cases.store, seen, "history", now=now)
        return Page(items=history_view(seen, events, reader.lang))

    def offers(self, reader: Reader, *, ref: str, now: datetime) -> OffersView:
        """Return what the reader may do now, with what data, and for the rest why not.

        Raises:
            CaseNotFound: there is no such case.
        """
        with self._cases.store.read() as work:
            seen = self._cases.find(
                work, ref, reader.actor(work, self._cases.day(now)), now=now, moves=True
            )
        seen, found, extra = self._cases.offered(seen, now=now)
        return offers_view(seen, found, extra, reader.lang)

    def diagram(self, reader: Reader, *, ref: str, now: datetime) -> "tuple[Diagram, Way]":
        """Return the picture of a case's workflow, and the way the case went over it.

        Raises:
            CaseNotFound: there is no such case.
        """
        # Nothing else of cases needs pictures: a move may not pay for them.
        from engine.telling.diagram.build import diagram_of  # noqa: PLC0415
        from engine.telling.diagram.way import way_of  # noqa: PLC0415

        seen, events = self._look(reader, ref, now)
        return diagram_of(seen.workflow, reader.lang), way_of(seen.case, events)

    def _look(self, reader: Reader, ref: str, now: datetime) -> tuple[Seen, tuple[Event, ...]]:
        return look(self._cases, ref, person=reader.person or None, now=now)

    def list(
        self,
        reader: Reader,
        *,
        now: datetime,
        workflow: str = "",
        units: Sequence[str] = (),
        states: Sequence[str] = (),
        final: bool | None = None,
        after: str | None = None,
        limit: int = 50,
    ) -> Page[CaseRow]:
        """Return a page of the cases that a reader may know, newest first; nothing of their fields.

        Args:
            reader: who asks.
            now: the present moment.
            workflow: of one workflow; "" for all.
            units: at these units; none for all.
            states: in these states; none for all.
            final: ended or open cases only; None for both.
            after: the last case seen, by id or number; None for the first page.
            limit: at most so many, from 1.

        Raises:
            CaseNotFound: there is no case ``after`` that the reader may know.
        """
        with self._cases.store.read() as work:
            actor = reader.actor(work, self._cases.day(now))
            query = CaseQuery(
                units=tuple(units), workflow=workflow or None, states=tuple(states), final=final,
                limit=limit + 1, ways=ways_of(actor),
            )  # fmt: skip
            if after is not None:
                last = self._cases.find(work, after, actor, now=now).case.id
                query = replace(query, after=work.cases.summary(last).cursor)
            found = list(islice(self._known(work, query, actor, now), limit + 1))
            rows = [self._row(work, one, reader) for one in found[:limit]]
        page = paged(found, limit=limit, cursor=rows[-1].id if rows else "")
        return Page(items=tuple(rows), next=page.next)

    def _known(
        self, work: Work, query: CaseQuery, actor: Actor, now: datetime
    ) -> Iterator[Summary]:
        """Yield cases page by page: those that the single look lets pass, too."""
        while page := work.cases.list(query):
            passed = self._cases.narrowed(work, (one.id for one in page), actor, now=now)
            yield from (one for one in page if one.id in passed)
            if len(page) < query.limit:
                return
            query = replace(query, after=page[-1].cursor)

    def _row(self, work: Work, one: Summary, reader: Reader) -> CaseRow:
        rules = self._cases.library.get(work, one.workflow, one.version)
        units = work.units.all()
        return CaseRow(
            id=one.id, number=one.number, workflow=one.workflow, version=one.version,
            unit=one.unit, unit_title=units[one.unit].title if one.unit in units else one.unit,
            state=one.state, state_label=rules.label("states", one.state, reader.lang),
            final=one.final, outcome=one.outcome, revision=one.revision,
            opened_at=moment_text(one.opened_at), moved_at=moment_text(one.moved_at),
            opened_on=day_of(one.opened_at, self._cases.zone).isoformat(),
        )  # fmt: skip
