"""Makes the daily digest: how many of one's cases are due today, this week, or overdue."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from engine.case.text import Text, said
from engine.case.values import Case, Run, day_of
from engine.case.world import Office
from engine.clocks.receivers import Receivers
from engine.compiling.plan import Ladder, Workflow
from engine.facts.clocks import current, is_over
from engine.facts.facts import Facts
from engine.facts.knowing import may_know
from engine.language.clocks import RungDef
from engine.time.times import end_of, parse_moment
from heyi.app.alerts import words
from heyi.app.cases.casework import Casework
from storage.kernel.records import OpenRun, RunQuery
from storage.work import Work

PAGE = 500
"""How many runs are looked at in one transaction."""
_SHOWN = 20
"""How many numbers a text lists; the count says the rest."""
_SUNDAY = 6


@dataclass(slots=True)
class Digest:
    """One person's digest of a day.

    Attributes:
        overdue: numbers of cases, one for each clock that is over, the longest over first.
        today: of clocks that are due today.
        week: of clocks that are due after today, up to Sunday.
    """

    overdue: list[str]
    today: list[str]
    week: list[str]

    @property
    def is_empty(self) -> bool:
        """Whether no clock is due or over."""
        return not (self.overdue or self.today or self.week)

    def lines(self) -> list[Text]:
        """Return the digest's text, one line for each group that has cases."""
        found = []
        for name, group in words.GROUPS.items():
            numbers: list[str] = getattr(self, name)
            n, shown = len(numbers), numbers[:_SHOWN]
            line = words.SOME_OF_GROUP if n > len(shown) else words.ALL_OF_GROUP
            if numbers:
                found.append(said(line, group=group, n=n, shown=shown))
        return found


class Digests:
    """Makes digests from the clocks of cases one is assigned, and of items one owns."""

    def __init__(self, cases: Casework) -> None:
        """Read through these use cases."""
        self.cases = cases

    def owe(self, now: datetime) -> dict[str, int]:
        """Owe today's digest to each person who has something due; a second call does nothing.

        Returns:
            ``people`` who have something due, and how many ``digests`` are new.
        """
        people = sorted(self.gather(now))
        day = day_of(now, self.cases.zone).isoformat()
        with self.cases.store.write() as work:
            new = sum(work.alerts.digest(one, day=day, at=now, send_at=now) for one in people)
        return {"people": len(people), "digests": new}

    def of(self, person: str, now: datetime) -> Digest:
        """Return one person's digest, empty where nothing is due."""
        return self.gather(now).get(person, Digest([], [], []))

    def gather(self, now: datetime) -> dict[str, Digest]:
        """Return the digest of everybody who has something due, by person."""
        today = day_of(now, self.cases.zone)
        sunday = today + timedelta(days=_SUNDAY - today.weekday())
        found: dict[str, Digest] = {}
        for case, workflow, run, persons in self._due(end_of(sunday, self.cases.zone), now):
            word = self._word(workflow, run, now, today, sunday)
            for person in persons if word else ():
                mine = found.setdefault(person, Digest([], [], []))
                getattr(mine, word).append(case.number or case.id[:8])
        return found

    def _word(self, workflow: Workflow, run: Run, now: datetime, today: date, sunday: date) -> str:
        """Return the list a run belongs to, "" for none: a minimum is nothing one can miss."""
        if run.kind == "at_least" or run.clock not in workflow.clocks:
            return ""
        if is_over(run, self.cases.zone, at=now):
            return "overdue"
        seen = current(run, self.cases.zone, at=now)
        if seen.paused:
            return ""
        exact = "T" in seen.due
        due = (
            day_of(parse_moment(seen.due), self.cases.zone)
            if exact
            else date.fromisoformat(seen.due)
        )
        return "today" if due <= today else "week" if due <= sunday else ""

    def _due(
        self, by: datetime, now: datetime
    ) -> Iterator[tuple[Case, Workflow, Run, tuple[str, ...]]]:
        after = None
        while True:
            with self.cases.store.read() as work:
                page = work.clocks.listed(RunQuery(due_by=by, after=after, limit=PAGE))
                yield from self._owned(work, page, now)
            if len(page) < PAGE:
                return
            after = page[-1].cursor

    def _owned(
        self, work: Work, page: Iterable[OpenRun], now: datetime
    ) -> Iterator[tuple[Case, Workflow, Run, tuple[str, ...]]]:
        office = work.people.office(day_of(now, self.cases.zone))
        kept = work.cases.load_many(list(dict.fromkeys(one.case for one in page)))
        for one in page:
            case = kept.get(one.case)
            run = _run(case, one) if case else None
            if case is None or run is None:
                continue
            workflow = self.cases.library.get(work, case.workflow, case.version)
            world = self.cases.worlds.build(work, workflow, unit=case.unit, now=now, case=case)
            facts = Facts(workflow, case, world, now=now)
            yield case, workflow, run, self._knowing(work, _owners(facts, office, run), facts, now)

    def _knowing(
        self, work: Work, persons: Iterable[str], facts: Facts, now: datetime
    ) -> tuple[str, ...]:
        """Return who of these may know the case: a digest lists numbers."""
        return tuple(one for one in persons if may_know(self.cases.actor(work, one, now), facts))


def _run(case: Case, one: OpenRun) -> Run | None:
    key = (one.clock, one.item, one.seq)
    return next((run for run in case.runs if run.key == key and run.ended is None), None)


def _owners(facts: Facts, office: Office, run: Run) -> tuple[str, ...]:
    """Return whose clock it is: the assignee's, an item's owner's; substitutes for the absent."""
    rung = RungDef(at="due", tell=("assignee", "item.owner") if run.item else ("assignee",))
    # A ladder without levels: what nobody owns is not everybody's.
    return Receivers(facts, office).of(rung, Ladder(), run)
