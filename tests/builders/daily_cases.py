"""A case that goes its way with one clock, a day a move."""

from datetime import datetime, timedelta
from typing import Any

from engine.case.values import Case
from tests.builders.club_worlds import MONDAY, TIMER, fire, variant_of, world
from tests.builders.toy_workflows import END, field, toy

DAY = timedelta(days=1)
FIELDS = {
    "n": field("integer"), "on": field("date"), "at": field("moment"), "ok": field("boolean"),
    "rows": field("list", of={"due_on": {"type": "date"}, "done_on": {"type": "date", "optional": True}}),
}  # fmt: skip
ANYBODY = {"by": "anyone"}
STATES = {
    "asked": {
        "amends": {"by": "anyone", "fields": list(FIELDS)},
        "on": {"go": {"to": "grown", **ANYBODY}, "again": {"to": "asked", **ANYBODY}, "stay": {"to": "stay", **ANYBODY},
               "tick": {"to": "stay", "by": "clock"}, "cover": {"to": "lid", **ANYBODY}, "end": {"to": "done", **ANYBODY}},
    },
    "grown": {"amends": {"by": "anyone", "fields": list(FIELDS)}, "on": {"back": {"to": "asked", **ANYBODY}, "end": {"to": "done", **ANYBODY}, "halt": {"to": "stay", **ANYBODY}}},
    "lid": {"on": {"lift": {"to": "back", **ANYBODY}, "drop": {"to": "done", **ANYBODY}}},
    "done": {**END, "on": {"reopen": {"to": "asked", **ANYBODY}}},
}  # fmt: skip


class Way:
    """A case that goes its way, one day a move."""

    def __init__(
        self, *, given: Any = None, now: datetime = MONDAY, params: Any = None, **clock: Any
    ) -> None:
        more = clock.pop("file", {})
        self.workflow = toy(
            fields=FIELDS,
            states=STATES,
            overlays={"lid": {"over": ["asked"]}},
            clocks={"c": clock},
            **more,
        )
        self.world = world(params=params or {})
        self.case: Case = variant_of(self.workflow, data=given or {}, now=now, at=self.world)
        self.now = now

    def does(self, *triggers: str, days: float = 1) -> "Way":
        for trigger in triggers:
            self.now += DAY * days
            who = TIMER if trigger == "tick" else None
            extra = {"who": who} if who else {}
            self.case = fire(
                self.workflow, self.case, trigger, now=self.now, at=self.world, **extra
            ).after
        return self

    def amends(self, **data: Any) -> "Way":
        self.now += DAY
        self.case = fire(
            self.workflow, self.case, "", kind="amend", data=data, now=self.now, at=self.world
        ).after
        return self

    @property
    def runs(self) -> list[tuple[str, str | None]]:
        """Return the due day and the end of every run."""
        return [(run.due, run.ended) for run in self.case.runs]
