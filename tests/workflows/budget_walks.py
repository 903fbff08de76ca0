"""Walks through a participatory budget: seeded wishes of everybody, tried on the engine."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

from engine.case.errors import MoveRefused
from engine.case.values import Actor, Case, Move, World
from engine.compiling.plan import Branch, Workflow
from engine.step.take import open_case, take_step
from tests.builders.registered import EVERYBODY
from tests.builders.shelves import national, shipped
from tests.workflows.admission_office import day_after, moment
from tests.workflows.consultation_walks import KEENLY, UNITS, Granted, Path, something
from tests.workflows.scenario_player import ZONE

RULES = shipped("participatory_budget")
POSTS = tuple((role, unit) for role in sorted(RULES.definition.roles) for unit in UNITS)
LI, JIAN, STRANGER = Actor(id="li", posts=POSTS), Actor(id="jian", posts=POSTS), Actor(id="zu")
ID = "00000000-0000-4000-8000-000000000001"
DAY = date(2026, 3, 2)
AMOUNT = 100
LATER = (0, 0, 0, 0, 1, 4, 8, 11, 16)
FUNDED = {"posted", "executing", "accounting", "closed"}
"""Where the chosen projects stand fast."""
SELDOM = {
    "danger": 0.05, "stop": 0.03, "give_up": 0.1, "end_empty": 0.2, "end_in_danger": 0.3,
    "send_back": 0.1, "give_opinion": 0.1, "propose": 2, "object": 1, "uphold": 2, "publish_list": 3,
    "call_meeting": 3, "adopt": 3, "contract": 3, "pay": 2, "fail_quorum": 0.3, "inspect": 2,
}  # fmt: skip
WORLD = World(
    people=EVERYBODY, calendar=national(), zone=ZONE, units=UNITS, next_seq=1,
    params={name: part.value for name, part in RULES.definition.params.items()},
)  # fmt: skip


def walk(
    workflow: Workflow,
    draw: Random,
    *,
    start: Path = (),
    wishes: int = 70,
    keen: Collection[str] = (),
) -> Iterator[Path]:
    """Try so many wishes one after the other; yield the path after each that was granted."""
    path = start or _begin(workflow, draw)
    day = path[-1].day
    for _ in range(wishes):
        if workflow.is_final(path[-1].after.state):
            return
        day += timedelta(days=draw.choice(LATER))
        case = path[-1].after
        move = _wish(workflow, case, draw, day, keen)
        try:
            step = take_step(workflow, case, move, now=moment(day), world=WORLD)
        except MoveRefused:
            continue  # refused: `case` is a frozen value, so nothing can have changed
        path = (*path, Granted(step=step, move=move, day=day, world=WORLD))
        yield path


def _begin(workflow: Workflow, draw: Random) -> Path:
    data: dict[str, Any] = {
        "year": 2026, "fund": "惠民资金", "amount": str(AMOUNT), "fund_paper": "下达.pdf",
        "fund_rules": "小型公共设施", "call_channels": ["board", "wechat"],
    }  # fmt: skip
    move = Move(actor=LI, trigger="P01", data=data)
    step = open_case(workflow, case_id=ID, unit="heshun", move=move, now=moment(DAY), world=WORLD)
    first = Granted(step=step, move=move, day=DAY, world=WORLD)
    fields: dict[str, Any] = {**step.after.fields, "proposals": _proposals(draw)}
    after = replace(step.after, fields=fields)
    return (replace(first, step=replace(step, after=after)),)


def _proposals(draw: Random) -> list[dict[str, Any]]:
    names = ("楼道灯", "充电棚", "长椅", "拆除违建", "健身器材")
    return [
        {"title": one, "place": "3号楼", "who_gains": "居民"} for one in names[: draw.randint(2, 5)]
    ]


def _wish(workflow: Workflow, case: Case, draw: Random, day: date, keen: Collection[str]) -> Move:
    values = answers(draw, day, case)
    chance = draw.random()
    if case.proposals and chance < 0.6:
        one = case.proposals[0]
        return Move(actor=JIAN, kind="sign", trigger=one.trigger, hash=one.hash)
    if chance < 0.03:
        name = draw.choice(["proposals", "contracts", "objections", "amount"])
        return Move(actor=LI, kind="correct", data={name: values[name]}, reason="录入有误")
    if workflow.amendments.get(case.state) and chance < 0.4:
        part = draw.choice(workflow.amendments[case.state])
        data = {name: values[name] for name in part.fields}
        data |= {name: values[name][:1] for name in part.adds}
        data |= {name: _edited(case, name, cols, draw, day) for name, cols in part.edits.items()}
        return Move(actor=LI, kind="amend", data=data)
    offered = workflow.triggers[case.state]
    weights = [KEENLY if one in keen else SELDOM.get(one, 1) for one in offered]
    trigger = draw.choices(offered, weights)[0]
    branch = draw.choice(workflow.branches[case.state, trigger])
    actor = STRANGER if "anyone" in branch.by and draw.random() < 0.5 else LI
    return Move(actor=actor, trigger=trigger, data=_data(branch, case, values, draw, day))


def _data(
    branch: Branch, case: Case, values: Mapping[str, Any], draw: Random, day: date
) -> dict[str, Any]:
    names = [*branch.definition.asks, *(n for n in branch.definition.may if draw.random() < 0.2)]
    data = {name: values[name] if name in values else something(RULES, name) for name in names}
    data |= {name: values[name][:1] for name in getattr(branch.definition, "adds", ())}
    if branch.trigger == "propose":
        data["proposals"] = [
            {"title": f"项目{draw.randrange(999)}", "place": "东门", "who_gains": "居民"}
        ]
    return data | {
        name: _edited(case, name, cols, draw, day) for name, cols in branch.edits.items()
    }


def _edited(
    case: Case, name: str, columns: Collection[str], draw: Random, day: date
) -> dict[str, Any]:
    """Return entries for every row that is there; votes and choices mostly as they should be."""
    there: Any = case.fields.get(name, [])
    rows = {str(place): {**row} for place, row in enumerate(there, 1)}
    for row in rows.values():
        row.update(_entries(name, row, draw, day))
    if name == "proposals" and "chosen" in columns:
        for row in rows.values():
            if draw.random() < 0.08:
                del row["votes"]
        present = int(str(case.fields.get("present", 30)))
        chosen = greedy(list(rows.values()), Decimal(AMOUNT), present)
        odd = draw.random() < 0.4
        for row in rows.values():
            row["chosen"] = draw.random() < 0.5 if odd else row["title"] in chosen
            today = day_after(day, 0)
            row["voted_on"] = today if draw.random() < 0.02 else str(case.fields["meeting_on"])
    return {place: {c: row[c] for c in columns if c in row} for place, row in rows.items()}


def _entries(name: str, row: Mapping[str, Any], draw: Random, day: date) -> dict[str, Any]:
    today = day_after(day, 0)
    if name == "proposals":
        duty = row.get("title") == "拆除违建" or draw.random() < 0.05
        return {
            "cost": str(draw.choice([20, 30, 50, 50, 60, 90])), "official_duty": duty,
            "feasible": not duty if draw.random() < 0.95 else duty, "why_not": "部门职责",
            "who_bears": "无", "votes": draw.choice([10, 16, 18, 20, 25, 30]),
        }  # fmt: skip
    if name == "contracts":
        paid = draw.choice([row["price"], row["price"], "1", "70"])
        return {"paid": str(paid), "done_on": today, "not_done_why": "天气"}
    if name == "objections":
        return {"answer": "依据如下", "answered_on": today, "upheld": draw.random() < 0.4}
    return {"answer": "已采纳", "mended_on": today}


def answers(draw: Random, day: date, case: Case) -> dict[str, Any]:
    """Draw something for every field that a move may ask: mostly what is right, often not."""
    today = day_after(day, 0)
    rows: Any = case.fields.get("proposals", [])
    signed: Any = case.fields.get("contracts", [])
    titles = [row["title"] for row in rows if row.get("chosen")] or [row["title"] for row in rows]
    if draw.random() < 0.2:
        every = [row["title"] for row in rows]
        titles = draw.choice([every, draw.sample(every, max(1, len(titles) - 1))])
    forum, basis = draw.choice(
        [("rr", "members"), ("rr", "members"), ("rm", "adults"), ("vr", "members")]
    )
    contracts = [
        {"project": one, "provider": "heshun", "price": str(draw.choice([20, 20, 30, 50, 90])),
         "signed_on": today, "due_on": day_after(day, 30)}
        for one in titles
    ]  # fmt: skip
    paid = sum((Decimal(str(row["paid"])) for row in signed if "paid" in row), Decimal(0))
    return {
        "year": 2026, "amount": draw.choice(["100", "60"]), "proposals": _mended(rows, draw),
        "proposers": [{"person": "zu"}], "legal_opinion": "意见.pdf", "session_record": "记录.pdf",
        "opinions": [{"project": "长椅", "words": "放在树下"}], "forum": forum, "basis": basis,
        "meeting_on": day_after(day, draw.choice([5, 6, 11])), "special_reason": "临时", "eligible": 30,
        "roll_hash": "ab12", "present": draw.choice([30, 30, 28, 10]), "reason": "理由", "reply_on": today,
        "objections": [{"words": "太吵", "received_on": today}], "contracts": contracts,
        "no_interest": draw.random() < 0.9, "disclosed_until": today, "account": "决算.pdf",
        "inspections": [{"seen_on": today, "project": one, "found": "无", "in_order": draw.random() < 0.9}
                        for one in draw.sample(titles, 1)] if titles else [],
        "spent": str(paid) if draw.random() < 0.8 else "1", "audit_opinion": "属实",
        "satisfaction_asked": True, "satisfaction": [{"score": 5}], "order_paper": "决定.pdf",
        "danger_kind": "hazard", "reports": [{"body": "110", "reported_at": f"{today}T01:00:00Z"}],
        "body_reply": "已处理",
    }  # fmt: skip


def _mended(rows: list[Mapping[str, Any]], draw: Random) -> list[dict[str, Any]]:
    """Return the projects with another estimate, or found to be somebody's official duty."""
    cost, duty = draw.choice([20, 90]), draw.random() < 0.5
    return [
        {**row, "cost": str(cost), "official_duty": duty or row.get("official_duty", False)}
        if "feasible" in row and draw.random() < 0.5
        else {**row}
        for row in rows
    ]


def votes_of(row: Mapping[str, Any]) -> int:
    """Return a project's votes; -1 where none are on record."""
    return int(row.get("votes", -1))


def cost_of(row: Mapping[str, Any]) -> Decimal:
    """Return a project's estimate."""
    return Decimal(str(row.get("cost", 0)))


def greedy(rows: list[dict[str, Any]], money: Decimal, present: int) -> set[str]:
    """Choose by votes: most first, each that can still be paid; ties as they come.

    Source:
        issue 7: nobody changes the order that the votes made.
    """
    found: set[str] = set()
    for row in sorted(rows, key=votes_of, reverse=True):
        may = row.get("feasible") and not row.get("official_duty") and votes_of(row) * 2 > present
        if may and cost_of(row) <= money:
            found.add(row["title"])
            money -= cost_of(row)
    return found
