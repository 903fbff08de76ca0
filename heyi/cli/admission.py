"""``heyi admission``: may this item be handed down, and what must be known to say so."""

from datetime import date, datetime, time
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from heyi.cli.door import At, Door, Json, Lang
from heyi.cli.exits import InputWrong
from heyi.cli.inputs import gather

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from heyi.services.admission import Asked

commands = typer.Typer(
    name="admission", no_args_is_help=True, rich_markup_mode=None,
    help="工作事项准入 · admission of work items",
)  # fmt: skip


@commands.command()
def check(
    ctx: typer.Context,
    *,
    name: Annotated[str, typer.Argument(metavar="NAME|CODE", help="名称或编号 · a name or a code")],
    answers: Annotated[
        list[str] | None,
        typer.Argument(metavar="[QUESTION=ANSWER]...", help="回答 · answers"),
    ] = None,
    more: Annotated[
        list[str] | None,
        typer.Option(
            "--answers", metavar="FILE|QUESTION=ANSWER", help="回答或回答文件 · answers or a file"
        ),
    ] = None,
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """归类一个事项；答案不足则列出问题，退出码为1 · classify an item; exit 1 while undecided."""
    from heyi.services.admission import classify

    door = Door(ctx, lang, as_json=as_json)
    view = classify(_asked(door, door.now(at)), name, _gather([*(more or ()), *(answers or ())]))
    if as_json:
        door.json(view)
    else:
        for line in _lines(view, door.lang):
            door.out(line)
    raise typer.Exit(0 if view["decided"] else 1)


def _gather(answers: list[str]) -> dict[str, Any]:
    files = [Path(text) for text in answers if "=" not in text]
    if len(files) > 1:
        zh, en = "只能给一个回答文件", "one file of answers only"
        raise InputWrong(zh, en)
    pairs = [text for text in answers if "=" in text]
    return gather(pairs, files[0] if files else None)


@commands.command()
def catalogue(
    ctx: typer.Context,
    *,
    wanted: Annotated[str, typer.Option("--class", help="只列此类 · this class only")] = "",
    day: Annotated[
        str, typer.Option("--at", metavar="DATE", help="当日有效的条目 · valid on this day")
    ] = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """事项清单 · the catalogue of items."""
    from heyi.cli.layout import columns
    from heyi.services.admission import row_view

    door = Door(ctx, lang, as_json=as_json)
    asked = _asked(door, _noon(door, day))
    classifier = asked.classifier
    classes = classifier.catalogue.columns[classifier.column].options or {}
    if wanted and wanted not in classes:
        known = "、".join(f"{word} {label.text(door.lang)}" for word, label in classes.items())
        zh, en = f"没有类别“{wanted}”；有：{known}", f"no class '{wanted}'; {known}"
        raise InputWrong(zh, en)
    rows = [
        row_view(classifier, code, row, door.lang)
        for code, row in asked.rows.items()
        if asked.valid(row) and wanted in {"", row[classifier.column]}
    ]
    if as_json:
        door.json(rows)
        return
    title = classifier.title
    cells = [[r["code"], r[classifier.column], _titled(r, title, door.lang)] for r in rows]
    for line in columns(cells):
        door.out(line)


def _titled(row: "Mapping[str, Any]", title: str, lang: str) -> str:
    return str((row.get(f"{title}_en") if lang == "en" else None) or row.get(title) or "")


def _noon(door: Door, day: str) -> datetime:
    from heyi.bootstrap import zone_of

    if not day:
        return door.now()
    try:
        found = date.fromisoformat(day)
    except ValueError:
        zh, en = f"“{day}”不是日期；例如 2026-03-02", f"'{day}' is no day; write 2026-03-02"
        raise InputWrong(zh, en) from None
    return datetime.combine(found, time(12), tzinfo=zone_of(door.settings))


def _asked(door: Door, now: datetime) -> "Asked":
    """Return the classifier with the stored catalogue, or the file's where nothing is stored."""
    from heyi.bootstrap import shelf_of, zone_of
    from heyi.services.admission import Asked
    from heyi.services.classifier import find_classifier
    from heyi.services.doctor import sqlite_file

    shelf = shelf_of(door.settings)
    classifier = find_classifier(shelf)
    file = sqlite_file(door.settings.database)
    rows: dict[str, Any] = {str(row["code"]): row for row in classifier.catalogue.rows}
    units: dict[str, Any] = {}
    if file is None or file.is_file():
        name = classifier.catalogue.catalogue
        with door.app.store.read() as work:
            units = work.units.all()
            if work.catalogues.current(name):
                rows = dict(work.catalogues.rows(name))
    return Asked(
        classifier=classifier, rows=rows, now=now, zone=zone_of(door.settings), lang=door.lang,
        shelf=shelf, units=units,
    )  # fmt: skip


def _lines(view: "Mapping[str, Any]", lang: str) -> "Iterator[str]":
    from heyi.cli.caseprint import field_text

    zh = lang == "zh"
    known = {
        "route": ("结论", "verdict"), "remedy": ("去向和救济", "where to turn"),
        "provide": ("须提供", "must be provided"),
    }  # fmt: skip
    skip = {"name", "decided", "class", "class_label", "rule", "source", "source_title", "item"}
    if view["decided"]:
        yield f"{view['name']}：{view['class']} {view['class_label']}"
        rule = f"{view['rule'] or '-'}  {view['source'] or ''} {view['source_title'] or ''}"
        yield f"  {'规则' if zh else 'rule'}: {rule.rstrip()}"
    else:
        word = "尚不能归类，还要回答：" if zh else "undecided; still to be answered:"
        yield f"{view['name']}：{word}"
        for field in view["questions"]:
            yield f"  ? {field['name']}  {field_text(field, lang)}"
    for name, value in view.items():
        if name not in skip | {"candidates", "questions"} and value is not None:
            pair = known.get(name, (name, name))
            yield f"  {pair[not zh]}: {value}"
    if view["item"]:
        yield f"  {'条目' if zh else 'item'}: " + "  ".join(str(v) for v in view["item"].values())
    if view["candidates"]:
        yield "名称相近的条目（名称相近不等于相同）：" if zh else "alike by name only:"
        for row in view["candidates"]:
            words = [row["code"], row["class_label"], *(str(v) for v in list(row.values())[1:3])]
            yield "  " + "  ".join(words)
