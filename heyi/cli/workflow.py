"""``heyi workflow``: check, show, draw and explain workflow files."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from heyi.cli.door import Door, Json, Lang
from heyi.cli.exits import InputWrong, NotFound

if TYPE_CHECKING:
    from engine.problems import Problem
    from heyi.cli.files import Source

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
        Literal["full", "concise", "json"],
        typer.Option("--format", help="full 附原文 · with the line, concise, json"),
    ] = "full",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """检查流程文件，一次列出所有问题，有错误则退出码为1 · list all problems; exit 1 on errors."""
    from heyi.cli.checking import check_files, problem_view

    as_json = as_json or layout == "json"
    door = Door(ctx, lang, as_json=as_json)
    found = check_files(door, _paths(door, files))
    problems = [problem for _source, some in found for problem in some]
    if as_json:
        door.json([problem_view(problem) for problem in problems])
    else:
        for source, some in found:
            _print(door, source, some, full=layout == "full")
    errors = sum(problem.severity == "error" for problem in problems)
    warnings = len(problems) - errors
    door.say(
        f"{len(found)}个文件：{errors}个错误，{warnings}个警告",
        f"{len(found)} files: {errors} errors, {warnings} warnings",
    )
    raise typer.Exit(1 if errors else 0)


def _paths(door: Door, files: list[Path] | None) -> list[Path]:
    from heyi.cli.files import shelf_for

    if not files:
        return shelf_for(door).workflow_files()
    found: list[Path] = []
    for path in files:
        inside = sorted(path.glob("*.yaml")) if path.is_dir() else [path]
        if not inside:
            zh, en = f"“{path}”里没有流程文件", f"no workflow files in '{path}'"
            raise NotFound(zh, en)
        found += inside
    return found


def _print(door: Door, source: "Source", problems: list["Problem"], *, full: bool) -> None:
    from heyi.cli.checking import pointed

    for problem in problems:
        mark = door.word("警告 ", "warning ") if problem.severity == "warning" else ""
        place, _, rest = problem.text(door.lang).partition(": ")
        door.out(f"{place}: {mark}{rest}")
        if full:
            for line in pointed(problem, source):
                door.out(line)


@commands.command()
def show(ctx: typer.Context, *, name: NameOrFile, as_json: Json = False, lang: Lang = None) -> None:
    """读给人看：环节、流转、期限、决策表 · states, moves, clocks and tables in words."""
    from heyi.cli.files import workflow_named
    from heyi.cli.outline import outline
    from heyi.services.workflowview import workflow_view

    door = Door(ctx, lang, as_json=as_json)
    view = workflow_view(workflow_named(door, name), door.lang)
    if as_json:
        door.json(view)
        return
    for line in outline(view, door.lang):
        door.out(line)


@commands.command()
def graph(
    ctx: typer.Context,
    *,
    name: NameOrFile,
    layout: Annotated[
        Literal["mermaid", "dot", "json", "svg"], typer.Option("--format", help="格式 · format")
    ] = "mermaid",
    lang: Lang = None,
) -> None:
    """画出环节和流转 · draw states and moves."""
    from heyi.cli.files import workflow_named
    from heyi.cli.graph import DRAWN
    from heyi.services.workflowview import workflow_view

    door = Door(ctx, lang, as_json=layout == "json")
    if layout == "svg":
        zh, en = "svg 本版本尚未实现；请用 mermaid 或 dot", "svg: not yet; use mermaid or dot"
        raise InputWrong(zh, en)
    view = workflow_view(workflow_named(door, name), door.lang)
    if layout == "json":
        from heyi.cli.graph import graph_of

        door.json(graph_of(view))
        return
    door.out(DRAWN[layout](view))


@commands.command()
def schema(
    ctx: typer.Context,
    *,
    output: Annotated[
        Path | None, typer.Option("-o", "--output", help="写入此文件 · write to this file")
    ] = None,
    lang: Lang = None,
) -> None:
    """流程文件的 JSON Schema，供编辑器使用 · the JSON Schema of workflow files, for editors."""
    from heyi.cli.schema import schema_text

    door = Door(ctx, lang)
    if output is None:
        door.out(schema_text().rstrip("\n"))
        return
    try:
        output.write_text(schema_text(), encoding="utf-8")
    except OSError as error:
        what = error.strerror or ""
        zh, en = f"“{output}”写不了：{what}", f"'{output}' cannot be written: {what}"
        raise InputWrong(zh, en) from None
    door.say(f"已写入 {output}", f"written to {output}")


@commands.command()
def explain(
    ctx: typer.Context,
    *,
    code: Annotated[str, typer.Argument(help="HY101、move.guard …")],
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """说明一个诊断或拒绝代码 · say what a code of a finding or a refusal means."""
    from engine.definitions.codes import CODES, WARNINGS
    from engine.errors import REFUSAL_CODES

    door = Door(ctx, lang, as_json=as_json)
    known = {**CODES, **REFUSAL_CODES}
    name = code.upper() if code.upper() in CODES else code.lower()
    if name not in known:
        zh, en = f"没有代码“{code}”", f"no code '{code}'"
        listed = ", ".join(known)
        zh, en = f"{zh}；有：{listed}", f"{en}; there are: {listed}"
        raise NotFound(zh, en)
    zh, en = known[name]
    kind = "refusal" if name in REFUSAL_CODES else "warning" if name in WARNINGS else "error"
    if as_json:
        door.json({"code": name, "kind": kind, "zh": zh, "en": en})
        return
    kinds = {"refusal": "拒绝理由", "warning": "警告", "error": "错误"}
    door.out(f"{name}  {door.word(zh, en)}  [{door.word(kinds[kind], kind)}]")
