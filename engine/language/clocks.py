"""The models of clocks in a workflow file: pauses, extensions, ladders, recurrence."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, Tag

from engine.language import words_of_findings as words
from engine.language.words import (
    BY_SHAPE,
    Day,
    Length,
    Many,
    Name,
    Part,
    RungTime,
    Text,
    TimeOfDay,
    Titled,
    misshapen,
)


def _none(value: Any) -> Any:
    if value != "none":
        raise misshapen(words.MAPPING_OR_NONE)
    return value


NONE = Annotated[Literal["none"], BeforeValidator(_none), Tag("word")]
"""The word that stands for no mapping: it is not so, whatever the clock says."""
ClockClass = Literal["statutory", "local", "commitment", "internal"]


class QuietDef(Part):
    """Hours in which alerts wait."""

    from_: TimeOfDay = Field(alias="from")
    until: TimeOfDay


class RungDef(Part):
    """One rung of a ladder."""

    at: RungTime
    tell: tuple[Text, ...] = ()
    mark: Name | None = None
    level: int | None = Field(default=None, ge=1, le=9)
    propose: Name | None = None
    fire: Name | None = None
    says: Titled | None = None
    source: Text | None = None


class LadderDef(Part):
    """What happens as a clock runs."""

    quiet: (
        Annotated[
            Annotated[QuietDef, Tag("mapping")] | NONE,
            BY_SHAPE,
        ]
        | None
    ) = None
    catch_up: Literal["once", "each", "skip"] = "once"
    levels: tuple[Many[Name], ...] = ()
    rungs: tuple[RungDef, ...] = ()


class PausesDef(Part):
    """Where a clock rests, and for how long at most."""

    in_: tuple[Name, ...] = Field(alias="in")
    each: Length | None = None
    all: Length | None = None
    source: Text | None = None


class ExtendDef(Part):
    """How far a deadline may be moved, and until when."""

    at_most: Length
    times: int = Field(default=1, ge=1, le=99)
    before: Literal["due"] = "due"
    source: Text | None = None


class MoveRef(Part):
    """``{move: TRIGGER}`` among the starts and stops of a clock."""

    move: Name


Start = Annotated[
    Annotated[MoveRef, Tag("mapping")] | Annotated[Name, Tag("word")],
    BY_SHAPE,
]


def _stops(value: Any) -> Any:
    return () if value == "none" else ("finals",) if value == "finals" else value


class ClockRule(Part):
    """Clock keys that hold under a condition; the first that holds is frozen in the run."""

    if_: Text | None = Field(default=None, alias="if")
    within: Length | None = None
    at_least: Length | None = None
    due: Text | None = None
    runs_from: Text | None = None
    pauses: (
        Annotated[
            Annotated[PausesDef, Tag("mapping")] | NONE,
            BY_SHAPE,
        ]
        | None
    ) = None
    extend: (
        Annotated[
            Annotated[ExtendDef, Tag("mapping")] | NONE,
            BY_SHAPE,
        ]
        | None
    ) = None
    class_: ClockClass | None = Field(default=None, alias="class")
    source: Text | None = None
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    ladder: Name | None = None
    rungs: tuple[RungDef, ...] | None = None


class ClockDef(ClockRule):
    """A clock: a deadline, a minimum duration, or a date in the data."""

    label: Titled | None = None
    means: Many[Text] = Field(default=(), description="tags by which rule packs know the clock")
    each: Name | None = None
    when: Text | None = None
    starts: Many[Start] = Field(min_length=1)
    stops: Annotated[tuple[Start, ...] | None, BeforeValidator(_stops)] = Field(
        default=None, description="states or moves; 'finals'; 'none'; default: leaving its starts"
    )
    met: Text | None = None
    again: Literal["restart"] | None = None
    rules: tuple[ClockRule, ...] = ()


class RecurDef(Part):
    """A case opened by the calendar."""

    on: Text
    at: Text = "09:00"
    each: Name
    with_: dict[Name, Any] = Field(default={}, alias="with")
