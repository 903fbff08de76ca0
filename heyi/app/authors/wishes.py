"""Reads from a step of an author test what its person wants to do."""

from collections.abc import Iterator
from typing import Any

from heyi.app.authors.scenariofile import StepDef


def wishes(step: StepDef) -> Iterator[dict[str, Any]]:
    """Yield what a step's person wants, each as the arguments of one move."""
    if step.does is not None:
        yield {"kind": "fire", "trigger": step.does, "data": step.with_}
    if step.signs is not None:
        yield {"kind": "sign", "trigger": step.signs}
    if step.amends is not None:
        yield {"kind": "amend", "data": step.amends}
    if step.corrects is not None:
        yield {"kind": "correct", "data": step.corrects}
    yield from _beside(step)


def _beside(step: StepDef) -> Iterator[dict[str, Any]]:
    """Yield the acts beside moves."""
    if step.withdraws is not None:
        yield {"kind": "withdraw", "trigger": step.withdraws}
    if step.hands is not None:
        yield {"kind": "hand", "to": step.hands}
    for kind, wanted in {
        "take_back": step.takes_back, "claim": step.claims, "accept": step.accepts,
        "give_back": step.returns,
    }.items():  # fmt: skip
        if wanted:
            yield {"kind": kind}
    if step.urges:
        yield {"kind": "urge", "trigger": "" if step.urges is True else step.urges}
    if step.comments is not None:
        yield {"kind": "comment", "reason": step.comments}
