"""The error classes of heyi, divided by who can mend them.

Constructors take facts and keep them as attributes, so that a console can show buttons and
a command line can print sentences from the same error.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from engine.case.problems import Problem
from engine.case.text import Text


class HeyiError(Exception):
    """Anything heyi refuses on purpose; never raised itself.

    Attributes:
        code: stable and dotted; message texts may change, codes do not.
    """

    code = "heyi"


class DefinitionError(HeyiError):
    """The workflow file is wrong; its author can mend it. Carries every problem at once."""

    code = "definition"

    def __init__(self, problems: Sequence[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))


@dataclass(frozen=True, slots=True, kw_only=True)
class Reason:
    """One reason why a move is refused.

    Attributes:
        code: one of the codes of ``REFUSAL_CODES``.
        words: what was wrong and what would be right, for the handler.
        names: the triggers, roles, fields or rules it speaks of, for buttons.
        source: the rule's source as the workflow file gives it, or "".
    """

    code: str
    words: Text
    names: tuple[str, ...] = ()
    source: str = ""

    def text(self, lang: str = "zh") -> str:
        """Return the sentence in ``lang`` (``zh`` or ``en``); Chinese where English is missing."""
        return self.words.text(lang)


class MoveRefused(HeyiError):
    """The case may not move so; nothing changed. Carries every reason.

    ``code`` is the code of the first reason, the one that decides the exit status.
    """

    code = "move"

    def __init__(self, reasons: Sequence[Reason], *, allowed: Sequence[str] = ()) -> None:
        self.reasons = tuple(reasons)
        self.allowed = tuple(allowed)
        self.code = self.reasons[0].code
        super().__init__("; ".join(f"{r.code}: {r.text('en')}" for r in self.reasons))


class StorageError(HeyiError):
    """Something about what is kept; the operator or a second try mends it."""

    code = "storage"


class AccessError(HeyiError):
    """Not signed in, not a post, or not yours to know."""

    code = "access"


class SettingsError(HeyiError):
    """A setting is missing or wrong; the operator mends it."""

    code = "settings"


@dataclass(slots=True)
class Reasons:
    """A growing list of reasons that ends in one refusal."""

    found: list[Reason] = field(default_factory=list)

    def add(self, code: str, words: Text, *, names: Sequence[str] = (), source: str = "") -> None:
        """Note one more reason."""
        self.found.append(Reason(code=code, words=words, names=tuple(names), source=source))
