"""The use cases of auditors: verify that the history was not changed afterwards."""

from dataclasses import replace

from heyi.app.cases.casework import Casework
from heyi.app.reader import Reader
from heyi.app.view import View
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
    """How many cases were checked, and what is wrong with them."""

    cases: int
    verified: bool
    findings: tuple[FindingView, ...]


class Audit:
    """Verifies what is stored."""

    def __init__(self, cases: Casework) -> None:
        """Check the store of this casework."""
        self._cases = cases

    def verify(self, reader: Reader, *, ref: str | None = None) -> VerifyView:  # noqa: ARG002 - Readers
        """Return how many cases were checked and what is wrong with them.

        Args:
            reader: who asks; numbers, places and kinds are told, never values.
            ref: one case by id or number; None for all.

        Raises:
            CaseNotFound: there is neither a row nor an event of this case.
        """
        with self._cases.store.read() as work:
            if ref is None:
                return _told(self._count(), work.chain.verify())
            try:
                ref = work.cases.summary(ref).id
            except CaseNotFound:
                # Its row may have been taken away while its events are there: that is a finding.
                return _told(1, work.chain.verify(ref))
            return _told(1, work.chain.verify(ref))

    def _count(self) -> int:
        total, query = 0, CaseQuery(limit=_PAGE)
        with self._cases.store.read() as work:
            while page := work.cases.list(query):
                total += len(page)
                query = replace(query, after=page[-1].cursor)
        return total


def _told(cases: int, findings: tuple[Finding, ...]) -> VerifyView:
    found = tuple(
        FindingView(case=f.case, number=f.number, event=f.seq, kind=f.kind, name=f.name)
        for f in findings
    )
    return VerifyView(cases=cases, verified=not found, findings=found)
