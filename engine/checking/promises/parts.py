"""Checks promises about the vocabulary: required keys, and what a list of persons may hold."""

from collections.abc import Iterator, Mapping
from itertools import pairwise
from typing import Any

from engine.case.text import said
from engine.checking.promises import words_of_breaches as words
from engine.checking.promises.breach import Breaches
from engine.checking.promises.view import View, tags_of
from engine.compiling.plan import Branch
from engine.facts.origins import rests_on
from engine.facts.reading import base_fields
from engine.language.cel import Expression
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef
from engine.language.promises import (
    EveryPromise,
    KindPromise,
    ListPromise,
    PersonsPromise,
    UniquePromise,
)
from engine.language.reader import Path
from engine.language.scan import Token, tokens

IN_CASE = "in_case"


def check_every(view: View, promise: EveryPromise) -> None:
    """Note every part of a section that lacks a required key."""
    notes = Breaches(view, promise)
    for path, part in _section(view, promise.every):
        for key in promise.needs:
            if not getattr(part, f"{key}_", None) and not getattr(part, key, None):
                name = path[-1] if isinstance(path[-1], str) else path[-2]
                notes.add(path, said(words.KEY_MISSING, name=name, key=key))


def _section(view: View, section: str) -> Iterator[tuple[Path, Any]]:
    if section == "moves":
        yield from ((arrow.path, arrow.branch.definition) for arrow in view.arrows)
    elif section == "clocks":
        for name, clock in view.workflow.clocks.items():
            for case in clock.variants:
                yield ("clocks", name), case.definition
    else:
        for name, part in getattr(view.rule, section).items():
            yield (section, name), part


def check_list(view: View, promise: ListPromise) -> None:
    """Note lists that lack a column, hold one that is not allowed, or are read too far."""
    notes = Breaches(view, promise)
    names = _lists(view, promise.list_)
    if not names and promise.list_ != IN_CASE:
        notes.nothing_means("fields", (promise.list_,))
    for name in names:
        part = view.rule.fields[name]
        inner = part.columns
        for tag in promise.has:
            if not any(tag in tags_of(one) and not one.optional for one in inner.values()):
                notes.add(("fields", name), said(words.COLUMN_MISSING, name=name, tag=tag))
        if promise.columns:
            for column in _others(inner, promise.columns):
                told = said(words.COLUMN_FORBIDDEN, name=name, column=column)
                notes.add(("fields", name, "of", column), told)
        if promise.reads:
            _check_reads(view, name, _others(inner, promise.reads), notes)


def _lists(view: View, word: str) -> list[str]:
    if word != IN_CASE:
        return view.tagged("fields", [word])
    paths = [role.in_case for role in view.rule.roles.values() if role.in_case]
    named, fields = base_fields(view.workflow, paths), view.rule.fields.items()
    return [name for name, part in fields if name in named and part.type is FieldType.LIST]


def _others(inner: Mapping[str, FieldDef], tags: tuple[str, ...]) -> list[str]:
    """Return the columns that are neither persons nor of one of the tags."""
    wanted = set(tags)
    return [
        n
        for n, one in inner.items()
        if one.type is not FieldType.PERSON and not wanted & tags_of(one)
    ]


def _check_reads(view: View, name: str, columns: list[str], notes: Breaches) -> None:
    """Note expressions over the list that name one of the columns, as ``.x`` or as a text."""
    for path, expression in _expressions(view):
        if not {name, f"before.{name}"} & set(expression.names):
            continue
        read = _accessed(tokens(expression.source))
        for column in columns:
            if column in read:
                notes.add(path, said(words.COLUMN_READ, name=name, column=column))


def _accessed(stream: list[Token]) -> set[str]:
    found = {one.text.strip("'\"") for one in stream if one.kind == "text"}
    pairs = pairwise(stream)
    return found | {after.text for before, after in pairs if before.text == "."}


def _expressions(view: View) -> Iterator[tuple[Path, Expression]]:
    """Yield what guards and tables read: guard lines, rules' conditions, facts behind them."""
    for name, fact in view.workflow.facts.items():
        yield ("facts", name, "is"), fact
    for arrow in view.arrows:
        for line in arrow.branch.guard:
            yield (*arrow.path, "when"), line.ask
    for name, table in view.workflow.tables.items():
        for place, rule in enumerate(table.rules):
            for condition in rule.conditions:
                yield ("tables", name, "rules", place, "if"), condition


def check_persons(view: View, promise: PersonsPromise) -> None:
    """Note counts over persons, catalogue rows and fields that name them."""
    notes = Breaches(view, promise)
    persons = {name for name, part in view.rule.fields.items() if _holds_person(part)}
    for name in sorted(persons) if "fields" in promise.persons_never else ():
        notes.add(("fields", name), said(words.HOLDS_PERSONS, name=name))
    if "counts" in promise.persons_never:
        for name, count in view.rule.counts.items():
            if persons & set(count.where.values()):
                notes.add(("counts", name), said(words.COUNTS_PERSONS, name=name))
    if "publishes" in promise.persons_never:
        for arrow in view.arrows:
            if _published(view, arrow.branch) & {*persons, "actor"}:
                notes.add_move(arrow, words.PUBLISHES_PERSON)


def _holds_person(part: FieldDef) -> bool:
    return any(one.type is FieldType.PERSON for one in (part, *part.columns.values()))


def _published(view: View, branch: Branch) -> set[str]:
    """Return the names that a published row reads, through derived facts too."""
    names = [
        name
        for key, value in branch.values.items()
        if key[0] == "publishes" and isinstance(value, Expression)
        for name in value.names
    ]
    return {*rests_on(view.workflow, names, tables=False)}


def check_unique(view: View, promise: UniquePromise) -> None:
    """Note a file that allows two cases of one key; a key is a name, or the tag of a field."""
    keyed = [_key(view, name, promise.unique) for name in view.rule.unique]
    if sorted(keyed) != sorted(promise.unique):
        told = said(words.MUST_BE_UNIQUE, keys=", ".join(promise.unique))
        Breaches(view, promise).add(("unique",), told)


def _key(view: View, name: str, wanted: tuple[str, ...]) -> str:
    """Return what a key is called in a promise: the field's tag where that is what it names."""
    tags = tags_of(view.rule.fields.get(name)) & set(wanted)
    return name if name in wanted else min(tags, default=name)


def check_kind(view: View, promise: KindPromise) -> None:
    """Note a kind that no pack is named for: a misspelt kind would escape its rules."""
    kind = view.rule.kind
    if kind is not None and kind not in view.kinds:
        known = ", ".join(sorted(view.kinds))
        told = said(words.NO_KIND, kind=kind, known=known)
        Breaches(view, promise).add(("kind",), told)
