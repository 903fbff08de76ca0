"""``heyi dispute report``: early warning; ``heyi case similar``: hints at duplicates."""

from datetime import date, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from engine.case.errors import AccessError
from engine.case.text import Text, said
from heyi.cli.case.commands import Ref
from heyi.cli.shell.exits import InputWrong
from heyi.cli.shell.shell import As, At, Json, Lang, Shell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from heyi.app.disputes.models import ReportView
    from heyi.app.reader import Reader

commands = typer.Typer(
    name="dispute", no_args_is_help=True, rich_markup_mode=None,
    help="矛盾纠纷 · disputes",
)  # fmt: skip


_NAME_ONE = Text(
    "“{person}”可查看几个单位的汇总，请用 --unit 指定：{units}",
    "'{person}' may see several units; name one with --unit: {units}",
)


class UnitWanted(AccessError):
    """The person may see the figures of several units, and has named none."""

    code = "access.report"

    def __init__(self, person: str, units: "Iterable[str]") -> None:
        self.person, self.units = person, tuple(units)
        self.told = said(_NAME_ONE, person=person, units=self.units)
        super().__init__(self.told.text("en"))


@commands.callback()
def _top() -> None:
    """矛盾纠纷 · disputes."""


@commands.command()
def report(
    ctx: typer.Context,
    *,
    person: As = "",
    unit: Annotated[
        str,
        typer.Option("--unit", help="单位；只有一个时可不写 · the unit, where there are several"),
    ] = "",
    first: Annotated[
        str, typer.Option("--from", metavar="DATE", help="起；默认本期 · default: this period")
    ] = "",
    last: Annotated[
        str, typer.Option("--to", metavar="DATE", help="止；默认今日 · default: today")
    ] = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """预警汇总：议题、期限、排查；不看人，小数隐去 · early warning, added up; never persons."""
    from heyi.cli.dispute.lines import report_lines

    shell = Shell(ctx, lang, as_json=as_json)
    reader, now = shell.reader(person, acts=True), shell.now(at)
    end = _day(last) if last else now.astimezone(shell.app.zone).date()
    days = (_day(first) if first else end, end)
    _check_span(*days)
    view = _reported(shell, reader, unit, days, now)
    if as_json:
        shell.json(view.plain())
    else:
        _print(shell, report_lines(view, shell.lang))


def similar(
    ctx: typer.Context,
    *,
    ref: Ref,
    person: As = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """可能重复的案件：只是提示，由人并案 · cases that may be the same matter; a person merges."""
    from heyi.cli.dispute.lines import similar_lines

    shell = Shell(ctx, lang, as_json=as_json)
    reader = shell.reader(person, acts=True)
    view = shell.app.disputes.similar(reader, ref=ref, now=shell.now(at))
    if as_json:
        shell.json(view.plain())
    else:
        _print(shell, similar_lines(view, shell.lang))


def _reported(
    shell: Shell, reader: "Reader", unit: str, days: tuple[date, date], now: datetime
) -> "ReportView":
    """Return the report; where several units are to choose from, say by which option.

    Raises:
        UnitWanted: there are several, and none is named.
    """
    from heyi.app.disputes.warningrules import ReportRefused

    try:
        return shell.app.disputes.report(reader, unit=unit, days=days, now=now)
    except ReportRefused as refused:
        if refused.units and not refused.unit:
            raise UnitWanted(refused.person, refused.units) from None
        raise


def _check_span(first: date, last: date) -> None:
    if first > last:
        raise InputWrong(Text("--from 晚于 --to", "--from lies after --to"))
    if first < _EARLIEST or last.year - first.year > _YEARS:
        told = Text(
            f"--from 不早于 {_EARLIEST}，与 --to 相差不超过{_YEARS}年",
            f"--from must be {_EARLIEST} or later, and --to at most {_YEARS} years after it",
        )
        raise InputWrong(told)


_EARLIEST, _YEARS = date(2000, 1, 1), 10
"""What a report may be about: every month of it is a row of numbers."""


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        told = Text(f"“{text}”不是日期；例如 2026-03-02", f"'{text}' is no day; write 2026-03-02")
        raise InputWrong(told) from None


def _print(shell: Shell, lines: "Iterable[str]") -> None:
    for line in lines:
        shell.out(line)
