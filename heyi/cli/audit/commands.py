"""``heyi audit``: verify all that is kept, and read the office's own acts."""

from typing import Annotated

import typer

from heyi.cli.case.reading import verify
from heyi.cli.shell.columns import columns
from heyi.cli.shell.shell import Json, Lang, Shell

commands = typer.Typer(
    name="audit", no_args_is_help=True, rich_markup_mode=None, help="审计 · audit"
)
commands.command("verify")(verify)


@commands.command()
def acts(
    ctx: typer.Context,
    *,
    kind: Annotated[
        str, typer.Option("--kind", help="只看这一类，如 post · only this kind or family")
    ] = "",
    by: Annotated[str, typer.Option("--by", help="只看此人的 · only this person's")] = "",
    before: Annotated[int, typer.Option("--before", min=0, help="此号之前的 · older ones")] = 0,
    limit: Annotated[int, typer.Option("--limit", min=1, max=1000, help="条数 · how many")] = 50,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """办公室自身的行为：人员、岗位、发布、登录等，新的在前；审计员可看 · acts, for auditors."""
    shell = Shell(ctx, lang, as_json=as_json)
    page = shell.app.audit.acts(
        shell.officer(), kind=kind, by=by, cursor=str(before or ""), limit=limit
    )
    if as_json:
        shell.json([one.plain() for one in page.items])
        return
    rows = [
        [
            str(one.seq), one.at, one.kind, one.actor or "-", one.via,
            " ".join(f"{name}={value}" for name, value in one.about.items()),
        ]
        for one in page.items
    ]  # fmt: skip
    for line in columns(rows):
        shell.out(line)
