"""``heyi case``: acts beside moves: comment, withdraw, claim, hand over, accept, return, urge."""

from typing import TYPE_CHECKING, Annotated

import typer

from heyi.cli.case.commands import Key, Ref, commands, moved
from heyi.cli.shell.shell import As, At, Json, Lang, Shell

if TYPE_CHECKING:
    from engine.case.move import MoveKind

__all__ = ["commands"]

Why = Annotated[str, typer.Option("--reason", help="理由 · why")]
Move = Annotated[str, typer.Argument(metavar="MOVE", help="流转 · the move that is proposed")]


@commands.command()
def comment(
    ctx: typer.Context,
    *,
    ref: Ref,
    text: Annotated[str, typer.Argument(metavar="TEXT", help="备注 · what is to be noted")],
    person: As = "",
    key: Key = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """备注：不改变案件 · comment on a case; nothing of it changes."""
    shell = Shell(ctx, lang, as_json=as_json)
    _act(shell, "comment", ref=ref, person=person, at=at, key=key, reason=text)


@commands.command()
def withdraw(
    ctx: typer.Context,
    *,
    ref: Ref,
    trigger: Move,
    person: As = "",
    reason: Why = "",
    key: Key = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """撤回自己的提议或签名 · take back what you proposed, or your signature."""
    shell = Shell(ctx, lang, as_json=as_json)
    _act(shell, "withdraw", ref=ref, person=person, at=at, key=key, reason=reason, trigger=trigger)


@commands.command("take-back")
def take_back(
    ctx: typer.Context,
    *,
    ref: Ref,
    reason: Why = "",
    person: As = "",
    key: Key = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """收回自己刚办理的一步 · take back the move you have just made."""
    shell = Shell(ctx, lang, as_json=as_json)
    _act(shell, "take_back", ref=ref, person=person, at=at, key=key, reason=reason)


@commands.command()
def claim(
    ctx: typer.Context,
    *,
    ref: Ref,
    person: As = "",
    key: Key = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """认领无人承办的案件 · take a case that nobody has."""
    shell = Shell(ctx, lang, as_json=as_json)
    _act(shell, "claim", ref=ref, person=person, at=at, key=key)


@commands.command()
def hand(
    ctx: typer.Context,
    *,
    ref: Ref,
    to: Annotated[str, typer.Option("--to", metavar="PERSON", help="转给谁 · to whom")],
    person: As = "",
    reason: Why = "",
    key: Key = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """转办：对方接收前仍由您负责 · hand a case over; until it is accepted you answer for it."""
    shell = Shell(ctx, lang, as_json=as_json)
    _act(shell, "hand", ref=ref, person=person, at=at, key=key, reason=reason, to=to)


@commands.command()
def accept(
    ctx: typer.Context,
    *,
    ref: Ref,
    person: As = "",
    key: Key = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """接收转来的案件 · accept a case that was handed to you."""
    shell = Shell(ctx, lang, as_json=as_json)
    _act(shell, "accept", ref=ref, person=person, at=at, key=key)


@commands.command("return")
def give_back(
    ctx: typer.Context,
    *,
    ref: Ref,
    person: As = "",
    reason: Annotated[str, typer.Option("--reason", help="理由 · why")],
    key: Key = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """退回转来的案件，须说明理由 · give back a case that was handed to you, saying why."""
    shell = Shell(ctx, lang, as_json=as_json)
    _act(shell, "give_back", ref=ref, person=person, at=at, key=key, reason=reason)


@commands.command()
def urge(
    ctx: typer.Context,
    *,
    ref: Ref,
    trigger: Annotated[
        str, typer.Argument(metavar="MOVE", help="催签哪个提议；不写则催经办人 · whose signature")
    ] = "",
    person: As = "",
    reason: Why = "",
    key: Key = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """催办：一天一次，不改变期限 · urge whose answer is missing, once a day; no clock moves."""
    shell = Shell(ctx, lang, as_json=as_json)
    _act(shell, "urge", ref=ref, person=person, at=at, key=key, reason=reason, trigger=trigger)


def _act(
    shell: Shell,
    kind: "MoveKind",
    *,
    ref: str,
    person: str,
    at: str,
    key: str,
    reason: str = "",
    trigger: str = "",
    to: str = "",
) -> None:
    reader, now = shell.reader(person, acts=True), shell.now(at)
    moved(shell, shell.app.cases.move(
        reader, ref=ref, now=now, kind=kind, trigger=trigger, to=to, reason=reason,
        key=key or None,
    ))  # fmt: skip
