"""Counts rounds of screening by unit: due, done, zero reports, missing.

They are the office's own work and tell of nobody, so small numbers are told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from engine.case.values import Case
from engine.compiling.plan import Workflow
from engine.facts.clocks import is_over
from engine.language.kinds import FieldType
from engine.time.recurrence import occurrences, parse_time
from heyi.app.disputes.files import ROUND, Scope, tagged
from heyi.app.disputes.models import RoundSums, RoundsView, UnitRounds
from heyi.app.library.periods import Period
from storage.kernel.records import CaseQuery

ZERO, MISSED = "zero_report", "missed"
"""What final states say they mean: nothing was found; the round was not made."""
VISITS, CLUE = "visits", "clue"
"""What a list says it means, and in it the column that tells whether something was found."""
_PAGE = 500
_WORDS = ("due", "done", "zero", "open", "missing", "extra")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Round:
    """One round: what the calendar owed, or a person opened.

    Attributes:
        unit: where.
        day: for which day.
        owed: the calendar owed it.
        word: ``done``, ``zero``, ``open`` or ``missing``.
    """

    unit: str
    day: date
    owed: bool
    word: str


def rounds(scope: Scope, spans: tuple[Period, ...]) -> RoundsView | None:
    """Return the rounds of each unit and period; None where no published file has any."""
    files = scope.files(ROUND)
    if not files:
        return None
    found = [one for file in files for one in _rounds(scope, file, spans)]
    by_unit: dict[str, list[_Round]] = {}
    for one in found:
        by_unit.setdefault(one.unit, []).append(one)
    units = scope.units()
    rows = tuple(
        UnitRounds(unit=unit, title=units[unit].title, periods=_periods(spans, by_unit[unit]))
        for unit in sorted(by_unit)
    )
    return RoundsView(periods=_periods(spans, found), rows=rows)


def _periods(spans: tuple[Period, ...], found: list[_Round]) -> tuple[RoundSums, ...]:
    return tuple(_sums(one for one in found if span.holds(one.day)) for span in spans)


def _sums(found: Iterator[_Round]) -> RoundSums:
    sums = dict.fromkeys(_WORDS, 0)
    for one in found:
        sums["due" if one.owed else "extra"] += 1
        sums[one.word] += 1
        # A zero report is a round that was made.
        sums["done"] += one.word == "zero"
    return RoundSums(**sums)


def _rounds(scope: Scope, file: Workflow, spans: tuple[Period, ...]) -> Iterator[_Round]:
    kept: dict[tuple[str, str, date], _Round] = {}
    for case in _cases(scope, file, spans[0].first):
        rules = scope.cases.library.get(scope.work, case.workflow, case.version)
        recur, day = _owed_for(scope, case)
        one = _Round(unit=case.unit, day=day, owed=bool(recur), word=_word(scope, rules, case))
        if recur:
            kept[recur, case.unit, day] = one
        else:
            yield one
    for recur, unit, day in _due(scope, file, spans):
        known = kept.pop((recur, unit, day), None)
        yield known or _Round(unit=unit, day=day, owed=True, word="missing")
    # Opened under an earlier version, whose days were others.
    yield from kept.values()


def _cases(scope: Scope, file: Workflow, since: date) -> Iterator[Case]:
    query = CaseQuery(workflow=file.name, units=tuple(scope.units()), limit=_PAGE)
    while page := scope.work.cases.list(query):
        wanted = [one.id for one in page if scope.day(one.opened_at) >= since]
        yield from scope.work.cases.load_many(wanted).values()
        query = replace(query, after=page[-1].cursor)


def _owed_for(scope: Scope, case: Case) -> tuple[str, date]:
    """Return the entry and the day that a round was opened for; "" for one opened by hand."""
    via = str(scope.work.cases.events(case.id)[0].public.get("via") or "")
    if via.startswith("recurs:"):
        recur, _, day = via.removeprefix("recurs:").partition("@")
        return recur, date.fromisoformat(day)
    return "", scope.day(case.opened_at)


def _due(
    scope: Scope, file: Workflow, spans: tuple[Period, ...]
) -> Iterator[tuple[str, str, date]]:
    """Yield entry, unit and day of what the calendar owed since the file was first published."""
    work, zone = scope.work, scope.cases.zone
    versions = [version for name, version in work.workflows.list() if name == file.name]
    since = min(work.workflows.load(file.name, version=one).published_at for one in versions)
    calendar = scope.cases.library.calendar(file.definition.calendar, work)
    units = scope.units().values()
    for recur, rule in file.definition.recurs.items():
        first = max(spans[0].first, scope.day(since))
        last = min(spans[-1].last, scope.day(scope.now))
        for day in occurrences(rule.on, first, last, calendar):
            moment = datetime.combine(day, parse_time(rule.at), tzinfo=zone).astimezone(UTC)
            if since <= moment <= scope.now:
                yield from ((recur, unit.id, day) for unit in units if unit.level == rule.each)


def _word(scope: Scope, rules: Workflow, case: Case) -> str:
    means = rules.definition.states[case.state].means
    if MISSED in means:
        return "missing"
    if not rules.is_final(case.state):
        over = any(
            run.ended is None
            and run.kind != "at_least"
            and is_over(run, scope.cases.zone, at=scope.now)
            for run in case.runs
        )
        return "missing" if over else "open"
    return "zero" if ZERO in means or _found_nothing(rules, case.fields) else "done"


def _found_nothing(rules: Workflow, fields: Mapping[str, Any]) -> bool:
    """Tell whether the list of visits says that nothing was found; unknown counts as found."""
    name = tagged(rules, VISITS, FieldType.LIST)
    columns = rules.fields[name].of if name else None
    if name is None or not isinstance(columns, dict):
        return False
    clues = [key for key, part in columns.items() if part.means == CLUE]
    rows = fields.get(name) or []
    return bool(clues) and not any(row.get(clue) for row in rows for clue in clues)
