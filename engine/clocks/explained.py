"""The values of an explanation of a clock's run: days, moments, rests, and the sum."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal

from engine.case.values import Run
from engine.time.units import TimeUnit

Nature = Literal["working", "weekend", "holiday", "make_up"]
Kind = Literal["anchor", "counted", "weekend", "holiday", "make_up", "paused", "shifted", "due"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """One day between a run's beginning and its due day.

    Attributes:
        day: which.
        kind: what it is to the run; weekends, holidays and make-up working days are named so
            whether they count or not.
        nature: what it is in the calendar.
        name: of the holiday, or of the one that a make-up working day belongs to; "".
        en: that name in English.
        counts: it adds one to the count.
        count: how many count up to and with this day.
        change: for ``paused``, the place of the pause in the run's ``changes``.
        provisional: it lies after the announced days and the due day rests on it.
    """

    day: date
    kind: Kind
    nature: Nature
    name: str = ""
    en: str = ""
    counts: bool
    count: int
    change: int | None = None
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Moment:
    """One moment in a run of minutes or hours.

    Attributes:
        at: when, aware, in UTC.
        kind: what happened; ``resume`` also where a pause reached its cap.
        elapsed: seconds that have counted until then.
        change: the place in the run's ``changes``, where it is one.
    """

    at: datetime
    kind: Literal["anchor", "pause", "resume", "due"]
    elapsed: int
    change: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rest:
    """One pause that counts.

    Attributes:
        change: its place in the run's ``changes``.
        start: the day or moment it began, never before the run's own beginning.
        end: the day or moment it ended; None while it goes on.
        whole: how long it lasted, in ``unit``; under a cap that is not yet reached, and while
            it goes on, as much as it may at most. 0 where it goes on without a cap.
        given: how much of that the run got back.
        unit: ``days``, ``working_days`` or ``seconds``.
        cut: the cap that cut it: ``each`` (one pause), ``all`` (all together); "" for none.
    """

    change: int
    start: str
    end: str | None
    whole: int
    given: int
    unit: TimeUnit
    cut: Literal["", "each", "all"] = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Term:
    """One step of the sum that leads from the anchor to the due day.

    Attributes:
        kind: ``anchor``, ``length``, ``pause``, ``extend``, ``shift`` (to a working day),
            ``resumed`` (not before the day the pause ended), ``resting`` (a pause goes on).
        to: the day or moment reached.
        n: by how many of ``unit``.
        change: the place in the run's ``changes``, where it is one.
    """

    kind: Literal["anchor", "length", "pause", "extend", "shift", "resumed", "resting"]
    to: str
    n: int = 0
    unit: TimeUnit | Literal[""] = ""
    change: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Counted:
    """The result of counting a run.

    Attributes:
        raw: the day or moment reached before the shift to a working day.
        due: after it; what holds while a pause goes on.
        until: with a pause that goes on under a cap, the last day (moment) that rests.
        later: the due day (moment) that holds from then on.
        days: every day from the anchor to the due day; for runs of minutes and hours none.
            While a pause goes on without a cap, to the present day.
        moments: for runs of minutes and hours.
        rests: the pauses.
        terms: the sum.
        count: how many of the run's units (of days for months, of seconds for minutes and
            hours) count in the end.
        need: how many had to.
        provisional: the due day rests on days that are not announced.
    """

    raw: str
    due: str
    until: str | None = None
    later: str | None = None
    days: tuple[Day, ...] = ()
    moments: tuple[Moment, ...] = ()
    rests: tuple[Rest, ...] = ()
    terms: tuple[Term, ...] = ()
    count: int
    need: int
    provisional: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Passed:
    """A variant of the clock that was passed over for the chosen one.

    Attributes:
        rule: its place, 1-based.
        why: ``law`` (outside its law dates on the anchor day) or ``condition``.
    """

    rule: int
    why: Literal["law", "condition"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ringing:
    """A rung of the run's ladder: where it stands, when, and whether it has rung."""

    place: int
    at: datetime
    rung: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Explanation:
    """Why a run is due when it is.

    Attributes:
        run: as it stands at the moment of asking.
        counted: the count made anew under the present calendar.
        so_far: how many have counted until the moment of asking, or until the run ended.
        if_resumed: the due day (moment) if a pause that goes on ended now; None otherwise.
        rule: place of the rule chosen, 1-based; 0 where the clock has no rules.
        passed: the rules before it.
        class_: ``statutory``, ``local``, ``commitment``, ``internal``; "" where none is given.
        source: the paper it rests on as the file names it, ``paper#article``; "".
        title: of that paper; "".
        article: within it; "".
        is_law: a paper outside this system stands behind it.
        rungs: of its ladder, in order of time.
    """

    run: Run
    counted: Counted
    so_far: int
    if_resumed: str | None
    rule: int
    passed: tuple[Passed, ...]
    class_: str
    source: str
    title: str
    article: str
    is_law: bool
    rungs: tuple[Ringing, ...]

    @property
    def agrees(self) -> bool:
        """Whether the count gives what is stored; a changed calendar may say otherwise."""
        return self.counted.due == self.run.due
