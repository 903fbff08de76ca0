"""A case with one clock of ten days and a ladder, and what its rungs owe."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from engine.case.values import Alert, Case, Move, Office
from engine.clocks.ring import Act, Rung, ring
from engine.step.take import take_step
from tests.builders.club_worlds import GARDENER, MONDAY, TIMER, variant_of, world
from tests.builders.toy_workflows import END, field, toy

LADDER = {
    "rungs": [
        {"at": "start", "tell": ["assignee"]},
        {"at": "50%", "tell": ["assignee"]},
        {"at": "due - 1 working day", "level": 2},
        {"at": "due", "mark": "overdue"},
        {"at": "due + 3 working days", "level": 3},
    ]
}
STATES: dict[str, dict[str, Any]] = {
    "asked": {
        "assignee": "gardener",
        "amends": {"by": "anyone", "fields": ["who", "barred", "rows"]},
        "on": {
            "go": {"to": "done", "by": ["gardener"], "when": "ok"},
            "lapse": {"to": "done", "by": "clock"},
            "cover": {"to": "lid", "by": "anyone"},
            "put": {"to": "stay", "by": "anyone", "may": ["who"], "assigns": "who"},
        },
    },
    "lid": {"on": {"lift": {"to": "back", "by": "anyone"}, "drop": {"to": "done", "by": "anyone"}}},
    "done": END,
}
FIELDS = {
    "ok": field("boolean"),
    "who": field("person"),
    "barred": field("person"),
    "bed": field("unit"),
    "rows": field(
        "list",
        of={
            "due_on": {"type": "date"},
            "owner": {"type": "unit", "optional": True},
            "by_whom": {"type": "person", "optional": True},
        },
    ),
}
ROLES = {
    "gardener": {"level": "garden", "never": "barred"},
    "head": {"level": "region"},
    "bedder": {"level": "bed", "reach": "below"},
    "porter": {"level": "own"},
    "asker": {"in_case": "who"},
    "owner": {"in_case": "bed"},
    "both": {"level": "garden", "in_case": "who"},
    "minding": {"level": "garden", "post": "gardener", "in_case": "who", "never": "barred"},
}
ITEMS = {"each": "rows", "due": "item.due_on", "within": None}
NEXT = datetime(2026, 3, 13, tzinfo=UTC)
OFFICE = Office(
    posts={
        ("gardener", "north"): ("er", "gao"),
        ("head", "top"): ("tou",),
        ("bedder", "rose"): ("hua",),
        ("porter", "north"): ("gao",),
        ("porter", "top"): ("tou",),
        ("both", "north"): ("er",),
    }
)


class Garden:
    """A case with one clock of ten days and a ladder, and what its rungs owe."""

    def __init__(
        self,
        *,
        rungs: Any = None,
        ladder: Any = None,
        clock: Any = None,
        office: Office = OFFICE,
        given: Any = None,
        chain: Any = ("gardener", "head", "bedder"),
        now: datetime = MONDAY,
        assignee: str | None = "gardener",
    ) -> None:
        parts = {**LADDER, **(ladder or {})}
        if rungs is not None:
            parts["rungs"] = rungs
        self.workflow = toy(
            fields=FIELDS,
            roles=ROLES,
            chain=list(chain),
            states={**STATES, "asked": {**STATES["asked"], "assignee": assignee}},
            overlays={"lid": {"over": ["asked"]}},
            ladders={"steps": parts},
            clocks={
                "c": {"within": "10 days", "starts": ["asked"], "ladder": "steps", **(clock or {})}
            },
        )
        self.world = world()
        self.office = office
        self.case: Case = variant_of(
            self.workflow, GARDENER, data=given or {}, now=now, at=self.world
        )

    def rung(self, day: int, hour: int = 0, **more: Any) -> Rung | None:
        """Return what rings at an hour of a day in March 2026, by the office's clock."""
        now = datetime(2026, 3, 1, tzinfo=UTC) + timedelta(days=day - 1, hours=hour - 8)
        found = ring(
            self.workflow, self.case, now=now, world=self.world, office=self.office, **more
        )
        if found is not None:
            self.case = found.step.after
        return found

    def alerts(self, day: int, hour: int = 0) -> list[Alert]:
        """Return the alerts that are owed then."""
        found = self.rung(day, hour)
        return [] if found is None else alerts_in(found)

    def told(self, day: int, hour: int = 0) -> list[tuple[str, tuple[str, ...]]]:
        """Return which rungs tell whom."""
        return [(alert.rung, alert.persons) for alert in self.alerts(day, hour)]


def rungs_in(rung: Rung) -> list[Any]:
    """Return what the event tells of the rungs."""
    found: Any = rung.step.event.public["rungs"]
    return list(found)


def alerts_in(rung: Rung) -> list[Alert]:
    """Return the alerts that are owed."""
    return [effect for effect in rung.step.effects if isinstance(effect, Alert)]


def office(**away: str | None) -> Office:
    """Return the office while some are away."""
    return replace(OFFICE, away=away)


def take(garden: Garden, act: Act, now: datetime) -> Case:
    """Do what a rung has the clock do."""
    move = Move(actor=TIMER, kind=act.kind, trigger=act.trigger, via="clock")
    return take_step(garden.workflow, garden.case, move, now=now, world=garden.world).after
