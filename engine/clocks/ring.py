"""Decides what due rungs owe: alerts, and changes to their clock (language.md 4)."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any, Literal
from zoneinfo import ZoneInfo

from engine.case.codec import run_to_plain
from engine.case.fold import apply
from engine.case.values import CLOCK, Alert, Case, Event, Office, Run, Scheduled, Step, World
from engine.clocks.receivers import Receivers
from engine.clocks.rungs import RungTime, due_rungs
from engine.clocks.scheduling import scheduled
from engine.compiling.plan import Ladder, Workflow
from engine.facts.clocks import current
from engine.facts.facts import Facts
from engine.language.clocks import RungDef
from engine.time.calendars import plus_days
from engine.time.times import moment_text, on_the_wall

REFUSED = "refused"
"""The mark of an alert that tells of a rung whose act was refused."""

_MINUTES = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """What a rung does to the clock.

    Attributes:
        kind: ``fire`` or ``propose``.
        trigger: of which trigger.
        cause: the rung's key with its run: where the move says it came from.
    """

    kind: Literal["fire", "propose"]
    trigger: str
    cause: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """The result of the due rungs of one case.

    Attributes:
        step: one event of kind ``rung``, with the alerts owed.
        acts: what is to be done after it, in the same transaction.
    """

    step: Step
    acts: tuple[Act, ...] = ()


def ring(
    workflow: Workflow,
    case: Case,
    *,
    now: datetime,
    world: World,
    office: Office,
    refused: Mapping[str, str] | None = None,
) -> Rung | None:
    """Return what all rungs of a case that are due by ``now`` owe; None where none is due.

    Each rung rings once for each moment it can be due at: which have rung stands in the runs.

    Args:
        workflow: the version the case was opened under.
        case: as stored.
        now: the sweep's moment.
        world: what was looked up.
        office: posts and absences of the day.
        refused: by ``cause`` the code with which an act was refused when it was tried: it is
            not tried again, and the assignee is told.
    """
    now = now.astimezone(UTC)
    ringer = _Ringer(Facts(workflow, case, world, now=now, actor=CLOCK), office, refused or {})
    for run in case.runs:
        if run.ended is None:
            ringer.ring(run)
    return ringer.result()


class _Ringer:
    def __init__(self, facts: Facts, office: Office, refused: Mapping[str, str]) -> None:
        self.facts, self.refused = facts, refused
        self.workflow, self.case, self.world = facts.workflow, facts.case, facts.world
        self.receivers = Receivers(facts, office)
        self.runs: list[dict[str, Any]] = []
        self.rungs: list[dict[str, Any]] = []
        self.alerts: list[Alert] = []
        self.acts: list[Act] = []
        self.schedule: list[Scheduled] = []

    def ring(self, run: Run) -> None:
        ladder = self.workflow.clocks[run.clock].variant_of(run.rule).ladder
        if not ladder.rungs:
            return
        world = self.world
        of = ("rungs", self.workflow.name, self.workflow.version, run.clock, run.rule)
        kept = world.kept.setdefault(of, {})
        times = due_rungs(run, ladder.rungs, world.calendar, world.zone, kept=kept)
        due = [one for one in times if one.at <= self.facts.now]
        if not due:
            return
        told: set[str] = set()
        newest = due[-1]
        for one in reversed(due):
            rung = ladder.rungs[one.place]
            stopped = self._act(rung, run, one)
            persons = self._persons(rung, ladder, run, told, ladder.catch_up, one is newest)
            if stopped:
                persons = persons or self.receivers.of(RungDef(at=rung.at), ladder, run)
            self._note(rung, ladder, run, one, persons, stopped)
            told.update(persons or ())
        keys = [_key(one, ladder.rungs[one.place], run) for one in due]
        self.runs.append({**run_to_plain(run), "fired": [*run.fired, *keys]})
        # Ringing moves no moment: what is left of the times is what is still to come.
        left = times[len(due) :]
        self.schedule.append(scheduled(run, left[0].at if left else None, world.zone))

    def _act(self, rung: RungDef, run: Run, one: RungTime) -> str:
        """Note what the rung has the clock do; return why it will not be done, or "".

        Source:
            language.md 4: never on a provisional day.
        """
        trigger = rung.fire or rung.propose
        if trigger is None:
            return ""
        if rung.fire is not None and (run.provisional or one.guessed):
            return "clock.provisional"
        cause = f"{run.clock}[{run.item}].{run.seq}:{one.key}"
        if cause in self.refused:
            return self.refused[cause]
        kind: Literal["fire", "propose"] = "fire" if rung.fire is not None else "propose"
        self.acts.append(Act(kind=kind, trigger=trigger, cause=cause))
        return ""

    def _persons(
        self,
        rung: RungDef,
        ladder: Ladder,
        run: Run,
        told: set[str],
        catch_up: str,
        newest: bool,
    ) -> tuple[str, ...] | None:
        """Return whom a rung tells; None where it tells nobody on purpose."""
        silent = rung.fire is not None and not rung.tell and rung.level is None
        if silent or (catch_up == "skip" and not newest):
            return None
        persons = self.receivers.of(rung, ladder, run)
        if catch_up != "once" or newest:
            return persons
        # A person hears once of a run, by the newest rung that names them.
        return tuple(p for p in persons if p not in told) or None

    def _note(
        self,
        rung: RungDef,
        ladder: Ladder,
        run: Run,
        one: RungTime,
        persons: tuple[str, ...] | None,
        stopped: str,
    ) -> None:
        mark = REFUSED if stopped else rung.mark
        told: dict[str, Any] = {
            "clock": run.clock, "item": run.item, "run": run.seq, "rung": rung.at,
            "at": moment_text(one.at), "mark": mark, "level": rung.level, "refused": stopped,
        }  # fmt: skip
        self.rungs.append({k: v for k, v in told.items() if v not in {None, "", 0}})
        if persons is None:
            return
        seen = current(run, self.world.zone, at=self.facts.now)
        self.alerts.append(
            Alert(
                clock=run.clock, item=run.item, run=run.seq, place=one.place, rung=rung.at,
                at=moment_text(one.at), send_at=self._send_at(one, ladder), due=seen.due,
                mark=mark, level=rung.level, persons=persons, provisional=run.provisional,
            ),
        )  # fmt: skip

    def _send_at(self, one: RungTime, ladder: Ladder) -> str:
        """Return when an alert may leave the office, as text."""
        moment = max(one.at, self.facts.now)
        kept, key = self.world.kept, ("send", ladder.quiet, moment)
        if key not in kept:
            kept[key] = moment_text(_after_quiet(moment, ladder.quiet, self.world.zone))
        found: str = kept[key]
        return found

    def result(self) -> Rung | None:
        if not self.runs:
            return None
        # In order of their moments, whatever the order of their runs.
        self.rungs.sort(key=lambda rung: str(rung["at"]))
        self.alerts.sort(key=lambda alert: alert.at)
        self.acts.sort(key=lambda act: act.cause.rpartition("@")[2])
        patch: dict[str, Any] = {"runs": self.runs}
        at = moment_text(self.facts.now)
        event = Event(
            case=self.case.id,
            seq=self.case.revision + 1,
            kind="rung",
            at=at,
            occurred_at=at,
            actor=CLOCK,
            public={
                "via": CLOCK,
                "rungs": self.rungs,  # type: ignore[dict-item]
                "consulted": {"calendar": self.world.calendar.version},
                "patch": patch,
            },
        )
        after = apply(self.case, event)
        step = Step(
            before=self.case, after=after, event=event, effects=tuple(self.alerts),
            schedule=tuple(self.schedule),
        )  # fmt: skip
        return Rung(step=step, acts=tuple(self.acts))


def _key(one: RungTime, rung: RungDef, run: Run) -> str:
    """Return what is remembered of a rung that rang: one that waits for a calendar says so."""
    waits = rung.fire is not None and (run.provisional or one.guessed)
    return f"{one.key}?" if waits else one.key


def _after_quiet(moment: datetime, quiet: tuple[int, int] | None, zone: ZoneInfo) -> datetime:
    """Return the moment, or the end of the quiet hours that it falls into."""
    if quiet is None:
        return moment
    local = on_the_wall(moment, zone)
    minute = local.hour * _MINUTES + local.minute
    begin, end = quiet
    within = begin <= minute < end if begin <= end else minute >= begin or minute < end
    if not within:
        return moment
    day = plus_days(local.date(), 1 if begin > end and minute >= begin else 0)
    until = time(end // _MINUTES, end % _MINUTES)
    return max(moment, datetime.combine(day, until, tzinfo=zone))
