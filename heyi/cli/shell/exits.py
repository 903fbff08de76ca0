"""Ends commands: the exit status of an error's code, and how an error is printed."""

import os
import traceback
from typing import Any

import typer
from typer.core import TyperGroup

from engine.case.errors import AccessError, HeyiError, MoveRefused, SettingsError
from engine.case.text import LANGS, Text, lang_of
from heyi.app.errors import InputWrong, NotFound
from heyi.app.messages import message_of
from heyi.app.messages import sentences as told
from heyi.app.todo import told_how
from heyi.cli.shell.words import OWN, WAYS

__all__ = [
    "ActingRefused", "InputWrong", "NotFound", "Root", "SettingsWrong", "error_view", "exit_status",
    "sentences",
]  # fmt: skip

INTERNAL = 70
_INTERNAL_ERROR = Text(
    "程序内部错误，未作改动；设 HEYI_DEBUG=1 可看详情",
    "internal error; set HEYI_DEBUG=1 to see more",
)


class ActingRefused(AccessError):
    """Acting for a person, or at another moment, works on demo data alone."""

    code = "access.acting"

    def __init__(self) -> None:
        super().__init__(
            "'--as' and '--at' work on demo data alone; sign in as yourself: heyi sign-in PERSON"
        )


class SettingsWrong(SettingsError):
    """A setting has a value that cannot be used."""

    code = "settings.value"

    def __init__(self, names: str, detail: str) -> None:
        self.names, self.detail = names, detail
        super().__init__(f"{names}: {detail}")


def exit_status(error: HeyiError) -> int:
    """Return the exit status of an error."""
    return message_of(error.code).exit


def sentences(error: HeyiError, lang: str) -> list[str]:
    """Return what to print for an error, one line a finding or reason."""
    if isinstance(error, MoveRefused):
        return _reasons(error, lang)
    if isinstance(error, (InputWrong, NotFound)):
        return [error.told.text(lang)]
    return told(error, lang_of(lang), OWN)


def _reasons(error: MoveRefused, lang: str) -> list[str]:
    lines = [Text("不能办理：", "refused:").text(lang)]
    for reason in error.reasons:
        source = (Text(f"，依据 {reason.source}", f", source {reason.source}").text(lang)) * bool(
            reason.source
        )
        lines.append(f"  - {reason.text(lang)}  [{reason.code}{source}]")
    # The state's own refusal already says what is offered.
    if error.allowed and error.code != "move.state":
        words = (Text("、", ", ").text(lang)).join(error.allowed)
        lines.append(Text(f"此环节可做：{words}", f"offered in this state: {words}").text(lang))
    return lines


def error_view(error: HeyiError) -> dict[str, Any]:
    """Return an error as plain data, for ``--json``."""
    plain: dict[str, Any] = {"code": error.code, "exit": exit_status(error)}
    if isinstance(error, MoveRefused):
        plain["reasons"] = [
            {
                "code": one.code,
                **one.words.plain(),
                "names": list(one.names),
                "source": one.source,
            }
            for one in error.reasons
        ]
        plain["allowed"] = list(error.allowed)
    else:
        plain |= {lang: "\n".join(sentences(error, lang)) for lang in LANGS}
    return {"error": plain}


class Root(TyperGroup):
    """The top command: turns every error of a command into its sentence and exit status."""

    def invoke(self, ctx: Any) -> Any:  # noqa: ANN401 - Typer brings its own click or uses another
        """Run the command; no error leaves as a traceback unless HEYI_DEBUG is set."""
        try:
            return super().invoke(ctx)
        except HeyiError as error:
            if os.environ.get("HEYI_DEBUG"):
                traceback.print_exc()
            raise typer.Exit(_ended(ctx, error)) from None
        except Exception as error:
            if not _is_ours(error):
                raise
            if os.environ.get("HEYI_DEBUG"):
                traceback.print_exc()
            both = " · ".join(_INTERNAL_ERROR.plain().values())
            typer.echo(f"{both}: {type(error).__name__}", err=True)
            raise typer.Exit(INTERNAL) from None


def _is_ours(error: Exception) -> bool:
    """Tell whether an exception is a slip of ours, not Typer's own way of ending."""
    if isinstance(error, (typer.Exit, typer.Abort, EOFError, BrokenPipeError)):
        return False
    return not hasattr(error, "exit_code")


def _ended(ctx: Any, error: HeyiError) -> int:  # noqa: ANN401 - as above
    shell = ctx.find_root().obj
    meant = _unfinished_tables(shell, error)
    if shell is None:
        typer.echo(told_how("\n".join(sentences(meant, "zh")), WAYS), err=True)
        return exit_status(meant)
    if shell.as_json:
        shell.json(error_view(meant))
    shell.say_lines(sentences(meant, shell.lang))
    return exit_status(meant)


def _unfinished_tables(shell: Any, error: HeyiError) -> HeyiError:  # noqa: ANN401 - a shell
    """Return why a database failed: tables that were never made say more than the driver."""
    if shell is None or error.code != "storage.failed":
        return error
    from heyi.bootstrap import unfinished_tables

    return unfinished_tables(shell.settings) or error
