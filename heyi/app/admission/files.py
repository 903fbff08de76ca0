"""Finds parts of workflow files for the reports: by the tags of a part, never by its name.

``means: refuses`` on a move is a refusal, ``means: starts`` on a date the day something was to
begin, ``means: volume`` on a catalogue's column its cap, ``means: score`` on a number a grade;
the role that ``means: applicant`` (or ``party``) and names a unit in the case is the other body.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from engine.case.fold import fold
from engine.case.values import Case, Event, World, day_of
from engine.compiling.plan import Branch, Workflow
from engine.facts.facts import Facts
from engine.language.kinds import FieldType
from engine.time.times import parse_moment
from heyi.app.cases.casework import Casework
from storage.kernel.records import CaseQuery
from storage.work import Work

BODIES = ("applicant", "party")
"""What the role of the other body says it means, the first that there is."""
_PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The data that a report reads from.

    Attributes:
        cases: the use cases, for their rules and worlds.
        work: the open transaction.
        first: the first day.
        last: the last day.
        now: the present moment.
        lang: of labels.
    """

    cases: Casework
    work: Work
    first: date
    last: date
    now: datetime
    lang: str

    @property
    def zone(self) -> ZoneInfo:
        """The office's zone."""
        return self.cases.zone

    def workflows(self) -> list[Workflow]:
        """Return the newest published version of every workflow, sorted by name."""
        names = sorted({name for name, _version in self.work.workflows.list()})
        return [self.cases.library.get(self.work, name) for name in names]

    def rules_of(self, case: Case) -> Workflow:
        """Return the rules a case was opened under."""
        return self.cases.library.get(self.work, case.workflow, case.version)

    def cases_of(self, workflow: Workflow, *, sealed: bool = False) -> Iterator[Case]:
        """Yield all cases of a workflow; sealed values are absent unless asked for."""
        query = CaseQuery(workflow=workflow.name, limit=_PAGE)
        while page := self.work.cases.list(query):
            yield from self.work.cases.load_many([one.id for one in page], sealed=sealed).values()
            query = replace(query, after=page[-1].cursor)

    def holds(self, day: date) -> bool:
        """Tell whether a day lies within the report's."""
        return self.first <= day <= self.last

    def unit_title(self, unit: Any) -> str:
        """Return the title of a unit, or its id."""
        found = self.work.units.all().get(str(unit))
        return found.title if found else str(unit or "")

    def world(self, case: Case, event: Event | None = None) -> World:
        """Return the world of a case, with what an event consulted in place of today's."""
        rules = self.rules_of(case)
        now = parse_moment(event.occurred_at) if event else self.now
        world = self.cases.worlds.build(self.work, rules, unit=case.unit, now=now, case=case)
        if event is None:
            return world
        consulted: Any = event.public.get("consulted", {})
        rows = consulted.get("rows", {})
        catalogues = {name: {**found, **rows} for name, found in world.catalogues.items()}
        return replace(
            world, catalogues=catalogues, counts=consulted.get("counts", world.counts),
            params={**world.params, **consulted.get("params", {})},
        )  # fmt: skip

    def facts_then(self, events: tuple[Event, ...], event: Event) -> Facts:
        """Return the facts of a case right after one of its events."""
        case = fold(events[: event.seq])
        world = self.world(case, event)
        return Facts(self.rules_of(case), case, world, now=parse_moment(event.occurred_at))


def moves_made(
    reading: Reading, case: Case, wanted: str
) -> Iterator[tuple[tuple[Event, ...], Event, Branch]]:
    """Yield the moves of a case, within the report's days, whose rule has this tag."""
    rules = reading.rules_of(case)
    triggers = {
        trigger
        for (_state, trigger), branches in rules.branches.items()
        if any(wanted in branch.definition.means for branch in branches)
    }
    if not triggers & case.taken.keys():
        return
    events = reading.work.cases.events(case.id)
    for event in events:
        branch = branch_of(rules, event)
        day = day_of(parse_moment(event.occurred_at), reading.zone)
        if branch is not None and wanted in branch.definition.means and reading.holds(day):
            yield events, event, branch


def branch_of(workflow: Workflow, event: Event) -> Branch | None:
    """Return the branch that a move took; None for events that are no move."""
    told = event.public
    key = (str(told.get("from") or ""), str(told.get("trigger") or ""))
    ways = workflow.branches.get(key, ()) if event.kind == "moved" else ()
    return next((one for one in ways if one.place == told.get("branch")), None)


def has_move(workflow: Workflow, wanted: str) -> bool:
    """Tell whether a file has a move with this tag."""
    return any(
        wanted in branch.definition.means
        for found in workflow.branches.values()
        for branch in found
    )


def tagged(workflow: Workflow, means: str, type_: FieldType) -> str | None:
    """Return the first field of a type with this tag; None for none."""
    for name, part in workflow.fields.items():
        if part.means == means and part.type is type_:
            return name
    return None


def body_field(workflow: Workflow) -> str | None:
    """Return the field that names the other body; None where the file has none."""
    for means in BODIES:
        for role in workflow.definition.roles.values():
            part = workflow.fields.get(role.in_case or "")
            if means in role.means and part is not None and part.type is FieldType.UNIT:
                return role.in_case
    return None
