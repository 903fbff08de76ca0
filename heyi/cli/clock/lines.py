"""Prints why a clock is due when it is, as lines for people."""

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

from engine.case.text import NOTHING, Text, said
from engine.time.units import TimeUnit
from heyi.cli.case.lines import local
from heyi.cli.clock.words import ENDED, WEEKDAYS
from heyi.cli.shell.columns import columns

if TYPE_CHECKING:
    from heyi.app.clocks.models import (
        ClockExplained,
        DayTold,
        PauseTold,
        RuleTold,
        RunBrief,
        RungTold,
        WaitingClock,
    )


def clock_lines(view: "ClockExplained | WaitingClock", zone: ZoneInfo, lang: str) -> Iterator[str]:
    """Yield why a clock is due when it is."""
    case = view.case.number or view.case.id
    yield f"{case}  {view.label} ({view.clock})"
    if view.started is False:
        yield f"  {Text('没有开始计算', 'has not started').text(lang)}"
        yield f"  {Text('起算', 'starts').text(lang)}  {view.starts}"
        if view.armed:
            waits = Text(
                "已触发，尚缺起算所需的内容", "set off, waits for what it counts from"
            ).text(lang)
            yield f"  {waits}"
        return
    yield from _Printer(view, zone, lang).lines()


class _Printer:
    """Prints one run in one language."""

    def __init__(self, view: "ClockExplained", zone: ZoneInfo, lang: str) -> None:
        self.view, self.zone, self.lang = view, zone, lang

    def say(self, told: Text) -> str:
        return told.text(self.lang)

    def lines(self) -> Iterator[str]:
        view = self.view
        for head, text in (
            (Text("到期", "due"), self._due()),
            (Text("状态", "now"), self._status()),
            (Text("算法", "sum"), view.sum),
            (Text("规则", "rule"), self._rule(view.rule)),
            (Text("依据", "source"), self._source()),
        ):
            yield f"  {self.say(head)}  {text}"
        for rule in view.passed:
            over = self.say(Text("不适用", "passed over"))
            yield f"  {over}  {self._rule(rule)}  ← {rule.why_text}"
        for pause in view.pauses:
            yield f"  {self.say(Text('暂停', 'pause'))}  {self._pause(pause)}"
        if not view.agrees:
            now = view.computed
            yield "  " + self.say(
                Text(
                    f"注意：按现行日历应为 {now}，案件存的是 {view.due}",
                    f"note: the present calendar gives {now}, the case has {view.due}",
                )
            )
        yield from self._days()
        yield from self._moments()
        yield from self._rungs()
        others = [one for one in view.runs if not self._is_this(one)]
        if others:
            told = self.say(Text("、", ", ")).join(self._other(one) for one in others)
            yield f"  {self.say(Text('另有', 'also'))}  {told}"

    def _is_this(self, one: "RunBrief") -> bool:
        return (one.item, one.run) == (self.view.item, self.view.run)

    def _other(self, one: "RunBrief") -> str:
        item = f"--item {one.item} " if one.item else ""
        return f"{item}--run {one.run} ({one.due})"

    def _due(self) -> str:
        view = self.view
        text: str = view.due_text
        if "T" not in view.due:
            text += self._weekday(view.due)
        if view.kind == "at_least":
            text += self.say(Text("，当日24:00届满", ", reached at its 24:00"))
        if view.provisional:
            text += self.say(
                Text("（预计：节假日安排尚未公布）", " (provisional: days not announced yet)")
            )
        return text

    def _weekday(self, due: str) -> str:
        day = date.fromisoformat(due)
        return self.say(said(Text("（{day}）", " ({day})"), day=WEEKDAYS[day.weekday()]))

    def _status(self) -> str:
        view = self.view
        if view.ended:
            return f"{self.say(ENDED[view.ended])}  {self._when(view.ended_at)}"
        if view.paused:
            return self._paused()
        if view.overdue:
            return self.say(Text("已逾期", "overdue"))
        if view.elapsed:
            return self.say(Text("已届满", "elapsed"))
        counted = view.so_far_text
        return self.say(Text(f"在计，至今已计{counted}", f"running, {counted} counted so far"))

    def _paused(self) -> str:
        view = self.view
        told = self.say(
            Text("已暂停，暂停期间不到期", "paused; it does not run out while it rests")
        )
        now = self._when(view.if_resumed)
        told += self.say(Text(f"；此刻恢复则 {now} 到期", f"; due {now} if it went on now"))
        if view.until:
            until, later = self._when(view.until), self._when(view.later)
            told += self.say(
                Text(
                    f"；最多停到 {until}，其后 {later} 到期",
                    f"; it rests until {until} at most, then it is due {later}",
                )
            )
        return told

    def _when(self, text: str | None) -> str:
        return local(text, self.zone) if text and "T" in text else text or ""

    def _rule(self, rule: "RuleTold") -> str:
        number = rule.rule
        place = self.say(Text(f"第{number}种情形：", f"case {number}: ")) if number else ""
        masked = self.say(
            Text("（条件涉及您无权查看的内容）", " (its condition is not yours to read)")
        )
        return f"{place}{rule.says}{masked if rule.masked else ''}"

    def _source(self) -> str:
        view = self.view
        kind = f"{view.class_label}  " if view.class_label else ""
        return f"{kind}{view.source_text}" + (f"  [{view.source}]" if view.source else "")

    def _pause(self, pause: "PauseTold") -> str:
        state = self.say(Text(f"（{pause.state}）", f" ({pause.state})")) if pause.state else ""
        end = self._when(pause.end) if pause.end else self.say(Text("未恢复", "not resumed"))
        head = f"{self._when(pause.start)}{state} → {end}"
        if pause.end is None:
            most = pause.cap
            return head + (self.say(Text(f"，最多{most}", f", at most {most}")) if most else "")
        if not pause.cut:
            return self.say(Text(f"{head}，顺延{pause.given_text}", f"{head}, {pause.given_text}"))
        kind = {"each": Text("单次", "one pause"), "all": Text("累计", "all pauses")}[pause.cut]
        told = Text(
            "{head}，共{whole}，{kind}最多{cap}，顺延{given}",
            "{head}, {whole}; {kind} at most {cap}: {given} given",
        )
        return self.say(
            said(
                told, head=head, whole=pause.whole_text, kind=kind, cap=pause.cap,
                given=pause.given_text,
            )
        )  # fmt: skip

    def _days(self) -> Iterator[str]:
        days = self.view.days
        if not days:
            return
        yield f"  {self.say(Text('逐日', 'day by day'))}"
        works = self.view.unit == TimeUnit.WORKING_DAYS
        rows = []
        for _, group in groupby(days, lambda day: _fold(day, works=works)):
            rows.append(self._row([*group], works=works))
        yield from (f"    {line}" for line in columns(rows))

    def _row(self, days: "Sequence[DayTold]", *, works: bool) -> list[str]:
        first, last = days[0], days[-1]
        span = first.day if len(days) == 1 else f"{first.day} – {last.day[5:]}"
        counted = [day.count for day in days if day.counts]
        count = ""
        if counted:
            low, high = counted[0], counted[-1]
            numbers = f"{low}" if low == high else f"{low}–{high}"
            count = self.say(Text(f"第{numbers}日", f"day {numbers}"))
        note = self._note(days, works=works)
        if first.provisional:
            note += self.say(Text("（未公布，暂定）", " (not announced, provisional)"))
        return [span, count, note]

    def _note(self, days: "Sequence[DayTold]", *, works: bool) -> str:
        first = days[0]
        kind, nature = first.kind, self._nature(first)
        if kind in {"due", "shifted"}:
            return self.say(Text("，", ", ")).join(one for one in (nature, self._end(kind)) if one)
        if kind in {"anchor", "paused"}:
            return self._still(kind)
        if not works:
            return self._tally(days)
        return (
            nature if first.counts else self.say(Text(f"{nature}，不计", f"{nature}, not counted"))
        )

    def _end(self, kind: str) -> str:
        if kind == "shifted":
            return self.say(Text("顺延", "moved on"))
        if self.view.kind == "at_least":
            return self.say(Text("届满日", "last day"))
        return self.say(Text("到期日", "due day"))

    def _still(self, kind: str) -> str:
        words = {
            "anchor": (Text("起算日，不计", "first day, not counted"), Text("约定日", "the date")),
            "paused": (
                Text("暂停，不计", "paused, not counted"),
                Text("补回暂停的日数", "given back for a pause"),
            ),
        }
        return self.say(words[kind][self.view.kind == "due"])

    def _tally(self, days: "Sequence[DayTold]") -> str:
        """Return which days off among calendar days are counted like all others."""
        names: dict[str, int] = {}
        for day in days:
            if day.nature in {"weekend", "holiday"}:
                name = self._nature(day)
                names[name] = names.get(name, 0) + 1
        if not names:
            return ""
        told = self.say(Text("、", ", ")).join(
            self.say(Text(f"{name}{n}日", f"{name} {n}")) for name, n in names.items()
        )
        return self.say(Text(f"休息日照计：{told}", f"days off count too: {told}"))

    def _nature(self, day: "DayTold") -> str:
        name = Text(day.name or "", day.en or "").text(self.lang)
        words = {
            "working": NOTHING,
            "weekend": Text("周末", "weekend"),
            "holiday": Text(f"节假日（{name}）", name),
            "make_up": Text(f"调休上班（{name}）", f"make-up working day ({name})"),
        }
        return self.say(words[day.nature])

    def _moments(self) -> Iterator[str]:
        words = {
            "anchor": Text("起算", "starts"),
            "pause": Text("暂停", "paused"),
            "resume": Text("续计", "goes on"),
            "due": Text("到期", "due"),
        }
        if self.view.moments:
            yield f"  {self.say(Text('逐段', 'moment by moment'))}"
        for one in self.view.moments:
            minutes = one.elapsed / 60
            told = self.say(Text(f"已计{minutes:g}分钟", f"{minutes:g} minutes counted"))
            yield f"    {local(one.at, self.zone)}  {self.say(words[one.kind])}  {told}"

    def _rungs(self) -> Iterator[str]:
        rungs = self.view.rungs
        if rungs:
            yield f"  {self.say(Text('催办阶梯', 'ladder'))}"
        yield from (f"    {line}" for line in columns([self._rung(one) for one in rungs]))

    def _rung(self, rung: "RungTold") -> list[str]:
        mark = (
            self.say(Text("✓ 已响", "✓ rung"))
            if rung.rung
            else self.say(Text("· 未响", "· not rung"))
        )
        told = []
        if rung.tells:
            names = self.say(Text("、", ", ")).join(rung.tells)
            told.append(self.say(Text(f"告知{names}", f"tells {names}")))
        if rung.level:
            told.append(self.say(Text(f"第{rung.level}级", f"level {rung.level}")))
        if rung.does:
            told.append(self.say(Text(f"办理“{rung.does}”", f"does “{rung.does}”")))
        return [mark, rung.moment_text, rung.says, self.say(Text("，", ", ")).join(told)]


def _fold(day: "DayTold", *, works: bool) -> tuple[Any, ...]:
    """Return what days must have in common to stand in one line."""
    kind = day.kind
    if kind in {"anchor", "due", "paused", "shifted"} or works:
        return (kind, day.change, day.nature * works, day.name * works, day.provisional)
    return ("counted", None, "", "", day.provisional)
