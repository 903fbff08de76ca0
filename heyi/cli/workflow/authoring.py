"""``heyi workflow``, writing: explain codes, start a file, lay it out, edit tables."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from engine.case.text import Text
from heyi.cli.shell.exits import InputWrong, NotFound
from heyi.cli.shell.shell import Json, Lang, Shell

if TYPE_CHECKING:
    from heyi.cli.workflow.explaining import Meaning

table = typer.Typer(
    name="table", no_args_is_help=True, rich_markup_mode=None,
    help="决策表、参数、期限、清单与 Excel 互换 · tables, params, clocks, catalogues as XLSX",
)  # fmt: skip
Name = Annotated[str, typer.Argument(help="流程名（小写字母、数字、下划线）· the workflow's name")]


def explain(
    ctx: typer.Context,
    *,
    code: Annotated[str, typer.Argument(help="HY101、move.guard …")],
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """说明一个代码，附错误和正确的例子 · what a code means, with a bad and a good example."""
    from heyi.cli.workflow.explaining import known_codes, meaning_of

    shell = Shell(ctx, lang, as_json=as_json)
    meaning = meaning_of(shell, code)
    if meaning is None:
        listed = ", ".join(known_codes())
        told = Text(f"没有代码“{code}”；有：{listed}", f"no code '{code}'; there are: {listed}")
        raise NotFound(told)
    if as_json:
        shell.json(meaning.plain())
        return
    _tell(shell, meaning)


def _tell(shell: Shell, meaning: "Meaning") -> None:
    kinds = {"refusal": "拒绝理由", "warning": "警告", "error": "错误"}
    what = shell.word(Text(kinds[meaning.kind], meaning.kind))
    shell.out(f"{meaning.code}  {shell.word(Text(meaning.zh, meaning.en))}  [{what}]")
    if meaning.source:
        shell.out(shell.word(Text(f"依据：{meaning.source}", f"source: {meaning.source}")))
    parts = ((meaning.bad, "错误写法：", "wrong:"), (meaning.good, "正确写法：", "right:"))
    for part, zh, en in parts:
        if part:
            shell.out("")
            shell.out(shell.word(Text(zh, en)))
            for line in part.rstrip("\n").split("\n"):
                shell.out(f"    {line}")


def new(
    ctx: typer.Context,
    *,
    name: Name,
    folder: Annotated[
        Path, typer.Option("--folder", help="写入此文件夹 · write into this folder")
    ] = Path(),
    lang: Lang = None,
) -> None:
    """写一个带注释的起步文件和它的测试，绝不覆盖 · a commented file to begin with, and its test."""
    from heyi.cli.workflow.starting import begin

    shell = Shell(ctx, lang)
    for path in begin(name, folder):
        shell.out(str(path))
    shell.say(
        Text(
            f"接下来：heyi workflow check {folder / name}.yaml",
            f"next: heyi workflow check {folder / name}.yaml",
        ),
    )


def fmt(
    ctx: typer.Context,
    *,
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="文件，默认自带的流程 · files, by default the shipped ones"),
    ] = None,
    check: Annotated[
        bool, typer.Option("--check", help="只查不写，有要改的则退出码为1 · only tell; exit 1")
    ] = False,
    lang: Lang = None,
) -> None:
    """统一排版，注释和含义不变 · lay files out; comments and meaning stay."""
    from heyi.cli.shell.inputs import read_text
    from heyi.cli.workflow.layingout import laid_out

    shell = Shell(ctx, lang)
    changed = []
    for path in files or shell.authors.shipped(shell.anybody()).workflows:
        text = read_text(path)
        new_text = laid_out(text, file=str(path))
        if new_text != text:
            changed.append(path)
            shell.out(str(path))
            if not check:
                _write(path, new_text)
    zh, en = ("应改", "to be laid out") if check else ("已改", "laid out")
    shell.say(Text(f"{zh}{len(changed)}个文件", f"{len(changed)} files {en}"))
    raise typer.Exit(1 if check and changed else 0)


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8", newline="")
    except OSError as error:
        what = error.strerror or ""
        told = Text(f"“{path}”写不了：{what}", f"'{path}' cannot be written: {what}")
        raise InputWrong(told) from None


@table.command("export")
def table_export(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="NAME|FILE", help="流程名或文件 · name or file")],
    output: Annotated[Path, typer.Option("-o", "--output", help="XLSX 文件 · the XLSX file")],
    lang: Lang = None,
) -> None:
    """把决策表、参数、期限和清单写成 XLSX · write tables, params, clocks, catalogues as XLSX."""
    from heyi.cli.workflow.tablefiles import file_named
    from heyi.cli.workflow.tablesheets import sheets_of
    from heyi.cli.workflow.workbook import write_workbook

    shell = Shell(ctx, lang)
    path, text = file_named(shell, name)
    sheets = sheets_of(text, file=str(path))
    write_workbook(output, sheets)
    shell.say(
        Text(
            f"已写入 {output}：{len(sheets)}张工作表", f"written to {output}: {len(sheets)} sheets"
        )
    )


@table.command("import")
def table_import(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="NAME|FILE", help="流程名或文件 · name or file")],
    book: Annotated[Path, typer.Argument(metavar="XLSX", help="改过的 XLSX · as edited")],
    write: Annotated[
        bool, typer.Option("--write", help="写入文件；否则只显示差异 · write; else only the diff")
    ] = False,
    lang: Lang = None,
) -> None:
    """显示 XLSX 与文件的差异，--write 才写入 · show what the XLSX changes; write with --write."""
    from heyi.cli.workflow.tablefiles import changed_text, difference, file_named
    from heyi.cli.workflow.workbook import read_workbook

    shell = Shell(ctx, lang)
    path, text = file_named(shell, name)
    after = changed_text(text, read_workbook(book), file=str(path))
    for line in difference(text, after, str(path)):
        shell.out(line)
    if after == text:
        shell.say(Text("没有差异", "no difference"))
    elif write:
        _refuse_errors(shell, path, after)
        _write(path, after)
        shell.say(Text(f"已写入 {path}", f"written to {path}"))
    else:
        shell.say(Text("未写入；加 --write 写入", "not written; add --write"))


def _refuse_errors(shell: Shell, path: Path, text: str) -> None:
    """Keep a file from becoming wrong.

    Raises:
        DefinitionError: with every error the text would have.
    """
    from heyi.app.library.sources import Source

    shell.authors.require_right(shell.anybody(), source=Source(path=path, text=text))


__all__: list[Any] = ["explain", "fmt", "new", "table"]
