"""Looks up, inside the move's own transaction, what the engine may read beyond the case."""

import re
import secrets
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.case.values import Actor, Case, Data, LinkedCase, Plain, Unit, World, day_of
from engine.compiling.plan import Branch, Workflow
from engine.facts.needs import counts_read
from engine.language.kinds import FieldType
from engine.language.parts import CountDef, FieldDef
from engine.language.words import UNIT
from engine.step.effects import draws_number
from engine.time.calendars import plus_months
from engine.time.times import start_of
from engine.time.units import TimeUnit
from heyi.app.cases.registered import people_of
from heyi.app.library.library import Library
from storage.kernel.records import CountQuery, Ways
from storage.work import Work

_PERIOD = re.compile(rf"(\d+) {UNIT}")
_MONTHS_A_QUARTER = 3
_SALT_BYTES = 16


class Worlds:
    """Builds worlds; keeps catalogue rows by version, which never change."""

    def __init__(
        self,
        library: Library,
        zone: ZoneInfo,
        params: Mapping[str, Mapping[str, Plain]],
        *,
        counts: Mapping[str, Mapping[str, int]] | None = None,
        bases: Mapping[str, Mapping[str, tuple[str, str]]] | None = None,
        profile: str = "",
    ) -> None:
        """Use these workflows and calendars, and these params by workflow.

        Args:
            library: where workflows and calendars come from.
            zone: the office's zone.
            params: values by workflow and param.
            counts: by workflow and count, given instead of taken: what an author test makes up.
            bases: by workflow and param, the paper and article of what the profile sets.
            profile: the profile in force and its version, as events keep it.
        """
        self.library, self.zone, self._params = library, zone, params
        self._given, self._bases, self._profile = counts or {}, bases or {}, profile
        self._rows: dict[tuple[str, int], Mapping[str, Data]] = {}

    def build(
        self,
        work: Work,
        workflow: Workflow,
        *,
        unit: str,
        now: datetime,
        case: Case | None = None,
        data: Data | None = None,
        branches: Sequence[Branch] = (),
        opening: bool = False,
        trigger: str = "",
        ways: Ways | None = None,
        texts: Mapping[str, Data] | None = None,
        actors: Mapping[str, Actor] | None = None,
        people: Iterable[str] = (),
    ) -> World:
        """Return the world for one move.

        Args:
            work: the open transaction.
            workflow: the case's rules.
            unit: where the case lives.
            now: when the move happened.
            case: as stored; None for an opening.
            data: the move's data.
            branches: what may be taken: their counts are taken.
            opening: the case is being opened.
            trigger: what is fired, for the number it may draw.
            ways: of who moves: ``data`` names only cases that these lead to; None for all.
            texts: older texts by hash, for a signature that names one.
            actors: persons whom the move names, by id.
            people: ids whose names shall be known, beside those whom the data name.
        """
        data = data or {}
        values = {**(case.fields if case else {}), **data}
        seq = None
        unnumbered = case is None or case.number is None
        if unnumbered and draws_number(
            workflow.definition.number, opening=opening, trigger=trigger
        ):
            year = day_of(now, self.zone).year
            seq = work.numbers.lock_counter(unit, workflow.name, year)
        return World(
            calendar=self.library.calendar(workflow.definition.calendar, work),
            zone=self.zone,
            units=self._units(work),
            people=people_of(work, workflow, data, people),
            params=self._params.get(workflow.name, {}),
            bases=self._bases.get(workflow.name, {}),
            profile=self._profile,
            catalogues=self._catalogues(work, workflow),
            linked=self._linked(work, workflow, case, data, ways),
            counts=self._counts(work, workflow, unit, values, branches, now),
            texts=texts or {},
            actors=actors or {},
            salt=secrets.token_hex(_SALT_BYTES),
            next_seq=seq,
        )

    def of_units(self, work: Work, workflow: Workflow) -> World:
        """Return a world with the units alone: all that grants may read beyond the case."""
        calendar = self.library.calendar(workflow.definition.calendar, work)
        return World(calendar=calendar, zone=self.zone, units=self._units(work))

    def _units(self, work: Work) -> dict[str, Unit]:
        return work.units.all()

    def _catalogues(self, work: Work, workflow: Workflow) -> dict[str, Mapping[str, Data]]:
        names = {part.catalogue for part in _parts(workflow) if part.catalogue is not None}
        found = {}
        for name in sorted(names):
            version = work.catalogues.current(name)
            if version and (name, version) not in self._rows:
                self._rows[name, version] = work.catalogues.rows(name, version=version)
            found[name] = self._rows.get((name, version), {})
        return found

    def _linked(
        self,
        work: Work,
        workflow: Workflow,
        case: Case | None,
        data: Data,
        ways: Ways | None,
    ) -> dict[str, LinkedCase]:
        """Return the cases that this one refers to, and those that a move names."""
        ids = {one for found in (case.links.values() if case else ()) for one in found}
        names = [n for n, part in workflow.fields.items() if part.type is FieldType.CASE]
        for values, known in ((case.fields if case else {}, None), (data, ways)):
            refs = [ref for name in names for ref in _refs(values.get(name))]
            found = (work.grants.find(ref, known) for ref in refs)
            ids |= {one for one in found if one is not None}
        return work.cases.linked(ids, zone=self.zone) if ids else {}

    def _counts(
        self,
        work: Work,
        workflow: Workflow,
        unit: str,
        values: Mapping[str, Any],
        branches: Iterable[Branch],
        now: datetime,
    ) -> dict[str, int | float]:
        found: dict[str, int | float] = {}
        for name in sorted(counts_read(workflow, branches)):
            given = self._given.get(workflow.name, {})
            if name in given:
                found[name] = given[name]
                continue
            rule = workflow.definition.counts[name]
            where: dict[str, Plain] = {}
            for theirs, mine in rule.where.items():
                value = (
                    unit if mine == "unit" and "unit" not in workflow.fields else values.get(mine)
                )
                if value is None:
                    break
                where[theirs] = value
            else:
                found[name] = work.counts.value(self._query(rule, where, now))
        return found

    def _query(self, rule: CountDef, where: dict[str, Plain], now: datetime) -> CountQuery:
        since = period_start(rule.within, day_of(now, self.zone))
        return CountQuery(
            workflow=rule.of,
            where=where,
            taken=rule.taken,
            sum=rule.sum,
            since=None if since is None else start_of(since, self.zone),
        )


