"""The lists of any day, what changed in them, and the report: what is read of admission."""

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from heyi.cli.shell.exits import InputWrong, NotFound
from heyi.cli.shell.shell import Json, Lang, Shell

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from engine.compiling.catalogues import CatalogueDef
    from heyi.app.library.catalogues import Changes
    from storage.work import Work


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
        typer.Option("--sheet", metavar="FILE", help="写成公示页（HTML）· a page to post, HTML"),
    ] = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """任何一日的事项清单及其变化 · the lists of any day, and what changed."""
    from heyi.app.admission.listviews import changes_view, groups, head_view
    from heyi.app.admission.sheet import sheet_page
    from heyi.cli.admission.lines import change_lines, list_lines

    shell = Shell(ctx, lang, as_json=as_json)
    rule = _rule(shell, name)
    _check_group(rule, wanted, shell.lang)
    days = _days(shell, at, since, diff)
    found, numbers = _found(shell, rule, days)
    head = head_view(rule, found.second, shell.lang, numbers)
    lists = groups(rule, found.second.rows.values(), shell.lang, wanted)
    changed = changes_view(rule, found, shell.lang, numbers, wanted) if since or diff else None
    if sheet is not None:
        _write(sheet, sheet_page(rule, head, lists, changed, shell.lang))
        shell.say(f"已写入 {sheet}", f"wrote {sheet}")
    elif as_json:
        shell.json([row for one in lists for row in one["rows"]] if changed is None else changed)
    elif changed is not None:
        _print(shell, change_lines(changed, shell.lang))
    else:
        _print(shell, list_lines(rule, head, lists, shell.lang))


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
    from heyi.app.admission.report import report_view
    from heyi.bootstrap import zone_of
    from heyi.cli.admission.lines import report_lines

    shell = Shell(ctx, lang, as_json=as_json)
    now = shell.now()
    today = now.astimezone(zone_of(shell.settings)).date()
    days = (_day(first) if first else today.replace(month=1, day=1), _day(last) if last else today)
    if days[0] > days[1]:
        zh, en = "--from 晚于 --to", "--from lies after --to"
        raise InputWrong(zh, en)
    view = report_view(shell.app.casework, days, now=now, lang=shell.lang, least=least)
    if as_json:
        shell.json(view)
    else:
        _print(shell, report_lines(view, shell.lang))


def _print(shell: Shell, lines: "Iterable[str]") -> None:
    for line in lines:
        shell.out(line)


def _rule(shell: Shell, name: str) -> "CatalogueDef":
    """Return a catalogue's file; that of the classification where none is named."""
    from heyi.app.admission.classifier import find_classifier
    from heyi.bootstrap import shelf_of

    shelf = shelf_of(shell.settings)
    if not name:
        return find_classifier(shelf).catalogue
    known = {one.catalogue: one for one in shelf.catalogues()}
    if name not in known:
        names = "、".join(known) if shell.lang == "zh" else ", ".join(known)
        zh, en = f"没有清单“{name}”；有：{names}", f"no catalogue '{name}'; there are: {names}"
        raise NotFound(zh, en)
    return known[name]


def _check_group(rule: "CatalogueDef", wanted: str, lang: str) -> None:
    from heyi.app.admission.listviews import group_words

    words = group_words(rule, lang)
    if wanted and wanted not in words:
        known = "、".join(f"{word} {label}" for word, label in words.items())
        zh, en = f"没有类别“{wanted}”；有：{known}", f"no class '{wanted}'; {known}"
        raise InputWrong(zh, en)


def _days(shell: Shell, at: str, since: str, diff: tuple[str, str] | None) -> tuple[date, date]:
    """Return the two days to compare; of a plain list both are the day itself."""
    from heyi.bootstrap import zone_of

    if diff is not None:
        if at or since:
            zh, en = "--diff 已含两个日期", "--diff names both days; leave out --at and --since"
            raise InputWrong(zh, en)
        return _day(diff[0]), _day(diff[1])
    day = _day(at) if at else shell.now().astimezone(zone_of(shell.settings)).date()
    return _day(since) if since else day, day


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        zh, en = f"“{text}”不是日期；例如 2026-03-02", f"'{text}' is no day; write 2026-03-02"
        raise InputWrong(zh, en) from None


def _found(
    shell: Shell, rule: "CatalogueDef", days: tuple[date, date]
) -> "tuple[Changes, Callable[[str], str]]":
    """Return what is stored of a list, or what its file says where nothing is stored."""
    from heyi.app.library.catalogues import changes, file_changes
    from heyi.app.office.doctor import sqlite_file
    from heyi.bootstrap import zone_of

    file = sqlite_file(shell.settings.database)
    if file is not None and not file.is_file():
        return file_changes(rule, days), str
    with shell.app.store.read() as work:
        if not work.catalogues.current(rule.catalogue):
            return file_changes(rule, days), str
        found = changes(work, rule.catalogue, days, zone_of(shell.settings))
        names = _numbers(work, found)
    return found, lambda case: names.get(case, case)


def _numbers(work: "Work", found: "Changes") -> dict[str, str]:
    cases = {one.case for one in found.editions} | {found.first.case, found.second.case}
    summaries = [work.cases.summary(case) for case in sorted(one for one in cases if one)]
    return {one.id: one.number or one.id for one in summaries}


def _write(path: Path, text: str) -> None:
    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        what = error.strerror or type(error).__name__
        zh, en = f"“{path}”写不了：{what}", f"'{path}' cannot be written: {what}"
        raise InputWrong(zh, en) from None
