"""Computes a case from its events alone: no definition, other case or clock is read."""

from collections.abc import Iterable
from dataclasses import fields
from operator import attrgetter
from typing import Any

from engine.case.codec import proposal_from_plain, run_from_plain
from engine.case.values import Case, Event, Handing

UNCAUSED = frozenset({"rung", "replanned", "commented", "urged"})
"""Kinds of events after which the case is what a person saw: clocks', comments, urges."""
_UNANSWERED = frozenset({"rung", "replanned", "commented", "urged", "linked"})
"""Kinds of events that answer nobody who urged."""

_REPLACED = ("state", "outcome", "number", "assignee")
_LISTS = ("stack", "armed", "unsealed")
_MERGED = ("taken", "documents")
_RUNS = {"runs"}
_NAMES = tuple(field.name for field in fields(Case))
_VALUES = attrgetter(*_NAMES)


def fold(events: Iterable[Event]) -> Case:
    """Return the case that these events make.

    Sealed parts whose key was destroyed (None) contribute nothing; the event that destroyed
    them names the fields, so the result still equals the stored case.

    Args:
        events: all events of one case, in order of ``seq``; the first is its opening.

    Raises:
        ValueError: there are no events, or they do not begin with an opening.

    Source:
        design.md 5: ``fold(events) == case``.
    """
    case: Case | None = None
    for event in events:
        case = apply(case, event)
    if case is None:
        message = "no events: a case begins with its opening"
        raise ValueError(message)
    return case


def apply(case: Case | None, event: Event) -> Case:
    """Return the case after one more event."""
    patch: dict[str, Any] = dict(event.public["patch"])  # type: ignore[arg-type]
    if case is None:
        if event.kind != "opened":
            message = f"event {event.seq} is '{event.kind}', expected an opening"
            raise ValueError(message)
        case = Case(id=event.case, state="", **patch.pop("opening"))
    if patch.keys() == _RUNS and not event.sealed:
        # Rungs and re-plans, of which there are most, and many at once.
        return _changed(case, event, {"runs": _runs(case, patch["runs"])})
    changes: dict[str, Any] = {k: patch[k] for k in _REPLACED if k in patch}
    changes |= {k: tuple(patch[k]) for k in _LISTS if k in patch}
    changes |= {k: {**getattr(case, k), **patch[k]} for k in _MERGED if k in patch}
    if "links" in patch:
        changes["links"] = {**case.links, **{k: tuple(v) for k, v in patch["links"].items()}}
    if "runs" in patch:
        changes["runs"] = _runs(case, patch["runs"])
    if "proposals" in patch:
        changes["proposals"] = _proposals(patch["proposals"], event)
    changes |= _beside(case, patch, event)
    if "back" in patch:
        changes |= restored(patch["back"])
    changes["fields"] = _fields(case, patch, event)
    # A field that is filled again after its erasure is no longer an erased one.
    erased = case.erased | set(patch.get("erased", ()))
    changes["erased"] = erased - changes["fields"].keys()
    return _changed(case, event, changes)


def restored(plain: dict[str, Any]) -> dict[str, Any]:
    """Return what a move that was taken back gives the case again: all but its fields."""
    return {
        **{name: plain[name] for name in _REPLACED},
        **{name: tuple(plain[name]) for name in _LISTS},
        **{name: plain[name] for name in _MERGED},
        "runs": tuple(run_from_plain(one) for one in plain["runs"]),
        "handing": Handing(**plain["handing"]) if plain["handing"] else None,
    }


def _beside(case: Case, patch: dict[str, Any], event: Event) -> dict[str, Any]:
    """Return what an event changes of what acts beside moves left."""
    changes: dict[str, Any] = {}
    if "handing" in patch:
        changes["handing"] = Handing(**patch["handing"]) if patch["handing"] else None
    if "urged" in patch:
        changes["urged"] = tuple((person, day) for person, day in patch["urged"])
    elif case.urged and event.kind not in _UNANSWERED:
        changes["urged"] = ()
    return changes


def _changed(case: Case, event: Event, changes: dict[str, Any]) -> Case:
    """Return the case with changes, at the revision of an event."""
    # As ``replace`` does it, in half the time: each event of each history comes through here.
    values = dict(zip(_NAMES, _VALUES(case), strict=True)) | changes
    values["acted"] = case.acted if event.kind in UNCAUSED else event.seq
    values["revision"], values["moved_at"] = event.seq, event.at
    return Case(**values)


def _fields(case: Case, patch: dict[str, Any], event: Event) -> dict[str, Any]:
    fields = {**case.fields, **patch.get("set", {})}
    for part in event.sealed.values():
        if part is not None:
            fields.update(part.get("set", {}))  # type: ignore[arg-type]
    for name in (*patch.get("unset", ()), *patch.get("erased", ())):
        fields.pop(name, None)
    return fields


def _runs(case: Case, changed: list[dict[str, Any]]) -> tuple[Any, ...]:
    runs = {run.key: run for run in case.runs}
    for plain in changed:
        run = run_from_plain(plain)
        runs[run.key] = run
    return tuple(runs.values())


def _proposals(plain: list[dict[str, Any]], event: Event) -> tuple[Any, ...]:
    proposals = []
    for entry in plain:
        data = dict(entry["data"])
        for part in event.sealed.values():
            if part is not None:
                hidden: dict[str, Any] = part.get("data", {})  # type: ignore[assignment]
                data.update(hidden.get(entry["trigger"], {}))
        proposals.append(proposal_from_plain({**entry, "data": data}))
    return tuple(proposals)
