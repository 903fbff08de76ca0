"""What a workflow's clocks do as time runs, for ``heyi workflow show``: sentences in its view."""

from typing import Any

from engine.case.values import Lang
from engine.compiling.plan import Workflow
from engine.telling.sentences.ladders import Ladders
from engine.telling.sentences.recurring import Recurring

View = dict[str, Any]


def with_time(view: View, workflow: Workflow, language: str) -> View:
    """Return a workflow's view with what its clocks and its calendar do, as sentences.

    Each length of a clock gets ``time``: pauses, extension, rungs of its own. ``ladders`` are
    the ladders that clocks name, ``recurs`` the cases that the calendar opens.
    """
    lang: Lang = "en" if language == "en" else "zh"
    ladders, recurring = Ladders(workflow, lang), Recurring(workflow, lang)
    clocks = [
        {
            **clock,
            "lengths": [
                {**length, "time": list(ladders.of(workflow.clocks[clock["name"]], case))}
                for length, case in zip(
                    clock["lengths"], workflow.clocks[clock["name"]].variants, strict=True
                )
            ],
        }
        for clock in view["clocks"]
    ]
    recurs = [{"name": name, "says": recurring.said(name)} for name in workflow.definition.recurs]
    cases = [case for clock in workflow.clocks.values() for case in clock.variants]
    used = dict.fromkeys(
        case.definition.ladder for case in cases if case.definition.ladder is not None
    )
    named = [{"name": name, "says": list(ladders.named(name))} for name in used]
    return {**view, "clocks": clocks, "ladders": named, "recurs": recurs}
