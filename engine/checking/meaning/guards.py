"""Decides whether a branch can be taken: its guard, the branches before it, and who fires it.

Source:
    language.md 3.2: in an ordered list the first branch whose role and guard hold is taken;
    one that only waits for data it asks for itself refuses, it does not pass the move on.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from itertools import product
from math import prod

from engine.checking.meaning.domains import Domains
from engine.checking.meaning.fillers import every_branch, person_fields
from engine.checking.meaning.logic import Env, Formula, Value
from engine.checking.meaning.parse import Reader
from engine.compiling.plan import Branch, Workflow

MOST_COMBINATIONS = 4096
"""More than these are not tried: the answer is then "unknown", that is "may hold"."""


class Guards:
    """The guards of one workflow as formulas, with the domains of what they read."""

    def __init__(self, workflow: Workflow) -> None:
        self.workflow = workflow
        self.reader = Reader(workflow)
        self._lines: dict[int, tuple[Formula, ...]] = {}
        self._keys: dict[int, frozenset[str]] = {}
        for branch in every_branch(workflow):
            self.lines(branch)
        for table in workflow.tables.values():
            for rule in table.rules:
                for condition in rule.conditions:
                    self.reader.read(condition.source)
        self.domains = Domains(workflow, self.reader)

    def lines(self, branch: Branch) -> tuple[Formula, ...]:
        """Return the formulas of a branch's guard, one a line."""
        # The branches of a rule, one a state, have one guard.
        guard = id(branch.guard)
        if guard not in self._lines:
            self._lines[guard] = tuple(self.reader.read(line.ask.source) for line in branch.guard)
        return self._lines[guard]

    def holds(self, branch: Branch, env: Env) -> bool:
        """Tell whether every line of the guard is true."""
        return all(line.ask(env) is True for line in self.lines(branch))

    def stops(self, earlier: Branch, env: Env) -> bool:
        """Tell whether an earlier branch prevents a move from reaching the next one."""
        lines = self.lines(earlier)
        answers = [line.ask(env) for line in lines]
        if False in answers:
            return False
        owed = set(earlier.definition.asks)
        unknown = [n for n, answer in enumerate(answers) if answer is None]
        return all(lines[n].missing(env) & owed for n in unknown)

    def can_hold(
        self, branch: Branch, earlier: Sequence[Branch] = (), known: Env | None = None
    ) -> bool:
        """Tell whether a guard may hold while no earlier branch stops the move.

        Args:
            branch: the branch; what it asks for is filled.
            earlier: branches before it that the same person could take.
            known: what is assumed of some keys; the others may have any value they ever have.

        Returns:
            False only where that is sure; True also where it was too much to find out.
        """
        known = dict(known or {}) | {"state": branch.state}
        for line in self.lines(branch):
            envs = self._environments(branch, line.keys, known)
            if envs is not None and not any(line.ask(env) is True for env in envs):
                return False
        for blockers in (earlier, ()):
            envs = self._environments(branch, self.keys_of((branch, *blockers)), known)
            if envs is not None:
                return any(self._is_taken(branch, blockers, env) for env in envs)
        return True

    def may_be_unknown(self, branch: Branch, known: Env) -> bool:
        """Tell whether a guard may be neither true nor false because data is missing.

        Returns:
            False also where there is too much to try.
        """
        known = {**known, "state": branch.state}
        lines = self.lines(branch)
        for env in self._environments(branch, self.keys_of((branch,)), known) or ():
            answers = [line.ask(env) for line in lines]
            if None in answers and False not in answers:
                return True
        return False

    def _is_taken(self, branch: Branch, earlier: Sequence[Branch], env: Env) -> bool:
        return self.holds(branch, env) and not any(self.stops(one, env) for one in earlier)

    def keys_of(self, branches: Iterable[Branch]) -> set[str]:
        """Return every key that the guards of these branches read."""
        return set().union(*(self._keys_of(one) for one in branches))

    def _keys_of(self, branch: Branch) -> frozenset[str]:
        guard = id(branch.guard)
        if guard not in self._keys:
            self._keys[guard] = frozenset().union(*(one.keys for one in self.lines(branch)))
        return self._keys[guard]

    def _environments(self, branch: Branch, keys: Set[str], known: Env) -> Iterator[Env] | None:
        """Return every assumption about these keys, or None where there are too many."""
        asked = set(branch.definition.asks)
        # What a move cannot bring is after it as it was before.
        alike = {
            key: key.removeprefix("before.")
            for key in keys - known.keys()
            if key.startswith("before.")
        }
        alike = {key: name for key, name in alike.items() if name not in branch.accepts}
        free = {
            key: self.domains.given(key) if key in asked else self.domains.all_of(key)
            for key in sorted((keys - alike.keys()) | set(alike.values()))
            if key not in known
        }
        if prod(len(values) for values in free.values()) > MOST_COMBINATIONS:
            return None
        return self._assumed(free, alike, known)

    def _assumed(
        self, free: Mapping[str, tuple[Value, ...]], alike: Mapping[str, str], known: Env
    ) -> Iterator[Env]:
        for values in product(*free.values()):
            env = {**known, **dict(zip(free, values, strict=True))}
            yield {**env, **{key: env[name] for key, name in alike.items()}}


def actors_of(branch: Branch) -> tuple[str, ...]:
    """Return the roles and words that may fire or propose a branch."""
    return tuple(dict.fromkeys((*branch.by, *branch.propose)))


def earlier_for(word: str, branch: Branch, ways: Sequence[Branch]) -> tuple[Branch, ...]:
    """Return the branches before this one that an actor as ``word`` could take as well."""
    return tuple(
        one
        for one in ways
        if one.place < branch.place and _also(word, one) and _in_force_with(one, branch)
    )


def _also(word: str, branch: Branch) -> bool:
    words = actors_of(branch)
    return word in words or ("anyone" in words and word != "clock")


def _in_force_with(one: Branch, branch: Branch) -> bool:
    """Tell whether ``one`` is in force on every day on which ``branch`` is."""
    begins = one.from_ is None or (branch.from_ is not None and one.from_ <= branch.from_)
    ends = one.until is None or (branch.until is not None and branch.until <= one.until)
    return begins and ends


def ever_in_force(branch: Branch) -> bool:
    """Tell whether there is a day on which a branch is offered."""
    return branch.from_ is None or branch.until is None or branch.from_ <= branch.until


def needs_person(workflow: Workflow, word: str) -> frozenset[str]:
    """Return the fields without which nobody can act as ``word``."""
    return frozenset(person_fields(workflow, word))


def nobody(guards: Guards, word: str, branch: Branch) -> bool:
    """Tell whether there can never be anybody who acts as ``word`` for a branch.

    A role in the case exists only once a field names somebody, and no opening has such a field
    yet: roles are judged before the data.

    Source:
        language.md 3.1.
    """
    names = needs_person(guards.workflow, word)
    return any(not branch.state or guards.domains.all_of(name) == (None,) for name in names)
