"""Stores requests to read a case for some days: who asks and why, who decided, until when."""

from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, Row, insert, select, update

from engine.case.values import Viewing
from storage.kernel.errors import RequestBroken, RequestNotFound
from storage.kernel.officerecords import Request
from storage.kernel.officetables import OFFICE
from storage.kernel.texts import checked
from storage.kernel.transaction import Transaction

_TABLE = OFFICE["viewing"]
_ROW = _TABLE.c


class Viewings:
    """Requests of one transaction."""

    def __init__(self, transaction: Transaction) -> None:
        """Work inside this transaction."""
        self._transaction, self._master = transaction, transaction.master

    def put(self, person: str, *, ref: str, reason: str, at: datetime) -> str:
        """Keep a request that waits; return its id.

        Args:
            person: who asks; is kept.
            ref: the case as they wrote it; whether there is one is not looked up.
            reason: why; kept sealed.
            at: when.

        Raises:
            TextRefused: a text cannot be stored.
        """
        checked(reason, what="a reason")
        new = str(uuid4())
        self._transaction.connection.execute(insert(_TABLE).values({
            "id": new, "person": person, "ref": checked(ref, what="the name of a case"),
            "role": "", "post": "", "unit": "", "asked_at": at,
            "reason": self._sealed(reason, new, "reason"),
            "answer": self._sealed("", new, "answer"),
        }))  # fmt: skip
        return new

    def get(self, request: str) -> Request:
        """Return one request.

        Raises:
            RequestNotFound: there is none.
            RequestBroken: it was changed, or the deployment's key is another.
        """
        # Two who decide at once must not both.
        self._transaction.serialize(f"viewing:{request}")
        found = self._found(_ROW.id == request)
        if not found:
            raise RequestNotFound(request)
        return found[0]

    def of(self, person: str, *, after: str = "", limit: int) -> tuple[Request, ...]:
        """Return somebody's requests, the newest first, behind one of them."""
        return self._found(_ROW.person == person, *self._behind(after), limit=limit)

    def waiting(self, *, since: datetime, after: str = "", limit: int) -> tuple[Request, ...]:
        """Return requests asked since a moment on which nobody decided, the newest first."""
        waits = _ROW.decided_at.is_(None), _ROW.asked_at >= since
        return self._found(*waits, *self._behind(after), limit=limit)

    def decide(self, request: str, *, by: str, at: datetime, answer: str) -> None:
        """Note that somebody decided on a request; alone it is declined.

        Raises:
            TextRefused: the answer cannot be stored.
        """
        self._change(request, {
            "decided_by": by, "decided_at": at,
            "answer": self._sealed(checked(answer, what="an answer"), request, "answer"),
        })  # fmt: skip

    def allow(self, request: str, viewing: Viewing, *, until: date) -> None:
        """Let who asked read a case until a day, the last one.

        Args:
            request: theirs, decided on.
            viewing: the case, and the role and post as which they read.
            until: the last day, in the office's zone.
        """
        post, unit = viewing.post
        self._change(request, {
            "case_id": viewing.case, "role": viewing.role, "post": post, "unit": unit,
            "until_day": until.isoformat(),
        })  # fmt: skip

    def _change(self, request: str, values: dict[str, Any]) -> None:
        changed = update(_TABLE).where(_ROW.id == request).values(values)
        self._transaction.connection.execute(changed)

    def _behind(self, after: str) -> tuple[ColumnElement[bool], ...]:
        if not after:
            return ()
        last = self.get(after)
        moment = _ROW.asked_at
        return ((moment < last.asked_at) | ((moment == last.asked_at) & (_ROW.id < after)),)

    def _found(
        self, *conditions: ColumnElement[bool], limit: int | None = None
    ) -> tuple[Request, ...]:
        query = select(_TABLE).where(*conditions).order_by(_ROW.asked_at.desc(), _ROW.id.desc())
        rows = self._transaction.connection.execute(query.limit(limit))
        return tuple(self._request(row) for row in rows)

    def _request(self, row: Row[Any]) -> Request:
        return Request(
            id=row.id, person=row.person, ref=row.ref, case=row.case_id,
            reason=self._opened(row.reason, row.id, "reason"),
            asked_at=row.asked_at, decided_by=row.decided_by, decided_at=row.decided_at,
            until=date.fromisoformat(row.until_day) if row.until_day else None,
            answer=self._opened(row.answer, row.id, "answer"),
        )  # fmt: skip

    def _sealed(self, text: str, request: str, what: str) -> str:
        return self._master.seal_text(text, place=("viewing", request, what))

    def _opened(self, sealed: str, request: str, what: str) -> str:
        found = self._master.open_text(sealed, place=("viewing", request, what))
        if found is None:
            raise RequestBroken(request)
        return found
