"""``heyi case``: open cases, move them, read them, check them."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.case.text import Text
from heyi.cli.shell.exits import InputWrong
from heyi.cli.shell.inputs import DataFile, Values, gather
from heyi.cli.shell.shell import As, At, Json, Lang, Shell

if TYPE_CHECKING:
    from heyi.app.cases.models import MoveView
    from heyi.app.cases.offermodels import OffersView

commands = typer.Typer(
    name="case", no_args_is_help=True, rich_markup_mode=None, help="案件 · cases"
)
Ref = Annotated[str, typer.Argument(metavar="REF", help="编号或 id · number or id")]
Occurred = Annotated[
    str,
    typer.Option("--occurred-at", metavar="MOMENT", help="发生时间，默认现在 · when it happened"),
]
For = Annotated[
    str,
    typer.Option("--for", metavar="PERSON", help="代谁登记 · on whose behalf it is recorded"),
]
Key = Annotated[
    str, typer.Option("--key", help="同一键只办一次 · the same key is granted only once")
]
Shown = Annotated[
    str,
    typer.Option(
        "--text",
        metavar="HASH",
        help="所签内容的编号，见 case show · which text you sign, as case show names it",
    ),
]
Revision = Annotated[
    int | None,
    typer.Option("--revision", min=1, help="所见版本，已变则拒绝 · refuse if it moved on"),
]


@commands.command("open")
def open_case(
    ctx: typer.Context,
    *,
    workflow: Annotated[str, typer.Argument(help="流程名或文件 · a name, or a file to publish")],
    unit: Annotated[str, typer.Option("--unit", help="立案单位 · the unit's id")],
    person: As = "",
    values: Values = None,
    data: DataFile = None,
    entry: Annotated[str, typer.Option("--entry", help="入口 · which opening")] = "",
    occurred_at: Occurred = "",
    on_behalf_of: For = "",
    key: Key = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """立案 · open a case."""
    shell = Shell(ctx, lang, as_json=as_json)
    reader, now = shell.reader(person, acts=True), shell.now(at)
    moved(shell, shell.app.cases.open(
        reader, workflow=_published(shell, workflow, now), unit=unit,
        data=gather(values, data), now=now, entry=entry,
        occurred_at=shell.moment(occurred_at) if occurred_at else None,
        key=key or None, on_behalf_of=on_behalf_of or None,
    ))  # fmt: skip


def _published(shell: Shell, workflow: str, now: datetime) -> str:
    """Return a workflow's name; a file is checked and published first."""
    if Path(workflow).suffix not in {".yaml", ".yml"}:
        return workflow
    from heyi.cli.shell.files import read_source

    source = read_source(Path(workflow))
    if not shell.is_demo:
        raise InputWrong(
            Text(
                "只有演示数据可以直接用文件立案；请先 heyi workflow publish，再写流程名",
                "on demo data alone; heyi workflow publish the file, then name the workflow",
            )
        )
    found = shell.app.library.publish(shell.officer(), source=source, now=now)
    if found.new:
        what = f"{found.name}@{found.version}"
        shell.say(Text(f"已发布 {what}", f"published {what}"))
    return found.name


@commands.command()
def do(
    ctx: typer.Context,
    *,
    ref: Ref,
    person: As = "",
    trigger: Annotated[
        str,
        typer.Argument(help="流转；不写则列出可做什么 · a trigger; none lists them"),
    ] = "",
    values: Values = None,
    data: DataFile = None,
    sign: Annotated[
        bool, typer.Option("--sign", help="签署等待中的提议 · sign what is proposed")
    ] = False,
    text: Shown = "",
    amend: Annotated[
        bool, typer.Option("--amend", help="补录本环节可改的内容 · change fields without a move")
    ] = False,
    revision: Revision = None,
    occurred_at: Occurred = "",
    on_behalf_of: For = "",
    reason: Annotated[str, typer.Option("--reason", help="理由 · why")] = "",
    key: Key = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """办理流转；不写流转则列出可做什么、为何不能 · make a move, or list the moves."""
    shell = Shell(ctx, lang, as_json=as_json)
    reader, now = shell.reader(person, acts=True), shell.now(at)
    given = gather(values, data)
    if not trigger and not amend:
        if given or sign:
            told = Text("请写明流转", "name the trigger")
            raise InputWrong(told)
        _list_offers(shell, shell.app.cases.offers(reader, ref=ref, now=now))
        return
    if trigger and amend:
        told = Text("--amend 不与流转同用", "--amend goes without a trigger")
        raise InputWrong(told)
    moved(shell, shell.app.cases.move(
        reader, ref=ref, now=now, trigger=trigger,
        kind="amend" if amend else "sign" if sign else "fire", data=given,
        occurred_at=shell.moment(occurred_at) if occurred_at else None,
        on_behalf_of=on_behalf_of or None, revision=revision, key=key or None, reason=reason,
        hash=text,
    ))  # fmt: skip


@commands.command()
def correct(
    ctx: typer.Context,
    *,
    ref: Ref,
    person: As = "",
    reason: Annotated[str, typer.Option("--reason", help="更正理由 · why it is corrected")],
    values: Values = None,
    data: DataFile = None,
    revision: Revision = None,
    key: Key = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """更正错误的记录；原值留在历史中 · mend a wrong entry; the old value stays in the history."""
    shell = Shell(ctx, lang, as_json=as_json)
    reader, now = shell.reader(person, acts=True), shell.now(at)
    moved(shell, shell.app.cases.move(
        reader, ref=ref, now=now, kind="correct", data=gather(values, data),
        revision=revision, key=key or None, reason=reason,
    ))  # fmt: skip


def moved(shell: Shell, moved: "MoveView") -> None:
    """Print what a granted move led to."""
    if shell.as_json:
        shell.json({**moved.case.plain(), "event": moved.event.seq})
        return
    from heyi.cli.case.lines import moved_line

    shell.out(moved_line(moved, shell.lang))


def _list_offers(shell: Shell, found: "OffersView") -> None:
    if shell.as_json:
        shell.json(found.plain())
        return
    from heyi.cli.case.lines import offer_lines

    for line in offer_lines(found, shell.lang):
        shell.out(line)
