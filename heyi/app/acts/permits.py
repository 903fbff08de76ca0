"""The table of the office's own acts: which post permits which of them.

A row is all there is to say about an act. Whoever adds one adds its row; nothing else decides.
"""

from collections.abc import Mapping
from dataclasses import dataclass

ADMINISTRATOR, SECURITY, AUDITOR, AUTHOR = "administrator", "security", "auditor", "author"

THREE = frozenset({ADMINISTRATOR, SECURITY, AUDITOR})
"""The posts that exclude each other: nobody holds two, and each is always held."""

HEADS = frozenset({"chair", "head"})
"""The posts whose holders head the unit at which they hold them."""

DEMO, FOUNDING, RELEASE = "demo", "founding", "release"
GRANTS, VERIFY = "command:grants", "command:verify"
"""What the office itself may act for: demo data, founding, files of the release, two commands."""

MARKED, FOUNDED = "demo.marked", "office.founded"
"""The two kinds of which the first act is one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permit:
    """Who may do an act.

    Attributes:
        posts: whoever holds one of these, at any unit.
        head: who heads a unit that the act is about.
        own: the person that the act is about.
        others: nobody does it to themselves, whichever posts they hold.
        purposes: the office itself, for one of these.
    """

    posts: frozenset[str] = frozenset()
    head: bool = False
    own: bool = False
    others: bool = False
    purposes: frozenset[str] = frozenset()


def _permit(
    *posts: str, head: bool = False, own: bool = False, others: bool = False, purpose: str = ""
) -> Permit:
    purposes = frozenset({purpose} if purpose else ())
    return Permit(posts=frozenset(posts), head=head, own=own, others=others, purposes=purposes)


PERMITS: Mapping[str, Permit] = {
    MARKED: _permit(purpose=DEMO),
    FOUNDED: _permit(purpose=FOUNDING),
    "tables.upgraded": _permit(purpose=RELEASE),
    "release.published": _permit(purpose=RELEASE),
    "grants.written": _permit(purpose=GRANTS),
    "all.verified": _permit(purpose=VERIFY),
    "unit.put": _permit(ADMINISTRATOR),
    "person.put": _permit(ADMINISTRATOR),
    "people.imported": _permit(ADMINISTRATOR),
    "post.given": _permit(ADMINISTRATOR, others=True),
    "post.taken": _permit(ADMINISTRATOR),
    "absence.noted": _permit(ADMINISTRATOR, head=True, own=True),
    "absence.ended": _permit(ADMINISTRATOR, head=True, own=True),
    "address.put": _permit(ADMINISTRATOR, own=True),
    "address.dropped": _permit(ADMINISTRATOR, own=True),
    "address.read": _permit(ADMINISTRATOR, own=True),
    "address.tried": _permit(ADMINISTRATOR, own=True),
    "unit_address.put": _permit(ADMINISTRATOR, head=True),
    "unit_address.dropped": _permit(ADMINISTRATOR, head=True),
    "unit_address.read": _permit(ADMINISTRATOR, head=True),
    "unit_address.tried": _permit(ADMINISTRATOR, head=True),
    "alerts.replayed": _permit(ADMINISTRATOR),
    "letters.read": _permit(ADMINISTRATOR),
    "calendar.loaded": _permit(ADMINISTRATOR),
    "file.handed_in": _permit(AUTHOR),
    "file.withdrawn": _permit(own=True),
    "file.refused": _permit(AUTHOR, ADMINISTRATOR),
    "workflow.tried": _permit(purpose=DEMO),
    "workflow.published": _permit(AUTHOR, ADMINISTRATOR),
    "catalogue.published": _permit(AUTHOR, ADMINISTRATOR),
    "files.read": _permit(AUTHOR, ADMINISTRATOR, AUDITOR),
    "account.reset": _permit(SECURITY, others=True),
    "account.unlocked": _permit(SECURITY, others=True),
    "session.ended": _permit(SECURITY, own=True),
    "acts.read": _permit(AUDITOR),
}
"""By kind of act. On demo data the office itself may do all of them but found itself."""

READINGS = frozenset(
    {"acts.read", "address.read", "unit_address.read", "letters.read", "files.read", "all.verified"}
)
"""Kinds that are only asked for: who reads leaves no act."""

NOTED = frozenset({
    "account.locked", "account.refused", "password.changed", "session.begun", "session.left",
    "viewing.requested", "viewing.allowed", "viewing.declined",
})  # fmt: skip
"""Acts that follow from signing in or from another act, or that a workflow's file permits."""
