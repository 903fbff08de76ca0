"""``heyi case print``: a document of a case as PDF."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.case.text import Text
from heyi.cli.case.reading import commands
from heyi.cli.shell.exits import InputWrong
from heyi.cli.shell.shell import As, At, Json, Lang, Shell

if TYPE_CHECKING:
    from datetime import datetime

    from heyi.app.papers.models import Printed
    from heyi.app.reader import Reader

__all__ = ["commands"]


@commands.command("print")
def print_(
    ctx: typer.Context,
    *,
    ref: Annotated[str, typer.Argument(metavar="CASE", help="编号或 id · number or id")],
    document: Annotated[
        str,
        typer.Argument(
            metavar="[DOCUMENT]",
            help="文书的名称或标签；不写则列出 · name or label; none lists them",
        ),
    ] = "",
    person: As = "",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="写入文件 · into a file")
    ] = None,
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """打印已出具的文书（PDF，A4）；无权读的内容以＊＊＊代替 · print an issued document as PDF."""
    shell = Shell(ctx, lang, as_json=as_json)
    reader, now = shell.reader(person), shell.now(at)
    if not document:
        _list(shell, ref, reader, now)
        return
    if out is None and (as_json or sys.stdout.isatty()):
        told = Text("请用 --out 写明文件", "name a file with --out")
        raise InputWrong(told)
    found = shell.app.papers.print(reader, ref=ref, document=document, now=now)
    if out is None:
        typer.echo(found.pdf, nl=False)
    else:
        _write(out, found.pdf)
    _told(shell, found, out)


def _list(shell: Shell, ref: str, reader: "Reader", now: "datetime") -> None:
    """Print which documents the case has issued, and which of them the reader may print."""
    found = shell.app.papers.issued(reader, ref=ref, now=now).items
    if shell.as_json:
        shell.json([one.plain() for one in found])
        return
    for one in found:
        note = (
            ""
            if one.readable
            else shell.word(Text("  ＊＊＊ 无权读取", "  ＊＊＊ not yours to read"))
        )
        shell.out(f"{one.name}  {one.label}  {one.issued}{note}")
    if not found:
        shell.say(Text("尚未出具文书", "no document has been issued yet"))


def _write(out: Path, pdf: bytes) -> None:
    try:
        out.write_bytes(pdf)
    except OSError as error:
        what = error.strerror or type(error).__name__
        told = Text(f"“{out}”写不进：{what}", f"'{out}' cannot be written: {what}")
        raise InputWrong(told) from None


def _told(shell: Shell, found: "Printed", out: Path | None) -> None:
    if shell.as_json:
        shell.json(
            {
                "file": str(out), "label": found.label, "number": found.number,
                "bytes": len(found.pdf), "masked": [*found.masked],
            }
        )  # fmt: skip
        return
    if found.masked:
        names = shell.word(Text("、", ", ")).join(found.masked)
        shell.say(Text(f"＊＊＊ 未印出：{names}", f"＊＊＊ not printed: {names}"))
    if out is not None:
        shell.say(Text(f"已写入 {out}", f"wrote {out}"))
