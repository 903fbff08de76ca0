"""The use cases of who writes files: explain, begin, lay out, edit as tables, schema.

None of them needs a database, and none writes a file: a door shows, saves or sends the answer.
"""

from typing import Literal

from engine.case.errors import DefinitionError
from heyi.app.authors.writing.errors import CodeUnknown, FileUnknown
from heyi.app.authors.writing.explaining import known_codes, meaning_of
from heyi.app.authors.writing.models import (
    BegunView,
    BookView,
    EditedView,
    LaidOutView,
    MeaningView,
)
from heyi.app.library.shelf import FolderShelf
from heyi.app.library.sources import Source, source_of
from heyi.app.reader import Reader


class Writing:
    """The use cases on the text of files."""

    def __init__(self, shelf: FolderShelf) -> None:
        """Look for files and rule packs on the deployment's shelf."""
        self._shelf = shelf

    def explain(self, reader: Reader, *, code: str) -> MeaningView:
        """Return what a code of a finding, refusal or promise means, in any case of letters.

        Raises:
            CodeUnknown: there is no such code; says which there are.
        """
        found = meaning_of(code, self._shelf.folders)
        if found is None:
            raise CodeUnknown(code=code, known=", ".join(known_codes()))
        return found

    def source(self, reader: Reader, *, name: str) -> Source:
        """Return the file of a workflow or catalogue by its name.

        Raises:
            FileUnknown: no folder has it.
        """
        for folder in self._shelf.folders if name.isidentifier() else ():
            for found in (folder / f"{name}.yaml", folder / "catalogues" / f"{name}.yaml"):
                if self._shelf.has(found):
                    return source_of(found, found.read_bytes())
        raise FileUnknown(name=name)

    def begin(self, reader: Reader, *, name: str) -> BegunView:
        """Return the files of a new workflow of this name, with their comments.

        Raises:
            InputWrong: the name is no id.
        """
        from heyi.app.authors.writing.starting import begun  # noqa: PLC0415 - makes the schema

        return begun(name)

    def lay_out(self, reader: Reader, *, source: Source) -> LaidOutView:
        """Return a file in the one layout; comments, order and meaning stay.

        Raises:
            DefinitionError: the text is no YAML that heyi reads.
            InputWrong: a comment stands where it would be lost.
        """
        from heyi.app.authors.writing.layout import laid_out  # noqa: PLC0415 - ruamel is slow

        text = _text(source)
        after = laid_out(text, file=str(source.path))
        return LaidOutView(path=source.path, text=after, changed=after != text)

    def sheets(self, reader: Reader, *, source: Source) -> BookView:
        """Return decision tables, params, clocks and rows of a file as an XLSX file.

        Raises:
            DefinitionError: the text is no YAML that heyi reads.
        """
        from heyi.app.authors.writing.sheets import sheets_of  # noqa: PLC0415 - as below
        from heyi.app.authors.writing.workbook import (  # noqa: PLC0415 - openpyxl is slow
            workbook_of,
        )

        sheets = sheets_of(_text(source), file=str(source.path))
        return BookView(data=workbook_of(sheets), sheets=len(sheets))

    def edit(self, reader: Reader, *, source: Source, book: bytes) -> EditedView:
        """Return a file with the rows of an edited XLSX file; all else stays as it was written.

        Args:
            reader: who asks.
            source: the file.
            book: the bytes of what ``sheets`` gave, as it was edited.

        Raises:
            DefinitionError: the text is no YAML that heyi reads.
            InputWrong: it is no XLSX of ours, holds a formula, a sheet belongs to nothing in the
                file, or the file is written in a way that the change cannot be made in.
        """
        from heyi.app.authors.writing.edits import changed_text, difference  # noqa: PLC0415
        from heyi.app.authors.writing.workbook import rows_of  # noqa: PLC0415 - openpyxl is slow

        text, name = _text(source), str(source.path)
        after = changed_text(text, rows_of(book), file=name)
        lines = tuple(difference(text, after, name))
        return EditedView(path=source.path, text=after, difference=lines)

    def schema(self, reader: Reader, *, draft: Literal["2020-12", "07"] = "2020-12") -> str:
        """Return the JSON Schema of workflow files as the text of its file.

        Args:
            reader: who asks.
            draft: of JSON Schema; ``07`` is for older editors.
        """
        from heyi.app.authors.writing.schema import schema_text  # noqa: PLC0415 - pydantic is slow

        return schema_text(draft)


def _text(source: Source) -> str:
    if source.unreadable is not None:
        raise DefinitionError([source.unreadable])
    return source.text
