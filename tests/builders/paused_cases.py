"""A case whose clock rests in overlays and is extended."""

from datetime import datetime
from typing import Any

from engine.case.values import Case
from engine.facts.clocks import clock_facts
from tests.builders.club_worlds import MONDAY, ZONE, fire, variant_of, world
from tests.builders.toy_workflows import END, field, toy

ANYBODY = {"by": "anyone"}
FIELDS = {"to": field("date"), "on": field("date")}
EXTEND = {"to": "stay", **ANYBODY, "may": ["to"], "extends": {"c": "to"}}
STATES = {
    "asked": {
        "amends": {"by": "anyone", "fields": ["to", "on"]},
        "on": {
            "rest": {"to": "resting", **ANYBODY},
            "go": {"to": "grown", **ANYBODY},
            "more": EXTEND,
            "end": {"to": "done", **ANYBODY},
        },
    },
    "grown": {"on": {"back": {"to": "asked", **ANYBODY}, "end": {"to": "done", **ANYBODY}, "more": EXTEND}},
    "resting": {"on": {"on": {"to": "back", **ANYBODY}, "fear": {"to": "danger", **ANYBODY}, "more": EXTEND, "end": {"to": "done", **ANYBODY}}},
    "danger": {"on": {"calm": {"to": "back", **ANYBODY}, "end": {"to": "done", **ANYBODY}}},
    "done": END,
}  # fmt: skip
EXTENDS = {"extend": {"at_most": "30 days", "times": 1}}
UNEXTENDED = {"on": {"rest": {"to": "resting", **ANYBODY}, "end": {"to": "done", **ANYBODY}}}
RESTING = {
    "on": {
        "on": {"to": "back", **ANYBODY},
        "end": {"to": "done", **ANYBODY},
        "fear": {"to": "danger", **ANYBODY},
    }
}
PAUSES = {"in": ["resting", "danger"], "each": "60 days", "all": "90 days"}


class Plot:
    """A case whose clock rests in overlays."""

    def __init__(self, *, params: Any = None, given: Any = None, **clock: Any) -> None:
        values = {
            "within": "30 days", "starts": ["asked"], "stops": "finals", "pauses": PAUSES, **EXTENDS, **clock
        }  # fmt: skip
        if "due" in values or "at_least" in values:
            values.pop("within")
        self.workflow = toy(
            fields=FIELDS,
            states=STATES
            if values["extend"]
            else {
                **STATES,
                "asked": UNEXTENDED,
                "grown": {"on": {"end": {"to": "done", **ANYBODY}}},
                "resting": RESTING,
            },
            overlays={"resting": {"over": ["asked"]}, "danger": {"over": ["resting"]}},
            clocks={"c": {k: v for k, v in values.items() if v is not None}},
            params=params or {},
        )
        self.world = world()
        self.case: Case = variant_of(self.workflow, data=given or {}, now=MONDAY, at=self.world)

    def does(self, trigger: str, day: str, **data: Any) -> "Plot":
        """Make a move at 10:00 of a day (``03-10``)."""
        now = datetime.fromisoformat(f"2026-{day}T02:00:00+00:00")
        kind = "fire" if trigger else "amend"
        self.case = fire(
            self.workflow, self.case, trigger, kind=kind, data=data, now=now, at=self.world
        ).after
        return self

    @property
    def run(self) -> Any:
        return self.case.runs[-1]

    def facts(self, moment: str) -> dict[str, bool]:
        """Return the clock's facts at a moment of 2026, by the office's clock."""
        now = datetime.fromisoformat(f"2026-{moment}:00+08:00")
        return clock_facts(self.case.runs, "c", now=now, zone=ZONE)
