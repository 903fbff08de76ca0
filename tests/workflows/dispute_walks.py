"""Walks through a dispute: seeded wishes of staff, parties and strangers, tried on the engine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from random import Random
from typing import Any

from engine.case.errors import MoveRefused
from engine.case.values import Actor, Case, Move, Step, Unit, World
from engine.compiling.plan import Branch, Workflow
from engine.step.take import open_case, take_step
from tests.builders.registered import EVERYBODY
from tests.builders.shelves import national, shipped
from tests.workflows.admission_office import day_after, moment
from tests.workflows.scenario_player import ZONE

RULES = shipped("dispute")
DAY = date(2026, 3, 16)
UNITS = {
    unit.id: unit
    for unit in (
        Unit(id="city", level="city", title="铁门关市"),
        Unit(id="jie", level="street", title="和顺街道", parent="city"),
        Unit(id="heshun", level="community", title="和顺社区", parent="jie"),
    )
}
WORLD = World(people=EVERYBODY, calendar=national(), zone=ZONE, units=UNITS, next_seq=1)
STAFF = (
    Actor(id="zhou", posts=(("handler", "heshun"),)),
    Actor(id="wan", posts=(("handler", "heshun"),)),
    Actor(id="sun", posts=(("head", "heshun"),)),
    Actor(id="zhao", posts=(("mediator", "heshun"),)),
)
OTHERS = (Actor(id="li"), Actor(id="er", kind="link"))
PEOPLE = ("wang", "li", "xu", "zhou")
WILLS = ("agrees", "agrees", "agrees", "agrees", "agrees", "unasked", "refuses")
WEIGHTS = {
    "danger": 0.1, "absorb": 0.3, "refer": 0.3, "drop": 0.2, "reply_source": 0.3,
    "release": 0.2, "taken_over": 0.2, "hand_back": 0.2, "visit": 3, "split_property": 3,
}  # fmt: skip
"""How often a move is tried; what would end most walks at once is tried seldom."""
VIOLENT = 0.2
"""The share of walks that begin with violence."""
NUMBER = "和顺社区纠字〔2026〕0001号"


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """A step that was granted: who, by which trigger (`` `` for an amendment), on which day."""

    step: Step
    actor: Actor
    trigger: str
    day: date

    @property
    def before(self) -> Case:
        """The case before it."""
        assert self.step.before is not None
        return self.step.before

    @property
    def after(self) -> Case:
        """The case after it."""
        return self.step.after


def a_dispute(draw: Random) -> Case:
    """Return a clue just entered by a handler, or handed in by somebody online."""
    who = draw.choice([STAFF[0], Actor(id="xu")])
    data: dict[str, Any] = {"source": "phone", "place": "3号楼", "facts_text": "漏水"}
    if draw.random() < VIOLENT:
        data["violence"] = True
    move = Move(actor=who, trigger="", data=data)
    case_id = "00000000-0000-4000-8000-000000000001"
    step = open_case(RULES, case_id=case_id, unit="heshun", move=move, now=moment(DAY), world=WORLD)
    return step.after


def parties(draw: Random) -> list[dict[str, Any]]:
    """Draw up to three sides with their wishes."""
    found = draw.sample(PEOPLE, draw.choice([1, 2, 2, 2, 3]))
    sides = ("applicant", "respondent", "respondent")
    return [
        {"person": person, "side": side, "will": draw.choice(WILLS)}
        for person, side in zip(found, sides, strict=False)
    ]


def answers(draw: Random, day: date) -> dict[str, Any]:
    """Draw something for every field that a move may ask."""
    today = day_after(day, 0)
    talks = [{"party": one, "alone": draw.random() < 0.8} for one in PEOPLE]
    values: dict[str, Any] = {
        "harm": draw.choice(["slight", "slight", "slight", "loss", "body"]),
        "affected": draw.choice([1, 2, 9, 10, 40]),
        "urgency": draw.choice(["can_wait", "weeks", "days"]),
        "not_suited": draw.random() < 0.1,
        "domain": draw.choice(["neighbour", "family", "labour"]),
        "demands": "不漏水", "parties": parties(draw), "all_present": draw.random() < 0.8,
        "result_line": "当场修好", "reply_on": today, "unreachable": draw.random() < 0.3,
        "competent": "公安", "taken_on": day_after(day, draw.choice([0, 0, -1, 1])),
        "told": draw.random() < 0.6, "body_replied_on": today, "reason": "理由",
        "end_reason": draw.choice(["refused", "settled", "unfounded"]),
        "new_facts": "有新情况", "victim_asks": draw.random() < 0.7, "property_demands": "存款",
        "safety_talks": talks, "office_told_on": f"{today}T10:00:00+08:00",
        "violence": draw.random() < 0.1, "minor_harmed": draw.random() < 0.1,
        "danger_kind": draw.choice(["weapon", "domestic", "child"]),
        "reports": [{"body": "公安110", "reported_at": f"{today}T10:00:00+08:00"}],
        "body_reply": "已处理", "received_on": day_after(day, -draw.randrange(9)),
        "sources": [{"channel": "court", "ref": "7", "received_on": today, "merge_ref": "甲/1"}],
        "released": [{"ref": "甲/1"}],
    }  # fmt: skip
    return values


def walk(draw: Random, *, steps: int = 40) -> Iterator[Granted]:
    """Try a walk's wishes one after the other; yield the steps that were granted."""
    case, day = a_dispute(draw), DAY
    for _ in range(steps):
        day += timedelta(days=draw.choice([0, 0, 0, 1, 3]))
        actor = draw.choice([*STAFF, *STAFF, *OTHERS])
        move = _wish(RULES, case, actor, draw, day)
        try:
            step = take_step(RULES, case, move, now=moment(day), world=WORLD)
        except MoveRefused:
            continue  # refused: `case` is a frozen value, so nothing can have changed
        yield Granted(step=step, actor=actor, trigger=move.trigger, day=day)
        case = step.after


def _wish(workflow: Workflow, case: Case, actor: Actor, draw: Random, day: date) -> Move:
    values = answers(draw, day)
    if case.state == "urgent" and draw.random() < 0.4:
        return Move(actor=actor, kind="amend", data={"reports": values["reports"]})
    offered = [t for t in workflow.triggers[case.state] if t != "merge"]
    trigger = draw.choices(offered, [WEIGHTS.get(one, 1) for one in offered])[0]
    branch = draw.choice(workflow.branches[case.state, trigger])
    return Move(actor=actor, trigger=trigger, data=_data(branch, values, draw))


def _data(branch: Branch, values: Mapping[str, Any], draw: Random) -> dict[str, Any]:
    asked = [*branch.definition.asks, *getattr(branch.definition, "adds", ())]
    more = [name for name in branch.definition.may if draw.random() < 0.5]
    data = {name: values[name] for name in (*asked, *more) if name in values}
    if "sources" in branch.edits:
        data["sources"] = {"1": {"replied_on": values["reply_on"]}}
    return data
