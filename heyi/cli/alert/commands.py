"""``heyi alert``: one's own alerts, delivery, dead letters, due days as a calendar file."""

from pathlib import Path
from typing import Annotated

import typer

from engine.case.text import Text, joined, said
from heyi.cli.shell.exits import InputWrong, NotFound
from heyi.cli.shell.shell import After, As, At, Json, Lang, Shell

commands = typer.Typer(
    name="alert", no_args_is_help=True, rich_markup_mode=None, help="预警 · alerts"
)
Limit = Annotated[int, typer.Option("--limit", min=1, max=1000, help="条数 · how many")]


@commands.command("list")
def list_alerts(
    ctx: typer.Context,
    *,
    person: As = "",
    limit: Limit = 50,
    after: After = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """本人的预警，新的在前；无论是否另行发送 · one's own alerts, newest first, sent or not."""
    from heyi.cli.case.lines import local
    from heyi.cli.shell.columns import columns

    shell = Shell(ctx, lang, as_json=as_json)
    reader = shell.reader(person, acts=True)
    page = shell.app.alerts.own(reader, now=shell.now(at), after=after, limit=limit)
    if as_json:
        shell.json([one.plain() for one in page.items])
        return
    shell.more(page.next)
    done = shell.word(Text("已办", "settled"))
    rows = [
        [
            local(one.at, shell.app.zone), one.number or (one.case or "-")[:8],
            one.label or "-", one.text, one.due or "-", done if one.settled else "",
        ]
        for one in page.items
    ]  # fmt: skip
    for line in columns(rows):
        shell.out(line)


@commands.command()
def deliver(ctx: typer.Context, *, at: At = "", as_json: Json = False, lang: Lang = None) -> None:
    """发送到时的预警；可由 cron 定时运行 · send what is owed by now; for cron."""
    shell = Shell(ctx, lang, as_json=as_json)
    done = shell.app.alerts.deliver(shell.reader(), now=shell.now(at), by="cron")
    if as_json:
        shell.json(done.plain())
        return
    told = {name: done.counts.get(name, 0) for name in _TOLD}
    parts = [said(_TOLD[name], n=n) for name, n in told.items()]
    shell.out(shell.word(joined(parts, Text("，", ", "))))


_TOLD = {
    "alerts": Text("预警{n}", "{n} alerts"), "sent": Text("发出{n}", "{n} sent"),
    "retry": Text("待重发{n}", "{n} to be retried"),
    "dead": Text("未能发出{n}", "{n} given up"), "inapp": Text("仅站内{n}", "{n} in heyi alone"),
    "moot": Text("已办不发{n}", "{n} settled"), "nobody": Text("无人接收{n}", "{n} for nobody"),
}  # fmt: skip
"""Counts of a round to words."""


@commands.command()
def dead(
    ctx: typer.Context,
    *,
    limit: Limit = 100,
    after: After = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """未能发出的预警及原因 · what could not be delivered, and why."""
    from heyi.cli.shell.columns import columns

    shell = Shell(ctx, lang, as_json=as_json)
    found = shell.app.alerts.dead(shell.officer(), now=shell.now(at), after=after, limit=limit)
    if as_json:
        shell.json(found.plain())
        return
    shell.more(found.next)
    nobody = shell.word(Text("没有人接收：请补岗位", "nobody to tell: fill the posts"))
    rows = [
        [
            str(one.id), one.number or "-", one.label or "-", one.owner or "-",
            one.shown or one.address, one.reason,
        ]
        for one in found.dead
    ]  # fmt: skip
    rows += [["-", one.number or "-", one.label or "-", "-", "-", nobody] for one in found.nobody]
    for line in columns(rows):
        shell.out(line)


@commands.command()
def replay(
    ctx: typer.Context,
    *,
    letter: Annotated[
        int, typer.Argument(metavar="ID", help="alert dead 中的号 · as `alert dead` shows it")
    ] = 0,
    everything: Annotated[bool, typer.Option("--all", help="全部 · all of them")] = False,
    at: At = "",
    lang: Lang = None,
) -> None:
    """重新发送未能发出的预警 · send anew what could not be delivered."""
    shell = Shell(ctx, lang)
    if everything == bool(letter):
        told = Text("请给出一个号，或写 --all", "give one id, or --all")
        raise InputWrong(told)
    count = shell.app.alerts.replay(shell.officer(), now=shell.now(at), letter=letter or None)
    if letter and not count:
        told = Text(
            f"没有未能发出的预警 {letter}", f"no dead letter {letter}, or its address is gone"
        )
        raise NotFound(told)
    shell.say(Text(f"重新排队 {count} 条", f"{count} will be sent anew"))


@commands.command("test")
def send_trial(
    ctx: typer.Context,
    *,
    address: Annotated[str, typer.Argument(metavar="ADDRESS", help="地址的 id · its id")],
    lang: Lang = None,
) -> None:
    """向一个地址试发；发不出则退出码为1 · send a trial message; exit 1 where it fails."""
    shell = Shell(ctx, lang)
    told = shell.app.alerts.trial(shell.officer(), address=address, now=shell.now())
    if told is None:
        wrong = Text(f"没有地址“{address}”", f"no address '{address}'")
        raise NotFound(wrong)
    if told.sent:
        shell.say(Text("已发出", "sent"))
        return
    shell.say(Text(f"没有发出：{told.reason}", f"not sent: {told.reason}"))
    raise typer.Exit(1)


@commands.command()
def ics(
    ctx: typer.Context,
    *,
    person: As = "",
    out: Annotated[
        Path | None, typer.Option("--out", "-o", metavar="FILE", help="写入文件 · into a file")
    ] = None,
    at: At = "",
    lang: Lang = None,
) -> None:
    """本人的到期日，日历文件 · one's own due days as a calendar file."""
    shell = Shell(ctx, lang)
    reader = shell.reader(person, acts=True)
    found = shell.app.clocks.due_days(reader, now=shell.now(at))
    if out is None:
        typer.echo(found.content.decode("utf-8"), nl=False)
        return
    try:
        out.write_bytes(found.content)
    except OSError as error:
        what = error.strerror or type(error).__name__
        told = Text(f"“{out}”写不进：{what}", f"'{out}' cannot be written: {what}")
        raise InputWrong(told) from None
    shell.say(Text(f"已写入 {out}，{found.entries} 项", f"wrote {out}: {found.entries} due days"))
