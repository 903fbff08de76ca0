"""Early warning: topics and deadlines of disputes, added up; never persons, never mediators.

Small groups are hidden (``folding``). A person sees the figures of the units of their posts, each
with all below it; sealed cases are in none. What no published workflow declares is left out and
named under ``absent``.
"""

from datetime import date, datetime
from typing import Any

from engine.case.values import Lang
from heyi.app.cases.casework import Casework
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
from heyi.app.disputes.warningrules import WarningRules, read_rules
from heyi.app.library.periods import Period, periods

View = dict[str, Any]


def dispute_report(
    cases: Casework,
    *,
    person: str,
    unit: str = "",
    days: tuple[date, date],
    now: datetime,
    lang: Lang,
    rules: WarningRules | None = None,
) -> View:
    """Return the early warning of a unit.

    Args:
        cases: the use cases.
        person: who reads.
        unit: whose figures, with all below; "" where the person's posts leave no choice.
        days: the first and the last day; the report has the periods that they touch, and the
            one before them.
        now: the present moment.
        lang: of labels.
        rules: the numbers, and who may see; None for those of the shelf's library.

    Raises:
        ReportRefused: no post of the person allows it, or several units are to choose from.
        PersonNotFound: there is no such person.
        UnitNotFound: there is no such unit.
        RulesWrong: the library is missing or wrong.
    """
    rules = rules or read_rules(cases.library.shelf)
    with cases.store.read() as work:
        actor = work.people.actor(person)
        if unit:
            work.units.get(unit)
        place = rules.unit_for(actor, work.units.all(), unit)
        scope = Scope(cases=cases, work=work, rules=rules, unit=place, now=now, lang=lang)
        return _report(scope, periods(*days, rules.period_months))


def _report(scope: Scope, spans: tuple[Period, ...]) -> View:
    found = scope.counted(DISPUTE, MEDIATION, since=spans[0].first)
    parts: dict[str, View | None] = {
        "disputes": _disputes(scope, spans, found),
        "on_site": _endings(scope, spans, found, on_site=True),
        "mediations": _endings(scope, spans, found, on_site=False),
        "acceptance": _acceptance(scope, spans, found),
        "late": _late(scope, found),
        "rounds": rounds(scope, spans),
    }
    rules, today = scope.rules, scope.day(scope.now)
    return {
        "unit": {"id": scope.unit, "title": scope.units()[scope.unit].title},
        "periods": [
            {"from": one.first.isoformat(), "to": one.last.isoformat(), "over": one.last < today}
            for one in spans
        ],
        "least": rules.least, "fold_below": rules.fold_below,
        "rises": {"by": rules.rise_by, "times": rules.rise_times},
        **parts,
        "absent": [name for name, part in parts.items() if part is None],
    }  # fmt: skip


def _disputes(scope: Scope, spans: tuple[Period, ...], found: list[Counted]) -> View | None:
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
    return {
        "total": tables["unit"]["total"], "rising": all_rising(scope, tables["unit"]), "by": tables
    }  # fmt: skip


def _endings(
    scope: Scope, spans: tuple[Period, ...], found: list[Counted], *, on_site: bool
) -> View | None:
    """Return what ended by final state: on the spot, or as a mediation; never both in one."""
    kinds = (DISPUTE, MEDIATION) if on_site else (MEDIATION,)
    labels = endings(scope.files(*kinds), scope.lang, on_site=on_site)
    if not labels:
        return None
    wanted = [one for one in found if one.kind in kinds]
    labels = unsaid(labels, scope.lang)
    return table(scope, labels, ended(scope, spans, wanted, on_site=on_site), every=False)


def _acceptance(scope: Scope, spans: tuple[Period, ...], found: list[Counted]) -> View | None:
    if not any(accepting(file) for file in scope.files(MEDIATION)):
        return None
    wanted = [one for one in found if one.kind == MEDIATION]
    return table(scope, steps(scope), acceptance(scope, spans, wanted))


def _late(scope: Scope, found: list[Counted]) -> View | None:
    files = scope.files(DISPUTE, MEDIATION)
    return late(scope, found, files) if files else None
