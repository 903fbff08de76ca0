"""``heyi case``, reading: show, history, list, verify."""

from typing import Annotated

import typer

from engine.case.text import NOTHING, Text, said
from heyi.cli.case.commands import Ref, commands
from heyi.cli.shell.graph import Format, Output, drawn, hand_over, layout_of
from heyi.cli.shell.shell import After, As, At, Json, Lang, Shell

__all__ = ["commands"]
_VERIFIED = Text("已核验 {count} 件{acts}，未见改动", "verified {count} cases{acts}")
_NO_KEY = Text(
    "没有密钥：只核对了散列，未核对 MAC；重做的链、删去的末尾、加上的岗位看不出来",
    "no key: hashes alone were checked, MACs not checked; a chain made anew, an end cut off or a"
    " post put in would not be noticed",
)
_ACTS = Text("、行为 {count} 项", " and {count} acts")


@commands.command()
def show(
    ctx: typer.Context,
    *,
    ref: Ref,
    person: As = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """查看案件；无权读的内容以＊＊＊代替 · show a case; what --as may not read is masked."""
    from heyi.cli.case.lines import case_lines

    shell = Shell(ctx, lang, as_json=as_json)
    view = shell.app.cases.show(shell.reader(person), ref=ref, now=shell.now(at))
    if as_json:
        shell.json(view.plain())
        return
    for line in case_lines(view, shell.app.zone, shell.lang):
        shell.out(line)


@commands.command()
def history(
    ctx: typer.Context,
    *,
    ref: Ref,
    person: As = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """案件的全部事件：发生日与登记日 · every event, with the day it happened and was entered."""
    from heyi.cli.case.lines import history_lines

    shell = Shell(ctx, lang, as_json=as_json)
    found = shell.app.cases.history(shell.reader(person), ref=ref, now=shell.now(at))
    if as_json:
        shell.json([event.plain() for event in found.items])
        return
    for line in history_lines(found.items, shell.app.zone, shell.lang):
        shell.out(line)


@commands.command()
def graph(
    ctx: typer.Context,
    *,
    ref: Ref,
    person: As = "",
    layout: Format = None,
    output: Output = None,
    at: At = "",
    lang: Lang = None,
) -> None:
    """画出案件走过的路 · draw the workflow with the way this case went."""
    meant = layout_of(layout, output)
    shell = Shell(ctx, lang, as_json=meant == "json")
    diagram, way = shell.app.cases.diagram(shell.reader(person), ref=ref, now=shell.now(at))
    hand_over(shell, drawn(diagram, meant, way), output)


@commands.command()
def readings(
    ctx: typer.Context,
    *,
    ref: Ref,
    person: As = "",
    after: After = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """谁看过这件密封或保密的案件，给负责人看 · who read a sealed or confidential case."""
    from heyi.cli.shell.columns import columns

    shell = Shell(ctx, lang, as_json=as_json)
    found = shell.app.cases.readings(shell.reader(person), ref=ref, now=shell.now(at), after=after)
    if as_json:
        shell.json([one.plain() for one in found.items])
        return
    shell.more(found.next)
    for line in columns([[one.at, one.person, one.what] for one in found.items]):
        shell.out(line)


@commands.command("list")
def list_cases(
    ctx: typer.Context,
    *,
    workflow: Annotated[str, typer.Option("--workflow", help="流程 · workflow")] = "",
    unit: Annotated[list[str] | None, typer.Option("--unit", help="单位，可多个 · units")] = None,
    state: Annotated[
        list[str] | None, typer.Option("--state", help="环节，可多个 · states")
    ] = None,
    final: Annotated[
        bool | None, typer.Option("--final/--open", help="只列已结或未结 · ended or open only")
    ] = None,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="件数 · how many")] = 50,
    after: Annotated[
        str, typer.Option("--after", metavar="REF", help="从此案之后 · the page behind this case")
    ] = "",
    person: As = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """此人可知的案件，新的在前；不含案件内容 · the cases --as may know, without their fields."""
    from heyi.cli.shell.columns import columns

    shell = Shell(ctx, lang, as_json=as_json)
    found = shell.app.cases.list(
        shell.reader(person), now=shell.now(at), workflow=workflow, units=unit or (),
        states=state or (), final=final, limit=limit, after=after or None,
    )  # fmt: skip
    if as_json:
        shell.json([row.plain() for row in found.items])
        return
    shell.more(found.next)
    names = ("number", "workflow", "unit_title", "state_label", "opened_on", "id")
    for line in columns([[str(getattr(row, n) or "-") for n in names] for row in found.items]):
        shell.out(line)


@commands.command()
def verify(
    ctx: typer.Context,
    *,
    ref: Annotated[
        str, typer.Argument(metavar="[REF]", help="编号或 id；不写则全部 · one case, or all")
    ] = "",
    person: As = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """核验历史是否被改动，有发现则退出码为1 · check that nothing was changed."""
    from heyi.bootstrap import KeyMissing
    from heyi.cli.case.lines import finding_line

    shell = Shell(ctx, lang, as_json=as_json)
    reader = shell.reader(person) if person else shell.office("command:verify")
    try:
        found = shell.app.audit.verify(reader, now=shell.now(), ref=ref or None)
    except KeyMissing:
        if ref or person or not shell.app.has_database:
            raise
        found = shell.app.office.verify_without_key(reader)
        shell.say(_NO_KEY)
    if as_json:
        shell.json(found.plain())
    else:
        for finding in found.findings:
            shell.out(finding_line(finding, shell.lang))
        if found.verified:
            acts = said(_ACTS, count=found.acts) if not ref else NOTHING
            shell.out(shell.word(said(_VERIFIED, count=found.cases, acts=acts)))
    raise typer.Exit(0 if found.verified else 1)
