"""Parses a move's data, checks how each field may be given, and merges it into the case."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from engine.case.errors import Reasons
from engine.case.text import Text, said
from engine.case.values import Data, Plain
from engine.compiling.bad import BadValue
from engine.compiling.data import parse_item, parse_value
from engine.compiling.plan import Branch
from engine.facts import words
from engine.facts.facts import Facts
from engine.facts.messages import label_or_id, names_of
from engine.facts.people import settle
from engine.language.kinds import FieldType

_PLACE = re.compile(r"[0-9]{1,9}")


@dataclass(slots=True)
class Given:
    """A move's data, parsed.

    Attributes:
        fields: the case's fields with the data merged in.
        names: the fields that were given.
        reasons: what was not acceptable.
    """

    fields: dict[str, Plain]
    names: set[str] = field(default_factory=set)
    reasons: Reasons = field(default_factory=Reasons)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """How a list of fields may be given: replaced, appended to, or edited in columns."""

    whole: frozenset[str] = frozenset()
    adds: frozenset[str] = frozenset()
    edits: Mapping[str, frozenset[str]] = field(default_factory=dict)

    @property
    def names(self) -> frozenset[str]:
        """Every field that may be given at all."""
        return self.whole | self.adds | frozenset(self.edits)


def ways_of(branches: Sequence[Branch]) -> Ways:
    """Return how data may be given through any of these branches."""
    edits: dict[str, frozenset[str]] = {}
    for branch in branches:
        for name, columns in branch.edits.items():
            edits[name] = edits.get(name, frozenset()) | frozenset(columns)
    return Ways(
        whole=frozenset(n for b in branches for n in (*b.definition.asks, *b.definition.may)),
        adds=frozenset(n for b in branches for n in b.definition.adds),
        edits=edits,
    )


def read_data(data: Data, ways: Ways, facts: Facts, *, clear: bool = False) -> Given:
    """Parse a move's data and merge it into the case's fields.

    Args:
        data: what was given.
        ways: how each field may be given.
        facts: of the case before the data.
        clear: None may unset a field (amendments, corrections).
    """
    given = Given(fields=dict(facts.fields))
    for name, raw in data.items():
        part = facts.workflow.fields.get(name)
        if part is None or name not in ways.names:
            known = sorted(ways.names)
            could = Text(names_of(facts, known).zh, ", ".join(known)) or words.NONE
            refused = said(words.NOT_ASKED, name=name, names=could)
            given.reasons.add("move.field", refused, names=[name])
            continue
        if raw is None and clear:
            given.fields.pop(name, None)
            given.names.add(name)
            continue
        try:
            given.fields[name] = _value(name, raw, ways, facts)
            given.names.add(name)
        except BadValue as error:
            told = label_or_id(facts, name)
            refused = said(words.BAD_VALUE, field=told, wrong=error.words)
            given.reasons.add("move.field", refused, names=[name])
    for name, wrong in settle(given.fields, given.names, facts):
        refused = said(words.BAD_VALUE, field=label_or_id(facts, name), wrong=wrong)
        given.reasons.add("move.field", refused, names=[name])
    return given


def _value(name: str, raw: object, ways: Ways, facts: Facts) -> Plain:
    part = facts.workflow.fields[name]
    day, world = facts.today, facts.world
    if part.type is not FieldType.LIST:
        return parse_value(part, raw, world, day=day)
    old: list[Any] = list(facts.fields.get(name, []))  # type: ignore[arg-type]
    if name in ways.edits and isinstance(raw, dict) and _numbered(raw):
        return _edited(name, raw, old, ways, facts)
    if name in ways.whole and isinstance(raw, list):
        return parse_value(part, raw, world, day=day)
    if name in ways.adds:
        rows = raw if isinstance(raw, list) else [raw]
        start = len(old) + 1
        return old + [
            parse_item(part, r, world, day=day, place=start + n) for n, r in enumerate(rows)
        ]
    raise BadValue(said(words.MUST_BE_WHOLE if name in ways.whole else words.MUST_BE_EDITS))


def _numbered(raw: dict[Any, Any]) -> bool:
    return bool(raw) and all(_PLACE.fullmatch(str(key)) for key in raw)


def _edited(name: str, raw: dict[Any, Any], old: list[Any], ways: Ways, facts: Facts) -> list[Any]:
    part = facts.workflow.fields[name]
    new = [dict(item) for item in old]
    for key, changes in raw.items():
        place = int(str(key))
        if not 1 <= place <= len(new):
            raise BadValue(said(words.NO_ITEM, place=place, count=len(new)))
        parsed = parse_item(part, changes, facts.world, day=facts.today, place=place, partly=True)
        odd = sorted(parsed.keys() - ways.edits[name])
        if odd:
            allowed = "、".join(sorted(ways.edits[name]))
            raise BadValue(said(words.ONLY_THESE, columns=allowed, column_id=odd[0]))
        new[place - 1].update(parsed)
    return new
