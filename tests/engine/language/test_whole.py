"""The whole language is read, typed, compiled, and a case runs in it."""

from datetime import timedelta
from pathlib import Path

from engine.case.values import Actor, Alert, Move, Office, Unit
from engine.checking.build import check_workflow
from engine.clocks.ring import ring
from engine.compiling.build import workflow_from_definition
from engine.language.clocks import ExtendDef, LadderDef, PausesDef, RecurDef
from engine.language.load import load_definition
from engine.language.model import WorkflowDef
from engine.language.words import Span
from engine.step.take import take_step
from engine.time.calendars import weekdays_only
from engine.time.units import TimeUnit
from tests.builders.club_worlds import MONDAY, opened, world
from tests.builders.shelves import texts

HERE = Path(__file__).resolve().parent
WHOLE = (HERE / "whole.yaml").read_text(encoding="utf-8")
COMMON = "format: 1\nlibrary: common\nroles: {handler: {label: {zh: 经办人, en: handler}, level: community}}\n"
LAW = """format: 1
pack: law
sources: {law2026: {title: 法}}
tables:
  verdict:
    hit: first
    gives: {class: [F, G, X]}
    rules: [{id: a, then: {class: F}}]
"""
SHELF = texts(library_common=COMMON, pack_law=LAW)


def test_every_construct_is_typed():
    rule, _findings = load_definition(WHOLE, file="whole.yaml", shelf=SHELF)

    assert isinstance(rule, WorkflowDef)
    duration = rule.clocks["duration"]
    assert isinstance(duration.pauses, PausesDef)
    assert duration.pauses.all == Span(n=90, unit=TimeUnit.DAYS)
    assert isinstance(duration.extend, ExtendDef)
    assert duration.rules[0].pauses == "none"
    assert isinstance(rule.ladders["standard"], LadderDef)
    assert [rung.at for rung in rule.ladders["standard"].rungs][:2] == [
        "70%",
        "due - 1 working day",
    ]
    assert rule.ladders["danger"].quiet == "none"
    assert isinstance(rule.recurs["round"], RecurDef)
    assert rule.roles["handler"].level == "community"
    assert rule.tables["verdict"].gives == {"class": ["F", "G", "X"]}
    assert rule.states["submitted"].on["publish"][0].extends == {"duration": "extend_to"}
    assert rule.counts["used"].within == "this year"


def test_every_construct_is_in_force():
    workflow, problems = check_workflow(WHOLE, file="whole.yaml", shelf=SHELF)

    assert [one for one in problems if one.severity == "error"] == []
    assert workflow is not None
    assert workflow.vaults == {"caucus_notes": "confidential/caucus_notes"}
    assert workflow.covers["urgent"] == (
        "submitted", "screening", "published", "accepted", "agreed", "suspended",
    )  # fmt: skip
    assert workflow.triggers["accepted"] == ("agree", "suspend", "danger", "close_late")


def test_time_is_compiled_into_each_case_of_a_clock():
    rule, _findings = load_definition(WHOLE, shelf=SHELF)
    assert rule is not None
    duration = workflow_from_definition(rule, shelf=SHELF).clocks["duration"]
    labour, other = duration.variants

    assert [rung.fire or rung.propose for rung in labour.ladder.rungs] == [
        "close_late", None, None, None, None, "close_late",
    ]  # fmt: skip
    assert labour.ladder.quiet == (22 * 60, 8 * 60)
    assert labour.ladder.levels == (("handler",), ("chair",), ("street",), ("civil",))
    assert labour.pauses_in == frozenset()
    assert other.pauses_in == {"suspended", "urgent"}
    assert isinstance(other.definition.extend, ExtendDef)
    assert other.definition.extend.at_most == Span(n=5, unit=TimeUnit.DAYS)


def test_a_case_runs_pauses_and_rings_under_the_whole_language():
    rule, _findings = load_definition(WHOLE, shelf=SHELF)
    assert rule is not None
    workflow = workflow_from_definition(rule, shelf=SHELF)
    units = {"he": Unit(id="he", level="community", title="和")}
    here = world(units=units, calendar=weekdays_only())
    wang = Actor(id="wang", posts=(("handler", "he"), ("chair", "he")))
    office = Office(posts={("handler", "he"): ("wang",), ("chair", "he"): ("li",)})

    case = opened(workflow, data={"topic": "车棚", "domain": "housing"}, unit="he", at=here).after
    for trigger in ("screen", "accept", "suspend", "resume"):
        move = Move(actor=wang, trigger=trigger)
        case = take_step(workflow, case, move, now=MONDAY + timedelta(days=1), world=here).after
    rung = ring(workflow, case, now=MONDAY + timedelta(days=25), world=here, office=office)

    assert case.state == "accepted"
    assert rung is not None
    told = [one for one in rung.step.effects if isinstance(one, Alert)]
    assert [(one.clock, one.rung, one.persons) for one in told] == [("duration", "70%", ("wang",))]
