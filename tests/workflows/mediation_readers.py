"""What anybody may be told of a mediation at the most, written by hand and not taken from the file."""

from collections.abc import Mapping
from typing import Any

from engine.case.values import Actor, Case
from tests.builders.shelves import shipped
from tests.workflows.marked_scenarios import PARTY

RULES = shipped("mediation")
ONE_SIDE = frozenset({"caucus"})
"""For the mediator of the case alone, and gone when it ends."""
DANGER = frozenset({"danger_place", "reports", "body_reply", "safety_plan"})
"""For the duty desk as well."""
SEALED = ONE_SIDE | DANGER
"""Not for the parties either."""
CONTACTS = frozenset({"contacts"})
"""How a side is reached: for those who invite it, never for the other side."""
SEALING = ("violence", "minor_harmed")


class Knows:
    """What somebody may be told of a mediation at the most, written by hand.

    Source:
        domain.md C.8, F.1 and F.2.
    """

    def __init__(self, case: Case, actor: Actor | None) -> None:
        self.case = case
        self.sealed = any(case.fields.get(word) is True for word in SEALING)
        self.part = _part(case, actor) if actor else ""
        self.opened = actor is not None and actor.id == case.opened_by and case.acted == 1
        posts = actor.posts if actor else ()
        self.works = ("archivist", case.unit) in posts or "justice" in {role for role, _u in posts}

    def may_be_told(self, name: str) -> bool:
        """Tell whether this person may be told a private field."""
        if self.opened:
            # Their own words, until somebody acts.
            return True
        if name == PARTY:
            # The header tells who moved: to whoever works on it, and to each of themselves.
            return self.part != "" or self.works
        if name in ONE_SIDE:
            return self.part == "mediator" and not RULES.is_final(self.case.state)
        if self.part == "party":
            return name not in SEALED | CONTACTS
        if self.part == "lawyer":
            return not self.sealed and name not in SEALED | CONTACTS
        if self.part == "handler":
            return not self.sealed and name in CONTACTS
        if self.part == "duty_desk":
            return name in DANGER
        return self.part != ""


def _part(case: Case, actor: Actor) -> str:
    """Return the part that somebody has in a case, "" for none."""
    fields: Mapping[str, Any] = case.fields
    recused = {row["against"] for row in fields.get("recusals", ()) if not row.get("kept")}
    joint = {row["mediator"] for row in fields.get("joint", ())}
    posts = {role for role, unit in actor.posts if unit == case.unit or role == "duty_desk"}
    parts = {
        "party": actor.id in {row["person"] for row in fields.get("parties", ())},
        "mediator": actor.id == fields.get("mediator") and actor.id not in recused,
        "joint_mediator": actor.id in joint - recused,
        "head": "head" in posts,
        "handler": "handler" in posts,
        "lawyer": actor.id == fields.get("asked_lawyer"),
        "duty_desk": "duty_desk" in posts,
    }
    return next((part for part, has in parts.items() if has), "")
