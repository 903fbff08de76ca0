"""``heyi sign-in``, ``heyi sign-out``, ``heyi person password-reset`` and ``unlock``."""

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from engine.case.text import Text
from heyi.cli.people.commands import PersonId, persons
from heyi.cli.shell.exits import InputWrong
from heyi.cli.shell.shell import Json, Lang, Shell

if TYPE_CHECKING:
    from heyi.app.accounts.models import SignedIn

__all__ = ["persons", "sign_in", "sign_out"]
MAX_INPUT = 1000
"""Characters read from standard input: a password, and perhaps a new one in the next line."""


def sign_in(
    ctx: typer.Context,
    *,
    person: Annotated[str, typer.Argument(metavar="PERSON", help="人员的 id · your id")],
    change: Annotated[
        bool, typer.Option("--change", help="同时改密码 · choose a new password too")
    ] = False,
    lang: Lang = None,
) -> None:
    """登录；密码当场输入或从标准输入读，一次性密码随即改为自己的 · sign in; 12 hours."""
    from heyi.app.accounts.errors import NewPasswordNeeded

    shell = Shell(ctx, lang)
    typed = _typed()
    password = typed[0] if typed else _asked(shell.word(Text("密码", "password")))
    new = _new_one(shell, typed) if change else ""
    try:
        found = _signed_in(shell, person, password, new)
    except NewPasswordNeeded:
        if len(typed) == 1:
            raise
        found = _signed_in(shell, person, password, _new_one(shell, typed))
    _keep(shell, found)


def _new_one(shell: Shell, typed: list[str]) -> str:
    """Return the new password: the second line of standard input, or as a person types it."""
    if not typed:
        return _asked(shell.word(Text("自己的新密码", "a new password")), twice=True)
    if len(typed) == 1:
        raise InputWrong(Text("请在第二行给出新密码", "give the new password in the second line"))
    return typed[1]


def _signed_in(shell: Shell, person: str, password: str, new: str) -> "SignedIn":
    return shell.app.accounts.sign_in(
        shell.at_door(), person=person, password=password, now=shell.now(), new_password=new
    )


def _keep(shell: Shell, found: "SignedIn") -> None:
    from heyi.cli.shell.tokenfile import write_token

    try:
        path = write_token(shell.settings.token_file, found.token)
    except OSError as error:
        what, file = error.strerror or "", shell.settings.token_file
        raise InputWrong(
            Text(f"“{file}”写不了：{what}", f"'{file}' cannot be written: {what}")
        ) from None
    shell.say(
        Text(
            f"{found.person} 已登录，至 {found.until}；令牌存于 {path}",
            f"{found.person} is signed in until {found.until}; the token is in {path}",
        )
    )


def sign_out(ctx: typer.Context, *, lang: Lang = None) -> None:
    """退出登录，令牌作废 · sign out; the token is worth nothing any more."""
    from heyi.app.accounts.errors import SessionEnded
    from heyi.cli.shell.tokenfile import drop_token, read_token

    shell = Shell(ctx, lang)
    file = shell.settings.token_file
    token = read_token(file)
    try:
        shell.app.accounts.sign_out(shell.at_door(), token=token, now=shell.now())
    except SessionEnded:
        shell.say(Text("没有登录", "nobody was signed in"))
    else:
        shell.say(Text("已退出登录", "signed out"))
    drop_token(file)


@persons.command("password-reset")
def password_reset(
    ctx: typer.Context, *, person: PersonId, as_json: Json = False, lang: Lang = None
) -> None:
    """给一次性密码，只显示一次；由安全管理员办理 · a one-time password, by security."""
    shell = Shell(ctx, lang, as_json=as_json)
    slip = shell.app.accounts.reset_password(shell.officer(), person=person, now=shell.now())
    if as_json:
        shell.json(slip.plain())
        return
    shell.out(slip.password)
    shell.say(
        Text(
            f"{person} 的一次性密码，用到 {slip.until}；请当面交给本人",
            f"a one-time password for {person} until {slip.until}; hand it over in person",
        )
    )


@persons.command()
def unlock(ctx: typer.Context, *, person: PersonId, lang: Lang = None) -> None:
    """解除账号锁定；由安全管理员办理 · let a locked account be tried again, by security."""
    shell = Shell(ctx, lang)
    shell.app.accounts.unlock(shell.officer(), person=person, now=shell.now())
    shell.say(Text(f"{person} 的账号已解锁", f"the account of {person} is unlocked"))


def _typed() -> list[str]:
    """Return the lines of standard input; none where a person sits before it."""
    # Not as an argument: every user of a machine can list the arguments of its processes.
    if sys.stdin.isatty():
        return []
    lines = sys.stdin.read(MAX_INPUT).splitlines()
    if not lines:
        raise InputWrong(Text("请从标准输入给出密码", "give the password on standard input"))
    return lines


def _asked(words: str, *, twice: bool = False) -> str:
    found: str = typer.prompt(words, hide_input=True, confirmation_prompt=twice, err=True)
    return found
