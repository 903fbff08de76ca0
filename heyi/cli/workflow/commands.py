"""``heyi workflow``: check, show, draw and explain workflow files."""

from pathlib import Path
from typing import Annotated, Literal

import typer

from engine.case.text import Text
from heyi.cli.shell.exits import InputWrong, NotFound
from heyi.cli.shell.files import write_file
from heyi.cli.shell.graph import Format, Output, drawn, hand_over, layout_of
from heyi.cli.shell.shell import Json, Lang, Shell

commands = typer.Typer(
    name="workflow", no_args_is_help=True, rich_markup_mode=None, help="流程文件 · workflow files"
)
NameOrFile = Annotated[
    str, typer.Argument(metavar="NAME|FILE", help="流程名或文件 · a name or a file")
]


@commands.command()
def check(
    ctx: typer.Context,
    *,
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="文件或文件夹，默认自带的流程 · files, by default the shipped ones"),
    ] = None,
    layout: Annotated[
        Literal["full", "concise", "json", "github", "sarif"],
        typer.Option("--format", help="full 附原文 · with the line; others: brief"),
    ] = "full",
    watch: Annotated[
        bool, typer.Option("--watch", help="文件一改就再查，Ctrl-C 结束 · again at every change")
    ] = False,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """检查流程文件，一次列出所有问题，有错误则退出码为1 · list all problems; exit 1 on errors."""
    from heyi.cli.workflow.checking import check_once, watched_files
    from heyi.cli.workflow.watching import stamp
    from heyi.cli.workflow.watching import watch as look_again

    layout = "json" if as_json else layout
    shell = Shell(ctx, lang, as_json=layout in {"json", "sarif"})
    if not watch:
        raise typer.Exit(1 if check_once(shell, files, layout) else 0)
    look_again(lambda: _tolerant(shell, files, layout), lambda: stamp(watched_files(shell, files)))


def _tolerant(shell: Shell, files: list[Path] | None, layout: str) -> None:
    """Check once; a file that is just being replaced is told and does not end the watch."""
    from heyi.cli.workflow.checking import check_once

    try:
        check_once(shell, files, layout)
    except (NotFound, InputWrong) as error:
        shell.say(error.told)


@commands.command()
def show(ctx: typer.Context, *, name: NameOrFile, as_json: Json = False, lang: Lang = None) -> None:
    """读给人看：环节、流转、期限、决策表 · states, moves, clocks and tables in words."""
    from heyi.cli.shell.files import source_named
    from heyi.cli.workflow.outline import outline

    shell = Shell(ctx, lang, as_json=as_json)
    view = shell.authors.show(shell.anybody(), source=source_named(shell, name))
    if as_json:
        shell.json(view.plain())
        return
    for line in outline(view, shell.lang):
        shell.out(line)


@commands.command()
def graph(
    ctx: typer.Context,
    *,
    name: NameOrFile,
    layout: Format = None,
    output: Output = None,
    lang: Lang = None,
) -> None:
    """画出环节和流转；list 为文字版 · draw states and moves; list says it in words."""
    from heyi.cli.shell.files import source_named

    meant = layout_of(layout, output)
    shell = Shell(ctx, lang, as_json=meant == "json")
    diagram = shell.authors.diagram(shell.anybody(), source=source_named(shell, name))
    hand_over(shell, drawn(diagram, meant), output)


@commands.command()
def schema(
    ctx: typer.Context,
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="写入此文件 · write to this file")
    ] = None,
    draft: Annotated[
        Literal["2020-12", "07"], typer.Option("--draft", help="JSON Schema 的版本 · its draft")
    ] = "2020-12",
    lang: Lang = None,
) -> None:
    """流程文件的 JSON Schema，供编辑器使用 · the JSON Schema of workflow files, for editors."""
    shell = Shell(ctx, lang)
    text = shell.writing.schema(shell.anybody(), draft=draft)
    if output is None:
        shell.out(text.rstrip("\n"))
        return
    write_file(output, text.encode())
    shell.say(Text(f"已写入 {output}", f"written to {output}"))
