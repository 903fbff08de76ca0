"""Makes views of lists and their changes, in one language, the same for every door."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from engine.case.text import Text, lang_of
from engine.case.values import Data
from engine.compiling.catalogues import CatalogueDef
from engine.facts.messages import shown
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef
from engine.time.times import moment_text
from heyi.app.admission import words
from heyi.app.admission.models import (
    ChangesView,
    ChangeView,
    ColumnChange,
    DetailView,
    EditionView,
    GroupView,
    HeadView,
    ListRow,
)
from heyi.app.library.catalogues import Change, Changes, Listing
from storage.kernel.records import Edition

Numbers = Callable[[str], str]
"""From a case's id to what people call it."""

PROVENANCE = "provenance"
"""What a column says it means that is for those who keep the list, not for its readers."""


def title_column(rule: CatalogueDef) -> str:
    """Return the column that people call a row by: the first of text."""
    return next((n for n, part in rule.columns.items() if part.type is FieldType.TEXT), "code")


def group_column(rule: CatalogueDef) -> str | None:
    """Return the column that groups a list: the first choice that every row has; None: none."""
    for name, part in rule.columns.items():
        if part.type is FieldType.CHOICE and not part.many and not part.optional:
            return name
    return None


def title_of(rule: CatalogueDef, row: Data, lang: str) -> str:
    """Return the title of a row in a language, else its first name."""
    column = title_column(rule)
    return str((row.get(f"{column}_{lang}") if lang != "zh" else None) or row.get(column) or "")


def cell_text(part: FieldDef | None, value: Any, lang: str) -> str:
    """Return a cell as people read it; "" for a missing one."""
    if isinstance(value, list):
        separator = Text("、", ", ").text(lang)
        return separator.join(cell_text(part, one, lang) for one in value)
    if value is None:
        return ""
    if part is not None and part.options and str(value) in part.options:
        return part.options[str(value)].text(lang)
    return shown(value, lang_of(lang))


def column_label(rule: CatalogueDef, name: str, lang: str) -> str:
    """Return the label of a column; its own name where the file gives none."""
    if name in words.COLUMNS:
        return words.COLUMNS[name].text(lang)
    part = rule.columns.get(name)
    return part.label.text(lang) if part is not None and part.label else name


def row_view(rule: CatalogueDef, row: Data, lang: str) -> ListRow:
    """Return a row with its title, its group in words, and further details."""
    group = group_column(rule)
    label = cell_text(rule.columns[group], row.get(group), lang) if group else ""
    known = (DetailView(label=label, text=text) for label, text in details(rule, row, lang))
    return ListRow(
        cells=dict(row), code=str(row["code"]), title=title_of(rule, row, lang),
        group=group or "", group_label=label, details=tuple(known),
    )  # fmt: skip


def details(rule: CatalogueDef, row: Data, lang: str) -> Iterator[tuple[str, str]]:
    """Yield label and text of further details of a row, in the file's order.

    Columns that every row has are not labelled; a yes is not told, a no is.
    """
    hidden = {title_column(rule), f"{title_column(rule)}_en", group_column(rule)}
    for name, part in rule.columns.items():
        if name in hidden or part.means == PROVENANCE or row.get(name) in (None, "", [], True):
            continue
        label = "" if not part.optional and part.type is not FieldType.BOOLEAN else name
        yield label and column_label(rule, name, lang), cell_text(part, row[name], lang)
    if row.get("until"):
        yield column_label(rule, "until", lang), str(row["until"])


def groups(
    rule: CatalogueDef, rows: Iterable[Data], lang: str, wanted: str = ""
) -> tuple[GroupView, ...]:
    """Return the lists of a catalogue: its rows by group, in the order of the options.

    Args:
        rule: the catalogue's file.
        rows: of one day.
        lang: of labels.
        wanted: one group only; "" for all.

    Returns:
        Each group that has rows; one without a word where the catalogue has no groups.
    """
    column = group_column(rule)
    found: dict[str, list[ListRow]] = {word: [] for word in _options(rule)}
    for row in rows:
        found.setdefault(str(row.get(column, "")) if column else "", []).append(
            row_view(rule, row, lang)
        )
    part = rule.columns[column] if column else None
    return tuple(
        GroupView(word=word, label=cell_text(part, word, lang), rows=tuple(rows_of))
        for word, rows_of in found.items()
        if rows_of and wanted in {"", word}
    )


def _options(rule: CatalogueDef) -> Mapping[str, Any]:
    column = group_column(rule)
    return (rule.columns[column].options or {}) if column else {}


def group_words(rule: CatalogueDef) -> dict[str, Text]:
    """Return the label of each group that a catalogue can have, by word."""
    return {word: Text(label.zh, label.en or "") for word, label in _options(rule).items()}


def head_view(rule: CatalogueDef, found: Listing, lang: str, numbers: Numbers) -> HeadView:
    """Return the catalogue, version and day of a list."""
    return HeadView(
        catalogue=rule.catalogue,
        title=rule.title.text(lang),
        day=found.day.isoformat(),
        version=found.version,
        since=moment_text(found.since) if found.since else None,
        case=numbers(found.case) if found.case else None,
        stood=found.stood,
        rows=len(found.rows),
    )


def changes_view(
    rule: CatalogueDef, found: Changes, lang: str, numbers: Numbers, wanted: str = ""
) -> ChangesView:
    """Return what changed between two days, and which case made which version.

    Args:
        rule: the catalogue's file.
        found: the changes.
        lang: of labels.
        numbers: what cases are called.
        wanted: changes of one group only; "" for all.
    """
    column = group_column(rule)
    rows = [one for one in found.rows if wanted in {"", one.row.get(column or "")}]
    return ChangesView(
        catalogue=rule.catalogue,
        title=rule.title.text(lang),
        from_=head_view(rule, found.first, lang, numbers),
        to=head_view(rule, found.second, lang, numbers),
        versions=tuple(_edition(one, numbers) for one in found.editions),
        changes=tuple(_change(rule, one, lang, numbers) for one in rows),
    )


def _edition(one: Edition, numbers: Numbers) -> EditionView:
    case = numbers(one.case) if one.case else None
    return EditionView(version=one.version, at=moment_text(one.at), case=case)


def _change(rule: CatalogueDef, one: Change, lang: str, numbers: Numbers) -> ChangeView:
    columns = (
        ColumnChange(
            name=name,
            label=column_label(rule, name, lang),
            before=cell_text(rule.columns.get(name), old, lang),
            after=cell_text(rule.columns.get(name), one.row.get(name), lang),
        )
        for name, old in one.before.items()
    )
    return ChangeView(
        kind=one.kind,
        code=one.code,
        row=row_view(rule, one.row, lang),
        columns=tuple(columns),
        by=_edition(one.by, numbers) if one.by else None,
    )
