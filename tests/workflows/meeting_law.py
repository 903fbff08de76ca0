"""The law of meetings once more, read off the law and not off the pack, and meetings held by hand."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from engine.case.errors import MoveRefused
from engine.case.values import Actor, Case, Move, Plain, Run, Step, Unit, World
from engine.step.take import take_step
from engine.time.units import TimeUnit
from tests.builders.registered import EVERYBODY
from tests.builders.shelves import SHIPPED, national, rows, shipped
from tests.workflows.admission_office import day_after, moment
from tests.workflows.scenario_player import ZONE

RULES = shipped("consultation")
UNITS = {
    unit.id: unit
    for unit in (
        Unit(id="shi", level="city", title="师市"),
        Unit(id="jie", level="street", title="和顺街道", parent="shi"),
        Unit(id="heshun", level="community", title="和顺社区", parent="jie"),
        Unit(id="shuangfeng", level="community", title="双丰社区", parent="jie"),
    )
}
ROLES = sorted(RULES.definition.roles)
OFFICE = Actor(id="li", posts=tuple((role, unit) for role in ROLES for unit in UNITS))
ID = "00000000-0000-4000-8000-000000000002"
OLD_LAW, NEW_LAW = date(2025, 12, 31), date(2026, 1, 1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """A share of the law: more than the fraction, or at least that much."""

    top: int
    bottom: int
    more: bool = False

    def least(self, whole: int) -> int:
        """Return the smallest number that reaches the share of ``whole``.

        Source:
            domain document B.2: 过半数 is floor(n/2)+1, 三分之二以上 is ceil(n·2/3) (民法典1259).
        """
        if self.more:
            return whole * self.top // self.bottom + 1
        return -(-whole * self.top // self.bottom)


HALF, TWO_THIRDS, THREE_QUARTERS = Share(top=1, bottom=2, more=True), Share(top=2, bottom=3), Share(top=3, bottom=4)  # fmt: skip
TENTH, FIFTH, THIRD, ALL = (Share(top=1, bottom=n) for n in (10, 5, 3, 1))


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """A meeting of table B.2: who sits there, its quorum and majority, and since when."""

    forum: str
    basis: str
    quorum: Share
    majority: Share
    day: date
    area: bool = False
    of_all: bool = False

    @property
    def id(self) -> str:
        """Name it in a test."""
        return f"{self.forum}-{self.basis}-{self.day}"


def _meeting(forum: str, basis: str, quorum: Share, majority: Share, *days: date, **more: Any) -> list[Meeting]:  # fmt: skip
    return [
        Meeting(forum=forum, basis=basis, quorum=quorum, majority=majority, day=day, **more)
        for day in days
    ]


MEETINGS = [
    *_meeting("rm", "adults", HALF, HALF, OLD_LAW, NEW_LAW),
    *_meeting("rm", "households", HALF, HALF, OLD_LAW, NEW_LAW),
    *_meeting("rr", "members", TWO_THIRDS, HALF, NEW_LAW),
    *_meeting("vm", "adults", HALF, HALF, OLD_LAW, NEW_LAW),
    *_meeting("vm", "households", TWO_THIRDS, HALF, OLD_LAW, NEW_LAW),
    *_meeting("vr", "members", TWO_THIRDS, HALF, OLD_LAW, NEW_LAW),
    *_meeting("xz", "adults", TWO_THIRDS, HALF, OLD_LAW, NEW_LAW),
    *_meeting("xz", "households", TWO_THIRDS, HALF, OLD_LAW, NEW_LAW),
    *_meeting("ow_ordinary", "owners", TWO_THIRDS, HALF, OLD_LAW, NEW_LAW, area=True),
    *_meeting("ow_major", "owners", TWO_THIRDS, THREE_QUARTERS, OLD_LAW, NEW_LAW, area=True),
    *_meeting("ow_279", "owners", ALL, ALL, OLD_LAW, NEW_LAW, of_all=True),
]
"""Table B.2, entered a second time."""

DEMANDS = [
    ("rm", "adults", FIFTH, OLD_LAW), ("rm", "adults", TENTH, NEW_LAW),
    ("rm", "households", FIFTH, OLD_LAW), ("rm", "households", TENTH, NEW_LAW),
    ("rm", "groups", THIRD, OLD_LAW), ("rm", "reps", THIRD, NEW_LAW),
    ("rr", "reps", FIFTH, NEW_LAW),
    ("vm", "adults", TENTH, OLD_LAW), ("vm", "adults", TENTH, NEW_LAW),
    ("vm", "reps", THIRD, OLD_LAW), ("vm", "reps", THIRD, NEW_LAW),
    ("vr", "reps", FIFTH, OLD_LAW), ("vr", "reps", FIFTH, NEW_LAW),
    ("ow", "owners", FIFTH, OLD_LAW), ("ow", "owners", FIFTH, NEW_LAW),
]  # fmt: skip
"""Who may demand which meeting, by which share, on which day."""


def world() -> World:
    """Return what the services would look up."""
    matters = {
        code: {**row, "from": "2018-01-01"} for code, row in rows(SHIPPED)["matters"].items()
    }
    return World(
        people=EVERYBODY, calendar=national(), zone=ZONE, units=UNITS, catalogues={"matters": matters}, next_seq=1,
        params={name: param.value for name, param in RULES.definition.params.items()},
    )  # fmt: skip


def case(state: str, day: date, **fields: Plain) -> Case:
    """Return a case that stands in a state, its notices long since over."""
    opened = moment(date.fromisoformat(day_after(day, -60))).isoformat().replace("+00:00", "Z")
    at = day_after(day, -40)
    run = Run(
        clock="meeting_notice", kind="at_least", n=10, unit=TimeUnit.DAYS, anchor=at, raw=day_after(day, -30),
        due=day_after(day, -30), started_at=f"{at}T02:00:00Z",
    )  # fmt: skip
    return Case(
        id=ID, workflow=RULES.name, version=RULES.version, unit="heshun", number="议〔2026〕0001号",
        state=state, fields={"matter": FREE, "topic": "车棚", "result": "agreed", **fields}, runs=(run,),
        opened_by="wang", opened_at=opened, revision=1, moved_at=opened,
    )  # fmt: skip


FREE = next(code for code, row in sorted(rows(SHIPPED)["matters"].items()) if row["class"] not in {"F", "G"})  # fmt: skip
"""A matter that residents may decide."""


def tried(start: Case, trigger: str, day: date, **data: Plain) -> Step | None:
    """Return the step, or None where a guard shut the way."""
    move = Move(actor=OFFICE, trigger=trigger, data=data)
    try:
        return take_step(RULES, start, move, now=moment(day), world=world())
    except MoveRefused as refused:
        others = [str(one) for one in refused.reasons if one.code != "move.guard"]
        if others:
            raise AssertionError(others) from refused
        return None
