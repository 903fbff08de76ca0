"""A list as one page to print and post: plain HTML, no scripts, nothing from elsewhere."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from heyi.app.admission.models import ChangesView, GroupView, HeadView, ListRow, ListsView

_STYLE = """
@page { size: A4; margin: 20mm 18mm; }
body { font: 11pt/1.6 "Noto Serif SC", "Source Han Serif SC", SimSun, serif; margin: 0 auto;
  max-width: 180mm; color: #000; background: #fff; }
h1 { font-size: 20pt; text-align: center; margin: 0 0 4mm; }
h2 { font-size: 13pt; margin: 7mm 0 2mm; break-after: avoid; }
p.head { text-align: center; margin: 0 0 6mm; }
table { border-collapse: collapse; width: 100%; }
th, td { border: 0.3mm solid #000; padding: 1mm 2mm; text-align: left; vertical-align: top; }
thead { display: table-header-group; }
tr { break-inside: avoid; }
td.code { white-space: nowrap; }
"""
_KINDS = {
    "added": ("新增", "added"), "changed": ("变更", "changed"), "ended": ("终止", "ended"),
    "coming": ("待生效", "coming"),
}  # fmt: skip
_HEADS = {
    "row": (("编号", "code"), ("事项", "item"), ("依据与条件", "basis and terms")),
    "change": (
        ("变化", "change"), ("编号", "code"), ("事项", "item"), ("内容和依据", "what, and by whom"),
    ),
}  # fmt: skip


def sheet_page(lists: ListsView, changed: ChangesView | None, lang: str) -> str:
    """Return the page.

    Args:
        lists: of the day.
        changed: what changed up to the day, or None to leave it out.
        lang: zh or en.
    """
    title = escape(lists.head.title)
    body = [f"<h1>{title}</h1>", f'<p class="head">{escape(_subtitle(lists.head, lang))}</p>']
    if changed is not None:
        body += _changes(changed, lang)
    for one in lists.groups:
        body += _list(one, lang)
    tongue = "zh-CN" if lang == "zh" else "en"
    top = f'<!doctype html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8">'
    page = [top, f"<title>{title}</title>", f"<style>{_STYLE}</style>", "</head>", "<body>", *body]
    return "\n".join([*page, "</body>", "</html>", ""])


def _subtitle(head: HeadView, lang: str) -> str:
    case = head.case or ""
    if lang == "zh":
        by = f"，依{case}" if case else ""
        return f"第{head.version}版{by}　{head.day}有效{head.rows}项"
    by = f", by {case}" if case else ""
    return f"version {head.version}{by}; {head.rows} items valid on {head.day}"


def _list(one: GroupView, lang: str) -> Iterator[str]:
    if one.label:
        yield f"<h2>{escape(one.label)}</h2>"
    rows = [[row.code, row.title, _told(row, lang)] for row in one.rows]
    yield from _table("row", rows, lang)


def _told(row: ListRow, lang: str) -> str:
    colon, stop = ("：", "；") if lang == "zh" else (": ", "; ")
    return stop.join(
        f"{one.label}{colon}{one.text}" if one.label else one.text for one in row.details
    )


def _changes(view: ChangesView, lang: str) -> Iterator[str]:
    zh = lang == "zh"
    since = view.from_.day
    yield f"<h2>{since}以来的变化</h2>" if zh else f"<h2>changes since {since}</h2>"
    if not view.changes:
        yield "<p>没有变化。</p>" if zh else "<p>none</p>"
        return
    rows = []
    for one in view.changes:
        told = [f"{c.label}: {c.before or '—'} → {c.after or '—'}" for c in one.columns]
        if one.by:
            told.append(one.by.case or ("清单文件" if zh else "the file"))
        word = _KINDS[one.kind][not zh]
        rows.append([word, one.code, one.row.title, ("；" if zh else "; ").join(told)])
    yield from _table("change", rows, lang)


def _table(kind: str, rows: Sequence[Sequence[Any]], lang: str) -> Iterator[str]:
    heads = "".join(f"<th>{pair[lang != 'zh']}</th>" for pair in _HEADS[kind])
    yield f"<table><thead><tr>{heads}</tr></thead><tbody>"
    for row in rows:
        cells = "".join(
            f"<td{_code_class(kind, place)}>{escape(str(cell))}</td>"
            for place, cell in enumerate(row)
        )
        yield f"<tr>{cells}</tr>"
    yield "</tbody></table>"


def _code_class(kind: str, place: int) -> str:
    return ' class="code"' if place == (0 if kind == "row" else 1) else ""
