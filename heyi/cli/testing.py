"""`heyi workflow test` and `heyi demo`: author tests, told as they happen."""

import json
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

if TYPE_CHECKING:
    from engine.plan import Workflow
    from engine.values import Event
    from heyi.services.rehearsal import Played, Rehearsal
    from heyi.services.scenariofile import ScenarioDef, ScenarioFileDef
    from heyi.services.scenarios import StepResult
    from storage.work import Store

DEMO = (("consultation", "K-04"), ("mediation", "M-07"), ("access_control", "T-01"))
"""Workflow and story of each part of the demonstration."""


def test(
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="测试文件；默认全部自带的 · test files; by default the shipped ones"),
    ] = None,
    story: Annotated[str, typer.Option("--story", help="只跑这一个故事 · this story only")] = "",
    as_json: Annotated[bool, typer.Option("--json", help="JSON 输出 · print JSON")] = False,
    lang: Annotated[str | None, typer.Option("--lang", help="zh 或 en · zh or en")] = None,
) -> None:
    """运行流程作者的测试，每步之后从库中重新读案件 · run author tests; exit 1 where one fails."""
    from heyi.bootstrap import shelf_of
    from heyi.settings import Settings

    settings = Settings()
    lang = lang or settings.lang
    shelf = shelf_of(settings)
    paths = files or [p for f in shelf.folders for p in sorted((f / "tests").glob("*.yaml"))]
    told: list[dict[str, Any]] = []
    for path, played in _plays(paths, story):
        told.append(_plain(path, played))
        if not as_json:
            _tell(path, played, lang)
    failed = sum(not one["passed"] for one in told)
    if as_json:
        typer.echo(json.dumps(told, ensure_ascii=False, indent=1))
    else:
        words = f"{len(told) - failed} passed, {failed} failed"
        typer.echo(words, err=failed > 0)
    raise typer.Exit(1 if failed or not told else 0)


def _plays(paths: list[Path], story: str) -> Iterator[tuple[Path, "Played"]]:
    """Yield every scenario of the files, played to its end."""
    from heyi.bootstrap import shelf_of, zone_of
    from heyi.services.rehearsal import Rehearsal
    from heyi.services.scenariofile import load_scenarios
    from heyi.settings import Settings

    settings = Settings()
    with tempfile.TemporaryDirectory(prefix="heyi-") as folder:
        stage = Rehearsal(shelf_of(settings), Path(folder), zone_of(settings))
        for path in paths:
            rule, _document = load_scenarios(path.read_text(encoding="utf-8"), file=str(path))
            workflow = stage.workflow(rule.workflow)
            if workflow is None:
                message = f"'{path}': no workflow '{rule.workflow}' in {stage.shelf.folders}"
                raise typer.BadParameter(message)
            for scenario in rule.scenarios:
                if story and story != scenario.story:
                    continue
                with stage.stage(rule, scenario) as cases:
                    *_, played = stage.play(cases, rule, scenario, workflow)
                    yield path, played


def _plain(path: Path, played: "Played") -> dict[str, Any]:
    return {
        "file": str(path),
        "story": played.scenario.story,
        "name": played.scenario.name.model_dump(),
        "passed": played.passed,
        "steps": len(played.steps),
        "wrong": [
            {"step": step.place, "what": what, "expected": want, "found": have}
            for step in played.steps
            for what, want, have in step.wrong
        ],
        "verified": not played.findings,
    }


def _tell(path: Path, played: "Played", lang: str) -> None:
    mark = "✓" if played.passed else "✗"
    story = f"{played.scenario.story} " if played.scenario.story else ""
    typer.echo(f"{mark} {path.stem}: {story}{played.scenario.name.text(lang)}")
    for step in played.steps:
        for what, want, have in step.wrong:
            typer.echo(f"    {step.place}. {_saying(step, lang)}")
            typer.echo(f"      {what}")
            typer.echo(f"        {_word('期望', 'expected', lang)}: {want}")
            typer.echo(f"        {_word('实际', 'found', lang)}: {have}")
    if any(step.wrong for step in played.steps):
        _history(played, lang)


def _history(played: "Played", lang: str) -> None:
    from engine.times import parse_moment

    seen = next((s.seen for s in reversed(played.steps) if s.seen), None)
    if seen is None:
        return
    for event in played.events:
        when = parse_moment(event.occurred_at).astimezone(seen.world.zone)
        line = _event_line(event, seen.workflow, lang)
        typer.echo(f"    {event.seq:>3}  {when:%Y-%m-%d %H:%M}  {event.actor:<8} {line}")


