"""Tasks as anybody could send them and answer for them: rows, answers, moves; and the rule by hand."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from engine.case.errors import MoveRefused
from engine.case.values import CLOCK, Actor, Case, Move, Step, Unit, World
from engine.compiling.plan import Workflow
from engine.step.take import take_step
from tests.builders.registered import EVERYBODY
from tests.builders.shelves import SHIPPED, national, rows, shipped
from tests.workflows.admission_office import day_after, moment
from tests.workflows.scenario_player import ZONE

RULES = shipped("task")
UNITS = {
    unit.id: unit
    for unit in (
        Unit(id="shi", level="city", title="师市"),
        Unit(id="tj", level="department", title="统计局", parent="shi"),
        Unit(id="jie", level="street", title="和顺街道", parent="shi"),
        Unit(id="heshun", level="community", title="和顺社区", parent="jie"),
    )
}
POSTS = tuple((role, unit) for role in sorted(RULES.definition.roles) for unit in UNITS)
ACTORS = (Actor(id="yi", posts=POSTS), Actor(id=CLOCK, kind="clock"), Actor(id="er", kind="link"))
LISTED: Mapping[str, Any] = rows(SHIPPED)["work_items"]
BARRED = [code for code, row in LISTED.items() if row["class"] in "FGXN"]
PLAIN = [code for code, row in LISTED.items() if row["class"] in "SA"]
ASSISTS = ("contact", "escort", "organise", "publicise", "persuade", "report", "submit")
ROW = "R-1"
"""The item in question; its row differs from plan to plan."""
MONTHS = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants next.

    Attributes:
        kind: ``accept`` where that is offered, else ``fire``, ``amend`` or ``correct``.
        pick: chooses among the triggers of the state.
        who: the place among the actors.
        changes: answers that differ from the trial's.
        later: days after the last wish.
    """

    kind: str = "accept"
    pick: int = 0
    who: int = 0
    changes: Mapping[str, Any] = field(default_factory=dict)
    later: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """A task where it stands, the list and the hours of that day, and what is tried.

    Attributes:
        state: where it stands.
        day: the day of the first wish.
        row: the item's row in the list.
        counts: the hours used, and refusals.
        fields: the answers.
        wishes: one after the other.
        signed: the chair has signed that there is no cost.
    """

    state: str
    day: date
    row: Mapping[str, Any]
    counts: Mapping[str, int]
    fields: Mapping[str, Any]
    wishes: tuple[Wish, ...]
    signed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """A step that was granted, on which day, in which world."""

    step: Step
    day: date
    world: World

    @property
    def accepts(self) -> bool:
        """Whether the task was accepted by it."""
        before = self.step.before
        return self.step.after.state == "accepted" and (
            before is None or before.state != "accepted"
        )


def favourable(day: date) -> dict[str, Any]:
    """Return answers with which a task is accepted."""
    return {
        "sender": "tj", "what": "宣传", "channel": "paper", "asked_by": "田某", "asked_on": day_after(day, 0),
        "work_item": ROW, "item_named": "XF-1", "verbs": ["publicise"], "any_signs": "no",
        "signs": [], "any_burdens": "no", "burdens": [], "volume": 8, "due_on": day_after(day, 20),
        "any_data": "no", "data_asked": [], "funds_arrived_on": day_after(day, -1),
        "no_cost_signed": None, "conditions_ready": True, "grounds": [], "reason": "理由",
        "redirect": "去向", "reply_on": day_after(day, 0), "hours": None, "spent": 5, "report": "简报",
        "objection": "异议", "finding": "recheck", "ruling": "再核对", "retaliation": "扣分",
    }  # fmt: skip


def a_row(day: date) -> dict[str, Any]:
    """Return a row of the list under which such a task is accepted."""
    return {
        "code": ROW, "class": "A", "name": "协助宣传", "basis": "消防法6", "active": True, "volume": 20,
        "data_fields": ["楼栋号", "场次"], "from": day_after(day, -100), "until": day_after(day, 100),
    }  # fmt: skip


