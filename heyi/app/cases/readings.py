"""Notes who reads a case that is sealed, or confidential as a whole, and shows it to its head."""

from datetime import datetime

from engine.case.errors import AccessError
from engine.facts.reading import is_sealed
from engine.facts.roles import standing
from engine.facts.viewing import views
from heyi.app.cases.sight import Seen
from heyi.app.view import View
from storage.work import Store

ON_REQUEST = " (request)"
"""Marks what was read because a request was allowed."""
SECRET = {"confidential", "sealed"}
"""Of these classes is what a file says nothing else of: each reading of its cases is noted."""


class ReadingView(View):
    """A reading act: who read the case, when, and in which form."""

    person: str
    at: str
    what: str


class ReadingsClosed(AccessError):
    """Who read a case is for its head alone."""

    code = "access.readings"

    def __init__(self, case: str) -> None:
        self.case = case
        super().__init__(f"who read case '{case}' is for its head alone")


def is_noted(seen: Seen) -> bool:
    """Tell whether a reading of this case is an act that its head sees.

    Source:
        domain.md F.1: all reads of sealed and mediation cases are logged, and those on request.
    """
    whole = is_sealed(seen.facts) or seen.workflow.definition.defaults.privacy in SECRET
    return whole or views(seen.actor, seen.facts)


def note(store: Store, seen: Seen, what: str, *, now: datetime) -> None:
    """Note that somebody reads a case, before it is shown; nothing where it need not be.

    Args:
        store: where it is kept.
        seen: the case, for its reader; nobody in particular leaves no act.
        what: in which form, e.g. ``show``.
        now: the present moment.
    """
    if seen.actor.id and is_noted(seen):
        with store.write() as work:
            asked = ON_REQUEST if views(seen.actor, seen.facts) else ""
            work.readings.note(seen.case.id, person=seen.actor.id, what=what + asked, at=now)


def is_head(seen: Seen) -> bool:
    """Tell whether the reader is head of the case: the first of its chain by post alone."""
    rule = seen.workflow.definition
    heads = [one for one in rule.chain if one in rule.roles and rule.roles[one].in_case is None]
    return bool(standing(heads[:1], seen.actor, seen.facts))
