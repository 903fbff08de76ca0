"""The use cases of auditors: verify that the history was not changed afterwards."""

from dataclasses import replace
from typing import Any

from heyi.app.acts.deeds import permit
from heyi.app.cases.casework import Casework
from heyi.app.errors import InputWrong
from heyi.app.reader import Reader
from heyi.app.view import Page, View, paged
from storage.kernel.errors import CaseNotFound
from storage.kernel.records import CaseQuery, Finding

_PAGE = 1000


class FindingView(View):
    """One thing that is wrong with what is stored.

    Attributes:
        case: the case's id.
        number: its human number, None where it has none.
        event: the event's place; 0 for the case's row.
        kind: ``chain``, ``gap``, ``seal``, ``fold`` or ``derived``.
        name: the field or vault meant; "" for none.
    """

    case: str
    number: str | None
    event: int
    kind: str
    name: str


class VerifyView(View):
    """How many cases and acts of the office were checked, and what is wrong with them."""

    cases: int
    acts: int
    verified: bool
    findings: tuple[FindingView, ...]


class ActView(View):
    """One act of the office: its place in the chain, what, when, who, at which door, about what."""

    seq: int
    kind: str
    at: str
    actor: str
    via: str
    about: dict[str, Any]


class Audit:
    """Verifies what is stored."""

    def __init__(self, cases: Casework) -> None:
        """Check the store of this casework."""
        self._cases = cases

    def verify(self, reader: Reader, *, ref: str | None = None) -> VerifyView:  # noqa: ARG002 - Readers
        """Return how many cases and acts were checked and what is wrong with them.

        Args:
            reader: who asks; numbers, places and kinds are told, never values.
            ref: one case by id or number; None for all, and for the office's own acts.

        Raises:
            CaseNotFound: there is neither a row nor an event of this case.
        """
        with self._cases.store.read() as work:
            if ref is None:
                acts, wrong = work.acts.verify()
                return _told(self._count(), (*work.chain.verify(), *wrong), acts=acts)
            try:
                ref = work.cases.summary(ref).id
            except CaseNotFound:
                # Its row may have been taken away while its events are there: that is a finding.
                return _told(1, work.chain.verify(ref))
            return _told(1, work.chain.verify(ref))

    def acts(
        self, reader: Reader, *, kind: str = "", by: str = "", cursor: str = "", limit: int = 50
    ) -> Page[ActView]:
        """Return the office's own acts, newest first.

        Args:
            reader: an auditor.
            kind: only this kind, or this family of kinds (``post``); "" for all.
            by: only this person's; "" for all.
            cursor: of the page before; "" for the first.
            limit: at most so many, from 1.

        Raises:
            ActRefused: no post of the reader permits it.
            InputWrong: there is no such page.
        """
        if cursor and not (cursor.isascii() and cursor.isdigit()):
            zh, en = "没有这一页；请从第一页看起", "there is no such page; begin with the first"
            raise InputWrong(zh, en)
        before = int(cursor) if cursor else None
        with self._cases.store.read() as work:
            permit(work, reader, "acts.read")
            found = work.acts.list(kind=kind, actor=by or None, before=before, limit=limit + 1)
        views = [
            ActView(
                seq=one.seq, kind=one.kind, at=one.at, actor=one.actor, via=one.via,
                about=dict(one.public),
            )
            for one in found
        ]  # fmt: skip
        return paged(views, limit=limit, cursor=str(views[limit - 1].seq) if views[limit:] else "")

    def _count(self) -> int:
        total, query = 0, CaseQuery(limit=_PAGE)
        with self._cases.store.read() as work:
            while page := work.cases.list(query):
                total += len(page)
                query = replace(query, after=page[-1].cursor)
        return total


def _told(cases: int, findings: tuple[Finding, ...], *, acts: int = 0) -> VerifyView:
    found = tuple(
        FindingView(case=f.case, number=f.number, event=f.seq, kind=f.kind, name=f.name)
        for f in findings
    )
    return VerifyView(cases=cases, acts=acts, verified=not found, findings=found)
