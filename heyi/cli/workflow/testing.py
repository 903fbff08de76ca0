"""``heyi workflow test``: the tests that authors write, played, told, and what they reach."""

import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from heyi.cli.shell.exits import InputWrong, NotFound
from heyi.cli.shell.shell import Json, Lang, Shell

if TYPE_CHECKING:
    from engine.case.values import Lang as Spoken
    from engine.compiling.plan import Workflow
    from heyi.app.authors.coverage import FileCoverage
    from heyi.app.authors.scenariofile import ScenarioFileDef
    from heyi.app.authors.stage import Played, Rehearsal
    from heyi.app.authors.trail import Trail
    from heyi.app.library.shelf import FolderShelf

Percent = Annotated[
    float | None,
    typer.Option(
        "--min-coverage", min=0, max=100, metavar="N",
        help="覆盖低于百分之N则退出码为1 · exit 1 below N percent",
    ),
]  # fmt: skip


def test(
    ctx: typer.Context,
    *,
    files: Annotated[
        list[Path] | None,
        typer.Argument(help="测试文件；默认全部自带的 · test files; by default the shipped ones"),
    ] = None,
    story: Annotated[str, typer.Option("--story", help="只跑这一个故事 · this story only")] = "",
    stories: Annotated[
        bool,
        typer.Option(
            "--stories", help="只跑验收故事，并逐个说明 · the acceptance stories, told one by one"
        ),
    ] = False,
    coverage: Annotated[
        bool, typer.Option("--coverage", help="列出测试没有走到的 · name what no test reaches")
    ] = False,
    min_coverage: Percent = None,
    junit: Annotated[
        Path | None, typer.Option("--junit", metavar="F", help="写出 JUnit XML · write JUnit XML")
    ] = None,
    as_json: Json = False,
    lang: Lang = None,
) -> None:
    """运行流程作者的测试，每步之后从库中重新读案件 · run author tests; exit 1 where one fails."""
    from heyi.app.authors.coverage import summed
    from heyi.app.authors.trail import Trail

    shell, trail = Shell(ctx, lang, as_json=as_json), Trail()
    spoken: Spoken = "en" if shell.lang == "en" else "zh"
    runs = _Runs(shell, spoken, trail)
    for path, played in runs.play(files or _shipped(shell), story, told=stories):
        runs.note(path, played)
    left = runs.stories(some=bool(files)) if stories else []
    if not runs.told:
        zh, en = "没有要跑的测试", "there is no test to run"
        raise NotFound(zh, en)
    if junit is not None:
        runs.write(junit)
    found = runs.coverage() if coverage or min_coverage is not None else []
    reached = summed([one.total for one in found]).percent
    runs.close(found, list_all=coverage)
    low = min_coverage is not None and _is_low(shell, reached, min_coverage)
    raise typer.Exit(1 if runs.failed or low or left else 0)


def _is_low(shell: Shell, reached: float, wanted: float) -> bool:
    """Tell whether the coverage is below what was asked for, and say so."""
    if reached < wanted:
        zh = f"覆盖 {reached}%，低于要求的 {wanted:g}%"
        shell.say(zh, f"coverage {reached}% is below the {wanted:g}% asked for")
    return reached < wanted


def _shipped(shell: Shell) -> list[Path]:
    from heyi.cli.shell.files import shelf_for

    return [p for f in shelf_for(shell).folders for p in sorted((f / "tests").glob("*.yaml"))]


def _scenarios(path: Path) -> "ScenarioFileDef":
    """Return a file of author tests.

    Raises:
        NotFound: there is none.
        DefinitionError: it is wrong.
    """
    from engine.case.errors import DefinitionError
    from heyi.app.authors.scenariofile import load_scenarios
    from heyi.cli.shell.files import read_source

    source = read_source(path)
    if source.unreadable is not None:
        raise DefinitionError([source.unreadable])
    rule, _document = load_scenarios(source.text, file=str(path))
    return rule


def _shelf(shell: Shell, paths: list[Path], names: list[str]) -> "FolderShelf":
    """Return a shelf of these workflows; a file in ``X/tests`` brings the files of ``X`` along."""
    from heyi.app.library.chosen import ChosenShelf
    from heyi.cli.shell.files import shelf_for

    folders = [path.resolve().parent for path in paths]
    own = [folder.parent for folder in folders if folder.name == "tests"]
    shipped = [folder.resolve() for folder in shelf_for(shell).folders]
    return ChosenShelf(dict.fromkeys([*own, *shipped]), names)


