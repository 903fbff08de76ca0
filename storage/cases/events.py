"""Converts events to rows and back."""

from collections.abc import Mapping
from typing import Any

from engine.case.values import Event
from storage.cases.digest import event_hash
from storage.cases.keys import Keys
from storage.kernel.texts import checked, from_text, to_text


def event_row(event: Event, *, keys: Keys, prev_hash: str) -> dict[str, Any]:
    """Return the row of a new event, sealed and chained to the hash before it.

    Raises:
        TextRefused: a text cannot be stored.
    """
    values = {
        "case_id": event.case,
        "seq": event.seq,
        "kind": event.kind,
        "at": event.at,
        "occurred_at": event.occurred_at,
        "actor": checked(event.actor, what="an actor's id"),
        "public": to_text(event.public, what=f"event {event.seq}"),
        "sealed": keys.seal(event.case, event.sealed, place=f"event:{event.seq}"),
        "prev_hash": prev_hash,
    }
    return {**values, "hash": event_hash(prev_hash, values)}


def event_of(row: Mapping[Any, Any], *, keys: Keys) -> Event:
    """Return the event of a stored row, sealed parts in clear, None for destroyed ones.

    Raises:
        SealBroken: a sealed part was changed, or belongs elsewhere.
    """
    case, seq = row["case_id"], row["seq"]
    return Event(
        case=case,
        seq=seq,
        kind=row["kind"],
        at=row["at"],
        occurred_at=row["occurred_at"],
        actor=row["actor"],
        public=from_text(row["public"]),
        sealed=keys.open(case, row["sealed"], place=f"event:{seq}"),
    )
