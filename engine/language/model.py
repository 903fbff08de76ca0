"""The model of a whole workflow file: moves, states, groups, libraries and packs."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, Tag, model_validator

from engine.language.clocks import ClockDef, LadderDef, MoveRef, RecurDef
from engine.language.parts import (
    CountDef,
    DefaultsDef,
    DocumentDef,
    FactDef,
    FieldDef,
    LinkDef,
    NumberDef,
    OverlayDef,
    ParamDef,
    RoleDef,
    SealedDef,
    SourceDef,
    TableDef,
    ViewingDef,
)
from engine.language.promises import AnyPromise
from engine.language.readers import Entry
from engine.language.words import BY_SHAPE, Day, Length, Many, Name, Part, Text, Titled


class Condition(Part):
    """One line of a guard: ``{that: CEL, otherwise: {zh, en}, source}``."""

    that: Text
    otherwise: Titled | None = None
    source: Text | None = None


def _conditions(value: Any) -> Any:
    if isinstance(value, (str, dict)):
        value = [value]
    if isinstance(value, list):
        return [{"that": line} if isinstance(line, str) else line for line in value]
    return value


Conditions = Annotated[tuple[Condition, ...], BeforeValidator(_conditions)]


class OpensDef(Part):
    """Open a linked case, or one for each item of a list."""

    workflow: Name
    as_: Name = Field(alias="as")
    each: Name | None = None
    at: Text | None = None
    with_: dict[Name, Any] = Field(default={}, alias="with")


class SignalDef(Part):
    """Fire a trigger of the linked cases."""

    does: Name
    with_: dict[Name, Any] = Field(default={}, alias="with")


class JoinDef(Part):
    """Point this case to the case that a field names."""

    case: Name
    as_: Name | None = Field(default=None, alias="as")


class PublishDef(Part):
    """Put a row into a catalogue, or end one."""

    catalogue: Name
    put: dict[Name, Any] | None = None
    drop: Any = None


class MoveDef(Part):
    """What openings and transitions share: data asked for, guard, effects."""

    id: Text | None = None
    to: Name
    label: Titled | None = None
    means: Many[Text] = Field(default=(), description="tags by which rule packs know the move")
    by: Many[Name] = ()
    asks: tuple[Name, ...] = ()
    may: tuple[Name, ...] = ()
    adds: tuple[Name, ...] = ()
    when: Conditions = ()
    otherwise: Titled | None = Field(default=None, description="for a 'when' of one line")
    sets: dict[Name, Any] = {}
    opens: Many[OpensDef] = ()
    assigns: Name | None = None
    issues: tuple[Name, ...] = ()
    tells: tuple[Name, ...] = ()
    source: Text | None = None


class OpeningDef(MoveDef):
    """One way to open a case."""


class TakesBackDef(Part):
    """Until when who made a move may take it back."""

    within: Length


class HandingDef(Part):
    """Until when a case that is handed over must be accepted; then it is the giver's again."""

    within: Length


class TransitionDef(MoveDef):
    """One allowed change of state; ``to`` is a state, ``stay`` or ``back``."""

    takes_back: TakesBackDef | None = None
    cosign: tuple[Name, ...] = ()
    propose: tuple[Name, ...] = ()
    edits: dict[Name, tuple[Name, ...]] = {}
    signals: dict[Text, SignalDef] = {}
    joins: JoinDef | None = None
    publishes: PublishDef | None = None
    extends: dict[Name, Name] = {}
    delivers: tuple[Name, ...] = ()
    erases: tuple[Name, ...] = ()
    outcome: Literal["positive", "negative", "neutral"] | None = None
    from_: Day | None = Field(
        default=None, alias="from", description="law date from which it is offered"
    )
    until: Day | None = None


class AmendDef(Part):
    """Fields that may be changed in a state without a transition."""

    by: Many[Name]
    fields: tuple[
        Annotated[
            Annotated[dict[Name, tuple[Name, ...]], Tag("mapping")] | Annotated[Name, Tag("word")],
            BY_SHAPE,
        ],
        ...,
    ] = ()
    adds: tuple[Name, ...] = ()
    edits: dict[Name, tuple[Name, ...]] = {}


Branches = Annotated[
    tuple[TransitionDef, ...],
    BeforeValidator(lambda value: value if isinstance(value, list) else [value]),
]


class StateDef(Part):
    """Where a case can stand."""

    label: Titled | None = None
    means: Many[Text] = Field(default=(), description="tags by which rule packs know the state")
    assignee: Name | None = None
    amends: Many[AmendDef] = ()
    on: dict[Name, Branches] = {}
    final: bool = False
    outcome: Literal["positive", "negative", "neutral"] | None = None


class GroupDef(Part):
    """Triggers and amendments that several states share."""

    states: Many[Text]
    amends: Many[AmendDef] = ()
    on: dict[Name, Branches] = {}


class LibraryDef(Part):
    """What a workflow file and a library have in common: the vocabulary."""

    format: Literal[1]
    title: Titled | None = None
    sources: dict[Name, SourceDef] = {}
    params: dict[Name, ParamDef] = {}
    roles: dict[Name, RoleDef] = {}
    fields: dict[Name, FieldDef] = {}
    facts: dict[Name, FactDef] = {}
    tables: dict[Name, TableDef] = {}
    documents: dict[Name, DocumentDef] = {}
    ladders: dict[Name, LadderDef] = {}
    groups: dict[Name, GroupDef] = {}


class CommonDef(LibraryDef):
    """A library: ``library: NAME``, used by other files."""

    library: Name
    version: int = 1


class PackDef(Part):
    """A rule pack: tables of law that files use and cannot change, and promises they keep."""

    format: Literal[1]
    pack: Name
    version: int = 1
    title: Titled | None = None
    sources: dict[Name, SourceDef] = {}
    tables: dict[Name, TableDef] = {}
    promises: tuple[AnyPromise, ...] = ()


class WorkflowDef(LibraryDef):
    """A workflow file, format 1."""

    workflow: Name
    version: int = Field(ge=1)
    kind: Name | None = None
    uses: tuple[Name, ...] = ()
    title: Titled
    number: NumberDef | None = None
    calendar: Name = "cn"
    opened_at: Many[Name] = Field(default=(), description="one level of unit, or several")
    chain: tuple[Name, ...] = ()
    seen_by: Many[Entry] = Field(default=(), min_length=1)
    readers: dict[Name, Many[Entry]] = {}
    sealed: SealedDef | None = None
    viewing: ViewingDef | None = None
    handing: HandingDef | None = None
    defaults: DefaultsDef = DefaultsDef()
    counts: dict[Name, CountDef] = {}
    unique: tuple[Name, ...] = ()
    links: dict[Name, LinkDef] = {}
    clocks: dict[Name, ClockDef] = {}
    opening: Many[OpeningDef] = Field(min_length=1)
    states: dict[Name, StateDef] = Field(min_length=1)
    overlays: dict[Name, OverlayDef] = {}
    recurs: dict[Name, RecurDef] = {}

    @model_validator(mode="before")
    @classmethod
    def _number_as_text(cls, value: Any) -> Any:
        if isinstance(value, dict) and isinstance(value.get("number"), str):
            return {**value, "number": {"format": value["number"]}}
        return value


__all__ = [
    "AmendDef", "Condition", "GroupDef", "MoveDef", "MoveRef", "OpeningDef", "StateDef",
    "TransitionDef", "WorkflowDef",
]  # fmt: skip
