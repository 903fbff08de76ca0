"""Steps as the engine would grant them, in the words of a toy workflow."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from engine.case.codec import run_to_plain, split_data
from engine.case.fold import apply
from engine.case.values import Alert, Case, Data, Effect, Event, Run, Scheduled, Step, Unit
from engine.facts.clocks import limit_of
from engine.time.units import TimeUnit
from storage.work import Store

MASTER = bytes(range(32))
ZONE = ZoneInfo("Asia/Shanghai")
WORKFLOW = "loan"
AT = "2026-03-02T02:00:00Z"
UNITS = (
    Unit(id="top", level="region", title="总部"),
    Unit(id="north", level="branch", title="北店", parent="top"),
    Unit(id="south", level="branch", title="南店", parent="top"),
)
VAULTS = {"secret": "personal", "phone": "personal", "note": "confidential/note"}
"""Which fields of the toy are sealed."""

_ids = count(1)


def moment(text: str) -> datetime:
    """Return a plain moment as an aware one."""
    return datetime.fromisoformat(text)


def later(text: str, **span: float) -> str:
    """Return a plain moment some time later."""
    return (moment(text) + timedelta(**span)).isoformat().replace("+00:00", "Z")


def new_id() -> str:
    """Return an id no other test of this process has."""
    return str(UUID(int=next(_ids), version=4))


def run(clock: str = "term", **values: Any) -> Run:
    """Return an open run of a clock."""
    known: dict[str, Any] = {
        "kind": "within",
        "n": 5,
        "unit": TimeUnit.DAYS,
        "anchor": "2026-03-02",
        "raw": "2026-03-07",
        "due": "2026-03-09",
        "started_at": AT,
    }
    return Run(clock=clock, **{**known, **values})


def opening(
    fields: Data | None = None,
    *,
    case: str | None = None,
    unit: str = "north",
    version: int = 1,
    at: str = AT,
    effects: Sequence[Effect] = (),
    drew: tuple[str, str, int] | None = None,
    unique: tuple[str, ...] | None = None,
    **patch: Any,
) -> Step:
    """Return the step that opens a case."""
    opened = {"workflow": WORKFLOW, "version": version, "unit": unit}
    more = {"opening": {**opened, "opened_by": "ann", "opened_at": at}, "state": "asked", **patch}
    event = _event(None, fields, more, case=case or new_id(), trigger="", at=at)
    return Step(
        before=None,
        after=apply(None, event),
        event=event,
        effects=effects,
        drew=drew,
        unique=unique,
        schedule=schedule(None, event),
    )


def moved(
    before: Case,
    trigger: str = "grant",
    fields: Data | None = None,
    *,
    at: str | None = None,
    effects: Sequence[Effect] = (),
    drew: tuple[str, str, int] | None = None,
    unique: tuple[str, ...] | None = None,
    **patch: Any,
) -> Step:
    """Return the step that fires a trigger."""
    taken = {trigger: before.taken.get(trigger, 0) + 1}
    when = at or later(before.moved_at, hours=1)
    more = {"taken": taken, **patch}
    event = _event(before, fields, more, case=before.id, trigger=trigger, at=when)
    return Step(
        before=before,
        after=apply(before, event),
        event=event,
        effects=effects,
        drew=drew,
        unique=unique,
        schedule=schedule(before, event),
    )


def schedule(before: Case | None, event: Event, **moments: Any) -> tuple[Scheduled, ...]:
    """Return what the index must know of the runs that an event changes.

    Args:
        before: the case before it.
        event: with its runs in the patch.
        moments: ``due_at`` and ``next_at``, where they are not simply the end of the due day.
    """
    old = {one.key: one for one in before.runs} if before else {}
    changed = [one for one in apply(before, event).runs if old.get(one.key) != one]
    return tuple(_scheduled(one, moments) for one in changed)


def _scheduled(one: Run, moments: Mapping[str, Any]) -> Scheduled:
    due_at = limit_of(one, ZONE)
    key: dict[str, Any] = {"clock": one.clock, "item": one.item, "seq": one.seq}
    if one.ended is not None:
        return Scheduled(**key, open=False)
    return Scheduled(**key, open=True, **{"due_at": due_at, "next_at": due_at, **moments})


def rung(
    before: Case,
    *runs: Run,
    kind: str = "rung",
    effects: Sequence[Effect] = (),
    next_at: datetime | None = None,
    **patch: Any,
) -> Step:
    """Return the step by which rungs of these runs ring; their next rung is at ``next_at``."""
    plain: list[Any] = [run_to_plain(one) for one in runs]
    event = Event(
        case=before.id,
        seq=before.revision + 1,
        kind=kind,
        at=later(before.moved_at, hours=1),
        occurred_at=later(before.moved_at, hours=1),
        actor="clock",
        public={"patch": {"runs": plain, **patch}},
    )
    return Step(
        before=before,
        after=apply(before, event),
        event=event,
        effects=effects,
        schedule=schedule(before, event, next_at=next_at),
    )


def alert(clock: str = "term", *persons: str, **values: Any) -> Alert:
    """Return an alert owed to persons because of a rung."""
    known: dict[str, Any] = {"item": 0, "run": 1, "place": 0, "rung": "70%", "due": "2026-03-09"}
    moments = {"at": AT, "send_at": AT}
    return Alert(clock=clock, persons=persons, **{**known, **moments, **values})


def _event(
    before: Case | None,
    fields: Data | None,
    patch: Mapping[str, Any],
    *,
    case: str,
    trigger: str,
    at: str,
) -> Event:
    public, sealed = split_data(fields or {}, VAULTS)
    runs = [run_to_plain(one) for one in patch.get("runs", ())]
    links = {name: list(ids) for name, ids in patch.get("links", {}).items()}
    plain = {**patch, "set": public, "runs": runs, "links": links}
    return Event(
        case=case,
        seq=before.revision + 1 if before else 1,
        kind="moved" if before else "opened",
        at=at,
        occurred_at=at,
        actor="ann",
        public={"trigger": trigger, "patch": plain},
        sealed={vault: {"set": part} for vault, part in sealed.items()},
    )


def save(store: Store, *steps: Step) -> Case:
    """Save steps in one transaction and return the last case."""
    with store.write() as work:
        for step in steps:
            work.cases.save(step, vaults=VAULTS, zone=ZONE)
    return steps[-1].after


def load(store: Store, ref: str) -> Case:
    """Return a case as it is stored."""
    with store.read() as work:
        return work.cases.load(ref)


def ring(store: Store, *steps: Step, lease: str | None = None) -> list[str]:
    """Keep rungs and return whom they came too late for."""
    with store.write() as work:
        return work.cases.save_all(steps, lease=lease)


def rang(case: Case, place: int = 0, **more: Any) -> Step:
    """Return the step by which one rung of a case's first run rings."""
    first = case.runs[0]
    return rung(case, replace(first, fired=(*first.fired, f"{place}@{AT}")), **more)
