"""Shows the cases that a case refers to: those alone that its reader may know."""

from typing import Any

from engine.language.kinds import FieldType
from heyi.app.cases.models import LinkedView
from heyi.app.cases.sight import Seen


def names_foreign(seen: Seen, name: str, value: Any) -> bool:
    """Tell whether a value names a case of which its reader may not know that it exists."""
    if seen.workflow.fields[name].type is not FieldType.CASE:
        return False
    named = value if isinstance(value, list) else [value]
    return not seen.known.issuperset(str(one) for one in named)


def links_view(seen: Seen) -> dict[str, tuple[LinkedView, ...]]:
    """Return the linked cases that the reader may know; a link to others is not named at all."""
    found = {
        name: tuple(_linked(seen, one) for one in ids if one in seen.known)
        for name, ids in seen.case.links.items()
    }
    return {name: ids for name, ids in found.items() if ids}


def _linked(seen: Seen, case: str) -> LinkedView:
    other = seen.world.linked.get(case)
    if other is None:
        return LinkedView(id=case)
    return LinkedView(id=case, number=other.number, workflow=other.workflow, state=other.state)
