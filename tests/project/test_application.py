"""The application: a reader on every call, a typed answer, and no word of any door."""

import ast
import inspect
import re
import subprocess
import sys
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any, get_args, get_type_hints

import pytest

from engine.telling.diagram.model import Diagram
from engine.telling.diagram.way import Way
from heyi.app.app import App
from heyi.app.reader import Reader
from heyi.app.view import View

ROOT = Path(__file__).resolve().parents[2]
APP = sorted((ROOT / "heyi" / "app").rglob("*.py"))
INSIDE = {"casework", "database", "deliveries", "rounds", "store"}
"""Parts of App that are no areas: what the bootstrap, rounds and author tests work on."""
PLAIN = (str, bytes, int, bool, type(None), Diagram, Way)
"""What may be answered beside views: a text, a file, a number, none, and a picture to draw."""

WHOLE = {
    "Cases.history": "of one case; read as one to be verified as one",
    "Publishing.waiting": "files that wait for a second person; they go when one comes",
    "Accounts.sessions": "of one person; they end by themselves",
    "Papers.issued": "of one case",
    "People.units": "the tree of one office",
    "People.list": "the staff of one office",
    "People.roles": "as many as published workflows name",
    "People.absences": "of one person",
    "People.put_absence": "of one person",
    "People.come_back": "of one person",
    "People.addresses": "of one person or unit",
}
"""Lists that are told whole, and why they stay short."""


def name(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def areas() -> Iterator[tuple[str, type]]:
    """Yield the areas of the application with their classes, read off App's annotations."""
    for word, part in vars(App).items():
        if not isinstance(part, cached_property) or word in INSIDE:
            continue
        kind = inspect.signature(part.func).return_annotation
        module = _imported(part.func, kind)
        yield word, getattr(__import__(module, fromlist=[kind]), kind)


def _imported(function: Any, kind: str) -> str:
    """Return the module that a property imports its area from."""
    found = re.search(rf"from ([\w.]+) import [^\n]*\b{kind}\b", inspect.getsource(function))
    assert found is not None, kind
    return found[1]


def methods() -> list[Any]:
    return [
        pytest.param(method, id=f"{word}.{title}")
        for word, kind in areas()
        for title, method in vars(kind).items()
        if inspect.isfunction(method) and not title.startswith("_")
    ]


def test_the_areas_are_those_of_the_design():
    assert {word for word, _ in areas()} == {
        "cases", "clocks", "alerts", "people", "library", "papers", "admission", "disputes",
        "authors", "writing", "office", "audit", "accounts", "viewings", "handovers",
    }  # fmt: skip


@pytest.mark.parametrize("method", methods())
def test_every_use_case_takes_a_reader_and_keywords(method):
    parameters = [*inspect.signature(method).parameters.values()][1:]

    assert parameters[0].name == "reader"
    assert get_type_hints(method, localns=_named(method))["reader"] is Reader
    assert {one.kind for one in parameters[1:]} <= {inspect.Parameter.KEYWORD_ONLY}


@pytest.mark.parametrize("method", methods())
def test_every_use_case_answers_with_a_frozen_view(method):
    answer = get_type_hints(method, localns=_named(method))["return"]

    for kind in _kinds(answer):
        assert issubclass(kind, (View, *PLAIN)), kind
        assert not issubclass(kind, View) or kind.model_config["frozen"]


@pytest.mark.parametrize("method", methods())
def test_every_list_that_may_grow_is_told_in_pages(method):
    parameters = inspect.signature(method).parameters
    answer = get_type_hints(method, localns=_named(method))["return"]
    name = f"{method.__qualname__}"

    if "limit" in parameters:
        assert parameters.keys() & {"after", "cursor"}, "a list that is cut has no next page"
        assert name not in WHOLE
    elif any("Page" in kind.__name__ for kind in _kinds(answer)):
        assert name in WHOLE, "a list without pages: give it a cursor, or say why it is short"


def test_lists_told_whole_are_lists():
    assert WHOLE.keys() <= {one.values[0].__qualname__ for one in methods()}


def _named(method: Any) -> dict[str, Any]:
    """Return names that a module imports for its types alone."""
    tree = ast.parse(Path(inspect.getfile(method)).read_text(encoding="utf-8"))
    # A plain value is a recursive alias, which no annotation resolver follows.
    found: dict[str, Any] = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            home = __import__(node.module, fromlist=["*"])
            found |= {a.asname or a.name: getattr(home, a.name, None) for a in node.names}
    return found | {"Plain": Any}


def _kinds(answer: Any) -> Iterator[type]:
    """Yield the classes of an annotation: of a union and a tuple each, of a page its own."""
    if isinstance(answer, type):
        yield answer
        return
    for part in get_args(answer):
        if part is not Ellipsis:
            yield from _kinds(part)


def test_no_open_map_leaves_the_application():
    told = re.compile(
        r"^    def [a-z]\w*\([^)]*\) -> [^:\n]*dict\[str, Any\]", re.MULTILINE | re.DOTALL
    )

    offenders = {
        name(path): told.findall(path.read_text(encoding="utf-8"))
        for path in APP
        if f"{path.parent.name}.py" == path.name
    }

    assert {path: found for path, found in offenders.items() if found} == {}


def test_the_application_prints_nothing_and_names_no_command_and_no_option():
    words = re.compile(r"\bheyi [a-z]+\b|(?<![\w-])--[a-z]|HEYI_[A-Z]|\bprint\(")

    found = {
        f"{name(path)}:{line}": text
        for path in APP
        for line, text in _texts(path)
        if words.search(text)
    }

    assert found == {}


def _texts(path: Path) -> Iterator[tuple[int, str]]:
    """Yield every string of a module but docstrings, and its calls of print."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    docs = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, (ast.Module, ast.ClassDef, ast.FunctionDef))
        and node.body
        and isinstance(node.body[0], ast.Expr)
    } | {node.value for node in ast.walk(tree) if isinstance(node, ast.Expr)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in docs:
            yield node.lineno, node.value
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Name)
            and node.func.id == "print"
        ):
            yield node.lineno, "print("


def test_a_move_brings_neither_the_checker_nor_what_hashes_passwords():
    program = (
        "import sys\n"
        "import heyi.cli.main, heyi.bootstrap, heyi.app.app, heyi.app.cases.cases\n"
        "import heyi.app.office.office, storage.work\n"
        "print(sorted({'argon2', 'engine.checking', 'openpyxl', 'heyi.app.authors'} & {*sys.modules}))"
    )

    done = subprocess.run(
        [sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.stdout.strip() == "[]", done.stdout + done.stderr
