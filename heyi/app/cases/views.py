"""Makes views of cases and offers as their reader may see them, in one language.

This is the one read path: what a person may not read is masked here, whoever asks.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any, assert_never

from engine.case.errors import Reason
from engine.case.values import Actor, Event, Plain, Proposal, Run
from engine.compiling.plan import Workflow
from engine.facts import reading
from engine.facts.clocks import current, is_over
from engine.facts.messages import MASK, shown
from engine.facts.people import in_case, person_id
from engine.facts.reading import is_sealed, may_read
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef
from engine.step.offers import Amendable, Offer
from engine.time.times import parse_moment
from heyi.app.cases.casework import Casework, Seen
from heyi.app.cases.clockwords import when
from heyi.app.cases.models import (
    CaseView,
    DocumentMarks,
    FieldForm,
    FieldValue,
    LinkedView,
    NamedView,
    OffersView,
    OfferView,
    OptionView,
    ProposalView,
    ReasonView,
    RunView,
    UnitRef,
)

NOBODY = Actor(id="")
"""Who reads without saying who: what anyone may read, nothing else."""


def look(
    cases: Casework, ref: str, *, person: str | None, now: datetime
) -> tuple[Seen, tuple[Event, ...]]:
    """Return a case and its events as one moment of the database has them.

    Args:
        cases: the use cases.
        ref: id or number.
        person: who reads; None for nobody in particular.
        now: the present moment.

    Raises:
        CaseNotFound: there is no such case.
        PersonNotFound: there is no such person.
    """
    with cases.store.read() as work:
        actor = work.people.actor(person) if person else NOBODY
        case = work.cases.load(ref)
        events = work.cases.events(case.id)
        return cases.seen(work, case, actor, now=now, events=events), events


def case_view(seen: Seen, lang: str) -> CaseView:
    """Return a case as its reader may see it."""
    case, workflow = seen.case, seen.workflow
    unit = seen.world.units.get(case.unit)
    return CaseView(
        id=case.id,
        number=case.number,
        workflow=workflow.name,
        version=workflow.version,
        title=workflow.definition.title.text(lang),
        unit=UnitRef(id=case.unit, title=unit.title if unit else case.unit),
        state=case.state,
        state_label=workflow.label("states", case.state, lang),
        under=tuple(
            NamedView(name=state, label=workflow.label("states", state, lang))
            for state in case.stack
        ),
        final=workflow.is_final(case.state),
        outcome=case.outcome,
        revision=case.revision,
        assignee=case.assignee,
        opened_by=person_told(seen, case.opened_by),
        opened_at=case.opened_at,
        moved_at=case.moved_at,
        sealed=is_sealed(seen.facts),
        fields={name: _field(seen, name, lang) for name in _filled(seen)},
        erased=tuple(sorted(case.erased)),
        clocks=tuple(_clock(seen, run, lang) for run in case.runs),
        documents=tuple(
            DocumentMarks(name=name, label=workflow.label("documents", name, lang), **marks)
            for name, marks in case.documents.items()
        ),
        proposals=tuple(_proposal(seen, one) for one in case.proposals),
        links={n: tuple(_linked(seen, one) for one in ids) for n, ids in case.links.items()},
        people=names_shown(seen, _people(seen)),
    )


def _people(seen: Seen) -> Iterator[str]:
    case = seen.case
    yield person_told(seen, case.opened_by)
    yield case.assignee or ""
    for proposal in case.proposals:
        yield person_told(seen, proposal.by)
        yield from (person for _role, person in signers_told(seen, proposal.signed))


def names_shown(seen: Seen, people: Iterable[str]) -> dict[str, str]:
    """Return by id the names of people whom the reader is told; of one case only if he reads it."""
    workflow = seen.workflow
    fields = {
        name: value for name, value in seen.case.fields.items()
        if name in workflow.fields and may_read(name, seen.actor, seen.facts)
    }  # fmt: skip
    known = {**seen.world.people, **in_case(workflow, fields)}
    return {one: known[one] for one in sorted(set(people)) if one in known}


def _name(seen: Seen, value: Any) -> str:
    """Return the name of a person whom a field names; what nobody registered bears is a name."""
    one = person_id(value)
    return str(value["name"]) if isinstance(value, dict) else seen.world.people.get(one, one)


def _proposal(seen: Seen, proposal: Proposal) -> ProposalView:
    return ProposalView(
        trigger=proposal.trigger,
        by=person_told(seen, proposal.by),
        needs=tuple(proposal.needs),
        signed=signers_told(seen, proposal.signed),
    )


def knows_people(seen: Seen) -> bool:
    """Tell whether the reader may know who moved in a case, and read their free words."""
    return reading.knows_people(seen.actor, seen.facts)


def person_told(seen: Seen, person: str) -> str:
    """Return who moved, if the reader may know it; everybody knows their own moves."""
    return person if reading.knows_person(person, seen.actor, seen.facts) else MASK


def signers_told(seen: Seen, signed: Iterable[Sequence[str]]) -> tuple[tuple[str, str], ...]:
    """Return roles with who signed for them, where the reader may know it."""
    return tuple((role, person_told(seen, person)) for role, person in signed)


def _filled(seen: Seen) -> list[str]:
    return [name for name in seen.workflow.fields if name in seen.case.fields]


def _field(seen: Seen, name: str, lang: str) -> FieldValue:
    label = seen.workflow.label("fields", name, lang)
    if not may_read(name, seen.actor, seen.facts):
        return FieldValue(label=label, readable=False, value=None, text=MASK)
    value: Any = seen.case.fields[name]
    text = value_text(seen, seen.workflow.fields[name], value, lang)
    return FieldValue(label=label, readable=True, value=value, text=text)


def value_text(seen: Seen, part: FieldDef, value: Any, lang: str) -> str:
    """Return a value as people read it: labels for options, titles for units, names for items."""
    separator = "、" if lang == "zh" else ", "
    if value == []:
        return "（空）" if lang == "zh" else "(none)"
    if part.type is FieldType.LIST:
        columns = part.columns
        rows = [
            separator.join(
                f"{_label(columns[n], n, lang)} {value_text(seen, columns[n], v, lang)}"
                for n, v in row.items()
            )
            for row in value
        ]
        return ("；" if lang == "zh" else "; ").join(f"{n}) {r}" for n, r in enumerate(rows, 1))
    if isinstance(value, list):
        return separator.join(_one_text(seen, part, one, lang) for one in value)
    return _one_text(seen, part, value, lang)


def _one_text(seen: Seen, part: FieldDef, value: Plain, lang: str) -> str:
    if part.options is not None and str(value) in part.options:
        return part.options[str(value)].text(lang)
    match part.type:
        case FieldType.UNIT:
            unit = seen.world.units.get(str(value))
            return unit.title if unit else str(value)
        case FieldType.ITEM:
            row = seen.world.catalogues.get(part.catalogue or "", {}).get(str(value), {})
            return f"{value} {row.get('name', '')}".strip()
        case FieldType.MOMENT:
            return f"{parse_moment(str(value)).astimezone(seen.world.zone):%Y-%m-%d %H:%M}"
        case FieldType.PERSON:
            return _name(seen, value)
        case FieldType.CASE:
            other = seen.world.linked.get(str(value))
            return (other.number if other else None) or str(value)
        case (
            FieldType.TEXT | FieldType.INTEGER | FieldType.DECIMAL | FieldType.MONEY
            | FieldType.BOOLEAN | FieldType.DATE | FieldType.CHOICE | FieldType.FILE
            | FieldType.LIST
        ):  # fmt: skip
            return shown(value, "en" if lang == "en" else "zh")
        case _:
            assert_never(part.type)


def _label(part: FieldDef, name: str, lang: str) -> str:
    return part.label.text(lang) if part.label else name


def _clock(seen: Seen, run: Run, lang: str) -> RunView:
    clock, zone, now = seen.workflow.clocks[run.clock], seen.world.zone, seen.facts.now
    rule = clock.variant_of(run.rule).definition
    is_open = run.ended is None
    over = is_over(run, zone, at=now)
    run = current(run, zone, at=parse_moment(run.ended_at) if run.ended_at else now)
    return RunView(
        name=run.clock,
        label=seen.workflow.label("clocks", run.clock, lang),
        item=run.item,
        run=run.seq,
        kind=run.kind,
        class_=rule.class_ or clock.definition.class_,
        source=rule.source or clock.definition.source,
        from_=run.anchor,
        due=run.due,
        due_text=when(run.due, zone),
        provisional=run.provisional,
        running=is_open,
        paused=is_open and run.paused,
        until=run.until,
        later=run.later,
        overdue=is_open and over and run.kind != "at_least",
        elapsed=over,
        ended=run.ended,
        ended_at=run.ended_at,
    )


def _linked(seen: Seen, case: str) -> LinkedView:
    other = seen.world.linked.get(case)
    if other is None:
        return LinkedView(id=case)
    return LinkedView(id=case, number=other.number, workflow=other.workflow, state=other.state)


def offers_view(seen: Seen, found: Sequence[Offer], extra: Amendable, lang: str) -> OffersView:
    """Return what a person may do now, with what data, and for the rest why not."""
    workflow = seen.workflow
    amends = (
        *(field_form(workflow, name, lang) for name in extra.fields),
        *(field_form(workflow, name, lang, how="add") for name in extra.adds),
        *(field_form(workflow, name, lang, how="edit", only=only) for name, only in extra.edits),
    )
    return OffersView(
        case=seen.case.number or seen.case.id,
        state=seen.case.state,
        state_label=workflow.label("states", seen.case.state, lang),
        revision=seen.case.revision,
        person=seen.actor.id,
        name=seen.world.people.get(seen.actor.id, seen.actor.id),
        offers=tuple(_offer(seen, offer, lang) for offer in found),
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
        "label": _label(part, name, lang),
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
