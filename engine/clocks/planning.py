"""Plans a run of a clock from the facts: its anchor, its length, and its variant."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from engine.case.values import Run, day_of
from engine.compiling.plan import Clock, ClockVariant
from engine.facts.clocks import current
from engine.facts.facts import Facts
from engine.language.words import Span, parse_span
from engine.time.calendars import Calendar
from engine.time.due import planned
from engine.time.times import moment_text, parse_moment
from engine.time.units import EXACT, TimeUnit


def settled(run: Run, calendar: Calendar) -> Run:
    """Return a run with the due day that follows from its history and this calendar."""
    due = planned(
        kind=run.kind, anchor=run.anchor, n=run.n, unit=run.unit, changes=run.changes,
        each=run.each, all=run.all, calendar=calendar,
    )  # fmt: skip
    return replace(
        run, raw=due.raw, due=due.due, provisional=due.provisional,
        paused=due.paused, until=due.until, later=due.later,
    )  # fmt: skip


def run_on(run: Run, facts: Facts) -> Run:
    """Return a run continued after its pause reached the cap; unchanged where none did.

    The case still rests where it stands: a resume that comes later ends nothing more.
    """
    if current(run, facts.world.zone, at=facts.now) is run:
        return run
    noted = replace(run, changes=(*run.changes, ("run_on", run.until or "")))
    return settled(noted, facts.world.calendar)


def plan_run(clock: Clock, facts: Facts, *, item: int, seq: int) -> Run | None:
    """Return a new run under the clock's first rule that applies.

    Args:
        clock: the clock.
        facts: of the case, with the item bound for a clock with ``each``.
        item: 1-based place of the item, else 0.
        seq: 1-based count of the item's runs.

    Returns:
        None while something is not known, or no rule applies.

    Source:
        language.md 4: law and rules are chosen on the anchor day and frozen.
    """
    if clock.when is not None and not facts.ask(clock.when).holds:
        return None
    for number, case in enumerate(clock.variants, 1):
        if case.condition is not None:
            answer = facts.ask(case.condition)
            if not answer.known:
                return None
            if not answer.holds:
                continue
        anchor = _anchor(case, facts)
        if anchor is None:
            return None
        if not _is_in_force(case, _day(anchor, facts)):
            continue
        run = _planned(clock, case, anchor, facts)
        rule = number if clock.definition.rules else 0
        return None if run is None else replace(run, item=item, seq=seq, rule=rule)
    return None


def anchored_anew(case: ClockVariant, run: Run, facts: Facts) -> Run:
    """Return an open run planned anew from the anchor or date that the data now gives.

    A run whose anchor is no longer known stays as it is.
    """
    if case.definition.runs_from is None and case.definition.due is None:
        return run
    anchor = _anchor(case, facts)
    if anchor is None:
        return run
    text = _text(anchor, run.unit, facts)
    if text is None or text == run.anchor:
        return run
    return settled(replace(run, anchor=text), facts.world.calendar)


def _is_in_force(case: ClockVariant, day: date) -> bool:
    rule = case.definition
    return (rule.from_ is None or rule.from_ <= day) and (rule.until is None or day <= rule.until)


def _planned(clock: Clock, case: ClockVariant, anchor: date | datetime, facts: Facts) -> Run | None:
    rule = case.definition
    kind, length = "due", (0, TimeUnit.DAYS)
    if rule.due is None:
        found = _length(case, facts)
        if found is None:
            return None
        kind, length = "within" if rule.within is not None else "at_least", found
    text = _text(anchor, length[1], facts)
    if text is None:
        return None
    each, every = _caps(case, facts)
    run = Run(
        clock=clock.name, kind=kind, n=length[0], unit=length[1], anchor=text, raw="", due="",  # type: ignore[arg-type]
        started_at=moment_text(facts.now), each=each, all=every,
    )  # fmt: skip
    return settled(run, facts.world.calendar)


def _text(anchor: date | datetime, unit: TimeUnit, facts: Facts) -> str | None:
    """Return an anchor as a run keeps it; None for minutes and hours from a mere day."""
    if unit in EXACT:
        return moment_text(anchor) if isinstance(anchor, datetime) else None
    return _day(anchor, facts).isoformat()


def _day(anchor: date | datetime, facts: Facts) -> date:
    return day_of(anchor, facts.world.zone) if isinstance(anchor, datetime) else anchor


def _anchor(case: ClockVariant, facts: Facts) -> date | datetime | None:
    word = case.definition.due or case.definition.runs_from
    if word is None:
        return facts.now
    value = _path(word, facts)
    if not isinstance(value, str):
        return None
    return parse_moment(value) if "T" in value else date.fromisoformat(value)


def _length(case: ClockVariant, facts: Facts) -> tuple[int, TimeUnit] | None:
    given = (
        case.definition.within if case.definition.within is not None else case.definition.at_least
    )
    span = span_of(given, facts)
    if case.length is None:
        return int(span.n), span.unit
    answer = facts.ask(case.length)
    if not answer.known or not isinstance(answer.value, int) or answer.value < 0:
        return None
    return answer.value, span.unit


def span_of(length: Any, facts: Facts) -> Span:
    """Return a length as written, or the value of the param it names."""
    if isinstance(length, str):
        value = facts.world.params.get(length, facts.workflow.definition.params[length].value)
        # Checked to be a length when the file and the profile were loaded.
        length = parse_span(value)
    found: Span = length
    return found


def _caps(case: ClockVariant, facts: Facts) -> tuple[str, str]:
    pauses = case.definition.pauses
    if pauses is None or pauses == "none":
        return "", ""
    each, every = (_cap(length, facts) for length in (pauses.each, pauses.all))
    return each, every


def _cap(length: Any, facts: Facts) -> str:
    if length is None:
        return ""
    span = span_of(length, facts)
    return f"{span.n} {span.unit}"


def _path(word: str, facts: Facts) -> Any:
    """Return the value of ``field``, ``fact``, ``table.output`` or ``item.column``."""
    head, _, column = word.partition(".")
    if head in {"item", "it"}:
        row = facts.get("item")
        return row.get(column) if isinstance(row, dict) else None
    return facts.get(word)
