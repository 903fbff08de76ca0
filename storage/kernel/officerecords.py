"""Defines what repositories of the office itself give and take: acts, accounts, sessions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Literal

SessionKind = Literal["session", "token"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Act:
    """One act of the office, as it is kept.

    Attributes:
        seq: its place in the office's chain, from 1.
        kind: what was done, e.g. ``post.given``.
        at: when, as ``…Z``.
        actor: the person's id; "" for the office itself.
        via: the door, or the purpose of the office itself.
        public: ids and codes, never a personal value.
        hash: over all of it and the act before.
    """

    seq: int
    kind: str
    at: str
    actor: str
    via: str
    public: Mapping[str, Any]
    hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """How a person is known again.

    Attributes:
        person: whose.
        secret: the password's argon2id text.
        once: it is a one-time password, to be changed at the first sign-in.
        until: the last moment of a one-time password; None for no end.
        failures: wrong passwords since the last right one.
        locked_until: no password is looked at before then; None: not locked.
    """

    person: str
    secret: str
    once: bool = False
    until: datetime | None = None
    failures: int = 0
    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Session:
    """A session or a token, without what its person holds.

    Attributes:
        id: of the session itself; opens nothing.
        kind: ``session`` of a browser, ``token`` of a command line or machine.
        person: whose.
        via: the door it was made at.
        made_at: when.
        used_at: when it was last seen.
        ends_at: when it ends by itself.
        ended_at: when it was ended; None while it is not.
    """

    id: str
    kind: SessionKind
    person: str
    via: str
    made_at: datetime
    used_at: datetime
    ends_at: datetime
    ended_at: datetime | None = None


Outcome = Literal["published", "withdrawn", "refused"]
"""What became of a file that was handed in."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HandedIn:
    """A file handed in by an author, who waits for an answer or was refused.

    Attributes:
        id: its number.
        kind: ``workflow`` or ``catalogue``.
        name: the workflow's or catalogue's.
        version: of the file.
        sha256: of the body.
        body: what would be published.
        by: the author's id.
        at: when it was handed in.
        reason: why it was refused; None while it waits, "" where the reason does not open.
    """

    id: int
    kind: Literal["workflow", "catalogue"]
    name: str
    version: int
    sha256: str
    body: str
    by: str
    at: datetime
    reason: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Request:
    """Somebody's request to read a case for some days.

    Attributes:
        id: its own.
        person: who asks.
        ref: the case, as they wrote it.
        case: its id where it was allowed; else None.
        reason: why.
        asked_at: when.
        decided_by: who allowed or declined it; None while it waits.
        decided_at: when.
        until: the last day on which they read; None where it waits or was declined.
        answer: why it was declined, or what is to be heeded.
    """

    id: str
    person: str
    ref: str
    case: str | None
    reason: str
    asked_at: datetime
    decided_by: str | None = None
    decided_at: datetime | None = None
    until: date | None = None
    answer: str = ""
