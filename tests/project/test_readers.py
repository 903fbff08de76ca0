"""No list without a reader: where the office itself and nobody are made, and who looks unasked."""

import ast
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
MADE = {
    "heyi/cli/demo/commands.py": ["system", "nobody"],
    "heyi/cli/serving/commands.py": ["system"],
    "heyi/cli/shell/shell.py": ["system"],
    "heyi/console/app.py": ["nobody"],
}
"""Every file of heyi that makes the office itself or nobody a reader, and what for.

The demonstration marks and shows made-up data; the console's health tells no case; the shell makes the office
itself for operators' commands, of which ``OFFICE`` has every one.
"""
OFFICE = {
    "heyi/cli/case/reading.py": ["command:verify"],
    "heyi/cli/office/commands.py": ["command:grants", "release", "demo"],
    "heyi/cli/office/founding.py": ["demo", "founding"],
}
UNASKED = {
    "heyi/app/authors/scenarios.py": ["see", "see", "see", "see", "offers", "open", "move"],
}
"""Who looks at a case for somebody without asking whether they may know it: author tests alone."""


def _calls(path: Path) -> Iterator[tuple[str, str, ast.Call]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            name = owner.id if isinstance(owner, ast.Name) else getattr(owner, "attr", "")
            yield name, node.func.attr, node


def _files() -> Iterator[tuple[str, Path]]:
    for path in sorted((ROOT / "heyi").rglob("*.py")):
        yield path.relative_to(ROOT).as_posix(), path


def test_the_office_itself_and_nobody_are_made_where_this_list_says():
    found: dict[str, list[str]] = {}
    for name, path in _files():
        for owner, method, _call in _calls(path):
            if owner == "Reader" and method in {"system", "nobody"}:
                found.setdefault(name, []).append(method)

    assert found == MADE


def test_the_office_itself_asks_in_operators_commands_alone():
    found: dict[str, list[str]] = {}
    for name, path in _files():
        for owner, method, call in _calls(path):
            is_reader = method == "office" and owner == "shell" and call.args
            if is_reader and isinstance(call.args[0], ast.Constant):
                found.setdefault(name, []).append(str(call.args[0].value))

    assert found == OFFICE


def test_nobody_looks_at_a_case_unasked_but_author_tests():
    found: dict[str, list[str]] = {}
    for name, path in _files():
        for owner, method, _call in _calls(path):
            if owner == "cases" and method in {"see", "offers", "move", "open"} and "/app/" in name:
                found.setdefault(name, []).append(method)

    assert {name: sorted(found[name]) for name in found} == {
        name: sorted(methods) for name, methods in UNASKED.items()
    }
