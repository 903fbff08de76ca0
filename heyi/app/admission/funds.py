"""Finds funds that came late: items that waited for them beyond their first day."""

from datetime import date

from engine.case.values import Case, Run, day_of
from engine.compiling.plan import Workflow
from engine.facts.clocks import is_over
from engine.language.kinds import FieldType
from engine.time.times import end_of, parse_moment
from heyi.app.admission.files import Reading, body_field, tagged
from heyi.app.admission.reportmodels import LateBody, LateItem, LateView

STARTS, FUNDS, PAYER = "starts", "funds", "payer"
"""What fields say they mean: the day of the beginning, the funds, who pays them."""


def late(reading: Reading) -> LateView | None:
    """Return the items that waited for funds beyond the day they were to begin, by body.

    Found by the clock that runs from that day: while it runs, the item is not in force.

    Returns:
        None where no published file has such a clock.
    """
    files = [one for one in reading.workflows() if _clock(one)]
    if not files:
        return None
    items = [
        row
        for workflow in files
        for case in reading.cases_of(workflow)
        for row in _waits(reading, case)
    ]
    items.sort(key=lambda row: (row.title, -row.days, row.number))
    bodies: dict[str, list[LateItem]] = {}
    for row in items:
        bodies.setdefault(row.body, []).append(row)
    return LateView(rows=tuple(_body(rows) for rows in bodies.values()), items=tuple(items))


def _body(rows: list[LateItem]) -> LateBody:
    return LateBody(
        body=rows[0].body, title=rows[0].title, n=len(rows),
        overdue=sum(row.overdue for row in rows), longest=max(row.days for row in rows),
    )  # fmt: skip


def _clock(workflow: Workflow) -> str | None:
    starts = tagged(workflow, STARTS, FieldType.DATE)
    for name, clock in workflow.clocks.items():
        if starts and clock.definition.runs_from == starts:
            return name
    return None


def _waits(reading: Reading, case: Case) -> list[LateItem]:
    rules = reading.rules_of(case)
    clock = _clock(rules)
    return [
        row
        for run in case.runs
        if run.clock == clock and (row := _wait(reading, rules, case, run)) is not None
    ]


def _wait(reading: Reading, rules: Workflow, case: Case, run: Run) -> LateItem | None:
    zone = reading.zone
    begins = date.fromisoformat(run.anchor[:10])
    today = day_of(reading.now, zone)
    ended = day_of(parse_moment(run.ended_at), zone) if run.ended_at else None
    until = min(ended or today, reading.last, today)
    if until <= begins or until < reading.first:
        return None
    payer, other = tagged(rules, PAYER, FieldType.UNIT), body_field(rules)
    body = case.fields.get(payer or "") or case.fields.get(other or "") or ""
    arrived = case.fields.get(tagged(rules, FUNDS, FieldType.DATE) or "")
    return LateItem(
        body=str(body),
        title=reading.unit_title(body),
        number=case.number or case.id,
        begins=begins.isoformat(),
        arrived=None if arrived is None else str(arrived),
        days=(until - begins).days,
        overdue=is_over(run, zone, at=min(end_of(until, zone), reading.now)),
        waits=ended is None or ended > reading.last,
        state=rules.label("states", case.state, reading.lang),
    )
