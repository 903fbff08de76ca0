"""``heyi case``, reading: show, history, list, verify."""

from typing import Annotated

import typer

from heyi.cli.case.commands import Ref, commands
from heyi.cli.shell.graph import Format, Output, drawn, hand_over, layout_of
from heyi.cli.shell.shell import As, At, Json, Lang, Shell

__all__ = ["commands"]


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
    from heyi.app.cases.views import case_view, look
    from heyi.cli.case.lines import case_lines

    shell = Shell(ctx, lang, as_json=as_json)
    seen, _events = look(shell.app.cases, ref, person=reader_of(shell, person), now=shell.now(at))
    view = case_view(seen, shell.lang)
    if as_json:
        shell.json(view)
        return
    for line in case_lines(view, shell.app.zone, shell.lang):
        shell.out(line)


def reader_of(shell: Shell, person: str) -> str | None:
    """Return who reads; reading as a person needs the same permission as acting."""
    if not person:
        return None
    shell.acting()
    return person


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
    from heyi.app.cases.history import history_view
    from heyi.app.cases.views import look
    from heyi.cli.case.lines import history_lines

    shell = Shell(ctx, lang, as_json=as_json)
    seen, events = look(shell.app.cases, ref, person=reader_of(shell, person), now=shell.now(at))
    view = history_view(seen, events, shell.lang)
    if as_json:
        shell.json(view)
        return
    for line in history_lines(view, shell.app.zone, shell.lang):
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
    from engine.telling.diagram.build import diagram_of
    from engine.telling.diagram.way import way_of
    from heyi.app.cases.views import look

    meant = layout_of(layout, output)
    shell = Shell(ctx, lang, as_json=meant == "json")
    seen, events = look(shell.app.cases, ref, person=reader_of(shell, person), now=shell.now(at))
    diagram = diagram_of(seen.workflow, shell.lang)
    hand_over(shell, drawn(diagram, meant, way_of(seen.case, events)), output)


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
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """案件列表，新的在前；不含案件内容 · cases, newest first, without their fields."""
    from heyi.app.cases.lists import list_view
    from heyi.cli.shell.columns import columns
    from storage.kernel.records import CaseQuery

    shell = Shell(ctx, lang, as_json=as_json)
    query = CaseQuery(
        units=tuple(unit or ()), workflow=workflow or None, states=tuple(state or ()),
        final=final, limit=limit,
    )  # fmt: skip
    found = list_view(shell.app.cases, query, after=after or None, lang=shell.lang)
    if as_json:
        shell.json(found)
        return
    names = ("number", "workflow", "unit_title", "state_label", "opened_on", "id")
    for line in columns([[str(row[name] or "-") for name in names] for row in found]):
        shell.out(line)


@commands.command()
def verify(
    ctx: typer.Context,
    *,
    ref: Annotated[
        str, typer.Argument(metavar="[REF]", help="编号或 id；不写则全部 · one case, or all")
    ] = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """核验历史是否被改动，有发现则退出码为1 · check that nothing was changed."""
    from heyi.app.cases.lists import verified
    from heyi.cli.case.lines import finding_line

    shell = Shell(ctx, lang, as_json=as_json)
    cases, findings = verified(shell.app.cases, ref or None)
    if as_json:
        shell.json({
            "cases": cases,
            "verified": not findings,
            "findings": [
                {"case": f.case, "number": f.number, "event": f.seq, "kind": f.kind, "name": f.name}
                for f in findings
            ],
        })  # fmt: skip
    else:
        for finding in findings:
            shell.out(finding_line(finding, shell.lang))
        if not findings:
            shell.out(shell.word(f"已核验 {cases} 件，未见改动", f"verified {cases} cases"))
    raise typer.Exit(1 if findings else 0)
