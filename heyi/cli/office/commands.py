"""``heyi db``, ``heyi doctor``, ``heyi settings``: what an operator needs."""

import re
from typing import Any

import typer

from heyi.cli.shell.exits import KeyLost, NotFound
from heyi.cli.shell.shell import At, Json, Lang, Shell

database = typer.Typer(
    name="db", no_args_is_help=True, rich_markup_mode=None, help="数据库 · the database"
)
_PASSWORD = re.compile(r"(?<=:)[^:@/]+(?=@)")


@database.callback()
def _database() -> None:
    """数据库 · the database."""


@database.command()
def upgrade(ctx: typer.Context, *, lang: Lang = None) -> None:
    """生成密钥、更新数据表、发布流程和清单 · make the key and tables, publish what is shipped."""
    from heyi.app.office.doctor import sqlite_file
    from heyi.bootstrap import demo_mark, make_key
    from storage.kernel.schema import current, newest
    from storage.kernel.schema import upgrade as upgrade_tables

    shell = Shell(ctx, lang)
    settings = shell.settings
    file = sqlite_file(settings.database)
    if file is not None and not file.parent.is_dir():
        zh, en = f"没有文件夹“{file.parent}”", f"no folder '{file.parent}'"
        raise NotFound(zh, en)
    is_new = file is not None and not file.is_file()
    # A new key beside old data would open nothing: say so before anything is written.
    if not settings.key_file.exists() and not is_new and current(settings.database) is not None:
        raise KeyLost(str(settings.key_file))
    if make_key(settings.key_file):
        path = settings.key_file
        shell.say(
            f"已生成密钥 {path}；请另行妥善备份，丢失后密封内容无法恢复",
            f"made the key {path}; back it up elsewhere, sealed values are lost without it",
        )
    upgrade_tables(settings.database)
    version = newest()
    shell.say(f"数据表版本 {version}", f"tables are at version {version}")
    app = shell.app
    with app.store.write() as work:
        new = app.published.publish_shelf(work, at=shell.now().astimezone(app.zone))
    for name in new:
        shell.out(name)
    shell.say(f"新发布 {len(new)} 项", f"published: {len(new)}")
    mark = demo_mark(settings)
    if mark is not None and mark.is_file():
        shell.say("这是演示数据", "this is demo data")


def doctor(ctx: typer.Context, *, at: At = "", as_json: Json = False, lang: Lang = None) -> None:
    """体检：设置、密钥、数据表、流程、日历、历史；有发现则退出码为1 · exit 1 on findings."""
    from heyi.app.office.doctor import Patient, examine
    from heyi.bootstrap import read_key, schedule_of, shelf_of, zone_of

    shell = Shell(ctx, lang, as_json=as_json)
    settings = shell.settings
    zone = zone_of(settings)
    now = shell.now(at)
    patient = Patient(
        database=settings.database, key_file=settings.key_file, shelf=shelf_of(settings),
        today=now.astimezone(zone).date(), act_as=settings.act_as,
        read_key=read_key, open_store=lambda: shell.app.store, now=now,
        schedule=schedule_of(settings),
        profile=settings.profile,
    )  # fmt: skip
    checks = examine(patient)
    found = [check for check in checks if check.finding]
    if as_json:
        shell.json([
            {"check": c.name, "ok": not c.finding, "note": c.note, "zh": c.zh, "en": c.en}
            for c in checks
        ])  # fmt: skip
    else:
        for check in checks:
            mark = "✗" if check.finding else "·" if check.note else "✓"
            shell.out(f"{mark} {shell.word(check.zh, check.en)}  [{check.name}]")
    shell.say(f"{len(found)} 项须处理", f"{len(found)} findings")
    raise typer.Exit(1 if found else 0)


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
            "description": shell.word(zh, info.description or ""),
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
