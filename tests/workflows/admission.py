"""Everything anybody could try in an admission: cases in any state, any actor, any move.

Nothing here knows which moves are right. A plan is drawn without looking at the case; while it
is played, each wish is fitted to the state the case is then in, so that the same plan can be
tried on a mutilated copy of the file.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from random import Random
from typing import Any

from engine.definitions.parts import FieldDef
from engine.errors import MoveRefused
from engine.facts import Facts
from engine.plan import Workflow
from engine.step import open_case, take_step
from engine.values import (
    CLOCK,
    Actor,
    Case,
    Move,
    Proposal,
    Publish,
    Run,
    Step,
    Unit,
    World,
)
from tests.builders.shelves import SHIPPED, national, rows, shipped
from tests.workflows.stage import ZONE

RULES = shipped("access_control")
ID = "00000000-0000-4000-8000-000000000001"
NUMBER = "师市准入〔2026〕001号"
OPENING = ""
"""The state of a case that is not there yet."""
UNSET: Any = None

ADMITTING: Mapping[str, frozenset[str]] = {
    "consulting": frozenset("AS"),
    "joint_review": frozenset("AS"),
    "funding_pending": frozenset("AS"),
    "active": frozenset("AS"),
    "emergency_temp": frozenset("E"),
}
"""The states that admit or lead to it, and the classes that may enter them."""

UNITS = {
    unit.id: unit
    for unit in (
        Unit(id="shi", level="city", title="师市"),
        Unit(id="cg", level="department", title="城市管理局", parent="shi"),
        Unit(id="jie", level="street", title="和顺街道", parent="shi"),
        Unit(id="heshun", level="community", title="和顺社区", parent="jie"),
        Unit(id="xingfu", level="community", title="幸福社区", parent="jie"),
        Unit(id="shuangfeng", level="community", title="双丰社区", parent="jie"),
    )
}
COMMUNITIES = ["heshun", "xingfu", "shuangfeng"]
ROLES = sorted(RULES.rule.roles)
POSTS = tuple((role, unit) for role in ROLES for unit in UNITS)
"""Every role of the file at every unit: whatever may be done, such a person may do it."""
PEOPLE = tuple(Actor(id=name, posts=POSTS) for name in ("yi", "er", "san"))
ACTORS = (*PEOPLE, Actor(id=CLOCK, kind="clock"), Actor(id="yi", kind="link"))
# The shipped edition of the list holds from 2026; here it is old, so that a row can be matched
# on every law date.
ITEMS = {
    code: {**row, "from": "2018-01-01"} for code, row in rows(SHIPPED)["work_items"].items()
}
CODES = {
    kind: [code for code, row in ITEMS.items() if row["class"] == kind] for kind in "SAGFXPNC"
}
QUESTIONS = (
    "responsible_kind", "any_signs", "signs", "field_of", "official_power", "any_burdens",
    "burdens", "law_says", "useful_service", "matched", "verbs", "responsible", "emergency_order",
)  # fmt: skip
FIELDS = tuple(sorted(RULES.fields))
STATES = (
    OPENING, *RULES.rule.states, "draft", *2 * ("classifying", "consulting", "joint_review"),
    *2 * ("funding_pending", "paused", "under_review"),
)  # fmt: skip
"""All, and those before an admission more often."""
EVEN, SELDOM = 0.5, 0.3


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What somebody wants next; ``pick`` chooses among what the state then offers.

    Attributes:
        kind: as in a move. A signature finds a proposal of that trigger by somebody else.
        changes: values that differ from the favourable ones; UNSET leaves a field out.
        extra: how many of the fields that may be given are given.
        days: how long after the last wish.
        back: days it is dated back.
    """

    kind: str
    pick: int
    who: int
    changes: Mapping[str, Any]
    extra: int = 0
    days: int = 0
    back: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """A case as it may stand, and what is tried on it."""

    state: str
    day: date
    fields: Mapping[str, Any]
    overdue: bool
    wishes: tuple[Wish, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step that was granted, with the world it was granted in."""

    step: Step
    world: World
    when: datetime


def favourable(day: date, *, law_says: str = "assist") -> dict[str, Any]:
    """Return values for every field with which an item is admitted, class A (or S: ``own``)."""
    values: dict[str, Any] = {
        "applicant": "cg", "item_name": "占道经营整治", "legal_basis": "市容条例第14条",
        "nature": "long", "responsible": "cg", "verbs": ["publicise", "persuade"], "volume": 20,
        "data_needed": [{"item": "商户名单", "why_not_shared": "无"}], "replaces": "IT-A12",
        "funds": "12000.00", "payer": "cg", "pay_on": _day(day, 30), "conditions": "工作证",
        "starts_on": _day(day, 60), "ends_on": _day(day, 300), "gaps": [{"what": "依据"}],
        "responsible_kind": "department", "any_signs": "no", "signs": [], "field_of": "city",
        "official_power": "no", "any_burdens": "no", "burdens": [], "law_says": law_says,
        "useful_service": "no", "emergency_order": UNSET, "matched": [],
        "asked_units": COMMUNITIES, "opinions": _opinions(), "members": 9, "came": 6,
        "redirect": "自行办理", "funds_arrived_on": _day(day, 0), "no_cost_signed": "无成本.pdf",
        "conditions_ready": True, "suspend_why": "funds", "exit_votes": [],
        "communities_count": 10, "law_repealed": False, "breach": False,
        "response_ended_on": _day(day, 5), "reason": "理由", "reply_on": _day(day, 0),
    }  # fmt: skip
    if law_says == "own":
        values |= {"field_of": "none", "responsible_kind": "community"}
    return values


def emergency(day: date) -> dict[str, Any]:
    """Return values for every field with which an emergency item is registered."""
    return {**favourable(day), "emergency_order": "命令.pdf", "ends_on": _day(day, 20)}


def _day(day: date, offset: int) -> str:
    return (day + timedelta(days=offset)).isoformat()


def _opinions() -> list[dict[str, Any]]:
    sizes = ("small", "middle", "large")
    return [
        {"unit": unit, "size_class": size, "load_ok": True, "words": "同意"}
        for unit, size in zip(COMMUNITIES, sizes, strict=True)
    ]


def a_plan(draw: Random) -> Plan:
    """Draw a case in any state, near to being admitted or far from it, and up to six wishes.

    Args:
        draw: Hypothesis' own generator, which shrinks what fails, or a seeded one, which is quick.
    """
    day = date(2018, 1, 1) + timedelta(days=draw.randrange(10 * 365))
    state = draw.choice(STATES)
    base = favourable(day, law_says=draw.choice(["assist", "assist", "own", "own", "silent"]))
    if state in {OPENING, "draft"} and draw.random() < EVEN:
        base = emergency(day)
    return Plan(
        state=state,
        day=day,
        fields={**base, **_changes(draw, day, draw.choice([0, 1, 1, 2, 4]))},
        overdue=draw.random() < EVEN,
        wishes=tuple(_wish(draw, day) for _ in range(draw.randint(1, 6))),
    )


def _wish(draw: Random, day: date) -> Wish:
    return Wish(
        kind=draw.choice(["fire"] * 5 + ["sign", "amend", "correct"]),
        pick=draw.randrange(60),
        who=draw.choice([0, 0, 0, 1, 2, 3, 4]),
        changes=_changes(draw, day, draw.choice([0, 0, 1, 2])),
        extra=draw.randrange(3),
        days=draw.choice([0, 0, 0, 0, 1, 20, 200]),
        back=draw.choice([0, 0, 0, 0, 1, 30]),
    )


def _changes(draw: Random, day: date, count: int) -> dict[str, Any]:
    """Draw values for a few fields, most often for those that the verdict reads."""
    names = [draw.choice(draw.choice([QUESTIONS, QUESTIONS, FIELDS])) for _ in range(count)]
    return {
        name: UNSET if draw.random() < SELDOM else _value(draw, RULES.fields[name], day)
        for name in names
    }


def _value(draw: Random, part: FieldDef, day: date) -> Any:
    """Draw what a field may hold, as people give it."""
    if part.many:
        one = part.model_copy(update={"many": False})
        return [_value(draw, one, day) for _ in range(draw.randrange(4))]
    if isinstance(part.of, dict):
        return [
            {name: _value(draw, column, day) for name, column in part.of.items()}
            for _ in range(draw.randrange(4))
        ]
    if part.options:
        return draw.choice(sorted(part.options))
    return {
        "text": lambda: draw.choice(["甲", "乙"]),
        "file": lambda: "附件.pdf",
        "integer": lambda: draw.randint(1, 40),
        "money": lambda: draw.choice(["0", "0.01", "12000.00"]),
        "boolean": lambda: draw.random() < EVEN,
        "date": lambda: _day(day, draw.randint(-40, 400)),
        "unit": lambda: draw.choice(sorted(UNITS)),
        "item": lambda: draw.choice(CODES[draw.choice(sorted(CODES))]),
    }[part.type]()


def moment(day: date, hour: int = 10) -> datetime:
    """Return an hour of a day in the office's zone, aware, in UTC."""
    return datetime.combine(day, time(hour), tzinfo=ZONE).astimezone(UTC)


def case_of(plan: Plan) -> Case:
    """Return the case that a plan begins with."""
    opened = moment(plan.day - timedelta(days=400)).isoformat().replace("+00:00", "Z")
    return Case(
        id=ID, workflow=RULES.name, version=RULES.version, unit="shi", number=NUMBER,
        state=plan.state, fields={n: v for n, v in plan.fields.items() if v is not UNSET},
        runs=tuple(_overdue(clock, plan.day) for clock in ("consult", "funds_by", "emergency"))
        if plan.overdue else (),
        opened_by="yi", opened_at=opened, revision=1, moved_at=opened,
    )  # fmt: skip


def _overdue(clock: str, day: date) -> Run:
    due = _day(day, -1)
    return Run(
        clock=clock, kind="within", n=5, unit="days", anchor=due, raw=due, due=due,
        started_at=f"{_day(day, -9)}T02:00:00Z",
    )  # fmt: skip


def world(items: Mapping[str, Any] = ITEMS) -> World:
    """Return what the services would look up."""
    return World(
        calendar=national(), zone=ZONE, units=UNITS, catalogues={"work_items": items}, next_seq=1
    )


def play(workflow: Workflow, plan: Plan) -> Iterator[Taken]:
    """Try a plan's wishes one after the other; yield the steps that were granted."""
    case, now, known = case_of(plan), moment(plan.day), world()
    for wish in plan.wishes:
        now += timedelta(days=wish.days, hours=1)
        when = now - timedelta(days=wish.back)
        try:
            step = _try(workflow, case, wish, plan, now=now, when=when, known=known)
        except MoveRefused:
            continue  # refused: `case` is a frozen value, so nothing can have changed
        yield Taken(step=step, world=known, when=when)
        case, known = step.after, _published(known, step)


def _try(
    workflow: Workflow, case: Case, wish: Wish, plan: Plan, *, now: datetime, when: datetime,
    known: World,
) -> Step:  # fmt: skip
    actor, values = ACTORS[wish.who], {**plan.fields, **wish.changes}
    if case.state == OPENING:
        data = _fit(wish, values, sorted(workflow.openings[0].accepts), [])
        move = Move(actor=actor, data=data)
        return open_case(workflow, case_id=ID, unit="shi", move=move, now=now, world=known)
    words = _words(workflow, case.state)
    if wish.kind in {"amend", "correct"} or not words:
        data = _amended(workflow, case, wish)
        move = Move(actor=actor, kind="correct" if wish.kind == "correct" else "amend", data=data,
                    reason="更正", occurred_at=when)  # fmt: skip
        return take_step(workflow, case, move, now=now, world=known)
    word, trigger = words[wish.pick % len(words)]
    branches = workflow.branches[case.state, trigger]
    asked = sorted({n for b in branches for n in (*b.rule.asks, *b.rule.adds)})
    data = _fit(wish, values, asked, sorted({n for b in branches for n in b.rule.may}))
    if wish.kind == "sign":
        case = replace(case, proposals=(_forged(trigger, branches[0].by[0], data, wish.who),))
        move = Move(actor=actor, kind="sign", trigger=word, occurred_at=when)
    else:
        move = Move(actor=actor, trigger=word, data=data, occurred_at=when)
    return take_step(workflow, case, move, now=now, world=known)


def _words(workflow: Workflow, state: str) -> list[tuple[str, str]]:
    """Return every word that fires something here, triggers and rule ids, with its trigger."""
    found = [(trigger, trigger) for trigger in workflow.triggers.get(state, ())]
    ids = [
        (str(branch.rule.id), trigger)
        for _word, trigger in found
        for branch in workflow.branches[state, trigger]
        if branch.rule.id
    ]
    return found + ids


def _fit(
    wish: Wish, values: Mapping[str, Any], asked: list[str], may: list[str]
) -> dict[str, Any]:
    """Return the data of a wish: all that is asked, and some of what may be given."""
    chosen = [*asked, *[n for n in may if n in wish.changes], *may[: wish.extra]]
    return {name: values[name] for name in chosen if values.get(name) is not UNSET}


def _amended(workflow: Workflow, case: Case, wish: Wish) -> dict[str, Any]:
    """Return what is amended or corrected: what the wish changes, UNSET included."""
    if wish.kind == "correct":
        return dict(wish.changes)
    opened = {
        name for part in workflow.amendments[case.state] for name in part.fields | part.adds
    }
    return {name: value for name, value in wish.changes.items() if name in opened}


def _forged(trigger: str, role: str, data: Mapping[str, Any], who: int) -> Proposal:
    """Return a proposal of any move, put there by another such actor, one signature short."""
    other = PEOPLE[(who + 1) % len(PEOPLE)].id
    return Proposal(
        trigger=trigger, branch=0, data=data, hash="0" * 64, by=other, needs=(role,),
        signed=((role, other),),
    )  # fmt: skip


def _published(known: World, step: Step) -> World:
    items = dict(known.catalogues["work_items"])
    for effect in step.effects:
        if isinstance(effect, Publish) and not effect.drop:
            code = str(effect.row["code"])
            items[code] = {**items.get(code, {}), **effect.row}
    return world(items)


def verdict(case: Case, *, known: World, when: datetime) -> str | None:
    """Return what the shipped file says of a case, None where it is unknown."""
    found: str | None = Facts(RULES, case, known, now=when).get("verdict.class")
    return found


def barred_by_hand(case: Case, known: World) -> list[str]:
    """Return why a case may not be admitted, read off the rule and not off the file.

    Source:
        The plan's part 4.4: no duty of street, town or department, nothing that makes a
        community the responsible body, no burdening practice; what is unanswered admits nothing.
    """
    fields: Mapping[str, Any] = case.fields
    listed = known.catalogues["work_items"]
    matched = {str(listed[code]["class"]) for code in fields.get("matched", [])}
    wrong = [f"matches class {kind}" for kind in sorted(matched & set("GFX"))]
    asked = ("any_signs", "any_burdens", "official_power")
    wrong += [f"{name} is unanswered" for name in asked if name not in fields]
    for name, bad in (("any_signs", "yes"), ("any_burdens", "yes"), ("official_power", "yes")):
        wrong += [name] if fields.get(name) == bad else []
    wrong += [name for name in ("signs", "burdens") if fields.get(name)]
    wrong += ["an act of power"] if "power" in fields.get("verbs", []) else []
    # Where the area is none of the forbidden ones and the law does not say "assists", it does
    # not matter who is responsible; where somebody else is, the area does not matter.
    forbidden_area = fields.get("field_of") != "none" or fields.get("law_says") == "assist"
    if forbidden_area and fields.get("responsible_kind") in {"community", None}:
        wrong.append("the community is or may be the responsible body")
    return wrong + _no_assistance(fields)


def _no_assistance(fields: Mapping[str, Any]) -> list[str]:
    """Return why this is no mere assistance; the committee's own duties need not be that."""
    ordered = "emergency_order" in fields and fields.get("responsible_kind") != "community"
    if fields.get("law_says") == "own" and not ordered:
        return []
    verbs = set(fields.get("verbs", []))
    wrong = [] if verbs and "other" not in verbs else ["more than assistance is asked"]
    responsible = UNITS.get(fields.get("responsible", ""))
    if responsible is None or responsible.level == "community":
        wrong.append("a community is named as responsible body")
    return wrong


def wrongs(taken: Taken) -> list[str]:
    """Return in which way a granted step admits what may not be admitted; empty if in none."""
    step = taken.step
    found = verdict(step.after, known=taken.world, when=taken.when)
    allowed: frozenset[str] = frozenset()
    if step.event.kind in {"moved", "opened"} and step.after.state in ADMITTING:
        allowed = ADMITTING[step.after.state]
    elif any(isinstance(e, Publish) and e.row.get("active") is True for e in step.effects):
        allowed = frozenset("ASE")
    if not allowed:
        return []
    wrong = [] if found in allowed else [f"{step.after.state} with verdict {found}"]
    published = [e.row["class"] for e in step.effects if isinstance(e, Publish) and "class" in e.row]
    wrong += [f"published as {kind}" for kind in published if kind != found]
    return wrong + barred_by_hand(step.after, taken.world)
