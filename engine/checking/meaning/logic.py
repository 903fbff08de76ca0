"""Three-valued formulas: the value of a guard when only some of its facts are known.

``True``, ``False`` and ``None`` (unknown) as the expression language has them: unknown grants
nothing, ``false && unknown`` is false, ``true || unknown`` is true.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

Value = bool | int | str | None
Truth = bool | None
Env = Mapping[str, Value]
"""What is assumed of each key: of a field its value, None while it is unset."""


@dataclass(frozen=True, slots=True, eq=False, kw_only=True)
class Formula:
    """A condition as the checker understands it.

    Attributes:
        ask: its truth under an assumption about all its keys.
        keys: fields, ``before.f``, ``taken.t``, ``state``, and ``?text`` for a part outside
            the decidable fragment.
        reads: the fields whose lack the engine would name.
        facts: derived facts it reads; one that is unknown lacks what it is made from.
    """

    ask: Callable[[Env], Truth]
    keys: frozenset[str] = frozenset()
    reads: frozenset[str] = frozenset()
    facts: tuple["Formula", ...] = ()

    @property
    def decidable(self) -> bool:
        """Whether no part lies outside the fragment of docs/soundness.md."""
        return not any(key.startswith("?") for key in self.keys)

    def missing(self, env: Env) -> set[str]:
        """Return the unset fields that make the formula unknown.

        Source:
            language.md 2; ``engine.facts.facts``: a missing fact is traced to its fields.
        """
        found = {name for name in self.reads if env[name] is None}
        for fact in self.facts:
            if fact.ask(env) is None:
                found |= fact.missing(env)
        return found


def constant(value: bool) -> Formula:
    """Return a formula that always has the same value."""
    return Formula(ask=lambda _env: value)


def negation(inner: Formula) -> Formula:
    """Return ``!inner``."""

    def ask(env: Env) -> Truth:
        found = inner.ask(env)
        return None if found is None else not found

    return _made(ask, (inner,))


def conjunction(parts: Sequence[Formula]) -> Formula:
    """Return ``a && b && …``: false as soon as one is false."""
    return _absorbing(parts, absorbs=False)


def disjunction(parts: Sequence[Formula]) -> Formula:
    """Return ``a || b || …``: true as soon as one is true."""
    return _absorbing(parts, absorbs=True)


def _absorbing(parts: Sequence[Formula], *, absorbs: bool) -> Formula:
    asks = [part.ask for part in parts]

    def ask(env: Env) -> Truth:
        result: Truth = not absorbs
        for one in asks:
            found = one(env)
            if found is absorbs:
                return absorbs
            if found is None:
                result = None
        return result

    return _made(ask, parts)


def conditional(condition: Formula, then: Formula, other: Formula) -> Formula:
    """Return ``condition ? then : other``; unknown where the condition is."""

    def ask(env: Env) -> Truth:
        found = condition.ask(env)
        if found is None:
            return None
        return then.ask(env) if found else other.ask(env)

    return _made(ask, (condition, then, other))


def _made(ask: Callable[[Env], Truth], parts: Sequence[Formula]) -> Formula:
    return Formula(
        ask=ask,
        keys=frozenset().union(*(part.keys for part in parts)),
        reads=frozenset().union(*(part.reads for part in parts)),
        facts=tuple(fact for part in parts for fact in part.facts),
    )
