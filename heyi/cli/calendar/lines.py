"""Prints calendars: months as tables, and what a new edition would change."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

from engine.case.text import NOTHING, Text, joined
from heyi.cli.shell.columns import columns, width

if TYPE_CHECKING:
    from heyi.app.clocks.calendarmodels import (
        CalendarDay,
        CalendarView,
        ChangedDay,
        LackView,
        LoadView,
        MovedClock,
    )

_CELL = 6
_MARKS = {"holiday": Text("休", "off"), "make_up": Text("班", "on"), "unknown": Text("预", "?")}
_LEGEND = Text(
    "休＝放假  班＝调休上班  预＝尚未公布，预计",
    "off: holiday, on: worked instead, ?: not announced yet, provisional",
)
_WEEK = (
    Text("一", "Mo"), Text("二", "Tu"), Text("三", "We"), Text("四", "Th"), Text("五", "Fr"),
    Text("六", "Sa"), Text("日", "Su"),
)  # fmt: skip


def month_lines(view: "CalendarView", lang: str) -> Iterator[str]:
    """Yield the months of a calendar as tables, with the holidays named below each."""
    through = view.announced_through
    known = Text(f"公布到 {through}", f"announced through {through}").text(lang)
    if through < view.days[-1].day:
        known += Text("，之后为预计", ", provisional after it").text(lang)
    if view.unverified:
        names = "、".join(view.unverified)
        known += Text(f"；未核实：{names}", f"; unverified: {names}").text(lang)
    head = f"{view.calendar}  {view.title}"
    yield Text(f"{head}（{known}）", f"{head} ({known})").text(lang)
    months = groupby(view.days, lambda one: one.day.replace(day=1))
    for month, days in months:
        yield ""
        yield Text(f"{month:%Y}年{month.month}月", f"{month:%B %Y}").text(lang)
        yield from _table(list(days), lang)
    yield ""
    yield _LEGEND.text(lang)


def _table(days: "list[CalendarDay]", lang: str) -> Iterator[str]:
    yield "".join(_cell(name.text(lang)) for name in _WEEK).rstrip()
    cells = [_cell("")] * days[0].day.weekday() + [_cell(_shown(one, lang)) for one in days]
    for place in range(0, len(cells), 7):
        yield "".join(cells[place : place + 7]).rstrip()
    for kind in ("holiday", "make_up"):
        named = [one for one in days if one.kind == kind]
        for name, group in groupby(named, lambda one: one.label):
            yield f"  {_MARKS[kind].text(lang)} {_range(list(group))} {name}"


def _range(days: "list[CalendarDay]") -> str:
    first, last = days[0].day, days[-1].day
    if first == last:
        return f"{first:%m-%d}"
    if (last - first).days == len(days) - 1:
        return f"{first:%m-%d}～{last:%m-%d}"
    return " ".join(f"{one.day:%m-%d}" for one in days)


def _shown(one: "CalendarDay", lang: str) -> str:
    mark = _MARKS.get(one.kind if one.known else "unknown", NOTHING).text(lang)
    return f"{one.day.day:2d}{mark}"


def _cell(text: str) -> str:
    return text + " " * (_CELL - width(text))


_HOW = {
    "announced": Text(
        "。通知发布后请用 heyi calendar load 载入",
        "; load the notice once it is published: heyi calendar load",
    ),
    "older": Text("；请用 heyi calendar load 载入该文件", "; load the file"),
}
"""What to do about a lack, where a command does it."""


def lack_text(one: "LackView") -> Text:
    """Return what a calendar lacks and how it is mended."""
    return joined((Text(one.zh, one.en), _HOW.get(one.kind, NOTHING)), NOTHING)


def load_lines(view: "LoadView", lang: str) -> Iterator[str]:
    """Yield what loading a file changes, or would change."""
    last, through = view.announced_through.to, view.announced_through.from_ or "-"
    name = view.calendar
    yield (
        Text(
            f"日历 {name}：公布到 {through} → {last}",
            f"calendar {name}: announced through {through} → {last}",
        ).text(lang)
    )
    if not view.days and through == last:
        yield Text("与现行的相同", "the same days as in force").text(lang)
    if view.days:
        yield Text(f"{len(view.days)} 天不同：", f"{len(view.days)} days differ:").text(lang)
        yield from columns(_day_row(one, lang) for one in view.days)
    moved = view.due_days
    if not moved:
        yield Text("没有期限改变", "no due day moves").text(lang)
    elif view.stored:
        yield Text(f"{len(moved)} 个期限已改：", f"{len(moved)} due days moved:").text(lang)
    else:
        yield Text(f"{len(moved)} 个期限将改：", f"{len(moved)} due days would move:").text(lang)
    yield from columns(_clock_row(one, lang) for one in moved)
    settled = len(view.clocks) - len(moved)
    if settled:
        yield (
            Text(
                f"另有 {settled} 个期限日期不变，不再是预计或改为预计",
                f"{settled} more keep their day and change whether it is provisional",
            ).text(lang)
        )


def _day_row(one: "ChangedDay", lang: str) -> Iterable[str]:
    week = _WEEK[one.day.weekday()].text(lang)
    was = _word(one.was.label, lang, working=one.was.working)
    return f"  {one.day}", week, f"{was} → {_word(one.label, lang, working=one.working)}"


def _word(name: str, lang: str, *, working: bool) -> str:
    word = (Text("上班", "worked") if working else Text("休息", "off")).text(lang)
    return Text(f"{word}（{name}）", f"{word} ({name})").text(lang) if name else word


def _clock_row(one: "MovedClock", lang: str) -> Iterable[str]:
    mark = (Text("（预计）", " (provisional)").text(lang)) if one.provisional else ""
    clock = f"{one.clock}[{one.item}]" if one.item else one.clock
    return f"  {one.number or one.case}", clock, f"{one.from_} → {one.to}{mark}"
