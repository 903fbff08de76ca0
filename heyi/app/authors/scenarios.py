"""Plays author tests on a real store: the case is loaded anew for every step."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from engine.case.errors import MoveRefused, Reason
from engine.case.values import Actor, Move, Unit
from engine.compiling.plan import Workflow
from engine.facts.knowing import may_know
from heyi.app.authors.expectations import Difference, differences, movers_of, readers_of
from heyi.app.authors.linked import children_of, linked_to
from heyi.app.authors.scenariofile import ScenarioDef, ScenarioFileDef, StepDef, local
from heyi.app.authors.wishes import wishes
from heyi.app.cases.casework import Casework
from heyi.app.cases.sight import Seen
from heyi.app.clocks.sweeps import Sweeps
from storage.kernel.records import Person
from storage.kernel.timerecords import Alert
from storage.work import Store, Work

LINK = "link"
"""Who moves where another case does: ``who: link``."""
FURNISHED_AT = datetime(2000, 1, 1, tzinfo=UTC)
"""Made-up rows stand since long ago, as shipped ones do: scenarios may play on any day."""


@dataclass(slots=True)
class StepResult:
    """The result of one step.

    Attributes:
        step: as written.
        place: 1-based within the scenario, shared openings counted in.
        seen: the case after it; None before the opening succeeded.
        refused: the reasons, where it was refused.
        wrong: what differs from what was expected.
    """

    step: StepDef
    place: int
    seen: Seen | None = None
    refused: tuple[Reason, ...] = ()
    wrong: list[Difference] = field(default_factory=list)


def furnish(store: Store, rule: ScenarioFileDef, *, scenario: ScenarioDef | None = None) -> None:
    """Put a file's made-up units, people and catalogue rows into a store."""
    with store.write() as work:
        _units(work, rule)
        _rows(work, rule)
        people = {**rule.people, **(scenario.people if scenario else {})}
        for name, person in people.items():
            work.people.put(Person(id=name, display_name=name))
            for post in person.posts:
                role, _, unit = post.partition("@")
                work.people.give_post(name, role=role, unit=unit)


def _units(work: Work, rule: ScenarioFileDef) -> None:
    done: set[str] = set()

    def put(name: str) -> None:
        if name in done:
            return
        done.add(name)
        unit = rule.units[name]
        if unit.in_ is not None:
            put(unit.in_)
        work.units.put(Unit(id=name, level=unit.level, title=unit.title or name, parent=unit.in_))

    for name in rule.units:
        put(name)


def _rows(work: Work, rule: ScenarioFileDef) -> None:
    """Add the file's rows to the catalogues; a row of a code there is stands in its place."""
    for name, rows in rule.catalogues.items():
        there = work.catalogues.rows(name) if work.catalogues.current(name) else {}
        work.catalogues.load(name, there | {str(row["code"]): row for row in rows}, at=FURNISHED_AT)


def run_scenario(
    cases: Casework, rule: ScenarioFileDef, scenario: ScenarioDef, workflow: Workflow
) -> Iterator[StepResult]:
    """Yield the result of each step; stops after a step that makes the rest meaningless.

    Args:
        cases: the use cases, on a store that ``furnish`` has filled.
        rule: the file.
        scenario: one of its scenarios.
        workflow: the workflow under test.
    """
    runner = _Runner(cases, rule, workflow)
    for place, step in enumerate(_flat(scenario.steps, rule, ()), 1):
        result = runner.run(step, place)
        yield result
        if runner.broken:
            return


def _flat(
    steps: Sequence[StepDef], rule: ScenarioFileDef, within: tuple[str, ...]
) -> Iterator[StepDef]:
    """Spell out shared openings (``starts: NAME``); one that names itself ends there."""
    for step in steps:
        if step.starts is None:
            yield step
        elif step.starts in rule.starts and step.starts not in within:
            yield from _flat(rule.starts[step.starts], rule, (*within, step.starts))


