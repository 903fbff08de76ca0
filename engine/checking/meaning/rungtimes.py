"""Finds ladders that no clock uses, and rungs at a time that none of their clocks reaches.

Source:
    language.md 4, rungs.
"""

import re
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, assert_never

from engine.case.text import Text, said
from engine.checking.meaning import words
from engine.checking.meaning.running import rung_at
from engine.checking.meaning.scene import Scene
from engine.compiling.plan import Clock, ClockVariant, Workflow
from engine.language.clocks import RungDef
from engine.language.reader import Path
from engine.language.words import UNIT, Span, parse_span
from engine.time.units import EXACT, TimeUnit

_PERCENT = re.compile(r"(\d+)%")
_DAY = re.compile(r"day (\d+)")
_BEFORE = re.compile(rf"due - (\d+) {UNIT}")
_WHOLE = 100
_MONTH_DAYS = 31
_ONE_DAY = timedelta(days=1)
_LEAST = {
    TimeUnit.WORKING_DAYS: _ONE_DAY,
    TimeUnit.MONTHS: timedelta(days=28),
    **{unit: unit.length(1) for unit in TimeUnit if unit.seconds is not None},
}
"""The shortest that one of a unit may be; of working days, where no weekend lies between."""


@dataclass(frozen=True, slots=True)
class Placing:
    """A rung on the ladder of a clock's case."""

    rung: RungDef
    case: ClockVariant
    workflow: Workflow


def check_ladders(scene: Scene) -> None:
    """Warn of ladders that nothing uses, and of rungs misplaced on every clock that has them."""
    workflow, borrowed = scene.workflow, scene.findings.borrowed
    placings: dict[Path, list[Placing]] = {}
    for clock in workflow.clocks.values():
        for n, case in enumerate(clock.variants):
            for k, rung in enumerate(case.ladder.rungs):
                path = _defined_at(clock, n, k)
                placings.setdefault(path, []).append(Placing(rung, case, workflow))
    for path, several in placings.items():
        why = [misplaced(one) for one in several]
        if why[0] is not None and all(why) and path[:2] not in borrowed:
            scene.note((*path, "at"), "HY624", why[0], key=False)
    used = {case.definition.ladder for clock in workflow.clocks.values() for case in clock.variants}
    for name in workflow.definition.ladders.keys() - used:
        if ("ladders", name) not in borrowed:
            scene.note(("ladders", name), "HY613", said(words.UNUSED_LADDER, name=name))


def _defined_at(clock: Clock, n: int, k: int) -> Path:
    """Return where a rung is defined: in its clock or in the ladder that the clock names."""
    rule = clock.variants[n].definition
    own = len(rule.rungs or ())
    if k < own:
        return rung_at(clock, n, k)
    return ("ladders", str(rule.ladder), "rungs", k - own)


def misplaced(placing: Placing) -> Text | None:
    """Return why a rung comes too late or never for a case; None where it may ring.

    What depends on data or on the calendar is given the benefit of the doubt: a computed
    length, working days against days, a due day that moves on to a working day.
    """
    at, rule = placing.rung.at, placing.case.definition
    part, day, before = _PERCENT.fullmatch(at), _DAY.fullmatch(at), _BEFORE.fullmatch(at)
    if part is not None and rule.due is not None:
        return said(words.NO_PART_OF_DUE, at=at)
    if part is not None and int(part[1]) > _WHOLE:
        return said(words.AFTER_END, at=at)
    length = _length(placing)
    if length is None:
        return None
    if day is not None and _is_beyond(int(day[1]), length, placing.case):
        return said(words.AFTER_END, at=at)
    if before is not None and _is_before_start(int(before[1]), TimeUnit.read(before[2]), length):
        return said(words.BEFORE_START, at=at)
    return None


def _length(placing: Placing) -> Span | None:
    """Return a case's fixed length, that of its param too; None where it is computed."""
    rule = placing.case.definition
    found: Any = rule.within if rule.within is not None else rule.at_least
    if isinstance(found, str):
        found = parse_span(placing.workflow.definition.params[found].value)
    return found if isinstance(found, Span) and isinstance(found.n, int) else None


def _is_beyond(day: int, length: Span, case: ClockVariant) -> bool:
    # Extended time has more days; of working days nobody knows how many days they are.
    most = _most_days(int(length.n), length.unit)
    if most is None or case.definition.extend not in {None, "none"}:
        return False
    return day > most


def _most_days(n: int, unit: TimeUnit) -> float | None:
    """Return the most days that ``n`` of a unit may be; None where nobody knows."""
    match unit:
        case TimeUnit.SECONDS | TimeUnit.MINUTES | TimeUnit.HOURS | TimeUnit.DAYS:
            return unit.length(n) / _ONE_DAY
        case TimeUnit.MONTHS:
            return n * _MONTH_DAYS
        case TimeUnit.WORKING_DAYS:
            return None
        case _:
            assert_never(unit)


def _is_before_start(n: int, unit: TimeUnit, length: Span) -> bool:
    if length.unit in EXACT:
        return _LEAST[unit] * n >= length.unit.length(int(length.n))
    # Days are left out: their due day may have moved on to a working day.
    shifts = unit.counted is TimeUnit.DAYS
    return length.unit is unit and not shifts and n >= int(length.n)
