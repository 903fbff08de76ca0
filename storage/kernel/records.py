"""The values that storage takes and returns beside engine values: records and queries."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from engine.case.values import Plain


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody who may act; ``display_name`` is for screens only."""

    id: str
    display_name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Published:
    """A published workflow version; ``sha256`` is over the UTF-8 bytes of ``body``."""

    name: str
    version: int
    sha256: str
    body: str
    published_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """A case as lists show it: nothing sealed, nothing of its fields."""

    id: str
    number: str | None
    workflow: str
    version: int
    unit: str
    state: str
    final: bool
    outcome: str | None
    revision: int
    opened_at: datetime
    moved_at: datetime

    @property
    def cursor(self) -> tuple[datetime, str]:
        """Where the page after this case begins."""
        return (self.opened_at, self.id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """A reading act: who read what of a case, and when; nothing of what it says."""

    id: int
    case: str
    person: str
    at: datetime
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Ways:
    """What a reader brings to know cases by.

    Attributes:
        keys: pairs of a grant that the reader may use and the denials that take it away; in an
            order that is always the same for the same reader.
        cases: ids of cases that the reader may read today on request, sorted.
    """

    keys: tuple[tuple[str, tuple[str, ...]], ...]
    cases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseQuery:
    """Which cases a list wants, newest first; empty tuples and None mean all.

    Attributes:
        units: unit ids.
        workflow: one workflow's name.
        states: names of states.
        final: only final cases, or only open ones.
        after: ``Summary.cursor`` of the last case seen; the page begins behind it.
        limit: cases on a page, 1 or more.
        ways: only cases that these lead to; None for the office itself, which knows all.
    """

    units: tuple[str, ...] = ()
    workflow: str | None = None
    states: tuple[str, ...] = ()
    final: bool | None = None
    after: tuple[datetime, str] | None = None
    limit: int = 50
    ways: Ways | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CountQuery:
    """A number over the cases of a workflow (language.md 1, ``counts``).

    Attributes:
        workflow: whose cases.
        where: public fields with the value they must have; ``unit`` is where the case lives.
        taken: only cases that took this trigger; None counts openings.
        sum: add up this public number field instead of counting cases.
        since: taken (or opened) at or after this moment, by when it happened; None: ever.
    """

    workflow: str
    where: Mapping[str, Plain] = field(default_factory=dict)
    taken: str | None = None
    sum: str | None = None
    since: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Once:
    """A request that must be granted at most once.

    Attributes:
        key: chosen by whoever asks; unique in the deployment.
        request_hash: over everything the request says; the same key with another hash is
            refused.
    """

    key: str
    request_hash: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """The result of an earlier request with the same key."""

    case: str
    seq: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DueRun:
    """An open run of a clock.

    Attributes:
        due_at: its time is over (a minimum: elapsed) from then on; None while it rests
            without end.
        next_at: when its next rung is owed; None where none is left, or while it rests.
    """

    case: str
    clock: str
    item: int
    seq: int
    due_at: datetime | None
    next_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenRun(DueRun):
    """An open run as lists show it, with the public data of its case."""

    number: str | None
    workflow: str
    unit: str
    state: str

    @property
    def cursor(self) -> tuple[datetime | None, str, str, int, int]:
        """Where the page after this run begins."""
        return (self.due_at, self.case, self.clock, self.item, self.seq)


@dataclass(frozen=True, slots=True, kw_only=True)
class RunQuery:
    """Which open runs a list wants, the first due first, those that rest without end last.

    Attributes:
        units: unit ids; empty: all.
        workflow: one workflow's name.
        case: one case's id.
        clock: one clock's name.
        due_by: only runs that are due at or before this moment.
        after: ``OpenRun.cursor`` of the last run seen; the page begins behind it.
        limit: runs on a page, 1 or more.
        ways: only runs of cases that these lead to; None for the office itself.
    """

    units: tuple[str, ...] = ()
    workflow: str | None = None
    case: str | None = None
    clock: str | None = None
    due_by: datetime | None = None
    after: tuple[datetime | None, str, str, int, int] | None = None
    limit: int = 50
    ways: Ways | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """An open run that has a rung to ring, claimed by a sweep (or only looked at)."""

    case: str
    clock: str
    item: int
    seq: int
    next_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """A version of a catalogue: since when it stands, and the case that made it."""

    name: str
    version: int
    at: datetime
    case: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """Something stored that differs from what the events say.

    Attributes:
        case: the case's id; "" for the office's own acts.
        number: its human number, if it has one.
        seq: the event, 1-based; 0 where the case's own row is meant.
        kind: ``chain`` (bytes changed), ``gap`` (an event is missing), ``seal`` (a sealed
            part does not open), ``fold`` (the events make no case), ``derived`` (the row
            says something else than the events).
        name: the column or vault it is about, or "".
    """

    case: str
    number: str | None
    seq: int
    kind: str
    name: str = ""

    def __str__(self) -> str:
        what = f" ({self.name})" if self.name else ""
        if not self.case:
            where = f"act {self.seq}" if self.seq else "what acts say"
            return f"the office, {where}: {self.kind}{what}"
        where = f"event {self.seq}" if self.seq else "its row"
        return f"case '{self.number or self.case}', {where}: {self.kind}{what}"
