"""Random walks through a workflow: legal and illegal moves, the same for the same seed."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random
from typing import Any

from engine.case.errors import MoveRefused
from engine.case.values import Actor, Case, Data, Event, Move, Step, Unit, World
from engine.compiling.plan import Branch, Workflow
from engine.language.levels import OWN
from engine.language.parts import FieldDef
from engine.step.links import link_case
from engine.step.take import open_case, take_step
from tests.builders.club_worlds import ID, LINK, MONDAY, OTHER, TIMER, ZONE
from tests.builders.registered import EVERYBODY
from tests.builders.shelves import national

HERE = "here"
PERSONS = ("p1", "p2", "p3", "ke")
_BAD: tuple[Any, ...] = (None, "", -1, [], {}, "\ud800", ["x"], {"1": {}}, 10**20)


@dataclass(slots=True)
class Walk:
    """A case on its way.

    Attributes:
        workflow: its rules.
        rows: catalogue rows by catalogue and code.
        random: where chance comes from.
        case: as it stands; None before its opening was granted.
        now: the present moment; moves on by minutes to weeks.
        events: all events so far.
    """

    workflow: Workflow
    rows: dict[str, dict[str, Data]]
    random: Random
    case: Case | None = None
    now: datetime = MONDAY
    events: list[Event] = field(default_factory=list)

    def steps(self, length: int) -> Iterator[tuple[Move, Step | MoveRefused]]:
        """Yield what was tried and what came of it."""
        for _ in range(length):
            self.now += timedelta(minutes=self.random.choice([1, 50, 60 * 24, 60 * 24 * 9]))
            move = self.move()
            try:
                step = self.make(move)
            except MoveRefused as refused:
                yield move, refused
            else:
                self.case = step.after
                self.events.append(step.event)
                yield move, step

    def make(self, move: Move) -> Step:
        """Make a move, or note a link where it is marked as one."""
        if self.case is None:
            return open_case(
                self.workflow, case_id=ID, unit=HERE, move=move, now=self.now, world=self.world()
            )
        if move.via == "link":
            return link_case(
                self.workflow, self.case, name=move.trigger, other=OTHER.id, by=move.actor.id,
                now=self.now, world=self.world(),
            )  # fmt: skip
        return take_step(self.workflow, self.case, move, now=self.now, world=self.world())

    def world(self) -> World:
        """Return what the services would look up."""
        return World(
            people=EVERYBODY, calendar=national(), zone=ZONE, units=units_of(self.workflow), catalogues=self.rows,
            linked={OTHER.id: OTHER}, next_seq=7,
            counts={name: self.random.randrange(4) for name in self.workflow.definition.counts},
        )  # fmt: skip

    def actor(self) -> Actor:
        """Return somebody: mostly somebody who holds every post."""
        posts = tuple(
            (role, unit.id)
            for role, rule in self.workflow.definition.roles.items()
            for unit in units_of(self.workflow).values()
            if rule.level == unit.level or (rule.level == OWN and unit.id == HERE)
        )
        able = [Actor(id=name, posts=posts) for name in PERSONS[:3]]
        return self.random.choice([*able * 4, Actor(id="ke"), TIMER, LINK])

    def move(self) -> Move:
        """Return a move that might be granted, or might not."""
        actor, chance = self.actor(), self.random
        late = chance.choice(
            [None] * 20 + [self.now - timedelta(hours=chance.choice([1, 900, -1]))]
        )
        common: dict[str, Any] = {
            "actor": actor, "occurred_at": late, "reason": chance.choice(["", "slip"]),
            "on_behalf_of": chance.choice([None] * 40 + list(PERSONS)),
        }  # fmt: skip
        if self.case is None:
            branch = chance.choice(self.workflow.openings)
            return Move(trigger=branch.trigger, data=self.data(branch.accepts), **common)
        links = list(self.workflow.definition.links)
        if links and chance.random() < 0.05:
            return Move(trigger=chance.choice(links), via="link", **common)
        signing = ["sign"] * (12 if self.case.proposals else 1)
        kind: Any = chance.choice(["fire"] * 8 + ["amend", "correct", *signing])
        if kind in {"amend", "correct"}:
            return Move(kind=kind, data=self.data(self.names(kind)), **common)
        return self._fire(kind, common)

    def _fire(self, kind: Any, common: dict[str, Any]) -> Move:
        assert self.case is not None
        every = [*self.workflow.triggers[self.case.state], "nonsense", *self.workflow.aliases]
        own = self._ways_on(self.random.random() < 0.1) or every
        waiting = [p.trigger for p in self.case.proposals]
        lost = self.random.random() < 0.08
        trigger = self.random.choice(
            waiting if kind == "sign" and waiting else every if lost else own
        )
        branches = self.workflow.branches.get((self.case.state, trigger), ())
        accepts = self.random.choice(branches).accepts if branches else frozenset()
        data = {} if kind == "sign" else self.data(accepts)
        shown = next((p.hash for p in self.case.proposals if p.trigger == trigger), "")
        return Move(kind=kind, trigger=trigger, data=data, hash=shown, **common)

    def _ways_on(self, to_the_end: bool) -> list[str]:
        """Return the present triggers; mostly without those that end the case."""
        assert self.case is not None
        rules = self.workflow.definition.states
        return [
            trigger
            for trigger in self.workflow.triggers[self.case.state]
            for branch in self.workflow.branches[self.case.state, trigger]
            if to_the_end
            or branch.definition.to in {"stay", "back"}
            or not rules[branch.definition.to].final
        ]

    def names(self, kind: str) -> list[str]:
        """Return the fields that an amendment or a correction may name."""
        assert self.case is not None
        names = list(self.workflow.fields)
        if kind == "amend":
            for part in self.workflow.amendments[self.case.state]:
                names = [*part.fields, *part.adds, *part.edits] or names
        return self.random.sample(names, min(2, len(names)))

    def data(self, names: Any) -> dict[str, Any]:
        """Return values for most of these fields; a few of them bad."""
        found = {n: self.value(self.workflow.fields[n]) for n in sorted(names)}
        return {
            name: self.random.choice(_BAD) if self.random.random() < 0.01 else value
            for name, value in found.items()
            if self.random.random() < 0.93
        }

    def value(self, part: FieldDef) -> Any:
        """Return a value that suits a field's type."""
        if part.type == "list" and isinstance(part.of, dict):
            if self.random.random() < 0.1:
                return {
                    "1": {
                        n: self.value(c) for n, c in part.of.items() if self.random.random() < 0.4
                    }
                }
            return [
                {
                    n: self.value(c)
                    for n, c in part.of.items()
                    if not c.optional or self.random.random() < 0.5
                }
                for _ in range(self.random.randint(1, 2))
            ]
        if part.many:
            return [self._one(part)]
        return self._one(part)

    def _one(self, part: FieldDef) -> Any:
        chance = self.random
        if part.options is not None:
            return chance.choice(list(part.options))
        if part.type == "item":
            return chance.choice([*self.rows.get(str(part.of), {"none": {}})])
        if part.type == "unit":
            return chance.choice([*units_of(self.workflow)])
        kinds: dict[str, tuple[Any, ...]] = {
            "text": ("一二三", "x·y", "no"), "integer": (0, 1, 2, 5, 30), "decimal": ("0.5", 2, "12.25"),
            "money": ("0.50", 3, "100"), "boolean": (True, False, "是"), "person": PERSONS,
            "date": ("2026-03-01", "2026-05-02", "2026-12-31", "2027-01-04"), "case": (OTHER.id, OTHER.number),
            "moment": ("2026-03-02 10:00", "2026-05-01T00:00:00Z"), "file": ("a.pdf",),
        }  # fmt: skip
        return chance.choice(kinds[part.type])


def units_of(workflow: Workflow) -> dict[str, Unit]:
    """Return a unit for every level the file names: above the case's unit, or below it."""
    home = next(iter(workflow.definition.opened_at), "office")
    roles = workflow.definition.roles.values()
    above = dict.fromkeys(
        r.level for r in roles if r.level and r.reach is None and r.level not in {home, OWN}
    )
    below = dict.fromkeys(r.level for r in roles if r.level and r.reach)
    found: dict[str, Unit] = {}
    parent: str | None = None
    for level in (*above, home):
        name = HERE if level == home else f"above_{level}"
        found[name] = Unit(id=name, level=level, title=f"某{level}", parent=parent)
        parent = name
    for level in below:
        found[f"below_{level}"] = Unit(id=f"below_{level}", level=level, title=level, parent=HERE)
    return found


def through_json(plain: Any) -> Any:
    """Return plain data after a trip through JSON."""
    return json.loads(json.dumps(plain, ensure_ascii=False))


def branch_of(workflow: Workflow, case: Case, trigger: str, rule: str) -> Branch:
    """Return the branch of a trigger that carries a rule's id."""
    return next(
        b for b in workflow.branches[case.state, trigger] if (b.definition.id or "") == rule
    )
