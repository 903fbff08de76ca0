"""``heyi db``, ``heyi doctor``, ``heyi settings``: what an operator needs."""

import re
from typing import TYPE_CHECKING, Annotated, Any

import typer

from engine.case.text import Text
from heyi.cli.shell.exits import InputWrong
from heyi.cli.shell.shell import At, Json, Lang, Shell

if TYPE_CHECKING:
    from heyi.app.reader import Reader

database = typer.Typer(
    name="db", no_args_is_help=True, rich_markup_mode=None, help="数据库 · the database"
)
_WHO = "ID=NAME"
_PASSWORD = re.compile(r"(?<=:)[^:@/]+(?=@)")


@database.callback()
def _database() -> None:
    """数据库 · the database."""


@database.command()
def upgrade(
    ctx: typer.Context,
    *,
    demo: Annotated[
        bool, typer.Option("--demo", help="把空数据库永远标为演示数据 · mark as demo data for ever")
    ] = False,
    administrator: Annotated[
        str, typer.Option("--administrator", metavar=_WHO, help="系统管理员，首次 · at first")
    ] = "",
    security: Annotated[
        str, typer.Option("--security", metavar=_WHO, help="安全管理员，首次 · at first")
    ] = "",
    auditor: Annotated[
        str, typer.Option("--auditor", metavar=_WHO, help="审计员，首次 · at first")
    ] = "",
    unit: Annotated[
        str, typer.Option("--unit", metavar="ID", help="三人岗位所在单位 · the unit of the three")
    ] = "",
    title: Annotated[str, typer.Option("--title", help="该单位的名称 · its name, if new")] = "",
    lang: Lang = None,
) -> None:
    """生成密钥、更新数据表、指定三员、发布自带的流程和清单 · key, tables, persons, workflows."""
    from heyi.cli.office.founding import found, mark

    shell = Shell(ctx, lang)
    named = {"administrator": administrator, "security": security, "auditor": auditor}
    if demo and any(named.values()):
        raise InputWrong(Text("演示数据不指定三员", "demo data has no administrators"))
    office, release = shell.app.office, shell.office("release")
    key = office.make_key(release)
    if key.made:
        shell.say(
            Text(
                f"已生成密钥 {key.path}；请另行妥善备份，丢失后密封内容无法恢复",
                f"made the key {key.path}; back it up elsewhere, sealed values are lost without it",
            )
        )
    tables = office.upgrade_tables(release, now=shell.now())
    shell.say(Text(f"数据表版本 {tables.version}", f"tables are at version {tables.version}"))
    if demo:
        mark(shell)
    elif not tables.founded or any(named.values()):
        found(shell, named, unit=unit, title=title)
    _publish(shell, shell.office("demo") if demo or tables.demo else release)
    _fill(shell, everywhere=False)


def _publish(shell: Shell, reader: "Reader") -> None:
    found = shell.app.library.publish_shelf(reader, now=shell.now())
    for name in found.new:
        shell.out(name)
    shell.say(Text(f"新发布 {len(found.new)} 项", f"published: {len(found.new)}"))
    if found.changed:
        files = ", ".join(found.changed)
        shell.say(
            Text(
                f"与随本版发行的不同，没有发布：{files}；改动过的文件请两人发布",
                f"not as this release lists them, not published: {files};"
                " changed files are published by two persons",
            )
        )
    if reader.purpose == "demo":
        shell.say(Text("这是演示数据", "this is demo data"))


@database.command()
def grants(ctx: typer.Context, *, lang: Lang = None) -> None:
    """重写每件案件“谁可知”，单位变动后用；可中断再来 · write anew who may know each case."""
    _fill(Shell(ctx, lang), everywhere=True)


def _fill(shell: Shell, *, everywhere: bool) -> None:
    reader = shell.office("command:grants")
    for done in shell.app.office.fill_grants(reader, now=shell.now(), everywhere=everywhere):
        shell.say(
            Text(
                f"谁可知：已看 {done.cases} 件，改写 {done.changed} 件，打不开 {done.broken} 件",
                f"who may know: {done.cases} cases, {done.changed} changed, {done.broken} not open",
            )
        )


def doctor(ctx: typer.Context, *, at: At = "", as_json: Json = False, lang: Lang = None) -> None:
    """体检：设置、密钥、数据表、流程、日历、历史；有发现则退出码为1 · exit 1 on findings."""
    shell = Shell(ctx, lang, as_json=as_json)
    found = shell.app.office.examine(shell.anybody(), now=shell.now(at))
    if as_json:
        shell.json([one.plain() for one in found.checks])
    else:
        for one in found.checks:
            mark = "✗" if not one.ok else "·" if one.note else "✓"
            shell.out(f"{mark} {shell.word(Text(one.zh, one.en))}  [{one.check}]")
    shell.say(Text(f"{found.findings} 项须处理", f"{found.findings} findings"))
    raise typer.Exit(1 if found.findings else 0)


def settings(ctx: typer.Context, *, as_json: Json = False, lang: Lang = None) -> None:
    """每个设置的现值、环境变量名和说明 · every setting, its value, variable and meaning."""
    from heyi.cli.shell.words import SETTINGS

    shell = Shell(ctx, lang, as_json=as_json)
    values = shell.settings
    rows = []
    for name, info in type(values).model_fields.items():
        zh = SETTINGS.get(name, info.description or "")
        rows.append({
            "name": name, "variable": f"HEYI_{name.upper()}",
            "value": _shown(getattr(values, name)),
            "default": _shown(info.get_default()),
            "description": shell.word(Text(zh, info.description or "")),
        })  # fmt: skip
    if as_json:
        shell.json(rows)
        return
    for row in rows:
        value = row["value"] if row["value"] is not None else "-"
        shell.out(f"{row['variable']}={value}")
        shell.out(f"    {row['description']}")


def _shown(value: Any) -> Any:  # noqa: ANN401 - a setting's value
    """Return a setting's value as JSON can hold it; the password of a URL is not shown."""
    if value is None or isinstance(value, bool | int):
        return value
    return _PASSWORD.sub("***", str(value))
