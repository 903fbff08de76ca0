"""The views of offers: what a person may do in a case, with what data, else why not."""

from heyi.app.cases.models import FieldForm, ReasonView
from heyi.app.view import View


class OfferView(View):
    """One trigger of the present state, for one person: what it asks, or why it is not open."""

    trigger: str
    rule: str
    label: str
    open: bool
    signs: bool
    proposed: bool
    complete: bool
    hash: str
    asks: tuple[FieldForm, ...]
    may: tuple[FieldForm, ...]
    reasons: tuple[ReasonView, ...]


class OffersView(View):
    """What a person may do in a case now, with what data, and for the rest why not."""

    case: str
    state: str
    state_label: str
    revision: int
    person: str
    name: str
    offers: tuple[OfferView, ...]
    amends: tuple[FieldForm, ...]
