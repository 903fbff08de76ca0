"""The models of a workflow file's vocabulary: fields, roles, facts, tables, links, documents."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import BeforeValidator, Field, GetPydanticSchema, Tag
from pydantic_core import core_schema

from engine.language import words_of_findings as words
from engine.language.clocks import ClockClass, MoveRef
from engine.language.kinds import KINDS, FieldKind, FieldType
from engine.language.readers import Entry
from engine.language.words import (
    BY_SHAPE,
    Day,
    Many,
    Name,
    Option,
    Part,
    Text,
    Titled,
    misshapen,
)

Privacy = Literal["public", "internal", "personal", "confidential", "sealed"]
ViewedClass = Literal["public", "internal", "personal", "confidential"]
"""What is sealed is for named persons: no request opens it."""


class SourceDef(Part):
    """A law, standard or paper that rules point to."""

    title: Text
    revised: Day | None = None
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None


def _options(value: Any) -> Any:
    if isinstance(value, list):
        raise misshapen(words.NO_OPTIONS)
    return value


Options = Annotated[dict[Option, Titled] | None, BeforeValidator(_options)]


class ParamDef(Part):
    """A value an administrator may change without touching the file."""

    value: Any = Field(description="a length of time, number, text, boolean or list")
    class_: ClockClass | None = Field(default=None, alias="class")
    source: Text | None = None
    label: Titled | None = None
    options: Options = Field(default=None, description="the only texts that the value may be")


class RoleDef(Part):
    """Who may act: holders of posts at a level, or persons the case names."""

    label: Titled | None = None
    means: Many[Text] = Field(default=(), description="tags by which rule packs know the role")
    level: Name | None = Field(default=None, description="a level, or own: the case's own unit")
    reach: Literal["below"] | None = None
    post: Name | None = Field(
        default=None, description="the role whose post it needs, where it is not its own"
    )
    in_case: Text | None = Field(default=None, description="a field, list.column or fact")
    never: Many[Text] = Field(default=(), description="paths to persons who are barred")
    recorded_by: tuple[Name, ...] = ()

    def held_by(self, name: str) -> str:
        """Return the post by which the role of this name is held.

        Source:
            language.md 8 ``opener``; docs/decisions/0038.
        """
        return self.post or name


def _as_words(_source: object, _handler: object) -> core_schema.CoreSchema:
    """Read a type as one of a few words: its findings and its JSON Schema name them all."""
    words = core_schema.literal_schema([one.value for one in FieldType])
    return core_schema.no_info_after_validator_function(
        FieldType, words, serialization=core_schema.to_string_ser_schema()
    )


class FieldDef(Part):
    """One field of a case, or one column of a list."""

    type: Annotated[FieldType, GetPydanticSchema(_as_words)]
    label: Titled | None = None
    privacy: Privacy | None = None
    retention: Text | None = None
    means: Text | None = None
    options: Options = None
    many: bool = False
    of: (
        Annotated[
            Annotated[dict[Name, "FieldDef"], Tag("mapping")] | Annotated[Name, Tag("word")],
            BY_SHAPE,
        ]
        | None
    ) = Field(
        default=None,
        description="columns of a list; catalogue of an item; workflow of a case; "
        "for a person: office (registered), outside (not) or any",
    )
    min: int | float | None = None
    max: int | float | None = None
    optional: bool = False
    seal: Name | None = Field(default=None, description="hidden until this state is entered")
    seal_to: tuple[Entry, ...] = Field(
        default=(), description="who reads it while hidden; without a seal it always is"
    )

    @property
    def kind(self) -> FieldKind:
        """The properties of every field of this type."""
        return KINDS[self.type]

    @property
    def columns(self) -> Mapping[str, "FieldDef"]:
        """The columns of a list's items; empty for other types."""
        return self.of if isinstance(self.of, dict) else {}

    @property
    def catalogue(self) -> str | None:
        """The catalogue of which it names a row; None for other types."""
        return self.of if self.type is FieldType.ITEM and isinstance(self.of, str) else None

    @property
    def unset(self) -> bool | list[Any] | None:
        """The value while nothing was given: a flag false, a list empty, else None."""
        if self.many or self.type is FieldType.LIST:
            return []
        return False if self.type is FieldType.BOOLEAN else None


class FactDef(Part):
    """A derived fact: a name and a label for an expression."""

    is_: Text = Field(alias="is")
    label: Titled | None = None


class RuleDef(Part):
    """One row of a decision table."""

    id: Text
    if_: Any = Field(default=None, alias="if", description="CEL, or {fact: literal or list}")
    then: dict[Name, Any]
    from_: Day | None = Field(default=None, alias="from")
    until: Day | None = None
    source: Text | None = None


class TableDef(Part):
    """A decision table with one of DMN's hit policies."""

    hit: Literal["unique", "first", "any", "collect"]
    gives: dict[Name, Any]
    rules: tuple[RuleDef, ...] = Field(min_length=1)
    defaults: dict[Name, Any] = {}
    means: Text | None = None
    label: Titled | None = None


class CountDef(Part):
    """A number over other cases, taken in the move's own transaction; never by person."""

    of: Name
    where: dict[Name, Name] = {}
    taken: Name | None = None
    sum: Name | None = None
    within: Text | None = None
    label: Titled | None = None


class LinkDef(Part):
    """Other cases that this case links to."""

    workflow: Name
    inverse: Name | None = None
    label: Titled | None = None


class DocumentDef(Part):
    """A document that transitions issue and deliver; a fact for guards."""

    label: Titled | None = None
    means: Text | None = None
    to: Many[Name] = ()
    privacy: Privacy | None = None
    retention: Text | None = None
    template: Name | None = Field(default=None, description="how it is laid out; a file's name")
    says: Titled | None = Field(default=None, description="its first words; may quote {facts}")
    prints: Annotated[
        Annotated[dict[Name, Many[Text]], Tag("mapping")] | Annotated[Many[Text], Tag("word")],
        BY_SHAPE,
    ] = Field(default=(), description="paths, or paths by their place in the template")


class SealedDef(Part):
    """When a whole case is sealed, and who still reads it."""

    when: Text
    to: tuple[Entry, ...]
    partly: tuple[Entry, ...] = ()


class ViewingDef(Part):
    """Who reads a case for some days on request, and who allows it."""

    by: Many[Name] = Field(min_length=1)
    allowed_by: Many[Name] = Field(min_length=1)
    days: int = Field(default=7, ge=1, le=30)
    reads: Many[ViewedClass] = Field(default=("internal", "personal"), min_length=1)


class DefaultsDef(Part):
    """Privacy and retention of fields that name none."""

    privacy: Privacy = "internal"
    retention: Text | None = None


class NumberDef(Part):
    """The human number: its format and the move that draws it (the opening where none is named)."""

    format: Text
    drawn: MoveRef | None = None


class OverlayDef(Part):
    """Which states, groups and overlays an overlay may cover."""

    over: tuple[Text, ...]
