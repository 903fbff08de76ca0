"""Finds cases that may be about the same matter: only a hint; a person merges.

Compared are the kind of dispute and the place (fields that say ``means: topic`` and ``means:
place``) of cases of one unit that were opened within some days of each other: never who the
parties are. What the person may not read is neither told nor counted, nor is a sealed case.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from engine.case.errors import AccessError
from engine.case.values import Actor, Case, Lang, day_of
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.facts.knowing import may_know
from engine.facts.reading import is_sealed, may_read
from engine.language.kinds import FieldType
from engine.time.times import parse_moment
from heyi.app.cases.casework import Casework
from heyi.app.cases.knowing import ways_of
from heyi.app.disputes.files import MERGED, TOPIC, tagged
from heyi.app.disputes.models import SameView, SimilarRow, SimilarView
from heyi.app.disputes.warningrules import WarningRules
from heyi.app.library.placetexts import Place, normalised, same_place
from storage.kernel.records import CaseQuery
from storage.work import Work

PLACE = "place"
"""What the text says it means that tells where a dispute is."""
_PAGE = 500


class CompareRefused(AccessError):
    """The person may not read what would be compared."""

    code = "access.similar"

    def __init__(self, case: str) -> None:
        self.case = case
        super().__init__(f"the kind and the place of case '{case}' are not yours to read")


@dataclass(frozen=True, slots=True, kw_only=True)
class _Matter:
    """What is compared of a case that its reader may read."""

    case: Case
    rules: Workflow
    day: date
    topic: str
    topic_label: str
    text: str
    place: Place


def similar_view(search: "Search", case: Case) -> SimilarView:
    """Return cases that may be about the same matter as one, and why each is listed.

    Raises:
        CompareRefused: the person may not read the case's kind of dispute and place.
    """
    mine, why = search.asked(case)
    found = sorted(search.like(mine), key=_order) if mine is not None else []
    return SimilarView(
        case=case.id, number=case.number, days=search.numbers.similar_days,
        compared=mine is not None, why_not=why, similar=tuple(found),
    )  # fmt: skip


def _order(row: SimilarRow) -> tuple[Any, ...]:
    return (-len(row.same.numbers), row.days_apart, row.opened_on, row.id)


@dataclass(frozen=True, slots=True)
class Search:
    """One person's search in one moment of the database."""

    cases: Casework
    work: Work
    numbers: WarningRules
    actor: Actor
    now: datetime
    lang: Lang

    def asked(self, case: Case) -> tuple[_Matter | None, str]:
        """Return the data of the case that is compared; or None and why not.

        Raises:
            CompareRefused: the person may not read it.
        """
        facts = self._facts(case)
        names = _fields(facts.workflow)
        if names is None:
            return None, "not_tagged"
        if not all(may_read(name, self.actor, facts) for name in names):
            raise CompareRefused(case.number or case.id)
        if is_sealed(facts):
            return None, "sealed"
        found = self._matter(case, facts)
        return found, "" if found is not None else "not_filled"

    def like(self, mine: _Matter) -> Iterator[SimilarRow]:
        """Yield the cases that may be about the same matter."""
        linked = {one for ids in mine.case.links.values() for one in ids}
        for case in self._near(mine):
            if case.id in {mine.case.id, *linked}:
                continue
            if any(mine.case.id in ids for ids in case.links.values()):
                continue
            facts = self._facts(case)
            names = _fields(facts.workflow)
            if names is None or is_sealed(facts) or not may_know(self.actor, facts):
                continue
            if not all(may_read(name, self.actor, facts) for name in names):
                continue
            other = self._matter(case, facts)
            if other is not None and self._same(mine, other):
                yield self._row(mine, other)

    def _near(self, mine: _Matter) -> Iterator[Case]:
        """Yield the cases of the unit within the days; duplicates that were merged left out."""
        for name in sorted({name for name, _version in self.work.workflows.list()}):
            if _fields(self.cases.library.get(self.work, name)) is None:
                continue
            query = CaseQuery(
                workflow=name, units=(mine.case.unit,), limit=_PAGE, ways=ways_of(self.actor)
            )
            while page := self.work.cases.list(query):
                apart = {
                    one.id: (mine.day - day_of(one.opened_at, self.cases.zone)).days for one in page
                }
                near = [one for one in apart if abs(apart[one]) <= self.numbers.similar_days]
                for case in self.work.cases.load_many(near).values():
                    rules = self.cases.library.get(self.work, case.workflow, case.version)
                    if MERGED not in rules.definition.states[case.state].means:
                        yield case
                if max(apart.values()) > self.numbers.similar_days:
                    # Newest first: all that follow are older.
                    break
                query = replace(query, after=page[-1].cursor)

    def _facts(self, case: Case) -> Facts:
        rules = self.cases.library.get(self.work, case.workflow, case.version)
        world = self.cases.worlds.build(
            self.work, rules, unit=case.unit, now=self.now, case=case
        )  # fmt: skip
        return Facts(rules, case, world, now=self.now, actor=self.actor.id)

    def _matter(self, case: Case, facts: Facts) -> _Matter | None:
        rules = facts.workflow
        topic_field, place_field = _fields(rules) or ("", "")
        topic, text = case.fields.get(topic_field), case.fields.get(place_field)
        if not topic or not text:
            return None
        labels = rules.fields[topic_field].options or {}
        label = labels[str(topic)].text(self.lang) if str(topic) in labels else str(topic)
        day = day_of(parse_moment(case.opened_at), self.cases.zone)
        return _Matter(
            case=case, rules=rules, day=day, topic=str(topic), topic_label=label, text=str(text),
            place=normalised(str(text)),
        )  # fmt: skip

    def _same(self, mine: _Matter, other: _Matter) -> bool:
        least = self.numbers.similar_place
        return mine.topic == other.topic and same_place(mine.place, other.place, least=least)

    def _row(self, mine: _Matter, other: _Matter) -> SimilarRow:
        case, rules = other.case, other.rules
        both = sorted(mine.place.numbers.keys() & other.place.numbers.keys())
        same = SameView(
            topic=other.topic, topic_label=other.topic_label,
            name=bool(mine.place.name and other.place.name),
            numbers={kind: other.place.numbers[kind] for kind in both},
        )  # fmt: skip
        return SimilarRow(
            id=case.id, number=case.number, workflow=case.workflow,
            title=rules.definition.title.text(self.lang), state=case.state,
            state_label=rules.label("states", case.state, self.lang),
            opened_on=other.day.isoformat(), days_apart=abs((other.day - mine.day).days),
            place=other.text, same=same,
        )  # fmt: skip


def _fields(rules: Workflow) -> tuple[str, str] | None:
    """Return the fields of the kind of dispute and the place; None where a file has not both."""
    topic, place = tagged(rules, TOPIC, FieldType.CHOICE), tagged(rules, PLACE, FieldType.TEXT)
    return (topic, place) if topic and place else None