def _odd_row(draw: Random, day: date) -> dict[str, Any]:
    return {
        "class": draw.choice("SAGFXPNCEEE"),
        "active": False,
        "volume": draw.choice([None, 0, 7, 8, 1000]),
        "data_fields": draw.choice([None, [], ["楼栋号"]]),
        "from": draw.choice([None, day_after(day, 1)]),
        "until": draw.choice([None, day_after(day, -1), day_after(day, 19), day_after(day, 20)]),
    }


def _odd(draw: Random, day: date) -> dict[str, Any]:
    options = RULES.fields
    many = {
        name: draw.sample(sorted(options[name].options or {}), draw.choice([0, 1, 2]))
        for name in ("verbs", "signs", "burdens")
    }
    return {
        **many,
        "work_item": draw.choice([None, ROW, draw.choice(BARRED), draw.choice(PLAIN)]),
        "any_signs": draw.choice([None, "yes", "no"]),
        "any_burdens": draw.choice([None, "yes", "no"]),
        "volume": draw.choice([None, 1, 12, 13, 300]),
        "due_on": draw.choice([None, day_after(day, -1), day_after(day, 0), day_after(day, 101)]),
        "any_data": draw.choice([None, "yes", "yes", "no"]),
        "data_asked": draw.choice(
            [[], [{"field": "场次"}], [{"field": "楼栋号"}, {"field": "名单"}]]
        ),
        "funds_arrived_on": draw.choice([None, day_after(day, 0), day_after(day, 1)]),
        "no_cost_signed": draw.choice([None, "说明.pdf"]),
        "conditions_ready": draw.choice([None, False, True]),
        "grounds": draw.choice([[], [draw.choice(BARRED)], [draw.choice(PLAIN)]]),
        "hours": draw.choice([0, 5000]),
        "finding": draw.choice(["stands", "recheck"]),
    }


def _some(draw: Random, values: Mapping[str, Any], count: int) -> dict[str, Any]:
    return {name: values[name] for name in draw.sample(sorted(values), count)}


def a_trial(draw: Random) -> Trial:
    """Draw a task near to being accepted or far from it, and up to five wishes."""
    day = date(2026, 1, 1) + timedelta(days=draw.randrange(330))
    spread = draw.choice([0, 0, 1, 1, 2])
    wishes = tuple(
        Wish(
            kind=draw.choice(["accept", "accept", "accept", "fire", "amend", "correct"]),
            pick=draw.randrange(60),
            who=draw.choice([0, 0, 0, 0, 1, 2]),
            changes=_some(draw, _odd(draw, day), draw.choice([0, 0, 1, 2])),
            later=draw.choice([0, 0, 1, 90]),
        )
        for _ in range(draw.randint(1, 5))
    )
    return Trial(
        state=draw.choice(["checking", "checking", "checking", *sorted(RULES.definition.states)]),
        day=day,
        row={**a_row(day), **_some(draw, _odd_row(draw, day), draw.choice([0, 0, 1, 1, 3]))},
        counts={
            "used_month": draw.choice([0, 0, 0, 12, 13, 20]),
            "used_year": draw.choice([0, 0, 0, 232, 233, 240]),
            "refused_before": draw.choice([0, 2]),
        },
        fields={**favourable(day), **_some(draw, _odd(draw, day), spread)},
        wishes=wishes,
        signed=draw.random() < 0.5,
    )


def play(workflow: Workflow, trial: Trial) -> Iterator[Granted]:
    """Try a trial's wishes one after the other; yield the steps that were granted."""
    opened = moment(trial.day - timedelta(days=3)).isoformat().replace("+00:00", "Z")
    case = Case(
        id="00000000-0000-4000-8000-000000000001", workflow=workflow.name,
        version=workflow.definition.version, unit="heshun", number="和顺社区任〔2026〕0001号",
        state=trial.state, fields=_given(trial.fields), taken={"sign_no_cost": int(trial.signed)}, opened_by="yi", opened_at=opened,
        revision=1, moved_at=opened,
    )  # fmt: skip
    world = World(
        people=EVERYBODY, calendar=national(), zone=ZONE, units=UNITS, next_seq=1, counts=trial.counts,
        catalogues={"work_items": {**LISTED, ROW: _given(trial.row)}},
    )  # fmt: skip
    day = trial.day
    for wish in trial.wishes:
        day += timedelta(days=wish.later)
        move = _move(workflow, case, wish, trial.fields)
        try:
            step = take_step(workflow, case, move, now=moment(day), world=world)
        except MoveRefused:
            continue  # refused: `case` is a frozen value, so nothing can have changed
        yield Granted(step=step, day=day, world=world)
        case = step.after


