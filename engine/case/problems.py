"""What is wrong with a file, where, and what would be right."""

from dataclasses import dataclass


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
        zh: what was wrong and what would be right, in Chinese.
        en: the same in English.
        hint: a suggestion ("did you mean 'trigger'?" in both languages), or ("", "").
        severity: ``error`` stops the file from being used; ``warning`` does not.
    """

    at: Position
    code: str
    zh: str
    en: str
    hint: tuple[str, str] = ("", "")
    severity: str = "error"

    def text(self, lang: str = "zh") -> str:
        """Return ``file:line:col: code sentence (hint)`` in ``lang``."""
        words, hint = (self.en, self.hint[1]) if lang == "en" else (self.zh, self.hint[0])
        tail = (f" ({hint})" if lang == "en" else f"（{hint}）") if hint else ""
        return f"{self.at}: {self.code} {words}{tail}"

    def __str__(self) -> str:
        return self.text("en")
