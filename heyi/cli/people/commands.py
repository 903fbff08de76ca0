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
    from heyi.app.office.people import put_unit

    shell = Shell(ctx, lang)
    put_unit(shell.app.store, unit, level=level, title=title, parent=parent or None)
    shell.say(f"已登记单位 {unit}", f"unit {unit} is kept")


@units.command("list")
def list_units(ctx: typer.Context, *, as_json: Json = False, lang: Lang = None) -> None:
    """所有单位 · all units."""
    from heyi.app.office.people import units_view

    shell = Shell(ctx, lang, as_json=as_json)
    found = units_view(shell.app.store)
    if as_json:
        shell.json(found)
        return
    names = ("id", "level", "title", "parent")
    for line in columns([[str(row[name] or "-") for name in names] for row in found]):
        shell.out(line)


@units.command("show")
def show_unit(
    ctx: typer.Context, *, unit: UnitId, as_json: Json = False, lang: Lang = None
) -> None:
    """一个单位：上级、下级、岗位 · one unit: above, below, posts."""
    from heyi.app.office.people import unit_view

    shell = Shell(ctx, lang, as_json=as_json)
    view = unit_view(shell.app.store, unit)
    if as_json:
        shell.json(view)
        return
    shell.out(f"{view['title']}  {view['id']}  ({view['level']})")
    for word, ids in (
        (shell.word("上级", "above"), view["above"]),
        (shell.word("下级", "below"), view["below"]),
    ):
        if ids:
            shell.out(f"  {word}: {', '.join(ids)}")
    for post in view["posts"]:
        shell.out(f"  {post['role']}: {post['person']} {post['name']}")


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
    from heyi.app.office.people import put_person

    shell = Shell(ctx, lang)
    posts = [split_post(text) for text in post or ()]
    put_person(shell.app.store, person, name=name or person, posts=posts)
    shell.say(f"已登记人员 {person}", f"person {person} is kept")


@persons.command("list")
def list_people(ctx: typer.Context, *, as_json: Json = False, lang: Lang = None) -> None:
    """所有人员及岗位 · all people with their posts."""
    from heyi.app.office.people import people_view

    shell = Shell(ctx, lang, as_json=as_json)
    found = people_view(shell.app.store)
    if as_json:
        shell.json(found)
        return
    for line in columns([[p["id"], p["name"], " ".join(p["posts"]) or "-"] for p in found]):
        shell.out(line)


@persons.command("post")
def give_post(ctx: typer.Context, *, person: PersonId, posts: Post, lang: Lang = None) -> None:
    """授予岗位 · let a person hold posts."""
    from heyi.app.office.people import give_posts

    shell = Shell(ctx, lang)
    give_posts(shell.app.store, person, [split_post(text) for text in posts])
    shell.say(f"{person}：{'、'.join(posts)}", f"{person}: {', '.join(posts)}")


@persons.command("unpost")
def take_post(ctx: typer.Context, *, person: PersonId, posts: Post, lang: Lang = None) -> None:
    """免去岗位 · end posts; exit 3 where a post was not held."""
    from heyi.app.office.people import take_posts
    from heyi.cli.shell.exits import NotFound

    shell = Shell(ctx, lang)
    missing = take_posts(shell.app.store, person, [split_post(text) for text in posts])
    if missing:
        names = ", ".join(f"{role}@{unit}" for role, unit in missing)
        zh, en = f"“{person}”没有岗位 {names}", f"'{person}' does not hold {names}"
        raise NotFound(zh, en)
    shell.say(f"{person}：已免去 {'、'.join(posts)}", f"{person}: ended {', '.join(posts)}")
