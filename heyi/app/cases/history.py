"""Makes a case's history in one language: what its reader may not know is masked."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engine.case.text import lang_of
from engine.case.values import Event
from engine.compiling.plan import Branch, Workflow
from engine.facts.messages import MASK
from engine.facts.reading import may_read
from engine.telling.sentences.ladders import rung_words
from engine.telling.sentences.tongue import Tongue
from heyi.app.cases.linked import names_foreign
from heyi.app.cases.models import ChangeView, EventView, ReplannedView, RungView
from heyi.app.cases.names import share_of, shows_clock, shows_field, shows_move
from heyi.app.cases.registered import PERSONS
from heyi.app.cases.sight import Seen
from heyi.app.cases.told import knows_people, names_shown, person_told, signers_told
from heyi.app.cases.views import value_text


def history_view(seen: Seen, events: Sequence[Event], lang: str) -> tuple[EventView, ...]:
    """Return a case's events, oldest first, as the reader may see them."""
    if share_of(seen) == "number":
        return ()
    return tuple(event_view(seen, event, lang) for event in events if shows_event(seen, event))


def shows_event(seen: Seen, event: Event) -> bool:
    """Tell whether a reader is shown that something happened: not a move of class sealed."""
    trigger = event.public.get("trigger")
    return event.kind == "opened" or not trigger or shows_move(seen, str(trigger))


def event_view(seen: Seen, event: Event, lang: str) -> EventView:
    """Return one event as the reader may see it."""
    workflow, told = seen.workflow, dict(event.public)
    given = told.get("given")
    names = [str(name) for name in given] if isinstance(given, list) else []
    changes = _changes(seen, event, names, lang)
    more: dict[str, Any] = {
        name: told[name]
        for name in ("role", "trigger", "rule", "from", "to", "voided")
        if told.get(name)
    }
    signed: Any = told.get("signed")
    if signed:
        more["signed"] = signers_told(seen, signed)
    is_open = _open_to(seen, [*names, *changes])
    for name, words in (("reason", event.reason), ("on_behalf_of", told.get("on_behalf_of"))):
        if words:
            more[name] = words if is_open else MASK
    for name in ("acting_for", "to_person", "from_person"):
        if told.get(name):
            more[name] = person_told(seen, str(told[name]))
    moved, rungs = told.get("moved"), told.get("rungs")
    if isinstance(moved, list):
        more["moved"] = tuple(_moved(workflow, one, lang) for one in _shown(seen, moved))
    if isinstance(rungs, list):
        more["rungs"] = tuple(rung_view(workflow, one, lang) for one in _shown(seen, rungs))
    actor = person_told(seen, event.actor)
    return EventView(
        seq=event.seq,
        kind=event.kind,
        at=event.at,
        occurred_at=event.occurred_at,
        actor=actor,
        via=str(told.get("via", "")),
        changes=changes,
        label=_move_label(workflow, event, lang),
        **more,
        **_people(seen, actor, more),
        **_labels(workflow, told, lang),
    )


def _shown(seen: Seen, noted: Iterable[Any]) -> list[Any]:
    """Return those notes of clocks whose clock the reader is shown."""
    return [one for one in noted if shows_clock(seen, str(one["clock"]))]


def _people(seen: Seen, actor: str, told: Mapping[str, Any]) -> dict[str, dict[str, str]]:
    """Return the names of those whom an event names, as a key that is left out for nobody."""
    beside = (told.get(name, "") for name in PERSONS)
    signers = (person for _role, person in told.get("signed", ()))
    found = names_shown(seen, (actor, *beside, *signers))
    return {"people": found} if found else {}


def _moved(workflow: Workflow, one: Any, lang: str) -> ReplannedView:
    """Return what a new calendar did to one run of a clock."""
    label = workflow.label("clocks", str(one["clock"]), lang)
    return ReplannedView(**{"item": 0, "provisional": False, **one, "label": label})


def rung_view(workflow: Workflow, one: Any, lang: str) -> RungView:
    """Return a rung that rang, as its event recorded it, with its place in words."""
    label = workflow.label("clocks", str(one["clock"]), lang)
    words = rung_words(str(one["rung"]), Tongue(lang_of(lang)))
    said = {"item": 0, "mark": "", "refused": "", **one}
    return RungView(**said, label=label, words=words)


def _labels(workflow: Workflow, told: Mapping[str, Any], lang: str) -> dict[str, str]:
    kinds = {"from": "states", "to": "states", "role": "roles"}
    return {
        f"{name}_label": workflow.label(kind, str(told[name]), lang)
        for name, kind in kinds.items()
        if told.get(name)
    }


def _changed(event: Event) -> dict[str, Any]:
    patch: Any = event.public.get("patch", {})
    found: dict[str, Any] = dict(patch.get("set", {}))
    for part in event.sealed.values():
        if part is not None:
            found.update(part.get("set", {}))  # type: ignore[arg-type]
    return found


def _changes(seen: Seen, event: Event, given: Sequence[str], lang: str) -> dict[str, ChangeView]:
    """Return what an event changed, by field; what it gave and was destroyed reads erased."""
    values, fields = _changed(event), seen.workflow.fields
    shown = {name for name in (*values, *given) if name in fields and shows_field(seen, name)}
    found = {n: _change(seen, n, value, lang) for n, value in values.items() if n in shown}
    if any(part is None for part in event.sealed.values()):
        for name in given:
            if name in shown and name not in found:
                label = seen.workflow.label("fields", name, lang)
                found[name] = ChangeView(label=label, erased=True)
    return found


def _change(seen: Seen, name: str, value: Any, lang: str) -> ChangeView:
    label = seen.workflow.label("fields", name, lang)
    if names_foreign(seen, name, value):
        return ChangeView(label=label, text=MASK)
    text = value_text(seen, seen.workflow.fields[name], value, lang)
    return ChangeView(label=label, value=value, text=text)


def _open_to(seen: Seen, names: Sequence[str]) -> bool:
    """Tell whether free words of an event may be read: all its fields, and the case itself."""
    known = [name for name in names if name in seen.workflow.fields]
    return knows_people(seen) and all(may_read(name, seen.actor, seen.facts) for name in known)


def _move_label(workflow: Workflow, event: Event, lang: str) -> str:
    """Return the label of the rule that was used; an opening may have none."""
    told = event.public
    trigger, place, state = (told.get(name) for name in ("trigger", "branch", "from"))
    branches: Iterable[Branch] = workflow.branches.get((str(state or ""), str(trigger)), ())
    if event.kind == "opened":
        branches = workflow.openings
    elif not state:
        # A proposal does not say from where: its rule's id or trigger is enough to name it.
        branches = (b for group in workflow.branches.values() for b in group)
        named = [b for b in branches if trigger == b.trigger]
        branches, place = [b for b in named if told.get("rule") in {b.definition.id, ""}], None
    found = next((b for b in branches if place is None or b.place == place), None)
    if found and found.definition.label:
        return found.definition.label.text(lang)
    return "" if event.kind == "opened" else str(trigger or "")
