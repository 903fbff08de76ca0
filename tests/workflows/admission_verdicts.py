"""Judges steps of an admission: by the shipped file's verdict, and by the rule read by hand."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from engine.case.values import Case, Publish, World
from engine.facts.facts import Facts
from tests.workflows.admission_office import RULES, UNITS
from tests.workflows.plan_player import Taken

ADMITTING: Mapping[str, frozenset[str]] = {
    "consulting": frozenset("AS"),
    "joint_review": frozenset("AS"),
    "funding_pending": frozenset("AS"),
    "active": frozenset("AS"),
    "emergency_temp": frozenset("E"),
}
"""The states that admit or lead to it, and the classes that may enter them."""


def unfunded_by_hand(case: Case) -> list[str]:
    """Return what is missing of funds and conditions, read off the rule and not off the file.

    Source:
        居委法2025 43 and the plan's part 4.4: funds that have arrived, or the statement that the
        community itself has signed; conditions that are named and ready.
    """
    fields: Mapping[str, Any] = case.fields
    arrived = float(fields.get("funds", "0")) > 0 and "funds_arrived_on" in fields
    signed = "no_cost_signed" in fields and case.taken.get("sign_no_cost", 0) > 0
    wrong = [] if arrived or signed else ["no funds, and no statement of the community"]
    wrong += [] if fields.get("conditions") else ["no conditions are named"]
    return wrong + (
        [] if fields.get("conditions_ready") is True else ["the conditions are not ready"]
    )


def verdict(case: Case, *, known: World, when: datetime) -> str | None:
    """Return what the shipped file says of a case, None where it is unknown."""
    found: str | None = Facts(RULES, case, known, now=when).get("verdict.class")
    return found


def barred_by_hand(case: Case, known: World) -> list[str]:
    """Return why a case may not be admitted, read off the rule and not off the file.

    Source:
        The plan's part 4.4: no duty of street, town or department, nothing that makes a
        community the responsible body, no burdening practice; what is unanswered admits nothing.
    """
    fields: Mapping[str, Any] = case.fields
    listed = known.catalogues["work_items"]
    matched = {str(listed[code]["class"]) for code in fields.get("matched", [])}
    wrong = [f"matches class {kind}" for kind in sorted(matched & set("GFXN"))]
    asked = ("any_signs", "any_burdens", "official_power")
    wrong += [f"{name} is unanswered" for name in asked if name not in fields]
    for name, bad in (("any_signs", "yes"), ("any_burdens", "yes"), ("official_power", "yes")):
        wrong += [name] if fields.get(name) == bad else []
    wrong += [name for name in ("signs", "burdens") if fields.get(name)]
    wrong += ["an act of power"] if "power" in fields.get("verbs", []) else []
    # Where the area is none of the forbidden ones and the law does not say "assists", it does
    # not matter who is responsible; where somebody else is, the area does not matter.
    forbidden_area = fields.get("field_of") != "none" or fields.get("law_says") == "assist"
    if forbidden_area and fields.get("responsible_kind") in {"community", None}:
        wrong.append("the community is or may be the responsible body")
    return wrong + _no_assistance(fields)


def _no_assistance(fields: Mapping[str, Any]) -> list[str]:
    """Return why this is no mere assistance; the committee's own duties need not be that."""
    ordered = "emergency_order" in fields and fields.get("responsible_kind") != "community"
    if fields.get("law_says") == "own" and not ordered:
        return []
    verbs = set(fields.get("verbs", []))
    wrong = [] if verbs and "other" not in verbs else ["more than assistance is asked"]
    responsible = UNITS.get(fields.get("responsible", ""))
    if responsible is None or responsible.level == "community":
        wrong.append("a community is named as responsible body")
    return wrong


def wrongs(taken: Taken) -> list[str]:
    """Return in which way a granted step admits what may not be admitted; empty if in none."""
    step = taken.step
    found = verdict(step.after, known=taken.world, when=taken.when)
    allowed: frozenset[str] = frozenset()
    if _enters(taken) and step.after.state in ADMITTING:
        allowed = ADMITTING[step.after.state]
    elif any(isinstance(e, Publish) and e.row.get("active") is True for e in step.effects):
        allowed = frozenset("ASE")
    if not allowed:
        return []
    wrong = [] if found in allowed else [f"{step.after.state} with verdict {found}"]
    published = [
        e.row["class"] for e in step.effects if isinstance(e, Publish) and "class" in e.row
    ]
    wrong += [f"published as {kind}" for kind in published if kind != found]
    if _comes_into_force(taken):
        wrong += unfunded_by_hand(step.after)
    return wrong + barred_by_hand(step.after, taken.world)


def _enters(taken: Taken) -> bool:
    """Tell whether a step leads into a state; one that stays (a signature, a note) enters none."""
    before, after = taken.step.before, taken.step.after
    moved = taken.step.event.kind in {"moved", "opened"}
    return moved and (before is None or before.state != after.state)


def _comes_into_force(taken: Taken) -> bool:
    """Tell whether a step puts an item into force, emergencies (paid afterwards) left aside.

    What was in force while it was contested goes back to it and does not come into force anew.
    """
    before, after = taken.step.before, taken.step.after
    if after.state == "emergency_temp":
        return False
    put = any(isinstance(e, Publish) and e.row.get("active") is True for e in taken.step.effects)
    back = before is not None and "active" in before.stack
    return put or (_enters(taken) and after.state == "active" and not back)
