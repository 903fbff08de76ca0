"""Steps as the engine would grant them, in the words of a toy workflow."""

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID
from zoneinfo import ZoneInfo

from engine.codec import run_to_plain, split_data
from engine.fold import apply
from engine.values import Case, Data, Effect, Event, Run, Step, Unit
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
        "unit": "days",
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
    )


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
