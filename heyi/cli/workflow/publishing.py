"""``heyi workflow publish``: one person hands a file in, a second one publishes it."""

from pathlib import Path
from typing import Annotated

import typer

from engine.case.text import Text
from heyi.cli.shell.columns import columns
from heyi.cli.shell.exits import InputWrong
from heyi.cli.shell.shell import Json, Lang, Shell


def publish(
    ctx: typer.Context,
    *,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="流程或清单文件；不写则列出待发布的 · a file"),
    ] = None,
    confirm: Annotated[
        str,
        typer.Option(
            "--confirm", metavar="NAME@VERSION", help="由第二人发布 · publish, as another"
        ),
    ] = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """交来流程文件，由第二人确认发布；都不写则列出待发布的 · hand in, then a second person."""
    shell = Shell(ctx, lang, as_json=as_json)
    if file is not None and confirm:
        raise InputWrong(Text("文件和 --confirm 只写一个", "give a file or --confirm, not both"))
    if file is not None:
        _hand_in(shell, file)
    elif confirm:
        _confirm(shell, confirm)
    else:
        _list(shell)


def _hand_in(shell: Shell, file: Path) -> None:
    from heyi.cli.shell.files import read_source

    found = shell.app.library.hand_in(shell.officer(), source=read_source(file), now=shell.now())
    if shell.as_json:
        shell.json(found.plain())
        return
    what = f"{found.name}@{found.version}"
    shell.out(what)
    shell.say(
        Text(
            f"已交来，待第二人发布：heyi workflow publish --confirm {what}",
            f"handed in; a second person publishes it: heyi workflow publish --confirm {what}",
        )
    )


def _confirm(shell: Shell, wanted: str) -> None:
    name, _at, version = wanted.rpartition("@")
    if not name or not version.isascii() or not version.isdigit():
        raise InputWrong(Text(f"“{wanted}”应写作 名称@版本", f"'{wanted}' is no NAME@VERSION"))
    found = shell.app.library.confirm(
        shell.officer(), name=name, version=int(version), now=shell.now()
    )
    if shell.as_json:
        shell.json(found.plain())
        return
    shell.out(f"{found.name}@{found.version}")
    shell.say(Text("已发布", "published")) if found.new else shell.say(
        Text("早已发布", "was published")
    )


def _list(shell: Shell) -> None:
    found = shell.app.library.waiting(shell.officer()).items
    if shell.as_json:
        shell.json([one.plain() for one in found])
        return
    for line in columns([[f"{o.name}@{o.version}", o.kind, o.by or "-", o.sha256] for o in found]):
        shell.out(line)
