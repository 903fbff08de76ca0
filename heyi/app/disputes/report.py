"""Makes the early warning: topics and clocks of disputes, added up; never persons.

Small groups are hidden (``folding``). A person sees the figures of the units of their posts, each
with all below it; sealed cases are in none. What no published workflow declares is left out and
named under ``absent``.
"""

from heyi.app.cases.models import UnitRef
from heyi.app.disputes.files import (
    DISPUTE,
    GRADE,
    MEDIATION,
    PLACE_KIND,
    TOPIC,
    Counted,
    Scope,
    options,
)
from heyi.app.disputes.late import late
from heyi.app.disputes.models import (
    DisputesView,
    LateView,
    PeriodView,
    ReportView,
    RisesView,
    TableView,
)
from heyi.app.disputes.rounds import rounds
from heyi.app.disputes.tables import (
    acceptance,
    accepting,
    all_rising,
    by_place,
    ended,
    endings,
    opened,
    steps,
    table,
    unsaid,
)
from heyi.app.library.periods import Period


def report_view(scope: Scope, spans: tuple[Period, ...]) -> ReportView:
    """Return the early warning of a unit over some periods."""
    found = scope.counted(DISPUTE, MEDIATION, since=spans[0].first)
    rules, today = scope.rules, scope.day(scope.now)
    parts = {
        "disputes": _disputes(scope, spans, found),
        "on_site": _endings(scope, spans, found, on_site=True),
        "mediations": _endings(scope, spans, found, on_site=False),
        "acceptance": _acceptance(scope, spans, found),
        "late": _late(scope, found),
        "rounds": rounds(scope, spans),
    }
    return ReportView.model_validate(
        {
            "unit": UnitRef(id=scope.unit, title=scope.units()[scope.unit].title),
            "periods": [_period(one, over=one.last < today) for one in spans],
            "least": rules.least,
            "fold_below": rules.fold_below,
            "rises": RisesView(by=rules.rise_by, times=rules.rise_times),
            **parts,
            "absent": [name for name, part in parts.items() if part is None],
        }
    )


def _period(one: Period, *, over: bool) -> PeriodView:
    return PeriodView(from_=one.first.isoformat(), to=one.last.isoformat(), over=over)


def _disputes(scope: Scope, spans: tuple[Period, ...], found: list[Counted]) -> DisputesView | None:
    files = scope.files(DISPUTE, MEDIATION)
    if not files:
        return None
    matters = [one for one in found if not one.again]
    tables = {}
    for tag in (TOPIC, GRADE, PLACE_KIND):
        labels = options(files, tag, scope.lang)
        if labels:
            counts = opened(scope, spans, matters, tag)
            tables[tag] = table(scope, unsaid(labels, scope.lang), counts)
    places, counts = by_place(scope, spans, matters)
    tables["unit"] = table(scope, places, counts)
    every = tables["unit"]
    return DisputesView(total=every.total, rising=all_rising(scope, every), by=tables)


def _endings(
    scope: Scope, spans: tuple[Period, ...], found: list[Counted], *, on_site: bool
) -> TableView | None:
    """Return what ended by final state: on the spot, or as a mediation; never both in one."""
    kinds = (DISPUTE, MEDIATION) if on_site else (MEDIATION,)
    labels = endings(scope.files(*kinds), scope.lang, on_site=on_site)
    if not labels:
        return None
    wanted = [one for one in found if one.kind in kinds]
    labels = unsaid(labels, scope.lang)
    return table(scope, labels, ended(scope, spans, wanted, on_site=on_site), every=False)


def _acceptance(scope: Scope, spans: tuple[Period, ...], found: list[Counted]) -> TableView | None:
    if not any(accepting(file) for file in scope.files(MEDIATION)):
        return None
    wanted = [one for one in found if one.kind == MEDIATION]
    return table(scope, steps(scope), acceptance(scope, spans, wanted))


def _late(scope: Scope, found: list[Counted]) -> LateView | None:
    files = scope.files(DISPUTE, MEDIATION)
    return late(scope, found, files) if files else None
