"""Explains why a step of an author test failed: reasons, origins of facts, the run's dates."""

from collections.abc import Iterator
from typing import Any

from engine.case.text import Text
from engine.case.values import Lang, Run
from engine.compiling.plan import Workflow
from engine.facts.clocks import latest_runs
from engine.facts.messages import shown
from engine.facts.origins import rests_on
from engine.telling.sentences.conditions import Conditions
from engine.telling.sentences.tongue import Tongue
from heyi.app.authors.expectations import Difference, run_due
from heyi.app.authors.scenarios import StepResult
from heyi.app.cases.sight import Seen

_CLOCKS = frozenset({"running", "elapsed", "overdue", "met"})


def explain(step: StepResult, difference: Difference, lang: Lang) -> list[str]:
    """Return the explanation of a difference, one line for each point; may be empty.

    Args:
        step: the step that went another way.
        difference: one of its ``wrong``.
        lang: the language.
    """
    key, want, have = difference
    head, _, rest = key.partition(".")
    if key == "refused":
        return list(_reasons(step, lang) if have is not None else _granted(step, lang))
    if step.seen is None:
        return []
    if head == "facts":
        return list(_origins(step.seen, rest, lang))
    if head == "due":
        return list(_runs(step.seen, rest.partition("[")[0], lang))
    if head in _CLOCKS:
        return list(_runs(step.seen, str(want), lang))
    return list(_reasons(step, lang))


def _reasons(step: StepResult, lang: Lang) -> Iterator[str]:
    for reason in step.refused:
        source = f"  [{reason.source}]" if reason.source else ""
        yield f"{reason.code}  {reason.text(lang)}{source}"


def _granted(step: StepResult, lang: Lang) -> Iterator[str]:
    """Yield the conditions that held where a refusal was expected."""
    if step.seen is None:
        return
    workflow, word = step.seen.workflow, step.step.does or step.step.signs or ""
    conditions = Conditions(workflow, lang)
    told: dict[str, None] = {}
    for branches in (workflow.openings, *workflow.branches.values()):
        for branch in branches:
            if word in {branch.trigger, branch.definition.id}:
                told.update(dict.fromkeys(conditions.line(line).text for line in branch.guard))
    yield (Text("已办理；它的条件是：", "it was granted; its conditions are:").text(lang)) + (
        Text("；", "; ").text(lang)
    ).join(told or (Text("没有条件", "none").text(lang),))


def _origins(seen: Seen, name: str, lang: Lang) -> Iterator[str]:
    """Yield the fields and other plain facts that a fact is made from, with their values."""
    for one in plain_names(seen.workflow, name):
        kind = "fields" if one in seen.workflow.fields else ""
        label = seen.workflow.label(kind, one, lang) if kind else one
        shape = Text(f"{label}（{one}）", f"{label} ({one})").text(lang)
        yield f"{shape if label != one else one} = {_value(seen.facts.get(one), lang)}"


def plain_names(workflow: Workflow, name: str) -> list[str]:
    """Return what a fact is made from in the end: names that are no facts and no tables."""
    made = {*workflow.facts, *workflow.tables}
    return [one for one in rests_on(workflow, [name]) if one.partition(".")[0] not in made]


def _value(value: Any, lang: Lang) -> str:
    if isinstance(value, list) and any(isinstance(one, dict) for one in value):
        return "; ".join(_value(one, lang) for one in value)
    if isinstance(value, dict):
        return ", ".join(f"{name}: {shown(one, lang)}" for name, one in value.items())
    return shown(value, lang) if value != [] else "[]"


def _runs(seen: Seen, clock: str, lang: Lang) -> Iterator[str]:
    """Yield the runs of a clock: from when, how long, until when, whether ended."""
    runs = latest_runs(seen.case.runs, clock)
    if not runs:
        yield Text("该期限没有开始计算", "that clock has not started").text(lang)
    for run in runs:
        yield _run(seen, run, lang)


def _run(seen: Seen, run: Run, lang: Lang) -> str:
    tongue, item = Tongue(lang), f"[{run.item}]" if run.item else ""
    label = seen.workflow.label("clocks", run.clock, lang)
    length = tongue.span(run.n, run.unit) if run.kind != "due" else ""
    told = (
        Text(f"{label}（{run.clock}{item}）", f"{label} ({run.clock}{item})").text(tongue.lang),
        length,
        tongue.say(f"自{run.anchor}起", f"from {run.anchor}"),
        tongue.say(f"到{run_due(run, seen)}", f"due {run_due(run, seen)}"),
        run.ended or tongue.say("未结束", "open"),
    )
    return tongue.say("，", ", ").join(one for one in told if one)
