"""Reads the text of a compiled expression as a formula; what it cannot decide stays opaque.

The text compiled before, so it is well formed. Nothing here knows more than the fragment of
docs/soundness.md; any other part becomes a key ``?text`` that may be true or false.
"""

import operator
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from engine.expressions.scan import Token, scan, tokens
from engine.meaning.logic import (
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
from engine.plan import Workflow

_COMPARES: Mapping[str, Callable[[Any, Any], bool]] = {
    "==": operator.eq, "!=": operator.ne, "<": operator.lt,
    "<=": operator.le, ">": operator.gt, ">=": operator.ge,
}  # fmt: skip
_TURNED = {"<": ">", "<=": ">=", ">": "<", ">=": "<="}
_LAZY = frozenset({"&&", "||", "?"})
NOTHING = object()


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
        if (place := _first(part, ("?",))) is not None:
            colon = _colon(part, place)
            inner = (part[:place], part[place + 1 : colon], part[colon + 1 :])
            return conditional(*(self._parse(one) for one in inner))
        for word, join in (("||", disjunction), ("&&", conjunction)):
            pieces = _split(part, word)
            if len(pieces) > 1:
                return join([self._parse(one) for one in pieces])
        if _first(part, (*_COMPARES, "in")) is not None:
            return self._comparison(part)
        if part[0].text == "!":
            return negation(self._parse(part[1:]))
        if part[0].text == "(" and _closes(part) == len(part) - 1:
            return self._parse(part[1:-1])
        return self._word(part)

    def _word(self, part: Sequence[Token]) -> Formula:
        name = _name(part)
        if name in {"true", "false"}:
            return constant(name == "true")
        if name in self.workflow.facts:
            inner = self._fact(name)
            return Formula(ask=inner.ask, keys=inner.keys, facts=(inner,))
        if name.startswith("filled."):
            key = name.removeprefix("filled.")
            return Formula(ask=lambda env: env[key] is not None, keys=frozenset({key}))
        if self._type(name) == "boolean":
            return Formula(ask=lambda env: env[name] is True, keys=frozenset({name}))
        return self._opaque(part)

    def _fact(self, name: str) -> Formula:
        source = self.workflow.facts[name].source
        if self.workflow.facts[name].kind == "boolean":
            return self.read(source)
        if source not in self._known:
            self._known[source] = self._opaque(tokens(source))
        return self._known[source]

    def _type(self, name: str) -> str:
        """Return the type a key is decided by, "" for names outside the fragment."""
        if name == "state" or name.startswith("taken."):
            return "choice" if name == "state" else "integer"
        part = self.workflow.fields.get(name.removeprefix("before."))
        if part is None or part.many:
            return ""
        return part.type if part.type in {"boolean", "choice", "integer"} else ""

    def _comparison(self, part: Sequence[Token]) -> Formula:
        place = _first(part, (*_COMPARES, "in"))
        left, word, right = part[:place], part[place or 0].text, part[(place or 0) + 1 :]
        if word == "in":
            return self._member(part, left, right)
        if _literal(left) is not NOTHING:
            left, right, word = right, left, _TURNED.get(word, word)
        name, wanted = _name(left), _literal(right)
        if wanted is NOTHING or not self._fits(name, [wanted]):
            return self._opaque(part)
        compare = _COMPARES[word]
        return self._decided(name, [wanted], lambda value: compare(value, wanted))

    def _member(
        self, part: Sequence[Token], left: Sequence[Token], right: Sequence[Token]
    ) -> Formula:
        name = _name(left)
        if right[0].text != "[" or right[-1].text != "]":
            return self._opaque(part)
        wanted = [_literal(one) for one in _split(right[1:-1], ",")]
        if NOTHING in wanted or not self._fits(name, wanted):
            return self._opaque(part)
        return self._decided(name, wanted, lambda value: value in wanted)

    def _fits(self, name: str, wanted: Sequence[Any]) -> bool:
        kinds = {"boolean": bool, "integer": int, "choice": str}
        kind = kinds.get(self._type(name))
        return kind is not None and all(type(one) is kind for one in wanted)

    def _decided(self, name: str, wanted: Sequence[Any], holds: Callable[[Any], bool]) -> Formula:
        self.words.setdefault(name.removeprefix("before."), set()).update(wanted)
        keys = frozenset({name})
        if self._type(name) == "boolean":
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


def can_lack(part: Any) -> bool:
    """Tell whether a field reads as unknown while unset; flags and lists have a default."""
    return part.type not in {"boolean", "list"} and not part.many


def _first(part: Sequence[Token], words: Sequence[str]) -> int | None:
    """Return the place of the first of ``words`` outside brackets."""
    depth = 0
    for place, token in enumerate(part):
        if token.kind == "text":
            continue
        if token.text in "([{":
            depth += 1
        elif token.text in ")]}":
            depth -= 1
        elif depth == 0 and token.text in words:
            return place
    return None


def _split(part: Sequence[Token], word: str) -> list[Sequence[Token]]:
    pieces = []
    while (place := _first(part, (word,))) is not None:
        pieces.append(part[:place])
        part = part[place + 1 :]
    return [*pieces, part]


def _colon(part: Sequence[Token], place: int) -> int:
    """Return the place of the ``:`` that belongs to the ``?`` at ``place``."""
    open_ones = 1
    while open_ones:
        found = _first(part[place + 1 :], ("?", ":"))
        place += 1 + (found or 0)
        open_ones += 1 if part[place].text == "?" else -1
    return place


def _closes(part: Sequence[Token]) -> int:
    depth = 0
    for place, token in enumerate(part):
        if token.kind == "op":
            depth += (token.text in "([{") - (token.text in ")]}")
        if depth == 0:
            return place
    return -1


def _name(part: Sequence[Token]) -> str:
    """Return ``a.b.c``, or "" where the part is anything else."""
    names, dots = part[::2], part[1::2]
    plain = all(t.kind == "name" for t in names) and all(t.text == "." for t in dots)
    return ".".join(t.text for t in names) if plain else ""


def _literal(part: Sequence[Token]) -> Any:
    words = [token.text for token in part]
    if len(part) == 1 and part[0].kind == "text":
        return NOTHING if "\\" in words[0] or words[0][0] not in "'\"" else words[0].strip("'\"")
    if words in (["true"], ["false"]):
        return words == ["true"]
    digits = words[-1] if words[:-1] in ([], ["-"]) and words else ""
    return int("".join(words)) if digits.isdigit() else NOTHING
