"""Reads the text of a compiled expression as a formula; what it cannot decide stays opaque.

The text compiled before, so it is well formed. Nothing here knows more than the fragment of
docs/soundness.md; any other part becomes a key ``?text`` that may be true or false.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.checking.meaning.logic import (
    Env,
    Formula,
    Truth,
    Value,
    conditional,
    conjunction,
    constant,
    disjunction,
    negation,
)
from engine.checking.meaning.pieces import (
    NOTHING,
    closes_at,
    colon_of,
    first_of,
    literal_of,
    name_of,
    split_at,
)
from engine.compiling.plan import Workflow
from engine.language.kinds import KINDS, FieldType
from engine.language.parts import FieldDef
from engine.language.scan import Token, scan, tokens

_COMPARES: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt,
    "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_LAZY = frozenset({"&&", "||", "?"})
CONTAINS = "?in "
"""Begins the key of ``'option' in field``: outside the fragment for moves, not for tables."""


class Reader:
    """Formulas over one workflow's names.

    Attributes:
        words: by key the literals it is compared with, for its domain.
    """

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow
        self.words: dict[str, set[Value]] = {}
        self._known: dict[str, Formula] = {}

    def read(self, source: str) -> Formula:
        """Return the formula of a text that is a boolean expression."""
        if source not in self._known:
            self._known[source] = self._parse(tokens(source))
        return self._known[source]

    def _parse(self, part: Sequence[Token]) -> Formula:
        if (place := first_of(part, ("?",))) is not None:
            colon = colon_of(part, place)
            inner = (part[:place], part[place + 1 : colon], part[colon + 1 :])
            return conditional(*(self._parse(one) for one in inner))
        for word, join in (("||", disjunction), ("&&", conjunction)):
            pieces = split_at(part, word)
            if len(pieces) > 1:
                return join([self._parse(one) for one in pieces])
        if first_of(part, (*_COMPARES, "in")) is not None:
            return self._comparison(part)
        if part[0].text == "!":
            return negation(self._parse(part[1:]))
        if part[0].text == "(" and closes_at(part) == len(part) - 1:
            return self._parse(part[1:-1])
        return self._word(part)

    def _word(self, part: Sequence[Token]) -> Formula:
        name = name_of(part)
        if name in {"true", "false"}:
            return constant(name == "true")
        if name in self.workflow.facts:
            inner = self._fact(name)
            return Formula(ask=inner.ask, keys=inner.keys, facts=(inner,))
        if name.startswith("filled."):
            key = name.removeprefix("filled.")
            return Formula(ask=lambda env: env[key] is not None, keys=frozenset({key}))
        if self._type(name) is FieldType.BOOLEAN:
            return Formula(ask=lambda env: env[name] is True, keys=frozenset({name}))
        return self._opaque(part)

    def _fact(self, name: str) -> Formula:
        source = self.workflow.facts[name].source
        if self.workflow.facts[name].kind == "boolean":
            return self.read(source)
        if source not in self._known:
            self._known[source] = self._opaque(tokens(source))
        return self._known[source]

    def _type(self, name: str) -> FieldType | None:
        """Return the type a key is decided by, None for names outside the fragment."""
        if name == "state" or name.startswith("taken."):
            return FieldType.CHOICE if name == "state" else FieldType.INTEGER
        part = self.workflow.fields.get(name.removeprefix("before."))
        if part is None or part.many or part.kind.literal is None:
            return None
        return part.type

    def _comparison(self, part: Sequence[Token]) -> Formula:
        place = first_of(part, (*_COMPARES, "in"))
        left, word, right = part[:place], part[place or 0].text, part[(place or 0) + 1 :]
        if word == "in":
            return self._member(part, left, right)
        if literal_of(left) is not NOTHING:
            left, right, word = right, left, _TURNED.get(word, word)
        name, wanted = name_of(left), literal_of(right)
        if wanted is NOTHING or not self._fits(name, [wanted]):
            return self._opaque(part)
        compare = _COMPARES[word]
        return self._decided(name, [wanted], lambda value: compare(value, wanted))

    def _member(
        self, part: Sequence[Token], left: Sequence[Token], right: Sequence[Token]
    ) -> Formula:
        name, listed = name_of(left), name_of(right)
        if listed and self._is_choices(listed) and isinstance(literal_of(left), str):
            key = f"{CONTAINS}{listed}∋{literal_of(left)}"
            return Formula(ask=lambda env: bool(env[key]), keys=frozenset({key}))
        if right[0].text != "[" or right[-1].text != "]":
            return self._opaque(part)
        wanted = [literal_of(one) for one in split_at(right[1:-1], ",")]
        if NOTHING in wanted or not self._fits(name, wanted):
            return self._opaque(part)
        return self._decided(name, wanted, lambda value: value in wanted)

    def _is_choices(self, name: str) -> bool:
        part = self.workflow.fields.get(name)
        return part is not None and part.type is FieldType.CHOICE and part.many

    def _fits(self, name: str, wanted: Sequence[Any]) -> bool:
        type_ = self._type(name)
        kind = KINDS[type_].literal if type_ is not None else None
        return kind is not None and all(type(one) is kind for one in wanted)

    def _decided(self, name: str, wanted: Sequence[Any], holds: Callable[[Any], bool]) -> Formula:
        self.words.setdefault(name.removeprefix("before."), set()).update(wanted)
        keys = frozenset({name})
        if self._type(name) is FieldType.BOOLEAN:
            return Formula(ask=lambda env: holds(env[name] is True), keys=keys)

        def ask(env: Env) -> Truth:
            value = env[name]
            return None if value is None else holds(value)

        reads = keys & self.workflow.fields.keys()
        return Formula(ask=ask, keys=keys, reads=reads)

    def _opaque(self, part: Sequence[Token]) -> Formula:
        """Return a part that may say anything, but nothing while a plain field it needs is unset.

        Only a part without ``&&``, ``||``, ``?`` and list macros surely needs what it reads.
        """
        key = f"?{' '.join(token.text for token in part)}"
        seen = scan(key[1:], self.workflow.variables, {})
        lazy = seen.macros or "has" in seen.functions or any(t.text in _LAZY for t in part)
        needs = frozenset() if lazy else frozenset(n for n in seen.names if self._can_lack(n))
        facts = () if lazy else self._facts(seen.names)

        def ask(env: Env) -> Truth:
            if any(env[name] is None for name in needs):
                return None
            if any(fact.ask(env) is None for fact in facts):
                return None
            return bool(env[key])

        inner = frozenset().union(*(fact.keys for fact in facts))
        fields = needs & self.workflow.fields.keys()
        return Formula(ask=ask, keys=needs | inner | {key}, reads=fields, facts=facts)

    def _facts(self, names: set[str]) -> tuple[Formula, ...]:
        return tuple(self._fact(name) for name in sorted(names & self.workflow.facts.keys()))

    def _can_lack(self, name: str) -> bool:
        part = self.workflow.fields.get(name.removeprefix("before."))
        return part is not None and can_lack(part)


def can_lack(part: FieldDef) -> bool:
    """Tell whether a field reads as unknown while unset; flags and lists have a default."""
    return part.unset is None
