"""Joint consultations of two to four communities: played on a store, and judged on the engine."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from random import Random
from typing import Any

from engine.case.errors import MoveRefused
from engine.case.values import Actor, Case, LinkedCase, Move, Step, Unit, World
from engine.compiling.plan import Workflow
from engine.step.take import take_step
from heyi.app.authors.scenariofile import ScenarioFileDef, load_scenarios
from heyi.app.cases.casework import Casework
from tests.builders.registered import EVERYBODY
from tests.builders.shelves import national, shipped
from tests.workflows.admission_office import moment
from tests.workflows.consultation_answers import MATTERS
from tests.workflows.scenario_player import ZONE, Cast, yaml_of

RULES, PART = shipped("joint_consultation"), shipped("consultation")
DAY = date(2026, 3, 2)
NAMES = ("xingfu", "shuangfeng", "heshun", "anju")
POSTS = ("chair", "handler", "party", "lawyer")
ENDS = ("passed", "voted_down", "stopped", "withdrawn", "referred", "danger")
"""How a part may come to its end; only the first is a pass."""
PASSED = {"waiting_parts", "implementing", "feedback", "closed"}
"""Where a part stands that is through its own posting."""
Step_ = tuple[str, str, Mapping[str, Any]]
"""Who, which trigger, with what; ``+`` before the trigger signs, ``~`` corrects, ``=`` amends."""


def office(communities: int) -> ScenarioFileDef:
    """Return so many communities under one street, with the people of each."""
    units: dict[str, Any] = {
        "shi": {"title": "铁门关市", "level": "city"},
        "jie": {"title": "和顺街道", "level": "street", "in": "shi"},
    }
    people: dict[str, Any] = {
        "wei": {"posts": ["lead@jie", "street@jie"]}, "min": {"posts": ["civil@shi"]},
        "qian": {}, "ji": {}, "zhao": {},
    }  # fmt: skip
    for name in NAMES[:communities]:
        units[name] = {"title": f"{name}社区", "level": "community", "in": "jie"}
        people |= {f"{name}-{post}": {"posts": [f"{post}@{name}"]} for post in POSTS}
    people = {name.replace("-", "_"): one for name, one in people.items()}
    first = {"at": "2026-03-02 10:00", "who": "wei", "opens": {}}
    scenario = {"name": {"zh": "无", "en": "none"}, "steps": [first]}
    file = {
        "workflow": "joint_consultation",
        "units": units,
        "people": people,
        "scenarios": [scenario],
    }
    return load_scenarios(yaml_of(file), file="joint.yaml")[0]


@dataclass(slots=True)
class Joint:
    """A joint consultation that is being played, with the case of each community.

    Attributes:
        cases: the use cases.
        whole: the id of the street's case.
        parts: the ids of the communities' cases, by unit.
        day: the day of the next move.
        steps: what was granted so far, with whose case it was: "" for the street's.
    """

    cases: Casework
    whole: str
    parts: Mapping[str, str]
    day: date = DAY
    steps: list[tuple[str, Step]] = field(default_factory=list)

    def ids(self) -> dict[str, str]:
        """Return all cases by unit; "" is the street's."""
        return {"": self.whole, **self.parts}

    def kept(self) -> dict[str, Case]:
        """Return all cases as stored, by unit."""
        with self.cases.store.read() as work:
            return {name: work.cases.load(ref) for name, ref in self.ids().items()}

    def does(self, unit: str, who: str, word: str, data: Mapping[str, Any]) -> Step:
        """Make one move in a community's case, or ("") in the street's."""
        signs = {"+": "sign", "~": "correct", "=": "amend"}
        kind = signs.get(word[:1], "fire")
        trigger = "" if kind in {"correct", "amend"} else word.lstrip("+")
        reason = "录入有误" if kind == "correct" else ""
        shown = self.cases.shown_hash(self.ids()[unit], trigger) if kind == "sign" else ""
        step = self.cases.move(
            self.ids()[unit], person=who, trigger=trigger, data=dict(data), kind=kind,
            reason=reason, hash=shown, now=moment(self.day),
        )  # fmt: skip
        self.steps.append((unit, step))
        return step

    def tries(self, trigger: str) -> bool:
        """Tell whether the street may do something now; nothing else refuses it but the guard."""
        data = {"reply_on": self.day.isoformat()}
        data |= {"reason": "有社区未通过"} if trigger == "fail" else {}
        try:
            self.does("", "wei", trigger, data)
        except MoveRefused as refused:
            codes = {one.code for one in refused.reasons}
            if codes - {"move.guard"}:
                raise AssertionError(codes) from refused
            return False
        return True


