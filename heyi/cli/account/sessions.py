"""``heyi session``: where one is signed in, and how that ends."""

from typing import Annotated

import typer

from engine.case.text import Text
from heyi.cli.shell.columns import columns
from heyi.cli.shell.shell import Json, Lang, Shell

sessions = typer.Typer(
    name="session", no_args_is_help=True, rich_markup_mode=None, help="登录情况 · open sign-ins"
)
Whose = Annotated[
    str,
    typer.Option("--person", metavar="ID", help="他人的，安全管理员可用 · another's, for security"),
]


@sessions.command("list")
def list_sessions(
    ctx: typer.Context, *, person: Whose = "", as_json: Json = False, lang: Lang = None
) -> None:
    """本人尚有效的登录，新的在前 · one's own open sign-ins, newest first."""
    shell = Shell(ctx, lang, as_json=as_json)
    reader = shell.officer()
    found = shell.app.accounts.sessions(
        reader, person=person or reader.person, now=shell.now()
    ).items
    if as_json:
        shell.json([row.plain() for row in found])
        return
    rows = [[one.session, one.kind, one.via, one.began, one.used, one.until] for one in found]
    for line in columns(rows):
        shell.out(line)


@sessions.command("end")
def end_session(
    ctx: typer.Context,
    *,
    session: Annotated[str, typer.Argument(metavar="SESSION", help="登录的 id · its id")],
    person: Whose = "",
    lang: Lang = None,
) -> None:
    """结束一次登录，其令牌立即作废 · end a sign-in; its token opens nothing any more."""
    shell = Shell(ctx, lang)
    reader = shell.officer()
    shell.app.accounts.end_session(
        reader, person=person or reader.person, session=session, now=shell.now()
    )
    shell.say(Text(f"已结束 {session}", f"{session} has ended"))
