"""Makes a list into one page to print and post: plain HTML, no scripts, no links elsewhere."""

from collections.abc import Iterator, Sequence
from html import escape
from typing import Any

from engine.case.text import Text, said
from heyi.app.admission import words
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
_HEADS = {
    "row": (words.CODE, words.ITEM, words.TERMS),
    "change": (words.CHANGE, words.CODE, words.ITEM, words.WHAT_AND_BY),
}


def sheet_page(lists: ListsView, changed: ChangesView | None, lang: str) -> str:
    """Return a list as one HTML page.

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
    tongue = Text("zh-CN", "en").text(lang)
    top = f'<!doctype html>\n<html lang="{tongue}">\n<head>\n<meta charset="utf-8">'
    page = [top, f"<title>{title}</title>", f"<style>{_STYLE}</style>", "</head>", "<body>", *body]
    return "\n".join([*page, "</body>", "</html>", ""])


def _subtitle(head: HeadView, lang: str) -> str:
    template = words.EDITION_BY if head.case else words.EDITION
    return said(template, version=head.version, case=head.case, day=head.day, rows=head.rows).text(
        lang
    )


def _list(one: GroupView, lang: str) -> Iterator[str]:
    if one.label:
        yield f"<h2>{escape(one.label)}</h2>"
    rows = [[row.code, row.title, _told(row, lang)] for row in one.rows]
    yield from _table("row", rows, lang)


def _told(row: ListRow, lang: str) -> str:
    return words.STOP.text(lang).join(
        said(words.LABELLED, label=one.label, text=one.text).text(lang) if one.label else one.text
        for one in row.details
    )


def _changes(view: ChangesView, lang: str) -> Iterator[str]:
    yield f"<h2>{said(words.SINCE, day=view.from_.day).text(lang)}</h2>"
    if not view.changes:
        yield f"<p>{words.NO_CHANGES.text(lang)}</p>"
        return
    rows = []
    for one in view.changes:
        told = [f"{c.label}: {c.before or '—'} → {c.after or '—'}" for c in one.columns]
        if one.by:
            told.append(one.by.case or words.THE_FILE.text(lang))
        what = words.STOP.text(lang).join(told)
        rows.append([words.KINDS[one.kind].text(lang), one.code, one.row.title, what])
    yield from _table("change", rows, lang)


def _table(kind: str, rows: Sequence[Sequence[Any]], lang: str) -> Iterator[str]:
    heads = "".join(f"<th>{head.text(lang)}</th>" for head in _HEADS[kind])
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