@contextmanager
def joint(cast: Cast, communities: int) -> Iterator[Joint]:
    """Yield a joint consultation whose parts have just been opened."""
    rule = office(communities)
    with cast.rehearsal.stage(rule, rule.scenarios[0]) as cases:
        topic = {"topic": "排水沟", "matter": "CM-DRAIN", "location": "共用排水沟"}
        whole = cases.open(
            "joint_consultation",
            unit="jie",
            person="wei",
            data=topic,
            now=moment(DAY),
            entry="C37a",
        ).after.id
        named = [{"unit": name, "burden": "出资"} for name in NAMES[:communities]]
        data: dict[str, Any] = {"communities": named, "joint_plan": "清淤加盖"}
        step = cases.move(whole, person="wei", trigger="open_parts", data=data, now=moment(DAY))
        with cases.store.read() as work:
            parts = {work.cases.load(ref).unit: ref for ref in step.after.links["parts"]}
        yield Joint(cases=cases, whole=whole, parts=parts)


def script(unit: str, end: str, votes: tuple[int, int, int]) -> list[tuple[int, Step_]]:
    """Return how a community comes to an end, each move with the days that go before it.

    Args:
        unit: the community.
        end: one of ``ENDS``.
        votes: eligible, present and for.
    """
    chair, handler, party, lawyer = (f"{unit}_{post}" for post in POSTS)
    stop = {"order_paper": "决定.pdf", "reason": "责令", "reply_on": "2026-03-02"}
    early: dict[str, list[tuple[int, Step_]]] = {
        "stopped": [(1, ("wei", "stop", stop))],
        "withdrawn": [
            (0, (handler, "~", {"proposers": [{"person": "zhao"}]})),
            (0, ("zhao", "withdraw", {"reason": "不再提出"})),
        ],
        "referred": [
            (0, (handler, "=", {"matter": "CM-ENFORCE"})),
            (0, (handler, "refer", {"referred_to": "城管局", "referred_accepted_by": "王某",
                                    "reason": "部门职责", "reply_on": "2026-03-02"})),
        ],
        "danger": [
            (0, ("zhao", "danger", {"danger_kind": "hazard"})),
            (0, ("zhao", "=", {"reports": [{"body": "110", "reported_at": "2026-03-02T01:00:00Z"}]})),
            (0, (chair, "end_in_danger", {"reason": "险情", "reply_on": "2026-03-02"})),
        ],
    }  # fmt: skip
    if end in early:
        return early[end]
    eligible, present, for_ = votes
    last: list[tuple[int, Step_]] = [
        (0, (chair, "adopt", {"votes_for": for_})),
        (8, (chair, "wait", {})),
    ]
    if end == "voted_down":
        said = {"votes_for": for_, "reason": "未过半数", "reply_on": "2026-03-02"}
        last = [(0, (chair, "drop", said))]
    vote = {"present": present, "about_person": False, "ballot": "open"}
    return [
        (0, (chair, "notify", {})),  # its data depends on the day: see `notice`
        (0, ("qian", "open_session", {})), (0, ("qian", "form_opinion", _opinion())),
        (0, ("ji", "+form_opinion", {})), (1, (chair, "to_law", {})),
        (0, (lawyer, "review", {"legal_opinion": "意见.pdf"})),
        (0, (chair, "to_study", {"forum": "rr", "basis": "members"})),
        (1, (party, "record_study", {"party_opinion": "同意提交"})),
        (0, (chair, "call_meeting", {"eligible": eligible, "roll_hash": "x"})),
        (6, (chair, "open_vote", vote)), *last,
    ]  # fmt: skip


