"""The models of the promises that a rule pack can make, distinguished by their first key."""

import re
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, Discriminator, Field, Tag

from engine.case.text import said
from engine.language import words_of_findings as words
from engine.language.select import Known, Moves, Needs, States
from engine.language.words import Length, Many, Part, Text, Titled, misshapen

Section = Literal["fields", "clocks", "tables", "documents", "params", "moves", "states", "roles"]


def _pattern(text: str) -> str:
    try:
        re.compile(text)
    except re.error as error:
        raise misshapen(words.NO_PATTERN, why=str(error)) from error
    return text


Pattern = Annotated[Text, AfterValidator(_pattern)]


class Promise(Part):
    """The keys that all promises share. The id is the code of the problem of a breach."""

    id: Text
    says: Titled
    source: Text
    severity: Literal["error", "warning"] = "error"


class MovePromise(Promise):
    """``{for: MOVES, needs: {asks, issues, informs, shut_while, any}}``."""

    for_: Moves = Field(alias="for")
    needs: Needs
    must_exist: bool = Field(default=True, description="a file without such a move breaks it too")


class NeverPromise(Promise):
    """``{never: MOVES}``: the file has no such move."""

    never: Moves
    unless: Literal["fired_with_source"] | None = Field(
        default=None, description="but for moves that rungs fire, each with a source of its own"
    )


class OfferPromise(Promise):
    """``{move: MOVES, offered_in: STATES, by: TAGS}``: offered in every one of the states."""

    move: Moves
    offered_in: States
    by: Many[Text] = Field(default=(), description="to a role of one of these tags, or anyone")


class OrderPromise(Promise):
    """``{before: STATES, must: MOVES}``: every way to them passes such a move first.

    ``leaving_out`` are moves that no way is followed through: another promise holds them shut.
    """

    before: States
    must: Moves
    leaving_out: Moves | None = None


class TablePromise(Promise):
    """``{table: TAG, values: {output: [...]}}`` with ``only_to``, ``given`` or ``rests_on``.

    With ``only_to`` no move into any other state is possible while the table answers so; with
    ``given`` the table can answer nothing else of what is known; with ``rests_on`` its rules
    read, through derived facts too, no field but those of these tags, and params.
    """

    table: Text
    values: dict[Text, Many[Any]] = {}
    only_to: States | None = None
    given: Many[Known] = ()
    rests_on: Many[Text] = Field(default=(), description="it reads no fields but of these tags")


class LawPromise(Promise):
    """``{law: TAG}``: there is a table of this meaning, and it comes from a pack only."""

    law: Text


class ClockPromise(Promise):
    """``{clock: TAGS, runs_in, runs_from, each, class, exactly, follows, without, …}``."""

    clock: Many[Text]
    runs_in: States | None = Field(default=None, description="it starts with each of these states")
    each: Text | None = Field(default=None, description="one run an item of a list of this tag")
    class_: Many[Text] = Field(default=(), alias="class")
    at_most: Length | None = Field(
        default=None, description="unless statutory, of another length than the clock's last"
    )
    at_least: Length | None = None
    exactly: Length | None = None
    follows: dict[Text, Text] = Field(
        default={}, description="its length is never below a table's output: {tag: output}"
    )
    runs_from: Text | None = Field(default=None, description="from a field of this tag")
    without: Many[Literal["pauses", "extend", "when", "if"]] = Field(
        default=(), description="none of its rules says these"
    )


class FixedPromise(Promise):
    """``{fixed: CLASSES}``: clocks of these classes cannot be changed from outside the file."""

    fixed: Many[Text]


class EveryPromise(Promise):
    """``{every: SECTION, needs: [keys]}``: each part of the section has these keys."""

    every: Section
    needs: tuple[Text, ...]


class ListPromise(Promise):
    """``{list: TAG, has, columns, reads}``: what a list holds, and what may be read of it."""

    list_: Text = Field(alias="list", description="a tag; ``in_case``: lists that name roles")
    has: Many[Text] = Field(default=(), description="required columns of these tags")
    columns: Many[Text] = Field(default=(), description="no columns but of these tags, and persons")
    reads: Many[Text] = Field(default=(), description="expressions read no others, and persons")


class PersonsPromise(Promise):
    """``{persons_never: [counts, publishes, fields]}``: persons are in none of these."""

    persons_never: tuple[Literal["counts", "publishes", "fields"], ...]


class UniquePromise(Promise):
    """``{unique: [keys]}``: one case a key; a key is ``unit``, ``year`` or the tag of a field."""

    unique: tuple[Text, ...]


class KindPromise(Promise):
    """``{kind: known}``: the file's kind is one that packs are named for."""

    kind: Literal["known"]


class WordsPromise(Promise):
    """``{words: [patterns]}``: no id, label, option or literal contains such a word.

    Patterns are regular expressions over the text as ``engine.checking.promises.texts`` folds it.
    """

    words: tuple[Pattern, ...] = Field(min_length=1)
    passes_over: tuple[Pattern, ...] = Field(default=(), description="what is taken out first")
    apart_from: Many[Text] = Field(default=(), description="parts of these tags may say it")
    catches: tuple[Text, ...] = Field(default=(), description="evasions it finds; tests try each")
    passes: tuple[Text, ...] = Field(default=(), description="innocent texts; tests try each")


FORMS: dict[str, type[Promise]] = {
    "for": MovePromise,
    "never": NeverPromise,
    "move": OfferPromise,
    "before": OrderPromise,
    "table": TablePromise,
    "law": LawPromise,
    "clock": ClockPromise,
    "fixed": FixedPromise,
    "every": EveryPromise,
    "list": ListPromise,
    "persons_never": PersonsPromise,
    "unique": UniquePromise,
    "kind": KindPromise,
    "words": WordsPromise,
}

_NO_FORM = said(words.NO_FORM, forms=[*FORMS])
"""The first word of each form."""


def _form(value: Any) -> str | None:
    """Return the tag of a promise's form: no key of it, so that places of errors stay right."""
    if isinstance(value, Promise):
        return next(f"form {word}" for word, model in FORMS.items() if type(value) is model)
    return next(
        (f"form {word}" for word in FORMS if isinstance(value, dict) and word in value), None
    )


AnyPromise = Annotated[
    Annotated[MovePromise, Tag("form for")]
    | Annotated[NeverPromise, Tag("form never")]
    | Annotated[OfferPromise, Tag("form move")]
    | Annotated[OrderPromise, Tag("form before")]
    | Annotated[TablePromise, Tag("form table")]
    | Annotated[LawPromise, Tag("form law")]
    | Annotated[ClockPromise, Tag("form clock")]
    | Annotated[FixedPromise, Tag("form fixed")]
    | Annotated[EveryPromise, Tag("form every")]
    | Annotated[ListPromise, Tag("form list")]
    | Annotated[PersonsPromise, Tag("form persons_never")]
    | Annotated[UniquePromise, Tag("form unique")]
    | Annotated[KindPromise, Tag("form kind")]
    | Annotated[WordsPromise, Tag("form words")],
    Discriminator(
        _form,
        custom_error_type="HY103",
        custom_error_message=_NO_FORM.en,
        custom_error_context={"zh": _NO_FORM.zh},
    ),
]
"""Any promise of a pack."""
