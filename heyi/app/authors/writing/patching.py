"""Changes single values and rows in the text of a file; every other character stays."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from ruamel.yaml import YAML
from ruamel.yaml.nodes import MappingNode, Node, ScalarNode

from heyi.app.authors.writing.cells import in_line

WIDEST = 110


def is_flow(node: Node) -> bool:
    """Tell whether a node stands in brackets."""
    return bool(getattr(node, "flow_style", False))


def tree(text: str) -> Node:
    """Return the nodes of a text with their places."""
    node: Node = YAML(typ="rt", pure=True).compose(text)
    return node


def pairs(node: Node) -> dict[str, tuple[Node, Node]]:
    """Return the (key, value) nodes of a mapping by key."""
    return {key.value: (key, value) for key, value in node.value}


@dataclass(slots=True)
class Patch:
    """Changes of one text, made all at once.

    Attributes:
        text: as it is.
        edits: (from, to, instead), 0-based characters; none may overlap.
    """

    text: str
    edits: list[tuple[int, int, str]] = field(default_factory=list)

    def done(self) -> str:
        """Return the text with all changes; insertions at one place come in their order."""
        text = self.text
        ordered = sorted(enumerate(self.edits), key=lambda one: (one[1][0], one[0]), reverse=True)
        for _nth, (start, end, instead) in ordered:
            text = text[:start] + instead + text[end:]
        return text

    def end(self, node: Node) -> int:
        """Return where the content of a node ends: before comments that follow it."""
        if isinstance(node, ScalarNode) or is_flow(node) or not node.value:
            stop = int(node.end_mark.index)
            return len(self.text[:stop].rstrip()) if stop > node.start_mark.index else stop
        last = node.value[-1]
        return self.end(last[1] if isinstance(node, MappingNode) else last)

    def _line(self, index: int) -> int:
        return self.text.rfind("\n", 0, index) + 1

    def _next_line(self, index: int) -> int:
        found = self.text.find("\n", index)
        return len(self.text) if found < 0 else found + 1

    def line_before(self, index: int) -> int:
        """Return a place in the line before that of a place."""
        return self._line(index) - 1

    def dash_column(self, node: Node) -> int:
        """Return how far the dashes of a list's rows stand from the left."""
        start = int(node.value[0].start_mark.index)
        line = self.text[self._line(start) : start]
        return line.index("-")

    def replace(self, node: Node, value: Any) -> None:
        """Write another value where a node stands."""
        start, quoted = int(node.start_mark.index), getattr(node, "style", None) == '"'
        blank = " " if self.text[start - 1 : start] == ":" else ""
        self.edits.append((start, self.end(node), blank + in_line(value, quoted=quoted)))

    def change(self, node: Node, old: dict[str, Any], new: dict[str, Any]) -> None:
        """Change the keys of a mapping that differ, from ``old`` to ``new``."""
        known = pairs(node)
        if not new or not old or not (old.keys() & new.keys()):
            self.replace(node, new)
            return
        for key in old.keys() - new.keys():
            self._drop(node, key)
        for key in old.keys() & new.keys():
            was, now = old[key], new[key]
            if was == now and type(was) is type(now):
                continue
            if isinstance(was, dict) and isinstance(now, dict):
                self.change(known[key][1], was, now)
            else:
                self.replace(known[key][1], now)
        self._add(node, {key: new[key] for key in new if key not in old})

    def _add(self, node: Node, more: dict[str, Any]) -> None:
        if not more:
            return
        if is_flow(node):
            end = self.end(node.value[-1][1])
            self.edits.append((end, end, ", " + in_line(more)[1:-1]))
            return
        column = node.value[0][0].start_mark.column
        self.insert(self.end(node), [" " * column + one for one in lines(more)])

    def _drop(self, node: Node, key: str) -> None:
        keys = [one.value for one, _value in node.value]
        place = keys.index(key)
        start = int(node.value[place][0].start_mark.index)
        if place == 0:
            self.edits.append((start, int(node.value[1][0].start_mark.index), ""))
        elif is_flow(node):
            end = self.end(node.value[place][1])
            self.edits.append((self.end(node.value[place - 1][1]), end, ""))
        else:
            self.remove(node.value[place][0], node.value[place][1])

    def remove(self, first: Node, last: Node) -> None:
        """Take away the lines from one node to another."""
        start = self._line(int(first.start_mark.index))
        self.edits.append((start, self._next_line(self.end(last)), ""))

    def insert(self, index: int, more: Iterable[str]) -> None:
        """Put lines after the line of a place."""
        at = self._next_line(index)
        begin = "" if self.text[at - 1 : at] == "\n" else "\n"
        self.edits.append((at, at, begin + "".join(f"{line}\n" for line in more)))


def lines(value: dict[str, Any]) -> list[str]:
    """Return a mapping as lines of a block; what is inside stands in one line where it fits."""
    found: list[str] = []
    for key, one in value.items():
        line = f"{key}: {in_line(one)}"
        if len(line) > WIDEST and isinstance(one, dict) and one:
            found += [f"{key}:", *(f"  {inner}" for inner in lines(one))]
        else:
            found.append(line)
    return found
