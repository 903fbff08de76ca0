"""The values that the rooms exchange: cases, moves, runs, proposals, events and steps.

All are frozen. ``Plain`` values are what JSON can hold; a date is ``YYYY-MM-DD``, a moment
``YYYY-MM-DDTHH:MM:SSZ`` in UTC, a decimal its digits as text: one form in events,
in rows and in expressions, where both compare as text in the order of time.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Literal
from zoneinfo import ZoneInfo

from engine.case.move import Move, MoveKind
from engine.case.owed import Alert, Effect, Erase, Join, OpenCase, Publish, Signal, Tell
from engine.case.world import CLOCK, LINK, Actor, LinkedCase, Office, Unit, Viewing, World
from engine.time.plain import Data, Lang, Plain
from engine.time.times import on_the_wall
from engine.time.units import TimeUnit


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of a clock (期限). ``due`` is derived and kept as an index, never the truth.

    Attributes:
        clock: the clock's name in the file.
        item: 1-based place of the list item it belongs to; 0 where the clock has no ``each``.
        seq: 1-based count of runs of this clock and item.
        kind: ``within`` (deadline), ``at_least`` (minimum), ``due`` (a date in the data).
        n: how many of ``unit``; 0 for kind ``due``.
        unit: what it counts in; never seconds.
        anchor: the day (``YYYY-MM-DD``) or moment it counts from.
        raw: the due day or moment before the shift to a working day.
        due: the due day, or for minutes and hours the due moment.
        rule: place of the clock's rule that applied, 1-based; 0 where it has no rules.
        provisional: a day consulted lies after the calendar's announced days.
        started_at: when the run started.
        ended: None while open; ``met``, ``met_late``, ``stopped`` or ``restarted``.
        ended_at: when it ended.
        changes: what moved its due day so far, in order: ``("pause", day)``,
            ``("resume", day)``, ``("run_on", day)`` (by its cap), ``("extend", day)``; moments
            for minutes and hours.
        each: the longest that one pause may count, frozen at the start, as ``60 days``; "".
        all: the longest that all pauses together may count; "".
        paused: the last change is a pause that counts.
        until: with ``paused`` under a cap, the last day (moment) that rests; after it the
            run goes on though the case stays where it is.
        later: the due day (moment) that holds from then on.
        fired: keys of the rungs that have rung, ``PLACE@MOMENT``.
    """

    clock: str
    item: int = 0
    seq: int = 1
    kind: Literal["within", "at_least", "due"]
    n: int
    unit: TimeUnit
    anchor: str
    raw: str
    due: str
    rule: int = 0
    provisional: bool = False
    started_at: str
    ended: str | None = None
    ended_at: str | None = None
    changes: tuple[tuple[str, str], ...] = ()
    each: str = ""
    all: str = ""
    paused: bool = False
    until: str | None = None
    later: str | None = None
    fired: tuple[str, ...] = ()

    @property
    def key(self) -> tuple[str, int, int]:
        """Clock, item and seq: unique in a case."""
        return (self.clock, self.item, self.seq)


