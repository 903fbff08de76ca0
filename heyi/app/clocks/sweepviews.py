"""What a sweep did, or would do, as plain data in one language."""

from collections.abc import Iterator
from typing import Any

from engine.case.values import Alert, Lang, Step
from engine.telling.sentences.ladders import rung_words
from engine.telling.sentences.tongue import Tongue
from heyi.app.cases.casework import Casework
from heyi.app.cases.clockwords import when
from heyi.app.clocks.sweeps import SweepReport, rungs_of

View = dict[str, Any]
COUNTS = ("rungs", "alerts", "fired", "proposed", "refused", "cases", "left", "max_late")
"""What is counted of a sweep."""


def sweep_view(cases: Casework, report: SweepReport, *, dry_run: bool, lang: Lang) -> View:
    """Return what a sweep did; of a dry run also each rung that would ring, in order."""
    view: View = {"dry_run": dry_run, **{name: getattr(report, name) for name in COUNTS}}
    if dry_run:
        with cases.store.read() as work:
            view["ringing"] = []
            for step in report.shown:
                workflow = cases.library.get(work, step.after.workflow, step.after.version)
                labels = {name: workflow.label("clocks", name, lang) for name in workflow.clocks}
                view["ringing"] += _rungs(step, labels, cases, lang)
        view["ringing"].sort(key=lambda one: (one["at"], one["case"]))
    return view


def _rungs(step: Step, labels: dict[str, str], cases: Casework, lang: Lang) -> Iterator[View]:
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
        yield {
            "case": step.after.id,
            "number": step.after.number,
            "clock": rung["clock"],
            "label": labels[str(rung["clock"])],
            "item": item,
            "run": rung.get("run", 1),
            "rung": rung["rung"],
            "says": rung_words(str(rung["rung"]), tongue),
            "at": at,
            "at_text": when(at, cases.zone),
            "mark": rung.get("mark"),
            "level": rung.get("level"),
            "persons": persons,
        }
