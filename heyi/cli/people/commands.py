"""``heyi unit`` and ``heyi person``: the tree of units, people and the posts they hold."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.case.text import Text
from heyi.cli.shell.columns import columns
from heyi.cli.shell.inputs import split_post
from heyi.cli.shell.shell import Json, Lang, Shell

if TYPE_CHECKING:
    from heyi.app.people.models import PersonRow

units = typer.Typer(name="unit", no_args_is_help=True, rich_markup_mode=None, help="单位 · units")
persons = typer.Typer(
    name="person", no_args_is_help=True, rich_markup_mode=None, help="人员与岗位 · people and posts"
)
UnitId = Annotated[str, typer.Argument(metavar="ID", help="单位的 id · the unit's id")]
PersonId = Annotated[str, typer.Argument(metavar="ID", help="人员的 id · the person's id")]
Post = Annotated[list[str], typer.Argument(metavar="ROLE@UNIT...", help="岗位@单位 · role at unit")]


@units.command("add")
def add_unit(
    ctx: typer.Context,
    *,
    unit: UnitId,
    level: Annotated[
        str, typer.Option("--level", help="级别，如 city street community · the level")
    ],
    title: Annotated[str, typer.Option("--title", help="名称 · the name")],
    parent: Annotated[str, typer.Option("--parent", help="上级单位 · the unit above")] = "",
    lang: Lang = None,
) -> None:
    """登记或修改单位 · add a unit, or change it."""
    shell = Shell(ctx, lang)
    shell.app.people.put_unit(
        shell.officer(), unit=unit, level=level, title=title, parent=parent or None, now=shell.now()
    )
    shell.say(Text(f"已登记单位 {unit}", f"unit {unit} is kept"))


@units.command("list")
def list_units(ctx: typer.Context, *, as_json: Json = False, lang: Lang = None) -> None:
    """所有单位 · all units."""
    shell = Shell(ctx, lang, as_json=as_json)
    found = shell.app.people.units(shell.reader()).items
    if as_json:
        shell.json([row.plain() for row in found])
        return
    for line in columns([[r.id, r.level or "-", r.title or "-", r.parent or "-"] for r in found]):
        shell.out(line)


@units.command("show")
def show_unit(
    ctx: typer.Context, *, unit: UnitId, as_json: Json = False, lang: Lang = None
) -> None:
    """一个单位：上级、下级、岗位 · one unit: above, below, posts."""
    shell = Shell(ctx, lang, as_json=as_json)
    view = shell.app.people.unit(shell.reader(), unit=unit)
    if as_json:
        shell.json(view.plain())
        return
    shell.out(f"{view.title}  {view.id}  ({view.level})")
    for word, ids in (
        (shell.word(Text("上级", "above")), view.above),
        (shell.word(Text("下级", "below")), view.below),
    ):
        if ids:
            shell.out(f"  {word}: {', '.join(ids)}")
    for post in view.posts:
        shell.out(f"  {post.role}: {post.person} {post.name}")


@persons.command("add")
def add_person(
    ctx: typer.Context,
    *,
    person: PersonId,
    name: Annotated[str, typer.Option("--name", help="显示名 · the name shown")] = "",
    post: Annotated[
        list[str] | None,
        typer.Option("--post", metavar="ROLE@UNIT", help="岗位@单位，可多个 · posts"),
    ] = None,
    lang: Lang = None,
) -> None:
    """登记或修改人员 · add a person, or change the name shown."""
    shell = Shell(ctx, lang)
    posts = [split_post(text) for text in post or ()]
    row = shell.app.people.put(
        shell.officer(), person=person, name=name, posts=posts, now=shell.now()
    )
    shell.say(Text(f"已登记人员 {person}", f"person {person} is kept"))
    _note(shell, row)


@persons.command("list")
def list_people(ctx: typer.Context, *, as_json: Json = False, lang: Lang = None) -> None:
    """所有人员及岗位 · all people with their posts."""
    shell = Shell(ctx, lang, as_json=as_json)
    found = shell.app.people.list(shell.reader()).items
    if as_json:
        shell.json([row.plain() for row in found])
        return
    for line in columns([[row.id, row.name, " ".join(row.posts) or "-"] for row in found]):
        shell.out(line)


@persons.command("post")
def give_post(ctx: typer.Context, *, person: PersonId, posts: Post, lang: Lang = None) -> None:
    """授予岗位 · let a person hold posts."""
    shell = Shell(ctx, lang)
    given = [split_post(text) for text in posts]
    row = shell.app.people.give_posts(shell.officer(), person=person, posts=given, now=shell.now())
    shell.say(Text(f"{person}：{'、'.join(posts)}", f"{person}: {', '.join(posts)}"))
    _note(shell, row)


@persons.command("roles")
def list_roles(ctx: typer.Context, *, as_json: Json = False, lang: Lang = None) -> None:
    """已发布流程的岗位：级别、流程、人数 · roles, their levels, workflows, holders."""
    shell = Shell(ctx, lang, as_json=as_json)
    found = shell.app.people.roles(shell.reader()).items
    if as_json:
        shell.json([row.plain() for row in found])
        return
    between = shell.word(Text("、", ", "))
    rows = [
        [row.role, "/".join(row.labels), one.level, str(one.held), between.join(one.workflows)]
        for row in found
        for one in row.levels
    ]
    for line in columns(rows):
        shell.out(line)


@persons.command("import")
def import_people(
    ctx: typer.Context,
    *,
    file: Annotated[
        Path,
        typer.Argument(metavar="FILE", exists=True, dir_okay=False, help="表格 · the spreadsheet"),
    ],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="只看差异 · say what differs")] = False,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """从表格导入单位和人员，从不删除 · units and people from XLSX or CSV, never a deletion."""
    shell = Shell(ctx, lang, as_json=as_json)
    found = shell.app.people.import_from(
        shell.officer(), file=file, dry_run=dry_run, now=shell.now()
    )
    if as_json:
        shell.json(found.plain())
    else:
        for one in found.differences:
            shell.out(f"{'~' if one.was else '+'} {one.what} {one.id}: {one.was} → {one.now}")
        for cell in found.refused:
            shell.out(
                f"{shell.word(Text('工作表', 'sheet'))} {cell.sheet} {cell.cell}: {cell.text}"
            )
    if found.refused:
        shell.say(Text("有单元格不能使用，什么也没有改", "cells are refused; nothing was changed"))
        raise typer.Exit(1)
    kept = found.kept
    shell.say(
        Text("已导入" if kept else "试算，未改", "imported" if kept else "dry run, nothing changed")
    )


def _note(shell: Shell, row: "PersonRow") -> None:
    if row.unchecked:
        told = Text(
            "注意：尚未发布流程，岗位未核对", "note: nothing is published, posts were not checked"
        )
        shell.say(told)


@persons.command("unpost")
def take_post(ctx: typer.Context, *, person: PersonId, posts: Post, lang: Lang = None) -> None:
    """免去岗位 · end posts; exit 3 where a post was not held."""
    shell = Shell(ctx, lang)
    ended = [split_post(text) for text in posts]
    shell.app.people.take_posts(shell.officer(), person=person, posts=ended, now=shell.now())
    shell.say(Text(f"{person}：已免去 {'、'.join(posts)}", f"{person}: ended {', '.join(posts)}"))
    left = shell.app.handovers.count(shell.officer(), person=person)
    if left:
        told = Text(
            f"还有{left}件未结案件写着 {person}；请负责人交接："
            f"heyi person handover {person} --to …",
            f"{left} open cases still name {person}; the head hands over: "
            f"heyi person handover {person} --to …",
        )
        shell.say(told)
