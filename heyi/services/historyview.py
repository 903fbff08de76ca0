"""A case's history as plain data, in one language: what its reader may not know is masked."""

from collections.abc import Sequence
from typing import Any

from engine.messages import MASK
from engine.plan import Branch, Workflow
from engine.reading import is_sealed, may_read
from engine.roles import standing
from engine.values import Event
from heyi.services.cases import Seen
from heyi.services.views import View, value_text


def history_view(seen: Seen, events: Sequence[Event], lang: str) -> list[View]:
    """Return a case's events, oldest first, as the reader may see them."""
    return [_event(seen, event, lang) for event in events]


def _event(seen: Seen, event: Event, lang: str) -> View:
    workflow, told = seen.workflow, dict(event.public)
    changes: View = {}
    given = told.get("given")
    names = [str(name) for name in given] if isinstance(given, list) else []
    for name, value in _changed(event).items():
        if name in workflow.fields:
            changes[name] = _change(seen, name, value, lang)
    gone = any(part is None for part in event.sealed.values())
    for name in names if gone else ():
        if name in workflow.fields and name not in changes:
            changes[name] = {"label": workflow.label("fields", name, lang), "erased": True}
    is_open = _open_to(seen, [*names, *changes])
    view: View = {
        "seq": event.seq,
        "kind": event.kind,
        "at": event.at,
        "occurred_at": event.occurred_at,
        "actor": event.actor,
        "via": told.get("via", ""),
        "changes": changes,
    }
    for name in ("role", "trigger", "rule", "from", "to", "voided", "signed"):
        if told.get(name):
            view[name] = told[name]
    for name in ("reason", "on_behalf_of"):
        if told.get(name):
            view[name] = told[name] if is_open else MASK
    view["label"] = _move_label(workflow, told, lang)
    for name in ("from", "to"):
        if told.get(name):
            view[f"{name}_label"] = workflow.label("states", str(told[name]), lang)
    if told.get("role"):
        view["role_label"] = workflow.label("roles", str(told["role"]), lang)
    return view


def _changed(event: Event) -> dict[str, Any]:
    patch: Any = event.public.get("patch", {})
    found: dict[str, Any] = dict(patch.get("set", {}))
    for part in event.sealed.values():
        if part is not None:
            found.update(part.get("set", {}))  # type: ignore[arg-type]
    return found


def _change(seen: Seen, name: str, value: Any, lang: str) -> View:
    label = seen.workflow.label("fields", name, lang)
    if not may_read(name, seen.actor, seen.facts):
        return {"label": label, "text": MASK}
    text = value_text(seen, seen.workflow.fields[name], value, lang)
    return {"label": label, "value": value, "text": text}


def _open_to(seen: Seen, names: Sequence[str]) -> bool:
    """Tell whether free words of an event may be read: all its fields, and the case itself."""
    rule = seen.workflow.rule
    if is_sealed(seen.facts) and not (
        rule.sealed and standing(rule.sealed.to, seen.actor, seen.facts)
    ):
        return False
    known = [name for name in names if name in seen.workflow.fields]
    readers = rule.readers.get("internal", ())
    return bool(standing(readers, seen.actor, seen.facts)) and all(
        may_read(name, seen.actor, seen.facts) for name in known
    )


def _move_label(workflow: Workflow, told: View, lang: str) -> str:
    trigger, place = str(told.get("trigger", "")), told.get("branch", 0)
    branches: Sequence[Branch] = workflow.branches.get((str(told.get("from", "")), trigger), ())
    if not branches:
        branches = [b for b in workflow.openings if b.place == place and not told.get("from")]
    found = next((b for b in branches if b.place == place), None)
    return found.rule.label.text(lang) if found and found.rule.label else trigger
