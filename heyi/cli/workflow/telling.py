"""Prints a played scenario: its steps, what differed from the expectation and why, its history."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from engine.case.text import Text
from heyi.cli.shell.columns import columns, width
from heyi.cli.shell.words import EVENTS

if TYPE_CHECKING:
    from heyi.app.authors.playedmodels import PassageView, PlayedView, StepView

_BESIDE = 100
"""Columns of a terminal within which expected and found stand side by side."""

_DOING: dict[str, Text] = {
    "opens": Text("立案", "opens the case"),
    "does": Text("办理", "does"),
    "signs": Text("签署", "signs"),
    "amends": Text("补录", "amends"),
    "corrects": Text("更正", "corrects"),
    "beside": Text("流转之外", "beside moves"),
    "waits": Text("时间经过", "time passes"),
}


def told(played: "PlayedView", lang: str) -> Iterator[str]:
    """Yield the lines of one scenario: a tick, or each wrong step, explained, and the history."""
    mark = "✓" if played.passed else "✗"
    story = f"{played.story} " if played.story else ""
    yield f"{mark} {played.path.stem}: {story}{played.says}"
    yield from failure(played, lang)


def failure(played: "PlayedView", lang: str) -> Iterator[str]:
    """Yield what differed in a scenario, and the case's history until then."""
    wrong = [step for step in played.steps if step.wrong]
    for step in wrong:
        yield from _wrong_step(step, lang)
    for finding in played.findings:
        yield f"    {Text('核验发现', 'verify finds').text(lang)}: {finding}"
    if wrong:
        yield f"    {Text('至此的经过', 'the history so far').text(lang)}:"
        yield from history(played, lang, until=wrong[-1].revision)


def _wrong_step(step: "StepView", lang: str) -> Iterator[str]:
    yield f"    {step.place}. {saying(step, lang)}"
    rows = [("", Text("期望", "expected").text(lang), Text("实际", "found").text(lang))]
    for one in step.wrong:
        rows.append((one.what, plain(one.expected, lang), plain(one.found, lang)))
    yield from (f"      {line}" for line in _beside(rows))
    if step.why:
        yield f"      {Text('原因', 'why').text(lang)}:"
        yield from (f"        {line}" for line in step.why)


def _beside(rows: Sequence[tuple[str, str, str]]) -> list[str]:
    """Return rows in three columns; under one another where a line would be too long."""
    lines = columns(rows)
    if all(width(line) <= _BESIDE for line in lines):
        return lines
    _head, one, other = rows[0]
    long = []
    for what, want, have in rows[1:]:
        long += [what, *(f"  {line}" for line in columns([(one, want), (other, have)]))]
    return long


def plain(value: Any, lang: str) -> str:  # noqa: ANN401 - whatever a test file may expect
    """Return an expected or found value in one line."""
    if value is None:
        return Text("无", "nothing").text(lang)
    if isinstance(value, list):
        return Text("；", "; ").text(lang).join(str(one) for one in value) or "[]"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {one}" for name, one in value.items() if one)
    return str(value)


def history(played: "PlayedView", lang: str, *, until: int | None = None) -> Iterator[str]:
    """Yield the case's events, up to a revision where one is given."""
    for event in played.history:
        if until is not None and event.seq > until:
            return
        line = _event_line(event, lang)
        yield f"    {event.seq:>3}  {event.at}  {event.actor:<8} {line}"


def _event_line(event: "PassageView", lang: str) -> str:
    words = [EVENTS[event.kind].text(lang)]
    if event.rule:
        words.append(f"{event.rule} {event.label}")
    if event.way:
        words.append(" → ".join(event.way))
    if event.rungs:
        from heyi.cli.case.lines import rung_line

        words.append(Text("；", "; ").text(lang).join(rung_line(one, lang) for one in event.rungs))
    if event.given:
        words.append(Text("、", ", ").text(lang).join(event.given))
    return "  ".join(words)


def saying(step: "StepView", lang: str) -> str:
    """Return a step's action in one line."""
    what = _DOING[step.doing].text(lang)
    if step.move is not None:
        what = f"{what} {step.move.name} {step.move.label}"
    elif step.fields_:
        what = f"{what} {', '.join(step.fields_)}"
    return f"{step.at}  {step.who}  {what}"
