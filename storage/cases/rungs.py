"""Makes the rows of rungs and re-plans, before the transaction that stores them begins.

Making them costs more than writing them, and while they are written others wait.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from engine.case.codec import case_to_plain
from engine.case.values import Alert, Case, Step, Tell
from storage.alerts.outbox import alert_rows
from storage.cases.events import event_row
from storage.cases.keys import Keys
from storage.clocks.index import index_rows
from storage.kernel.columns import stamp
from storage.kernel.texts import to_text

Plain = Mapping[str, Any]
Values = dict[str, Any]

_KINDS = {"rung", "replanned"}


@dataclass(frozen=True, slots=True, kw_only=True)
class RungRows:
    """All rows of one step.

    Attributes:
        case: whose.
        before: the head that the case must still have.
        public: what is public of the case behind the step.
        event: the row of the event.
        row: what changes of the case's row.
        puts: runs to index.
        drops: keys of runs to take out of the index.
        alerts: what is owed.
    """

    case: str
    before: str
    public: Plain
    event: Values
    row: Values
    puts: Sequence[Values]
    drops: Sequence[Values]
    alerts: Sequence[Values]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prepared:
    """Steps ready to be kept.

    Attributes:
        ids: of all their cases, in the order of the steps.
        rows: of those that were still as the steps saw them.
    """

    ids: Sequence[str]
    rows: Sequence[RungRows]


def check(steps: Sequence[Step]) -> None:
    """Refuse steps that a batch would not store completely.

    Raises:
        ValueError: as in ``prepare``.
    """
    for step in steps:
        _check(step)
    if len({step.after.id for step in steps}) < len(steps):
        message = "two steps of one case; give one a case"
        raise ValueError(message)


def _check(step: Step) -> None:
    before, after = step.before, step.after
    if before is None or step.event.kind not in _KINDS or step.event.sealed:
        message = f"a batch keeps rungs and re-plans, no '{step.event.kind}'; use save"
        raise ValueError(message)
    kept = after.proposals[: len(before.proposals)] == before.proposals
    if not kept or before.fields != after.fields or before.links != after.links:
        message = f"the step of case '{after.id}' changes more than its clocks; use save"
        raise ValueError(message)
    if not all(isinstance(effect, Alert | Tell) for effect in step.effects):
        message = f"the step of case '{after.id}' owes more than alerts; use save"
        raise ValueError(message)


def rung_rows(step: Step, *, head: str, public: Plain, keys: Keys) -> RungRows:
    """Return the rows of a step.

    Args:
        step: as ``check`` found it good.
        head: of the case, as the step saw it.
        public: what is public of the case, as it is kept under that head.
        keys: of the transaction; nothing is sealed with them.

    Raises:
        TextRefused: a text cannot be stored.
    """
    after = step.after
    event = event_row(step.event, keys=keys, prev_hash=head)
    plain = _public_after(after, public)
    row = {
        "case_id": after.id,
        "revision": after.revision,
        "head": event["hash"],
        "moved_at": stamp(after.moved_at),
        "body": to_text(plain, what="the case"),
    }
    puts, drops = index_rows(after.id, step.schedule)
    return RungRows(
        case=after.id, before=head, public=plain, event=event, row=row, puts=puts, drops=drops,
        alerts=tuple(alert_rows(step)),
    )  # fmt: skip


def _public_after(after: Case, public: Plain) -> Plain:
    """Return the public part of a case, with the fields and proposals there were as kept."""
    old = public["proposals"]
    plain = case_to_plain(after)
    plain["fields"] = public["fields"]
    plain["proposals"] = [*old, *plain["proposals"][len(old) :]]
    return plain
