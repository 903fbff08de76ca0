"""Prints early warning and hints at duplicates as lines for people."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from engine.case.text import Text
from heyi.cli.shell.columns import columns

if TYPE_CHECKING:
    from heyi.app.disputes.models import (
        DisputesView,
        LateView,
        ReportView,
        RoundSums,
        RoundsView,
        SimilarRow,
        SimilarView,
        TableRow,
        TableView,
    )

_TABLES = {
    "topic": Text("按纠纷类型", "by kind of dispute"),
    "grade": Text("按纠纷等级", "by grade of the dispute"),
    "place_kind": Text("按地点类别", "by kind of place"),
    "unit": Text("按单位", "by unit"),
}
_PARTS = {
    "disputes": Text("新发纠纷", "disputes that came in"),
    "on_site": Text("现场化解（不计入调解）", "settled on the spot (not counted as mediation)"),
    "mediations": Text("调解结果", "mediations by result"),
    "acceptance": Text("从收到到受理用时", "time from receipt to acceptance"),
    "late": Text("现已逾期的案件（按期限和催办级别）", "cases late now, by clock and level"),
    "rounds": Text("排查", "rounds of screening"),
}
_ROUNDS = {
    "due": Text("应排查", "due"),
    "done": Text("已完成", "done"),
    "zero": Text("其中零报告", "of these zero reports"),
    "open": Text("进行中", "under way"),
    "missing": Text("缺", "missing"),
    "extra": Text("另有自行组织", "besides, by hand"),
}
_REST = Text("其余（不单列）", "the rest, not told singly")
_NUMBERS = {
    "building": Text("楼栋", "building"),
    "entrance": Text("单元", "entrance"),
    "floor": Text("楼层", "floor"),
    "room": Text("房号", "room"),
    "house": Text("门牌号", "house number"),
    "other": Text("编号", "number"),
}
_WHY_NOT = {
    "not_tagged": Text(
        "此流程没有标明纠纷类型和地点，无从比较",
        "this workflow does not say which field is the kind and which the place",
    ),
    "sealed": Text("密封案件不参与比较", "a sealed case is not compared"),
    "not_filled": Text(
        "尚未填写纠纷类型或地点，无从比较",
        "the kind of dispute or the place is not filled in yet",
    ),
}


def report_lines(view: "ReportView", lang: str) -> Iterator[str]:
    """Yield the report, part by part; a part that no workflow declares is named as such."""
    words = _Words(view, lang)
    spans = [
        f"{one.from_}—{one.to}" + ("" if one.over else words.say(Text("（未满）", " (so far)")))
        for one in view.periods
    ]
    yield words.say(Text(f"预警汇总  {view.unit.title}", f"early warning  {view.unit.title}"))
    yield words.say(Text("各期：", "periods: ")) + words.say(Text("；", "; ")).join(spans)
    yield words.rules()
    for name, label in _PARTS.items():
        yield words.say(label)
        yield from words.part(name)


class _Words:
    """The words of one report."""

    def __init__(self, view: "ReportView", lang: str) -> None:
        self.view, self.lang = view, lang

    def say(self, told: Text) -> str:
        return told.text(self.lang)

    def rules(self) -> str:
        least, wide, rises = self.view.least, self.view.fold_below, self.view.rises
        return self.say(
            Text(
                f"少于{least}件的不公布，写作“<{least}”；为免推算，不足{wide}件的类别必要时"
                f"合为“其余”，“·”为不单列的数。"
                f"“升”：比上期至少多{rises.by}件且至少为{rises.times}倍。密封案件不计。",
                f"Fewer than {least} are not told (<{least}); where needed, rows below {wide} are "
                f"put together (·). Rising: at least {rises.by} more than before and "
                f"{rises.times} times as many. Sealed cases are not counted.",
            )
        )

    def part(self, name: str) -> Iterator[str]:
        view = self.view
        tables = {
            "on_site": view.on_site, "mediations": view.mediations, "acceptance": view.acceptance
        }  # fmt: skip
        if name == "disputes" and view.disputes is not None:
            yield from self.disputes(view.disputes)
        elif name == "late" and view.late is not None:
            yield from self.late(view.late)
        elif name == "rounds" and view.rounds is not None:
            yield from self.rounds(view.rounds)
        elif (found := tables.get(name)) is not None:
            yield f"  {self.say(Text('合计', 'total'))}  {self.series(found.total)}"
            yield from self.table(found, "  ")
        else:
            yield self.say(
                Text("  没有已发布的流程声明此项", "  no published workflow declares this")
            )

    def disputes(self, part: "DisputesView") -> Iterator[str]:
        yield f"  {self.say(Text('合计', 'total'))}  {self.series(part.total)}" + self.rise(part)
        for key, table in part.by.items():
            yield f"  {self.say(_TABLES[key])}"
            yield from self.table(table, "    ")

    def rise(self, row: "TableRow | DisputesView") -> str:
        return self.say(Text("  升", "  rising")) if row.rising else ""

    def number(self, n: int | None) -> str:
        return f"<{self.view.least}" if n is None else str(n)

    def series(self, numbers: Sequence[int | None]) -> str:
        return " → ".join(self.number(n) for n in numbers)

    def table(self, table: "TableView", indent: str) -> Iterator[str]:
        rows = []
        for row in table.rows:
            if any(row.n):
                told = ["·" if n is None else str(n) for n in row.n]
                rows.append([indent + row.label, " → ".join(told) + self.rise(row)])
        hidden = [
            self.hidden(whole=whole, total=total, rest=rest)
            for whole, total, rest in zip(table.whole, table.total, table.rest, strict=True)
        ]
        if any(text != "-" for text in hidden):
            rows.append([indent + self.say(_REST), " → ".join(hidden)])
        yield from columns(rows) if rows else [indent + self.say(Text("无", "none"))]

    def hidden(self, *, whole: bool, total: int | None, rest: int | None) -> str:
        if total is None:
            return self.number(None)
        return "-" if whole else "·" if rest is None else str(rest)

    def late(self, part: "LateView") -> Iterator[str]:
        yield f"  {self.say(Text('合计', 'total'))}  {self.number(part.total)}"
        rows = [[f"  {row.label}", str(row.n)] for row in part.rows]
        if part.rest is not None:
            rows.append(["  " + self.say(_REST), str(part.rest)])
        yield from columns(rows)

    def rounds(self, part: "RoundsView") -> Iterator[str]:
        yield f"  {self.say(Text('合计', 'total'))}  {self.sums(part.periods)}"
        rows = [[f"  {row.title}", self.sums(row.periods)] for row in part.rows]
        yield from columns(rows)

    def sums(self, periods: "Sequence[RoundSums]") -> str:
        return self.say(Text("，", ", ")).join(
            f"{self.say(label)} {' → '.join(str(getattr(one, key)) for one in periods)}"
            for key, label in _ROUNDS.items()
            if any(getattr(one, key) for one in periods) or key in {"due", "done"}
        )


def similar_lines(view: "SimilarView", lang: str) -> Iterator[str]:
    """Yield the cases that may be the same matter, and why each is named."""
    if not view.compared:
        yield _WHY_NOT[view.why_not].text(lang)
        return
    days = view.days
    if not view.similar:
        yield (
            Text(
                f"{days}日内、本单位、您可读的案件中，没有发现同类型同地点的",
                f"none of this kind and place in this unit, within {days} days, that you may read",
            ).text(lang)
        )
        return
    yield (
        Text(
            "可能是同一件事（只是提示，是否并案由人决定）：",
            "may be the same matter (a hint only; a person decides whether to merge):",
        ).text(lang)
    )
    for row in view.similar:
        head = (row.number or row.id, row.title, row.state_label, row.opened_on)
        yield "  " + "  ".join(head)
        yield f"    {row.place}"
        yield f"    {Text('依据：', 'because: ').text(lang)}" + (Text("；", "; ").text(lang)).join(
            _why(row, lang)
        )


def _why(row: "SimilarRow", lang: str) -> Iterator[str]:
    same = row.same
    yield Text(f"同为“{same.topic_label}”", f"both '{same.topic_label}'").text(lang)
    numbers = [
        f"{_NUMBERS[kind].text(lang)}{Text('', ' ').text(lang)}{n}"
        for kind, n in same.numbers.items()
    ]
    if same.name:
        yield Text("地点名称相近", "the names of the places are alike").text(lang)
    if numbers:
        told = (Text("、", ", ").text(lang)).join(numbers)
        yield Text(f"同一{told}", f"the same {told}").text(lang)
    yield Text(f"相隔{row.days_apart}日", f"{row.days_apart} days apart").text(lang)
