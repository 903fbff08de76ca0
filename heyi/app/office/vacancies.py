"""Finds posts that nobody holds and that cases would wait for, over all units of an office."""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

from engine.case.text import Text, said
from engine.case.values import Case, Office, Unit, World
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.facts.vacant import vacant_roles
from engine.time.calendars import weekdays_only
from heyi.app.office import words
from storage.work import Work

_ANY = datetime.min.replace(tzinfo=UTC)
"""No day is asked for."""
_SHOWN = 3
"""So many units are named, the rest are counted."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vacancy:
    """A post that nobody holds at some units.

    Attributes:
        post: as people hold it.
        label: what it is called.
        units: titles of the units whose cases would wait for it, sorted.
        workflows: names of the workflows, sorted.
    """

    post: str
    label: Text
    units: tuple[str, ...]
    workflows: tuple[str, ...]

    @property
    def words(self) -> Text:
        """Say it in a sentence: one note a post, however many units lack it."""
        few = "、".join(self.units[:_SHOWN])
        return said(
            words.VACANT, label=self.label, post=self.post, units=few, count=len(self.units),
            workflows=", ".join(self.workflows),
        )  # fmt: skip


def vacancies(work: Work, workflows: Iterable[Workflow], today: date) -> list[Vacancy]:
    """Return the posts that nobody holds, each once, sorted; none while nobody holds any.

    Args:
        work: an open transaction.
        workflows: those in use.
        today: whose absences count.
    """
    office, units = work.people.office(today), work.units.all()
    if not office.posts:
        return []
    labels: dict[str, Text] = {}
    where, which = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for workflow in workflows:
        for role, unit in _of(workflow, units, office):
            post = workflow.definition.roles[role].held_by(role)
            labels.setdefault(post, workflow.labelled("roles", role))
            where[post].add(unit.title)
            which[post].add(workflow.name)
    return [
        Vacancy(
            post=post, label=labels[post], units=tuple(sorted(where[post])),
            workflows=tuple(sorted(which[post])),
        )
        for post in sorted(labels)
    ]  # fmt: skip


def _of(workflow: Workflow, units: dict[str, Unit], office: Office) -> Iterator[tuple[str, Unit]]:
    """Yield each role with each unit whose cases would wait for it."""
    first = next(iter(workflow.definition.states))
    world = World(calendar=weekdays_only("-"), zone=ZoneInfo("UTC"), units=units)
    for unit in units.values():
        if unit.level not in workflow.definition.opened_at:
            continue
        blank = Case(
            id="", workflow=workflow.name, version=workflow.version, unit=unit.id, state=first
        )
        facts = Facts(workflow, blank, world, now=_ANY)
        yield from ((role, unit) for role in vacant_roles(facts, office))
