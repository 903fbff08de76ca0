"""The errors of admission: why it cannot answer."""

from collections.abc import Iterable, Mapping

from engine.case.errors import HeyiError
from engine.case.text import Text, joined, said
from heyi.app.admission import words


class AnswerRefused(HeyiError):
    """An answer names no question, or no option of it."""

    code = "usage.answer"

    def __init__(self, told: Text) -> None:
        self.told = told
        super().__init__(told.en)


class CatalogueUnknown(HeyiError):
    """There is no catalogue of this name; says what there is."""

    code = "not_found"

    def __init__(self, name: str, known: Iterable[str]) -> None:
        self.name, self.known = name, tuple(known)
        self.told = said(words.NO_CATALOGUE, name=name, known=self.known)
        super().__init__(self.told.en)


class GroupUnknown(HeyiError):
    """A catalogue has no such class; says which it has."""

    code = "usage.input"

    def __init__(self, name: str, known: Mapping[str, Text]) -> None:
        """Take the class that was asked for, and the labels of the known ones by word."""
        self.name, self.known = name, tuple(known)
        shown = [said(words.GROUP, word=word, label=label) for word, label in known.items()]
        self.told = said(words.NO_GROUP, name=name, known=joined(shown, words.BETWEEN_GROUPS))
        super().__init__(self.told.en)
