"""The views of the report on admission: by body, never by person."""

from pydantic import Field

from heyi.app.view import View


class RefusedRow(View):
    """Tasks of one body that one rule refused, and the rule in words."""

    body: str
    title: str
    rule: str
    why: str
    n: int


class RefusedView(View):
    """Tasks refused, by the body that sent them."""

    total: int
    rows: tuple[RefusedRow, ...]


class LateBody(View):
    """Funds of one body that came late: how many, how many of them overdue, the longest wait."""

    body: str
    title: str
    n: int
    overdue: int
    longest: int


class LateItem(View):
    """An item that waited for funds beyond the day it was to begin.

    Attributes:
        arrived: the day the funds came; None while they are out.
        days: how long it waited.
        overdue: whether the time of grace is over.
        waits: whether it waited still at the end of the report.
    """

    body: str
    title: str
    number: str
    begins: str
    arrived: str | None
    days: int
    overdue: bool
    waits: bool
    state: str


class LateView(View):
    """Funds that came late: by body, and item by item."""

    rows: tuple[LateBody, ...]
    items: tuple[LateItem, ...]


class UsedBy(View):
    """How much of an item one body used."""

    body: str
    title: str
    used: int | float


class ExceededRow(View):
    """More taken on of an item, in a place and a period, than its cap."""

    unit: str
    unit_title: str
    item: str
    item_title: str
    period: str
    cap: int | float
    used: int | float
    by: tuple[UsedBy, ...]


class ExceededView(View):
    """Volumes exceeded."""

    rows: tuple[ExceededRow, ...]


class ScoreRow(View):
    """The mean grade of a body for a question; None where the group is too small to publish."""

    body: str
    title: str
    question: str
    hidden: bool
    n: int | None
    mean: float | None


class ScoresView(View):
    """Grades of bodies.

    Attributes:
        min_group: the smallest group that is published.
    """

    min_group: int
    rows: tuple[ScoreRow, ...]


class ReportView(View):
    """The report of a span of days.

    A part is None, and named under ``absent``, where no published workflow declares it.
    """

    from_: str = Field(alias="from")
    to: str
    refused: RefusedView | None
    late: LateView | None
    exceeded: ExceededView | None
    scores: ScoresView | None
    absent: tuple[str, ...]
