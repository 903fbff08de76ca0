"""Chooses few values for each field: one for each kind that guards can distinguish."""

from collections.abc import Iterable
from typing import assert_never

from engine.checking.meaning.fillers import brought, every_rule
from engine.checking.meaning.logic import Value
from engine.checking.meaning.parse import Reader
from engine.compiling.plan import Literal, Workflow
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef

FULL = "set"
"""Stands for any value of a field of which only whether it is filled can be read."""
_LARGEST = 2**53 - 1


class Domains:
    """The values to try by key; made after every guard was read, for guards decide them."""

    def __init__(self, workflow: Workflow, reader: Reader) -> None:
        self.workflow, self.reader = workflow, reader
        self._brought = brought(workflow) | _worked_out(workflow)
        self._set = _literals_set(workflow)
        self._given: dict[str, tuple[Value, ...]] = {}
        self._known: dict[str, tuple[Value, ...]] = {}

    def given(self, name: str) -> tuple[Value, ...]:
        """Return what a move may bring for a field: one value of each kind."""
        if name not in self._given:
            self._given[name] = self._values(name)
        return self._given[name]

    def _values(self, name: str) -> tuple[Value, ...]:
        part = self.workflow.fields[name]
        words = self.reader.words.get(name, set()) | self._set.get(name, set())
        if part.many:
            return (FULL,)
        match part.type:
            case FieldType.BOOLEAN:
                return (False, True)
            case FieldType.CHOICE:
                return tuple(_one_other(part.options or {}, words))
            case FieldType.INTEGER:
                return tuple(_regions(part, words))
            case (
                FieldType.TEXT | FieldType.DECIMAL | FieldType.MONEY | FieldType.DATE
                | FieldType.MOMENT | FieldType.PERSON | FieldType.UNIT | FieldType.CASE
                | FieldType.ITEM | FieldType.FILE | FieldType.LIST
            ):  # fmt: skip
                return (FULL,)
            case _:
                assert_never(part.type)

    def all_of(self, key: str) -> tuple[Value, ...]:
        """Return every value a key may have at any time; None is unset."""
        if key not in self._known:
            self._known[key] = self._all(key)
        return self._known[key]

    def _all(self, key: str) -> tuple[Value, ...]:
        if key.startswith("?"):
            return (False, True)
        if key.startswith("taken."):
            return tuple(range(self.most_taken(key) + 1))
        name = key.removeprefix("before.")
        given = self.given(name) if name in self._brought else ()
        return (None, *dict.fromkeys((*given, *sorted(self._set.get(name, ()), key=str))))

    def most_taken(self, key: str) -> int:
        """Return the count from which on guards make no difference."""
        words = [word for word in self.reader.words.get(key, ()) if isinstance(word, int)]
        return max([0, *words]) + 1


def _one_other(options: Iterable[str], words: set[Value]) -> list[str]:
    """Return the options that are named somewhere and one that is not: the rest are alike."""
    named = [word for word in options if word in words]
    return named + [word for word in options if word not in words][:1]


def _regions(part: FieldDef, words: set[Value]) -> list[int]:
    """Return each literal and one number from every gap beside and between them."""
    low = -_LARGEST if part.min is None else int(part.min)
    high = _LARGEST if part.max is None else int(part.max)
    marks = sorted(word for word in words if isinstance(word, int))
    near = {near for mark in marks for near in (mark - 1, mark, mark + 1)} or {low, 0}
    inside = sorted(number for number in near | {low, high} if low <= number <= high)
    kept: dict[tuple[int, bool], int] = {}
    for number in inside:
        below = sum(mark < number for mark in marks)
        kept.setdefault((below, number in marks), number)
    return list(kept.values())


def _literals_set(workflow: Workflow) -> dict[str, set[Value]]:
    found: dict[str, set[Value]] = {}
    for branch in every_rule(workflow):
        for name, value in branch.sets:
            if isinstance(value, Literal):
                word = as_key(workflow.fields[name], value.value)
                found.setdefault(name, set()).add(word)
    return found


def _worked_out(workflow: Workflow) -> set[str]:
    """Return the fields that an expression sets: they may get any value."""
    return {
        name
        for branch in every_rule(workflow)
        for name, value in branch.sets
        if not isinstance(value, Literal)
    }


def as_key(part: FieldDef, value: object) -> Value:
    """Return a literal as the checker keeps it for this field."""
    plain = part.kind.literal is not None and not part.many
    return value if plain and isinstance(value, (bool, int, str)) else FULL
