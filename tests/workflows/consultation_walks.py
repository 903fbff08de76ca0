"""Walks through a consultation: seeded wishes of everybody, tried on the engine.

A walk begins with a topic, a demand or a part of a joint consultation, or goes on from a moment
of another walk. Whoever moves holds every post at every unit; time goes on by chance.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from random import Random
from typing import Any

from engine.case.errors import MoveRefused
from engine.case.values import Actor, Case, LinkedCase, Move, Step, Unit, World
from engine.compiling.plan import Branch, Workflow
from engine.step.take import open_case, take_step
from tests.builders.registered import EVERYBODY
from tests.builders.shelves import national, shipped
from tests.workflows.admission_office import moment
from tests.workflows.consultation_answers import MASTER, MATTERS, answers
from tests.workflows.scenario_player import ZONE

RULES = shipped("consultation")
UNITS = {
    unit.id: unit
    for unit in (
        Unit(id="shi", level="city", title="师市"),
        Unit(id="cg", level="department", title="城市管理局", parent="shi"),
        Unit(id="jie", level="street", title="和顺街道", parent="shi"),
        Unit(id="heshun", level="community", title="和顺社区", parent="jie"),
    )
}
POSTS = tuple((role, unit) for role in sorted(RULES.definition.roles) for unit in UNITS)
QIAN, JI, ZHAO, LI = (Actor(id=one, posts=POSTS) for one in ("qian", "ji", "zhao", "li"))
STRANGER, LINK = Actor(id="zhou"), Actor(id="other", kind="link")
NAMED = {"facilitator": QIAN, "recorder": JI, "proposer": ZHAO, "link": LINK}
ID, WHOLE = (f"00000000-0000-4000-8000-00000000000{n}" for n in (1, 3))
RISKY = (
    "impact",
    "attendance",
    "dissents",
    "result",
    "form",
    "demand_valid",
    "objections",
    "matter",
)
"""What is corrected: entries on which the properties rest."""
BACK = {"calm", "resume"}
"""Moves that only end an overlay: the case is where it was."""
LATER = (0, 0, 0, 0, 1, 3, 4, 8, 16)
"""Days between two wishes."""
SELDOM = {
    "danger": 0.05, "stop": 0.03, "decline": 0.2, "refer": 0.1, "convert": 0.1, "merge": 0.1,
    "hand_up": 0.1, "withdraw": 0.1, "end_without": 0.3, "suspend": 0.1, "change_notice": 0.1,
    "send_back": 0.1, "replan": 0.1, "retry": 0.5, "drop": 0.3, "end_in_danger": 0.4, "reopen": 3,
    "object": 0.7, "recuse": 0.02, "appoint": 0.05, "announce_withdrawal": 0.1, "take_over": 0.5,
    "must_convene": 3, "note_progress": 0.1, "grade_it": 1, "whole_moved": 0.02, "adjourn": 0.3,
    "form_opinion": 3, "to_study": 2, "archive_it": 0.1, "correct_filing": 0.1, "accept": 3,
    "withdraw_late": 0.3, "notify": 5, "open_session": 4, "ask_recheck": 0.3, "reopen_refused": 0.3,
    "record_reply": 0.1, "ask_review": 0.3, "uphold_refusal": 0.1, "publish": 3, "adopt": 3,
}  # fmt: skip
"""How often a move is tried, others once; what would end most walks at once is tried seldom."""

KEENLY = 9


@dataclass(frozen=True, slots=True, kw_only=True)
class Granted:
    """A step that was granted: on which day, to whom, for what, in which world."""

    step: Step
    move: Move
    day: date
    world: World

    @property
    def before(self) -> Case | None:
        """The case before it; None for an opening."""
        return self.step.before

    @property
    def after(self) -> Case:
        """The case after it."""
        return self.step.after

    @property
    def trigger(self) -> str:
        """The trigger that was carried out, "" for anything else than a transition."""
        if self.step.event.kind not in {"moved", "opened"}:
            return ""
        return str(self.step.event.public.get("trigger", ""))

    def rows(self, name: str) -> list[Mapping[str, Any]]:
        """Return a list of the case after it."""
        found: Any = self.after.fields.get(name, [])
        return list(found)


Path = tuple[Granted, ...]
"""The granted steps of one case from its opening on."""


def world(draw: Random) -> World:
    """Return what the services would look up; a joint consultation stands anywhere."""
    state = draw.choice(["parts_open", "passed", "passed", "no_agreement"])
    linked = {
        MASTER: _linked(MASTER, "consultation", "screening"),
        WHOLE: _linked(WHOLE, "joint_consultation", state),
    }
    return World(
        people=EVERYBODY, calendar=national(), zone=ZONE, units=UNITS, catalogues={"matters": MATTERS}, next_seq=1,
        params={name: part.value for name, part in RULES.definition.params.items()}, linked=linked,
    )  # fmt: skip


def _linked(case_id: str, workflow: str, state: str) -> LinkedCase:
    final = state in {"passed", "no_agreement"}
    return LinkedCase(
        id=case_id, workflow=workflow, number="议〔2026〕0009号", unit="heshun", state=state,
        final=final, outcome={"passed": "positive", "no_agreement": "negative"}.get(state),
        opened_on="2026-01-01",
    )  # fmt: skip


def begin(workflow: Workflow, draw: Random) -> Path:
    """Open a topic, or a part of a joint consultation, around the first day of the new law."""
    day = date(2025, 12, 1) + timedelta(days=draw.randrange(120))
    known, part = world(draw), draw.random() < 0.15
    values = answers(draw, day, {})
    names = ("topic", "matter", "location", "channel", "scope" if part else "proposers")
    data = {name: values[name] for name in names}
    if part:
        data["channel"] = "joint"
    elif data["channel"] == "delegated":
        data["delegated_by"] = "cg"
    move = Move(actor=LINK if part else ZHAO, trigger="", data=data)
    entry = next(b.trigger for b in workflow.openings if ("link" in b.by) is part)
    move = replace(move, trigger=entry)
    step = open_case(workflow, case_id=ID, unit="heshun", move=move, now=moment(day), world=known)
    if part:
        step = replace(step, after=replace(step.after, links={"whole": (WHOLE,)}))
    return (Granted(step=step, move=move, day=day, world=known),)


def walk(
    workflow: Workflow, draw: Random, *, start: Path = (), wishes: int = 80,
    keen: Collection[str] = (), later: Sequence[int] = LATER,
) -> Iterator[Path]:  # fmt: skip
    """Try so many wishes one after the other; yield the path after each that was granted.

    Args:
        workflow: the file, shipped or mutilated.
        draw: where chance comes from.
        start: the path to go on from; a fresh case where there is none.
        wishes: how many.
        keen: triggers that are tried far more often than others.
        later: days that may go by between two wishes.
    """
    path = start or begin(workflow, draw)
    if not start:
        yield path
    day = path[-1].day
    for _ in range(wishes):
        if workflow.is_final(path[-1].after.state) and draw.random() < 0.15:
            return
        day += timedelta(days=draw.choice(later))
        move = _wish(workflow, path[-1].after, draw, day, keen)
        case, known = path[-1].after, path[-1].world
        if move is None:
            continue
        try:
            step = take_step(workflow, case, move, now=moment(day), world=known)
        except MoveRefused:
            continue  # refused: `case` is a frozen value, so nothing can have changed
        path = (*path, Granted(step=step, move=move, day=day, world=known))
        yield path


def _wish(
    workflow: Workflow, case: Case, draw: Random, day: date, keen: Collection[str]
) -> Move | None:
    values = answers(draw, day, case.fields)
    chance = draw.random()
    if case.proposals and chance < 0.6:
        waiting = draw.choice(case.proposals)
        actor = NAMED.get(waiting.needs[0], LI) if waiting.by != LI.id else JI
        return Move(actor=actor, kind="sign", trigger=waiting.trigger, hash=waiting.hash)
    if chance < 0.02:
        name = draw.choice(RISKY)
        return Move(actor=LI, kind="correct", data={name: values[name]}, reason="录入有误")
    if case.state in workflow.amendments and workflow.amendments[case.state] and chance < 0.2:
        return _amendment(workflow, case, draw, values)
    offered = workflow.triggers.get(case.state, ())
    if not offered:
        return None
    weights = [KEENLY if one in keen else SELDOM.get(one, 1) for one in offered]
    trigger = draw.choices(offered, weights)[0]
    branch = draw.choice(workflow.branches[case.state, trigger])
    role = draw.choice(branch.by) if draw.random() < 0.9 else ""
    actor = NAMED.get(role, draw.choice([LI, LI, STRANGER]) if role == "anyone" else LI)
    return Move(actor=actor, trigger=trigger, data=_data(branch, case, values, draw))


def _data(branch: Branch, case: Case, values: Mapping[str, Any], draw: Random) -> dict[str, Any]:
    names = [*branch.definition.asks, *(n for n in branch.definition.may if draw.random() < 0.5)]
    data = {name: values[name] if name in values else something(RULES, name) for name in names}
    data |= {name: values[name][:1] for name in getattr(branch.definition, "adds", ())}
    if "special_for" in data:
        data["special_for"] = data.get("session_on") or data.get("meeting_on")
    for name, columns in branch.edits.items():
        data[name] = _edited(case, name, columns, values, draw)
    return data


def something(workflow: Workflow, name: str) -> Any:
    """Return what a field may hold of which the walks know nothing."""
    part = workflow.fields[name]
    if part.options:
        return sorted(part.options)[0]
    return {"boolean": True, "integer": 1, "date": "2026-03-02", "file": "附件.pdf"}.get(
        part.type, "甲"
    )


def _amendment(workflow: Workflow, case: Case, draw: Random, values: Mapping[str, Any]) -> Move:
    part = draw.choice(workflow.amendments[case.state])
    names = sorted(part.fields)
    alone = "demand_valid" not in names
    chosen = draw.sample(names, min(1, len(names))) if alone else names
    data = {name: values[name] if name in values else something(workflow, name) for name in chosen}
    data |= {name: values[name][:1] for name in part.adds}
    for name, columns in part.edits.items():
        data[name] = _edited(case, name, columns, values, draw)
    role = draw.choice(part.by)
    return Move(actor=NAMED.get(role, LI), kind="amend", data=data)


def _edited(
    case: Case, name: str, columns: Sequence[str], values: Mapping[str, Any], draw: Random
) -> dict[str, Any]:
    """Return what is entered in the rows that are there, with a column left out now and then."""
    there: Any = case.fields.get(name, [])
    every = values["edited"].get(name, {})
    return {
        str(place): {c: every[c] for c in columns if c in every and draw.random() < 0.85}
        for place, _row in enumerate(there, 1)
    }
