"""Shows cases to readers: the one door of every read of a case, and the single look."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from zoneinfo import ZoneInfo

from engine.case.values import Actor, Case, Event, World, day_of
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.facts.knowing import may_know
from engine.step.offers import Amendable, Offer, amendable, offers
from heyi.app.cases.knowing import grants_for, ways_of
from heyi.app.cases.registered import people_shown
from heyi.app.cases.worlds import Worlds
from heyi.app.library.library import Library
from storage.kernel.errors import CaseNotFound, SealBroken
from storage.work import Store, Work


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """A case as one person may see it.

    Attributes:
        case: as stored; its field values are for the read path only.
        workflow: its rules.
        facts: its facts at the moment it was read.
        actor: who reads.
        world: what was looked up.
        known: ids of the linked cases that the reader may know.
    """

    case: Case
    workflow: Workflow
    facts: Facts
    actor: Actor
    world: World
    known: frozenset[str] = frozenset()


class Sight:
    """Sees cases in one moment of the database."""

    def __init__(self, store: Store, library: Library, worlds: Worlds, *, zone: ZoneInfo) -> None:
        """Read from this store.

        Args:
            store: where cases are kept.
            library: published workflows.
            worlds: looks up what a move may read.
            zone: the office's zone.
        """
        self.store, self.library, self.worlds, self.zone = store, library, worlds, zone

    def day(self, now: datetime) -> date:
        """Return the office's day of a moment."""
        return day_of(now, self.zone)

    def actor(self, work: Work, person: str, now: datetime) -> Actor:
        """Return a person with the posts held now, and those that absences lend today.

        Raises:
            PersonNotFound: there is none.
        """
        return work.people.actor(person, on=self.day(now))

    def seen(
        self, work: Work, case: Case, actor: Actor, *, now: datetime, moves: bool = False
    ) -> Seen:
        """Return a loaded case with its facts, for one reader's eyes: the one way to see a case.

        Args:
            work: the transaction in which it was loaded.
            case: as loaded, or as a step left it.
            actor: who reads, with the posts held now.
            now: the present moment.
            moves: look up as well what the moves of its state may read.
        """
        workflow = self.library.get(work, case.workflow, case.version)
        branches = [
            b
            for trigger in (workflow.triggers.get(case.state, ()) if moves else ())
            for b in workflow.branches[case.state, trigger]
        ]
        world = self.worlds.build(
            work, workflow, unit=case.unit, now=now, case=case, branches=branches,
            people=people_shown(workflow, case),
        )  # fmt: skip
        facts = Facts(workflow, case, world, now=now, actor=actor.id)
        others = world.linked.keys()
        known = work.grants.known(others, ways_of(actor)) if others else frozenset()
        return Seen(
            case=case, workflow=workflow, facts=facts, actor=actor, world=world, known=known
        )  # fmt: skip

    def named(self, work: Work, seen: Seen, events: Iterable[Event]) -> Seen:
        """Return a seen case that knows by name the people of its events as well."""
        found = work.people.named(people_shown(seen.workflow, seen.case, events))
        people = {**seen.world.people, **found}
        return replace(seen, world=replace(seen.world, people=people))

    def find(
        self, work: Work, ref: str, actor: Actor, *, now: datetime, moves: bool = False
    ) -> Seen:
        """Return a case for somebody who may know that it exists: the door of every read.

        Whoever may not is answered as if there were none, after the same one statement. What is
        written beside a case may lag behind a unit that was moved: the single look decides.

        Args:
            work: the open transaction.
            ref: id or number.
            actor: who reads, with the posts held now.
            now: the present moment.
            moves: as in ``seen``.

        Raises:
            CaseNotFound: there is no such case, or none for this reader.
        """
        case = work.grants.find(ref, ways_of(actor))
        if case is None:
            raise CaseNotFound(ref)
        seen = self.seen(work, work.cases.load(case), actor, now=now, moves=moves)
        if not may_know(actor, seen.facts):
            raise CaseNotFound(ref)
        return seen

    def grants(self, work: Work, case: str) -> frozenset[str]:
        """Return what should be written beside a case, by id: who may know it.

        Raises:
            CaseNotFound: there is none.
            SealBroken: it does not open.
        """
        kept = work.cases.load(case)
        rules = self.library.get(work, kept.workflow, kept.version)
        return grants_for(rules, kept, self.worlds.of_units(work, rules))

    def narrowed(
        self, work: Work, cases: Iterable[str], actor: Actor, *, now: datetime
    ) -> frozenset[str]:
        """Return those of some listed cases that pass the single look as well.

        One whose seal is broken cannot be looked at; what is written beside it stands.

        Args:
            work: the open transaction.
            cases: ids that the reader's grants lead to.
            actor: who reads.
            now: the present moment.
        """
        ids = list(cases)
        try:
            kept = work.cases.load_many(ids)
        except SealBroken:
            return frozenset(ids)
        return frozenset(
            one.id
            for one in kept.values()
            if may_know(actor, self.seen(work, one, actor, now=now).facts)
        )

    def offered(self, seen: Seen, *, now: datetime) -> tuple[Seen, list[Offer], Amendable]:
        """Return what the reader of a case seen with its moves may do now."""
        found = offers(seen.workflow, seen.case, seen.actor, now=now, world=seen.world)
        extra = amendable(seen.workflow, seen.case, seen.actor, now=now, world=seen.world)
        return seen, found, extra
