"""The values that storage returns about time: alerts, deliveries, absences, calendars, rounds."""

from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal

AlertState = Literal["owed", "sent", "moot", "dead"]
DeliveryState = Literal["owed", "sent", "dead"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One message owed to a person, or to the holders of a role.

    Attributes:
        id: counts up; in one case in the order of its events.
        uid: what it is about, as a digest: stable however often it is made.
        kind: ``tell`` (a move says so), ``rung`` (of a ladder), ``digest`` (of a day).
        case: the case's id; None for a digest.
        seq: the event that owes it; None for a digest.
        role: with ``person`` None: its holders; both None: nobody was found to tell.
        person: who.
        at: when it was owed.
        send_at: when it may leave the office.
        clock: of a rung, with ``item`` and ``run`` which run of it.
        rung: where the rung stands, as the file says.
        mark: the word the rung marks the clock with.
        level: the rung's level.
        due: the run's due day (``YYYY-MM-DD``) or moment.
        provisional: that due day may still move with the calendar.
        day: of a digest, its day.
        state: ``owed``; ``sent``; ``moot`` (settled before it went out); ``dead`` (given up).
    """

    id: int
    uid: str
    kind: str
    case: str | None
    seq: int | None
    role: str | None
    person: str | None
    at: datetime
    send_at: datetime
    clock: str | None
    item: int | None
    run: int | None
    rung: str | None
    mark: str | None
    level: int | None
    due: str | None
    provisional: bool
    day: str | None
    state: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """Where a person or a unit is reached outside; the URL is never shown by accident."""

    id: str
    owner_kind: str
    owner: str
    kind: str
    url: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One alert on its way to one address.

    Attributes:
        alert: the alert's uid.
        address: the address's id; it may have been dropped.
        state: ``owed``; ``sent``; ``dead`` (given up).
        attempts: how often it was claimed, since its last replay.
        try_at: not before then.
        error: code of the last failure, or None.
    """

    id: int
    alert: str
    address: str
    state: str
    attempts: int
    try_at: datetime
    error: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Absence:
    """A person is away from a day to a day, both counted."""

    id: int
    person: str
    from_day: date
    until_day: date
    substitute: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class LoadedCalendar:
    """A version of a calendar as it was announced; ``body`` is its text."""

    name: str
    version: int
    body: str
    loaded_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Round:
    """One time that a scheduled round has rung.

    Attributes:
        by: which process.
        ended_at: None while it runs, or where its process died.
        ok: whether all went well; None as above.
        note: what it did, in a few words.
    """

    id: int
    name: str
    by: str
    started_at: datetime
    ended_at: datetime | None
    ok: bool | None
    note: str
