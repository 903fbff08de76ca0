"""The use cases of auditors: verify that the history was not changed afterwards."""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from engine.case.errors import AccessError, HeyiError
from heyi.app.acts.deeds import permit
from heyi.app.audit.evidence import office_findings
from heyi.app.cases.casework import Casework
from heyi.app.cursors import numbers_of
from heyi.app.reader import Reader
from heyi.app.view import Page, View, paged
from storage.kernel.records import Finding
from storage.work import Store, Work

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
    """How many cases and acts of the office were checked, and what is wrong with them.

    ``macs`` is false where there was no key: then hashes were checked, and nothing that a key
    would tell.
    """

    cases: int
    acts: int
    macs: bool = True
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


class AllRefused(AccessError):
    """A person asks for what the office itself alone may ask: the history of all cases."""

    code = "access.verify"

    def __init__(self) -> None:
        super().__init__("all cases are verified by the office itself; name one that you may know")


class Audit:
    """Verifies what is stored."""

    def __init__(self, cases: Casework) -> None:
        """Check the store of this casework."""
        self._cases = cases

    def verify(self, reader: Reader, *, now: datetime, ref: str | None = None) -> VerifyView:
        """Return how many cases and acts were checked and what is wrong with them.

        Args:
            reader: who asks; numbers, places and kinds are told, never values. People verify one
                case that they may know, the office itself any, and all.
            now: the present moment.
            ref: one case by id or number; None for all, and for the office's own acts.

        Raises:
            CaseNotFound: there is no such case for this reader: neither a row nor an event.
            AllRefused: a person asks for all.
        """
        with self._cases.store.read() as work:
            if not reader.purpose:
                if ref is None:
                    raise AllRefused
                actor = reader.actor(work, self._cases.day(now))
                ref = self._cases.find(work, ref, actor, now=now).case.id
            elif ref is None:
                acts, wrong = office_findings(work)
                findings = (*work.chain.verify(), *self._grants(work, self._all(work)), *wrong)
                return _told(self._count(work), findings, acts=acts)
            # Its row may have been taken away while its events are there: that is a finding.
            case = work.grants.find(ref, None) or ref
            return _told(1, (*work.chain.verify(case), *self._grants(work, [case])))

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
            CursorWrong: there is no such page.
        """
        [before] = numbers_of(cursor)
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

    def _all(self, work: Work) -> Iterator[str]:
        after = ""
        while page := work.grants.all_cases(after=after, limit=_PAGE):
            yield from page
            after = page[-1]

    def _grants(self, work: Work, cases: Iterable[str]) -> Iterator[Finding]:
        """Yield cases beside which something else is written than may know them."""
        for one in cases:
            try:
                expected = self._cases.grants(work, one)
            except (HeyiError, LookupError, TypeError, ValueError, AttributeError):
                # The chain's own findings say what is wrong with it.
                continue
            if work.grants.of(one) != expected:
                number = work.cases.summary(one).number
                yield Finding(case=one, number=number, seq=0, kind="derived", name="grant")

    def _count(self, work: Work) -> int:
        return sum(1 for _ in self._all(work))


def verified_without_key(store: Store) -> VerifyView:
    """Return what hashes alone tell of all cases and acts, to who has the database and no key."""
    with store.read() as work:
        acts, wrong = work.acts.verify(macs=False)
        cases, findings = work.chain.hashes()
    return _told(cases, (*findings, *wrong), acts=acts, macs=False)


def _told(
    cases: int, findings: tuple[Finding, ...], *, acts: int = 0, macs: bool = True
) -> VerifyView:
    found = tuple(
        FindingView(case=f.case, number=f.number, event=f.seq, kind=f.kind, name=f.name)
        for f in findings
    )
    return VerifyView(cases=cases, acts=acts, macs=macs, verified=not found, findings=found)
