"""``heyi demo``: three cases from opening to verified, printed as they happen."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from engine.case.text import Text
from heyi.cli.workflow.telling import history, saying

if TYPE_CHECKING:
    from engine.case.values import Lang
    from heyi.app.authors.playedmodels import PlayedView, StepView


def demo(
    keep: Annotated[
        Path | None,
        typer.Option("--keep", help="把数据留在此文件夹 · keep the data in this folder"),
    ] = None,
    story: Annotated[
        list[str] | None,
        typer.Option("--story", help="演示这些故事，如 M-12 · play these stories instead"),
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="zh 或 en · zh or en")] = None,
) -> None:
    """演示三个案件：从立案到核验，含被拒绝的步骤 · three cases from opening to verified."""
    from heyi.settings import Settings

    settings = Settings()
    spoken: Lang = "en" if (lang or settings.lang) == "en" else "zh"
    if keep is not None:
        if keep.exists() and any(keep.iterdir()):
            message = f"'{keep}' is not empty; name a new folder"
            raise typer.BadParameter(message)
        keep.mkdir(parents=True, exist_ok=True)
        good = _demonstrate(keep, spoken, story or [])
        database = keep / "heyi.db"
        typer.echo(f"HEYI_DATABASE=sqlite:///{database} HEYI_KEY_FILE={keep / 'heyi.key'}")
    else:
        with tempfile.TemporaryDirectory(prefix="heyi-") as folder:
            good = _demonstrate(Path(folder), spoken, story or [])
    raise typer.Exit(0 if good else 1)


def _demonstrate(folder: Path, lang: "Lang", stories: list[str]) -> bool:
    """Play the demonstration into a folder; tell whether all went as expected."""
    from heyi.app.authors.playedmodels import PlayedView, SceneView
    from heyi.app.reader import Reader
    from heyi.bootstrap import build
    from heyi.settings import Settings

    app = build(Settings(database=f"sqlite:///{folder / 'heyi.db'}", key_file=folder / "heyi.key"))
    reader, good = Reader.nobody(lang), True
    owner = Reader.system("demo", lang)
    app.office.make_key(owner)
    app.office.upgrade_tables(owner, now=app.clock())
    app.office.mark_demo(owner, now=app.clock())
    try:
        for part in app.authors.perform(reader, stories=stories):
            if isinstance(part, SceneView):
                typer.secho(f"\n{part.story}  {part.says}  [{part.title}]", bold=True)
            elif isinstance(part, PlayedView):
                good = _tell_end(part, lang) and good
            else:
                _tell_step(part, lang)
    finally:
        app.close()
    return good


def _tell_end(played: "PlayedView", lang: "Lang") -> bool:
    typer.echo(Text("  历史", "  history").text(lang))
    for line in history(played, lang):
        typer.echo(line)
    number = played.number or ""
    if played.passed:
        count = len(played.history)
        words = Text(f"{count}个事件，核验无误", f"{count} events, chain and fold agree").text(lang)
        typer.secho(f"  {number}  verified · {words}", fg="green")
    else:
        typer.secho(
            f"  {number}  {Text('与预期不符', 'not as expected').text(lang)}", fg="red", err=True
        )
    return played.passed


def _tell_step(step: "StepView", lang: "Lang") -> None:
    typer.echo(f"  {saying(step, lang)}")
    for reason in step.refused:
        source = f"  [{reason.source}]" if reason.source else ""
        typer.secho(f"      ✗ {reason.code}  {reason.text}{source}", fg="yellow")
    if step.state:
        typer.echo(f"      → {step.state}")
    for one in step.wrong:
        typer.secho(f"      {one.what}: {one.expected} ≠ {one.found}", fg="red")
