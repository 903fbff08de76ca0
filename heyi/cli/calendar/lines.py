"""Prints calendars: months as tables, and what a new edition would change."""

from collections.abc import Iterable, Iterator
from itertools import groupby
from typing import TYPE_CHECKING

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
_MARKS = {
    "zh": {"holiday": "休", "make_up": "班", "unknown": "预"},
    "en": {"holiday": "off", "make_up": "on", "unknown": "?"},
}
_LEGEND = {
    "zh": "休＝放假  班＝调休上班  预＝尚未公布，预计",
    "en": "off: holiday, on: worked instead, ?: not announced yet, provisional",
}
_WEEK = {
    "zh": ("一", "二", "三", "四", "五", "六", "日"),
    "en": ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"),
}


def month_lines(view: "CalendarView", lang: str) -> Iterator[str]:
    """Yield the months of a calendar as tables, with the holidays named below each."""
    zh = lang == "zh"
    through = view.announced_through
    known = f"公布到 {through}" if zh else f"announced through {through}"
    if through < view.days[-1].day:
        known += "，之后为预计" if zh else ", provisional after it"
    if view.unverified:
        names = "、".join(view.unverified)
        known += f"；未核实：{names}" if zh else f"; unverified: {names}"
    head = f"{view.calendar}  {view.title}"
    yield f"{head}（{known}）" if zh else f"{head} ({known})"
    months = groupby(view.days, lambda one: one.day.replace(day=1))
    for month, days in months:
        yield ""
        yield f"{month:%Y}年{month.month}月" if zh else f"{month:%B %Y}"
        yield from _table(list(days), lang)
    yield ""
    yield _LEGEND[lang]


def _table(days: "list[CalendarDay]", lang: str) -> Iterator[str]:
    yield "".join(_cell(name) for name in _WEEK[lang]).rstrip()
    cells = [_cell("")] * days[0].day.weekday() + [_cell(_shown(one, lang)) for one in days]
    for place in range(0, len(cells), 7):
        yield "".join(cells[place : place + 7]).rstrip()
    for kind in ("holiday", "make_up"):
        named = [one for one in days if one.kind == kind]
        for name, group in groupby(named, lambda one: one.label):
            yield f"  {_MARKS[lang][kind]} {_range(list(group))} {name}"


def _range(days: "list[CalendarDay]") -> str:
    first, last = days[0].day, days[-1].day
    if first == last:
        return f"{first:%m-%d}"
    if (last - first).days == len(days) - 1:
        return f"{first:%m-%d}～{last:%m-%d}"
    return " ".join(f"{one.day:%m-%d}" for one in days)


def _shown(one: "CalendarDay", lang: str) -> str:
    mark = _MARKS[lang].get(one.kind if one.known else "unknown", "")
    return f"{one.day.day:2d}{mark}"


def _cell(text: str) -> str:
    return text + " " * (_CELL - width(text))


_HOW = {
    "announced": (
        "。通知发布后请用 heyi calendar load 载入",
        "; load the notice once it is published: heyi calendar load",
    ),
    "older": ("；请用 heyi calendar load 载入该文件", "; load the file"),
}
"""What to do about a lack, where a command does it."""


def lack_texts(one: "LackView") -> tuple[str, str]:
    """Return what a calendar lacks and how it is mended, in Chinese and English."""
    zh, en = _HOW.get(one.kind, ("", ""))
    return one.zh + zh, one.en + en


def load_lines(view: "LoadView", lang: str) -> Iterator[str]:
    """Yield what loading a file changes, or would change."""
    zh = lang == "zh"
    last, through = view.announced_through.to, view.announced_through.from_ or "-"
    name = view.calendar
    yield (
        f"日历 {name}：公布到 {through} → {last}"
        if zh
        else (f"calendar {name}: announced through {through} → {last}")
    )
    if not view.days and through == last:
        yield "与现行的相同" if zh else "the same days as in force"
    if view.days:
        yield f"{len(view.days)} 天不同：" if zh else f"{len(view.days)} days differ:"
        yield from columns(_day_row(one, lang) for one in view.days)
    moved = view.due_days
    if not moved:
        yield "没有期限改变" if zh else "no due day moves"
    elif view.stored:
        yield f"{len(moved)} 个期限已改：" if zh else f"{len(moved)} due days moved:"
    else:
        yield f"{len(moved)} 个期限将改：" if zh else f"{len(moved)} due days would move:"
    yield from columns(_clock_row(one, lang) for one in moved)
    settled = len(view.clocks) - len(moved)
    if settled:
        yield (
            f"另有 {settled} 个期限日期不变，不再是预计或改为预计"
            if zh
            else f"{settled} more keep their day and change whether it is provisional"
        )


def _day_row(one: "ChangedDay", lang: str) -> Iterable[str]:
    week = _WEEK[lang][one.day.weekday()]
    was = _word(one.was.label, lang, working=one.was.working)
    return f"  {one.day}", week, f"{was} → {_word(one.label, lang, working=one.working)}"


def _word(name: str, lang: str, *, working: bool) -> str:
    zh = lang == "zh"
    plain = ("上班", "休息") if zh else ("worked", "off")
    word = plain[0] if working else plain[1]
    return f"{word}（{name}）" if zh and name else f"{word} ({name})" if name else word


def _clock_row(one: "MovedClock", lang: str) -> Iterable[str]:
    mark = ("（预计）" if lang == "zh" else " (provisional)") if one.provisional else ""
    clock = f"{one.clock}[{one.item}]" if one.item else one.clock
    return f"  {one.number or one.case}", clock, f"{one.from_} → {one.to}{mark}"
