"""The views of clocks: why one is due when it is, which are open, what a sweep did."""

from typing import Literal

from pydantic import Field

from heyi.app.view import View


class CaseRef(View):
    """A case, by id, with its number where it has one."""

    id: str
    number: str | None


class RunBrief(View):
    """One run of a clock in short.

    Attributes:
        item: the row of a list that it runs for; 0 for none.
        run: the how-many-th run of its item.
        ended: how it ended; None while it runs.
    """

    item: int
    run: int
    due: str
    ended: str | None


class RuleTold(View):
    """One case of a clock's rules.

    Attributes:
        rule: its 1-based place; 0 where the clock has one rule alone.
        says: it in words.
        masked: its condition is not the reader's to read and left out.
    """

    rule: int
    says: str
    masked: bool


class PassedRule(RuleTold):
    """A case that was passed over, with why, as a stable word and in words."""

    why: str
    why_text: str


class TermTold(View):
    """One step of the sum that leads from the anchor to the due day."""

    kind: str
    to: str
    n: int
    unit: str
    change: int | None


class DayTold(View):
    """One day between a run's beginning and its due day; see ``engine.clocks.explained.Day``."""

    day: str
    kind: str
    nature: str
    name: str
    en: str
    counts: bool
    count: int
    change: int | None
    provisional: bool


class MomentTold(View):
    """One moment in a run of minutes or hours, with the seconds counted until then."""

    at: str
    kind: str
    elapsed: int
    change: int | None


class PauseTold(View):
    """One pause of a run; see ``engine.clocks.explained.Rest``.

    Attributes:
        cap: the cap that cut it, in words; "" for none.
        state: label of the state that began it, as the history has it; "" where it does not.
    """

    change: int
    start: str
    end: str | None
    whole: int
    given: int
    unit: str
    cut: str
    given_text: str
    whole_text: str
    cap: str
    state: str


class RungTold(View):
    """One rung of a ladder: its place, whether it rang, whom it alerts, what it does."""

    place: int
    at: str
    says: str
    moment: str
    moment_text: str
    rung: bool
    mark: str | None
    level: int | None
    tells: tuple[str, ...]
    does: str


class ClockHead(View):
    """Which clock of which case.

    Attributes:
        runs: all its runs so far.
    """

    case: CaseRef
    workflow: str
    version: int
    clock: str
    label: str
    runs: tuple[RunBrief, ...]


class WaitingClock(ClockHead):
    """A clock that never ran: what would start it, and whether it was set off already."""

    started: Literal[False] = False
    armed: bool
    starts: str


class ClockExplained(ClockHead):
    """Why a run of a clock is due when it is.

    Attributes:
        from_: the day or moment it counts from.
        raw: the day or moment reached before the shift to a working day.
        until: while it rests: until when, at the latest.
        later: the due day that holds from then on.
        if_resumed: the due day if it went on now.
        rule: the case of its rules that was chosen.
        passed: the cases before it that were not.
        count: how many units count in the end; ``need``: how many had to.
        so_far: how many counted until now.
        class_: statutory, local, commitment, internal; "" where none is given.
        computed: the due day that the present calendar gives.
        agrees: whether that is the stored one.
    """

    started: Literal[True] = True
    item: int
    run: int
    kind: str
    n: int
    unit: str
    from_: str = Field(alias="from")
    raw: str
    due: str
    due_text: str
    provisional: bool
    running: bool
    paused: bool
    until: str | None
    later: str | None
    if_resumed: str | None
    overdue: bool
    elapsed: bool
    started_at: str
    ended: str | None
    ended_at: str | None
    class_: str = Field(alias="class")
    class_label: str
    source: str
    source_text: str
    is_law: bool
    rule: RuleTold
    passed: tuple[PassedRule, ...]
    sum: str
    terms: tuple[TermTold, ...]
    days: tuple[DayTold, ...]
    moments: tuple[MomentTold, ...]
    pauses: tuple[PauseTold, ...]
    count: int
    need: int
    so_far: int
    so_far_text: str
    computed: str
    agrees: bool
    rungs: tuple[RungTold, ...]


class NextRung(View):
    """The rung that rings next; ``owed``: it should have rung by now."""

    at: str
    says: str
    moment: str
    moment_text: str
    owed: bool


class OpenClock(View):
    """One open clock in a list; nothing of its case's fields.

    Attributes:
        due_text: due day or moment in words: for one that rests under a cap, when it is over.
        next: None where nothing more rings.
    """

    case: str
    number: str | None
    workflow: str
    unit: str
    unit_title: str
    clock: str
    label: str
    item: int
    run: int
    kind: str
    due: str
    due_text: str
    paused: bool
    until: str | None
    later: str | None
    overdue: bool
    elapsed: bool
    provisional: bool
    next: NextRung | None


class RingingView(View):
    """One rung that a sweep would ring, and the persons it would tell."""

    case: str
    number: str | None
    clock: str
    label: str
    item: int
    run: int
    rung: str
    says: str
    at: str
    at_text: str
    mark: str | None
    level: int | None
    persons: tuple[str, ...]


class SweepView(View):
    """The result of a sweep; of a dry run also each rung that would ring, in order."""

    dry_run: bool
    rungs: int
    alerts: int
    fired: int
    proposed: int
    refused: int
    cases: int
    left: int
    max_late: int
    ringing: tuple[RingingView, ...] = ()
