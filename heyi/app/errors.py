"""The errors that any use case may raise: something is not there, or cannot be used."""

from typing import Any

from engine.case.errors import HeyiError
from engine.case.text import Text, said


class InputWrong(HeyiError):
    """An argument, option or file that was given cannot be used."""

    code = "usage.input"

    def __init__(self, told: Text) -> None:
        self.told = told
        super().__init__(told.en)


class NotFound(HeyiError):
    """There is no such file, workflow or code."""

    code = "not_found"

    def __init__(self, told: Text) -> None:
        self.told = told
        super().__init__(told.en)


class FactsNotFound(NotFound):
    """Something that was named by facts is not there; each kind has its own sentence."""

    says = Text("没有“{name}”", "no '{name}'")

    def __init__(self, **facts: Any) -> None:
        self.facts = facts
        super().__init__(said(self.says, **facts))
