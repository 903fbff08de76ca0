"""Makes the receipt of who opened a case: what to keep in hand, and what may be asked for by it."""

from engine.case.values import Actor
from heyi.app.cases.models import CaseView
from heyi.app.cases.names import COARSE, share_of
from heyi.app.cases.sight import Seen
from heyi.app.cases.views import case_view
from heyi.app.view import View


class ReceiptView(View):
    """What who opened a case takes home: enough to ask by, nothing that the case says.

    Attributes:
        number: the case's; None while it has none.
        case: its id.
        title: of the workflow.
        unit: the office's title.
        opened_on: the office's day.
        state_label: where it stands; of a sealed case in coarse words.
        next: what is due first; only where something is, and never of a sealed case.
        due: when, in words.
        given: labels of what was handed in.
    """

    number: str | None
    case: str
    title: str
    unit: str
    opened_on: str
    state_label: str
    next: str = ""
    due: str = ""
    given: tuple[str, ...] = ()


def opened_it(seen: Seen, actor: Actor) -> bool:
    """Tell whether somebody opened the case in person."""
    return bool(actor.id) and seen.case.opened_by == actor.id


def receipt_view(seen: Seen, lang: str, *, opened_on: str) -> ReceiptView:
    """Return the receipt of a case, as its opener may read it now.

    Of a sealed case the number, the day and the coarse words alone: a receipt lies on a table.

    Args:
        seen: the case, for who opened it.
        lang: of labels.
        opened_on: the office's day of opening.
    """
    view = case_view(seen, lang)
    is_secret = view.sealed or share_of(seen) == "number"
    state = COARSE[view.final].text(lang) if is_secret else view.state_label
    head = {
        "number": view.number, "case": view.id, "title": view.title, "unit": view.unit.title,
        "opened_on": opened_on, "state_label": state,
    }  # fmt: skip
    if is_secret:
        return ReceiptView(**head)
    return ReceiptView(**head, **_next(view), given=_given(view))


def _given(view: CaseView) -> tuple[str, ...]:
    """Return the labels of what is filled, not what it says: a receipt lies open."""
    return tuple(found.label for found in view.fields.values() if found.readable)


def _next(view: CaseView) -> dict[str, str]:
    """Return what is due first and when, of what the opener is told."""
    running = [one for one in view.clocks if one.running and not one.paused and one.due]
    if not running:
        return {}
    first = min(running, key=lambda one: str(one.due))
    return {"next": first.label, "due": first.due_text}
