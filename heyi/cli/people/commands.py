"""``heyi unit`` and ``heyi person``: the tree of units, people and the posts they hold."""

from typing import Annotated

import typer

from heyi.cli.shell.columns import columns
from heyi.cli.shell.inputs import split_post
from heyi.cli.shell.shell import Json, Lang, Shell

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
    shell.say(f"已登记单位 {unit}", f"unit {unit} is kept")


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
        (shell.word("上级", "above"), view.above),
        (shell.word("下级", "below"), view.below),
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
    shell.app.people.put(shell.officer(), person=person, name=name, posts=posts, now=shell.now())
    shell.say(f"已登记人员 {person}", f"person {person} is kept")


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
    shell.app.people.give_posts(shell.officer(), person=person, posts=given, now=shell.now())
    shell.say(f"{person}：{'、'.join(posts)}", f"{person}: {', '.join(posts)}")


@persons.command("unpost")
def take_post(ctx: typer.Context, *, person: PersonId, posts: Post, lang: Lang = None) -> None:
    """免去岗位 · end posts; exit 3 where a post was not held."""
    shell = Shell(ctx, lang)
    ended = [split_post(text) for text in posts]
    shell.app.people.take_posts(shell.officer(), person=person, posts=ended, now=shell.now())
    shell.say(f"{person}：已免去 {'、'.join(posts)}", f"{person}: ended {', '.join(posts)}")
