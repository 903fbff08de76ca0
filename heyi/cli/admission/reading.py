"""``heyi admission``, reading: the lists of any day, their changes, and the report."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.case.text import Text
from heyi.cli.shell.exits import InputWrong
from heyi.cli.shell.shell import Json, Lang, Shell

if TYPE_CHECKING:
    from collections.abc import Iterable


def catalogue(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="[NAME]", help="哪个清单 · which catalogue")] = "",
    wanted: Annotated[str, typer.Option("--class", help="只列此类 · this class only")] = "",
    at: Annotated[
        str, typer.Option("--at", metavar="DATE", help="当日的清单 · the lists of this day")
    ] = "",
    since: Annotated[
        str, typer.Option("--since", metavar="DATE", help="此日以来的变化 · changes since then")
    ] = "",
    diff: Annotated[
        tuple[str, str] | None,
        typer.Option("--diff", metavar="DATE DATE", help="两日间的变化 · changes between two days"),
    ] = None,
    sheet: Annotated[
        Path | None,
        typer.Option("--sheet", metavar="FILE", help="写成公示页（HTML） · a page to post, HTML"),
    ] = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """任何一日的事项清单及其变化 · the lists of any day, and what changed."""
    from heyi.cli.admission.lines import change_lines, list_lines

    shell = Shell(ctx, lang, as_json=as_json)
    days, changed = _days(shell, at, since, diff), bool(since or diff)
    admission, reader = shell.app.admission, shell.reader()
    if sheet is not None:
        page = admission.sheet(reader, days=days, changed=changed, catalogue=name, group=wanted)
        _write(sheet, page.html)
        shell.say(Text(f"已写入 {sheet}", f"wrote {sheet}"))
    elif changed:
        found = admission.changes(reader, days=days, catalogue=name, group=wanted)
        if as_json:
            shell.json(found.plain())
        else:
            _print(shell, change_lines(found, shell.lang))
    else:
        lists = admission.lists(reader, day=days[1], catalogue=name, group=wanted)
        if as_json:
            shell.json([row.plain() for one in lists.groups for row in one.rows])
        else:
            _print(shell, list_lines(lists, shell.lang))


def report(
    ctx: typer.Context,
    *,
    first: Annotated[
        str, typer.Option("--from", metavar="DATE", help="起；默认本年1月1日 · default: this year")
    ] = "",
    last: Annotated[
        str, typer.Option("--to", metavar="DATE", help="止；默认今日 · default: today")
    ] = "",
    least: Annotated[
        int,
        typer.Option("--min-group", min=0, help="评价公布的最少份数，只能调高 · raise the least"),
    ] = 0,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """按单位的报表：拒收、经费迟到、超量、评价 · refusals, late funds, volumes, grades by body."""
    from heyi.cli.admission.lines import report_lines

    shell = Shell(ctx, lang, as_json=as_json)
    now = shell.now()
    today = now.astimezone(shell.app.zone).date()
    days = (_day(first) if first else today.replace(month=1, day=1), _day(last) if last else today)
    if days[0] > days[1]:
        told = Text("--from 晚于 --to", "--from lies after --to")
        raise InputWrong(told)
    view = shell.app.admission.report(shell.reader(), days=days, now=now, least=least)
    if as_json:
        shell.json(view.plain())
    else:
        _print(shell, report_lines(view, shell.lang))


def _print(shell: Shell, lines: "Iterable[str]") -> None:
    for line in lines:
        shell.out(line)


def _days(shell: Shell, at: str, since: str, diff: tuple[str, str] | None) -> tuple[date, date]:
    """Return the two days to compare; of a plain list both are the day itself."""
    if diff is not None:
        if at or since:
            told = Text("--diff 已含两个日期", "--diff names both days; leave out --at and --since")
            raise InputWrong(told)
        return _day(diff[0]), _day(diff[1])
    day = _day(at) if at else shell.now().astimezone(shell.app.zone).date()
    return _day(since) if since else day, day


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        told = Text(f"“{text}”不是日期；例如 2026-03-02", f"'{text}' is no day; write 2026-03-02")
        raise InputWrong(told) from None


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        what = error.strerror or type(error).__name__
        told = Text(f"“{path}”写不了：{what}", f"'{path}' cannot be written: {what}")
        raise InputWrong(told) from None
