"""Prints open clocks, and what a sweep did, as tables for people."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.case.text import Text
from heyi.cli.shell.columns import columns

if TYPE_CHECKING:
    from heyi.app.clocks.models import OpenClock, SweepView


def list_lines(rows: "Sequence[OpenClock]", lang: str) -> Iterator[str]:
    """Yield open clocks, a line each."""
    table = []
    for row in rows:
        marks = [
            word.text(lang)
            for holds, word in (
                (row.paused, Text("已暂停", "paused")),
                (row.overdue, Text("已逾期", "overdue")),
                (row.provisional, Text("预计", "provisional")),
            )
            if holds
        ]
        item = f" {row.item}" if row.item else ""
        ahead = row.next
        told = f"{ahead.moment_text} {ahead.says}" if ahead else "-"
        table.append([
            row.number or row.case, row.workflow, f"{row.label}{item}",
            row.due_text, (Text("、", ", ").text(lang)).join(marks) or "-", told,
        ])  # fmt: skip
    yield from columns(table) if table else ()


def sweep_lines(view: "SweepView", lang: str) -> Iterator[str]:
    """Yield what a sweep did, and for a dry run what would ring."""
    table = []
    for one in view.ringing:
        item = f" {one.item}" if one.item else ""
        tells = (Text("、", ", ").text(lang)).join(one.persons) or "-"
        table.append([
            one.at_text, one.number or one.case, f"{one.label}{item}", one.says,
            one.mark or "-", tells,
        ])  # fmt: skip
    yield from columns(table) if table else ()
    words = (
        ("rungs", Text("响铃{}次", "rungs {}")),
        ("alerts", Text("预警{}条", "alerts {}")),
        ("fired", Text("自动办理{}次", "fired {}")),
        ("proposed", Text("提议{}次", "proposed {}")),
        ("refused", Text("未获准{}次", "refused {}")),
        ("cases", Text("涉及案件{}件", "cases {}")),
        ("left", Text("留待下次{}件", "left {}")),
    )
    told = [each.text(lang).format(getattr(view, name)) for name, each in words]
    head = (
        (Text("试运行，未改动：", "dry run, nothing changed: ").text(lang)) if view.dry_run else ""
    )
    yield head + (Text("，", ", ").text(lang)).join(told)
