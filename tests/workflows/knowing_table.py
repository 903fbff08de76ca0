"""Who may know a case, written by hand from domain.md F.1: no line of it comes from a file.

A row is a person; after the name come the stages of the case at which they may know that it
exists. Whoever is in no row of a table may know it at none.
"""

from collections.abc import Mapping
from dataclasses import dataclass

ROLES = {
    "community": [
        "handler",
        "chair",
        "head",
        "mediator",
        "party",
        "supervisor",
        "lawyer",
        "archivist",
    ],
    "street": ["street", "justice", "duty_desk", "archivist", "auditor"],
    "city": ["civil", "bureau", "leaders", "auditor", "author", "security", "administrator"],
    "department": ["staff"],
}
"""Which posts are held, by level of unit; each by a person of its own."""
UNITS = {
    "city": ("city", None), "jie": ("street", "city"), "jie2": ("street", "city"),
    "heshun": ("community", "jie"), "xingfu": ("community", "jie"), "nanhu": ("community", "jie2"),
    "cg": ("department", "city"),
}  # fmt: skip
"""Own community ``heshun``, the one next door, one of another street, and what is above them."""


def people() -> dict[str, list[str]]:
    """Return everybody who holds one post, with it, and some who hold none."""
    posts = {
        f"{role}.{unit}": [f"{role}@{unit}"]
        for unit, (level, _parent) in UNITS.items()
        for role in ROLES[level]
    }
    return posts | {"stranger": [], "neighbour": []}


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """A moment of an author test at which everybody is asked.

    Attributes:
        file: of the author tests.
        scenario: its place in the file, from 0.
        steps: taken before; 0 for all.
    """

    file: str
    scenario: int
    steps: int


MEDIATION: Mapping[str, Stage] = {
    "applied": Stage(file="mediation", scenario=0, steps=1),
    "talking": Stage(file="mediation", scenario=0, steps=14),
    "closed": Stage(file="mediation", scenario=0, steps=0),
    "urgent": Stage(file="mediation_guards", scenario=1, steps=9),
    "sealed": Stage(file="mediation_parties", scenario=7, steps=0),
}
"""An ordinary one; one with a danger that was reported; one with violence."""
CONSULTATION: Mapping[str, Stage] = {
    "screening": Stage(file="consultation", scenario=0, steps=3),
    "noticed": Stage(file="consultation", scenario=0, steps=12),
    "closed": Stage(file="consultation", scenario=0, steps=43),
}

_ALL = {"applied", "talking", "closed", "urgent", "sealed"}
MEDIATION_KNOWN: Mapping[str, set[str]] = {
    "head.heshun": _ALL,
    "archivist.heshun": {"closed"},
    "duty_desk.jie": {"urgent", "sealed"},
}
"""Of posts; the parties and the mediator of each case are named by the case and asked apart.

MCH RU; ARC R(closed), not the sealed; the duty desk the urgent report (that with violence has one, too); CCH, SUP, STR, CIV: counts,
which are no cases; HND only what he registered; LAW only where asked; JST only referred or high.
"""

CONSULTATION_KNOWN: Mapping[str, set[str]] = {
    **{
        f"{role}.heshun": {"screening", "noticed", "closed"}
        for role in ("handler", "chair", "supervisor")
    },
    "party.heshun": {"screening", "noticed", "closed"},
}
"""Before the notice: HND, CCH, SUP, and the party organisation that studies it; then everybody."""
PUBLIC = {"noticed", "closed"}
"""Of a consultation: open to all from its notice on."""
