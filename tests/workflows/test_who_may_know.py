"""The matrix of who may know a case: every person, every stage, every read, against a hand-written table."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

import heyi.app.cases.cases
import heyi.app.clocks.clocks
import heyi.app.papers.papers
from engine.case.errors import HeyiError
from engine.case.values import Unit
from heyi.app.audit.audit import Audit
from heyi.app.authors.scenariofile import load_scenarios
from heyi.app.authors.scenarios import run_scenario
from heyi.app.authors.stage import Rehearsal
from heyi.app.cases.cases import Cases
from heyi.app.cases.casework import Casework
from heyi.app.cases.sight import Sight
from heyi.app.library.shelf import FolderShelf
from heyi.app.papers.papers import Papers
from heyi.app.reader import Reader
from storage.kernel.errors import CaseNotFound
from storage.kernel.records import CaseQuery, Person, RunQuery
from tests.builders.areas import clocks_of
from tests.builders.shelves import SHIPPED
from tests.workflows.knowing_table import (
    CONSULTATION,
    CONSULTATION_KNOWN,
    MEDIATION,
    MEDIATION_KNOWN,
    PUBLIC,
    UNITS,
    Stage,
    people,
)
from tests.workflows.scenario_player import ZONE

LIMIT = 200


@dataclass(frozen=True, slots=True, kw_only=True)
class Office:
    """An office with one case at some stage of it."""

    cases: Casework
    case: str
    now: datetime

    def asks(self) -> dict[str, Callable[[Reader], Any]]:
        """Return every read of the application that names a case, or might list it."""
        cases, clocks = Cases(self.cases), clocks_of(self.cases)
        named: dict[str, Any] = {"ref": self.case, "now": self.now}
        found: dict[str, Callable[[Reader], Any]] = {
            "show": lambda one: cases.show(one, **named),
            "history": lambda one: cases.history(one, **named),
            "diagram": lambda one: cases.diagram(one, **named),
            "issued": lambda one: Papers(self.cases).issued(one, **named),
            "verify": lambda one: Audit(self.cases).verify(one, **named),
            "page": lambda one: cases.list(one, after=self.case, now=self.now),
            "list": lambda one: self._among(cases.list(one, now=self.now, limit=LIMIT).items, "id"),
            "clocks": lambda one: self._among(
                clocks.list(one, now=self.now, limit=LIMIT).items, "case"
            ),
        }
        acts: dict[str, Callable[[Reader], Any]] = {
            "offers": lambda one: cases.offers(one, **named),
            "move": lambda one: cases.move(one, trigger="nothing", **named),
            "amend": lambda one: cases.move(one, kind="amend", **named),
            "sign": lambda one: cases.move(one, kind="sign", trigger="nothing", **named),
        }
        return found | acts

    def _among(self, rows: Any, name: str) -> None:
        if self.case not in {getattr(row, name) for row in rows}:
            raise CaseNotFound(self.case)

    def knows(self, person: str) -> dict[str, bool]:
        """Return by read whether somebody is told that the case exists."""
        ways = self.asks()
        if not person:
            # Nobody in particular has no offers and makes no moves.
            ways = {name: ways[name] for name in ("show", "history", "issued", "list", "page")}
        if not self._has_clocks():
            ways.pop("clocks", None)
        return {name: _is_told(ask, Reader(person=person)) for name, ask in ways.items()}

    def _has_clocks(self) -> bool:
        with self.cases.store.read() as work:
            return bool(work.clocks.listed(RunQuery(case=self.case)))

    def everybody(self) -> list[str]:
        with self.cases.store.read() as work:
            return ["", *(one.id for one in work.people.all())]


def _is_told(ask: Callable[[Reader], Any], reader: Reader) -> bool:
    try:
        ask(reader)
    except CaseNotFound:
        return False
    except HeyiError:
        # That a move is refused, with its reasons, tells that there is a case.
        return True
    return True


class Building:
    """Plays author tests up to a stage, with everybody of the table in the office."""

    def __init__(self, spare: Path) -> None:
        self.rehearsal = Rehearsal(FolderShelf([SHIPPED]), spare, ZONE)

    @contextmanager
    def at(self, stage: Stage) -> Iterator[Office]:
        file = SHIPPED / "tests" / f"{stage.file}.yaml"
        rule, _document = load_scenarios(file.read_text(encoding="utf-8"), file=str(file))
        scenario = rule.scenarios[stage.scenario]
        rules = self.rehearsal.workflow(rule.workflow)
        assert rules is not None
        with self.rehearsal.stage(rule, scenario) as cases:
            with cases.store.write() as work:
                for unit, (level, parent) in UNITS.items():
                    work.units.put(Unit(id=unit, level=level, title=unit, parent=parent))
                for person, posts in people().items():
                    work.people.put(Person(id=person, display_name=person))
                    for post in posts:
                        role, _, unit = post.partition("@")
                        work.people.give_post(person, role=role, unit=unit)
            last = None
            for last in run_scenario(cases, rule, scenario, rules):
                if last.place == stage.steps:
                    break
            assert last is not None
            with cases.store.read() as work:
                found = work.cases.list(CaseQuery(workflow=rule.workflow))
                first = min(found, key=lambda one: one.opened_at)
                now = max(first.moved_at + timedelta(minutes=1), first.opened_at)
            yield Office(cases=cases, case=first.id, now=now)


@pytest.fixture(scope="session")
def building(tmp_path_factory: pytest.TempPathFactory) -> Building:
    return Building(tmp_path_factory.mktemp("who-may-know"))


def _cells(
    office: Office, stage: str, known: Mapping[str, set[str]], *, public: bool = False
) -> set[tuple[str, bool]]:
    """Return the persons of the table for whom a read differs, with what it tells them."""
    wrong = set()
    for person in [*(one for one in people() if one != "neighbour"), ""]:
        expected = public or stage in known.get(person, set())
        told = office.knows(person)
        wrong |= {(person, is_told) for is_told in told.values() if is_told != expected}
    return wrong


@pytest.mark.parametrize("stage", MEDIATION)
def test_a_mediation_is_known_to_those_of_the_table_alone(building: Building, stage: str):
    with building.at(MEDIATION[stage]) as office:
        assert _cells(office, stage, MEDIATION_KNOWN) == set()


@pytest.mark.parametrize("stage", CONSULTATION)
def test_a_consultation_is_known_to_those_of_the_table_alone(building: Building, stage: str):
    with building.at(CONSULTATION[stage]) as office:
        assert _cells(office, stage, CONSULTATION_KNOWN, public=stage in PUBLIC) == set()


def test_the_people_of_a_mediation_know_it_and_nobody_else_of_their_kind(building: Building):
    with building.at(MEDIATION["talking"]) as office:
        told = {person: set(office.knows(person).values()) for person in office.everybody()}

    # wang and li are the parties, zhao mediates; qian mediates other cases of the same community.
    for person in ("wang", "li", "zhao"):
        assert told[person] == {True}
    for person in ("qian", "other", "fa", "si", "ban", "ju", "neighbour", "stranger"):
        assert told[person] == {False}


HOLES = ("read", "list", "clocks", "verify", "move", "papers")


def _unasked(
    self: Sight, work: Any, ref: str, actor: Any, *, now: datetime, moves: bool = False
) -> Any:
    return self.seen(work, work.cases.load(ref), actor, now=now, moves=moves)


def _unasked_look(cases: Casework, ref: str, *, person: str | None, now: datetime) -> Any:
    with cases.store.read() as work:
        seen = _unasked(cases, work, ref, work.people.actor(person or "wang"), now=now)
        return seen, work.cases.events(seen.case.id)


def _plant(patch: pytest.MonkeyPatch, hole: str) -> None:
    """Take the predicate away in one place."""
    every = CaseQuery(limit=LIMIT)
    if hole == "read":
        patch.setattr(heyi.app.cases.cases, "look", _unasked_look)
    elif hole == "papers":
        patch.setattr(heyi.app.papers.papers, "look", _unasked_look)
    elif hole == "list":
        patch.setattr(Cases, "_known", lambda _self, work, _query, *_more: work.cases.list(every))
    elif hole == "clocks":
        patch.setattr("heyi.app.clocks.lists.ways_of", lambda _actor: None)
        patch.setattr(Sight, "narrowed", lambda _self, _work, ids, *_a, **_k: frozenset(ids))
    elif hole == "verify":
        asked = Audit.verify
        office = Reader.system("test:hole")
        patch.setattr(Audit, "verify", lambda self, _one, **more: asked(self, office, **more))
    elif hole == "move":
        moved = Casework.moved
        patch.setattr(
            Casework, "moved", lambda self, *a, **more: moved(self, *a, **more, asks=False)
        )


@pytest.mark.parametrize("hole", HOLES)
def test_the_matrix_finds_a_hole_that_was_planted(
    building: Building, monkeypatch: pytest.MonkeyPatch, hole: str
):
    with building.at(MEDIATION["sealed"]) as office, monkeypatch.context() as patch:
        _plant(patch, hole)
        wrong = _cells(office, "sealed", MEDIATION_KNOWN)

    assert ("handler.xingfu", True) in wrong
    assert ("stranger", True) in wrong
