"""``heyi demo``: three cases from opening to verified, told as they happen."""

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from heyi.cli.shell.exits import NotFound
from heyi.cli.workflow.telling import history, saying, word

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from engine.case.values import Lang
    from engine.compiling.plan import Workflow
    from heyi.app.authors.scenariofile import ScenarioDef, ScenarioFileDef
    from heyi.app.authors.scenarios import StepResult
    from heyi.app.authors.stage import Rehearsal
    from storage.work import Store

DEMO = (("consultation", "K-04"), ("mediation", "M-07"), ("access_control", "T-01"))
"""Workflow and story of each part of the demonstration."""


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
    from heyi.app.authors.stage import PUBLISHED_AT, Rehearsal
    from heyi.bootstrap import demo_mark, make_key, read_key, shelf_of, zone_of
    from heyi.settings import Settings
    from storage.kernel.schema import upgrade
    from storage.work import Store

    settings = Settings(database=f"sqlite:///{folder / 'heyi.db'}", key_file=folder / "heyi.key")
    make_key(settings.key_file)
    upgrade(settings.database)
    mark = demo_mark(settings)
    if mark is not None:
        mark.write_text("demo data: `--as` is allowed\n", encoding="utf-8")
    shelf = shelf_of(settings)
    good = True
    with (
        tempfile.TemporaryDirectory(prefix="heyi-") as spare,
        Store(settings.database, read_key(settings.key_file)) as store,
    ):
        stage = Rehearsal(shelf, Path(spare), zone_of(settings))
        with store.write() as work:
            stage.library.publish_shelf(work, at=PUBLISHED_AT)
        for rule, scenario in _played(shelf.folders, stories):
            workflow = stage.workflow(rule.workflow)
            if workflow is None:
                return False
            good = _perform(stage, store, rule, scenario, workflow, lang) and good
    return good


def _played(
    folders: "Sequence[Path]", stories: list[str]
) -> "Iterator[tuple[ScenarioFileDef, ScenarioDef]]":
    """Yield the scenarios to play: the demonstration's own, or all of some stories."""
    from heyi.app.authors.scenariofile import load_scenarios

    files = [path for folder in folders for path in sorted((folder / "tests").glob("*.yaml"))]
    found = 0
    for path in sorted(files, key=lambda path: _place(path.stem)):
        rule, _document = load_scenarios(path.read_text(encoding="utf-8"), file=str(path))
        wanted = stories or [one for name, one in DEMO if name == path.stem]
        played = [scenario for scenario in rule.scenarios if scenario.story in wanted]
        # The demonstration itself is short: one scenario of each of its stories.
        for scenario in played if stories else played[:1]:
            found += 1
            yield rule, scenario
    if not found:
        zh, en = f"没有故事“{'、'.join(stories)}”", f"no story {', '.join(stories)}"
        raise NotFound(zh, en)


def _place(name: str) -> int:
    names = [one for one, _story in DEMO]
    return names.index(name) if name in names else len(names)


def _perform(
    stage: "Rehearsal",
    store: "Store",
    rule: "ScenarioFileDef",
    scenario: "ScenarioDef",
    workflow: "Workflow",
    lang: "Lang",
) -> bool:
    title = workflow.definition.title.text(lang)
    typer.secho(f"\n{scenario.story}  {scenario.name.text(lang)}  [{title}]", bold=True)
    cases = stage.cases(store, rule, scenario)
    told = 0
    played = None
    for played in stage.play(cases, rule, scenario, workflow):
        for step in played.steps[told:]:
            _tell_step(step, workflow, lang)
        told = len(played.steps)
    if played is None:
        return False
    typer.echo(word("  历史", "  history", lang))
    for line in history(played, lang):
        typer.echo(line)
    seen = next((s.seen for s in reversed(played.steps) if s.seen), None)
    number = seen.case.number if seen else ""
    if played.passed:
        count = len(played.events)
        words = word(f"{count}个事件，核验无误", f"{count} events, chain and fold agree", lang)
        typer.secho(f"  {number}  verified · {words}", fg="green")
    else:
        typer.secho(
            f"  {number}  {word('与预期不符', 'not as expected', lang)}", fg="red", err=True
        )
    return bool(played.passed)


def _tell_step(step: "StepResult", workflow: "Workflow", lang: "Lang") -> None:
    typer.echo(f"  {saying(step, lang)}")
    for reason in step.refused:
        source = f"  [{reason.source}]" if reason.source else ""
        typer.secho(f"      ✗ {reason.code}  {reason.text(lang)}{source}", fg="yellow")
    if step.seen is not None and not step.refused:
        typer.echo(f"      → {workflow.label('states', step.seen.case.state, lang)}")
    for what, want, have in step.wrong:
        typer.secho(f"      {what}: {want} ≠ {have}", fg="red")
