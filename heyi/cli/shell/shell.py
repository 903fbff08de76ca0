"""Gives a command its language, settings and application, and writes its output."""

import getpass
import json
import re
from dataclasses import replace
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING, Annotated, Any, Literal

import typer

from engine.case.text import Text, lang_of
from heyi.app.todo import told_how
from heyi.cli.shell.exits import ActingRefused, InputWrong, SettingsWrong
from heyi.cli.shell.words import WAYS

if TYPE_CHECKING:
    from heyi.app.app import App
    from heyi.app.authors.authors import Authors
    from heyi.app.authors.writing.writing import Writing
    from heyi.app.reader import Reader
    from heyi.settings import Settings

Lang = Annotated[
    Literal["zh", "en"] | None, typer.Option("--lang", help="输出语言 · language of the output")
]
Json = Annotated[bool, typer.Option("--json", help="输出 JSON · print JSON")]
As = Annotated[
    str,
    typer.Option("--as", metavar="PERSON", help="以谁的身份，仅演示数据 · for which person, demo"),
]
After = Annotated[
    str, typer.Option("--after", metavar="PLACE", help="上一页所示之后 · as the page before tells")
]
At = Annotated[
    str, typer.Option("--at", hidden=True, metavar="MOMENT", help="当作此刻 · taken for now")
]

# Escape sequences in what people wrote must not steer the terminal of who reads it.
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff]")


