"""Reads a CEL text as tokens: the names, list columns and macros that it uses.

CEL's own checker knows names and types but not the columns of a list's items, gives no syntax
tree, and lets ``2/3`` be 0: this module sees what it does not.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

MACROS = frozenset({"filter", "exists", "all", "map", "exists_one"})
_TOKEN = re.compile(
    r"""(?P<space>\s+|//[^\n]*)
      | (?P<text>(?:[bB]?[rR]|[rR][bB])(?:\"\"\".*?\"\"\"|'''.*?'''|\"[^\"\n]*\"|'[^'\n]*')
          | [bB]?(?:\"\"\"(?:\\.|[^\\])*?\"\"\"|'''(?:\\.|[^\\])*?'''
          |\"(?:\\.|[^\"\\\n])*\"|'(?:\\.|[^'\\\n])*'))
      | (?P<number>\d+(?:\.\d+)?(?:[eE][-+]?\d+)?u?)
      | (?P<name>[A-Za-z_]\w*)
      | (?P<op>&&|\|\||==|!=|<=|>=|[-+*/%<>!?:.,()\[\]{}])
      | (?P<odd>.)""",
    re.VERBOSE | re.DOTALL,
)
_WORDS = frozenset({"true", "false", "null", "in"})

Columns = Mapping[str, frozenset[str]]
"""Columns by variable: of the map it is, or of the items of the list it is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Token:
    """A piece of the text; ``at`` is its 0-based offset."""

    kind: str
    text: str
    at: int


@dataclass(slots=True)
class Scan:
    """What a text uses.

    Attributes:
        names: declared variables it reads (``clocks.posting.elapsed`` is one).
        functions: functions called by name, not as methods.
        macros: list macros with their offsets.
        odd_columns: (offset, column, variable) that the variable's items do not have.
        used_columns: (variable, column) pairs that do exist.
        divisions: offsets of ``/``.
        literals: (variable, operator, literal text) compared directly, for option checks.
    """

    names: set[str] = field(default_factory=set)
    functions: set[str] = field(default_factory=set)
    macros: list[tuple[str, int]] = field(default_factory=list)
    odd_columns: list[tuple[int, str, str]] = field(default_factory=list)
    used_columns: set[tuple[str, str]] = field(default_factory=set)
    divisions: list[int] = field(default_factory=list)
    literals: list[tuple[str, str, int]] = field(default_factory=list)


def tokens(source: str) -> list[Token]:
    """Return the tokens of a CEL text without white space and comments.

    Odd characters stand as ``odd``. What hides in a text or a comment is no token: it must be
    seen as CEL sees it, or a division could be smuggled past.
    """
    found = []
    for match in _TOKEN.finditer(source):
        kind = match.lastgroup or "odd"
        if kind != "space":
            found.append(Token(kind=kind, text=match[0], at=match.start()))
    return found


def scan(source: str, variables: Mapping[str, object], columns: Columns) -> Scan:
    """Return what ``source`` uses.

    Args:
        source: a CEL text, right or wrong: nothing here raises.
        variables: the declared names, dotted where they are.
        columns: the columns of maps and of lists' items, by variable.
    """
    return _Scanner(tokens(source), variables, columns).run()


class _Scanner:
    def __init__(
        self, stream: list[Token], variables: Mapping[str, object], columns: Columns
    ) -> None:
        self.stream, self.variables, self.columns = stream, variables, columns
        self.found = Scan()
        self.place = 0
        self.open: list[tuple[str | None, str | None]] = []
        self.bound: dict[str, list[str | None]] = {}

    def run(self) -> Scan:
        result: str | None = None
        while self.place < len(self.stream):
            token = self.stream[self.place]
            if token.kind == "name" and token.text not in _WORDS:
                result = self._chain()
            elif token.text in {"(", "[", "{"}:
                self.open.append((None, self._indexed(result) if token.text == "[" else None))
                self.place += 1
                result = None
            elif token.text in {")", "]", "}"}:
                result = self._close()
            else:
                if token.text == "/":
                    self.found.divisions.append(token.at)
                self.place += 1
                result = None
            if self._next_is(".") and self.stream[self.place - 1].text in {")", "]", "}"}:
                result = self._follow(result)
        return self.found

    def _indexed(self, owner: str | None) -> str | None:
        """Return the list whose item an opening bracket asks for, if it is one."""
        if owner is None or not str(self.variables.get(owner, "")).startswith("list"):
            return None
        # A bound item is called by its list here, and `item['x']` is no item of the list.
        before = self.stream[self.place - 1].text
        return owner if before == ")" or before == owner.rpartition(".")[2] else None

    def _next_is(self, text: str, ahead: int = 0) -> bool:
        place = self.place + ahead
        return place < len(self.stream) and self.stream[place].text == text

    def _close(self) -> str | None:
        """Leave a bracket; return the list that a macro's result still is, if known."""
        self.place += 1
        if not self.open:
            return None
        name, listed = self.open.pop()
        if name is not None:
            self.bound[name].pop()
        return listed

    def _chain(self) -> str | None:
        """Read ``a.b.c``; ends before the ``(`` of a call, or behind that of a macro."""
        first = self.stream[self.place]
        self.place += 1
        parts = [first, *self._names()]
        if not self._next_is("("):
            owner = self._resolve(parts)
            self._compared(parts)
            return owner
        if len(parts) == 1:
            self.found.functions.add(first.text)
            return None
        return self._call(parts.pop(), self._resolve(parts))

    def _follow(self, receiver: str | None) -> str | None:
        """Read ``.b.c`` behind a bracket; ``receiver`` is the list it is of, if known."""
        parts = self._names()
        method = parts.pop() if parts and self._next_is("(") else None
        if receiver is not None and parts:
            self._check_column(receiver, parts[0])
            receiver = None
        return receiver if method is None else self._call(method, receiver)

    def _names(self) -> list[Token]:
        """Read ``.b.c`` as far as it goes."""
        parts: list[Token] = []
        while self._next_is(".") and self.place + 1 < len(self.stream):
            follower = self.stream[self.place + 1]
            if follower.kind != "name":
                break
            parts.append(follower)
            self.place += 2
        return parts

    def _call(self, method: Token, owner: str | None) -> str | None:
        if method.text in MACROS:
            self._macro(method, owner)
        return owner

    def _resolve(self, parts: list[Token]) -> str | None:
        """Note the variable a chain begins with and check the column that follows it."""
        head = parts[0].text
        if self.bound.get(head):
            owner, rest = self.bound[head][-1], parts[1:]
        else:
            owner, rest = self._variable(parts)
        if owner is not None and rest:
            self._check_column(owner, rest[0])
        return owner if not rest else None

    def _check_column(self, owner: str, column: Token) -> None:
        if owner not in self.columns:
            return
        if column.text in self.columns[owner]:
            self.found.used_columns.add((owner, column.text))
        else:
            self.found.odd_columns.append((column.at, column.text, owner))

    def _variable(self, parts: list[Token]) -> tuple[str | None, list[Token]]:
        for length in range(len(parts), 0, -1):
            name = ".".join(p.text for p in parts[:length])
            if name in self.variables:
                self.found.names.add(name)
                return name, parts[length:]
        return None, []

    def _macro(self, method: Token, owner: str | None) -> None:
        self.found.macros.append((method.text, method.at))
        place = self.place + 1
        if place + 1 < len(self.stream) and self.stream[place].kind == "name":
            name = self.stream[place].text
            self.bound.setdefault(name, []).append(owner)
            self.open.append((name, owner if method.text == "filter" else None))
            self.place += 2
        else:
            self.open.append((None, None))
            self.place += 1

    def _compared(self, parts: list[Token]) -> None:
        """Note ``field == 'literal'``, ``field in ['a', 'b']`` and ``'literal' in field``.

        A bound item reads as its list: ``p.side`` is noted as ``parties.side``.
        """
        head, *rest = (p.text for p in parts)
        if self.bound.get(head):
            head = self.bound[head][-1] or head
        name = ".".join((head, *rest))
        before = self.place - 2 * len(parts) + 1
        words: list[Token] = []
        if self._text(self.place) in {"==", "!="}:
            words = self.stream[self.place + 1 : self.place + 2]
        elif self._text(self.place) == "in" and self._next_is("[", 1):
            words = self._listed(self.place + 2)
        elif self._text(before - 1) == "in" and before > 1:
            words = [self.stream[before - 2]]
        found = [(name, _unquote(w.text), w.at) for w in words if w.kind == "text"]
        self.found.literals.extend(found)

    def _text(self, place: int) -> str:
        return self.stream[place].text if 0 <= place < len(self.stream) else ""

    def _listed(self, place: int) -> list[Token]:
        """Return the tokens up to the closing bracket of a literal list."""
        end = place
        while end < len(self.stream) and self.stream[end].text != "]":
            end += 1
        return self.stream[place:end]


def _unquote(text: str) -> str:
    body = text.lstrip("bBrR")
    quotes = 3 if body.startswith(('"""', "'''")) else 1
    return body[quotes:-quotes]
