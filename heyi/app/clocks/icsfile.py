"""Writes one's own due days as a calendar file (RFC 5545), for phones and office suites.

Number of the case and label of the clock, nothing else of the case: such files are copied
about. A uid is made from case, clock and item, so that a due day that moves moves its entry.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING

from engine.case.text import Text, said
from engine.case.values import day_of
from engine.clocks.receivers import Receivers
from engine.compiling.plan import Ladder
from engine.facts.clocks import current
from engine.facts.facts import Facts
from engine.language.clocks import RungDef
from engine.time.times import parse_moment
from heyi.app.alerts.texts import case_name
from heyi.app.cases.casework import Casework
from heyi.app.cases.knowing import ways_of
from heyi.app.clocks import words
from storage.kernel.records import OpenRun, RunQuery
from storage.work import Work

if TYPE_CHECKING:
    from icalendar import Event

PAGE = 500
"""How many runs are looked at in one transaction."""
_MINE = RungDef(at="due", tell=("assignee",))
_MY_ITEM = RungDef(at="due", tell=("assignee", "item.owner"))


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnDue:
    """A due day of one's own.

    Attributes:
        case: the case's id.
        number: its human number, or "".
        clock: the clock's name.
        label: what people call it.
        item: 1-based place of the list item, or 0.
        due: due day or moment.
        minimum: the clock is a minimum duration.
        provisional: the day may move with the next announcement.
    """

    case: str
    number: str
    clock: str
    label: Text
    item: int
    due: str
    minimum: bool
    provisional: bool


def own_dues(cases: Casework, person: str, now: datetime) -> list[OwnDue]:
    """Return the due days of somebody's own open clocks, the first due first.

    Own are the clocks of cases that one is assigned (by name, or by the post that the state's
    assignee means) and of items one owns; looked for at the units of one's posts and those
    above and below. What rests without end has no due day.

    Raises:
        PersonNotFound: there is no such person.
    """
    with cases.store.read() as work:
        work.people.get(person)
        units = _units(work, person)
    found: list[OwnDue] = []
    after = None
    while units:
        with cases.store.read() as work:
            query = RunQuery(
                units=units, after=after, limit=PAGE, ways=ways_of(cases.actor(work, person, now))
            )
            page = work.clocks.listed(query)
            actor = cases.actor(work, person, now)
            passed = cases.narrowed(work, {one.case for one in page}, actor, now=now)
            mine = [one for one in page if one.case in passed]
            found += _own(cases, work, mine, person, now)
        if len(page) < PAGE:
            break
        after = page[-1].cursor
    return sorted(found, key=lambda one: (one.due, one.case, one.clock, one.item))


def _units(work: Work, person: str) -> tuple[str, ...]:
    found: set[str] = set()
    for _role, unit in work.people.actor(person).posts:
        found |= work.units.above(unit).keys() | work.units.below(unit).keys()
    return tuple(sorted(found))


def _own(
    cases: Casework, work: Work, page: Iterable[OpenRun], person: str, now: datetime
) -> Iterator[OwnDue]:
    page = list(page)
    # One's own days stay one's own while somebody stands in.
    office = replace(work.people.office(day_of(now, cases.zone)), away={})
    kept = work.cases.load_many(dict.fromkeys(one.case for one in page))
    for one in page:
        case = kept.get(one.case)
        key = (one.clock, one.item, one.seq)
        run = next((run for run in case.runs if run.key == key), None) if case else None
        if case is None or run is None:
            continue
        run = current(run, cases.zone, at=now)
        if run.paused and run.later is None:
            continue
        rules = cases.library.get(work, case.workflow, case.version)
        world = cases.worlds.build(work, rules, unit=case.unit, now=now, case=case)
        rung = _MY_ITEM if run.item else _MINE
        # A ladder without levels: what nobody owns is not everybody's.
        mine = Receivers(Facts(rules, case, world, now=now), office).of(rung, Ladder(), run)
        if person in mine:
            label = rules.labelled("clocks", run.clock)
            yield OwnDue(
                case=case.id, number=case.number or "", clock=run.clock, label=label,
                item=run.item, due=run.later or run.due, minimum=run.kind == "at_least",
                provisional=run.provisional,
            )  # fmt: skip


def calendar_file(dues: Iterable[OwnDue], *, now: datetime, lang: str, base_url: str) -> bytes:
    """Return due days as a calendar file: whole days, moments for minutes and hours.

    Args:
        dues: in any order; none make an empty calendar.
        now: when it is made.
        lang: ``zh`` or ``en``.
        base_url: for links; "" for none.
    """
    from icalendar import Calendar  # noqa: PLC0415 - 0.15 s that only this command pays

    calendar = Calendar()
    calendar.add("prodid", "-//heyi//due days//ZH")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", Text("和议期限", "Due days (heyi)").text(lang))
    for one in dues:
        calendar.add_component(_event(one, now, lang, base_url))
    content: bytes = calendar.to_ical()
    return content


def _event(one: OwnDue, now: datetime, lang: str, base_url: str) -> "Event":
    from icalendar import Event  # noqa: PLC0415 - as above

    event = Event()
    event.add("uid", f"{one.case}-{one.clock}-{one.item}@heyi")
    event.add("dtstamp", now)
    # A date makes an event of the whole day; a moment one that takes no time.
    event.add("dtstart", parse_moment(one.due) if "T" in one.due else date.fromisoformat(one.due))
    event.add("summary", _summary(one).text(lang))
    event.add("status", "TENTATIVE" if one.provisional else "CONFIRMED")
    event.add("transp", "TRANSPARENT")
    if base_url:
        event.add("url", f"{base_url.rstrip('/')}/cases/{one.case}")
    return event


def _summary(one: OwnDue) -> Text:
    label = said(words.OF_ITEM, label=one.label, item=one.item) if one.item else one.label
    line = words.OWN_MINIMUM if one.minimum else words.OWN_DUE
    told = said(line, name=case_name(one.number, one.case), label=label)
    return said(words.PROVISIONALLY, told=told) if one.provisional else told
