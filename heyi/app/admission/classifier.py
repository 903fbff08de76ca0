"""Finds the table that classifies, and its catalogue, by what the files say."""

from collections.abc import Mapping
from dataclasses import dataclass

from engine.case.errors import HeyiError
from engine.checking.build import check_workflow
from engine.compiling.catalogues import CatalogueDef
from engine.compiling.plan import Table, Workflow
from engine.facts.origins import table_names
from engine.facts.reading import base_fields
from engine.language.kinds import FieldType
from heyi.app.library.shelf import FolderShelf

MEANS = "classification"
"""What a table says it means, so that it is found."""


class ClassificationMissing(HeyiError):
    """No workflow file has a table that says it is the classification."""

    code = "admission.none"

    def __init__(self) -> None:
        super().__init__(f"no workflow has a table with 'means: {MEANS}' over a catalogue")


@dataclass(frozen=True, slots=True, kw_only=True)
class Classifier:
    """The table that classifies, with its catalogue.

    Attributes:
        workflow: the file with the table.
        table: the classification table.
        item: the field that names rows of the catalogue.
        catalogue: the file of that catalogue.
        column: the catalogue's column of classes.
        output: the table's output of the same classes.
    """

    workflow: Workflow
    table: Table
    item: str
    catalogue: CatalogueDef
    column: str
    output: str

    @property
    def title(self) -> str:
        """The column that people call a row by: the first of text."""
        return next(n for n, part in self.catalogue.columns.items() if part.type is FieldType.TEXT)

    def class_label(self, word: str, lang: str) -> str:
        """Return what a class is called, or the word itself."""
        label = (self.catalogue.columns[self.column].options or {}).get(word)
        return label.text(lang) if label else word


def find_classifier(shelf: FolderShelf) -> Classifier:
    """Return the classifier of a shelf; files that are wrong are passed over.

    Raises:
        ClassificationMissing: there is none.
    """
    catalogues = {one.catalogue: one for one in shelf.catalogues()}
    for path in shelf.workflow_files():
        text = path.read_text(encoding="utf-8", errors="replace")
        if MEANS not in text:
            continue
        workflow = check_workflow(text, file=str(path), shelf=shelf)[0]
        for table in workflow.tables.values() if workflow else ():
            if workflow and workflow.definition.tables[table.name].means == MEANS:
                found = _classifier(workflow, table, catalogues)
                if found is not None:
                    return found
    raise ClassificationMissing


def _classifier(
    workflow: Workflow, table: Table, catalogues: Mapping[str, CatalogueDef]
) -> Classifier | None:
    reads = base_fields(workflow, table_names(table))
    for name in (name for name in workflow.fields if name in reads):
        part = workflow.fields[name]
        catalogue = catalogues.get(part.catalogue or "")
        pair = _shared_classes(workflow, table, catalogue) if catalogue else None
        if catalogue is not None and pair is not None:
            return Classifier(
                workflow=workflow, table=table, item=name, catalogue=catalogue,
                column=pair[0], output=pair[1],
            )  # fmt: skip
    return None


def _shared_classes(
    workflow: Workflow, table: Table, catalogue: CatalogueDef
) -> tuple[str, str] | None:
    """Return the column and the output that have most words in common."""
    gives = workflow.definition.tables[table.name].gives
    pairs = [
        (len(set(part.options or ()) & set(words)), column, output)
        for column, part in catalogue.columns.items()
        for output, words in gives.items()
        if isinstance(words, list)
    ]
    shared, column, output = max(pairs, default=(0, "", ""))
    return (column, output) if shared else None
