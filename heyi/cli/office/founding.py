"""Asks for the three persons of an office once, and tells their one-time passwords once."""

import sys
from collections.abc import Mapping
from typing import TYPE_CHECKING

import typer

from engine.case.text import Text
from heyi.cli.shell.exits import InputWrong
from heyi.cli.shell.shell import Shell

if TYPE_CHECKING:
    from heyi.app.office.models import Founder

POSTS = {
    "administrator": Text("系统管理员", "administrator"),
    "security": Text("安全管理员", "security"),
    "auditor": Text("审计员", "auditor"),
}
"""The posts to their words, in the order in which they are asked for."""


def mark(shell: Shell) -> None:
    """Mark an empty database as demo data."""
    shell.app.office.mark_demo(shell.office("demo"), now=shell.now())


def found(shell: Shell, named: Mapping[str, str], *, unit: str, title: str) -> None:
    """Name the three persons and print their slips; asks for them where a person sits there.

    Raises:
        NotFounded: not all three are given, and there is nobody to ask.
    """
    founders = {post: _founder(shell, post, text) for post, text in named.items()}
    view = shell.app.office.found(
        shell.office("founding"), administrator=founders["administrator"],
        security=founders["security"], auditor=founders["auditor"],
        now=shell.now(), unit=unit, title=title,
    )  # fmt: skip
    shell.say(
        Text(
            "一次性密码只显示这一次，请分别交给本人；第一次登录（heyi sign-in）须改为自己的：",
            "one-time passwords, shown this once; hand each to its person, who signs in"
            " (heyi sign-in) and chooses another:",
        )
    )
    for slip in view.slips:
        word = shell.word(POSTS[slip.post])
        shell.out(f"{word}  {slip.person}  {slip.name}  {slip.password}")


def _founder(shell: Shell, post: str, text: str) -> "Founder":
    from heyi.app.acts.errors import NotFounded
    from heyi.app.office.models import Founder

    if not text:
        if not sys.stdin.isatty():
            raise NotFounded
        word = shell.word(POSTS[post])
        text = typer.prompt(shell.word(Text(f"{word}（id=姓名）", f"{word} (id=name)")), err=True)
    person, _is, name = text.partition("=")
    if not person.strip():
        raise InputWrong(Text(f"“{text}”应写作 id=姓名", f"'{text}' is no id=name"))
    return Founder(person=person.strip(), name=name.strip())
