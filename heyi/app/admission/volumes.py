"""Finds exceeded volumes: more taken on of an item than its cap, by place and by sender."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from engine.case.values import Case, day_of
from engine.compiling.plan import Workflow
from engine.language.parts import CountDef
from engine.time.times import parse_moment
from heyi.app.admission.files import Reading, body_field
from heyi.app.admission.listviews import title_of
from heyi.app.admission.reportmodels import ExceededRow, ExceededView, UsedBy
from heyi.app.cases.worlds import period_start

VOLUME = "volume"
"""What a catalogue's column says it means that caps what may be asked of an item."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Cap:
    """Which count of a file is capped by which column of a catalogue."""

    count: CountDef
    item: str
    catalogue: str
    column: str


@dataclass(slots=True)
class _Used:
    """What was used of one item in one place and period."""

    cap: Decimal = Decimal(0)
    used: Decimal = Decimal(0)
    by: dict[str, Decimal] = field(default_factory=dict)
    title: str = ""


def exceeded(reading: Reading) -> ExceededView | None:
    """Return where more of an item was taken on than its cap; None where no file has a cap."""
    files = [(one, cap) for one in reading.workflows() if (cap := _cap(reading, one))]
    if not files:
        return None
    found: dict[tuple[str, str, str], _Used] = {}
    for workflow, cap in files:
        for case in reading.cases_of(workflow):
            for start in _periods(reading, case, cap):
                _add(reading, found, case, cap, start)
    rows = tuple(
        ExceededRow(
            unit=unit, unit_title=reading.unit_title(unit), item=item, item_title=one.title,
            period=start, cap=_number(one.cap), used=_number(one.used), by=_by(reading, one),
        )
        for (unit, item, start), one in sorted(found.items(), key=lambda pair: pair[0])
        if one.used > one.cap
    )  # fmt: skip
    return ExceededView(rows=rows)


def _by(reading: Reading, used: _Used) -> tuple[UsedBy, ...]:
    return tuple(
        UsedBy(body=body, title=reading.unit_title(body), used=_number(part))
        for body, part in sorted(used.by.items(), key=lambda pair: (-pair[1], pair[0]))
    )


def _cap(reading: Reading, workflow: Workflow) -> _Cap | None:
    """Return the first count that adds up an item of a capped catalogue in a period."""
    shelf = {one.catalogue: one for one in reading.cases.library.shelf.catalogues()}
    for count in workflow.definition.counts.values():
        if not (count.sum and count.taken and count.within and count.of == workflow.name):
            continue
        for name in count.where:
            part = workflow.fields.get(name)
            known = shelf.get(part.catalogue or "") if part is not None else None
            for column, one in known.columns.items() if known else ():
                if known and one.means == VOLUME:
                    return _Cap(count=count, item=name, catalogue=known.catalogue, column=column)
    return None


def _periods(reading: Reading, case: Case, cap: _Cap) -> Iterator[str]:
    """Yield the first day of the period in which a case was taken on, if the report has it."""
    if cap.count.taken not in case.taken:
        return
    days = [
        day_of(parse_moment(event.occurred_at), reading.zone)
        for event in reading.work.cases.events(case.id)
        if event.public.get("trigger") == cap.count.taken and event.kind == "moved"
    ]
    start: date | None = period_start(cap.count.within, days[-1]) if days else None
    if start is not None and reading.holds(days[-1]):
        yield start.isoformat()


def _add(
    reading: Reading, found: dict[tuple[str, str, str], _Used], case: Case, cap: _Cap, start: str
) -> None:
    item = case.fields.get(cap.item)
    rows = reading.world(case).catalogues.get(cap.catalogue, {})
    row = rows.get(str(item), {})
    limit = row.get(cap.column)
    if item is None or limit is None:
        return
    rule = next(
        one for one in reading.cases.library.shelf.catalogues() if one.catalogue == cap.catalogue
    )
    used = found.setdefault((case.unit, str(item), start), _Used())
    used.cap, used.title = Decimal(str(limit)), title_of(rule, row, reading.lang)
    hours = Decimal(str(case.fields.get(str(cap.count.sum)) or 0))
    used.used += hours
    body = str(case.fields.get(body_field(reading.rules_of(case)) or "", ""))
    used.by[body] = used.by.get(body, Decimal(0)) + hours


def _number(value: Decimal) -> int | float:
    return int(value) if value == value.to_integral_value() else float(value)
