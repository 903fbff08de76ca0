"""Makes tables of disputes and mediations over periods, suppressed, and marks what is rising."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from engine.case.text import said
from engine.compiling.plan import Workflow
from engine.language.kinds import FieldType
from heyi.app.disputes import words
from heyi.app.disputes.files import MERGED, UNSAID, Counted, Scope, tagged
from heyi.app.disputes.models import TableRow, TableView
from heyi.app.disputes.suppression import Suppressed, suppress
from heyi.app.library.periods import Period

ACCEPTS, ON_SITE, RECEIVED = "accepts", "on_site", "received"
"""What a move, a final state and a date say they mean."""


def table(
    scope: Scope, labels: Mapping[str, str], counts: Sequence[Counter[str]], *, every: bool = True
) -> TableView:
    """Return a table over periods, with what may be published of it.

    Args:
        scope: whose rules hide small groups.
        labels: by cell; every cell there could be. What has no label counts as not said.
        counts: by period.
        every: rows that hold nothing in any period are told too.

    Returns:
        ``total`` and ``rest`` by period, None where they are not told, and ``rows`` with ``n``
        by period, None where it is not told, and whether they are rising.
    """
    least, wide = scope.rules.least, scope.rules.fold_below
    suppresses = []
    for one in counts:
        # Which cells there are must not tell what was counted: a cell nobody knows is none.
        known = {key: one[key] for key in labels}
        if UNSAID in known:
            known[UNSAID] += sum(one.values()) - sum(known.values())
        suppresses.append(suppress(known, least=least, wide=wide))
    rows = tuple(
        TableRow(
            value=key, label=label, n=tuple(one.shown.get(key) for one in suppresses),
            rising=rising(scope, suppresses, key),
        )
        for key, label in labels.items()
        if every or any(one.shown.get(key) for one in suppresses)
    )  # fmt: skip
    return TableView(
        total=tuple(one.total for one in suppresses), rest=tuple(one.rest for one in suppresses),
        whole=tuple(one.whole for one in suppresses), rows=rows,
    )  # fmt: skip


def rising(scope: Scope, suppresses: Sequence[Suppressed], key: str) -> bool:
    """Tell whether a cell of the last period is rising, by the rule of the library.

    Judged by what is told alone: of a number that is not told the most that it could be counts,
    so that the answer gives nothing away.
    """
    if len(suppresses) < _PAIR or key not in suppresses[-1].shown:
        return False
    before = suppresses[-2].shown.get(key, suppresses[-2].most)
    return _rises(scope, before, suppresses[-1].shown[key])


def all_rising(scope: Scope, table: TableView) -> bool:
    """Tell whether the sum of a table is rising, by the figures that are shown."""
    totals = table.total
    if len(totals) < _PAIR or totals[-1] is None:
        return False
    before = totals[-2]
    return _rises(scope, scope.rules.least - 1 if before is None else before, totals[-1])


_PAIR = 2


def _rises(scope: Scope, before: int, last: int) -> bool:
    rules = scope.rules
    return last - before >= rules.rise_by and last >= rules.rise_times * before


def opened(
    scope: Scope, spans: Sequence[Period], found: Iterable[Counted], tag: str
) -> list[Counter[str]]:
    """Return by period how many cases were opened, by the choice with a tag."""
    return _by(spans, ((scope.day(one.case.opened_at), one.choice(tag)) for one in found))


def by_place(
    scope: Scope, spans: Sequence[Period], found: Iterable[Counted]
) -> tuple[dict[str, str], list[Counter[str]]]:
    """Return the units right below the scope's and itself, and by period what was opened there."""
    units = scope.units()
    labels = {
        one.id: one.title for one in units.values() if scope.unit in {one.id, one.parent}
    }  # fmt: skip
    pairs = []
    for one in found:
        place = one.case.unit
        while place not in labels:
            place = str(units[place].parent)
        pairs.append((scope.day(one.case.opened_at), place))
    return labels, _by(spans, pairs)


def ended(
    scope: Scope, spans: Sequence[Period], found: Iterable[Counted], *, on_site: bool
) -> list[Counter[str]]:
    """Return by period how many cases ended, by final state; those on the spot, or the others."""
    pairs = []
    for one in found:
        day = scope.ended_on(one)
        if day is not None and one.means(ON_SITE) is on_site:
            pairs.append((day, f"{one.rules.name}.{one.case.state}"))
    return _by(spans, pairs)


def endings(files: Sequence[Workflow], lang: str, *, on_site: bool) -> dict[str, str]:
    """Return the labels of the final states of files, those on the spot or the others."""
    found = {}
    for file in files:
        for name, state in file.definition.states.items():
            if state.final and (ON_SITE in state.means) is on_site and MERGED not in state.means:
                found[f"{file.name}.{name}"] = file.label("states", name, lang)
    return found


def accepting(rules: Workflow) -> set[str]:
    """Return the triggers of the moves that say they accept a matter."""
    return {
        branch.trigger
        for ways in rules.branches.values()
        for branch in ways
        if ACCEPTS in branch.definition.means
    }


def acceptance(
    scope: Scope, spans: Sequence[Period], found: Iterable[Counted]
) -> list[Counter[str]]:
    """Return by period of acceptance how many cases took how long, by step of days."""
    pairs = []
    for one in found:
        accepts = accepting(one.rules)
        if not accepts & one.case.taken.keys():
            continue
        at = next(e for e in scope.moves(one) if e.public.get("trigger") in accepts)
        day = scope.day(at.occurred_at)
        name = tagged(one.rules, RECEIVED, FieldType.DATE)
        said = one.case.fields.get(name or "")
        received = date.fromisoformat(str(said)) if said else scope.day(one.case.opened_at)
        pairs.append((day, step_of(scope, (day - received).days)))
    return _by(spans, pairs)


def step_of(scope: Scope, days: int) -> str:
    """Return the step of the time to acceptance, by its last day; ``more`` beyond the last."""
    return next((str(one) for one in scope.rules.acceptance_days if days <= one), "more")


def steps(scope: Scope) -> dict[str, str]:
    """Return the labels of the steps of the time to acceptance."""
    found, first = {}, 0
    for last in scope.rules.acceptance_days:
        span = str(last) if first == last else f"{first}–{last}"
        found[str(last)] = said(words.DAYS, span=span).text(scope.lang)
        first = last + 1
    found["more"] = said(words.DAYS_OR_MORE, first=first).text(scope.lang)
    return found


def unsaid(labels: dict[str, str], lang: str) -> dict[str, str]:
    """Return labels with the cell of those that do not say."""
    return {**labels, UNSAID: words.UNSAID.text(lang)}


def _by(spans: Sequence[Period], pairs: Iterable[tuple[Any, str]]) -> list[Counter[str]]:
    found = [Counter[str]() for _ in spans]
    for day, key in pairs:
        for span, counter in zip(spans, found, strict=True):
            if span.holds(day):
                counter[key] += 1
    return found
