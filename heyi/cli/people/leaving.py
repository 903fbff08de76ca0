"""``heyi person cases`` and ``handover``: what names somebody who leaves, and who takes it."""

from typing import TYPE_CHECKING, Annotated

import typer

from engine.case.text import Text
from heyi.cli.people.commands import PersonId, persons
from heyi.cli.shell.columns import columns
from heyi.cli.shell.shell import After, As, At, Json, Lang, Shell

if TYPE_CHECKING:
    from collections.abc import Iterable

    from heyi.app.cases.handovers import NamedCase

__all__ = ["persons"]


@persons.command("cases")
def named_cases(
    ctx: typer.Context,
    *,
    person: PersonId,
    after: After = "",
    limit: Annotated[int, typer.Option("--limit", min=1, help="最多几件 · how many")] = 50,
    acting: As = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """哪些未结案件还写着此人 · which open cases still name somebody."""
    shell = Shell(ctx, lang, as_json=as_json)
    page = shell.app.handovers.named(
        shell.reader(acting), person=person, now=shell.now(at), after=after, limit=limit
    )
    if as_json:
        shell.json({"items": [one.plain() for one in page.items], "next": page.next})
        return
    for line in columns(_rows(page.items)):
        shell.out(line)


@persons.command("handover")
def hand_over(
    ctx: typer.Context,
    *,
    person: PersonId,
    to: Annotated[str, typer.Option("--to", metavar="PERSON", help="交给谁 · to whom")],
    reason: Annotated[str, typer.Option("--reason", help="理由 · why")] = "",
    acting: As = "",
    at: At = "",
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """离职交接：在办案件一次转给一人，并列出剩下的 · hand over all cases of who leaves."""
    shell = Shell(ctx, lang, as_json=as_json)
    done = shell.app.handovers.hand_over(
        shell.reader(acting, acts=True), person=person, to=to, now=shell.now(at), reason=reason
    )
    if as_json:
        shell.json(done.plain())
        return
    for line in columns(_rows(done.handed)):
        shell.out(line)
    for one, cells in zip(done.left, columns(_rows(done.left)), strict=True):
        shell.out(f"{cells}  ✗ {one.why}")
    told = Text(
        f"已转给 {to} {len(done.handed)}件，待其接收；还有{len(done.left)}件写着 {person}",
        f"handed {len(done.handed)} to {to}, who is to accept them; "
        f"{len(done.left)} still name {person}",
    )
    shell.say(told)


def _rows(cases: "Iterable[NamedCase]") -> list[list[str]]:
    return [
        [one.number or one.case, one.workflow, one.state_label, "、".join(one.named_as)]
        for one in cases
    ]
