"""Small parts of toy workflows that the tests of promises share."""

from typing import Any

from tests.builders.toy_workflows import field

BAD_END = {"final": True, "outcome": "negative"}
FLAG = field("boolean", means="ready")
WHY = field("text", means="reason")


def two_steps(**second: Any) -> dict[str, Any]:
    """Return states ``asked`` → ``seen`` → ``done``; the second move as given."""
    go = {"to": "done", "by": "gardener", **second}
    return {
        "asked": {"on": {"look": {"to": "seen", "by": "anyone"}}},
        "seen": {"means": "seen", "on": {"go": go}},
    }


NOTE = {"note": {"means": "remedies", "to": "gardener", "label": {"zh": "通知", "en": "note"}}}


def refusing(**move: Any) -> dict[str, Any]:
    """Return parts with one refusal; the move as given."""
    return {
        "fields": {"why": WHY, "code": field("text", means="reason")},
        "documents": NOTE,
        "states": {
            "asked": {"on": {"refuse": {"to": "no", "by": "gardener", **move}}},
            "no": BAD_END,
        },
    }


def people(*, fact: str = "people.all(p, p.side == 'x')", **columns: Any) -> dict[str, Any]:
    """Return parts with a list of persons, and a fact that reads it."""
    of = {"who": field("person"), "side": field("text", means="side"), **columns}
    return {
        "fields": {"people": field("list", means="people", of=of)},
        "facts": {"f": {"is": fact, "label": {"zh": "事实", "en": "fact"}}},
    }
