"""The error of a value that cannot stand in a field."""

from engine.case.text import Text


class BadValue(ValueError):
    """A value given is not acceptable; says why."""

    def __init__(self, words: Text) -> None:
        self.words = words
        super().__init__(words.text("en"))
