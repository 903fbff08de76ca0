"""Lists of cases as plain data, and the check of what is stored."""

from dataclasses import replace
from typing import Any

from engine.case.values import day_of
from engine.time.times import moment_text
from heyi.app.cases.cases import Cases
from storage.kernel.errors import CaseNotFound
from storage.kernel.records import CaseQuery, Finding


def list_view(
    cases: Cases, query: CaseQuery, *, after: str | None, lang: str
) -> list[dict[str, Any]]:
    """Return a page of cases, newest first, with labels; nothing of their fields.

    Args:
        cases: the use cases.
        query: which cases.
        after: the last case seen, by id or number; None for the first page.
        lang: of the labels.

    Raises:
        CaseNotFound: there is no case ``after``.
    """
    with cases.store.read() as work:
        if after is not None:
            query = replace(query, after=work.cases.summary(after).cursor)
        units = work.units.all()
        found = []
        for one in work.cases.list(query):
            rules = cases.library.get(work, one.workflow, one.version)
            found.append({
                "id": one.id, "number": one.number, "workflow": one.workflow,
                "version": one.version, "unit": one.unit,
                "unit_title": units[one.unit].title if one.unit in units else one.unit,
                "state": one.state, "state_label": rules.label("states", one.state, lang),
                "final": one.final, "outcome": one.outcome, "revision": one.revision,
                "opened_at": moment_text(one.opened_at), "moved_at": moment_text(one.moved_at),
                "opened_on": day_of(one.opened_at, cases.zone).isoformat(),
            })  # fmt: skip
        return found


def verified(cases: Cases, ref: str | None) -> tuple[int, tuple[Finding, ...]]:
    """Return how many cases were checked and what is wrong with them.

    Args:
        cases: the use cases.
        ref: one case by id or number; None for all.

    Raises:
        CaseNotFound: there is neither a row nor an event of this case.
    """
    with cases.store.read() as work:
        if ref is None:
            return _count(cases), work.chain.verify()
        try:
            ref = work.cases.summary(ref).id
        except CaseNotFound:
            # Its row may have been taken away while its events are there: that is a finding.
            return 1, work.chain.verify(ref)
        return 1, work.chain.verify(ref)


def _count(cases: Cases) -> int:
    total, query = 0, CaseQuery(limit=1000)
    with cases.store.read() as work:
        while page := work.cases.list(query):
            total += len(page)
            query = replace(query, after=page[-1].cursor)
    return total
