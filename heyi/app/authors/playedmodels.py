"""The views of author tests: scenarios as they were played, stories, coverage."""

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from heyi.app.cases.models import NamedView, ReasonView, RungView
from heyi.app.view import View

Doing = Literal["opens", "does", "signs", "amends", "corrects", "beside", "waits"]


class NameView(View):
    """A name as its author wrote it; English may be missing."""

    zh: str
    en: str | None


class DifferenceView(View):
    """What differs from what was expected; either side may be anything a test can say."""

    what: str
    expected: Any
    found: Any


class StepView(View):
    """One step of a scenario, and its result.

    Attributes:
        place: 1-based within the scenario, shared openings counted in.
        at: day and minute in the office's zone, as written; "" where it says none.
        who: who moves; "" where time passes.
        doing: what kind of step it is.
        move: the trigger that is asked for, with its label, where there is one.
        fields_: what is amended or corrected.
        refused: the reasons, where it was refused.
        state: the label of the state that it left the case in; "" where refused or not opened.
        revision: of the case as it was seen afterwards; None before it was opened.
        wrong: what differs from what was expected.
        why: what lies behind the differences, one thing a line.
    """

    place: int
    at: str
    who: str
    doing: Doing
    move: NamedView | None
    fields_: tuple[str, ...] = Field(alias="fields")
    refused: tuple[ReasonView, ...]
    state: str
    revision: int | None
    wrong: tuple[DifferenceView, ...]
    why: tuple[str, ...]


class PassageView(View):
    """One event of a played case.

    Attributes:
        seq: its place in the history.
        at: when it happened: day and minute in the office's zone.
        kind: of event.
        rule: the rule that was used; "" for none.
        label: of the move; "" for none.
        way: labels of the states it led from and to; empty where it led nowhere.
        rungs: those that rang.
        given: labels of what was amended or corrected.
    """

    seq: int
    at: str
    actor: str
    kind: str
    rule: str
    label: str
    way: tuple[str, ...]
    rungs: tuple[RungView, ...]
    given: tuple[str, ...]


class PlayedView(View):
    """A scenario, played to its end.

    Attributes:
        path: the file it stands in.
        story: the acceptance story it tells; None for none.
        says: its name in the reader's language.
        number: of its case; None where it has none.
        passed: every step was as expected and the history verifies.
        steps: as far as it came.
        history: every event of its case.
        findings: what ``verify`` says.
    """

    path: Path
    story: str | None
    name: NameView
    says: str
    number: str | None
    passed: bool
    steps: tuple[StepView, ...]
    history: tuple[PassageView, ...]
    findings: tuple[str, ...]


class SceneView(View):
    """A scenario of a demonstration that begins: its story, its name, its workflow's title."""

    story: str
    says: str
    title: str


class StoryView(View):
    """An acceptance story, how many tests belong to it, and whether all of them pass."""

    name: str
    says: str
    tests: int
    passed: bool


class TallyView(View):
    """How much of some targets was met; with nothing to meet it is 100 percent."""

    met: int
    of: int
    percent: float


class LeftView(View):
    """Something in a file that no test reached: where, and in words."""

    kind: str
    key: tuple[str, ...]
    says: str


class FileCoverageView(View):
    """How far the tests of one workflow reach, by dimension."""

    workflow: str
    percent: float
    by: dict[str, TallyView]
    left: tuple[LeftView, ...]

    @property
    def total(self) -> TallyView:
        """All dimensions together."""
        return summed_views(self.by.values())


class CoverageView(View):
    """How far author tests reach, overall and by file."""

    percent: float
    files: tuple[FileCoverageView, ...]


class RehearsalView(View):
    """A run of author tests; coverage only where it was asked for."""

    played: tuple[PlayedView, ...]
    coverage: CoverageView | None


def summed_views(tallies: Iterable[TallyView]) -> TallyView:
    """Return several tallies as one; the share is cut to one digit, 100 means all."""
    found = list(tallies)
    met, of = sum(one.met for one in found), sum(one.of for one in found)
    return TallyView(met=met, of=of, percent=met * 1000 // of / 10 if of else 100.0)
