"""The office in which admissions are tried: units, people with every role, the list of items."""

from collections.abc import Mapping
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from engine.case.values import CLOCK, Actor, Unit, World
from tests.builders.registered import EVERYBODY
from tests.builders.shelves import SHIPPED, national, rows, shipped
from tests.workflows.scenario_player import ZONE

RULES = shipped("access_control")
UNSET: Any = None

UNITS = {
    unit.id: unit
    for unit in (
        Unit(id="shi", level="city", title="师市"),
        Unit(id="cg", level="department", title="城市管理局", parent="shi"),
        Unit(id="cz", level="department", title="财政局", parent="shi"),
        Unit(id="jie", level="street", title="和顺街道", parent="shi"),
        Unit(id="heshun", level="community", title="和顺社区", parent="jie"),
        Unit(id="xingfu", level="community", title="幸福社区", parent="jie"),
        Unit(id="shuangfeng", level="community", title="双丰社区", parent="jie"),
    )
}
NUMBER = "师市准入〔2026〕001号"
COMMUNITIES = ["heshun", "xingfu", "shuangfeng"]
ROLES = sorted(RULES.definition.roles)
POSTS = tuple((role, unit) for role in ROLES for unit in UNITS)
"""Every role of the file at every unit: whatever may be done, such a person may do it."""
PEOPLE = tuple(Actor(id=name, posts=POSTS) for name in ("yi", "er", "san"))
ACTORS = (*PEOPLE, Actor(id=CLOCK, kind="clock"), Actor(id="yi", kind="link"))
# The shipped edition of the list holds from 2026; here it is old, so that a row can be matched
# on every law date.
ITEMS = {code: {**row, "from": "2018-01-01"} for code, row in rows(SHIPPED)["work_items"].items()}
CODES = {kind: [code for code, row in ITEMS.items() if row["class"] == kind] for kind in "SAGFXPNC"}


def favourable(day: date, *, law_says: str = "assist") -> dict[str, Any]:
    """Return values for every field with which an item is admitted, class A (or S: ``own``)."""
    values: dict[str, Any] = {
        "applicant": "cg", "item_name": "占道经营整治", "legal_basis": "市容条例第14条",
        "nature": "long", "responsible": "cg", "verbs": ["publicise", "persuade"], "volume": 20,
        "data_needed": [{"item": "商户名单", "why_not_shared": "无"}], "replaces": "IT-A12",
        "basis_kind": "article", "households": 300, "assessed_how": "统一考核",
        "funds": "12000.00", "payer": "cg", "pay_on": day_after(day, 30), "conditions": "工作证",
        "starts_on": day_after(day, 60), "ends_on": day_after(day, 300), "gaps": [{"what": "依据"}],
        "responsible_kind": "department", "any_signs": "no", "signs": [], "field_of": "city",
        "official_power": "no", "any_burdens": "no", "burdens": [], "law_says": law_says,
        "useful_service": "no", "emergency_order": UNSET, "matched": [],
        "asked_units": COMMUNITIES, "opinions": _opinions(), "no_answer": [],
        "members": ["cg", "cz", "jie"], "came": ["cz", "jie"], "left_room": [],
        "instalments": [], "troubles": [], "scores": [], "communities": COMMUNITIES,
        "listed_code": NUMBER, "listed_on": day_after(day, -200), "ordered_on": day_after(day, 0),
        "response_level": "three", "settled_on": day_after(day, 9), "settled_funds": "1800.00",
        "redirect": "自行办理", "funds_arrived_on": day_after(day, 0), "no_cost_signed": "无成本.pdf",
        "conditions_ready": True, "suspend_why": "funds", "exit_votes": [],
        "law_repealed": False, "breach": False,
        "response_ended_on": day_after(day, 5), "reason": "理由", "reply_on": day_after(day, 0),
    }  # fmt: skip
    if law_says == "own":
        values |= {"field_of": "none", "responsible_kind": "community"}
    return values


def emergency(day: date) -> dict[str, Any]:
    """Return values for every field with which an emergency item is registered."""
    return {**favourable(day), "emergency_order": "命令.pdf", "ends_on": day_after(day, 20)}


def day_after(day: date, offset: int) -> str:
    """Return a day so many days after another (before it, where negative), as text."""
    return (day + timedelta(days=offset)).isoformat()


def _opinions() -> list[dict[str, Any]]:
    sizes = ("small", "middle", "large")
    return [
        {"unit": unit, "size_class": size, "load_ok": True, "words": "同意"}
        for unit, size in zip(COMMUNITIES, sizes, strict=True)
    ]


def moment(day: date, hour: int = 10) -> datetime:
    """Return an hour of a day in the office's zone, aware, in UTC."""
    return datetime.combine(day, time(hour), tzinfo=ZONE).astimezone(UTC)


def world(items: Mapping[str, Any] = ITEMS) -> World:
    """Return what the services would look up."""
    return World(
        people=EVERYBODY, calendar=national(), zone=ZONE, units=UNITS, catalogues={"work_items": items},
        counts={"used": 3}, next_seq=1,
    )  # fmt: skip
