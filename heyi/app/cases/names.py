"""Decides which names of a case its reader is shown: fields, moves, clocks, papers, people.

A name tells: "report a danger" is a secret although its file is published, for it says that it
was used here. The name of a filled field is shown to who may read it. A move, clock or paper has
the highest class of what it asks, sets, rests on or issues; where that is class sealed, its
name is for those who read it. Whoever knows of a sealed case only that he opened it is shown its
number and coarse words.
"""

from collections.abc import Iterable
from typing import Literal

from engine.case.text import Text
from engine.compiling.plan import Branch, Workflow
from engine.facts.facts import Facts
from engine.facts.reading import (
    ANYONE,
    base_fields,
    entries_of,
    is_sealed,
    may_read,
    may_read_as,
)
from engine.facts.roles import standing
from engine.facts.seals import named_now
from engine.facts.viewing import views, views_class
from engine.language.kinds import FieldType
from heyi.app.cases.sight import Seen

Share = Literal["open", "whole", "part", "number"]
COARSE = {True: Text("已结", "closed"), False: Text("在办", "in hand")}
"""What is told of the state of a sealed case to who knows its number alone."""


def share_of(seen: Seen) -> Share:
    """Return how much of a case its reader has: of one that is not sealed as the classes say.

    ``whole`` for ``sealed.to``, ``part`` for ``sealed.partly`` and who reads on request, ``number``
    for who opened it and is neither.
    """
    sealed = seen.workflow.definition.sealed
    if sealed is None or not is_sealed(seen.facts):
        return "open"
    if standing(named_now(sealed.to, seen.facts), seen.actor, seen.facts):
        return "whole"
    return (
        "part"
        if standing(named_now(sealed.partly, seen.facts), seen.actor, seen.facts)
        or views(seen.actor, seen.facts)
        else "number"
    )


def shows_field(seen: Seen, name: str) -> bool:
    """Tell whether the reader is shown that a field is filled."""
    return may_read(name, seen.actor, seen.facts)


def shows_in_text(seen: Seen, name: str) -> bool:
    """Tell whether a text to be signed names a field: masked, so that who signs sees a gap.

    A field of class sealed alone is named to its readers only.
    """
    return _shows(seen, _sealed(seen.workflow, [name]))


def shows_paper(seen: Seen, name: str) -> bool:
    """Tell whether the reader is shown that a paper was issued: by class, or as addressee."""
    rule = seen.workflow.definition
    paper = rule.documents.get(name)
    if paper is None:
        return False
    privacy = str(paper.privacy or rule.defaults.privacy)
    words = tuple(word if word in rule.roles else ANYONE for word in paper.to)
    entries = (*entries_of(seen.workflow, privacy), *words)
    return may_read_as(entries, seen.actor, seen.facts) or views_class(
        privacy, seen.actor, seen.facts
    )


def shows_move(seen: Seen, trigger: str) -> bool:
    """Tell whether the reader is shown the name of a move, and that it was made."""
    ways = [one for group in seen.workflow.branches.values() for one in group]
    mine = [one for one in (*ways, *seen.workflow.openings) if one.trigger == trigger]
    return all(_shows(seen, _sealed_of_move(seen.workflow, one)) for one in mine)


def shows_clock(seen: Seen, name: str) -> bool:
    """Tell whether the reader is shown the name of a clock, and its days."""
    clock = seen.workflow.clocks.get(name)
    if clock is None:
        return False
    asked = (clock.when, clock.met, *(one.condition for one in clock.variants))
    read = {one for expression in asked if expression is not None for one in expression.names}
    known = _shows(seen, _sealed(seen.workflow, base_fields(seen.workflow, read)))
    return known and all(shows_move(seen, one) for one in clock.starts_on)


def shows_person(seen: Seen, person: str) -> bool:
    """Tell whether the reader may know that somebody has the case in hand.

    Oneself; whoever stands in a field that one reads; and, where people are shown at all, anybody.
    """
    if person == seen.actor.id or person in seen.workflow.definition.roles:
        return True
    return any(_names(seen.facts, name, person) for name in _people(seen))


def _people(seen: Seen) -> Iterable[str]:
    fields = seen.workflow.fields
    return (n for n in seen.case.fields if n in fields and shows_field(seen, n))


def _names(facts: Facts, name: str, person: str) -> bool:
    """Tell whether a readable field names somebody."""
    part, value = facts.workflow.fields[name], facts.case.fields[name]
    if part.type is FieldType.PERSON:
        return person in (value if isinstance(value, list) else [value])
    columns = [one for one, inner in part.columns.items() if inner.type is FieldType.PERSON]
    rows = value if isinstance(value, list) else []
    return any(isinstance(row, dict) and row.get(one) == person for row in rows for one in columns)


def _shows(seen: Seen, names: Iterable[str]) -> bool:
    return all(may_read(name, seen.actor, seen.facts) for name in names)


def _sealed_of_move(workflow: Workflow, branch: Branch) -> set[str]:
    return _sealed(workflow, {*branch.accepts, *(name for name, _value in branch.sets)})


def _sealed(workflow: Workflow, names: Iterable[str]) -> set[str]:
    """Return which of these fields are of class sealed, or have readers of their own."""
    fields = workflow.fields
    return {
        one
        for one in names
        if one in fields and (fields[one].privacy == "sealed" or fields[one].seal_to)
    }
