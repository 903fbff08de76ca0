"""Compares who may know a case, and what each may do with its fields, with what is expected."""

from collections.abc import Mapping
from difflib import get_close_matches
from typing import Any

from engine.facts.access import access_to
from engine.facts.knowing import may_know
from heyi.app.cases.sight import Seen

Found = list[tuple[str, Any, Any]]


def known(want: Mapping[str, bool], eyes: Mapping[str, Seen]) -> Found:
    """Return who may know of the case and should not, or the other way round."""
    found: Found = []
    for person, expected in want.items():
        seen = eyes[person]
        if (have := may_know(seen.actor, seen.facts)) != expected:
            found.append((f"known.{person}", expected, have))
    return found


def access(want: Mapping[str, Mapping[str, str]], eyes: Mapping[str, Seen]) -> Found:
    """Return where a person may do more or less with a field than expected."""
    found: Found = []
    for person, levels in want.items():
        seen = eyes[person]
        for name, expected in levels.items():
            what = f"access.{person}.{name}"
            if name not in seen.workflow.fields:
                near = get_close_matches(name, list(seen.workflow.fields), n=1)
                hint = f"; did you mean '{near[0]}'?" if near else ""
                found.append((what, expected, f"no such field{hint}"))
            elif (have := access_to(name, seen.actor, seen.facts)) != expected:
                found.append((what, expected, have))
    return found
