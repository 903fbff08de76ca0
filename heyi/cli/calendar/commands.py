"""``heyi calendar``: show its days, check what is missing, load a new announcement."""

from calendar import monthrange
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.case.text import Text
from heyi.cli.shell.exits import InputWrong, NotFound
from heyi.cli.shell.shell import At, Json, Lang, Shell

if TYPE_CHECKING:
    from heyi.app.app import App

commands = typer.Typer(
    name="calendar", no_args_is_help=True, rich_markup_mode=None,
    help="工作日历 · calendars of working days",
)  # fmt: skip
Name = Annotated[str, typer.Argument(metavar="NAME", help="日历，如 cn · a calendar")]
_LONGEST = 36_600


@commands.callback()
def _commands() -> None:
    """工作日历 · calendars of working days."""


@commands.command()
def show(
    ctx: typer.Context,
    *,
    name: Name,
    start: Annotated[
        str, typer.Option("--from", metavar="DAY", help="起日；不写则本月 · first day")
    ] = "",
    until: Annotated[str, typer.Option("--to", metavar="DAY", help="止日 · last day")] = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """逐日查看：上班、放假、调休；未公布的为预计 · what each day is."""
    from heyi.cli.calendar.lines import month_lines

    shell = Shell(ctx, lang, as_json=as_json)
    first, last = _span(shell, start, until, at)
    view = _asked(shell).clocks.days(shell.reader(), name=name, first=first, last=last)
    if view is None:
        raise _unknown(name)
    if as_json:
        shell.json([one.plain() for one in view.days])
        return
    for line in month_lines(view, shell.lang):
        shell.out(line)


@commands.command()
def check(
    ctx: typer.Context,
    *,
    name: Annotated[
        str, typer.Argument(metavar="[NAME]", help="日历；不写则全部 · a calendar, or all")
    ] = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """检查缺什么：未公布的年份、未核实的地区等，有则退出码为1 · what is missing; exit 1."""
    from heyi.cli.calendar.lines import lack_text

    shell = Shell(ctx, lang, as_json=as_json)
    said = _asked(shell).clocks.lacks(shell.reader(), now=shell.now(at), name=name)
    if said is None:
        raise _unknown(name)
    found = [one for one in said if one.in_use]
    texts = [lack_text(one) for one in said]
    if as_json:
        shell.json([
            {**one.plain(), **told.plain()} for one, told in zip(said, texts, strict=True)
        ])  # fmt: skip
    else:
        for one, told in zip(said, texts, strict=True):
            mark, kind = ("✗" if one.in_use else "·"), f"[{one.kind}]"
            shell.out(f"{mark} {one.calendar}: {shell.word(told)}  {kind}")
    shell.say(Text(f"{len(found)} 项须处理", f"{len(found)} findings"))
    raise typer.Exit(1 if found else 0)


@commands.command()
def load(
    ctx: typer.Context,
    *,
    file: Annotated[
        Path, typer.Argument(metavar="FILE", help="日历文件，或只含新年份的补充 · a file")
    ],
    yes: Annotated[bool, typer.Option("--yes", help="写入并重排期限 · write it")] = False,
    correct: Annotated[
        bool, typer.Option("--correct", help="允许更正已过去的日子 · correct days passed")
    ] = False,
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """载入新公告：先预览，--yes 才写入并重排未结期限 · preview; write and re-plan with --yes."""
    from heyi.cli.calendar.lines import load_lines

    shell = Shell(ctx, lang, as_json=as_json)
    text = _text(file)
    view = shell.app.clocks.load(
        shell.officer() if yes else shell.reader(),
        text=text,
        file=str(file),
        now=shell.now(at),
        write=yes,
        correct=correct,
    )
    if as_json:
        shell.json(view.plain())
        return
    for line in load_lines(view, shell.lang):
        shell.out(line)
    if yes:
        shell.say(Text(f"已载入，重排了 {view.cases} 件", f"loaded; {view.cases} cases re-planned"))
    else:
        shell.say(Text("以上为预览，未写入；加 --yes 写入", "a preview; write it with --yes"))


def _text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8")
    except FileNotFoundError:
        told = Text(f"没有文件“{file}”", f"there is no file '{file}'")
        raise NotFound(told) from None
    except (OSError, UnicodeDecodeError):
        told = Text(f"文件“{file}”读不出，应为 UTF-8 文字", f"'{file}' is no readable UTF-8 text")
        raise InputWrong(told) from None


def _span(shell: Shell, start: str, until: str, at: str) -> tuple[date, date]:
    """Return the days asked for: the month of ``start``, or of today, where one is left out."""
    today = shell.now(at).astimezone(shell.app.zone).date()
    first = _day(start) if start else today.replace(day=1)
    last = _day(until) if until else first.replace(day=monthrange(first.year, first.month)[1])
    if last < first:
        told = Text(f"止日 {last} 早于起日 {first}", f"'--to {last}' is before '--from {first}'")
        raise InputWrong(told)
    if (last - first).days > _LONGEST:
        told = Text("一次最多一百年", "at most a hundred years at a time")
        raise InputWrong(told)
    return first, last


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        told = Text(f"“{text}”不是日期；例如 2026-05-01", f"'{text}' is no day; write 2026-05-01")
        raise InputWrong(told) from None


def _asked(shell: Shell) -> "App":
    """Return the application; say so where no database was made yet."""
    if not shell.app.has_database:
        shell.say(Text("还没有数据库，按文件显示", "no database yet: by the files alone"))
    return shell.app


def _unknown(name: str) -> NotFound:
    return NotFound(Text(f"没有日历“{name}”", f"there is no calendar '{name}'"))
