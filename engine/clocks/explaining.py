"""Explains why a run of a clock is due when it is: its days, sum, rule, source and ladder.

Pure: from a run, the rules and a calendar. It counts anew what ``engine.time.due`` reckons, so that
the one checks the other.
"""

from dataclasses import replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.case.values import Run, World, day_of
from engine.clocks.countexact import ExactCount
from engine.clocks.counting import DayCount
from engine.clocks.explained import Counted, Explanation, Passed, Ringing
from engine.clocks.rungs import due_rungs, rung_times
from engine.compiling.plan import Clock, Workflow
from engine.facts.clocks import current
from engine.language.clocks import ClockRule, RungDef
from engine.language.scope import is_span
from engine.language.words import Span, parse_span
from engine.time.calendars import Calendar
from engine.time.times import moment_text, parse_moment
from engine.time.units import EXACT

OWN_DEFAULT = "design"
"""The paper that is no paper: what this system sets where no law says anything."""


def explain(
    run: Run,
    *,
    clock: Clock,
    workflow: Workflow,
    calendar: Calendar,
    zone: ZoneInfo,
    now: datetime,
) -> Explanation:
    """Return why a run is due when it is.

    Args:
        run: as stored, open or ended.
        clock: its clock.
        workflow: the rules the case was opened under.
        calendar: whose working days count.
        zone: the office's zone.
        now: the moment of asking, aware; for a run that has ended, its end.

    Returns:
        The explanation. Its count rests on the calendar as it is now, the run's due day on
        that of its last planning: see ``agrees``.

    Source:
        language.md 4; design.md 6: every due day can be explained.
    """
    now = min(now, parse_moment(run.ended_at)) if run.ended_at else now
    told = counted(run, calendar, zone, now=now)
    present = current(run, zone, at=now)
    if run.paused and not present.paused and told.later is not None:
        told = replace(told, due=told.later, until=None, later=None)
    case = clock.variant_of(run.rule)
    source = (
        case.definition.source
        or clock.definition.source
        or _of_length(workflow, clock, run, "source")
    )
    title, article = paper(workflow, source)
    return Explanation(
        run=present,
        counted=told,
        so_far=_so_far(told, run, zone, now),
        if_resumed=_if_resumed(present, calendar, zone, now) if present.paused else None,
        rule=run.rule,
        passed=_passed(clock, run, zone),
        class_=str(
            case.definition.class_
            or clock.definition.class_
            or _of_length(workflow, clock, run, "class_")
        ),
        source=source,
        title=title,
        article=article,
        is_law=bool(source) and source.partition("#")[0] != OWN_DEFAULT,
        rungs=_rungs(run, case.ladder.rungs, calendar, zone),
    )


def counted(run: Run, calendar: Calendar, zone: ZoneInfo, *, now: datetime) -> Counted:
    """Return the count of a run, made anew, day by day or moment by moment."""
    if run.unit in EXACT:
        return ExactCount(run, now=now).counted()
    return DayCount(run, calendar, today=day_of(now, zone)).counted()


def paper(workflow: Workflow, source: str) -> tuple[str, str]:
    """Return the title of the document that a source names, and the article; "" for none."""
    name, _, article = source.partition("#")
    found = workflow.definition.sources.get(name.partition(":")[0])
    return (found.title if found else ""), article


def length_param(clock: Clock, run: Run) -> str:
    """Return the param that gave a run its length; "" where the file gives it itself."""
    case = clock.variant_of(run.rule)
    span = (
        case.definition.within if case.definition.within is not None else case.definition.at_least
    )
    if isinstance(span, str):
        return span
    return case.length.source.removeprefix("params.") if case.length is not None else ""


def profile_basis(clock: Clock, run: Run, world: World) -> tuple[str, str] | None:
    """Return the paper and the article by which a profile gave a run its length.

    None where the file gave it: a run keeps the length with which it began, so a profile that
    says another one since is not why it is due.
    """
    name = length_param(clock, run)
    value = world.params.get(name)
    if is_span(value):
        span: Span = parse_span(value)
        same = (span.n, span.unit) == (run.n, run.unit)
    else:
        same = value == run.n
    return world.bases.get(name) if same else None


def _of_length(workflow: Workflow, clock: Clock, run: Run, key: str) -> str:
    """Return the class or source of the param that gave the run its length; "" for none."""
    param = workflow.definition.params.get(length_param(clock, run))
    return str(getattr(param, key) or "") if param else ""


def _rungs(
    run: Run, rungs: tuple[RungDef, ...], calendar: Calendar, zone: ZoneInfo
) -> tuple[Ringing, ...]:
    to_come = {one.key for one in due_rungs(run, rungs, calendar, zone)}
    return tuple(
        Ringing(place=one.place, at=one.at, rung=one.key not in to_come)
        for one in rung_times(run, rungs, calendar, zone)
    )


def _passed(clock: Clock, run: Run, zone: ZoneInfo) -> tuple[Passed, ...]:
    anchor = run.anchor
    day = day_of(parse_moment(anchor), zone) if "T" in anchor else date.fromisoformat(anchor)
    return tuple(
        Passed(rule=place, why="condition" if _in_force(case.definition, day) else "law")
        for place, case in enumerate(clock.variants[: max(run.rule - 1, 0)], 1)
    )


def _in_force(rule: ClockRule, day: date) -> bool:
    return (rule.from_ is None or rule.from_ <= day) and (rule.until is None or day <= rule.until)


def _so_far(told: Counted, run: Run, zone: ZoneInfo, now: datetime) -> int:
    """Return how many days, or seconds, have counted until ``now``."""
    if run.unit not in EXACT:
        today = day_of(now, zone)
        return max((one.count for one in told.days if one.day <= today), default=0)
    passed = [one for one in told.moments if one.at <= now]
    if not passed:
        return 0
    last = passed[-1]
    running = last.kind in {"anchor", "resume"}
    return last.elapsed + (int((now - last.at).total_seconds()) if running else 0)


def _if_resumed(run: Run, calendar: Calendar, zone: ZoneInfo, now: datetime) -> str:
    when = moment_text(now) if run.unit in EXACT else day_of(now, zone).isoformat()
    ended = replace(run, changes=(*run.changes, ("resume", when)))
    return counted(ended, calendar, zone, now=now).due
