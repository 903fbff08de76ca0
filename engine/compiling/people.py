"""Reads the people that data name: registered ones by id or name, others by name alone.

Source:
    language.md 8, ``person``.
"""

import difflib
from collections.abc import Mapping
from typing import Any

from engine.case.ids import IN_CASE, wrong_name
from engine.case.text import Text, said
from engine.case.values import Plain, World
from engine.compiling import words_of_people as words
from engine.compiling.bad import BadValue
from engine.language.parts import FieldDef
from engine.language.people import OFFICE, OUTSIDE

ANOTHER = IN_CASE
"""The id of somebody who is none of those whom the case knows by this name."""


def parse_person(part: FieldDef, raw: object, world: World) -> Plain:
    """Return a person who was named, in a form that the case can settle.

    Args:
        part: the field or column; its ``of`` says who may stand there.
        raw: an id or a name, or ``{id, name}`` with one of them or both.
        world: the registered people whom the data name.

    Returns:
        The id of somebody registered. For others ``{id, name}``: with an id of the case
        (``#1``), with ``#`` for one more of that name, with "" where a bare name was given;
        ``{name}`` for somebody who is not registered; ``{id}`` where the name was left out.

    Raises:
        BadValue: with what would be right.
    """
    given = _given(raw)
    if part.of == OFFICE:
        return _registered(given, world.people)
    known = given.get("id") or ("" if "id" in given else None)
    if part.of != OUTSIDE and known and known in world.people:
        return known
    if known and not known.startswith(IN_CASE):
        if part.of == OUTSIDE:
            raise BadValue(said(words.NOT_IN_CASE, id=known))
        return _registered({"id": known}, world.people)
    return _outside(part, given, world)


def _outside(part: FieldDef, given: dict[str, str], world: World) -> Plain:
    name = given.get("name", "")
    if part.of != OUTSIDE and given.get("id") == "" and name in world.people:
        return name
    if name and (why := wrong_name(name)):
        raise BadValue(why)
    if not name and given.get("id") in {None, "", ANOTHER}:
        raise BadValue(words.NO_PERSON)
    return {key: value for key, value in given.items() if value or key == "id"}


def _given(raw: object) -> dict[str, str]:
    """Return what was given as ``{id, name}``; a bare text has the id ""."""
    if isinstance(raw, str):
        text = raw.strip()
        given: dict[Any, Any] = {"id": text} if text[:1] == IN_CASE else {"id": "", "name": text}
    elif isinstance(raw, dict):
        given = {key: one.strip() if isinstance(one, str) else one for key, one in raw.items()}
    else:
        given = {}
    if not given or given.keys() - {"id", "name"}:
        raise BadValue(words.NO_PERSON)
    if not all(isinstance(one, str) for one in given.values()):
        raise BadValue(words.NO_PERSON)
    return given


def _registered(given: Mapping[str, str], people: Mapping[str, str]) -> str:
    """Return the id of somebody registered, named by id or by the name shown.

    Raises:
        BadValue: nobody is called so, naming who is called nearly so, or several are.
    """
    text = given.get("id") or given.get("name", "")
    if text in people:
        return text
    if text.startswith(IN_CASE):
        raise BadValue(said(words.ONLY_OFFICE, id=text))
    if not text:
        raise BadValue(words.NO_PERSON)
    named = called(text, people)
    if len(named) == 1:
        return named[0]
    if named:
        raise BadValue(said(words.SAME_NAME, name=text, people=told(named, people)))
    wrong = said(words.NOBODY_SO_CALLED, person=text)
    near = nearest(text, people)
    raise BadValue(said(words.NEAREST, wrong=wrong, nearest=told(near, people)) if near else wrong)


def called(name: str, people: Mapping[str, str]) -> list[str]:
    """Return the ids of those registered whose name shown is this one, sorted."""
    return sorted(one for one, shown in people.items() if shown == name)


def nearest(text: str, people: Mapping[str, str]) -> list[str]:
    """Return whose id or name is written nearly so, at most one name; several may bear it."""
    among = {**dict.fromkeys(people.values(), ""), **dict.fromkeys(people, "")}
    found = difflib.get_close_matches(text, among, n=1)
    return sorted(one for one, shown in people.items() for word in found if word in {one, shown})


def told(ids: list[str], people: Mapping[str, str]) -> list[Text]:
    """Return people for a sentence: the id, and the name where it is another word."""
    return [
        Text(one, one) if people[one] == one else said(words.PERSON, id=one, name=people[one])
        for one in ids
    ]
