"""The reference pages that are written from the source: codes, errors, settings, commands.

`make docs` writes them; `test_project.py` fails when a page and its source differ, so that
nothing a person may meet is undocumented. No other page is generated.
"""

import ast
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import typer

from engine.case.codes import REFUSAL_CODES
from engine.language.codes import CODES, WARNINGS
from heyi.app.library.release import release_list
from tests.project.floorplan import floorplan
from tests.project.language import language_page
from tests.project.pictures import PICTURES
from tests.project.workflowpages import WORKFLOW_PAGES

ROOT = Path(__file__).resolve().parents[2]
REFERENCE = ROOT / "docs" / "reference"
_WRITTEN = "Written by `make docs`; change the source, not this page."

_RANGES = {
    "HY0": "The file as text",
    "HY1": "Its shape",
    "HY2": "Its names",
    "HY3": "Its expressions",
    "HY4": "Its states",
    "HY5": "What should be better",
    "HY6": "What it means",
}


def codes_page() -> str:
    """Return the page of all diagnostic and refusal codes."""
    lines = [
        "# Codes",
        "",
        f"Codes are stable, texts may change. {_WRITTEN}",
        "",
        "## Why a move is refused",
        "",
        "| code | 中文 | meaning |",
        "|---|---|---|",
        *(f"| `{code}` | {one.zh} | {one.en} |" for code, one in REFUSAL_CODES.items()),
        "",
        "## What is wrong with a file",
        "",
        "Each finding reads `file:line:column: code sentence (suggestion)`. "
        f"{', '.join(sorted(WARNINGS))} are warnings; the others keep the file from being used.",
    ]
    for prefix, title in _RANGES.items():
        found = [(c, one) for c, one in CODES.items() if c.startswith(prefix)]
        rows = [f"| {code} | {one.zh} | {one.en} |" for code, one in found]
        lines += ["", f"### {title}", "", "| code | 中文 | meaning |", "|---|---|---|", *rows]
    return "\n".join([*lines, ""])


def errors_page() -> str:
    """Return the page of all error classes, by code."""
    rows = sorted(
        f"| `{code}` | {node.name} | {_words((ast.get_docstring(node) or '').split(chr(10))[0])} |"
        for room in ("engine", "storage", "heyi")
        for path in (ROOT / room).rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.ClassDef)
        for code in _declared_codes(node)
    )
    return "\n".join([*_ERRORS, *rows, ""])


_ERRORS = f"""# Errors

Branches follow who can mend it: `definition` the author of a file, `move` the handler, `storage` and `settings` the
operator, `access` nobody: it is not yours to do or to know. Codes are stable, texts may change. The reasons of a
refusal and the findings in a file have codes of their own: [codes.md](codes.md). {_WRITTEN}

The command line ends with: 0 ok · 1 findings · 2 usage or settings · 3 not found · 4 not allowed · 5 conflict ·
6 refused by the rules · 70 internal.

| code | class | when |
|---|---|---|""".splitlines()


def _declared_codes(node: ast.ClassDef) -> Iterator[str]:
    """Yield what ``code = "..."`` says in the body of an error class."""
    for line in node.body:
        targets = line.targets if isinstance(line, ast.Assign) else [getattr(line, "target", None)]
        named = any(isinstance(target, ast.Name) and target.id == "code" for target in targets)
        value = getattr(line, "value", None)
        if named and isinstance(value, ast.Constant) and isinstance(value.value, str):
            yield value.value


def settings_page() -> str:
    """Return the page of all settings, as environment variables."""
    from heyi.settings import Settings

    prefix = str(Settings.model_config.get("env_prefix", "")).upper()
    rows = [
        f"| `{prefix}{name.upper()}` | {_default(info.get_default())} | {info.description} |"
        for name, info in Settings.model_fields.items()
    ]
    head = ["# Settings", "", f"`heyi settings` prints the values in force. {_WRITTEN}", ""]
    return "\n".join([*head, "| variable | default | meaning |", "|---|---|---|", *rows, ""])


def _default(value: object) -> str:
    return f"`{value}`" if isinstance(value, str | int | float | Path) and value != "" else ""


def commands_page() -> str:
    """Return the page of all commands with their arguments and options."""
    lines = ["# Commands", "", _WRITTEN]
    for path, command in commands():
        lines += ["", f"## {path}", "", _words(command.help or ""), ""]
        rows = [_row(parameter) for parameter in command.params]
        shown = [row for row in rows if row]
        if shown:
            lines += ["| | |", "|---|---|", *shown]
    return "\n".join(lines).rstrip() + "\n"


def commands() -> Iterator[tuple[str, Any]]:
    """Yield every command with its full name, ``heyi case open`` and the like."""
    from heyi.cli import main

    yield from _walk("heyi", typer.main.get_command(main.app))


def _walk(path: str, command: Any) -> Iterator[tuple[str, Any]]:
    # Typer brings its own copy of click, or uses the installed one: so no types of click here.
    if not hasattr(command, "list_commands"):
        yield path, command
        return
    context = command.context_class(command, info_name=path)
    for name in command.list_commands(context):
        child = command.get_command(context, name)
        if not child.hidden:
            yield from _walk(f"{path} {name}", child)


def _row(parameter: Any) -> str:
    if getattr(parameter, "hidden", False) or parameter.name == "help":
        return ""
    names = ", ".join(f"`{name}`" for name in (*parameter.opts, *parameter.secondary_opts))
    if parameter.param_type_name == "argument":
        names = f"`{(parameter.name or '').upper()}`"
    return f"| {names} | {_words(str(getattr(parameter, 'help', '') or ''))} |"


def _words(text: str) -> str:
    return " ".join(text.replace("\b", "").split()).replace("|", "\\|")


def schema_page() -> str:
    """Return the JSON Schema of workflow files, which editors read."""
    from heyi.app.authors.writing.schema import schema_text

    return schema_text()


def older_schema_page() -> str:
    """Return the same schema in the words of draft-07, for older editors."""
    from heyi.app.authors.writing.schema import schema_text

    return schema_text("07")


def release_page() -> str:
    """Return the digests of the shipped files, which an upgrade may publish by itself."""
    return release_list(ROOT / "workflows")


PAGES: dict[str, tuple[str, Callable[[], str]]] = {
    "workflow.schema.json": ("heyi/app/authors/writing/schema.py", schema_page),
    "workflow.draft-07.schema.json": ("heyi/app/authors/writing/schema.py", older_schema_page),
    "language.md": ("heyi/app/authors/writing/keys.py", language_page),
    "errors.md": ("engine/case/errors.py", errors_page),
    "codes.md": ("engine/case/errors.py", codes_page),
    "settings.md": ("heyi/settings.py", settings_page),
    "commands.md": ("heyi/cli/main.py", commands_page),
    "../architecture.svg": ("pyproject.toml", floorplan),
    "../../heyi/app/library/release.txt": ("heyi/app/library/release.py", release_page),
    **PICTURES,
    **WORKFLOW_PAGES,
}
"""Page to the source file that must exist for it, and what writes it."""


def main() -> None:
    """Write every page whose source exists."""
    for name, (source, write) in PAGES.items():
        if (ROOT / source).exists():
            REFERENCE.mkdir(parents=True, exist_ok=True)
            (REFERENCE / name).write_text(write(), encoding="utf-8")
            sys.stdout.write(f"docs/reference/{name}\n")


if __name__ == "__main__":
    main()
