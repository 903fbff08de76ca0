"""Prints verdicts, lists and reports of admission as lines for people."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from engine.case.text import Text
from heyi.cli.case.lines import field_text
from heyi.cli.shell.columns import columns

if TYPE_CHECKING:
    from heyi.app.admission.models import (
        ChangesView,
        ChangeView,
        HeadView,
        ListRow,
        ListsView,
        VerdictView,
    )
    from heyi.app.admission.reportmodels import (
        ExceededView,
        LateView,
        RefusedView,
        ReportView,
        ScoresView,
    )

_OUTPUTS = {
    "route": Text("结论", "verdict"), "redirect": Text("去向", "where instead"),
    "remedy": Text("去向和救济", "where to turn"), "provide": Text("须提供", "must be provided"),
}  # fmt: skip
_KINDS = {
    "added": Text("新增", "added"), "changed": Text("变更", "changed"),
    "ended": Text("终止", "ended"), "coming": Text("待生效", "coming"),
}  # fmt: skip


def decision_lines(view: "VerdictView", lang: str) -> Iterator[str]:
    """Yield a verdict: the class, the rule that hit first, why, its source and what to do."""
    if view.decided:
        yield f"{view.name}：{view.class_} {view.class_label}"
        rule = f"{view.rule or '-'}  {view.source or ''} {view.source_title or ''}"
        yield f"  {Text('规则', 'rule').text(lang)}: {rule.rstrip()}"
        if view.because:
            reasons = (Text("；", "; ").text(lang)).join(view.because)
            yield f"  {Text('因为', 'because').text(lang)}: {reasons}"
    else:
        word = Text("尚不能归类，还要回答：", "undecided; still to be answered:").text(lang)
        yield f"{view.name}：{word}"
        for field in view.questions:
            yield f"  ? {field.name}  {field_text(field, lang)}"
    for name, value in view.outputs.items():
        if value is not None:
            yield f"  {_OUTPUTS.get(name, Text(name, name)).text(lang)}: {value}"
    yield from _matched(view, lang)


def _matched(view: "VerdictView", lang: str) -> Iterator[str]:
    if view.item:
        words = (str(view.item[name]) for name in ("code", "name", "basis") if name in view.item)
        yield f"  {Text('条目', 'item').text(lang)}: " + "  ".join(words)
    for one in view.details:
        yield f"    {one.label}: {one.text}"
    if view.candidates:
        yield Text("名称相近的条目（名称相近不等于相同）：", "alike by name only:").text(lang)
    for row in view.candidates:
        yield "  " + "  ".join([row.code, row.class_label, row.title])


def list_lines(view: "ListsView", lang: str) -> Iterator[str]:
    """Yield the lists of a day, group by group."""
    yield f"{view.head.title}  {edition_words(view.head, lang)}"
    for one in view.groups:
        total = Text(f"（{len(one.rows)}）", f" ({len(one.rows)})").text(lang)
        if one.label:
            yield f"{one.word} {one.label}{total}"
        table = [[f"  {row.code}", row.title, _detail(row, lang)] for row in one.rows]
        yield from columns(table)


def _detail(row: "ListRow", lang: str) -> str:
    pieces = [
        (Text(f"{one.label}：{one.text}", f"{one.label}: {one.text}").text(lang))
        if one.label
        else one.text
        for one in row.details
    ]
    return (Text("；", "; ").text(lang)).join(pieces)


def edition_words(head: "HeadView", lang: str) -> str:
    """Return which version of which day a list is, and who made it."""
    version = Text(f"第{head.version}版", f"version {head.version}").text(lang)
    since = (head.since or "")[:10]
    if since and head.stood:
        version += Text(f"（{since}起）", f" (since {since})").text(lang)
    elif since:
        version += Text(
            f"（{since}才发布，当日尚无清单）", f" (of {since}: no list stood on that day)"
        ).text(lang)
    by = ""
    if head.case:
        by = Text(f"，{head.case}", f", by {head.case}").text(lang)
    day = Text(f"{head.day}有效{head.rows}条", f"{head.rows} rows valid on {head.day}").text(lang)
    return f"{version}{by}  {day}"


def change_lines(view: "ChangesView", lang: str) -> Iterator[str]:
    """Yield what changed between two days, and which case made which version."""
    yield view.title
    yield f"  {Text('自', 'from').text(lang)} {edition_words(view.from_, lang)}"
    yield f"  {Text('至', 'to  ').text(lang)} {edition_words(view.to, lang)}"
    if not view.changes:
        yield Text("没有变化", "nothing changed").text(lang)
    for one in view.changes:
        word, row = _KINDS[one.kind].text(lang), one.row
        yield "  ".join(
            [word, one.code, row.group_label, row.title, change_reason(one, lang)]
        ).rstrip()
        for column in one.columns:
            yield f"    {column.label}: {column.before or '-'} → {column.after or '-'}"


def change_reason(one: "ChangeView", lang: str) -> str:
    """Return which version changed a row: by a case, by the file, or its days alone."""
    by = one.by
    if by is None:
        return Text("（依有效期）", "(by its days)").text(lang)
    who, day = by.case or (Text("清单文件", "the file").text(lang)), by.at[:10]
    return Text(
        f"（第{by.version}版，{day}，{who}）", f"(version {by.version}, {day}, {who})"
    ).text(lang)


_PARTS = {
    "refused": Text("拒收的任务（按派出单位和规则）", "tasks refused, by sender and rule"),
    "late": Text("经费迟到（过了开始日仍未生效）", "funds late: not in force after the first day"),
    "exceeded": Text("超出工时上限", "volumes exceeded"),
    "scores": Text("双向评价（汇总）", "evaluations, added up"),
}  # fmt: skip


def report_lines(view: "ReportView", lang: str) -> Iterator[str]:
    """Yield the report, part by part; a part that no workflow declares is named as such."""
    yield f"{view.from_} — {view.to}"
    rows = {
        "refused": view.refused and _refused_rows(view.refused, lang),
        "late": view.late and _late_rows(view.late, lang),
        "exceeded": view.exceeded and _exceeded_rows(view.exceeded, lang),
        "scores": view.scores and _score_rows(view.scores, lang),
    }
    for name, label in _PARTS.items():
        yield label.text(lang)
        found = rows[name]
        if found is None:
            yield Text("  没有已发布的流程声明此项", "  no published workflow declares this").text(
                lang
            )
            continue
        table = [[f"  {cells[0]}", *cells[1:]] for cells in found]
        yield from columns(table) if table else [Text("  无", "  none").text(lang)]


def _refused_rows(part: "RefusedView", lang: str) -> Iterator[list[str]]:
    for row in part.rows:
        yield [row.title, row.rule, Text(f"{row.n}件", str(row.n)).text(lang), row.why]


def _late_rows(part: "LateView", lang: str) -> Iterator[list[str]]:
    for row in part.items:
        days = Text(f"迟{row.days}日", f"{row.days} days").text(lang)
        over = (Text("已逾期", "overdue").text(lang)) if row.overdue else "-"
        arrived = (Text("到账 ", "arrived ").text(lang)) + (row.arrived or "-")
        yield [row.title, row.number, row.begins, days, over, arrived, row.state]


def _exceeded_rows(part: "ExceededView", lang: str) -> Iterator[list[str]]:
    for row in part.rows:
        bodies = (Text("、", ", ").text(lang)).join(f"{one.title} {one.used}" for one in row.by)
        used = f"{row.used} > {row.cap}"
        yield [row.unit_title, row.period[:7], row.item, row.item_title, used, bodies]


def _score_rows(part: "ScoresView", lang: str) -> Iterator[list[str]]:
    few = Text(f"不足{part.min_group}份，不公布", f"fewer than {part.min_group}: hidden").text(lang)
    for row in part.rows:
        told = few if row.hidden else f"{row.mean} (n={row.n})"
        yield [row.title, row.question, told]