def _event_line(event: "Event", workflow: "Workflow", lang: str) -> str:
    kinds = {
        "opened": ("立案", "opened"), "moved": ("流转", "moved"), "amended": ("补录", "amended"),
        "proposed": ("提议", "proposed"), "signed": ("签署", "signed"),
        "corrected": ("更正", "corrected"), "linked": ("关联", "linked"),
    }  # fmt: skip
    zh, en = kinds[event.kind]
    words = [_word(zh, en, lang)]
    rule = event.public.get("rule")
    if rule:
        words.append(f"{rule} {workflow.move_label(str(event.public['trigger']), lang)}")
    if event.public.get("to"):
        source = str(event.public.get("from") or "")
        names = [workflow.label("states", s, lang) for s in (source, str(event.public["to"])) if s]
        words.append(" → ".join(names))
    if event.public.get("given") and event.kind in {"amended", "corrected"}:
        given: Any = event.public["given"]
        words.append("、".join(workflow.label("fields", name, lang) for name in given))
    return "  ".join(words)


def demo(
    keep: Annotated[
        Path | None,
        typer.Option("--keep", help="把数据留在此文件夹 · keep the data in this folder"),
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", help="zh 或 en · zh or en")] = None,
) -> None:
    """演示三个案件：从立案到核验，含被拒绝的步骤 · three cases from opening to verified."""
    from heyi.settings import Settings

    settings = Settings()
    lang = lang or settings.lang
    if keep is not None:
        if keep.exists() and any(keep.iterdir()):
            message = f"'{keep}' is not empty; name a new folder"
            raise typer.BadParameter(message)
        keep.mkdir(parents=True, exist_ok=True)
        good = _demonstrate(keep, lang)
        database = keep / "heyi.db"
        typer.echo(f"HEYI_DATABASE=sqlite:///{database} HEYI_KEY_FILE={keep / 'heyi.key'}")
    else:
        with tempfile.TemporaryDirectory(prefix="heyi-") as folder:
            good = _demonstrate(Path(folder), lang)
    raise typer.Exit(0 if good else 1)


def _demonstrate(folder: Path, lang: str) -> bool:
    from heyi.bootstrap import demo_mark, make_key, read_key, shelf_of, zone_of
    from heyi.services.rehearsal import PUBLISHED_AT, Rehearsal
    from heyi.services.scenariofile import load_scenarios
    from heyi.settings import Settings
    from storage.schema import upgrade
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
        for name, story in DEMO:
            found = next((f / "tests" / f"{name}.yaml" for f in shelf.folders), Path())
            rule, _document = load_scenarios(found.read_text(encoding="utf-8"), file=str(found))
            workflow = stage.workflow(name)
            scenario = next(s for s in rule.scenarios if s.story == story)
            if workflow is None:
                return False
            good = _perform(stage, store, rule, scenario, workflow, lang) and good
    return good


def _perform(
    stage: "Rehearsal",
    store: "Store",
    rule: "ScenarioFileDef",
    scenario: "ScenarioDef",
    workflow: "Workflow",
    lang: str,
) -> bool:
    title = workflow.rule.title.text(lang)
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
    typer.echo(_word("  历史", "  history", lang))
    _history(played, lang)
    seen = next((s.seen for s in reversed(played.steps) if s.seen), None)
    number = seen.case.number if seen else ""
    if played.passed:
        count = len(played.events)
        words = _word(f"{count}个事件，核验无误", f"{count} events, chain and fold agree", lang)
        typer.secho(f"  {number}  verified · {words}", fg="green")
    else:
        typer.secho(
            f"  {number}  {_word('与预期不符', 'not as expected', lang)}", fg="red", err=True
        )
    return bool(played.passed)


def _tell_step(step: "StepResult", workflow: "Workflow", lang: str) -> None:
    typer.echo(f"  {_saying(step, lang)}")
    for reason in step.refused:
        source = f"  [{reason.source}]" if reason.source else ""
        typer.secho(f"      ✗ {reason.code}  {reason.text(lang)}{source}", fg="yellow")
    if step.seen is not None and not step.refused:
        typer.echo(f"      → {workflow.label('states', step.seen.case.state, lang)}")
    for what, want, have in step.wrong:
        typer.secho(f"      {what}: {want} ≠ {have}", fg="red")


def _saying(step: "StepResult", lang: str) -> str:
    one = step.step
    word = one.does or one.signs or ""
    label = step.seen.workflow.move_label(word, lang) if step.seen and word else ""
    when = f"{one.at:%Y-%m-%d %H:%M}" if one.at else ""
    if one.opens is not None:
        what = _word("立案", "opens the case", lang)
    elif one.does is not None:
        what = f"{_word('办理', 'does', lang)} {one.does} {label}"
    elif one.signs is not None:
        what = f"{_word('签署', 'signs', lang)} {one.signs} {label}"
    elif one.amends is not None:
        what = f"{_word('补录', 'amends', lang)} {', '.join(one.amends)}"
    elif one.corrects is not None:
        what = f"{_word('更正', 'corrects', lang)} {', '.join(one.corrects)}"
    else:
        what = _word("时间经过", "time passes", lang)
    return f"{when}  {one.who or ''}  {what}"


def _word(zh: str, en: str, lang: str) -> str:
    return en if lang == "en" else zh
