"""Finds where a trigger leads: the only module that imports ``transitions``.

One machine serves every case of a published version: no model is bound to it, a throw-away
cursor carries one case's state through one trigger.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from transitions import Machine, MachineError

STAY = "stay"
BACK = "back"
_STATE = "_at"


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One branch as the machine needs it: ``place`` is its index within its list."""

    source: str
    trigger: str
    place: int
    to: str


class _Cursor:
    """One case's state while one trigger is asked; thrown away afterwards."""

    __slots__ = ("_at", "below", "grants", "taken")

    def __init__(self, state: str, below: str | None, grants: Callable[[int], bool]) -> None:
        self._at, self.below, self.grants = state, below, grants
        self.taken: int | None = None


def _granted(place: int, event: Any) -> bool:
    cursor: _Cursor = event.model
    if cursor.grants(place):
        cursor.taken = place
        return True
    return False


def _is_below(state: str, event: Any) -> bool:
    return bool(event.model.below == state)


class StateMachine:
    """The graph of one workflow version; shared by all cases and threads."""

    def __init__(
        self, states: Iterable[str], rules: Iterable[Rule], covers: Mapping[str, Sequence[str]]
    ) -> None:
        """Build the machine.

        Args:
            states: every state, overlays too.
            rules: every branch, in document order within a (source, trigger).
            covers: for each overlay the states it may lie over, where ``back`` may lead.
        """
        names = list(states)
        self._machine = Machine(
            model=None,
            states=names,
            initial=names[0],
            # No trigger may have the attribute's name; no id begins with an underscore.
            model_attribute=_STATE,
            # On by default, they give every state a to_<state>() that no guard watches.
            auto_transitions=False,
            # With a queue a trigger can answer True while nothing moved (threads).
            queued=False,
            send_event=True,
        )
        for rule in rules:
            grants = partial(_granted, rule.place)
            if rule.to == BACK:
                for state in covers[rule.source]:
                    below = partial(_is_below, state)
                    self._add(rule, state, [below, grants])
            else:
                self._add(rule, None if rule.to == STAY else rule.to, [grants])

    def _add(self, rule: Rule, target: str | None, conditions: list[Callable[[Any], bool]]) -> None:
        self._machine.add_transition(rule.trigger, rule.source, target, conditions=list(conditions))

    def target(
        self, state: str, trigger: str, *, below: str | None, grants: Callable[[int], bool]
    ) -> tuple[int, str] | None:
        """Return the branch taken and the state it leads to, or None where none is.

        Branches are asked in document order; the first that ``grants`` is taken. ``stay``
        answers the same state.

        Args:
            state: the present (top) state.
            trigger: what is fired.
            below: the state under an overlay, for ``back``.
            grants: asked with a branch's place; asked no further once it said yes.

        Source:
            language.md 3.2; SCXML 3.13, the first enabled transition in document order.
        """
        event = self._machine.events.get(trigger)
        if event is None:
            return None
        cursor = _Cursor(state, below, grants)
        try:
            moved = event.trigger(cursor)
        except MachineError:
            return None
        if not moved or cursor.taken is None:
            return None
        return cursor.taken, cursor._at
