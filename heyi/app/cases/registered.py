"""Looks up the registered people whom a move's data name, or name nearly."""

from collections.abc import Iterable, Iterator
from typing import Any

from engine.case.values import CLOCK, LINK, Case, Data, Event
from engine.compiling.people import nearest
from engine.compiling.plan import Workflow
from engine.facts.people import registered_in
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef
from engine.language.people import OFFICE
from storage.work import Work

PERSONS = ("on_behalf_of", "acting_for", "to_person", "from_person")
"""What an event calls those whom it names beside its actor."""


def people_of(work: Work, workflow: Workflow, data: Data, more: Iterable[str]) -> dict[str, str]:
    """Return registered people, names by id: whom data name, and those of ``more``.

    Where data name nobody registered though somebody must be, those who are called nearly so
    come along, for a suggestion; everybody is read for it only then.

    Args:
        work: the open transaction.
        workflow: whose fields the data fill.
        data: as given; not yet checked.
        more: ids asked for besides.
    """
    office = set(_named(workflow, data, among=frozenset({OFFICE})))
    words = {*office, *_named(workflow, data), *more}
    if not words:
        return {}
    found = work.people.named(words)
    missing = office - found.keys() - set(found.values())
    if missing:
        everybody = {one.id: one.display_name for one in work.people.all()}
        near = {one for word in missing for one in nearest(word, everybody)}
        found |= {one: everybody[one] for one in near}
    return found


def people_shown(workflow: Workflow, case: Case, events: Iterable[Event] = ()) -> set[str]:
    """Return the ids of those whom a case and its events name: in fields, as movers, as signers."""
    found = registered_in(workflow, case.fields) | {case.opened_by, case.assignee or ""}
    for proposal in case.proposals:
        found |= {proposal.by, *(person for _role, person in proposal.signed)}
    for event in events:
        signed: Any = event.public.get("signed") or ()
        found |= {event.actor, *(str(event.public.get(name, "")) for name in PERSONS)}
        found |= {str(person) for _role, person in signed}
    return found - {"", CLOCK, LINK}


def _named(workflow: Workflow, data: Data, *, among: frozenset[str] | None = None) -> Iterator[str]:
    """Yield the words that stand where people are named; ``among`` keeps to these kinds."""
    for name, raw in data.items():
        part = workflow.fields.get(name)
        if part is None:
            continue
        if part.type is FieldType.PERSON:
            yield from _words(part, raw, among)
            continue
        rows: Any = raw
        if isinstance(raw, dict):
            # An edit gives items by their place, an addition may give one item alone.
            rows = [raw, *(one for one in raw.values() if isinstance(one, dict))]
        for row in rows if isinstance(rows, list) else ():
            for column, inner in part.columns.items():
                if inner.type is FieldType.PERSON and isinstance(row, dict) and column in row:
                    yield from _words(inner, row[column], among)


def _words(part: FieldDef, raw: Any, among: frozenset[str] | None) -> Iterator[str]:
    if part.of is None or (among is not None and part.of not in among):
        return
    for one in raw if isinstance(raw, list) else [raw]:
        texts = one.values() if isinstance(one, dict) else [one]
        for text in texts:
            if isinstance(text, str):
                yield from (word.strip() for word in (text.split(",") if part.many else [text]))
