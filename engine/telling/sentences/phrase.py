"""The value for a part of a sentence, with how well it reads."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Phrase:
    """Words for an expression.

    Attributes:
        text: the words.
        joint: ``and`` or ``or`` where the words are several clauses joined so, else "".
        rough: something in it has no label, or the expression could only be quoted.
    """

    text: str
    joint: str = ""
    rough: bool = False
