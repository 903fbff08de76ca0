"""What is moved: the workflow of ``toy.yaml``, rings of any length, and people to move it."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from engine.case.values import Actor, Case, Data, Move, Unit, World
from engine.checking.build import load_workflow
from engine.compiling.calendars import Edition
from engine.compiling.plan import Workflow
from engine.step.take import open_case
from heyi.app.library.shelf import FolderShelf
from heyi.bootstrap import shipped_folder

SHIPPED = FolderShelf([shipped_folder()])


class _Shelf(FolderShelf):
    """The files of this folder alone, for no pack shall bind a toy; calendars as shipped."""

    def edition(self, name: str) -> Edition | None:
        """Return a shipped calendar."""
        return SHIPPED.edition(name)


SHELF = _Shelf([Path(__file__).parent])
NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
ZONE = ZoneInfo("Asia/Shanghai")
DESK = "desk7"
CLERK = Actor(id="wang", posts=(("clerk", DESK),))
OPENING: Data = {"topic": "车棚加装充电位" * 3, "place": "三号楼东侧" * 3, "limit": 100}
TURNING: Data = {"amount": 5, "note": "已与住户当面说明，并记入台账。" * 2}
TURN = Move(actor=CLERK, trigger="turn", data=TURNING)


def units(desks: int = 200) -> list[Unit]:
    """Return a town of offices with ten desks each, parents first."""
    found = [Unit(id="town", level="town", title="某镇")]
    for place in range(desks):
        office = f"office{place // 10}"
        if place % 10 == 0:
            found.append(Unit(id=office, level="office", title=f"第{place // 10}办", parent="town"))
        found.append(Unit(id=f"desk{place}", level="desk", title=f"第{place}桌", parent=office))
    return found


def world() -> World:
    """Return what a move may look up, as the services find it."""
    path = {unit.id: unit for unit in units() if unit.id in {DESK, "office0", "town"}}
    return World(calendar=SHELF.calendar("cn"), zone=ZONE, units=path)


def toy() -> Workflow:
    """Return the workflow of ``toy.yaml``: two states, two guards, one deadline."""
    found = SHELF.workflow("toy")
    if found is None:
        raise FileNotFoundError(Path(__file__).parent / "toy.yaml")
    return found


_HEAD = """
format: 1
workflow: ring
version: 1
title: {zh: 环, en: ring}
opened_at: desk
roles: {clerk: {level: desk, label: {zh: 办理人, en: clerk}}}
readers: {public: anyone}
defaults: {privacy: public}
fields:
  topic: {type: text, label: {zh: 事项, en: topic}}
  place: {type: text, label: {zh: 地点, en: place}}
  limit: {type: integer, label: {zh: 上限, en: limit}}
  amount: {type: integer, label: {zh: 数量, en: amount}}
  note: {type: text, label: {zh: 说明, en: note}}
opening: [{to: s0, by: [clerk], asks: [topic, place, limit]}]
states:
  closed: {label: {zh: 办结, en: closed}, final: true, outcome: positive}
"""
_STATE = """
  s{at}:
    label: {{zh: 第{at}环, en: state {at}}}
    on:
      close: {{to: closed, by: [clerk]}}
      turn:
        to: s{next}
        by: [clerk]
        asks: [amount]
        may: [note]
        when:
          - {{that: "amount > 0", otherwise: {{zh: 须大于零, en: must be positive}}}}
          - {{that: "amount <= limit", otherwise: {{zh: 超过上限, en: over the limit}}}}
"""


def ring(states: int) -> Workflow:
    """Return a workflow whose states form a ring, each with the toy's two guards, no clock."""
    parts = (_STATE.format(at=at, next=(at + 1) % states) for at in range(states))
    return load_workflow(_HEAD + "".join(parts), file="ring.yaml", shelf=SHELF)


def opened(workflow: Workflow, known: World, *, case: str = "0" * 36) -> Case:
    """Return a case of these workflows, just opened."""
    move = Move(actor=CLERK, data=OPENING)
    return open_case(workflow, case_id=case, unit=DESK, move=move, now=NOW, world=known).after
