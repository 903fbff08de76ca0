"""``heyi workflow publish``: one person hands a file in, a second one looks and publishes it."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.case.text import Text, said
from heyi.cli.shell.columns import columns
from heyi.cli.shell.exits import InputWrong
from heyi.cli.shell.shell import Json, Lang, Shell

if TYPE_CHECKING:
    from heyi.app.library.models import HandedInView

_WHICH = "NAME@VERSION"
_ONE = Text(
    "只写一样：文件、--show、--confirm 和 --digest、--refuse 和 --reason、--withdraw",
    "give one: a file, --show, --confirm with --digest, --refuse with --reason, or --withdraw",
)


def publish(
    ctx: typer.Context,
    *,
    file: Annotated[
        Path | None,
        typer.Argument(metavar="[FILE]", help="流程或清单文件；不写则列出待发布的 · a file"),
    ] = None,
    show: Annotated[
        str, typer.Option("--show", metavar=_WHICH, help="看摘要和改动 · digest and differences")
    ] = "",
    confirm: Annotated[
        str, typer.Option("--confirm", metavar=_WHICH, help="由第二人发布 · publish, as another")
    ] = "",
    digest: Annotated[
        str,
        typer.Option(
            "--digest", metavar="SHA256", help="所看那份的摘要，至少8位 · of what was seen"
        ),
    ] = "",
    refuse: Annotated[
        str,
        typer.Option("--refuse", metavar=_WHICH, help="由第二人退回 · give it back, as another"),
    ] = "",
    reason: Annotated[str, typer.Option("--reason", help="退回的理由 · why it is refused")] = "",
    withdraw: Annotated[
        str, typer.Option("--withdraw", metavar=_WHICH, help="撤回自己交来的 · take one's own back")
    ] = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """交来流程文件，由第二人确认发布；都不写则列出待发布的 · hand in, then a second person."""
    shell = Shell(ctx, lang, as_json=as_json)
    given = [one for one in (file, show, confirm, refuse, withdraw) if one]
    if len(given) > 1 or (digest and not confirm) or (reason and not refuse):
        raise InputWrong(_ONE)
    if file is not None:
        _hand_in(shell, file)
    elif show:
        _show(shell, *_which(show))
    elif confirm:
        _confirm(shell, *_which(confirm), digest)
    elif refuse:
        _closed(shell, _refused(shell, *_which(refuse), reason), Text("已退回", "refused"))
    elif withdraw:
        _closed(shell, _withdrawn(shell, *_which(withdraw)), Text("已撤回", "withdrawn"))
    else:
        _list(shell)


def _which(wanted: str) -> tuple[str, int]:
    name, _at, version = wanted.rpartition("@")
    if not name or not version.isascii() or not version.isdigit():
        raise InputWrong(Text(f"“{wanted}”应写作 名称@版本", f"'{wanted}' is no {_WHICH}"))
    return name, int(version)


def _hand_in(shell: Shell, file: Path) -> None:
    from heyi.cli.shell.files import read_source

    found = shell.app.library.hand_in(shell.officer(), source=read_source(file), now=shell.now())
    what = f"{found.name}@{found.version}"
    _closed(
        shell, found,
        Text(
            f"已交来，待第二人查看后发布：heyi workflow publish --show {what}",
            f"handed in; a second person looks and publishes: heyi workflow publish --show {what}",
        ),
    )  # fmt: skip


def _show(shell: Shell, name: str, version: int) -> None:
    found = shell.app.library.review(shell.officer(), name=name, version=version)
    if shell.as_json:
        shell.json(found.plain())
        return
    for line in found.changes:
        shell.out(line)
    file = found.file
    shell.say(Text(f"交来的人：{file.by or '-'}", f"handed in by {file.by or '-'}"))
    shell.say(Text(f"摘要：{file.sha256}", f"digest: {file.sha256}"))
    how = f"heyi workflow publish --confirm {name}@{version} --digest {file.sha256[:12]}"
    shell.say(Text(f"看过无误，发布：{how}", f"if it is right, publish it: {how}"))


def _confirm(shell: Shell, name: str, version: int, digest: str) -> None:
    if not digest:
        raise InputWrong(
            Text(
                f"请先看：heyi workflow publish --show {name}@{version}；"
                "再以 --digest 写明看过的摘要",
                f"look first: heyi workflow publish --show {name}@{version}, then name the digest"
                " that you saw with --digest",
            )
        )
    found = shell.app.library.confirm(
        shell.officer(), name=name, version=version, digest=digest, now=shell.now()
    )
    if shell.as_json:
        shell.json(found.plain())
        return
    shell.out(f"{found.name}@{found.version}")
    was, now = Text("早已发布", "was published"), Text("已发布", "published")
    shell.say(now if found.new else was)


def _refused(shell: Shell, name: str, version: int, reason: str) -> "HandedInView":
    return shell.app.library.refuse(
        shell.officer(), name=name, version=version, reason=reason, now=shell.now()
    )


def _withdrawn(shell: Shell, name: str, version: int) -> "HandedInView":
    return shell.app.library.withdraw(shell.officer(), name=name, version=version, now=shell.now())


def _closed(shell: Shell, found: "HandedInView", told: Text) -> None:
    if shell.as_json:
        shell.json(found.plain())
        return
    shell.out(f"{found.name}@{found.version}")
    shell.say(told)


def _list(shell: Shell) -> None:
    found = shell.app.library.waiting(shell.officer()).items
    if shell.as_json:
        shell.json([one.plain() for one in found])
        return
    waits, refused = Text("待发布", "waits"), Text("已退回：{reason}", "refused: {reason}")
    rows = [
        [
            f"{one.name}@{one.version}", one.kind, one.by or "-", one.sha256[:12],
            shell.word(waits if one.reason is None else said(refused, reason=one.reason)),
        ]
        for one in found
    ]  # fmt: skip
    for line in columns(rows):
        shell.out(line)
