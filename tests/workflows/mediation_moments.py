"""Mediations as they stand: every moment of the author tests, and random ways on from each.

A stand is a case as one event of an author test left it, with the people of that test. From
there anybody tries anything, on the engine: with the data that the author tests give for a
move, changed here and there, or with data drawn from nothing but the fields' types.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from random import Random
from typing import Any

from engine.case.errors import MoveRefused
from engine.case.fold import apply
from engine.case.values import CLOCK, Actor, Case, Event, LinkedCase, Move, Step, Unit, World
from engine.compiling.plan import Workflow
from engine.language.parts import FieldDef
from engine.step.offers import amendable
from engine.step.take import take_step
from engine.time.times import moment_text, parse_moment
from heyi.app.authors.scenariofile import ScenarioFileDef
from tests.builders.registered import EVERYBODY
from tests.builders.shelves import national
from tests.workflows.move_data import Told, naming, parties_of, swapped
from tests.workflows.scenario_player import ZONE, Cast, Script, scripts

NAME = "mediation"
LATER = (timedelta(hours=1), timedelta(days=1), timedelta(days=9), timedelta(days=70))


@dataclass(frozen=True, slots=True, kw_only=True)
class Stand:
    """A case at one moment of an author test.

    Attributes:
        script: whose.
        case: as the event left it.
        event: the event.
        world: what services would look up.
        people: everybody of the test with their posts, and somebody who belongs to nothing.
    """

    script: str
    case: Case
    event: Event
    world: World
    people: tuple[Actor, ...]

    @property
    def now(self) -> datetime:
        """When it happened."""
        return parse_moment(self.event.occurred_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Taken:
    """A step that was granted: to whom, in which world, and for what."""

    step: Step
    move: Move
    world: World
    when: datetime


def stands(cast: Cast, name: str = NAME) -> Iterator[Stand]:
    """Yield every moment of the cases that author tests play: of tests that make a new move."""
    made: set[tuple[str, str]] = set()
    for script in scripts():
        moves = {(step.does or "", step.who or "") for step in script.scenario.steps}
        if script.rule.workflow == name and moves - made:
            made |= moves
            yield from _stands(cast, script, name)


def _stands(cast: Cast, script: Script, name: str) -> Iterator[Stand]:
    histories = cast.perform(script).histories
    linked = {case.id: _linked(cast, case) for case, _events in histories}
    people = {**script.rule.people, **script.scenario.people}
    actors = tuple(
        Actor(id=one, posts=tuple((p.partition("@")[0], p.partition("@")[2]) for p in rule.posts))
        for one, rule in people.items()
    )
    world = World(
        people=EVERYBODY, calendar=national(), zone=ZONE, units=units_of(script.rule), linked=linked, next_seq=99,
        params=script.rule.params,
    )  # fmt: skip
    for case, events in histories:
        stood: Case | None = None
        for event in events if case.workflow == name else ():
            stood = apply(stood, event)
            yield Stand(
                script=script.id, case=stood, event=event, world=world,
                people=(*actors, Actor(id="outsider")),
            )  # fmt: skip


def units_of(rule: ScenarioFileDef) -> dict[str, Unit]:
    """Return the units of a file of author tests."""
    return {
        name: Unit(id=name, level=unit.level, title=unit.title or name, parent=unit.in_)
        for name, unit in rule.units.items()
    }


def _linked(cast: Cast, case: Case) -> LinkedCase:
    final = cast.workflow(case.workflow).is_final(case.state)
    return LinkedCase(
        id=case.id, workflow=case.workflow, number=case.number, unit=case.unit, state=case.state,
        final=final, outcome=case.outcome, opened_on=case.opened_at[:10],
    )  # fmt: skip


class Walker:
    """Walks on from a stand under some file: the shipped one, or one that was mutilated."""

    def __init__(
        self, workflow: Workflow, data: Told, draw: Random, *, favoured: Collection[str] = ()
    ) -> None:
        """Walk by a file.

        Args:
            workflow: the file.
            data: what author tests give.
            draw: where chance comes from: Hypothesis, or a seed.
            favoured: triggers that are tried wherever they are offered, half the time.
        """
        self.workflow, self.told, self.draw, self.favoured = workflow, data, draw, favoured

    def walk(self, stand: Stand, length: int) -> Iterator[Taken]:
        """Try so many things one after the other; yield what was granted."""
        case, now = stand.case, stand.now
        for _ in range(length):
            now += self.draw.choice(LATER)
            here = replace(stand, case=case)
            for move in self._moves(here, now):
                try:
                    step = take_step(self.workflow, case, move, now=now, world=stand.world)
                except MoveRefused:
                    continue  # refused: `case` is a frozen value, so nothing can have changed
                yield Taken(step=step, move=move, world=stand.world, when=now)
                case = step.after
                break

    def _moves(self, stand: Stand, now: datetime) -> Iterator[Move]:
        """Yield the same wish by one person after the other, in any order."""
        kind, trigger = self._wish(stand)
        data = {} if kind == "sign" else self._data(stand, kind, trigger, now)
        others = (Actor(id=CLOCK, kind="clock"), Actor(id="outsider", kind="link"))
        people = [*stand.people, self.draw.choice(others)]
        self.draw.shuffle(people)
        if kind == "correct":
            people = people[:1]
        parties = parties_of(stand.case)
        for actor in people:
            behalf = self.draw.choice([None, None, None, *parties])
            yield Move(
                actor=actor, kind=kind, trigger=trigger, data=data, reason="更正",
                hash=next((p.hash for p in stand.case.proposals if p.trigger == trigger), ""),
                on_behalf_of=None if actor.kind != "person" or behalf == actor.id else behalf,
            )  # fmt: skip

    def _wish(self, stand: Stand) -> tuple[Any, str]:
        triggers = self.workflow.triggers.get(stand.case.state, ())
        wanted = [one for one in triggers if one in self.favoured]
        if wanted and self.draw.random() < 0.5:
            return "fire", self.draw.choice(wanted)
        waiting = [one.trigger for one in stand.case.proposals]
        if waiting and self.draw.random() < 0.6:
            return "sign", self.draw.choice(waiting)
        if not triggers or self.draw.random() < 0.2:
            return self.draw.choice(["amend", "amend", "correct"]), ""
        on = [one for one in triggers if not self._stops(stand.case.state, one)]
        return "fire", self.draw.choice(on if on and self.draw.random() < 0.7 else triggers)

    def _stops(self, state: str, trigger: str) -> bool:
        """Tell whether a trigger can do nothing but end the case, or reports a danger."""
        stops = {name for name, part in self.workflow.definition.states.items() if part.final}
        branches = self.workflow.branches[state, trigger]
        return {branch.definition.to for branch in branches} <= stops | {"urgent"}

    def _data(self, stand: Stand, kind: str, trigger: str, now: datetime) -> dict[str, Any]:
        if kind != "fire":
            names = self._amendable(stand, now) if kind == "amend" else sorted(self.workflow.fields)
            return self._drawn(self.draw.sample(names, min(1, len(names))), stand, now)
        branches = self.workflow.branches[stand.case.state, trigger]
        accepts = sorted({name for branch in branches for name in branch.accepts})
        drawn = self._drawn(accepts, stand, now)
        if "mediator" in accepts and self.draw.random() < 0.5:
            named = naming(stand.case, self.draw.choice(stand.people).id, self.draw)
            return {name: value for name, value in named.items() if name in accepts}
        known = self.told.get(trigger)
        if not known or self.draw.random() < 0.2:
            return drawn
        data = {n: v for n, v in self.draw.choice(known).items() if n in accepts}
        if self.draw.random() < 0.4 and accepts:
            name = self.draw.choice(accepts)
            data = {**data, name: drawn[name]}
        if self.draw.random() < 0.4:
            data = self._nudged(data, drawn)
        if self.draw.random() < 0.4:
            persons = [actor.id for actor in stand.people]
            data = swapped(data, self.draw.choice(persons), self.draw.choice(persons))
        return data

    def _nudged(self, data: Mapping[str, Any], drawn: Mapping[str, Any]) -> dict[str, Any]:
        """Return the data with one column of one row taken from what was drawn."""
        lists = [name for name, value in data.items() if isinstance(value, list) and value
                 and isinstance(value[0], dict) and drawn.get(name)]  # fmt: skip
        if not lists:
            return dict(data)
        name = self.draw.choice(lists)
        rows = [dict(row) for row in data[name]]
        row, other = self.draw.choice(rows), self.draw.choice(drawn[name])
        column = self.draw.choice(sorted(other))
        row[column] = other[column]
        return {**data, name: rows}

    def _amendable(self, stand: Stand, now: datetime) -> list[str]:
        found: set[str] = set()
        for actor in stand.people:
            extra = amendable(self.workflow, stand.case, actor, now=now, world=stand.world)
            found |= {*extra.fields, *extra.adds, *(name for name, _columns in extra.edits)}
        return sorted(found)

    def _drawn(self, names: Sequence[str], stand: Stand, now: datetime) -> dict[str, Any]:
        return {name: self._value(self.workflow.fields[name], stand, now) for name in names}

    def _value(self, part: FieldDef, stand: Stand, now: datetime) -> Any:
        """Draw what a field may hold, as people give it."""
        draw = self.draw
        if part.many:
            options = sorted(part.options or ())
            return draw.sample(options, draw.randint(0, len(options)))
        if isinstance(part.of, dict):
            return [
                {name: self._value(column, stand, now) for name, column in part.of.items()}
                for _ in range(draw.randint(0, 2))
            ]
        if part.options:
            return draw.choice(sorted(part.options))
        persons = [actor.id for actor in stand.people]
        return {
            "text": lambda: draw.choice(["甲", "乙"]),
            "file": lambda: "附件.pdf",
            "integer": lambda: draw.randint(1, 3),
            "decimal": lambda: "1.5",
            "money": lambda: draw.choice(["300.00", "60000.00"]),
            "boolean": lambda: draw.random() < 0.5,
            "date": lambda: (now + timedelta(days=draw.randint(-20, 40))).date().isoformat(),
            "moment": lambda: moment_text(now - timedelta(hours=draw.randint(0, 30))),
            "person": lambda: draw.choice(persons),
            "unit": lambda: draw.choice(sorted(stand.world.units)),
            "case": lambda: draw.choice(sorted(stand.world.linked)),
            "item": lambda: None,
        }[part.type]()
