"""The command ``heyi``: joins the commands of every module, and ends the process.

Nothing heavy may be imported here or at the top of a command's module: ``heyi --help`` must
answer at once.
"""

import sys
from typing import Annotated, Any, Literal

import typer

from heyi.cli.account import commands as account
from heyi.cli.account import sessions
from heyi.cli.admission import commands as admission
from heyi.cli.alert import commands as alert
from heyi.cli.audit import commands as audit
from heyi.cli.calendar import commands as calendar
from heyi.cli.case import beside, printing, viewing
from heyi.cli.clock import commands as clock
from heyi.cli.demo import commands as demo
from heyi.cli.dispute import commands as dispute
from heyi.cli.office import commands as office
from heyi.cli.people import leaving, reaching
from heyi.cli.serving import commands as serving
from heyi.cli.shell.exits import Root
from heyi.cli.workflow import authoring, publishing, testing
from heyi.cli.workflow import commands as workflow

app = typer.Typer(
    cls=Root,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    add_completion=False,
    help="heyi 和议：按规则办理社区事项 · run the cases of a community office by rules",
)
for group in (
    workflow.commands, beside.commands, viewing.commands, admission.commands, reaching.units,
    reaching.persons, leaving.persons, office.database, calendar.commands, clock.commands,
    alert.commands, dispute.commands, audit.commands, sessions.sessions,
):  # fmt: skip
    app.add_typer(group)
printing.commands.command("similar")(dispute.similar)
workflow.commands.command("explain")(authoring.explain)
workflow.commands.command("new")(authoring.new)
workflow.commands.command("fmt")(authoring.fmt)
workflow.commands.add_typer(authoring.table)
workflow.commands.command("test")(testing.test)
workflow.commands.command("publish")(publishing.publish)
app.command("sign-in")(account.sign_in)
app.command("sign-out")(account.sign_out)
app.command("demo")(demo.demo)
app.command("serve")(serving.serve)
app.command("worker")(serving.worker)
app.command("deploy")(serving.deploy)
app.command("doctor")(office.doctor)
app.command("settings")(office.settings)


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import PackageNotFoundError, version

        try:
            typer.echo(f"heyi {version('heyi')}")
        except PackageNotFoundError:
            typer.echo("heyi, not installed: run from its sources")
        raise typer.Exit


@app.callback()
def _top(
    ctx: typer.Context,
    lang: Annotated[
        Literal["zh", "en"] | None,
        typer.Option("--lang", help="输出语言 · language of the output"),
    ] = None,
    _version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="版本 · version"),
    ] = False,
) -> None:
    """Heyi 和议：按规则办理社区事项 · run the cases of a community office by rules."""
    if lang is not None:
        ctx.default_map = _everywhere(ctx.command, lang)


def _everywhere(group: Any, lang: str) -> dict[str, Any]:  # noqa: ANN401 - Typer's own click
    """Return defaults that give ``--lang`` to every command below."""
    names = group.commands
    return {
        name: _everywhere(names[name], lang) if hasattr(names[name], "commands") else {"lang": lang}
        for name in names
    }


def main() -> None:
    """Run the command line; always ends with ``SystemExit``."""
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a character shows its number instead of failing.
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    app()
