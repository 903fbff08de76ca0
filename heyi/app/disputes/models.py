"""The views of disputes: figures of whole units, and hints at duplicates; never persons."""

from pydantic import Field

from heyi.app.cases.models import UnitRef
from heyi.app.view import View

Told = int | None
"""A number, or None where it is not told so that nobody can work out a small group."""


class PeriodView(View):
    """One period of a report.

    Attributes:
        from_: its first day.
        to: its last day.
        over: whether it lies wholly in the past.
    """

    from_: str = Field(alias="from")
    to: str
    over: bool


class RisesView(View):
    """What counts as rising: so many more than in the period before, and so many times as many."""

    by: int
    times: int


class TableRow(View):
    """A cell of a table over periods.

    Attributes:
        value: its name; "" for those that do not say.
        label: in the reader's language.
        n: by period.
        rising: judged by what is told alone.
    """

    value: str
    label: str
    n: tuple[Told, ...]
    rising: bool


class TableView(View):
    """A table over periods, with what may be published of it.

    Attributes:
        total: by period.
        rest: by period, what the rows do not tell singly.
        whole: by period, whether every cell is told.
        rows: in the table's order.
    """

    total: tuple[Told, ...]
    rest: tuple[Told, ...]
    whole: tuple[bool, ...]
    rows: tuple[TableRow, ...]


class DisputesView(View):
    """Disputes that came in, counted in several ways.

    Attributes:
        total: by period.
        rising: whether the total is rising.
        by: ``topic``, ``grade``, ``place_kind`` where files declare them, and ``unit``.
    """

    total: tuple[Told, ...]
    rising: bool
    by: dict[str, TableView]


class LateRow(View):
    """Late cases under one clock, at one level of its ladder."""

    workflow: str
    clock: str
    level: int
    label: str
    n: Told


class LateView(View):
    """Cases late at this moment, each once."""

    total: Told
    rest: Told
    rows: tuple[LateRow, ...]


class RoundSums(View):
    """Rounds of screening of one period; a zero report is done too."""

    due: int
    done: int
    zero: int
    open: int
    missing: int
    extra: int


class UnitRounds(View):
    """The rounds of one unit, by period."""

    unit: str
    title: str
    periods: tuple[RoundSums, ...]


class RoundsView(View):
    """The rounds of all units together, by period, and of each."""

    periods: tuple[RoundSums, ...]
    rows: tuple[UnitRounds, ...]


class ReportView(View):
    """Early warning of a unit with all below it.

    A part is None, and named under ``absent``, where no published workflow declares it.

    Attributes:
        least: numbers below it are not told.
        fold_below: rows below it are put together where one has to be hidden.
        rises: what counts as rising.
    """

    unit: UnitRef
    periods: tuple[PeriodView, ...]
    least: int
    fold_below: int
    rises: RisesView
    disputes: DisputesView | None
    on_site: TableView | None
    mediations: TableView | None
    acceptance: TableView | None
    late: LateView | None
    rounds: RoundsView | None
    absent: tuple[str, ...]


class SameView(View):
    """One reason why a case is listed as similar.

    Attributes:
        topic: the kind of dispute that both have.
        topic_label: in the reader's language.
        name: whether the names of the places are alike, too.
        numbers: those of the place that both have, by kind.
    """

    topic: str
    topic_label: str
    name: bool
    numbers: dict[str, str]


class SimilarRow(View):
    """A case that may be about the same matter."""

    id: str
    number: str | None
    workflow: str
    title: str
    state: str
    state_label: str
    opened_on: str
    days_apart: int
    place: str
    same: SameView


class SimilarView(View):
    """Hints at duplicates of a case; a person merges.

    Attributes:
        days: within how many days they are looked for.
        compared: whether there was anything to compare.
        why_not: ``not_tagged``, ``sealed`` or ``not_filled``; "" where it was compared.
    """

    case: str
    number: str | None
    days: int
    compared: bool
    why_not: str
    similar: tuple[SimilarRow, ...]
