"""Finds every place that carries the languages, and those that lack one of them."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from engine.language.reader import read_yaml
from tests.project.pages import commands

ROOT = Path(__file__).resolve().parents[2]
HAN = re.compile("[\u3400-\u9fff]")
KEYS = ROOT / "heyi" / "app" / "authors" / "writing" / "keys.yaml"
SPEAKS = {"Text": 0, "say": 0, "_row": 2}
"""What takes a column a language, and how many arguments come before the columns."""
BETWEEN = " · "
"""What stands between the languages of a help text."""


@dataclass(frozen=True, slots=True)
class Place:
    """A sentence or word with its columns.

    Attributes:
        kind: ``text``, ``key``, ``help``.
        at: where it stands.
        columns: how many languages it has.
    """

    kind: str
    at: str
    columns: int


def lacking(columns: int) -> list[Place]:
    """Return the places that have fewer columns than there are languages."""
    return [one for one in places() if one.columns < columns]


def places() -> Iterator[Place]:
    """Yield every template, word, key of files and help text."""
    for path in _modules():
        yield from _texts(path)
    words = read_yaml(KEYS.read_text(encoding="utf-8"), file=KEYS.name).value
    for home, keys in words.items():
        for key, row in keys.items():
            yield Place("key", f"{home}.{key}", len(row) - (key != "_"))
    for name, command in commands():
        for told in (
            command.help or "",
            *(getattr(one, "help", "") or "" for one in command.params),
        ):
            if told and HAN.search(told):
                yield Place("help", f"{name}: {told}", len(told.split(BETWEEN)))


def _modules() -> list[Path]:
    return [path for room in ("engine", "heyi", "storage") for path in (ROOT / room).rglob("*.py")]


def _texts(path: Path) -> Iterator[Place]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if not isinstance(node, ast.Call):
            continue
        word = ast.unparse(node.func).rpartition(".")[2]
        if word == "_row" and path.name != "messages.py":
            continue
        if word in SPEAKS and not any(isinstance(one, ast.Starred) for one in node.args):
            columns = len(node.args) - SPEAKS[word]
            if word == "Text" or columns > (word == "say"):
                yield Place("text", f"{path.relative_to(ROOT)}:{node.lineno}", columns)


def loose(room: str) -> Iterator[tuple[str, str]]:
    """Yield (place, text) of Chinese that stands in no column: no other language has it."""
    for path in sorted((ROOT / room).rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        held = {id(one) for node in ast.walk(tree) if _holds(node) for one in ast.walk(node)}
        for node in ast.walk(tree):
            if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
                continue
            if HAN.search(node.value) and id(node) not in held:
                yield f"{path.relative_to(ROOT)}:{node.lineno}", node.value


def _holds(node: ast.AST) -> bool:
    """Tell whether what is written inside is no loose text: a column, a help text, a docstring."""
    if isinstance(node, ast.Call):
        return ast.unparse(node.func).rpartition(".")[2] in {*SPEAKS, "Option", "Argument", "Typer"}
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
