"""``heyi clock``: why a clock is due when it is, which are open, and the sweep that rings."""

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
    from heyi.app.cases.views import look
    from heyi.app.clocks.explanation import clock_view
    from heyi.cli.clock.lines import clock_lines

    shell = Shell(ctx, lang, as_json=as_json)
    seen, events = look(
        shell.app.casework, ref, person=shell.reader(person).person or None, now=shell.now(at)
    )
    view = clock_view(
        seen, events, clock, item=item, run=run, lang="en" if shell.lang == "en" else "zh"
    )
    if as_json:
        shell.json(view)
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
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """未结束的期限，先到期的在前；不含案件内容 · open clocks, the first due first."""
    from heyi.app.clocks.lists import Wanted, open_clocks
    from heyi.cli.clock.tables import list_lines

    shell = Shell(ctx, lang, as_json=as_json)
    wanted = Wanted(
        units=tuple(unit or ()), workflow=workflow, overdue=overdue,
        until=shell.moment(until).date() if until else None, limit=limit,
    )  # fmt: skip
    rows = open_clocks(
        shell.app.casework, wanted, now=shell.now(at), lang="en" if shell.lang == "en" else "zh"
    )
    if as_json:
        shell.json(rows)
        return
    for line in list_lines(rows, shell.lang):
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
    from heyi.app.clocks.sweeps import Sweeps
    from heyi.app.clocks.sweepviews import COUNTS, sweep_view
    from heyi.app.office.rounds import Tally
    from heyi.bootstrap import rounds_of
    from heyi.cli.clock.tables import sweep_lines

    shell = Shell(ctx, lang, as_json=as_json)
    now, app = shell.now(at), shell.app
    sweeps = Sweeps(app.casework)
    if dry_run:
        report = sweeps.sweep(now, dry_run=True)
    else:
        # Noted as a round: whoever rings, a scheduled round that has fallen silent must be seen.
        rounds = rounds_of(app)
        number, tally = rounds.begin("sweep-clocks", by="cli", now=now), Tally(ok=False)
        try:
            report = sweeps.all(now)
            tally.ok = True
            tally.counts.update({name: getattr(report, name) for name in COUNTS})
        finally:
            rounds.end(number, tally, now=now)
    told = sweep_view(
        app.casework, report, dry_run=dry_run, lang="en" if shell.lang == "en" else "zh"
    )
    if as_json:
        shell.json(told)
        return
    for line in sweep_lines(told, shell.lang):
        shell.out(line)
