"""The views of cases: one case, its history, lists and offers."""

from pydantic import Field, JsonValue

from heyi.app.view import View


class NamedView(View):
    """A part of a workflow, with its label in the reader's language."""

    name: str
    label: str


class UnitRef(View):
    """A unit, by id, with its title."""

    id: str
    title: str


class FieldValue(View):
    """A filled field; without its value for who may not read it."""

    label: str
    readable: bool
    value: JsonValue
    text: str


class RunView(NamedView):
    """One run of a clock, as it stands now.

    Attributes:
        item: the row of a list that it runs for; 0 for none.
        run: the how-many-th run of its clock.
        class_: statutory, commitment …
        from_: the day or moment it counts from.
        until: while it rests: until when, at the latest.
        elapsed: whether its time is over.
        ended: how it ended; None while it runs.
    """

    item: int
    run: int
    kind: str
    class_: str | None = Field(alias="class")
    source: str | None
    from_: str = Field(alias="from")
    due: str | None
    due_text: str
    provisional: bool
    running: bool
    paused: bool
    until: str | None
    later: str | None
    overdue: bool
    elapsed: bool
    ended: str | None
    ended_at: str | None


class DocumentMarks(NamedView):
    """A document of a case, with the moments at which it was issued and delivered."""

    issued: str | None = None
    delivered: str | None = None


class ProposalView(View):
    """A proposal: roles still missing, and pairs (role, person) that signed.

    Attributes:
        hash: of the text; who signs names it, or its first 16 digits.
        complete: all have signed; it is taken once its conditions hold.
        text: what it brings, by field, as the reader may see it.
    """

    trigger: str
    label: str
    by: str
    on_behalf_of: str = ""
    hash: str
    complete: bool
    needs: tuple[str, ...]
    needs_labels: tuple[str, ...]
    signed: tuple[tuple[str, str], ...]
    text: dict[str, FieldValue]


class HandingView(View):
    """A case that is handed over and waits: until it is accepted, the giver answers for it."""

    giver: str
    receiver: str
    at: str


class LinkedView(View):
    """A linked case, as far as this case knows it."""

    id: str
    number: str | None = None
    workflow: str | None = None
    state: str | None = None


class CaseView(View):
    """A case as one reader may see it.

    Attributes:
        people: names shown, by id, of the people whom the reader is told outside of fields.
        vacant: posts that nobody holds and without whom a move of this state cannot be made; told
            where the case is looked at, to who reads class internal.
    """

    id: str
    number: str | None
    workflow: str
    version: int
    title: str
    unit: UnitRef
    state: str
    state_label: str
    under: tuple[NamedView, ...]
    final: bool
    outcome: str | None
    revision: int
    assignee: str | None
    handing: HandingView | None = None
    opened_by: str
    opened_at: str
    moved_at: str
    sealed: bool
    fields: dict[str, FieldValue]
    erased: tuple[str, ...]
    clocks: tuple[RunView, ...]
    documents: tuple[DocumentMarks, ...]
    proposals: tuple[ProposalView, ...]
    links: dict[str, tuple[LinkedView, ...]]
    people: dict[str, str]
    vacant: tuple[NamedView, ...] = ()


class ChangeView(View):
    """What an event gave a field; its value only for who may read it."""

    label: str
    text: str = ""
    value: JsonValue = None
    erased: bool = False


class RungView(View):
    """A rung that rang, as its event recorded it, with its place in words."""

    clock: str
    label: str
    rung: str
    words: str
    item: int = 0
    run: int = 0
    level: int = 0
    at: str = ""
    mark: str = ""
    refused: str = ""


class ReplannedView(View):
    """What a new calendar did to one run of a clock: its due day before and after."""

    clock: str
    label: str
    run: int
    item: int = 0
    from_: str = Field(alias="from")
    to: str
    provisional: bool = False


class EventView(View):
    """One event; a key that does not apply to its kind is left out.

    Attributes:
        seq: 1-based; the revision that the event made.
        at: when it was entered.
        occurred_at: when it happened.
        voided: triggers whose proposals it made void.
        label: what the file calls the rule that was used; "" for none.
        people: names shown, by id, of the people whom the reader is told outside of changes.
    """

    seq: int
    kind: str
    at: str
    occurred_at: str
    actor: str
    via: str
    changes: dict[str, ChangeView]
    role: str = ""
    trigger: str = ""
    rule: str = ""
    from_: str = Field(default="", alias="from")
    to: str = ""
    voided: tuple[str, ...] = ()
    signed: tuple[tuple[str, str], ...] = ()
    reason: str = ""
    to_person: str = ""
    from_person: str = ""
    acting_for: str = ""
    on_behalf_of: str = ""
    moved: tuple[ReplannedView, ...] = ()
    rungs: tuple[RungView, ...] = ()
    label: str = ""
    from_label: str = ""
    to_label: str = ""
    role_label: str = ""
    people: dict[str, str] = {}


class MoveView(View):
    """The result of a granted move: the case as its mover may see it now, and the event."""

    case: CaseView
    event: EventView


class CaseRow(View):
    """A case in a list: nothing of its fields."""

    id: str
    number: str | None
    workflow: str
    version: int
    unit: str
    unit_title: str
    state: str
    state_label: str
    final: bool
    outcome: str | None
    revision: int
    opened_at: str
    moved_at: str
    opened_on: str


class ReasonView(View):
    """One reason why a move is refused."""

    code: str
    text: str
    names: tuple[str, ...]
    source: str


class OptionView(View):
    """One option of a choice."""

    value: str
    label: str


class FieldForm(View):
    """The data a form needs to ask for a field; an empty key is left out.

    Attributes:
        name: the field, or the column of a list.
        type_label: the type in words, for people alone.
        many: several values may be given.
        of: the workflow, catalogue or level that a value must be of.
        columns: of a list's rows.
        how: for an amendment of a list: ``add`` rows or ``edit`` columns.
        only: with ``edit``: the columns that may be changed.
    """

    name: str
    label: str
    type: str
    type_label: str = Field(exclude=True)
    many: bool = False
    optional: bool = False
    min: JsonValue = None
    max: JsonValue = None
    options: tuple[OptionView, ...] = ()
    columns: tuple["FieldForm", ...] = ()
    of: JsonValue = None
    how: str = ""
    only: tuple[str, ...] = ()
