"""How commands end: one table from an error's code to the exit status, one way to tell it."""

import os
import traceback
from typing import Any

import typer
from typer.core import TyperGroup

from engine.case.errors import AccessError, DefinitionError, HeyiError, MoveRefused, SettingsError
from heyi.cli.shell.words import EN, ZH

EXITS: dict[str, int] = {
    "definition": 1,
    "usage": 2,
    "settings": 2,
    "access": 4,
    "move": 6,
    "move.role": 4,
    "move.barred": 4,
    "move.conflict": 5,
    "move.duplicate": 5,
    "table": 6,
    "link": 6,
    "admission": 3,
    "document.not_issued": 6,
    "document.template": 1,
    "storage": 70,
    "storage.case_not_found": 3,
    "storage.unit_not_found": 3,
    "storage.person_not_found": 3,
    "storage.catalogue_not_found": 3,
    "storage.workflow_version_unknown": 3,
    "storage.unknown_reference": 3,
    "storage.stale_case": 5,
    "storage.duplicate_case": 5,
    "storage.workflow_version_taken": 5,
    "storage.calendar_taken": 5,
    "storage.idempotency_mismatch": 5,
    "storage.idempotency_taken": 5,
    "storage.busy": 5,
    "storage.unit_circle": 6,
    "storage.seal_broken": 1,
    "storage.text_refused": 2,
    "storage.database_refused": 2,
    "storage.master_key_refused": 2,
    "storage.schema_outdated": 2,
    "calendar.unknown": 3,
    "calendar.past": 5,
    "not_found": 3,
}
"""Exit status by error code; a code that is not listed takes that of the part before its dot."""

INTERNAL = 70


class InputWrong(HeyiError):
    """An argument, option or file given to a command cannot be used."""

    code = "usage.input"

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(en)


class NotFound(HeyiError):
    """There is no such file, workflow or code."""

    code = "not_found"

    def __init__(self, zh: str, en: str) -> None:
        self.zh, self.en = zh, en
        super().__init__(en)


class ActingRefused(AccessError):
    """Acting for a person from the command line is not permitted on this data."""

    code = "access.acting"

    def __init__(self) -> None:
        super().__init__(
            "'--as' and '--at' work on demo data only; the operator may set HEYI_ACT_AS=true"
        )


class SettingsWrong(SettingsError):
    """A setting has a value that cannot be used."""

    code = "settings.value"

    def __init__(self, names: str, detail: str) -> None:
        self.names, self.detail = names, detail
        super().__init__(f"{names}: {detail}")


class KeyLost(SettingsError):
    """The database has content, but its key file is not there; a new key would not open it."""

    code = "settings.key_lost"

    def __init__(self, path: str) -> None:
        self.path = path
        super().__init__(f"the database is in use but '{path}' is missing; put its key file back")


def exit_status(error: HeyiError) -> int:
    """Return the exit status of an error."""
    code = error.code
    while code not in EXITS and "." in code:
        code = code.rpartition(".")[0]
    return EXITS.get(code, INTERNAL)


def sentences(error: HeyiError, lang: str) -> list[str]:
    """Return what to print for an error, one line a finding or reason."""
    if isinstance(error, DefinitionError):
        return [problem.text(lang) for problem in error.problems]
    if isinstance(error, MoveRefused):
        return _reasons(error, lang)
    if isinstance(error, (InputWrong, NotFound)):
        return [error.zh if lang == "zh" else error.en]
    template = (ZH if lang == "zh" else EN).get(error.code)
    return [template.format_map(vars(error)) if template else str(error)]


def _reasons(error: MoveRefused, lang: str) -> list[str]:
    zh = lang == "zh"
    lines = ["不能办理：" if zh else "refused:"]
    for reason in error.reasons:
        source = (f"，依据 {reason.source}" if zh else f", source {reason.source}") * bool(
            reason.source
        )
        lines.append(f"  - {reason.text(lang)}  [{reason.code}{source}]")
    # The state's own refusal already says what is offered.
    if error.allowed and error.code != "move.state":
        words = ("、" if zh else ", ").join(error.allowed)
        lines.append(f"此环节可做：{words}" if zh else f"offered in this state: {words}")
    return lines


def error_view(error: HeyiError) -> dict[str, Any]:
    """Return an error as plain data, for ``--json``."""
    plain: dict[str, Any] = {"code": error.code, "exit": exit_status(error)}
    if isinstance(error, MoveRefused):
        plain["reasons"] = [
            {"code": r.code, "zh": r.zh, "en": r.en, "names": list(r.names), "source": r.source}
            for r in error.reasons
        ]
        plain["allowed"] = list(error.allowed)
    else:
        plain["zh"] = "\n".join(sentences(error, "zh"))
        plain["en"] = "\n".join(sentences(error, "en"))
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
            raise typer.Exit(_told(ctx, error)) from None
        except Exception as error:
            if not _is_ours(error):
                raise
            if os.environ.get("HEYI_DEBUG"):
                traceback.print_exc()
            zh = "程序内部错误，未作改动；设 HEYI_DEBUG=1 可看详情"
            en = "internal error; set HEYI_DEBUG=1 to see more"
            typer.echo(f"{zh} · {en}: {type(error).__name__}", err=True)
            raise typer.Exit(INTERNAL) from None


def _is_ours(error: Exception) -> bool:
    """Tell whether an exception is a slip of ours, not Typer's own way of ending."""
    if isinstance(error, (typer.Exit, typer.Abort, EOFError, BrokenPipeError)):
        return False
    return not hasattr(error, "exit_code")


def _told(ctx: Any, error: HeyiError) -> int:  # noqa: ANN401 - as above
    shell = ctx.find_root().obj
    told = _unfinished_tables(shell, error)
    if shell is None:
        typer.echo("\n".join(sentences(told, "zh")), err=True)
        return exit_status(told)
    if shell.as_json:
        shell.json(error_view(told))
    shell.say_lines(sentences(told, shell.lang))
    return exit_status(told)


def _unfinished_tables(shell: Any, error: HeyiError) -> HeyiError:  # noqa: ANN401 - a shell
    """Return why a database failed: tables that were never made say more than the driver."""
    if shell is None or error.code != "storage.failed":
        return error
    from engine.case.errors import StorageError
    from storage.kernel.schema import check

    try:
        check(shell.settings.database)
    except StorageError as better:
        return better
    except Exception:
        # The database cannot even be asked: the first error says it best.
        return error
    return error
