"""Makes views of offers: what a person may do in a case, with what data, else why not."""

from collections.abc import Mapping, Sequence
from typing import Any

from engine.case.errors import Reason
from engine.compiling.plan import Workflow
from engine.language.parts import FieldDef
from engine.step.offers import Amendable, Offer
from heyi.app.cases.models import (
    FieldForm,
    OptionView,
    ReasonView,
)
from heyi.app.cases.names import COARSE, share_of, shows_move
from heyi.app.cases.offermodels import OffersView, OfferView
from heyi.app.cases.sight import Seen
from heyi.app.cases.views import field_label


def offers_view(seen: Seen, found: Sequence[Offer], extra: Amendable, lang: str) -> OffersView:
    """Return what a person may do now, with what data, and for the rest why not."""
    workflow, is_number = seen.workflow, share_of(seen) == "number"
    amends = (
        *(field_form(workflow, name, lang) for name in extra.fields),
        *(field_form(workflow, name, lang, how="add") for name in extra.adds),
        *(field_form(workflow, name, lang, how="edit", only=only) for name, only in extra.edits),
    )
    return OffersView(
        case=seen.case.number or seen.case.id,
        state="" if is_number else seen.case.state,
        state_label=COARSE[workflow.is_final(seen.case.state)].text(lang)
        if is_number
        else workflow.label("states", seen.case.state, lang),
        revision=seen.case.revision,
        person=seen.actor.id,
        name=seen.world.people.get(seen.actor.id, seen.actor.id),
        offers=tuple(
            _offer(seen, offer, lang)
            for offer in found
            if offer.open or (not is_number and shows_move(seen, offer.trigger))
        ),
        amends=amends,
    )


def _offer(seen: Seen, offer: Offer, lang: str) -> OfferView:
    return OfferView(
        trigger=offer.trigger,
        rule=offer.rule,
        label=offer.label.text(lang),
        open=offer.open,
        signs=offer.signs,
        proposed=offer.proposed,
        complete=offer.complete,
        hash=offer.hash,
        asks=tuple(field_form(seen.workflow, name, lang) for name in offer.asks),
        may=tuple(field_form(seen.workflow, name, lang) for name in offer.may),
        reasons=tuple(reason_view(reason, lang) for reason in offer.reasons),
    )


def reason_view(reason: Reason, lang: str) -> ReasonView:
    """Return one reason of a refusal."""
    return ReasonView(
        code=reason.code, text=reason.text(lang), names=tuple(reason.names), source=reason.source
    )


def field_form(workflow: Workflow, name: str, lang: str, **more: Any) -> FieldForm:
    """Return what a form needs to ask for a field.

    Args:
        workflow: whose field it is.
        name: the field.
        lang: of labels and options.
        more: ``how`` and ``only``, for what an amendment may do to a list.
    """
    return _form(workflow.fields[name], name, lang, more)


def _form(part: FieldDef, name: str, lang: str, more: Mapping[str, Any]) -> FieldForm:
    said: dict[str, Any] = {
        "name": name,
        "label": field_label(part, name, lang),
        "type": part.type.value,
        "type_label": part.kind.label.text(lang),
    }
    said |= {flag: True for flag in ("many", "optional") if getattr(part, flag)}
    bounds = {bound: getattr(part, bound) for bound in ("min", "max")}
    said |= {bound: value for bound, value in bounds.items() if value is not None}
    if part.options is not None:
        said["options"] = tuple(
            OptionView(value=word, label=label.text(lang)) for word, label in part.options.items()
        )
    if isinstance(part.of, dict):
        said["columns"] = tuple(
            _form(inner, column, lang, {}) for column, inner in part.columns.items()
        )
    elif part.of is not None:
        said["of"] = part.of
    return FieldForm(**said, **more)
