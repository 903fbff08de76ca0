"""Finds parts of workflow files for the reports on disputes: by kind and tags, never by names.

``kind`` says which file is which. ``means: topic`` (``grade``, ``place_kind``) on a choice is what
disputes are told apart by, ``means: received`` on a date the day a matter came in, ``means:
accepts`` on a move the acceptance for mediation; a final state that ``means: on_site`` is a
settlement on the spot, which is no mediation, and one that ``means: merged`` a duplicate.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from engine.case.values import Case, Event, Lang, Unit, day_of
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.facts.reading import is_sealed, is_shut
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef
from engine.time.times import parse_moment
from heyi.app.cases.casework import Casework
from heyi.app.disputes.warningrules import WarningRules
from storage.kernel.records import CaseQuery, Summary
from storage.work import Work

DISPUTE, MEDIATION, ROUND = "dispute", "mediation", "screening_round"
"""Kinds of files."""
TOPIC, GRADE, PLACE_KIND = "topic", "grade", "place_kind"
"""What the choices say they mean that disputes are told apart by."""
MERGED = "merged"
"""What a final state says it means that is a duplicate's."""
UNSAID = ""
"""The cell of cases that do not say."""
_PAGE = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """A case that is counted.

    Attributes:
        case: with its sealed fields.
        rules: those it was opened under.
        again: another case of the same matter is counted already: it opened this one.
    """

    case: Case
    rules: Workflow
    again: bool = False

    @property
    def kind(self) -> str:
        """The kind of its file."""
        return str(self.rules.definition.kind)

    def means(self, tag: str) -> bool:
        """Tell whether the case's state has this tag."""
        return tag in self.rules.definition.states[self.case.state].means

    def choice(self, tag: str) -> str:
        """Return the value of the choice with a tag; ``UNSAID`` where it has none."""
        name = tagged(self.rules, tag, FieldType.CHOICE)
        part = self.rules.fields.get(name or "")
        if name is None or part is None or is_shut(part, self.case):
            return UNSAID
        return str(self.case.fields.get(name) or UNSAID)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """The unit and the time that a report is about.

    Attributes:
        cases: the use cases.
        work: the open transaction.
        rules: of early warning.
        unit: with all below it.
        now: the present moment.
        lang: of labels.
    """

    cases: Casework
    work: Work
    rules: WarningRules
    unit: str
    now: datetime
    lang: Lang

    def units(self) -> dict[str, Unit]:
        """Return the unit and all below it."""
        return self.work.units.below(self.unit)

    def files(self, *kinds: str) -> list[Workflow]:
        """Return the newest published version of every workflow of these kinds, by name."""
        names = sorted({name for name, _version in self.work.workflows.list()})
        found = [self.cases.library.get(self.work, name) for name in names]
        return [one for one in found if one.definition.kind in kinds]

    def day(self, moment: str | datetime) -> date:
        """Return the office's day of a moment."""
        aware = parse_moment(moment) if isinstance(moment, str) else moment
        return day_of(aware, self.cases.zone)

    def counted(self, *kinds: str, since: date) -> list[Counted]:
        """Return the cases of these kinds that were open on a day or after it, by id.

        Sealed cases are left out: any figure that held them could show them. So are duplicates
        that were merged into another.
        """
        found = [one for file in self.files(*kinds) for one in self._cases(file, since)]
        told = [one for one in found if not one.means(MERGED) and not self._sealed(one)]
        known = {one.case.id for one in told}
        again = {
            child
            for one in told
            for ids in one.case.links.values()
            for child in known.intersection(ids)
            if self._came_by(child) == f"link:{one.case.id}"
        }
        told = [replace(one, again=one.case.id in again) for one in told]
        return sorted(told, key=lambda one: one.case.id)

    def _came_by(self, case: str) -> str:
        """Return by which door a case was opened: linked cases say which case opened them."""
        return str(self.work.cases.events(case)[0].public.get("via") or "")

    def _cases(self, file: Workflow, since: date) -> Iterator[Counted]:
        query = CaseQuery(workflow=file.name, units=tuple(self.units()), limit=_PAGE)
        while page := self.work.cases.list(query):
            wanted = [one.id for one in page if self._lives(one, since)]
            for case in self.work.cases.load_many(wanted).values():
                rules = self.cases.library.get(self.work, case.workflow, case.version)
                yield Counted(case=case, rules=rules)
            query = replace(query, after=page[-1].cursor)

    def _lives(self, one: Summary, since: date) -> bool:
        return not one.final or self.day(one.moved_at) >= since

    def _sealed(self, one: Counted) -> bool:
        if one.rules.sealed is None:
            return False
        world = self.cases.worlds.build(
            self.work, one.rules, unit=one.case.unit, now=self.now, case=one.case
        )
        return is_sealed(Facts(one.rules, one.case, world, now=self.now))

    def moves(self, one: Counted) -> list[Event]:
        """Return the moves of a case in order."""
        return [e for e in self.work.cases.events(one.case.id) if e.kind in {"opened", "moved"}]

    def ended_on(self, one: Counted) -> date | None:
        """Return the day a case came into the final state in which it stands; None for none."""
        if not one.rules.is_final(one.case.state):
            return None
        came = [e for e in self.moves(one) if e.public.get("to") == one.case.state]
        fresh = [e for e in came if e.public.get("from") != one.case.state] or came
        return self.day(fresh[-1].occurred_at) if fresh else None


def tagged(workflow: Workflow, means: str, *types: FieldType) -> str | None:
    """Return the first field of a type with this tag; None for none."""
    for name, part in workflow.fields.items():
        if part.means == means and part.type in types:
            return name
    return None


def options(files: list[Workflow], tag: str, lang: str) -> dict[str, str]:
    """Return the labels of the options of the choices with a tag, in the order of the files."""
    found: dict[str, str] = {}
    for file in files:
        part: FieldDef | None = file.fields.get(tagged(file, tag, FieldType.CHOICE) or "")
        labels: Mapping[str, Any] = (part.options or {}) if part is not None else {}
        for value, label in labels.items():
            found.setdefault(value, label.text(lang))
    return found
