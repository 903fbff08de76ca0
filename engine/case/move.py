"""The wish of one person to do something in a case: what every door makes and the step judges."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from engine.case.world import Actor
from engine.time.plain import Data

MoveKind = Literal[
    "fire", "sign", "amend", "correct", "propose",
    "withdraw", "comment", "claim", "hand", "accept", "give_back", "urge",
    "take_back",
]  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Move:
    """One person's wish to fire a trigger, with data.

    Attributes:
        kind: ``fire`` a trigger, ``sign`` the open proposal of a trigger, ``amend`` fields
            where the state allows it, ``correct`` wrong entries (needs ``reason``); the clock
            alone may ``propose``. Beside moves: ``withdraw`` a text or a signature, ``comment``,
            ``claim`` a case, ``hand`` it over, ``accept`` it or ``give_back``, ``urge``, and
            ``take_back`` one's own move.
        trigger: the trigger (or a transition's id); "" for amend and correct.
        data: fields with plain values; for a list a list replaces it, or under ``adds``
            appends (one item or several), and ``{"2": {...}}`` edits item 2 (1-based).
        actor: who.
        occurred_at: when it happened, aware; None means now.
        on_behalf_of: the person for whom a recording role enters it, or None.
        revision: the revision the actor saw; None skips that check.
        key: idempotency key, or None.
        reason: why, for corrections and moves dated back.
        to: the person to whom a case is handed.
        hash: of the text that was shown; every signature names it.
        via: the door it came through (``cli``, ``test`` …), kept in the event.
    """

    actor: Actor
    kind: MoveKind = "fire"
    trigger: str = ""
    data: Data = field(default_factory=dict)
    occurred_at: datetime | None = None
    on_behalf_of: str | None = None
    revision: int | None = None
    key: str | None = None
    reason: str = ""
    to: str = ""
    hash: str = ""
    via: str = ""
