"""Plays plans: each wish is fitted to the state the case is in, and tried on the engine."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from engine.case.errors import MoveRefused
from engine.case.values import Case, Move, Proposal, Publish, Run, Step, World
from engine.compiling.plan import Workflow
from engine.step.take import open_case, take_step
from engine.time.units import TimeUnit
from tests.workflows.admission_office import (
    ACTORS,
    NUMBER,
    PEOPLE,
    RULES,
    UNSET,
    day_after,
    moment,
    world,
)
from tests.workflows.admission_plans import OPENING, Plan, Wish

_HASH = "0" * 64
ID = "00000000-0000-4000-8000-000000000001"
BELOW = {
    "contested": ("consulting", "joint_review", "funding_pending"),
    "contested_listed": ("active", "paused", "under_review"),
}
"""What may lie under the overlays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step that was granted, with the world it was granted in."""

    step: Step
    world: World
    when: datetime


def variant_of(plan: Plan) -> Case:
    """Return the case that a plan begins with; under an overlay lies one of what it may cover."""
    below = BELOW.get(plan.state, ())
    opened = moment(plan.day - timedelta(days=400)).isoformat().replace("+00:00", "Z")
    return Case(
        id=ID, workflow=RULES.name, version=RULES.version, unit="shi", number=NUMBER,
        state=plan.state, stack=(below[plan.day.toordinal() % len(below)],) if below else (),
        fields={n: v for n, v in plan.fields.items() if v is not UNSET},
        runs=tuple(_overdue(clock, plan.day) for clock in ("consult", "funds_by", "emergency"))
        if plan.overdue else (),
        opened_by="yi", opened_at=opened, revision=1, moved_at=opened,
    )  # fmt: skip


def _overdue(clock: str, day: date) -> Run:
    due = day_after(day, -1)
    return Run(
        clock=clock, kind="within", n=5, unit=TimeUnit.DAYS, anchor=due, raw=due, due=due,
        started_at=f"{day_after(day, -9)}T02:00:00Z",
    )  # fmt: skip


def play(workflow: Workflow, plan: Plan) -> Iterator[Taken]:
    """Try a plan's wishes one after the other; yield the steps that were granted."""
    case, now, known = variant_of(plan), moment(plan.day), world()
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
        entry = workflow.openings[wish.pick % len(workflow.openings)]
        move = Move(
            actor=actor, trigger=entry.trigger, data=_fit(wish, values, sorted(entry.accepts), [])
        )
        return open_case(workflow, case_id=ID, unit="shi", move=move, now=now, world=known)
    triggers = workflow.triggers.get(case.state, ())
    if wish.kind in {"amend", "correct"} or not triggers:
        data = _amended(workflow, case, wish)
        move = Move(actor=actor, kind="correct" if wish.kind == "correct" else "amend", data=data,
                    reason="更正", occurred_at=when)  # fmt: skip
        return take_step(workflow, case, move, now=now, world=known)
    trigger = triggers[wish.pick % len(triggers)]
    branches = workflow.branches[case.state, trigger]
    word = branches[0].definition.id if wish.by_id and branches[0].definition.id else trigger
    asked = sorted({n for b in branches for n in (*b.definition.asks, *b.definition.adds)})
    data = _fit(wish, values, asked, sorted({n for b in branches for n in b.definition.may}))
    if wish.kind == "sign":
        case = replace(case, proposals=(_forged(trigger, branches[0].by[0], data, wish.who),))
        move = Move(actor=actor, kind="sign", trigger=word, occurred_at=when, hash=_HASH)
    else:
        move = Move(actor=actor, trigger=word, data=data, occurred_at=when)
    return take_step(workflow, case, move, now=now, world=known)


def _fit(wish: Wish, values: Mapping[str, Any], asked: list[str], may: list[str]) -> dict[str, Any]:
    """Return the data of a wish: all that is asked, and some of what may be given."""
    chosen = [*asked, *[n for n in may if n in wish.changes], *may[: wish.extra]]
    return {name: values[name] for name in chosen if values.get(name) is not UNSET}


def _amended(workflow: Workflow, case: Case, wish: Wish) -> dict[str, Any]:
    """Return what is amended or corrected: what the wish changes, UNSET included."""
    if wish.kind == "correct":
        return dict(wish.changes)
    opened = {name for part in workflow.amendments[case.state] for name in part.fields | part.adds}
    return {name: value for name, value in wish.changes.items() if name in opened}


def _forged(trigger: str, role: str, data: Mapping[str, Any], who: int) -> Proposal:
    """Return a proposal of any move, put there by another such actor, one signature short."""
    other = PEOPLE[(who + 1) % len(PEOPLE)].id
    return Proposal(
        trigger=trigger, branch=0, data=data, hash=_HASH, by=other, needs=(role,),
        signed=((role, other),),
    )  # fmt: skip


def _published(known: World, step: Step) -> World:
    items = dict(known.catalogues["work_items"])
    for effect in step.effects:
        if isinstance(effect, Publish) and not effect.drop:
            code = str(effect.row["code"])
            items[code] = {**items.get(code, {}), **effect.row}
    return world(items)