@dataclass(frozen=True, slots=True, kw_only=True)
class Proposal:
    """A move that waits for signatures on one text; void when what it rests on changes.

    Attributes:
        trigger: what will be fired.
        branch: place of the branch chosen, within the trigger's list.
        data: what was proposed.
        hash: SHA-256 over the text, hex: the rules, the move, its data and all that these rest
            on; what every signature names.
        by: who proposed.
        needs: roles whose signature is still missing; none where it is complete and its guard
            does not hold yet.
        signed: pairs (role, person).
        acting: pairs (signer, person acted for) of those who signed as substitutes.
        on_behalf_of: as in the move that proposed.
        at: when.
    """

    trigger: str
    branch: int
    data: Data
    hash: str
    by: str
    needs: tuple[str, ...]
    signed: tuple[tuple[str, str], ...]
    acting: tuple[tuple[str, str], ...] = ()
    on_behalf_of: str | None = None
    at: str = ""

    @property
    def people(self) -> frozenset[str]:
        """Everybody who signed, and everybody for whom somebody signed."""
        return frozenset({person for _role, person in self.signed}).union(
            person for _signer, person in self.acting
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Handing:
    """A case that is handed over and not yet accepted: until then its giver answers for it."""

    giver: str
    receiver: str
    at: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Case:
    """A case (案件): the fold of its events.

    Attributes:
        id: UUIDv4 text.
        workflow: the file's name; with ``version`` the rules it was opened under.
        unit: where it lives.
        number: the human number, once drawn.
        state: the present state; under an overlay the overlay's name.
        stack: the states below it, bottom first; empty outside overlays.
        outcome: of the final state or of the transition that entered it; None while open.
        fields: plain values by field name; what is unset is absent.
        erased: fields whose values were destroyed on purpose.
        taken: how often each trigger was taken.
        runs: all clock runs, open and ended, in the order they started.
        armed: clocks that have been started and still wait for ``when`` or ``runs_from``,
            or may start for further items.
        documents: by document name ``{"issued": moment, "delivered": moment}``.
        proposals: open proposals.
        links: case ids by link name.
        unsealed: states entered so far that end the sealing of a field (``seal``).
        assignee: the person named by ``assigns``, or None.
        handing: to whom it is being handed, not yet accepted; None for nobody.
        urged: pairs (person, day) since somebody last acted on it.
        opened_by: who opened it in person; ``clock`` or ``link`` where nobody did.
        opened_at: moment.
        revision: the seq of its last event; 1 after opening.
        acted: the seq of the last event that somebody caused: rungs and re-plans, of which
            there may be more since, do not make what a person saw stale.
        moved_at: when the last event was recorded.
    """

    id: str
    workflow: str
    version: int
    unit: str
    number: str | None = None
    state: str
    stack: tuple[str, ...] = ()
    outcome: str | None = None
    fields: Data = field(default_factory=dict)
    erased: frozenset[str] = frozenset()
    taken: Mapping[str, int] = field(default_factory=dict)
    runs: tuple[Run, ...] = ()
    armed: tuple[str, ...] = ()
    documents: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    proposals: tuple[Proposal, ...] = ()
    links: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    unsealed: tuple[str, ...] = ()
    assignee: str | None = None
    handing: Handing | None = None
    urged: tuple[tuple[str, str], ...] = ()
    opened_by: str = ""
    opened_at: str = ""
    revision: int = 0
    acted: int = 0
    moved_at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A fact that happened to a case; append only.

    Attributes:
        case: the case's id.
        seq: 1-based, without gaps.
        kind: ``opened``, ``moved``, ``amended``, ``proposed``, ``signed``, ``corrected``,
            ``linked``, ``rung`` (a ladder's), ``replanned``; ``withdrawn``, ``commented``,
            ``claimed``, ``handed``, ``accepted``, ``returned``, ``urged``, ``taken_back``.
        at: when it was recorded.
        occurred_at: when it happened.
        actor: person's id or ``clock``.
        public: the part kept in clear: trigger, transition id, from, to, roles, what of the
            world was consulted, and ``patch``, the changes of the case in plain values.
        sealed: by vault (a privacy class, or ``class/field`` where a workflow erases that
            field) the field values that storage encrypts; ``{"set": {field: value}}`` and
            ``{"data": {field: value}}`` (a proposal's data), ``{"reason": text}`` and
            ``{"salt": hex}``. None where the key was destroyed.
    """

    case: str
    seq: int
    kind: str
    at: str
    occurred_at: str
    actor: str
    public: Data
    sealed: Mapping[str, Data | None] = field(default_factory=dict)

    @property
    def reason(self) -> str:
        """The words that came with it, kept with the class of what they speak of; "" for none."""
        parts = (self.public, *(part for part in self.sealed.values() if part is not None))
        return next((str(part["reason"]) for part in parts if "reason" in part), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Scheduled:
    """When the next rung of an open run is owed: what an index is made from.

    Attributes:
        open: False where the run has ended and leaves the index.
        due_at: when its time is over, aware, in UTC; None while it rests without end.
        next_at: when its next rung is owed; None where none is left, or while it rests.
    """

    clock: str
    item: int
    seq: int
    open: bool
    due_at: datetime | None = None
    next_at: datetime | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """What a granted move changed.

    Attributes:
        before: the case as it was; None for an opening.
        after: the case as it is now.
        event: the one new event.
        effects: what services owe in the same transaction, in order.
        drew: (unit, workflow, year) whose counter gave the case its number, or None.
        unique: the case's key under the workflow's ``unique``; None while parts are unset.
        schedule: one entry for each run that is new, changed or ended by this step.
    """

    before: Case | None
    after: Case
    event: Event
    effects: Sequence[Effect] = ()
    drew: tuple[str, str, int] | None = None
    unique: tuple[str, ...] | None = None
    schedule: tuple[Scheduled, ...] = ()


__all__ = [
    "CLOCK", "LINK", "Actor", "Alert", "Case", "Data", "Effect", "Erase", "Event", "Handing",
    "Join", "Lang", "LinkedCase", "Move", "MoveKind", "Office", "OpenCase", "Plain",
    "Proposal", "Publish", "Run", "Scheduled", "Signal", "Step", "Tell", "Unit", "Viewing", "World",
    "day_of",
]  # fmt: skip


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    """Return the date of an aware moment in the office's zone."""
    return on_the_wall(moment, zone).date()
