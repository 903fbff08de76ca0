"""``heyi person address``, ``away``, ``back``, ``heyi unit address``: addresses and absences."""

import sys
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from engine.case.text import Text
from heyi.cli.people.commands import PersonId, UnitId, persons, units
from heyi.cli.shell.exits import InputWrong
from heyi.cli.shell.shell import At, Json, Lang, Shell

if TYPE_CHECKING:
    from heyi.app.people.changes import OwnerKind

__all__ = ["persons", "units"]

MAX_INPUT = 10_000
"""Characters read from standard input; an address has some hundred."""
Action = Annotated[
    Literal["list", "add", "drop"],
    typer.Argument(metavar="ACTION", help="列出、登记、删除 · list, add, drop"),
]
AddressId = Annotated[str, typer.Argument(metavar="ADDRESS", help="删除哪个 · which to drop")]
Kind = Annotated[
    Literal["dingtalk", "wecom", "feishu", "apprise"] | None,
    typer.Option("--kind", help="自建网关后的机器人属哪种 · of a robot behind a host of one's own"),
]
File = Annotated[
    Path | None, typer.Option("--file", help="从文件读网址，否则从标准输入 · else standard input")
]


@persons.command("address")
def person_address(
    ctx: typer.Context,
    *,
    person: PersonId,
    action: Action = "list",
    address: AddressId = "",
    kind: Kind = None,
    file: File = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """预警发往何处；网址从标准输入读 · where alerts are sent; the URL is read from stdin."""
    shell = Shell(ctx, lang, as_json=as_json)
    _addresses(shell, "person", person, action, address=address, kind=kind or "", file=file)


@units.command("address")
def unit_address(
    ctx: typer.Context,
    *,
    unit: UnitId,
    action: Action = "list",
    address: AddressId = "",
    kind: Kind = None,
    file: File = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """单位的群机器人；网址从标准输入读 · a unit's robots; the URL is read from stdin."""
    shell = Shell(ctx, lang, as_json=as_json)
    _addresses(shell, "unit", unit, action, address=address, kind=kind or "", file=file)


def _addresses(
    shell: Shell,
    owner_kind: "OwnerKind",
    owner: str,
    action: str,
    *,
    address: str,
    kind: str,
    file: Path | None,
) -> None:
    if (action == "drop") != bool(address):
        told = Text("删除时写地址的 id，其他时候不写", "name an address to drop, and only then")
        raise InputWrong(told)
    if action == "add":
        _add(shell, owner_kind, owner, kind=kind, file=file)
    elif action == "drop":
        _drop(shell, owner_kind, owner, address)
    else:
        _list(shell, owner_kind, owner)


def _add(
    shell: Shell, owner_kind: "OwnerKind", owner: str, *, kind: str, file: Path | None
) -> None:
    from heyi.cli.shell.inputs import read_text

    if file is None and sys.stdin.isatty():
        shell.say(
            Text(
                "粘贴网址，机器人的密钥另起一行；以 Ctrl-D 结束",
                "paste the URL, a robot's secret in the next line; end with Ctrl-D",
            ),
        )
    # Not as an argument: every user of a machine can list the arguments of its processes.
    text = read_text(file) if file else sys.stdin.read(MAX_INPUT)
    new = shell.app.people.put_address(
        shell.officer(), owner_kind=owner_kind, owner=owner, text=text, kind=kind, now=shell.now()
    )
    if shell.as_json:
        shell.json(new.plain())
        return
    shell.out(new.id)
    shell.say(
        Text(
            f"已登记 {new.shown}（{new.kind}）；试发：heyi alert test {new.id}",
            f"kept {new.shown} ({new.kind}); try it: heyi alert test {new.id}",
        ),
    )


def _drop(shell: Shell, owner_kind: "OwnerKind", owner: str, address: str) -> None:
    shell.app.people.drop_address(
        shell.officer(), owner_kind=owner_kind, owner=owner, address=address, now=shell.now()
    )
    shell.say(Text("已删除", "dropped"))


def _list(shell: Shell, owner_kind: "OwnerKind", owner: str) -> None:
    from heyi.cli.shell.columns import columns

    found = shell.app.people.addresses(shell.officer(), owner_kind=owner_kind, owner=owner).items
    if shell.as_json:
        shell.json([one.plain() for one in found])
        return
    for line in columns([[one.id, one.kind, one.shown] for one in found]):
        shell.out(line)


@persons.command()
def away(
    ctx: typer.Context,
    *,
    person: PersonId,
    from_day: Annotated[
        str, typer.Option("--from", metavar="DAY", help="第一天 · the first day away")
    ] = "",
    until: Annotated[
        str, typer.Option("--until", metavar="DAY", help="最后一天 · the last day away")
    ] = "",
    substitute: Annotated[
        str, typer.Option("--substitute", metavar="PERSON", help="代理人 · who stands in")
    ] = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """登记外出和代理人；不写日期则列出 · note an absence and who stands in; no days: list them."""
    shell = Shell(ctx, lang, as_json=as_json)
    people, reader = shell.app.people, shell.officer()
    if from_day or until:
        found = people.put_absence(
            reader, person=person, from_day=_day(from_day), until_day=_day(until),
            now=shell.now(), substitute=substitute or None,
        )  # fmt: skip
        shell.say(
            Text(f"{person}：{from_day} 至 {until} 外出", f"{person}: away {from_day} to {until}")
        )
    elif substitute:
        told = Text("请写 --from 和 --until", "give --from and --until")
        raise InputWrong(told)
    else:
        found = people.absences(reader, person=person)
    if as_json:
        shell.json([one.plain() for one in found.items])
        return
    for one in found.items:
        who = f"  → {one.substitute}" if one.substitute else ""
        shell.out(f"{one.from_} – {one.until}{who}")


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        told = Text(f"“{text}”不是日期；例如 2026-03-02", f"'{text}' is no day; write 2026-03-02")
        raise InputWrong(told) from None


@persons.command()
def back(
    ctx: typer.Context,
    *,
    person: PersonId,
    planned: Annotated[
        bool, typer.Option("--all", help="以后的也取消 · later ones are dropped as well")
    ] = False,
    at: At = "",
    lang: Lang = None,
) -> None:
    """自今日起回岗；没有外出则退出码为3 · back from today on; exit 3 where nobody was away."""
    shell = Shell(ctx, lang)
    now = shell.now(at)
    shell.app.people.come_back(shell.officer(), person=person, now=now, planned=planned)
    shell.say(Text(f"{person} 已回岗", f"{person} is back"))
