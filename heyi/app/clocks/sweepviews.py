"""Makes the view of what a sweep did, or would do, in one reader's language."""

from collections.abc import Iterator

from engine.case.values import Alert, Lang, Step
from engine.telling.sentences.ladders import rung_words
from engine.telling.sentences.tongue import Tongue
from heyi.app.cases.casework import Casework
from heyi.app.cases.clockwords import when
from heyi.app.clocks.models import RingingView, SweepView
from heyi.app.clocks.sweeps import SweepReport, rungs_of

COUNTS = ("rungs", "alerts", "fired", "proposed", "refused", "cases", "left", "max_late")
"""What is counted of a sweep."""


def sweep_view(cases: Casework, report: SweepReport, *, dry_run: bool, lang: Lang) -> SweepView:
    """Return what a sweep did; of a dry run also each rung that would ring, in order."""
    counts = {name: getattr(report, name) for name in COUNTS}
    if not dry_run:
        return SweepView(dry_run=dry_run, **counts)
    ringing: list[RingingView] = []
    with cases.store.read() as work:
        for step in report.shown:
            workflow = cases.library.get(work, step.after.workflow, step.after.version)
            labels = {name: workflow.label("clocks", name, lang) for name in workflow.clocks}
            ringing += _rungs(step, labels, cases, lang)
    ringing.sort(key=lambda one: (one.at, one.case))
    return SweepView(dry_run=dry_run, **counts, ringing=tuple(ringing))


def _rungs(
    step: Step, labels: dict[str, str], cases: Casework, lang: Lang
) -> Iterator[RingingView]:
    tongue = Tongue(lang)
    alerts = [one for one in step.effects if isinstance(one, Alert)]
    for rung in rungs_of(step):
        at, item = str(rung["at"]), rung.get("item", 0)
        persons = [
            person
            for alert in alerts
            if (alert.clock, alert.item, alert.rung, alert.at)
            == (rung["clock"], item, rung["rung"], at)
            for person in alert.persons
        ]
        yield RingingView(
            case=step.after.id,
            number=step.after.number,
            clock=rung["clock"],
            label=labels[str(rung["clock"])],
            item=item,
            run=rung.get("run", 1),
            rung=rung["rung"],
            says=rung_words(str(rung["rung"]), tongue),
            at=at,
            at_text=when(at, cases.zone),
            mark=rung.get("mark"),
            level=rung.get("level"),
            persons=tuple(persons),
        )
