"""Prints open clocks, and what a sweep did, as tables for people."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from heyi.cli.shell.columns import columns

if TYPE_CHECKING:
    from heyi.app.clocks.models import OpenClock, SweepView


def list_lines(rows: "Sequence[OpenClock]", lang: str) -> Iterator[str]:
    """Yield open clocks, a line each."""
    zh = lang == "zh"
    table = []
    for row in rows:
        marks = [
            word[not zh]
            for holds, word in (
                (row.paused, ("已暂停", "paused")),
                (row.overdue, ("已逾期", "overdue")),
                (row.provisional, ("预计", "provisional")),
            )
            if holds
        ]
        item = f" {row.item}" if row.item else ""
        ahead = row.next
        told = f"{ahead.moment_text} {ahead.says}" if ahead else "-"
        table.append([
            row.number or row.case, row.workflow, f"{row.label}{item}",
            row.due_text, ("、" if zh else ", ").join(marks) or "-", told,
        ])  # fmt: skip
    yield from columns(table) if table else ()


def sweep_lines(view: "SweepView", lang: str) -> Iterator[str]:
    """Yield what a sweep did, and for a dry run what would ring."""
    zh = lang == "zh"
    table = []
    for one in view.ringing:
        item = f" {one.item}" if one.item else ""
        tells = ("、" if zh else ", ").join(one.persons) or "-"
        table.append([
            one.at_text, one.number or one.case, f"{one.label}{item}", one.says,
            one.mark or "-", tells,
        ])  # fmt: skip
    yield from columns(table) if table else ()
    words = (
        ("rungs", "响铃{}次", "rungs {}"),
        ("alerts", "预警{}条", "alerts {}"),
        ("fired", "自动办理{}次", "fired {}"),
        ("proposed", "提议{}次", "proposed {}"),
        ("refused", "未获准{}次", "refused {}"),
        ("cases", "涉及案件{}件", "cases {}"),
        ("left", "留待下次{}件", "left {}"),
    )
    told = [(each if zh else en).format(getattr(view, name)) for name, each, en in words]
    head = ("试运行，未改动：" if zh else "dry run, nothing changed: ") if view.dry_run else ""
    yield head + ("，" if zh else ", ").join(told)
