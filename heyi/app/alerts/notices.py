"""Reads what an owed alert is about, whether it still matters, and who receives it."""

from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, TypeAlias

from engine.case.text import LANGS, NOTHING, Text, worded
from engine.case.values import Actor, Case, Run, day_of
from engine.clocks.receivers import Receivers
from engine.clocks.ring import REFUSED
from engine.clocks.rungs import rung_times
from engine.compiling.plan import Ladder, Workflow
from engine.facts.clocks import current, is_over
from engine.facts.facts import Facts
from engine.facts.knowing import may_know
from engine.facts.reading import is_sealed
from engine.time.calendars import Calendar
from engine.time.times import moment_text
from heyi.app.alerts.digest import Digest
from heyi.app.alerts.texts import Notice
from heyi.app.cases.knowing import ways_of
from heyi.app.cases.worlds import Worlds
from heyi.app.library.library import Library
from storage.kernel.errors import SealBroken
from storage.kernel.timerecords import Alert
from storage.work import Work

Owners: TypeAlias = tuple[tuple[Literal["person", "unit"], str], ...]
"""Pairs (``person`` or ``unit``, id): whose addresses get a message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """The cases, rules, calendars and digests that some alerts are about.

    Attributes:
        cases: by id, as one moment of the database has them.
        rules: of each case, by the case's id.
        digests: by person, of everybody who has something due; None where nobody asked.
    """

    cases: Mapping[str, Case]
    rules: Mapping[str, Workflow]
    calendars: Mapping[str, Calendar]
    digests: Mapping[str, Digest] | None = None


class Notices:
    """Reads what some alerts are about."""

    def __init__(self, library: Library, worlds: Worlds) -> None:
        """Use these workflows, and the calendars and zone of ``worlds``."""
        self.library, self.worlds, self.zone = library, worlds, worlds.zone

    def known(
        self,
        work: Work,
        alerts: Iterable[Alert],
        *,
        digests: Mapping[str, Digest] | None = None,
    ) -> Known:
        """Return the cases that alerts are about; one that is not kept is left out.

        So is one whose seal is broken: its alerts are told from their own rows, and the others
        are not held up.

        Args:
            work: the open transaction.
            alerts: which.
            digests: of the day, where those of ``alerts`` are to be told.
        """
        ids = sorted({alert.case for alert in alerts if alert.case is not None})
        try:
            cases = work.cases.load_many(ids)
        except SealBroken:
            cases = {}
            for one in ids:
                with suppress(SealBroken):
                    cases |= work.cases.load_many([one])
        rules = {
            case.id: self.library.get(work, case.workflow, case.version) for case in cases.values()
        }
        names = {rule.definition.calendar for rule in rules.values()}
        calendars = {name: self.library.calendar(name, work) for name in names}
        return Known(cases=cases, rules=rules, calendars=calendars, digests=digests)

    def is_settled(self, alert: Alert, known: Known, *, now: datetime) -> bool:
        """Tell whether an alert no longer matters.

        The run has ended, or its due day has moved so that this rung is no more. A run that
        rests meanwhile is not settled: its rung would not ring again. Nor is one that the rung
        itself has ended: that is what it tells. Of a digest: nothing is due any more.
        """
        if alert.kind == "digest":
            return known.digests is not None and alert.person not in known.digests
        case = known.cases.get(alert.case or "")
        if case is None or alert.clock is None:
            return False
        run = _run(case, alert)
        if run is None:
            return True
        if run.ended is not None:
            return not _has_acted(alert, run, known.rules[case.id])
        run = current(run, self.zone, at=now)
        return not (run.due == alert.due or run.paused or self._stands(alert, run, known))

    def _stands(self, alert: Alert, run: Run, known: Known) -> bool:
        """Tell whether an alert's rung still stands where it was when it rang."""
        rules = known.rules[alert.case or ""]
        rungs = _ladder(rules, run).rungs
        calendar = known.calendars[rules.definition.calendar]
        owed = moment_text(alert.at)
        return any(
            rungs[one.place].at == alert.rung and moment_text(one.at) == owed
            for one in rung_times(run, rungs, calendar, self.zone)
        )

    def told(
        self, work: Work, alert: Alert, known: Known, actor: Actor | None, *, now: datetime
    ) -> Notice:
        """Return the content of an alert for one receiver.

        Who may not know the case is told its unit, workflow, clock and how late it is: no number
        and no link; of a sealed case the clock neither, for its name may say what happened.

        Args:
            work: the open transaction.
            alert: which.
            known: what it is about.
            actor: who receives it; None for a robot, of whose readers nobody knows.
            now: the present moment.
        """
        found = self.notice(alert, known, now=now)
        if alert.kind == "digest":
            return found
        case = known.cases.get(alert.case or "")
        reader = actor or Actor(id="")
        if case is None:
            # Its seal is broken, or it is gone: what is written beside it still stands.
            if work.grants.known([alert.case or ""], ways_of(reader)):
                return found
            return Notice(uid=found.uid, kind=found.kind, rung=found.rung, foreign=True)
        rules = known.rules[case.id]
        facts = Facts(rules, case, self.worlds.of_units(work, rules), now=now)
        if may_know(reader, facts):
            return found
        unit, title = work.units.all().get(case.unit), rules.definition.title
        return Notice(
            uid=found.uid, kind=found.kind, rung=found.rung, over=found.over,
            minimum=found.minimum, clock=NOTHING if is_sealed(facts) else found.clock,
            unit=unit.title if unit else case.unit,
            workflow=worded(title.text), foreign=True,
        )  # fmt: skip

    def notice(self, alert: Alert, known: Known, *, now: datetime) -> Notice:
        """Return the content of an alert, with the run as it stands now."""
        if alert.kind == "digest":
            digest = (known.digests or {}).get(alert.person or "")
            lines = tuple(digest.lines()) if digest else ()
            return Notice(uid=alert.uid, kind=alert.kind, lines=lines)
        case = known.cases.get(alert.case or "")
        name = alert.clock or ""
        plain = Notice(
            uid=alert.uid, kind=alert.kind, case=alert.case or "",
            number=(case.number if case else None) or "", clock=Text(name, name),
            item=alert.item or 0, rung=alert.rung or "", due=alert.due or "",
            level=alert.level or 0, provisional=alert.provisional, refused=alert.mark == REFUSED,
            why=(alert.mark or "") if alert.kind == "tell" else "",
        )  # fmt: skip
        run = _run(case, alert) if case else None
        if case is None or run is None:
            return plain
        rules = known.rules[case.id]
        seen = current(run, self.zone, at=now)
        return replace(
            plain, clock=rules.labelled("clocks", run.clock), minimum=run.kind == "at_least",
            over=is_over(run, self.zone, at=now), due=seen.due, provisional=run.provisional,
            acted=run.ended is not None and _has_acted(alert, run, rules),
            says=_says(alert, run, rules),
        )  # fmt: skip

    def owners(self, work: Work, alert: Alert, known: Known, *, now: datetime) -> Owners:
        """Return whose addresses an alert goes to.

        A person; or the holders of a role, substitutes for those who are away, and the robots
        of the case's unit; or, where nobody was found to tell, those robots alone.
        """
        if alert.person is not None:
            return (("person", alert.person),)
        case = known.cases.get(alert.case or "")
        if case is None:
            return ()
        people = self._holders(work, alert.role, case, known, now) if alert.role else ()
        persons: Owners = tuple(("person", person) for person in people)
        return (*persons, ("unit", case.unit))

    def is_for(self, work: Work, alert: Alert, person: str, known: Known, *, now: datetime) -> bool:
        """Tell whether a message for a role is one for this person."""
        case = known.cases.get(alert.case or "")
        return (
            case is not None
            and alert.role is not None
            and person in self._holders(work, alert.role, case, known, now)
        )

    def _holders(
        self, work: Work, role: str, case: Case, known: Known, now: datetime
    ) -> tuple[str, ...]:
        rules = known.rules[case.id]
        if role not in rules.definition.roles:
            return ()
        world = self.worlds.build(work, rules, unit=case.unit, now=now, case=case)
        office = work.people.office(day_of(now, self.zone))
        found: dict[str, None] = {}
        for person in Receivers(Facts(rules, case, world, now=now), office).holders(role):
            told = office.away.get(person) if person in office.away else person
            if told is not None and told not in office.away:
                found[told] = None
        return tuple(found)


def _run(case: Case, alert: Alert) -> Run | None:
    key = (alert.clock, alert.item, alert.run)
    return next((run for run in case.runs if run.key == key), None)


def _ladder(rules: Workflow, run: Run) -> Ladder:
    return rules.clocks[run.clock].variant_of(run.rule).ladder


def _has_acted(alert: Alert, run: Run, rules: Workflow) -> bool:
    """Tell whether the alert's rung has the clock make a move, and was not refused."""
    rungs = _ladder(rules, run).rungs
    return alert.mark != REFUSED and any(r.at == alert.rung and r.fire is not None for r in rungs)


def _says(alert: Alert, run: Run, rules: Workflow) -> Text:
    """Return what the file lets the rung say; nothing where it would quote a fact."""
    for rung in _ladder(rules, run).rungs:
        if rung.at == alert.rung and rung.says is not None:
            quotes = any("{" in rung.says.text(lang) for lang in LANGS)
            return NOTHING if quotes else worded(rung.says.text)
    return NOTHING
