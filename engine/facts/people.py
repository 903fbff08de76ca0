"""Settles who is meant by the people that data name: two of one name in a case are two.

Who is not registered is kept as ``{id: '#1', name}``, numbered in the case; everybody else as
the id alone. What a case already knows of a name is asked only where everybody may know it who
reads the field that is filled: else a number would tell that a name stands in a hidden field.

Source:
    language.md 8, ``person``.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any, get_args

from engine.case.ids import IN_CASE
from engine.case.text import Text, said
from engine.case.values import Data, Plain
from engine.compiling import words_of_people as words
from engine.compiling.bad import BadValue
from engine.compiling.people import ANOTHER, called, told
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef, Privacy
from engine.language.people import ANY, OUTSIDE

_RANKS = {name: place for place, name in enumerate(get_args(Privacy))}
_OWN = re.compile(rf"{IN_CASE}(?:\w+\.)?([1-9][0-9]*)")


def person_id(value: Any) -> str:
    """Return the id by which a kept person is known: of the office, or of the case."""
    return str(value["id"]) if isinstance(value, dict) else str(value)


def in_case(workflow: Workflow, fields: Data) -> dict[str, str]:
    """Return by id the names of those in a case's fields who are not registered."""
    return {
        value["id"]: value["name"]
        for name, part in workflow.fields.items()
        for _column, value in _people(part, fields.get(name))
        if isinstance(value, dict)
    }


def registered_in(workflow: Workflow, fields: Data) -> set[str]:
    """Return the ids in a case's person fields that may be of somebody registered."""
    return {
        str(value)
        for name, part in workflow.fields.items()
        for _column, value in _people(part, fields.get(name))
        if not isinstance(value, dict)
    }


def restored(part: FieldDef, value: Any, people: Mapping[str, str], mark: str = "") -> Any:
    """Return a value with the names of those of one case, who are seen by id in expressions.

    Args:
        part: the field.
        value: plain.
        people: names by id, as ``in_case`` gives them.
        mark: put after each id, where the value goes to another case with numbers of its own.
    """
    if part.type is FieldType.LIST and isinstance(value, list):
        return [
            {n: restored(part.columns[n], one, people, mark) if n in part.columns else one
             for n, one in row.items()} if isinstance(row, dict) else row
            for row in value
        ]  # fmt: skip
    if part.type is not FieldType.PERSON:
        return value
    if isinstance(value, list):
        return [restored(part, one, people, mark) for one in value]
    if isinstance(value, dict):
        return {**value, "id": f"{value['id']}{mark}"} if "id" in value else value
    if value in people:
        return {"id": f"{value}{mark}", "name": people[value]}
    return value


def settle(fields: dict[str, Any], names: set[str], facts: Facts) -> Iterator[tuple[str, Text]]:
    """Settle in place who is meant in fields that were given; yield what cannot be settled.

    Args:
        fields: of the case with the move's data merged in, as ``parse_person`` left them.
        names: the fields that were given.
        facts: of the case before the data.
    """
    known = _Known(facts)
    for name, part in facts.workflow.fields.items():
        if name not in names & fields.keys() or not any(
            _open(one) for one in (part, *part.columns.values())
        ):
            continue
        try:
            fields[name] = _settled(fields[name], name, part, known)
        except BadValue as error:
            yield name, error.words


def _settled(value: Any, name: str, part: FieldDef, known: "_Known") -> Any:
    """Return a field's value with everybody settled who was named."""
    if not part.columns:
        found = _column(value if part.many else [value], name, "", part, known)
        return found if part.many else found[0]
    rows = [dict(row) for row in value]
    for column, inner in part.columns.items():
        if not _open(inner):
            continue
        having = [row for row in rows if column in row]
        cells = [row[column] for row in having]
        if inner.many:
            for row in having:
                row[column] = _column(row[column], name, column, inner, known)
            continue
        for row, cell in zip(having, _column(cells, name, column, inner, known), strict=True):
            row[column] = cell
    return rows


def _column(
    values: list[Any], name: str, column: str, part: FieldDef, known: "_Known"
) -> list[Any]:
    place = known.enter(name, column, values)
    return [known.settled(one, place, part) if isinstance(one, dict) else one for one in values]


def _open(part: FieldDef) -> bool:
    return part.type is FieldType.PERSON and part.of in (OUTSIDE, ANY)


def _people(part: FieldDef, value: Any) -> Iterator[tuple[str, Any]]:
    """Yield the people a field holds, each with its column; "" for the field itself."""
    if value is None:
        return
    if part.columns:
        for column, inner in part.columns.items():
            for row in value:
                for _none, one in _people(inner, row.get(column)):
                    yield column, one
    elif part.type is FieldType.PERSON:
        for one in value if isinstance(value, list) else [value]:
            yield "", one


class _Place:
    """One field or column while it is settled, and who stood there before."""

    def __init__(self, name: str, column: str, free: dict[str, str]) -> None:
        self.name, self.column, self.free = name, column, free


