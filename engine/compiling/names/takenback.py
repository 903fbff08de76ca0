"""Checks that a move that may be taken back is one on which nothing rests at once."""

from collections.abc import Iterator

from engine.compiling.machine import STAY
from engine.language.model import TransitionDef, WorkflowDef
from engine.language.words import Span

_OWES = ("opens", "signals", "joins", "publishes", "delivers", "erases", "extends", "cosign")
"""What others see, hold or signed when the move is made."""


def never_taken_back(branch: TransitionDef, trigger: str, rule: WorkflowDef) -> Iterator[str]:
    """Yield the keys for which a move cannot be taken back; nothing where it can.

    Source:
        language.md 9.6: nothing was drawn, opened, signalled, joined, published, delivered, erased
        or ended by it; a signed move needs all its signers.
    """
    yield from (key for key in _OWES if getattr(branch, key))
    target = rule.states.get(branch.to)
    if branch.outcome is not None or (target is not None and target.final):
        yield "final"
    drawn = rule.number.drawn if rule.number else None
    if drawn is not None and trigger == drawn.move:
        yield "number"
    if not set(branch.by) - {"clock", "link"}:
        yield "by"
    if branch.takes_back is not None and not is_plain_term(branch.takes_back.within):
        yield "within"
    if branch.to != STAY and target is not None and _seals(branch.to, rule):
        yield "seal"


def is_plain_term(within: object) -> bool:
    """Tell whether a term is a whole number of a unit: what no case and no param changes."""
    return isinstance(within, Span) and isinstance(within.n, int)


def _seals(state: str, rule: WorkflowDef) -> bool:
    """Tell whether entering a state ends the sealing of a field: what was read stays read."""
    return any(part.seal == state for part in rule.fields.values())
