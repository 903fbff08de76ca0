"""People, places and moments of the garden club."""

from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from engine.case.values import CLOCK, Actor, Case, LinkedCase, Move, Step, Unit, World
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.step.grant import resolve
from engine.step.take import open_case, take_step
from tests.builders.shelves import FILES, national, rows

ZONE = ZoneInfo("Asia/Shanghai")
MONDAY = datetime(2026, 3, 2, 2, 0, tzinfo=UTC)
"""10:00 in the morning where the garden is."""
ID = "00000000-0000-4000-8000-000000000001"
OTHER = LinkedCase(
    id="00000000-0000-4000-8000-000000000002", workflow="plot", number="北园园字〔2026〕001号",
    unit="north", state="growing", final=False, outcome=None, opened_on="2026-02-02",
)  # fmt: skip
UNITS = {
    unit.id: unit
    for unit in (
        Unit(id="top", level="region", title="总会"),
        Unit(id="north", level="garden", title="北园", parent="top"),
        Unit(id="south", level="garden", title="南园", parent="top"),
        Unit(id="rose", level="bed", title="玫瑰畦", parent="north"),
        Unit(id="bean", level="bed", title="豆畦", parent="south"),
    )
}
GARDENER = Actor(id="gao", posts=(("gardener", "north"),))
SECOND = Actor(id="er", posts=(("gardener", "north"),))
HEAD = Actor(id="tou", posts=(("head", "top"),))
BED = Actor(id="hua", posts=(("bedder", "rose"),))
STRANGER = Actor(id="ke")
TIMER = Actor(id=CLOCK, kind="clock")
LINK = Actor(id="gao", kind="link")
EVERYBODY = (GARDENER, SECOND, HEAD, BED, STRANGER, TIMER, LINK)


def world(**more: Any) -> World:
    """Return what the services would look up."""
    given: dict[str, Any] = {
        "calendar": national(),
        "zone": ZONE,
        "units": UNITS,
        "catalogues": rows(FILES),
        "linked": {OTHER.id: OTHER},
        "counts": {"used": 1},
        "next_seq": 1,
    }
    return World(**{**given, **more})


def opened(
    workflow: Workflow, who: Actor = STRANGER, *, data: Any = None, unit: str = "north",
    entry: str = "", now: datetime = MONDAY, at: World | None = None, **more: Any,
) -> Step:  # fmt: skip
    """Open a case."""
    move = Move(actor=who, trigger=entry, data=data or {}, **more)
    return open_case(workflow, case_id=ID, unit=unit, move=move, now=now, world=at or world())


def variant_of(workflow: Workflow, who: Actor = STRANGER, **more: Any) -> Case:
    """Return a case just opened."""
    return opened(workflow, who, **more).after


def fire(
    workflow: Workflow, case: Case, trigger: str, who: Actor = GARDENER, *, data: Any = None,
    now: datetime | None = None, at: World | None = None, **more: Any,
) -> Step:  # fmt: skip
    """Make a move, by default an hour after the last one."""
    if more.get("kind") == "sign" and "hash" not in more:
        more["hash"] = shown_hash(workflow, case, trigger)
    move = Move(actor=who, trigger=trigger, data=data or {}, **more)
    return take_step(workflow, case, move, now=now or later(case), world=at or world())


def shown_hash(workflow: Workflow, case: Case, word: str) -> str:
    """Return the hash of the text that stands open; "" where none does."""
    trigger, _branches = resolve(workflow, case.state, word)
    return next((one.hash for one in case.proposals if one.trigger == trigger), "")


def later(case: Case, **span: float) -> datetime:
    """Return a moment after the case's last event."""
    last = datetime.fromisoformat(case.moved_at.replace("Z", "+00:00"))
    return last + timedelta(**(span or {"hours": 1}))


def facts_of(workflow: Workflow, case: Case | None = None, **more: Any) -> Facts:
    """Return the facts of a case, or of an empty one in the file's first state."""
    now = more.pop("now", MONDAY)
    known = more.pop("at", None) or world()
    blank = Case(
        id=ID, workflow=workflow.name, version=workflow.version, unit="north",
        state=next(iter(workflow.definition.states)), fields=more.pop("fields", {}),
    )  # fmt: skip
    return Facts(workflow, case or blank, known, now=now, **more)


def told(step: Step) -> Any:
    """Return what a step's event tells in clear."""
    return step.event.public
