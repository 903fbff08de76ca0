"""The views of the writing room."""

from pathlib import Path
from typing import Any, Literal

from pydantic import ConfigDict

from engine.case.text import Text
from heyi.app.view import View


class MeaningView(View):
    """A code, explained.

    Attributes:
        code: as it is written in findings.
        kind: whether it refuses a move, warns about a file or keeps it from being used.
        words: what it means, in every language.
        bad: a part of a file that gives it; "" where there is none.
        good: the same part as it would be right.
        source: the paper a promise rests on, or "".
    """

    code: str
    kind: Literal["error", "warning", "refusal"]
    words: Text
    bad: str = ""
    good: str = ""
    source: str = ""

    def plain(self) -> dict[str, Any]:
        """Return it as plain data, a key a language, without what is empty."""
        told = {"code": self.code, "kind": self.kind, **self.words.plain()}
        rest = {"bad": self.bad, "good": self.good, "source": self.source}
        return told | {key: value for key, value in rest.items() if value}


class TextFileView(View):
    """A file to be written.

    Attributes:
        path: its name below the folder that it belongs into.
        text: its content.
        keep: a file that is there already is somebody's own and stays as it is.
    """

    path: Path
    text: str
    keep: bool


class BegunView(View):
    """The files of a new workflow: the workflow, its test, and the schema for editors."""

    files: tuple[TextFileView, ...]


class LaidOutView(View):
    """A file in its layout, and whether that is another than it had."""

    path: Path
    text: str
    changed: bool


class BookView(View):
    """The tables of a file as an XLSX file.

    Attributes:
        data: the file's bytes; in JSON as base64.
        sheets: how many it has beside its index.
    """

    model_config = ConfigDict(ser_json_bytes="base64", val_json_bytes="base64")

    data: bytes
    sheets: int


class EditedView(View):
    """A file with the rows of edited sheets.

    Attributes:
        path: the file's name.
        text: its content as it would be.
        difference: what changes, as the lines of a unified diff; none for no change.
    """

    path: Path
    text: str
    difference: tuple[str, ...]
