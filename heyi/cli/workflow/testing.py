"""``heyi workflow test``: plays the tests of authors, prints results and coverage."""

from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from engine.case.text import Text
from heyi.cli.shell.files import read_source, write_file
from heyi.cli.shell.shell import Json, Lang, Shell

if TYPE_CHECKING:
    from heyi.app.authors.playedmodels import PlayedView, RehearsalView

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
    shell = Shell(ctx, lang, as_json=as_json)
    reader = shell.anybody()
    paths = files or shell.authors.shipped(reader).tests
    found = shell.authors.play(
        reader, sources=[read_source(path) for path in paths], story=story, told=stories,
        coverage=coverage or min_coverage is not None, heard=_heard(shell),
    )  # fmt: skip
    left = _stories(shell, found, some=bool(files)) if stories else False
    if junit is not None:
        _write(junit, found, shell.lang)
    _close(shell, found, list_all=coverage)
    reached = found.coverage.percent if found.coverage else 100.0
    low = min_coverage is not None and _is_low(shell, reached, min_coverage)
    raise typer.Exit(1 if low or left or not all(one.passed for one in found.played) else 0)


def _heard(shell: Shell) -> "Callable[[PlayedView], None]":
    """Return what tells a scenario at once."""
    from heyi.cli.workflow.telling import told

    def tell(played: "PlayedView") -> None:
        if not shell.as_json:
            for line in told(played, shell.lang):
                shell.out(line)

    return tell


def _is_low(shell: Shell, reached: float, wanted: float) -> bool:
    """Tell whether the coverage is below what was asked for, and say so."""
    if reached < wanted:
        shell.say(
            Text(
                f"覆盖 {reached}%，低于要求的 {wanted:g}%",
                f"coverage {reached}% is below the {wanted:g}% asked for",
            )
        )
    return reached < wanted


def _stories(shell: Shell, found: "RehearsalView", *, some: bool) -> bool:
    """Tell the stories one by one (some: the played ones); return whether one has no test."""
    from heyi.cli.workflow.stories import story_lines

    stories = shell.authors.stories(shell.anybody(), played=found.played, some=some)
    if not shell.as_json:
        shell.out("")
        for line in story_lines(stories, shell.lang):
            shell.out(line)
    return any(not one.tests for one in stories)


def _write(path: Path, found: "RehearsalView", lang: str) -> None:
    """Write the run as JUnit XML."""
    from heyi.cli.workflow.junit import JUnitCase, junit
    from heyi.cli.workflow.telling import failure

    cases = []
    for played in found.played:
        lines = list(failure(played, lang))
        name = f"{played.story or ''} {played.says}".strip()
        cases.append(
            JUnitCase(
                suite=played.path.stem, name=name, detail="\n".join(lines),
                failed="" if played.passed else (lines[0].strip() if lines else "failed"),
            )
        )  # fmt: skip
    write_file(path, junit(cases).encode())


def _close(shell: Shell, found: "RehearsalView", *, list_all: bool) -> None:
    """Tell the sum, and the coverage where it was asked for."""
    from heyi.cli.workflow.coverage import coverage_lines

    if shell.as_json:
        scenarios = [_plain(one) for one in found.played]
        if found.coverage is not None:
            shell.json({"scenarios": scenarios, "coverage": found.coverage.plain()})
        else:
            shell.json(scenarios)
        return
    if found.coverage is not None:
        for line in coverage_lines(found.coverage, shell.lang, left=list_all):
            shell.out(line)
    passed = sum(one.passed for one in found.played)
    failed = len(found.played) - passed
    words = f"{passed} passed, {failed} failed"
    if failed:
        shell.say(Text(words, words))
    else:
        shell.out(words)


def _plain(played: "PlayedView") -> dict[str, Any]:
    return {
        "file": str(played.path),
        "story": played.story,
        "name": played.name.plain(),
        "passed": played.passed,
        "steps": len(played.steps),
        "wrong": [
            {"step": step.place, "what": one.what, "expected": one.expected, "found": one.found}
            for step in played.steps
            for one in step.wrong
        ],
        "verified": not played.findings,
    }
