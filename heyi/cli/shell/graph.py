"""Writes diagrams for the commands: chooses the format, and prints or writes the text."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from engine.case.text import Text
from heyi.cli.shell.exits import InputWrong

if TYPE_CHECKING:
    from engine.telling.diagram.model import Diagram
    from engine.telling.diagram.way import Way
    from heyi.cli.shell.shell import Shell

Layout = Literal["svg", "mermaid", "dot", "json", "list"]
Format = Annotated[
    Layout | None,
    typer.Option("--format", help="格式，默认按文件后缀 · format, by default as FILE ends"),
]
Output = Annotated[
    Path | None,
    typer.Option("-o", "--output", metavar="FILE", help="写入此文件 · write to this file"),
]
_ENDINGS: dict[str, Layout] = {
    ".svg": "svg", ".mmd": "mermaid", ".dot": "dot", ".gv": "dot", ".json": "json", ".txt": "list",
}  # fmt: skip


def layout_of(layout: Layout | None, output: Path | None) -> Layout:
    """Return the format that is meant: as asked, as the file ends, else Mermaid."""
    return layout or _ENDINGS.get(output.suffix if output else "", "mermaid")


def drawn(diagram: "Diagram", layout: Layout, way: "Way | None" = None) -> str:
    """Return a diagram in a format, without a line break at its end."""
    import json

    from engine.telling.diagram import svg, words

    if layout == "svg":
        return svg.svg(diagram, way).rstrip("\n")
    if layout == "mermaid":
        return words.mermaid(diagram, way)
    if layout == "dot":
        return words.dot(diagram, way)
    if layout == "json":
        return json.dumps(words.plain(diagram, way), ensure_ascii=False, indent=2)
    return "\n".join(words.listing(diagram, way))


def hand_over(shell: "Shell", text: str, output: Path | None) -> None:
    """Print a text, or write it to a file.

    Raises:
        InputWrong: the file cannot be written.
    """
    if output is None:
        shell.out(text)
        return
    try:
        output.write_text(f"{text}\n", encoding="utf-8")
    except OSError as error:
        what = error.strerror or ""
        told = Text(f"“{output}”写不了：{what}", f"'{output}' cannot be written: {what}")
        raise InputWrong(told) from None
    shell.say(Text(f"已写入 {output}", f"written to {output}"))