def period_start(within: str | None, day: date) -> date | None:
    """Return the first day of a count's period: ``this year``, ``this quarter``, ``12 months``.

    Returns:
        None where the count has no period.

    Raises:
        ValueError: the words mean no period.
    """
    if within is None:
        return None
    starts = {
        "this year": date(day.year, 1, 1),
        "this month": date(day.year, day.month, 1),
        "this quarter": date(day.year, (day.month - 1) // _MONTHS_A_QUARTER * 3 + 1, 1),
    }
    if within in starts:
        return starts[within]
    found = _PERIOD.fullmatch(within)
    unit = TimeUnit.read(found[2]) if found else None
    if found and unit is TimeUnit.DAYS:
        return day - timedelta(days=int(found[1]))
    if found and unit is TimeUnit.MONTHS:
        return plus_months(day, -int(found[1]))
    message = f"'{within}' is no period; write 'this year', 'this quarter' or '12 months'"
    raise ValueError(message)


def _refs(given: Any) -> list[str]:
    """Return the cases that a value names, as written."""
    if given is None:
        return []
    return [str(one) for one in given] if isinstance(given, list) else [str(given)]


def _parts(workflow: Workflow) -> Iterable[FieldDef]:
    for part in workflow.fields.values():
        yield part
        yield from part.columns.values()
