"""Renders a paper as PDF by a template: A4, fonts embedded, the same bytes every time."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any, Final

import typst

from engine.compiling.names.documents import GENERAL
from heyi.app.library.shelf import FolderShelf
from heyi.app.papers.errors import TemplateBroken
from heyi.app.papers.fonts import folders, visible

STANDARD: Final = "a-2u"
"""PDF/A-2u: fit for archives; fonts embedded, every character can be taken out as text."""


def render(shelf: FolderShelf, template: str, paper: dict[str, Any], *, now: datetime) -> bytes:
    """Return a paper as PDF.

    Args:
        shelf: whose folders ``templates/`` hold the layouts; an office's own come first.
        template: the layout's name; the general one where no folder has it.
        paper: as ``paper_of`` gives it.
        now: the date that the PDF bears.

    Raises:
        TemplateBroken: the layout is no Typst, or asks for what a paper does not have.
    """
    if shelf("template", template) is None:
        template = GENERAL
    inputs = {"paper": json.dumps(_seen(paper), ensure_ascii=False)}
    with _desk(shelf) as desk:
        compiler = typst.Compiler(
            desk / f"{template}.typ", root=desk, font_paths=_fonts(), sys_inputs=inputs,
            # No template may fetch anything: packages are looked for where there are none.
            package_path=desk / "packages", package_cache_path=desk / "packages",
        )  # fmt: skip
        try:
            pdf = compiler.compile(
                format="pdf", pdf_standards=STANDARD, timestamp=int(now.timestamp())
            )
        except typst.TypstError as error:
            raise TemplateBroken(template, error.message) from error
    return bytes(pdf)  # type: ignore[arg-type]


@cache
def _fonts() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[*folders()]
    )


@contextmanager
def _desk(shelf: FolderShelf) -> Iterator[Path]:
    """Give a folder with all templates: what one imports is there, and nothing else is."""
    with TemporaryDirectory(prefix="heyi-print-") as name:
        desk = Path(name)
        for folder in reversed(shelf.folders):
            for path in sorted((folder / "templates").glob("*.typ")):
                (desk / path.name).write_bytes(path.read_bytes())
        yield desk


def _seen(value: Any) -> Any:
    """Return a paper with every text made visible."""
    if isinstance(value, str):
        return visible(value)
    if isinstance(value, dict):
        return {name: _seen(inner) for name, inner in value.items()}
    return [_seen(one) for one in value] if isinstance(value, list | tuple) else value
