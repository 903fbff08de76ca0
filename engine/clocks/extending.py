"""Decides whether a move may extend a clock, and to which day (language.md 4 ``extend``)."""

from datetime import date

from engine.case.errors import MoveRefused, Reason
from engine.case.text import Text, said
from engine.case.values import Run
from engine.clocks import words
from engine.clocks.planning import run_on, span_of
from engine.compiling.plan import Branch, Clock
from engine.facts.clocks import limit_of
from engine.facts.facts import Facts
from engine.language.clocks import ExtendDef
from engine.language.words import Span
from engine.time.calendars import Calendar
from engine.time.due import planned, plus
from engine.time.units import TimeUnit


def extensions(branch: Branch, facts: Facts) -> dict[str, str]:
    """Return the day to which a branch extends each clock it names.

    Args:
        branch: the branch taken.
        facts: of the case with the move's data and sets.

    Raises:
        MoveRefused: naming, for each clock, why it cannot be extended to that day.
    """
    found: dict[str, str] = {}
    reasons: list[Reason] = []
    for name, field in getattr(branch.definition, "extends", {}).items():
        clock, value = facts.workflow.clocks[name], facts.fields.get(field)
        label = facts.workflow.labelled("clocks", name)
        if value is None:
            wanted = said(words.GIVE_DAY, clock=label)
            reasons.append(Reason(code="move.missing", words=wanted, names=(field,)))
            continue
        runs = [r for r in facts.case.runs if r.clock == name and r.ended is None]
        why = _refusal(clock, runs, date.fromisoformat(str(value)), facts)
        if why is not None:
            refused = said(words.NOT_EXTENDED, clock=label, why=why)
            reasons.append(Reason(code="move.guard", words=refused, names=(field,)))
        found[name] = str(value)
    if reasons:
        raise MoveRefused(reasons)
    return found


def _refusal(clock: Clock, runs: list[Run], to: date, facts: Facts) -> Text | None:
    if not runs:
        return words.NOT_RUNNING
    for run in runs:
        case = clock.variant_of(run.rule)
        extend = case.definition.extend
        if extend is None or extend == "none":
            return words.NO_EXTENSION
        why = extension_refusal(run, extend, to, facts)
        if why is not None:
            return why
    return None


def extension_refusal(run: Run, extend: ExtendDef, to: date, facts: Facts) -> Text | None:
    """Return why an open run cannot be extended to a day; None where it can.

    Source:
        language.md 4: ``now < 24:00 of due, raw < D ≤ raw + at_most (summed), times left``.
    """
    calendar, zone = facts.world.calendar, facts.world.zone
    run = run_on(run, facts)
    if facts.now >= limit_of(run, zone) and not run.paused:
        return said(words.OVER, due=run.due)
    taken = sum(what == "extend" for what, _when in run.changes)
    if taken >= extend.times:
        return said(words.EXTENDED_OFTEN, taken=taken, most=extend.times)
    due = planned(
        kind=run.kind, anchor=run.anchor, n=run.n, unit=run.unit, changes=run.changes,
        each=run.each, all=run.all, calendar=calendar,
    )  # fmt: skip
    raw = date.fromisoformat(due.raw)
    if to <= raw:
        return said(words.NOT_LATER, due=raw)
    last = _latest(raw, due.extended, span_of(extend.at_most, facts), run.unit, calendar)
    if to > last:
        return said(words.TOO_LATE, last=last)
    return None


def _latest(raw: date, extended: int, most: Span, unit: TimeUnit, calendar: Calendar) -> date:
    """Return the last day to which ``raw`` may be moved, after what it was moved before.

    Args:
        raw: as it stands.
        extended: by how much it was extended, in working days for a run of them, else days.
        most: the most that all extensions together may be.
        unit: the run's.
        calendar: whose working days count.
    """
    counted = unit.counted
    if most.unit is counted:
        left = int(most.n) - extended
        return plus(raw, left, counted, calendar) if left > 0 else raw
    base = plus(raw, -extended, counted, calendar) if extended else raw
    return plus(base, int(most.n), most.unit, calendar)
