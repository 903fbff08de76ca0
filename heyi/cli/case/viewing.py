"""``heyi case``: the receipt, and requests to read a case: ask, list, allow, decline."""

from typing import TYPE_CHECKING, Annotated

import typer

from engine.case.text import Text, said
from heyi.cli.case.commands import Ref, commands
from heyi.cli.shell.shell import As, At, Json, Lang, Shell

if TYPE_CHECKING:
    from heyi.app.cases.viewings import RequestView

__all__ = ["commands"]

Request = Annotated[str, typer.Argument(metavar="REQUEST", help="申请编号 · the request")]
_STATES = {
    "waiting": Text("待批", "waiting"),
    "allowed": Text("可查阅至{until}", "may be read until {until}"),
    "declined": Text("未批准", "declined"),
    "over": Text("已过期", "over"),
}


@commands.command()
def receipt(
    ctx: typer.Context,
    *,
    ref: Ref,
    person: As = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """立案回执：只给立案人，不写案情 · the receipt, for who opened the case."""
    shell = Shell(ctx, lang, as_json=as_json)
    told = shell.app.cases.receipt(shell.reader(person, acts=True), ref=ref, now=shell.now(at))
    if as_json:
        shell.json(told.plain())
        return
    shell.out(f"{told.unit}  {told.title}")
    rows = [
        (Text("编号", "number"), told.number or told.case),
        (Text("登记日期", "opened on"), told.opened_on),
        (Text("现在", "now"), told.state_label),
        (Text("接下来", "next"), f"{told.next} {told.due}".strip()),
        (Text("已交", "handed in"), "、".join(told.given)),
    ]
    for label, value in rows:
        if value:
            shell.out(f"  {label.text(shell.lang)}：{value}")


@commands.command()
def request(
    ctx: typer.Context,
    *,
    ref: Ref,
    reason: Annotated[str, typer.Option("--reason", help="为何查阅 · why you ask")],
    person: As = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """申请查阅案件几天 · ask to read a case for some days."""
    shell = Shell(ctx, lang, as_json=as_json)
    reader = shell.reader(person, acts=True)
    _tell(shell, shell.app.viewings.request(reader, ref=ref, reason=reason, now=shell.now(at)))


@commands.command()
def requests(
    ctx: typer.Context,
    *,
    own: Annotated[
        bool, typer.Option("--own", help="自己提出的；不写则待自己批的 · your own, not to decide")
    ] = False,
    after: Annotated[
        str, typer.Option("--after", metavar="REQUEST", help="从此之后 · behind this one")
    ] = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="最多几件 · how many")] = 50,
    person: As = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """查阅申请：待自己批准的，或者自己提出的 · requests to decide on, or your own."""
    shell = Shell(ctx, lang, as_json=as_json)
    viewings, reader, now = shell.app.viewings, shell.reader(person), shell.now(at)
    asked = viewings.own if own else viewings.waiting
    page = asked(reader, now=now, after=after, limit=limit)
    if as_json:
        shell.json({"items": [one.plain() for one in page.items], "next": page.next})
        return
    for one in page.items:
        for line in _lines(shell, one):
            shell.out(line)


@commands.command()
def allow(
    ctx: typer.Context,
    *,
    which: Request,
    answer: Annotated[str, typer.Option("--answer", help="须注意什么 · what to heed")] = "",
    person: As = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """批准查阅 · let who asked read the case."""
    shell = Shell(ctx, lang, as_json=as_json)
    reader, now = shell.reader(person, acts=True), shell.now(at)
    _tell(shell, shell.app.viewings.allow(reader, request=which, answer=answer, now=now))


@commands.command()
def decline(
    ctx: typer.Context,
    *,
    which: Request,
    answer: Annotated[str, typer.Option("--answer", help="为何不批 · why not")],
    person: As = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """不批准查阅，须说明理由 · refuse that who asked reads the case, saying why."""
    shell = Shell(ctx, lang, as_json=as_json)
    reader, now = shell.reader(person, acts=True), shell.now(at)
    _tell(shell, shell.app.viewings.decline(reader, request=which, answer=answer, now=now))


def _tell(shell: Shell, view: "RequestView") -> None:
    if shell.as_json:
        shell.json(view.plain())
        return
    for line in _lines(shell, view):
        shell.out(line)


def _lines(shell: Shell, view: "RequestView") -> list[str]:
    state = said(_STATES[view.state], until=view.until or "").text(shell.lang)
    told = [f"{view.id}  {view.ref}  {view.person}  {state}", f"  {view.reason}"]
    return [*told, f"  → {view.answer}"] if view.answer else told
