"""A checked file as promises read it: every move with its state, and the ways through the file."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from engine.compiling.expand import Expanded
from engine.compiling.plan import Branch, Workflow
from engine.language.load import Findings
from engine.language.model import TransitionDef, WorkflowDef
from engine.language.reader import Path
from engine.language.select import MoveSet, StateSet

ANYONE = "anyone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrow:
    """One branch in one state, or one opening (``state`` is "" there).

    Attributes:
        path: where it stands in the merged definition.
        enters: the state it enters; "" for ``stay`` and ``back``, which enter none anew.
        outcome: how it ends the case; "" where it does not.
    """

    branch: Branch
    path: Path
    enters: str
    outcome: str

    @property
    def state(self) -> str:
        """Where it is offered."""
        return self.branch.state


@dataclass(kw_only=True)
class View:
    """One file under its promises.

    Attributes:
        packed: tables that a pack gives, by name.
        kinds: the kinds that packs are named for.
    """

    rule: WorkflowDef
    workflow: Workflow
    expanded: Expanded
    findings: Findings
    packed: frozenset[str] = frozenset()
    kinds: frozenset[str] = field(default_factory=frozenset)
    _tagged: dict[tuple[str, frozenset[str]], list[str]] = field(default_factory=dict)

    @cached_property
    def arrows(self) -> tuple[Arrow, ...]:
        """Every opening and every branch of every state."""
        return (*self._openings(), *self._offers())

    def _openings(self) -> Iterator[Arrow]:
        many = len(self.workflow.openings) > 1
        for branch in self.workflow.openings:
            path: Path = ("opening", branch.place) if many else ("opening",)
            yield self._arrow(branch, path)

    def _offers(self) -> Iterator[Arrow]:
        for key, branches in self.workflow.branches.items():
            path, _rules = self.expanded.offers[key]
            for branch in branches:
                yield self._arrow(branch, (*path, branch.place) if len(branches) > 1 else path)

    def _arrow(self, branch: Branch, path: Path) -> Arrow:
        enters = branch.enters or ""
        state = self.rule.states.get(enters)
        own = branch.definition.outcome if isinstance(branch.definition, TransitionDef) else None
        outcome = (own or state.outcome or "") if state is not None and state.final else ""
        return Arrow(branch=branch, path=path, enters=enters, outcome=outcome)

    def tagged(self, section: str, tags: Iterable[str]) -> list[str]:
        """Return the names of a section's parts that carry one of the tags."""
        wanted = frozenset(tags)
        found = self._tagged.get((section, wanted))
        if found is None:
            parts = getattr(self.rule, section)
            found = [name for name, part in parts.items() if wanted & tags_of(part)]
            self._tagged[section, wanted] = found
        return found

    def states(self, chosen: StateSet) -> list[str]:
        """Return the states that a set means, in the order of the file."""
        return [name for name in self.rule.states if self.is_in(name, chosen)]

    def is_in(self, name: str, chosen: StateSet) -> bool:
        """Tell whether a state belongs to a set."""
        state = self.rule.states[name]
        tags = tags_of(state)
        return (
            (not chosen.means or bool(tags & set(chosen.means)))
            and (not chosen.outcome or state.outcome in chosen.outcome)
            and chosen.final in {None, state.final}
            and chosen.overlay in {None, name in self.rule.overlays}
            and not tags & set(chosen.except_)
        )

    def moves(self, chosen: MoveSet) -> list[Arrow]:
        """Return the moves that a set means."""
        return [arrow for arrow in self.arrows if self.fits(arrow, chosen)]

    def fits(self, arrow: Arrow, chosen: MoveSet) -> bool:
        """Tell whether a move belongs to a set."""
        rule = arrow.branch.definition
        tags = set(rule.means)
        return (
            (not chosen.means or bool(tags & set(chosen.means)))
            and not tags & set(chosen.except_)
            and (not chosen.to_outcome or arrow.outcome in chosen.to_outcome)
            and self._stands(arrow.enters, chosen.to)
            and self._stands(arrow.state, chosen.from_)
            and (not chosen.by or self.begun_by(arrow, chosen.by))
            and (not chosen.asks or self.takes(arrow, chosen.asks))
            and (not chosen.issues or bool(self.issued(arrow, chosen.issues)))
            and (chosen.publishes is None or _publishes(rule, chosen.publishes))
        )

    def _stands(self, state: str, chosen: StateSet | None) -> bool:
        return chosen is None or (bool(state) and self.is_in(state, chosen))

    def open_to(self, arrow: Arrow, tags: Iterable[str]) -> bool:
        """Tell whether a role of one of the tags, or one of the actor words, may make it."""
        return self._any_of(arrow.branch.by, tags)

    def begun_by(self, arrow: Arrow, tags: Iterable[str]) -> bool:
        """Tell whether such a role may make or propose it, or anyone may enter it for a role.

        A promise that something be open is kept by ``open_to``; one that it be closed has to
        see every way in.
        """
        words = {*arrow.branch.by, *arrow.branch.propose}
        roles = [self.rule.roles[word] for word in words if word in self.rule.roles]
        words |= {ANYONE for role in roles if ANYONE in role.recorded_by}
        return self._any_of(words, tags)

    def _any_of(self, words: Iterable[str], tags: Iterable[str]) -> bool:
        wanted = {*tags}
        return bool({*words} & {*wanted, *self.tagged("roles", wanted)})

    def takes(self, arrow: Arrow, tags: Iterable[str]) -> bool:
        """Tell whether it must bring, appends to or sets a field of one of the tags."""
        rule = arrow.branch.definition
        return bool({*rule.asks, *rule.adds, *rule.sets} & set(self.tagged("fields", tags)))

    def issued(self, arrow: Arrow, tags: Iterable[str]) -> set[str]:
        """Return the documents of one of the tags that it issues."""
        return set(arrow.branch.definition.issues) & set(self.tagged("documents", tags))

    def way(self, target: str, without: frozenset[int] = frozenset()) -> list[str] | None:
        """Return a shortest way of triggers from an opening into a state.

        ``back`` is left out: what it returns to was entered before.

        Args:
            target: the state; "" is where openings stand, the empty way.
            without: places in ``arrows`` that may not be used.

        Returns:
            The triggers, openings first; None where there is no way.
        """
        ways: dict[str, list[str]] = {"": []}
        todo = [""]
        for state in todo:
            if state == target:
                return ways[state]
            for place, arrow in self._leaving(state):
                if place not in without and arrow.enters and arrow.enters not in ways:
                    ways[arrow.enters] = [*ways[state], arrow.branch.trigger]
                    todo.append(arrow.enters)
        return None

    def _leaving(self, state: str) -> list[tuple[int, Arrow]]:
        return self._by_state.get(state, [])

    @cached_property
    def _by_state(self) -> dict[str, list[tuple[int, Arrow]]]:
        found: dict[str, list[tuple[int, Arrow]]] = {}
        for place, arrow in enumerate(self.arrows):
            found.setdefault(arrow.state, []).append((place, arrow))
        return found


def tags_of(part: Any) -> set[str]:
    """Return the tags of a part, which say what it means."""
    means = getattr(part, "means", None) or ()
    return {means} if isinstance(means, str) else set(means)


def _publishes(rule: Any, row: dict[str, Any]) -> bool:
    put = rule.publishes.put if isinstance(rule, TransitionDef) and rule.publishes else None
    return put is not None and all(put.get(column) == value for column, value in row.items())
