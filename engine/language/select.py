"""The keys by which a promise selects states, moves and known facts: by meaning, not by name."""

from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field

from engine.language.words import Day, Many, Part, Text

Outcome = Literal["positive", "negative", "neutral"]


class StateSet(Part):
    """States by tag, outcome or kind; every key given must hold. ``{}`` is every state."""

    means: Many[Text] = Field(default=(), description="one of these tags")
    outcome: Many[Outcome] = Field(default=(), description="final, with one of these outcomes")
    final: bool | None = None
    overlay: bool | None = None
    except_: Many[Text] = Field(default=(), alias="except", description="none of these tags")


def _states(value: Any) -> Any:
    if value == "all open":
        return {"final": False, "overlay": False}
    if value == "finals":
        return {"final": True}
    return {"means": value} if isinstance(value, (str, list)) else value


States = Annotated[StateSet, BeforeValidator(_states)]
"""A mapping, a tag, a list of tags, ``all open`` or ``finals``."""


class MoveSet(Part):
    """Transitions and openings; every key given must hold. ``{}`` is every move."""

    means: Many[Text] = Field(default=(), description="one of these tags on the move")
    to: States | None = Field(default=None, description="it enters one of these states")
    from_: States | None = Field(default=None, alias="from", description="offered in one of these")
    to_outcome: Many[Outcome] = Field(default=(), description="it ends the case so")
    by: Many[Text] = Field(
        default=(), description="so begun: a role of this tag, clock, link, anyone"
    )
    asks: Many[Text] = Field(default=(), description="it takes a field of one of these tags")
    issues: Many[Text] = Field(default=(), description="it issues a document of one of these tags")
    publishes: dict[Text, Any] | None = Field(
        default=None, description="it puts a catalogue row with these literal values"
    )
    except_: Many[Text] = Field(default=(), alias="except", description="none of these tags")


Moves = Annotated[
    MoveSet,
    BeforeValidator(lambda value: {"means": value} if isinstance(value, (str, list)) else value),
]
"""A mapping, a tag or a list of tags."""


class Known(Part):
    """What is known of a made-up case; everything else stays unknown.

    A guard that comes out false of it is shut, whatever the rest may be.
    """

    on: Day | None = Field(default=None, description="the day the move happens")
    unset: Many[Text] = Field(default=(), description="fields of these tags are empty")
    given: dict[Text, Any] = Field(default={}, description="fields by tag, with their value")
    items: dict[Text, Many[dict[Text, Any]]] = Field(
        default={}, description="lists by tag: an item or several, columns by tag, the rest made up"
    )
    table: dict[Text, dict[Text, Any]] = Field(
        default={}, description="tables by tag: outputs; of a list of values each in turn"
    )
    running: Many[Text] = Field(default=(), description="clocks of these tags have not elapsed")
    overdue: Many[Text] = Field(default=(), description="clocks of these tags are overdue")
    params: bool = Field(default=False, description="params have the values the file writes")


class Needs(Part):
    """What a move must do; every key given must hold."""

    asks: Many[Text] = Field(default=(), description="asks for or sets a field of one of the tags")
    issues: Many[Text] = Field(default=(), description="issues a document of one of the tags")
    informs: Many[Text] = Field(
        default=(), description="tells a role of the tag, or issues a document addressed to it"
    )
    shut_while: Many[Known] = Field(
        default=(), description="a line of its guard is false of what is known"
    )
    any: tuple["Needs", ...] = Field(default=(), description="one of these at least")
