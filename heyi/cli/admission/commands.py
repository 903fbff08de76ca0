"""``heyi admission``: may this item be handed down, which items are listed, what was refused."""

import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from engine.case.text import Text
from heyi.cli.admission.reading import catalogue, report
from heyi.cli.shell.exits import InputWrong
from heyi.cli.shell.inputs import gather
from heyi.cli.shell.shell import At, Json, Lang, Shell

commands = typer.Typer(
    name="admission", no_args_is_help=True, rich_markup_mode=None,
    help="工作事项准入 · admission of work items",
)  # fmt: skip
commands.command()(catalogue)
commands.command()(report)


@commands.command()
def check(
    ctx: typer.Context,
    *,
    name: Annotated[
        str, typer.Argument(metavar="[NAME|CODE]", help="名称或编号 · a name or a code")
    ] = "",
    answers: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUESTION=ANSWER]...", help="回答 · answers"),
    ] = None,
    more: Annotated[
        list[str] | None,
        typer.Option(
            "--answers", metavar="FILE|QUESTION=ANSWER", help="回答或回答文件 · answers or a file"
        ),
    ] = None,
    ask: Annotated[
        bool | None,
        typer.Option(
            "--ask/--no-ask", help="逐个提问；在终端里默认如此 · ask one by one, as at a terminal"
        ),
    ] = None,
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """归类一个事项；逐个提问，未能归类则退出码为1 · classify an item; exit 1 while undecided."""
    from heyi.cli.admission.asking import interview
    from heyi.cli.admission.lines import decision_lines

    shell = Shell(ctx, lang, as_json=as_json)
    reader, now = shell.reader(), shell.now(at)
    given = _gather([*(more or ()), *(answers or ())])
    if _asks(ask, as_json=as_json):
        name, given = interview(shell, name, given, now)
    if not name:
        told = Text("请给出事项名称或编号", "give the name or the code of an item")
        raise InputWrong(told)
    view = shell.app.admission.classify(reader, name=name, answers=given, now=now)
    if as_json:
        shell.json(view.plain())
    else:
        for line in decision_lines(view, shell.lang):
            shell.out(line)
    raise typer.Exit(0 if view.decided else 1)


def _asks(wanted: bool | None, *, as_json: bool) -> bool:
    if wanted is not None:
        return wanted
    return not as_json and sys.stdin.isatty() and sys.stdout.isatty()


def _gather(answers: list[str]) -> dict[str, Any]:
    files = [Path(text) for text in answers if "=" not in text]
    if len(files) > 1:
        told = Text("只能给一个回答文件", "one file of answers only")
        raise InputWrong(told)
    pairs = [text for text in answers if "=" in text]
    return gather(pairs, files[0] if files else None)