class Shell:
    """The input and output of one command: data to stdout, messages to stderr."""

    def __init__(
        self, ctx: typer.Context, lang: str | None = None, *, as_json: bool = False
    ) -> None:
        """Open the shell and let the top command know it, for errors.

        Args:
            ctx: the command's context; closing it closes the database.
            lang: as given; None for the setting's.
            as_json: data and errors go out as JSON.
        """
        self.as_json = as_json
        self._lang, self._settings, self._app = lang, None, None
        self._authors = None
        root = ctx.find_root()
        root.obj = self
        root.call_on_close(self.close)

    _settings: "Settings | None"
    _app: "App | None"
    _authors: "Authors | None"

    @property
    def lang(self) -> str:
        """The language: as asked, else the setting; Chinese where settings are wrong."""
        if self._lang is None:
            try:
                self._lang = self.settings.lang
            except SettingsWrong:
                self._lang = "zh"
        return self._lang

    @property
    def settings(self) -> "Settings":
        """The settings, read once.

        Raises:
            SettingsWrong: naming each environment variable that cannot be used.
        """
        if self._settings is None:
            from pydantic import ValidationError

            from heyi.settings import Settings

            try:
                self._settings = Settings()
            except ValidationError as error:
                wrong = error.errors(include_url=False, include_input=False)
                names = ", ".join("HEYI_" + str(w["loc"][0]).upper() for w in wrong)
                raise SettingsWrong(names, "; ".join(w["msg"] for w in wrong)) from error
        return self._settings

    @property
    def app(self) -> "App":
        """The application, built once; its areas are made when they are asked for."""
        if self._app is None:
            from heyi.bootstrap import build

            self._app = build(self.settings)
        return self._app

    @property
    def authors(self) -> "Authors":
        """The use cases on files alone: neither database nor key is needed."""
        if self._authors is None:
            from heyi.bootstrap import authors_of

            self._authors = authors_of(self.settings)
        return self._authors

    @property
    def writing(self) -> "Writing":
        """The use cases on the text of files: neither database nor key is needed."""
        from heyi.bootstrap import writing_of

        return writing_of(self.settings)

    def close(self) -> None:
        """Close the application."""
        if self._app is not None:
            self._app.close()
            self._app = None

    def reader(self, person: str = "", *, acts: bool = False) -> "Reader":
        """Return the reader: who signed in, on demo data who is acted for, else nobody.

        Args:
            person: as given with ``--as``; "" where it was not.
            acts: the person moves, so there must be one.

        Raises:
            ActingRefused: a person is named outside demo data.
            InputWrong: nobody is named on demo data, and the person moves.
            NotFounded: nobody can have signed in, and the person moves.
            SignInNeeded: nobody has signed in, and the person moves.
            SessionEnded: who had signed in has to do it again.
        """
        if person:
            self.acting()
        elif self.is_demo:
            if acts:
                raise InputWrong(Text("请用 --as 写明以谁的身份", "name the person with --as"))
        else:
            person = self.signed_in()
            if acts and not person:
                from heyi.app.acts.errors import SignInNeeded

                if self.app.has_database:
                    # Before there are accounts, signing in is no way out.
                    self.app.office.require_tables(self.anybody())
                raise SignInNeeded
        return replace(self.anybody(), person=person, via=_door() if person else "")

    def officer(self) -> "Reader":
        """Return who acts for the office: who signed in; on demo data the office itself.

        Raises:
            SignInNeeded: nobody has signed in.
            SessionEnded: who had signed in has to do it again.
        """
        return self.office("demo") if self.is_demo else self.reader(acts=True)

    def office(self, purpose: str) -> "Reader":
        """Return the office itself as a reader, for an operator's command of this name."""
        from heyi.app.reader import Reader

        return Reader.system(purpose, self.anybody().lang)

    def at_door(self) -> "Reader":
        """Return nobody in particular at this door, who is about to sign in or out."""
        return replace(self.anybody(), via=_door())

    def anybody(self) -> "Reader":
        """Return nobody in particular, for what has nothing to do with a database."""
        from heyi.app.reader import Reader

        return Reader(lang=lang_of(self.lang))

    @cached_property
    def is_demo(self) -> bool:
        """Whether the database is there and was marked as demo data."""
        return self.app.has_database and self.app.office.standing(self.anybody()).demo

    def signed_in(self) -> str:
        """Return who has signed in on this machine; "" for nobody.

        Raises:
            SessionEnded: they have to do it again.
        """
        from heyi.bootstrap import system_clock
        from heyi.cli.shell.tokenfile import read_token

        token = read_token(self.settings.token_file) if self.app.has_database else ""
        if not token:
            return ""
        accounts = self.app.accounts
        return accounts.who(self.anybody(), token=token, now=system_clock()).person

    def acting(self) -> None:
        """Refuse to act for somebody, or at another moment, outside demo data.

        Raises:
            ActingRefused: it is no demo data.
        """
        if not self.is_demo:
            raise ActingRefused

    def now(self, at: str = "") -> datetime:
        """Return the present moment, or the one given in its place.

        Raises:
            ActingRefused: ``at`` was given where acting is not permitted.
            InputWrong: ``at`` is no moment.
        """
        from heyi.bootstrap import system_clock

        if not at:
            return system_clock()
        self.acting()
        return self.moment(at)

    def moment(self, text: str) -> datetime:
        """Return a moment as written: ``2026-03-02 10:00``, in the office's zone if it has none.

        Raises:
            InputWrong: it is none.
        """
        from heyi.bootstrap import zone_of

        try:
            found = datetime.fromisoformat(text)
        except ValueError:
            told = Text(
                f"“{text}”不是时刻；例如 2026-03-02 10:00",
                f"'{text}' is no moment; write 2026-03-02 10:00",
            )
            raise InputWrong(told) from None
        return found if found.tzinfo else found.replace(tzinfo=zone_of(self.settings))

    def word(self, told: Text) -> str:
        """Return the text in the shell's language."""
        return told.text(self.lang)

    def out(self, text: str) -> None:
        """Print data for people, on stdout."""
        typer.echo(printable(text))

    def json(self, value: Any) -> None:  # noqa: ANN401 - whatever JSON can hold
        """Print data for programs, on stdout."""
        text = told_how(json.dumps(value, ensure_ascii=False, indent=2), WAYS)
        typer.echo(text.encode("utf-8", "backslashreplace").decode("utf-8"))

    def say(self, told: Text) -> None:
        """Print a message on stderr."""
        typer.echo(printable(self.word(told)), err=True)

    def more(self, cursor: str | None) -> None:
        """Say on stderr how to see the next page, where there is one."""
        if cursor is not None:
            self.say(Text(f"还有：--after {cursor}", f"there is more: --after {cursor}"))

    def say_lines(self, lines: list[str]) -> None:
        """Print lines that are already worded on stderr."""
        typer.echo(printable("\n".join(lines)), err=True)


def _door() -> str:
    """Return what is recorded as the door: this command line, and who uses the machine."""
    return f"cli:{getpass.getuser()}"


def printable(text: str) -> str:
    """Return a text with commands filled in, and control characters escaped."""
    return _CONTROL.sub(lambda match: f"\\x{ord(match[0]):02x}", told_how(text, WAYS))
