"""Renames what a CEL text reads, token by token."""

from collections.abc import Mapping
from typing import Protocol

from engine.language.scan import MACROS, tokens

_CLOSERS, _OPENERS = ")]}", "([{"


class Words(Protocol):
    """What is renamed, in the scope of one file."""

    @property
    def fields(self) -> Mapping[str, str]: ...

    def state(self, word: str) -> str: ...

    def trigger(self, word: str) -> str: ...

    def field(self, word: str) -> str: ...


class RenamedExpression:
    """One CEL text, read token by token."""

    def __init__(self, source: str, names: Words) -> None:
        self.source, self.names = source, names
        self.stream = tokens(source)
        self.open: list[str] = []
        """The variable that each open bracket binds, "" where it binds none."""
        self.new: dict[int, str] = {}

    def text(self) -> str:
        for place, token in enumerate(self.stream):
            if token.kind == "name":
                self._name(place)
            elif token.text in _OPENERS:
                self.open.append(self._binds(place))
            elif token.text in _CLOSERS:
                self.open.pop()
        parts, end = [], 0
        for place, text in sorted(self.new.items()):
            token = self.stream[place]
            parts += [self.source[end : token.at], text]
            end = token.at + len(token.text)
        return "".join(parts) + self.source[end:]

    def _at(self, place: int) -> str:
        return self.stream[place].text if 0 <= place < len(self.stream) else ""

    def _binds(self, place: int) -> str:
        """Return the variable of ``.exists(x, …)`` for the bracket at ``place``."""
        macro = self._at(place - 1) in MACROS and self._at(place - 2) == "."
        return self._at(place + 1) if macro else ""

    def _name(self, place: int) -> None:
        word = self._at(place)
        if word == "state":
            self._states_beside(place)
        bound = word in self.open or self._binds(place - 1) == word
        if self._at(place - 1) == "." or self._at(place + 1) == "(" or bound:
            return
        follower = self._at(place + 2)
        if word in {"filled", "before"}:
            self.new[place + 2] = self.names.field(follower)
        elif word == "taken":
            self.new[place + 2] = self.names.trigger(follower)
        elif word in self.names.fields:
            self.new[place] = self.names.field(word)

    def _states_beside(self, place: int) -> None:
        """Rename the literals that a state is compared with."""
        beside = [place + 2] if self._at(place + 1) in {"==", "!="} else []
        beside += [place - 2] if self._at(place - 1) in {"==", "!="} else []
        if self._at(place + 1) == "in":
            beside += range(
                place + 3, next(p for p in range(place, len(self.stream)) if self._at(p) == "]")
            )
        for other in beside:
            text = self._at(other)
            if text[:1] in {"'", '"'}:
                self.new[other] = text[0] + self.names.state(text[1:-1]) + text[0]