def _move(workflow: Workflow, case: Case, wish: Wish, fields: Mapping[str, Any]) -> Move:
    triggers = workflow.triggers.get(case.state, ())
    actor, changes = ACTORS[wish.who], wish.changes
    if wish.kind == "correct":
        return Move(actor=actor, kind="correct", data=changes, reason="更正")
    if wish.kind == "amend" or not triggers:
        return Move(actor=actor, kind="amend", data=changes)
    accepts = wish.kind == "accept" and "accept" in triggers
    trigger = "accept" if accepts else triggers[wish.pick % len(triggers)]
    branches = workflow.branches[case.state, trigger]
    names = {n for b in branches for n in (*b.definition.asks, *b.definition.may)}
    values = {**fields, **changes}
    return Move(
        actor=actor, trigger=trigger, data=_given({n: values.get(n) for n in sorted(names)})
    )


def _given(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if value is not None}


def wrongs(granted: Granted) -> list[str]:
    """Return why an accepted task may not be accepted, read off the rule and not off the file.

    Source:
        The plan's part 4.4 and the residents' committee law, article 43: only assistance on the
        list, in force, with funds and conditions; volume and data as the item says.
    """
    fields: Mapping[str, Any] = granted.step.after.fields
    listed: Mapping[str, Any] = granted.world.catalogues["work_items"]
    row: Mapping[str, Any] = listed.get(fields.get("work_item", ""), {})
    today = granted.day.isoformat()
    due = fields.get("due_on", "")
    holds = {
        "an assistance item": row.get("class") in {"A", "E"},
        "in force": row.get("active") is True,
        "begun": row.get("from", today) <= today,
        "not over": row.get("until", today) >= today,
        "within the term": today <= due <= row.get("until", due),
        "acts of assistance": bool(fields.get("verbs")) and set(fields["verbs"]) <= set(ASSISTS),
        "no signs": fields.get("any_signs") == "no" and not fields.get("signs"),
        "no burdens": fields.get("any_burdens") == "no" and not fields.get("burdens"),
        "no barred grounds": not set(fields.get("grounds", [])) & set(BARRED),
        "conditions": fields.get("conditions_ready") is True,
        **(_emergency(fields) if row.get("class") == "E" else _paid(fields, row, granted)),
    }
    return [name for name, well in holds.items() if not well]


def _data(fields: Mapping[str, Any]) -> set[str]:
    return {one["field"] for one in fields.get("data_asked", [])}


def _emergency(fields: Mapping[str, Any]) -> dict[str, bool]:
    return {"no data": not _data(fields) and fields.get("any_data") == "no"}


def _paid(fields: Mapping[str, Any], row: Mapping[str, Any], granted: Granted) -> dict[str, bool]:
    counts, hours, cap = (
        granted.world.counts,
        fields.get("volume", MONTHS**6),
        row.get("volume", -1),
    )
    arrived = fields.get("funds_arrived_on", "9999") <= granted.day.isoformat()
    asked, signed = _data(fields), granted.step.after.taken.get("sign_no_cost", 0) > 0
    return {
        "funds": arrived or ("no_cost_signed" in fields and signed),
        "hours of the month": counts["used_month"] + hours <= cap,
        "hours of the year": counts["used_year"] + hours <= cap * MONTHS,
        "data in scope": asked <= set(row.get("data_fields") or ()),
        "data stated": fields.get("any_data") == ("yes" if asked else "no"),
        "hours noted": fields.get("hours") == hours,
    }
