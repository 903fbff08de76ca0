"""The views of files for authors: their problems, and their rules in words."""

from pathlib import Path
from typing import Any

from pydantic import Field, JsonValue

from engine.case.problems import Position, Problem
from engine.case.text import Text
from heyi.app.cases.models import NamedView
from heyi.app.view import View


class HintView(View):
    """A suggestion in both languages; "" where there is none."""

    zh: str
    en: str


class ProblemView(View):
    """One finding in a file, in both languages."""

    file: str
    line: int
    column: int
    code: str
    severity: str
    zh: str
    en: str
    hint: HintView

    @property
    def at(self) -> Position:
        """Where it stands."""
        return Position(file=self.file, line=self.line, column=self.column)

    def text(self, lang: str = "zh") -> str:
        """Return ``file:line:col: code sentence (hint)`` in ``lang``."""
        words, hint = Text(self.zh, self.en), Text(self.hint.zh, self.hint.en)
        return Problem(at=self.at, code=self.code, words=words, hint=hint).text(lang)


class CheckedView(View):
    """A file that was checked, and what is wrong with it, in order of place."""

    path: Path
    problems: tuple[ProblemView, ...]


class ShippedView(View):
    """What a deployment's folders hold: workflows by name, author tests by folder and name."""

    folders: tuple[Path, ...]
    workflows: tuple[Path, ...]
    tests: tuple[Path, ...]


class RoleView(NamedView):
    """A role: the level of the unit at which it is a post, and what it means in words."""

    level: str
    says: str


class LineView(View):
    """A line of a guard: its expression, the text where it fails, its source."""

    that: str
    otherwise: str
    source: str


class MoveSays(View):
    """A move in sentences.

    Attributes:
        lead: who does what.
        conditions: one for each line of the guard.
        listed: the conditions are told as a list, not in the lead.
        data: what is given.
        follows: what it does beside the change of state.
    """

    lead: str
    conditions: tuple[str, ...]
    listed: bool
    data: tuple[str, ...]
    follows: tuple[str, ...]


class MoveView(View):
    """A branch of a trigger; ``written`` is the state or group in which it stands."""

    trigger: str
    written: str
    id: str
    label: str
    to: str
    by: tuple[NamedView, ...]
    cosign: tuple[NamedView, ...]
    propose: tuple[NamedView, ...]
    asks: tuple[NamedView, ...]
    may: tuple[NamedView, ...]
    guard: tuple[LineView, ...]
    effects: dict[str, JsonValue]
    source: str
    says: MoveSays


class AmendsView(View):
    """Fields that may be amended in a state, and by whom."""

    by: tuple[NamedView, ...]
    fields_: tuple[NamedView, ...] = Field(alias="fields")


class StateView(NamedView):
    """A state with its moves, those of its groups included."""

    final: bool
    outcome: str | None
    assignee: NamedView | None
    covers: tuple[str, ...]
    amends: tuple[AmendsView, ...]
    moves: tuple[MoveView, ...]


class LengthView(View):
    """How long a clock runs in one of its variants, and what it does as time runs.

    Attributes:
        if_: the condition of the variant; "" for the last.
        kind: ``within``, ``at_least`` or ``due``.
        time: pauses, extension and rungs of its own, as sentences.
    """

    if_: str = Field(alias="if")
    kind: str
    length: str
    from_: str = Field(alias="from")
    class_: str | None = Field(alias="class")
    source: str
    says: str
    time: tuple[str, ...]


class ClockSays(View):
    """When a clock begins and ends, in sentences."""

    begins: str
    ends: str


class ClockView(NamedView):
    """A clock, with its lengths; ``each`` is the list for whose rows it runs."""

    class_: str | None = Field(alias="class")
    source: str
    each: str | None
    starts: tuple[str, ...]
    lengths: tuple[LengthView, ...]
    says: ClockSays


class TableRuleView(View):
    """A rule of a table: its conditions and its outputs, by name."""

    id: str
    if_: tuple[str, ...] = Field(alias="if")
    then: dict[str, Any]
    source: str
    says: str


class TableView(NamedView):
    """A decision table."""

    hit: str
    says: str
    outputs: tuple[str, ...]
    rules: tuple[TableRuleView, ...]


class SourceView(View):
    """A paper that rules rest on."""

    name: str
    title: str


class LadderView(View):
    """A ladder that clocks name, as sentences."""

    name: str
    says: tuple[str, ...]


class RecursView(View):
    """Cases that the calendar opens, as a sentence."""

    name: str
    says: str


class WorkflowView(View):
    """A workflow in one language: what its author wrote, groups expanded.

    Attributes:
        groups: by name, the labels of the states to which each gives moves.
    """

    name: str
    version: int
    title: str
    calendar: str
    opened_at: tuple[str, ...]
    digest: str
    roles: dict[str, str]
    people: tuple[RoleView, ...]
    fields_: dict[str, str] = Field(alias="fields")
    openings: tuple[MoveView, ...]
    groups: dict[str, tuple[str, ...]]
    states: tuple[StateView, ...]
    clocks: tuple[ClockView, ...]
    tables: tuple[TableView, ...]
    sources: tuple[SourceView, ...]
    ladders: tuple[LadderView, ...]
    recurs: tuple[RecursView, ...]
