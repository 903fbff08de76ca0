"""Makes views of a played scenario, in one language: its steps, explanations and events."""

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from engine.case.values import Event, Lang
from engine.compiling.plan import Workflow
from engine.time.times import parse_moment
from heyi.app.authors.explanations import explain
from heyi.app.authors.playedmodels import (
    DifferenceView,
    Doing,
    NameView,
    PassageView,
    PlayedView,
    StepView,
)
from heyi.app.authors.scenariofile import StepDef
from heyi.app.authors.scenarios import StepResult
from heyi.app.authors.stage import Played
from heyi.app.authors.wishes import wishes
from heyi.app.cases.history import rung_view
from heyi.app.cases.models import NamedView
from heyi.app.cases.offerviews import reason_view


def played_view(path: Path, played: Played, lang: Lang) -> PlayedView:
    """Return a scenario that was played to its end."""
    scenario = played.scenario
    seen = next((s.seen for s in reversed(played.steps) if s.seen), None)
    return PlayedView(
        path=path, story=scenario.story,
        name=NameView(zh=scenario.name.zh, en=scenario.name.en), says=scenario.name.text(lang),
        number=seen.case.number if seen else None, passed=played.passed,
        steps=tuple(step_view(step, lang) for step in played.steps),
        history=tuple(_history(played, lang)),
        findings=tuple(str(finding) for finding in played.findings),
    )  # fmt: skip


def step_view(step: StepResult, lang: Lang) -> StepView:
    """Return one step with its result."""
    one, seen = step.step, step.seen
    doing, fields = _doing(one)
    trigger = (one.does or one.signs or "") if doing in {"does", "signs"} else ""
    label = seen.workflow.move_label(trigger, lang) if seen and trigger else ""
    stands = seen.workflow.label("states", seen.case.state, lang) if seen else ""
    why: dict[str, None] = {}
    for difference in step.wrong:
        why.update(dict.fromkeys(explain(step, difference, lang)))
    return StepView(
        place=step.place, at=f"{one.at:%Y-%m-%d %H:%M}" if one.at else "", who=one.who or "",
        doing=doing, move=NamedView(name=trigger, label=label) if trigger else None,
        fields_=tuple(fields), refused=tuple(reason_view(r, lang) for r in step.refused),
        state="" if step.refused else stands, revision=seen.case.revision if seen else None,
        wrong=tuple(DifferenceView(what=w, expected=x, found=f) for w, x, f in step.wrong),
        why=tuple(why),
    )  # fmt: skip


def _doing(one: StepDef) -> tuple[Doing, Mapping[str, Any]]:
    if one.opens is not None:
        return "opens", {}
    if one.does is not None:
        return "does", {}
    if one.signs is not None:
        return "signs", {}
    if one.amends is not None:
        return "amends", one.amends
    if one.corrects is not None:
        return "corrects", one.corrects
    return ("beside", {}) if any(wishes(one)) else ("waits", {})


def _history(played: Played, lang: Lang) -> Iterator[PassageView]:
    seen = next((s.seen for s in reversed(played.steps) if s.seen), None)
    if seen is None:
        return
    for event in played.events:
        when = parse_moment(event.occurred_at).astimezone(seen.world.zone)
        yield _passage(event, f"{when:%Y-%m-%d %H:%M}", seen.workflow, lang)


def _passage(event: Event, at: str, workflow: Workflow, lang: Lang) -> PassageView:
    public, mends = event.public, event.kind in {"amended", "corrected"}
    rule = str(public.get("rule") or "")
    ends = [str(public.get(end) or "") for end in ("from", "to")]
    led = [state for state in ends if state] if ends[1] and not mends else []
    rungs: Any = public.get("rungs", ())
    given: Any = public.get("given", ()) if mends else ()
    return PassageView(
        seq=event.seq, at=at, actor=event.actor, kind=event.kind, rule=rule,
        label=workflow.move_label(str(public["trigger"]), lang) if rule else "",
        way=tuple(workflow.label("states", state, lang) for state in led),
        rungs=tuple(rung_view(workflow, one, lang) for one in rungs),
        given=tuple(workflow.label("fields", name, lang) for name in given),
    )  # fmt: skip
