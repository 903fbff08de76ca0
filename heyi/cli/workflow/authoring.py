"""``heyi workflow``, writing: explain codes, start a file, lay it out, edit tables."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from engine.case.text import Text, said
from heyi.cli.shell.files import write_file, writing
from heyi.cli.shell.inputs import read_bytes, read_text
from heyi.cli.shell.shell import Json, Lang, Shell

if TYPE_CHECKING:
    from heyi.app.authors.writing.models import MeaningView, TextFileView
    from heyi.app.library.sources import Source

table = typer.Typer(
    name="table", no_args_is_help=True, rich_markup_mode=None,
    help="决策表、参数、期限、清单与 Excel 互换 · tables, params, clocks, catalogues as XLSX",
)  # fmt: skip
Name = Annotated[str, typer.Argument(help="流程名（小写字母、数字、下划线） · the workflow's name")]


def explain(
    ctx: typer.Context,
    *,
    code: Annotated[str, typer.Argument(help="HY101、move.guard …")],
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """说明一个代码，附错误和正确的例子 · what a code means, with a bad and a good example."""
    shell = Shell(ctx, lang, as_json=as_json)
    meaning = shell.writing.explain(shell.anybody(), code=code)
    if as_json:
        shell.json(meaning.plain())
        return
    _tell(shell, meaning)


_KINDS = {
    "refusal": Text("拒绝理由", "refusal"),
    "warning": Text("警告", "warning"),
    "error": Text("错误", "error"),
}


def _tell(shell: Shell, meaning: "MeaningView") -> None:
    what = shell.word(_KINDS[meaning.kind])
    shell.out(f"{meaning.code}  {shell.word(meaning.words)}  [{what}]")
    if meaning.source:
        shell.out(shell.word(Text(f"依据：{meaning.source}", f"source: {meaning.source}")))
    wrong, right = Text("错误写法：", "wrong:"), Text("正确写法：", "right:")
    for part, title in ((meaning.bad, wrong), (meaning.good, right)):
        if part:
            shell.out("")
            shell.out(shell.word(title))
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
    shell = Shell(ctx, lang)
    begun = shell.writing.begin(shell.anybody(), name=name)
    for path in _written(folder, begun.files):
        shell.out(str(path))
    shell.say(
        Text(
            f"接下来：heyi workflow check {folder / name}.yaml",
            f"next: heyi workflow check {folder / name}.yaml",
        ),
    )


def _written(folder: Path, files: "tuple[TextFileView, ...]") -> list[Path]:
    """Write new files below a folder, all or none where one is there already.

    Raises:
        InputWrong: a file is there already, or cannot be written.
    """
    for one in files:
        with writing(folder / one.path):
            if one.keep and (folder / one.path).exists():
                raise FileExistsError
    for one in files:
        path = folder / one.path
        with writing(path):
            path.parent.mkdir(parents=True, exist_ok=True)
        write_file(path, one.text.encode(), new=one.keep)
    return [folder / one.path for one in files]


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
    shell = Shell(ctx, lang)
    changed = []
    for path in files or shell.authors.shipped(shell.anybody()).workflows:
        found = shell.writing.lay_out(shell.anybody(), source=_source(path))
        if found.changed:
            changed.append(path)
            shell.out(str(path))
            if not check:
                write_file(path, found.text.encode())
    done = Text("应改", "to be laid out") if check else Text("已改", "laid out")
    shell.say(said(Text("{done}{n}个文件", "{n} files {done}"), done=done, n=len(changed)))
    raise typer.Exit(1 if check and changed else 0)


def _source(path: Path) -> "Source":
    """Return a file that is read to be changed.

    Raises:
        NotFound: there is no such file.
        InputWrong: it cannot be read, or is not UTF-8.
    """
    from heyi.app.library.sources import Source

    return Source(path=path, text=read_text(path))


def _source_named(shell: Shell, name: str) -> "Source":
    """Return the file of a workflow or catalogue, by its path or its name.

    Raises:
        NotFound: there is none.
        InputWrong: it cannot be read.
    """
    path = Path(name)
    if path.suffix in {".yaml", ".yml"} or not name.isidentifier():
        return _source(path)
    return shell.writing.source(shell.anybody(), name=name)


@table.command("export")
def table_export(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="NAME|FILE", help="流程名或文件 · name or file")],
    output: Annotated[Path, typer.Option("-o", "--output", help="XLSX 文件 · the XLSX file")],
    lang: Lang = None,
) -> None:
    """把决策表、参数、期限和清单写成 XLSX · write tables, params, clocks, catalogues as XLSX."""
    shell = Shell(ctx, lang)
    book = shell.writing.sheets(shell.anybody(), source=_source_named(shell, name))
    write_file(output, book.data)
    shell.say(
        Text(
            f"已写入 {output}：{book.sheets}张工作表", f"written to {output}: {book.sheets} sheets"
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
    shell = Shell(ctx, lang)
    source = _source_named(shell, name)
    after = shell.writing.edit(shell.anybody(), source=source, book=read_bytes(book))
    for line in after.difference:
        shell.out(line)
    if not after.difference:
        shell.say(Text("没有差异", "no difference"))
    elif write:
        # A right file may not become a wrong one.
        changed = source.model_copy(update={"text": after.text})
        shell.authors.require_right(shell.anybody(), source=changed)
        write_file(source.path, after.text.encode())
        shell.say(Text(f"已写入 {source.path}", f"written to {source.path}"))
    else:
        shell.say(Text("未写入；加 --write 写入", "not written; add --write"))


__all__: list[Any] = ["explain", "fmt", "new", "table"]