class _Known:
    """The people a case knows, by where they stand first, and the numbers it has drawn."""

    def __init__(self, facts: Facts) -> None:
        self.workflow, self.registered = facts.workflow, facts.world.people
        self.names: dict[str, str] = {}
        self.places = {
            (name, column): n
            for n, (name, column) in enumerate(
                (name, column)
                for name, part in self.workflow.fields.items()
                for column in ("", *part.columns)
            )
        }
        self.stands: dict[str, set[tuple[str, str]]] = {}
        self.plain: dict[tuple[str, str], set[str]] = {}
        self.before: dict[tuple[str, str], dict[str, str]] = {}
        self.drawn: dict[str, str] = {}
        for name, part in self.workflow.fields.items():
            for column, value in _people(part, facts.fields.get(name)):
                self._note(name, column, value)

    def _note(self, name: str, column: str, value: Any) -> None:
        if not isinstance(value, dict):
            self.plain.setdefault((name, column), set()).add(str(value))
            return
        one = value["id"]
        self.names.setdefault(one, value["name"])
        self.stands.setdefault(one, set()).add((name, column))
        self.before.setdefault((name, column), {})[one] = value["name"]

    def _home(self, one: str) -> tuple[str, str]:
        """Return where somebody is listed: the first such place of the file; elsewhere is meant."""
        return min(self.stands[one], key=self.places.__getitem__)

    def enter(self, name: str, column: str, values: list[Any]) -> _Place:
        """Return a place; who stood there and is not among the values may be named again."""
        stays = {one.get("id") for one in values if isinstance(one, dict)}
        before = self.before.get((name, column), {})
        return _Place(name, column, {i: n for i, n in before.items() if i not in stays})

    def settled(self, given: dict[str, str], place: _Place, part: FieldDef) -> Plain:
        """Return who is meant, as the case keeps it, and note that he stands there.

        Raises:
            BadValue: an id that nobody here has, or a name that several have.
        """
        one, name = given.get("id"), given.get("name", "")
        if one in self.names and self._is_open(one, place):
            return self._put(one, name or self.names[one], place)
        if one in self.drawn:
            return self._put(self.drawn[one], self.names[self.drawn[one]], place)
        if one and not name:
            raise BadValue(said(words.NOT_IN_CASE, id=one))
        found = "" if one == ANOTHER else self._named(name, place, part, bare=one == "")
        if found and found not in self.names:
            return found
        found = found or self._draw(name, place)
        if one and one != ANOTHER:
            self.drawn[one] = found
        return self._put(found, name, place)

    def _put(self, one: str, name: str, place: _Place) -> Plain:
        self.stands[one].add((place.name, place.column))
        return {"id": one, "name": name}

    def _named(self, name: str, place: _Place, part: FieldDef, *, bare: bool) -> str:
        """Return the id of whom the case knows by this name; "" for somebody new."""
        own = next((one for one, n in place.free.items() if n == name), "")
        if own:
            del place.free[own]
            return own
        if bare and self._was_plain(name, place):
            return name
        here = (place.name, place.column)
        among = {
            one: n for one, n in self.names.items()
            if n == name and self._home(one) != here and self._is_open(one, place)
        }  # fmt: skip
        if bare and part.of == ANY:
            office = called(name, self.registered)
            if office and not among:
                people = told(office, self.registered)
                raise BadValue(said(words.CHOOSE, name=name, people=people))
            among |= dict.fromkeys(office, name)
        if len(among) > 1:
            raise BadValue(said(words.SAME_NAME, name=name, people=sorted(among)))
        return next(iter(among), "")

    def _was_plain(self, name: str, place: _Place) -> bool:
        """Tell whether the case knows somebody by this bare text, from before files said ``of``."""
        return any(
            name in texts and self._may_tell(where, place)
            for (where, _), texts in self.plain.items()
        )

    def _is_open(self, one: str, place: _Place) -> bool:
        return any(self._may_tell(name, place) for name, _column in self.stands[one])

    def _may_tell(self, home: str, place: _Place) -> bool:
        """Tell whether whoever reads the place may also know who stands in another field."""
        if home == place.name:
            return True
        apart = self._apart(home) or self._apart(place.name)
        return not apart and self._rank(home) <= self._rank(place.name)

    def _rank(self, name: str) -> int:
        return _RANKS[self.workflow.fields[name].privacy or "internal"]

    def _apart(self, name: str) -> bool:
        """Tell whether a field has readers of its own."""
        part = self.workflow.fields[name]
        return part.seal is not None or bool(part.seal_to)

    def _draw(self, name: str, place: _Place) -> str:
        """Number somebody new; a field with readers of its own has numbers of its own."""
        head = f"{IN_CASE}{place.name}." if self._apart(place.name) else IN_CASE
        taken = [
            int(found[1]) for one in self.names
            if (found := _OWN.fullmatch(one)) and one == f"{head}{found[1]}"
        ]  # fmt: skip
        new = f"{head}{max(taken, default=0) + 1}"
        self._note(place.name, place.column, {"id": new, "name": name})
        return new
