"""Re-plans the open runs of a case when the calendar has changed."""

from datetime import datetime
from typing import Any

from engine.case.codec import run_to_plain
from engine.case.fold import apply
from engine.case.values import CLOCK, Case, Event, Run, Step, World
from engine.clocks.planning import settled
from engine.clocks.scheduling import schedule
from engine.compiling.plan import Workflow
from engine.time.times import moment_text


def replan(workflow: Workflow, case: Case, *, now: datetime, world: World) -> Step | None:
    """Return the case with every open run planned by the world's calendar; None if none changes.

    Args:
        workflow: the version the case was opened under.
        case: as stored.
        now: the present moment.
        world: with the newest calendar.

    Source:
        language.md 4: re-planned, with an event; design.md 6.
    """
    moved = [
        (run, new)
        for run in case.runs
        if run.ended is None and (new := settled(run, world.calendar)) != run
    ]
    if not moved:
        return None
    told: list[dict[str, Any]] = [_told(old, new) for old, new in moved]
    event = Event(
        case=case.id,
        seq=case.revision + 1,
        kind="replanned",
        at=moment_text(now),
        occurred_at=moment_text(now),
        actor=CLOCK,
        public={
            "via": "calendar",
            "moved": told,  # type: ignore[dict-item]
            "consulted": {"calendar": world.calendar.version},
            "patch": {"runs": [run_to_plain(new) for _old, new in moved]},
        },
    )
    after = apply(case, event)
    times = schedule(workflow, case.runs, after.runs, calendar=world.calendar, zone=world.zone)
    return Step(before=case, after=after, event=event, schedule=times)


def _told(old: Run, new: Run) -> dict[str, Any]:
    said: dict[str, Any] = {"clock": old.clock, "run": old.seq, "from": old.due, "to": new.due}
    if old.item:
        said["item"] = old.item
    if new.provisional:
        said["provisional"] = True
    return said