def on_day(word: str, data: Mapping[str, Any], day: date) -> Mapping[str, Any]:
    """Return a move's data with what depends on the day of the move."""
    if word == "notify":
        return _notice(day)
    if word == "call_meeting":
        return {**data, "meeting_on": (day + timedelta(days=6)).isoformat()}
    return data


def _notice(day: date) -> dict[str, Any]:
    row = {"group": "沿沟住户", "burden": "出资", "minority": False, "consent_needed": False}
    return {
        "form": "on_the_spot", "agenda": "排水沟", "session_on": day.isoformat(), "place": "议事厅",
        "notice_channels": ["board", "door"], "facilitator": "qian", "recorder": "ji",
        "impact": [row], "roster_checked": True,
        "attendance": [{"group": "沿沟住户", "invited": 6, "present": 6}],
    }  # fmt: skip


def _opinion() -> dict[str, Any]:
    return {
        "minutes": "记录.pdf", "signatures": [{"who": "代表", "signed": True}], "result": "agreed",
        "proposal": "出资20%", "money": True, "duties": False, "is_convention": False,
        "owners_vote": "none",
    }  # fmt: skip


def a_vote(draw: Random, *, carried: bool) -> tuple[int, int, int]:
    """Draw who is eligible, present and for: carried by half of those present or not."""
    eligible = draw.randint(12, 90)
    present = draw.randint(-(-eligible * 2 // 3), eligible)
    half = present // 2
    for_ = draw.randint(half + 1, present) if carried else draw.randint(0, half)
    return eligible, present, for_


# --- the street's verdict alone, on any combination of parts


def verdicts(workflow: Workflow, stands: Sequence[str]) -> tuple[bool, bool]:
    """Tell whether the street may pass, and may fail, where the parts stand in these states."""
    ids = [f"00000000-0000-4000-8000-00000000001{n}" for n in range(len(stands))]
    units = {
        "shi": Unit(id="shi", level="city", title="师市"),
        "jie": Unit(id="jie", level="street", title="和顺街道", parent="shi"),
        **{n: Unit(id=n, level="community", title=f"{n}社区", parent="jie") for n in NAMES},
    }
    linked = {
        one: _part(one, unit, state) for one, unit, state in zip(ids, NAMES, stands, strict=False)
    }
    world = World(
        people=EVERYBODY, calendar=national(), zone=ZONE, units=units, catalogues={"matters": MATTERS},
        linked=linked, next_seq=1,
    )  # fmt: skip
    named: list[Any] = [{"unit": name, "burden": "出资"} for name in NAMES[: len(stands)]]
    case = Case(
        id="00000000-0000-4000-8000-000000000010", workflow=workflow.name, version=1, unit="jie",
        number="联议〔2026〕001号", state="parts_open", links={"parts": tuple(ids)}, revision=1,
        fields={"topic": "沟", "matter": "CM-DRAIN", "location": "沟", "communities": named},
        opened_by="wei", opened_at="2026-03-01T02:00:00Z", moved_at="2026-03-01T02:00:00Z",
    )  # fmt: skip
    lead = Actor(id="wei", posts=(("lead", "jie"),))

    def granted(trigger: str, data: dict[str, Any]) -> bool:
        try:
            take_step(workflow, case, Move(actor=lead, trigger=trigger, data=data),
                      now=moment(DAY), world=world)  # fmt: skip
        except MoveRefused:
            return False
        return True

    reply = {"reply_on": DAY.isoformat()}
    return granted("pass", reply), granted("fail", {**reply, "reason": "未通过"})


def _part(case_id: str, unit: str, state: str) -> LinkedCase:
    part = PART.definition.states[state]
    return LinkedCase(
        id=case_id, workflow="consultation", number=None, unit=unit, state=state,
        final=PART.is_final(state), outcome=part.outcome, opened_on="2026-03-01",
    )  # fmt: skip


def rightly(stands: Sequence[str]) -> tuple[bool, bool]:
    """Return the same, read off the rule: all passed by their own meeting, or one did not.

    Source:
        domain document B.6.
    """
    failed = [
        s for s in stands if PART.is_final(s) and PART.definition.states[s].outcome != "positive"
    ]
    return all(state in PASSED for state in stands), bool(failed)
