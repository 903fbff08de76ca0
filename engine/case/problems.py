"""The values for a problem in a file: what is wrong, where, and what would be right."""

from dataclasses import dataclass

from engine.case.text import NOTHING, Text


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Position:
    """A place in a file.

    Attributes:
        file: the name the reader was given; "" where a text has none.
        line: 1-based.
        column: 1-based, counted in characters.
    """

    file: str
    line: int
    column: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One finding in a file.

    Attributes:
        at: where it stands.
        code: stable, ``HY`` and three digits.
        words: what was wrong and what would be right.
        hint: a suggestion ("did you mean 'trigger'?"), or nothing.
        severity: ``error`` stops the file from being used; ``warning`` does not.
    """

    at: Position
    code: str
    words: Text
    hint: Text = NOTHING
    severity: str = "error"

    def text(self, lang: str = "zh") -> str:
        """Return ``file:line:col: code sentence (hint)`` in ``lang``."""
        words, hint = self.words.text(lang), self.hint.text(lang)
        tail = (f" ({hint})" if lang == "en" else f"（{hint}）") if hint else ""
        return f"{self.at}: {self.code} {words}{tail}"

    def __str__(self) -> str:
        return self.text("en")
