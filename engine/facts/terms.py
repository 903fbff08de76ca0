"""Tells whether a term that began with an event is over: of taking back, of a handing."""

from datetime import datetime

from engine.case.values import Case
from engine.facts.facts import Facts
from engine.language.words import Span
from engine.time.due import plus
from engine.time.times import parse_moment
from engine.time.units import EXACT


def in_time(within: Span, since: str, now: datetime, facts: Facts) -> bool:
    """Tell whether a term is not over yet; a day ends with its last minute, hours to the second.

    Args:
        within: a whole number of a unit.
        since: the moment it began with.
        now: the moment asked about, aware.
        facts: for the calendar and the office's zone.
    """
    made, n = parse_moment(since), int(within.n)
    if within.unit in EXACT:
        return now <= made + within.unit.length(n)
    zone, calendar = facts.world.zone, facts.world.calendar
    last = plus(made.astimezone(zone).date(), n, within.unit, calendar)
    return now.astimezone(zone).date() <= last


def waits(case: Case, now: datetime, facts: Facts) -> bool:
    """Tell whether a handing still waits to be accepted; after its term the giver has the case.

    Source:
        language.md 9.7 转办: accepted within the term, until then the giver answers.
    """
    rule = facts.workflow.definition.handing
    if case.handing is None:
        return False
    within = rule.within if rule else None
    return not isinstance(within, Span) or in_time(within, case.handing.at, now, facts)