class _Runs:
    """One run of the command: what was played and how it is told."""

    def __init__(self, shell: Shell, lang: "Spoken", trail: "Trail") -> None:
        self.shell, self.lang, self.trail = shell, lang, trail
        self.told: list[tuple[Path, Played]] = []
        self.workflows: dict[str, Workflow] = {}

    @property
    def failed(self) -> int:
        return sum(not played.passed for _path, played in self.told)

    def play(
        self, paths: list[Path], story: str, *, told: bool = False
    ) -> Iterator[tuple[Path, "Played"]]:
        """Yield every scenario of the files (told: of a story), played to its end."""
        from heyi.app.authors.stage import Rehearsal
        from heyi.bootstrap import zone_of

        files = [(path, _scenarios(path)) for path in paths]
        shelf = _shelf(self.shell, paths, [rule.workflow for _path, rule in files])
        with tempfile.TemporaryDirectory(prefix="heyi-") as folder:
            zone = zone_of(self.shell.settings)
            stage = Rehearsal(shelf, Path(folder), zone, trail=self.trail)
            for path, rule in files:
                yield from self._file(stage, path, rule, story, told=told)

    def _file(
        self, stage: "Rehearsal", path: Path, rule: "ScenarioFileDef", story: str, *, told: bool
    ) -> Iterator[tuple[Path, "Played"]]:
        workflow = stage.workflow(rule.workflow)
        if workflow is None:
            zh = f"“{path}”：没有流程“{rule.workflow}”"
            raise NotFound(zh, f"'{path}': no workflow '{rule.workflow}'")
        self.workflows[rule.workflow] = workflow
        for scenario in rule.scenarios:
            if (story and story != scenario.story) or (told and not scenario.story):
                continue
            with stage.stage(rule, scenario) as cases:
                *_, played = stage.play(cases, rule, scenario, workflow)
                yield path, played

    def note(self, path: Path, played: "Played") -> None:
        """Keep a scenario and tell it at once."""
        from heyi.cli.workflow.telling import told

        self.told.append((path, played))
        if not self.shell.as_json:
            for line in told(path.stem, played, self.lang):
                self.shell.out(line)

    def stories(self, *, some: bool) -> list[str]:
        """Tell the stories one by one (some: the played ones); return those that no test tells."""
        from heyi.cli.shell.files import shelf_for
        from heyi.cli.workflow.stories import known_stories, story_lines, untold

        known = known_stories(shelf_for(self.shell).folders)
        played = [one for _path, one in self.told]
        if some:
            known = {name: known[name] for name in known if name not in untold(known, played)}
        if not self.shell.as_json:
            self.shell.out("")
            for line in story_lines(known, played, self.lang):
                self.shell.out(line)
        return untold(known, played)

    def coverage(self) -> list["FileCoverage"]:
        """Return how far the tests reached into the files they are for."""
        from heyi.app.authors.coverage import coverage_of

        return [coverage_of(one, self.trail.of(name)) for name, one in self.workflows.items()]

    def write(self, path: Path) -> None:
        """Write the run as JUnit XML."""
        from heyi.cli.workflow.junit import JUnitCase, junit
        from heyi.cli.workflow.telling import failure

        cases = []
        for place, played in self.told:
            lines = list(failure(played, self.lang))
            name = f"{played.scenario.story or ''} {played.scenario.name.text(self.lang)}".strip()
            cases.append(
                JUnitCase(
                    suite=place.stem, name=name, detail="\n".join(lines),
                    failed="" if played.passed else (lines[0].strip() if lines else "failed"),
                )
            )  # fmt: skip
        try:
            path.write_text(junit(cases), encoding="utf-8")
        except OSError as error:
            what = error.strerror or ""
            zh, en = f"“{path}”写不了：{what}", f"'{path}' cannot be written: {what}"
            raise InputWrong(zh, en) from None

    def close(self, found: list["FileCoverage"], *, list_all: bool) -> None:
        """Tell the sum, and the coverage where it was asked for."""
        from heyi.app.authors.coverage import coverage_view
        from heyi.cli.workflow.coverage import coverage_lines

        if self.shell.as_json:
            scenarios = [_plain(path, played) for path, played in self.told]
            if found:
                view = coverage_view(found, self.lang)
                self.shell.json({"scenarios": scenarios, "coverage": view})
            else:
                self.shell.json(scenarios)
            return
        for line in coverage_lines(found, self.lang, left=list_all):
            self.shell.out(line)
        passed = len(self.told) - self.failed
        words = f"{passed} passed, {self.failed} failed"
        if self.failed:
            self.shell.say(words, words)
        else:
            self.shell.out(words)


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
