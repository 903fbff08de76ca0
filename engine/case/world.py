"""The facts a move may read beyond its case: who acts, where, and what was looked up."""

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Literal
from zoneinfo import ZoneInfo

from engine.time.calendars import Calendar
from engine.time.plain import Data

if TYPE_CHECKING:
    from engine.case.values import Case, Event

CLOCK = "clock"
LINK = "link"
"""The id under which a sweep acts: no person."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """A place in the tree of units.

    Attributes:
        id: stable id, as used in posts and fields.
        level: the word the workflow files use for how high it stands.
        title: Chinese name; stands in case numbers.
        parent: the unit above, or None at the top.
    """

    id: str
    level: str
    title: str
    parent: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Actor:
    """Whoever makes a move.

    Attributes:
        id: the person's id, or ``CLOCK``.
        posts: pairs (role, unit id); empty for most.
        lent: those who are away and for whom this person stands in, with their posts; what is
            lent is not lent on.
        kind: ``person``; ``clock`` for a sweep; ``link`` for a signal of a linked case.
        viewing: cases that they may read today on request; with a post no substitute reads by it.
    """

    id: str
    posts: tuple[tuple[str, str], ...] = ()
    kind: Literal["person", "clock", "link"] = "person"
    lent: tuple["Actor", ...] = ()
    viewing: tuple["Viewing", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Viewing:
    """A case that somebody was allowed to read for some days that are not over.

    Attributes:
        case: its id.
        role: the role of its file as which they asked.
        post: (role, unit id) of the post by which they hold it: without it nothing is read.
    """

    case: str
    role: str
    post: tuple[str, str]

    def held(self, actor: Actor) -> bool:
        """Tell whether the post by which it was allowed is still theirs."""
        return self.post in actor.posts


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """Who holds which post, and who is away: read where alerts find their receivers.

    Attributes:
        posts: persons, sorted, by (role, unit id).
        away: who is absent on the day, with the substitute or None.
    """

    posts: Mapping[tuple[str, str], tuple[str, ...]] = field(default_factory=dict)
    away: Mapping[str, str | None] = field(default_factory=dict)


@dataclass(frozen=True, slots=True, kw_only=True)
class LinkedCase:
    """All that a case may know of another one (language.md 2)."""

    id: str
    workflow: str
    number: str | None
    unit: str
    state: str
    final: bool
    outcome: str | None
    opened_on: str


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """What the services looked up for one move, inside the same transaction.

    Attributes:
        calendar: working days.
        zone: the office's zone; days are dates in it.
        units: at least the case's unit, all units above it, the units of the actor's posts
            and of every unit named in the case or in the move's data, with those above them.
        people: registered people by id with the name shown: at least those whom the move's data
            name by id or by name, and for a name that nobody bears those who bear nearly that.
        params: values of the workflow's params after profile and office settings; a missing
            name means the file's own value.
        bases: of these params the paper and the article that a profile takes the value from.
        profile: the jurisdiction's profile in force and its version, ``hainan@1``; "".
        catalogues: rows by catalogue and code, valid or not; ``from``/``until`` are columns.
        linked: cases by id, all that the case links to.
        counts: values of the workflow's counts that this move may read.
        actors: persons whom the move names, with their posts, by id.
        texts: of proposals there were the data by hash, for a signature that names an older one.
        undo: for who takes a move back: the case before its last event, and that event.
        salt: fresh and secret, for hashes over sealed values; "" where nothing is kept.
        next_seq: the sequence a number would get now, or None where none is drawn.
        kept: what was computed from this world alone: a sweep asks it for thousands of cases.
    """

    calendar: Calendar
    zone: ZoneInfo
    units: Mapping[str, Unit] = field(default_factory=dict)
    people: Mapping[str, str] = field(default_factory=dict)
    params: Data = field(default_factory=dict)
    bases: Mapping[str, tuple[str, str]] = field(default_factory=dict)
    profile: str = ""
    catalogues: Mapping[str, Mapping[str, Data]] = field(default_factory=dict)
    linked: Mapping[str, LinkedCase] = field(default_factory=dict)
    counts: Mapping[str, int | float] = field(default_factory=dict)
    actors: Mapping[str, Actor] = field(default_factory=dict)
    texts: Mapping[str, Data] = field(default_factory=dict)
    undo: "tuple[Case, Event] | None" = None
    salt: str = ""
    next_seq: int | None = None
    kept: dict[Hashable, Any] = field(init=False, default_factory=dict, compare=False, repr=False)
