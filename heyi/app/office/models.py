"""The views of a deployment for operators and monitors."""

from heyi.app.accounts.models import SlipView
from heyi.app.view import View


class CheckView(View):
    """The result of one check, in both languages.

    Attributes:
        check: a stable word for it.
        ok: nothing must be mended.
        note: it is not measured, only said.
        zh: what was seen, and what to do.
        en: the same in English.
    """

    check: str
    ok: bool
    note: bool
    zh: str
    en: str


class GrantsView(View):
    """How far who may know each case is written: cases so far, changed, and not to be opened."""

    cases: int
    changed: int
    broken: int


class ExaminationView(View):
    """Everything that was looked at, in a fixed order, and how much must be mended."""

    checks: tuple[CheckView, ...]
    findings: int


class BellView(View):
    """The health of one round, or of one side that rings.

    Attributes:
        heard: ``ok``, ``silent``, ``failed``, ``never``, ``waiting`` or ``side``.
        began: when its last round began; None where there was none.
        ended: when that round ended; None while it runs.
        by: who rang it.
    """

    heard: str
    began: str | None
    ended: str | None
    by: str | None


class HealthView(View):
    """Whether the database answers and the rounds are taken; nothing of any case or person.

    Attributes:
        ok: both.
        database: ``ok``, or the code of the error.
        at: when it was asked; left out where the database does not answer.
        bells: by the round's or the side's name.
    """

    ok: bool
    database: str
    at: str = ""
    bells: dict[str, BellView] = {}


class KeyView(View):
    """The deployment's key file, and whether it was made just now."""

    path: str
    made: bool


class TablesView(View):
    """The version of the tables, whether it is demo data, and whether the office is founded."""

    version: str
    demo: bool
    founded: bool


class StandingView(View):
    """Whether the database is demo data, and whether the office is founded (demo data is)."""

    demo: bool
    founded: bool


class Founder(View):
    """One of the three persons of an office; ``name`` is the name shown, "" for the id."""

    person: str
    name: str = ""


class FoundedView(View):
    """The unit at which the three hold their posts, and their one-time passwords, told once."""

    unit: str
    slips: tuple[SlipView, ...]


class RoundView(View):
    """The result of a round.

    Attributes:
        round: its name.
        ok: nothing went wrong, nothing wrong was found.
        batches: how many it took.
        counts: how many of what, by word.
        note: what an operator should read.
    """

    round: str
    ok: bool
    batches: int
    counts: dict[str, int]
    note: str
