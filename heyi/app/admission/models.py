"""The views of admission: verdicts, questions, lists of a day and their changes.

Rows of a list have the columns that its file declares: they are told among a view's own keys.
"""

from typing import Any

from pydantic import Field, JsonValue, SerializerFunctionWrapHandler, model_serializer

from heyi.app.cases.models import FieldForm
from heyi.app.view import View


class DetailView(View):
    """A further detail of a row; without a label where every row has it."""

    label: str
    text: str


class CandidateView(View):
    """A row of the catalogue with a similar name; people decide whether it is the same.

    Attributes:
        cells: the row's columns, told as keys of the view.
        likeness: how much of the names is shared, 0 to 1.
    """

    cells: dict[str, JsonValue]
    code: str
    title: str
    class_label: str
    likeness: float

    @model_serializer(mode="wrap")
    def _spread(self, inner: SerializerFunctionWrapHandler) -> dict[str, Any]:
        told = inner(self)
        return {**told.pop("cells", {}), **told}


class VerdictView(View):
    """What an item is, or what must be asked to know it.

    Attributes:
        name: as asked for: a name or a code.
        class_: None while it is undecided.
        because: labels of the facts that made the rule hold.
        outputs: what else the table says of the class, told as keys of the view.
        item: the row of the catalogue that the code names.
        details: of that row, in words.
        listed: whether the catalogue has a row of this code, valid or not; not told.
    """

    name: str
    decided: bool
    class_: str | None = Field(alias="class")
    class_label: str | None
    rule: str | None
    source: str | None
    source_title: str | None
    because: tuple[str, ...]
    outputs: dict[str, JsonValue]
    item: dict[str, JsonValue] | None
    details: tuple[DetailView, ...]
    candidates: tuple[CandidateView, ...]
    questions: tuple[FieldForm, ...]
    listed: bool = Field(exclude=True)

    @model_serializer(mode="wrap")
    def _spread(self, inner: SerializerFunctionWrapHandler) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for key, value in inner(self).items():
            found.update(value if key == "outputs" else {key: value})
        return found


class QuestionView(View):
    """The question that comes next.

    Attributes:
        field: what is asked for.
        candidates: where it asks which row the item is: those whose names are alike; else None.
    """

    field: FieldForm
    candidates: tuple[CandidateView, ...] | None


class ListRow(View):
    """A row of a list.

    Attributes:
        cells: the row's columns, told as keys of the view.
        title: what it is called in the reader's language.
        group: the column that groups the list; "" for none.
        group_label: its group in words, told under the column's name and ``_label``.
        details: what else to know of it, in words; not told.
    """

    cells: dict[str, JsonValue]
    code: str
    title: str
    group: str = Field(default="", exclude=True)
    group_label: str = ""
    details: tuple[DetailView, ...] = Field(exclude=True)

    @model_serializer(mode="wrap")
    def _spread(self, inner: SerializerFunctionWrapHandler) -> dict[str, Any]:
        told = inner(self)
        cells, label = told.pop("cells", {}), told.pop("group_label", "")
        return {**cells, **told, **({f"{self.group}_label": label} if self.group else {})}


class GroupView(View):
    """The rows of one group; without a word where the catalogue has no groups."""

    word: str
    label: str
    rows: tuple[ListRow, ...]


class HeadView(View):
    """Which list of which day this is.

    Attributes:
        since: when the version was made; None for a file.
        case: the case that made it, None where none did.
        stood: whether the version stood on that day already.
        rows: how many are valid on the day.
    """

    catalogue: str
    title: str
    day: str
    version: int
    since: str | None
    case: str | None
    stood: bool
    rows: int


class ListsView(View):
    """The lists of a day, group by group; groups without rows are left out."""

    head: HeadView
    groups: tuple[GroupView, ...]


class EditionView(View):
    """A version of a list, when it was made and by which case."""

    version: int
    at: str
    case: str | None


class ColumnChange(View):
    """A column of a row as it was and as it is, in words; "" for nothing."""

    name: str
    label: str
    before: str
    after: str


class ChangeView(View):
    """What became of one row.

    Attributes:
        kind: ``added``, ``ended``, ``changed`` or ``coming``.
        row: as it is now; of an ended one as it was last.
        by: the version that did it; None where the row's own days did.
    """

    kind: str
    code: str
    row: ListRow
    columns: tuple[ColumnChange, ...]
    by: EditionView | None


class ChangesView(View):
    """What changed in a list between two days, and which case made which version."""

    catalogue: str
    title: str
    from_: HeadView = Field(alias="from")
    to: HeadView
    versions: tuple[EditionView, ...]
    changes: tuple[ChangeView, ...]


class SheetView(View):
    """A list as one page to print and post, as plain HTML."""

    html: str
