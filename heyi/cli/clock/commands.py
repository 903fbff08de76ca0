"""``heyi clock``: why a clock is due when it is, which are open, and the sweep."""

from typing import Annotated

import typer

from heyi.cli.shell.shell import As, At, Json, Lang, Shell

commands = typer.Typer(
    name="clock", no_args_is_help=True, rich_markup_mode=None, help="期限 · clocks"
)


@commands.callback()
def _clock() -> None:
    """期限 · clocks."""


@commands.command()
def explain(
    ctx: typer.Context,
    *,
    ref: Annotated[str, typer.Argument(metavar="CASE", help="案件编号或 id · number or id")],
    clock: Annotated[
        str, typer.Argument(metavar="CLOCK", help="期限的名称或标签 · its name or label")
    ],
    item: Annotated[
        int | None, typer.Option("--item", min=1, help="第几项 · of which list item")
    ] = None,
    run: Annotated[
        int | None, typer.Option("--run", min=1, help="第几次计算 · which of its runs")
    ] = None,
    person: As = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """期限为何在那一天到期：逐日、算式、规则、依据、催办 · why a clock is due when it is."""
    from heyi.app.clocks.errors import RunNotFound
    from heyi.cli.clock.lines import clock_lines
    from heyi.cli.clock.refusals import run_unknown

    shell = Shell(ctx, lang, as_json=as_json)
    reader, now = shell.reader(person), shell.now(at)
    try:
        view = shell.app.clocks.explain(reader, ref=ref, clock=clock, now=now, item=item, run=run)
    except RunNotFound as error:
        raise run_unknown(error) from None
    if as_json:
        shell.json(view.plain())
        return
    for line in clock_lines(view, shell.app.zone, shell.lang):
        shell.out(line)


@commands.command("list")
def list_clocks(
    ctx: typer.Context,
    *,
    unit: Annotated[list[str] | None, typer.Option("--unit", help="单位，可多个 · units")] = None,
    overdue: Annotated[
        bool, typer.Option("--overdue", help="只列已逾期的 · only what is overdue")
    ] = False,
    until: Annotated[
        str, typer.Option("--until", metavar="DAY", help="只列此日及以前到期的 · due by this day")
    ] = "",
    workflow: Annotated[str, typer.Option("--workflow", help="流程 · workflow")] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="条数 · how many")] = 50,
    person: As = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """此人可知的未结束期限，先到期的在前 · open clocks that --as may know, the first due first."""
    from heyi.cli.clock.tables import list_lines

    shell = Shell(ctx, lang, as_json=as_json)
    page = shell.app.clocks.list(
        shell.reader(person), now=shell.now(at), units=unit or (), workflow=workflow,
        overdue=overdue, until=shell.moment(until).date() if until else None, limit=limit,
    )  # fmt: skip
    if as_json:
        shell.json([row.plain() for row in page.items])
        return
    for line in list_lines(page.items, shell.lang):
        shell.out(line)


@commands.command()
def sweep(
    ctx: typer.Context,
    *,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="只看会响什么，不改动 · show what would ring")
    ] = False,
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """巡查期限：到时的催办一一响过，可由 cron 定时运行 · ring what is due; cron may call it."""
    from heyi.cli.clock.tables import sweep_lines

    shell = Shell(ctx, lang, as_json=as_json)
    told = shell.app.clocks.sweep(shell.reader(), now=shell.now(at), by="cli", dry_run=dry_run)
    if as_json:
        shell.json(told.plain())
        return
    for line in sweep_lines(told, shell.lang):
        shell.out(line)
