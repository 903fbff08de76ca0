"""Prints verdicts, lists and reports of admission as lines for people."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

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
    "route": ("结论", "verdict"), "redirect": ("去向", "where instead"),
    "remedy": ("去向和救济", "where to turn"), "provide": ("须提供", "must be provided"),
}  # fmt: skip
_KINDS = {
    "added": ("新增", "added"), "changed": ("变更", "changed"), "ended": ("终止", "ended"),
    "coming": ("待生效", "coming"),
}  # fmt: skip


def decision_lines(view: "VerdictView", lang: str) -> Iterator[str]:
    """Yield a verdict: the class, the rule that hit first, why, its source and what to do."""
    zh = lang == "zh"
    if view.decided:
        yield f"{view.name}：{view.class_} {view.class_label}"
        rule = f"{view.rule or '-'}  {view.source or ''} {view.source_title or ''}"
        yield f"  {'规则' if zh else 'rule'}: {rule.rstrip()}"
        if view.because:
            reasons = ("；" if zh else "; ").join(view.because)
            yield f"  {'因为' if zh else 'because'}: {reasons}"
    else:
        word = "尚不能归类，还要回答：" if zh else "undecided; still to be answered:"
        yield f"{view.name}：{word}"
        for field in view.questions:
            yield f"  ? {field.name}  {field_text(field, lang)}"
    for name, value in view.outputs.items():
        if value is not None:
            yield f"  {_OUTPUTS.get(name, (name, name))[not zh]}: {value}"
    yield from _matched(view, lang)


def _matched(view: "VerdictView", lang: str) -> Iterator[str]:
    zh = lang == "zh"
    if view.item:
        words = (str(view.item[name]) for name in ("code", "name", "basis") if name in view.item)
        yield f"  {'条目' if zh else 'item'}: " + "  ".join(words)
    for one in view.details:
        yield f"    {one.label}: {one.text}"
    if view.candidates:
        yield "名称相近的条目（名称相近不等于相同）：" if zh else "alike by name only:"
    for row in view.candidates:
        yield "  " + "  ".join([row.code, row.class_label, row.title])


def list_lines(view: "ListsView", lang: str) -> Iterator[str]:
    """Yield the lists of a day, group by group."""
    zh = lang == "zh"
    yield f"{view.head.title}  {edition_words(view.head, lang)}"
    for one in view.groups:
        total = f"（{len(one.rows)}）" if zh else f" ({len(one.rows)})"
        if one.label:
            yield f"{one.word} {one.label}{total}"
        table = [[f"  {row.code}", row.title, _detail(row, lang)] for row in one.rows]
        yield from columns(table)


def _detail(row: "ListRow", lang: str) -> str:
    zh = lang == "zh"
    pieces = [
        (f"{one.label}：{one.text}" if zh else f"{one.label}: {one.text}")
        if one.label
        else one.text
        for one in row.details
    ]
    return ("；" if zh else "; ").join(pieces)


def edition_words(head: "HeadView", lang: str) -> str:
    """Return which version of which day a list is, and who made it."""
    zh = lang == "zh"
    version = f"第{head.version}版" if zh else f"version {head.version}"
    since = (head.since or "")[:10]
    if since and head.stood:
        version += f"（{since}起）" if zh else f" (since {since})"
    elif since:
        version += (
            f"（{since}才发布，当日尚无清单）"
            if zh
            else f" (of {since}: no list stood on that day)"
        )
    by = ""
    if head.case:
        by = f"，{head.case}" if zh else f", by {head.case}"
    day = f"{head.day}有效{head.rows}条" if zh else f"{head.rows} rows valid on {head.day}"
    return f"{version}{by}  {day}"


def change_lines(view: "ChangesView", lang: str) -> Iterator[str]:
    """Yield what changed between two days, and which case made which version."""
    zh = lang == "zh"
    yield view.title
    yield f"  {'自' if zh else 'from'} {edition_words(view.from_, lang)}"
    yield f"  {'至' if zh else 'to  '} {edition_words(view.to, lang)}"
    if not view.changes:
        yield "没有变化" if zh else "nothing changed"
    for one in view.changes:
        word, row = _KINDS[one.kind][not zh], one.row
        yield "  ".join(
            [word, one.code, row.group_label, row.title, change_reason(one, lang)]
        ).rstrip()
        for column in one.columns:
            yield f"    {column.label}: {column.before or '-'} → {column.after or '-'}"


def change_reason(one: "ChangeView", lang: str) -> str:
    """Return which version changed a row: by a case, by the file, or its days alone."""
    zh = lang == "zh"
    by = one.by
    if by is None:
        return "（依有效期）" if zh else "(by its days)"
    who, day = by.case or ("清单文件" if zh else "the file"), by.at[:10]
    return f"（第{by.version}版，{day}，{who}）" if zh else f"(version {by.version}, {day}, {who})"


_PARTS = {
    "refused": ("拒收的任务（按派出单位和规则）", "tasks refused, by sender and rule"),
    "late": ("经费迟到（过了开始日仍未生效）", "funds late: not in force after the first day"),
    "exceeded": ("超出工时上限", "volumes exceeded"),
    "scores": ("双向评价（汇总）", "evaluations, added up"),
}  # fmt: skip


def report_lines(view: "ReportView", lang: str) -> Iterator[str]:
    """Yield the report, part by part; a part that no workflow declares is named as such."""
    zh = lang == "zh"
    yield f"{view.from_} — {view.to}"
    rows = {
        "refused": view.refused and _refused_rows(view.refused, zh),
        "late": view.late and _late_rows(view.late, zh),
        "exceeded": view.exceeded and _exceeded_rows(view.exceeded, zh),
        "scores": view.scores and _score_rows(view.scores, zh),
    }
    for name, label in _PARTS.items():
        yield label[not zh]
        found = rows[name]
        if found is None:
            yield "  没有已发布的流程声明此项" if zh else "  no published workflow declares this"
            continue
        table = [[f"  {cells[0]}", *cells[1:]] for cells in found]
        yield from columns(table) if table else ["  无" if zh else "  none"]


def _refused_rows(part: "RefusedView", zh: bool) -> Iterator[list[str]]:
    for row in part.rows:
        yield [row.title, row.rule, f"{row.n}件" if zh else str(row.n), row.why]


def _late_rows(part: "LateView", zh: bool) -> Iterator[list[str]]:
    for row in part.items:
        days = f"迟{row.days}日" if zh else f"{row.days} days"
        over = (("已逾期", "overdue")[not zh]) if row.overdue else "-"
        arrived = ("到账 " if zh else "arrived ") + (row.arrived or "-")
        yield [row.title, row.number, row.begins, days, over, arrived, row.state]


def _exceeded_rows(part: "ExceededView", zh: bool) -> Iterator[list[str]]:
    for row in part.rows:
        bodies = ("、" if zh else ", ").join(f"{one.title} {one.used}" for one in row.by)
        used = f"{row.used} > {row.cap}"
        yield [row.unit_title, row.period[:7], row.item, row.item_title, used, bodies]


def _score_rows(part: "ScoresView", zh: bool) -> Iterator[list[str]]:
    few = f"不足{part.min_group}份，不公布" if zh else f"fewer than {part.min_group}: hidden"
    for row in part.rows:
        told = few if row.hidden else f"{row.mean} (n={row.n})"
        yield [row.title, row.question, told]
