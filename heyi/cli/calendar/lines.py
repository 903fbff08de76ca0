"""Calendars in a terminal: months as tables, and what a new edition would change."""

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any

from engine.time.calendars import Calendar, DayKind
from heyi.app.clocks.calendars import days_of, moved_view
from heyi.cli.shell.columns import columns, width

if TYPE_CHECKING:
    from heyi.app.clocks.calendars import DayChange, Proposal
    from heyi.app.clocks.replanning import Moved, Replanned

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


def month_lines(
    calendar: Calendar, first: date, last: date, *, title: str, lang: str
) -> Iterator[str]:
    """Yield the months between two days as tables, with the holidays named below each."""
    zh = lang == "zh"
    through = calendar.announced_through
    known = f"公布到 {through}" if zh else f"announced through {through}"
    if through < last:
        known += "，之后为预计" if zh else ", provisional after it"
    if calendar.unverified:
        names = "、".join(calendar.unverified)
        known += f"；未核实：{names}" if zh else f"; unverified: {names}"
    yield f"{calendar.name}  {title}（{known}）" if zh else f"{calendar.name}  {title} ({known})"
    months = groupby(days_of(calendar, first, last), lambda one: one.day.replace(day=1))
    for month, days in months:
        yield ""
        yield f"{month:%Y}年{month.month}月" if zh else f"{month:%B %Y}"
        yield from _table(list(days), lang)
    yield ""
    yield _LEGEND[lang]


def _table(days: list[DayKind], lang: str) -> Iterator[str]:
    yield "".join(_cell(name) for name in _WEEK[lang]).rstrip()
    cells = [_cell("")] * days[0].day.weekday() + [_cell(_shown(one, lang)) for one in days]
    for place in range(0, len(cells), 7):
        yield "".join(cells[place : place + 7]).rstrip()
    for kind in ("holiday", "make_up"):
        named = [one for one in days if one.kind == kind]
        for name, group in groupby(named, lambda one: one.name if lang == "zh" else one.en):
            yield f"  {_MARKS[lang][kind]} {_range(list(group))} {name}"


def _range(days: list[DayKind]) -> str:
    first, last = days[0].day, days[-1].day
    if first == last:
        return f"{first:%m-%d}"
    if (last - first).days == len(days) - 1:
        return f"{first:%m-%d}～{last:%m-%d}"
    return " ".join(f"{one.day:%m-%d}" for one in days)


def _shown(one: DayKind, lang: str) -> str:
    mark = _MARKS[lang].get(one.kind if one.known else "unknown", "")
    return f"{one.day.day:2d}{mark}"


def _cell(text: str) -> str:
    return text + " " * (_CELL - width(text))


def load_view(found: "Proposal", done: "Replanned", *, stored: bool) -> dict[str, Any]:
    """Return what loading a file changes, or would change, as plain data."""
    return {
        "calendar": found.edition.calendar,
        "version": found.calendar.version,
        "stored": stored,
        "announced_through": {
            "from": found.through.isoformat() if found.through else None,
            "to": found.calendar.announced_through.isoformat(),
        },
        "days": [
            {
                "date": one.now.day.isoformat(), "working": one.now.working,
                "name": one.now.name, "was": {"working": one.was.working, "name": one.was.name},
            }
            for one in found.changes
        ],
        "cases": done.planned,
        "clocks": [moved_view(one) for one in done.moved],
        "left": list(done.left),
    }  # fmt: skip


def load_lines(found: "Proposal", done: "Replanned", *, stored: bool, lang: str) -> Iterator[str]:
    """Yield what loading a file changes, or would change."""
    zh = lang == "zh"
    last, through = found.calendar.announced_through, found.through or "-"
    name = found.edition.calendar
    yield (
        f"日历 {name}：公布到 {through} → {last}"
        if zh
        else (f"calendar {name}: announced through {through} → {last}")
    )
    if not found.changes and through == last:
        yield "与现行的相同" if zh else "the same days as in force"
    if found.changes:
        yield f"{len(found.changes)} 天不同：" if zh else f"{len(found.changes)} days differ:"
        yield from columns(_day_row(one, lang) for one in found.changes)
    moved = done.due_days
    if not moved:
        yield "没有期限改变" if zh else "no due day moves"
    elif stored:
        yield f"{len(moved)} 个期限已改：" if zh else f"{len(moved)} due days moved:"
    else:
        yield f"{len(moved)} 个期限将改：" if zh else f"{len(moved)} due days would move:"
    yield from columns(_clock_row(one, lang) for one in moved)
    settled = len(done.moved) - len(moved)
    if settled:
        yield (
            f"另有 {settled} 个期限日期不变，不再是预计或改为预计"
            if zh
            else f"{settled} more keep their day and change whether it is provisional"
        )


def _day_row(one: "DayChange", lang: str) -> Iterable[str]:
    week = _WEEK[lang][one.now.day.weekday()]
    return f"  {one.now.day}", week, f"{_word(one.was, lang)} → {_word(one.now, lang)}"


def _word(kind: DayKind, lang: str) -> str:
    zh = lang == "zh"
    plain = ("上班", "休息") if zh else ("worked", "off")
    name = kind.name if zh else kind.en
    word = plain[0] if kind.working else plain[1]
    return f"{word}（{name}）" if zh and name else f"{word} ({name})" if name else word


def _clock_row(one: "Moved", lang: str) -> Iterable[str]:
    mark = ("（预计）" if lang == "zh" else " (provisional)") if one.provisional else ""
    clock = f"{one.clock}[{one.item}]" if one.item else one.clock
    return f"  {one.number or one.case}", clock, f"{one.old} → {one.new}{mark}"