class _Runner:
    def __init__(self, cases: Casework, rule: ScenarioFileDef, workflow: Workflow) -> None:
        self.cases, self.rule, self.workflow = cases, rule, workflow
        self.case: str | None = None
        self.at: str | None = None
        self.now: datetime | None = None
        self.broken = False
        self.stranger = False
        self.heard: set[int] = set()

    def run(self, step: StepDef, place: int) -> StepResult:
        result = StepResult(step=step, place=place)
        if step.at is not None:
            self.now = local(step.at, self.cases.zone)
        if self.now is None:
            result.wrong.append(("at", "a moment", None))
            self.broken = True
            return result
        self._pass_time(self.now)
        if not self._find(result):
            return result
        self.stranger = False
        try:
            self._move(step)
        except MoveRefused as error:
            result.refused = error.reasons
        self._judge(result)
        if self.stranger:
            # No door would have let them: to them there is no such case.
            result.wrong.append((f"known.{step.who}", True, False))
        if self.at is not None:
            result.seen = self.cases.see(self.at, person=self._person(step), now=self.now)
            children = children_of(result.seen)
            eyes = {
                who: self.cases.see(self.at, person=who, now=self.now)
                for who in readers_of(step.expect)
            }
            hands = {
                who: self.cases.offers(self.at, person=who, now=self.now)[1]
                for who in movers_of(step.expect)
            }
            result.wrong += differences(
                step.expect, result.seen, children, self._alerts(), eyes, hands
            )
        elif step.expect:
            result.wrong.append(("case", "opened", None))
        return result

    def _find(self, result: StepResult) -> bool:
        """Find the case that a step is about: the scenario's own, or one linked to it (``in``)."""
        self.at, where = self.case, result.step.in_
        if where is None:
            return True
        known: list[str] = []
        if self.case is not None:
            own = self._see(self.case)
            self.at, known = linked_to(own, where, self._see), sorted(children_of(own))
        if self.case is None or self.at is None:
            result.wrong.append(("in", where, known))
            self.broken = True
        return not self.broken

    def _see(self, case: str) -> Seen:
        now = self.now or FURNISHED_AT
        return self.cases.see(case, person=self._anyone(), now=now)

    def _pass_time(self, now: datetime) -> None:
        """Let time pass as in an office that is always open: each rung rings when it is due."""
        sweeps = Sweeps(self.cases)
        last = None
        while True:
            with self.cases.store.read() as work:
                moment = work.clocks.next_at()
            # A rung that does not go away would ring for ever.
            if moment is None or moment > now or moment == last:
                return
            last = moment
            sweeps.all(moment)

    def _alerts(self) -> list[Alert]:
        """Return what rungs have owed since the last step."""
        with self.cases.store.read() as work:
            owed = work.alerts.of(self.at or "")
        new = [one for one in owed if one.kind == "rung" and one.id not in self.heard]
        self.heard.update(one.id for one in new)
        return new

    def _person(self, step: StepDef) -> str:
        return self._anyone() if step.who in {None, LINK} else str(step.who)

    def _anyone(self) -> str:
        return next(iter(self.rule.people))

    def _judge(self, result: StepResult) -> None:
        """Compare the refusal that came with the one that was expected."""
        want = result.step.refused
        if want is None:
            if result.refused:
                texts = [f"{r.code} {r.words.zh}" for r in result.refused]
                result.wrong.append(("refused", None, texts))
                self.broken = True
            return
        if not result.refused:
            result.wrong.append(("refused", want.model_dump(exclude_defaults=True), None))
            self.broken = True
            return
        for line in (want, *want.reasons):
            if not any(_fits(line.code, line.says, reason) for reason in result.refused):
                texts = [f"{r.code} {r.words.zh}" for r in result.refused]
                result.wrong.append(("refused", line.model_dump(exclude_defaults=True), texts))
        lacks = [name for r in result.refused if r.code == "move.missing" for name in r.names]
        if want.missing and sorted(lacks) != sorted(want.missing):
            result.wrong.append(("refused.missing", list(want.missing), lacks))

    def _move(self, step: StepDef) -> None:
        if step.who is None or self.now is None:
            return
        if step.who == LINK:
            self._linked(step, self.now)
            return
        shared: dict[str, Any] = {
            "person": step.who,
            "now": self.now,
            "via": "test",
            "on_behalf_of": step.for_,
            "occurred_at": local(step.happened, self.cases.zone) if step.happened else None,
        }
        if step.opens is not None:
            opened = self.cases.open(
                self.rule.workflow, unit=self._unit(step), data=step.opens, entry=step.entry or "",
                **shared,
            )  # fmt: skip
            self.case = self.at = opened.after.id
        if self.at is None:
            return
        for wish in wishes(step):
            if wish["kind"] == "sign":
                # Who signs in a story has just been shown the text.
                wish["hash"] = self.cases.shown_hash(self.at, wish["trigger"])
            mover = self.cases.see(self.at, person=str(step.who), now=self.now)
            self.cases.move(self.at, **{"reason": step.reason, **wish, **shared})
            self.stranger = self.stranger or not may_know(mover.actor, mover.facts)

    def _linked(self, step: StepDef, now: datetime) -> None:
        """Let some other case open this one, or tell it something, as links do."""
        actor = Actor(id=self._anyone(), kind="link")
        with self.cases.store.write() as work:
            if step.opens is not None:
                rules = self.cases.library.get(work, self.rule.workflow)
                move = Move(actor=actor, trigger=step.entry or "", data=step.opens, via="test")
                opened = self.cases.steps.open(
                    work, rules, self._unit(step), move, now=now, depth=0
                )
                self.case = self.at = opened.after.id
            if step.does is not None and self.at is not None:
                move = Move(actor=actor, trigger=step.does, data=step.with_, via="test")
                self.cases.steps.take(work, work.cases.load(self.at), move, now=now, depth=0)

    def _unit(self, step: StepDef) -> str:
        """Return where a case is opened: as said, where the opener has a post, else the first."""
        if step.unit is not None:
            return step.unit
        levels = self.workflow.definition.opened_at
        fits = [n for n, unit in self.rule.units.items() if not levels or unit.level in levels]
        person = self.rule.people.get(step.who or "")
        held = [post.partition("@")[2] for post in (person.posts if person else ())]
        return next((unit for unit in held if unit in fits), fits[0] if fits else "")


def _fits(code: str | None, says: str | None, reason: Reason) -> bool:
    if code is not None and code != reason.code:
        return False
    return says is None or says in reason.words.zh or says in reason.words.en
