"""How a played scenario is told: its steps, what went another way and why, its history."""

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from heyi.cli.shell.columns import columns, width
from heyi.cli.shell.words import EVENTS

if TYPE_CHECKING:
    from engine.case.values import Event, Lang
    from engine.compiling.plan import Workflow
    from heyi.app.authors.scenarios import StepResult
    from heyi.app.authors.stage import Played

_BESIDE = 100
"""Columns of a terminal within which expected and found stand side by side."""


def told(place: str, played: "Played", lang: "Lang") -> Iterator[str]:
    """Yield the lines of one scenario: a tick, or each wrong step, explained, and the history.

    Args:
        place: the file, as it shall be named.
        played: to its end.
        lang: the language.
    """
    mark = "✓" if played.passed else "✗"
    story = f"{played.scenario.story} " if played.scenario.story else ""
    yield f"{mark} {place}: {story}{played.scenario.name.text(lang)}"
    yield from failure(played, lang)


def failure(played: "Played", lang: "Lang") -> Iterator[str]:
    """Yield what went another way in a scenario, and what the case had been through by then."""
    wrong = [step for step in played.steps if step.wrong]
    for step in wrong:
        yield from _wrong_step(step, lang)
    for finding in played.findings:
        yield f"    {word('核验发现', 'verify finds', lang)}: {finding}"
    if wrong:
        yield f"    {word('至此的经过', 'the history so far', lang)}:"
        yield from history(played, lang, until=wrong[-1])


def _wrong_step(step: "StepResult", lang: "Lang") -> Iterator[str]:
    from heyi.app.authors.explanations import explain

    yield f"    {step.place}. {saying(step, lang)}"
    why: dict[str, None] = {}
    rows = [("", word("期望", "expected", lang), word("实际", "found", lang))]
    for difference in step.wrong:
        what, want, have = difference
        rows.append((what, plain(want, lang), plain(have, lang)))
        why.update(dict.fromkeys(explain(step, difference, lang)))
    yield from (f"      {line}" for line in _beside(rows))
    if why:
        yield f"      {word('原因', 'why', lang)}:"
        yield from (f"        {line}" for line in why)


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


def plain(value: Any, lang: "Lang") -> str:  # noqa: ANN401 - whatever a test file may expect
    """Return an expected or found value in one line."""
    if value is None:
        return word("无", "nothing", lang)
    if isinstance(value, list):
        return word("；", "; ", lang).join(str(one) for one in value) or "[]"
    if isinstance(value, dict):
        return ", ".join(f"{name}: {one}" for name, one in value.items() if one)
    return str(value)


def history(played: "Played", lang: "Lang", *, until: "StepResult | None" = None) -> Iterator[str]:
    """Yield the case's events, up to what a step saw where one is given."""
    from engine.time.times import parse_moment

    seen = next((s.seen for s in reversed(played.steps) if s.seen), None)
    if seen is None:
        return
    last = until.seen.case.revision if until is not None and until.seen is not None else None
    for event in played.events:
        if last is not None and event.seq > last:
            return
        when = parse_moment(event.occurred_at).astimezone(seen.world.zone)
        line = _event_line(event, seen.workflow, lang)
        yield f"    {event.seq:>3}  {when:%Y-%m-%d %H:%M}  {event.actor:<8} {line}"


def _event_line(event: "Event", workflow: "Workflow", lang: "Lang") -> str:
    words = [word(*EVENTS[event.kind], lang)]
    rule = event.public.get("rule")
    if rule:
        words.append(f"{rule} {workflow.move_label(str(event.public['trigger']), lang)}")
    if event.public.get("to") and event.kind not in {"amended", "corrected"}:
        source = str(event.public.get("from") or "")
        names = [workflow.label("states", s, lang) for s in (source, str(event.public["to"])) if s]
        words.append(" → ".join(names))
    rungs: Any = event.public.get("rungs", ())
    if rungs:
        from heyi.app.cases.history import rung_view
        from heyi.cli.case.lines import rung_line

        told = [rung_line(rung_view(workflow, one, lang), lang) for one in rungs]
        words.append(word("；", "; ", lang).join(told))
    if event.public.get("given") and event.kind in {"amended", "corrected"}:
        given: Any = event.public["given"]
        comma = word("、", ", ", lang)
        words.append(comma.join(workflow.label("fields", name, lang) for name in given))
    return "  ".join(words)


def saying(step: "StepResult", lang: "Lang") -> str:
    """Return what a step does, in one line."""
    one = step.step
    done = one.does or one.signs or ""
    label = step.seen.workflow.move_label(done, lang) if step.seen and done else ""
    when = f"{one.at:%Y-%m-%d %H:%M}" if one.at else ""
    if one.opens is not None:
        what = word("立案", "opens the case", lang)
    elif one.does is not None:
        what = f"{word('办理', 'does', lang)} {one.does} {label}"
    elif one.signs is not None:
        what = f"{word('签署', 'signs', lang)} {one.signs} {label}"
    elif one.amends is not None:
        what = f"{word('补录', 'amends', lang)} {', '.join(one.amends)}"
    elif one.corrects is not None:
        what = f"{word('更正', 'corrects', lang)} {', '.join(one.corrects)}"
    else:
        what = word("时间经过", "time passes", lang)
    return f"{when}  {one.who or ''}  {what}"


def word(zh: str, en: str, lang: str) -> str:
    """Return the text in a language."""
    return en if lang == "en" else zh
