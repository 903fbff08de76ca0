"""What anybody may be told of a mediation at the most, written by hand and not taken from the file."""

from collections.abc import Collection, Mapping
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
OF_THE_APPLICANT = frozenset({"demands", "dispute_facts"})
"""What the applicant said: not for the other side until the agreement says it."""
FOUND = frozenset({"findings"})
"""What the mediator found out: for neither side."""
AGREED = ("drafting", "content_check", "agreed", "performing", "non_performing", "return_visit")
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
        parties: Any = case.fields.get("parties", ())
        applied = {row["person"] for row in parties if row["side"] == "applicant"}
        agreed = case.state in AGREED or "effective_on" in case.fields
        self.reads_agreed = agreed or (actor is not None and actor.id in applied)
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
        if self.part in {"lawyer", "worker", "archivist"} and self.sealed:
            return False
        only: dict[str, frozenset[str]] = {
            "worker": CONTACTS,
            "registrar": frozenset(),
            "duty_desk": DANGER,
        }
        if self.part in only:
            return name in only[self.part]
        unread = SEALED | CONTACTS
        hidden: dict[str, Collection[str]] = {
            "party": unread | FOUND if self.reads_agreed else unread | FOUND | OF_THE_APPLICANT,
            "archivist": unread,
            "lawyer": unread,
            "": {name},
        }
        return name not in hidden.get(self.part, ())


def _part(case: Case, actor: Actor) -> str:
    """Return the part that somebody has in a case, "" for none."""
    fields: Mapping[str, Any] = case.fields
    recused = {row["against"] for row in fields.get("recusals", ()) if not row.get("kept")}
    joint = {row["mediator"] for row in fields.get("joint", ())}
    posts = {role for role, unit in actor.posts if unit == case.unit or role == "duty_desk"}
    handles = ("handler", case.unit) in actor.posts
    asked = (
        bool(fields.get("invitations"))
        or "accepted_on" in fields
        or any(
            row["side"] != "applicant" and row["will"] != "unasked"
            for row in fields.get("parties", ())
        )
    )
    parts = {
        "party": any(
            row["person"] == actor.id and (asked or row["side"] == "applicant")
            for row in fields.get("parties", ())
        ),
        "mediator": actor.id == fields.get("mediator") and actor.id not in recused,
        "joint_mediator": actor.id in joint - recused,
        "head": "head" in posts,
        "worker": handles and actor.id == fields.get("case_handler"),
        "registrar": handles and actor.id == fields.get("registered_by"),
        "lawyer": actor.id == fields.get("asked_lawyer"),
        "duty_desk": "duty_desk" in posts,
        "archivist": "archivist" in posts and case.state in {"closed", "failed"},
    }
    return next((part for part, has in parts.items() if has), "")
