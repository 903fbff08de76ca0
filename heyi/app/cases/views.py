"""Makes views of cases and offers as their reader may see them, in one language.

This is the one read path: what a person may not read is masked here, whoever asks.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Any, assert_never

from engine.case.text import Text, lang_of
from engine.case.values import Actor, Event, Office, Plain, Proposal, Run
from engine.facts.clocks import current, is_over
from engine.facts.messages import MASK, shown
from engine.facts.reading import is_sealed
from engine.facts.terms import waits
from engine.language.kinds import FieldType
from engine.language.parts import FieldDef
from engine.time.times import parse_moment
from heyi.app.cases.casework import Casework
from heyi.app.cases.clockwords import when
from heyi.app.cases.linked import links_view, names_foreign
from heyi.app.cases.models import (
    CaseView,
    DocumentMarks,
    FieldValue,
    HandingView,
    NamedView,
    ProposalView,
    RunView,
    UnitRef,
)
from heyi.app.cases.names import (
    COARSE,
    share_of,
    shows_clock,
    shows_field,
    shows_in_text,
    shows_move,
    shows_paper,
    shows_person,
)
from heyi.app.cases.sight import Seen
from heyi.app.cases.told import name_of, names_shown, person_told, signers_told, vacant_told

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
        CaseNotFound: there is no such case, or none for this reader.
        PersonNotFound: there is no such person.
    """
    with cases.store.read() as work:
        actor = cases.actor(work, person, now) if person else NOBODY
        seen = cases.find(work, ref, actor, now=now)
        events = work.cases.events(seen.case.id)
        return cases.named(work, seen, events), events


def case_view(seen: Seen, lang: str, office: Office | None = None) -> CaseView:
    """Return a case as its reader may see it; names follow the classes as values do.

    Args:
        seen: the case, for its reader.
        lang: of labels.
        office: who holds which post; None where posts that nobody holds are not told.
    """
    case, workflow = seen.case, seen.workflow
    if share_of(seen) == "number":
        return _number_view(seen, lang)
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
        assignee=_assignee_told(seen),
        handing=_handing(seen),
        opened_by=person_told(seen, case.opened_by),
        opened_at=case.opened_at,
        moved_at=case.moved_at,
        sealed=is_sealed(seen.facts),
        fields={name: _field(seen, name, lang) for name in _filled(seen)},
        erased=tuple(sorted(name for name in case.erased if shows_field(seen, name))),
        clocks=tuple(_clock(seen, run, lang) for run in case.runs if shows_clock(seen, run.clock)),
        documents=tuple(
            DocumentMarks(name=name, label=workflow.label("documents", name, lang), **marks)
            for name, marks in case.documents.items()
            if shows_paper(seen, name)
        ),
        proposals=tuple(
            _proposal(seen, one, lang) for one in case.proposals if shows_move(seen, one.trigger)
        ),
        links=links_view(seen),
        people=names_shown(seen, _people(seen)),
        **vacant_told(seen, lang, office),
    )


def _number_view(seen: Seen, lang: str) -> CaseView:
    """Return a sealed case for who knows its number alone, because he opened it."""
    case, workflow = seen.case, seen.workflow
    unit, final = seen.world.units.get(case.unit), seen.workflow.is_final(seen.case.state)
    return CaseView(
        id=case.id, number=case.number, workflow=workflow.name, version=workflow.version,
        title=workflow.definition.title.text(lang),
        unit=UnitRef(id=case.unit, title=unit.title if unit else case.unit),
        state="", state_label=COARSE[final].text(lang), under=(), final=final, outcome=None,
        revision=case.revision, assignee=None, opened_by=person_told(seen, case.opened_by),
        opened_at=case.opened_at, moved_at=case.opened_at, sealed=True, fields={}, erased=(),
        clocks=(), documents=(), proposals=(), links={}, people={},
    )  # fmt: skip


def _assignee_told(seen: Seen) -> str | None:
    """Return who has the case in hand, if the reader may know it."""
    person = seen.case.assignee
    if person is None or shows_person(seen, person):
        return person
    return person_told(seen, person)


def _people(seen: Seen) -> Iterator[str]:
    case = seen.case
    yield person_told(seen, case.opened_by)
    yield case.assignee or ""
    for proposal in case.proposals:
        yield person_told(seen, proposal.by)
        yield from (person for _role, person in signers_told(seen, proposal.signed))


def _handing(seen: Seen) -> HandingView | None:
    one = seen.case.handing
    if one is None or not waits(seen.case, seen.facts.now, seen.facts):
        return None
    return HandingView(
        giver=person_told(seen, one.giver), receiver=person_told(seen, one.receiver), at=one.at
    )


def _proposal(seen: Seen, proposal: Proposal, lang: str) -> ProposalView:
    workflow, party = seen.workflow, proposal.on_behalf_of
    return ProposalView(
        trigger=proposal.trigger,
        label=workflow.move_label(proposal.trigger, lang) or proposal.trigger,
        by=person_told(seen, proposal.by),
        on_behalf_of=person_told(seen, party) if party else "",
        hash=proposal.hash,
        complete=not proposal.needs,
        needs=tuple(proposal.needs),
        needs_labels=tuple(workflow.label("roles", role, lang) for role in proposal.needs),
        signed=signers_told(seen, proposal.signed),
        text={
            n: _brought(seen, n, raw, lang)
            for n, raw in proposal.data.items()
            if shows_in_text(seen, n)
        },
    )


def _brought(seen: Seen, name: str, raw: Any, lang: str) -> FieldValue:
    """Return what a text brings to a field: a value, rows added, or items changed."""
    label, part = seen.workflow.label("fields", name, lang), seen.workflow.fields[name]
    if not shows_field(seen, name) or names_foreign(seen, name, raw):
        return FieldValue(label=label, readable=False, value=None, text=MASK)
    if part.type is not FieldType.LIST or isinstance(raw, list):
        text = value_text(seen, part, raw, lang)
    elif "adds" in raw:
        rows = raw["adds"] if isinstance(raw["adds"], list) else [raw["adds"]]
        text = f"＋ {value_text(seen, part, rows, lang)}"
    else:
        items = (f"{n}→ {value_text(seen, part, [row], lang)[3:]}" for n, row in raw.items())
        text = Text("；", "; ").text(lang).join(items)
    return FieldValue(label=label, readable=True, value=raw, text=text)


def _filled(seen: Seen) -> list[str]:
    names = (name for name in seen.workflow.fields if name in seen.case.fields)
    return [name for name in names if shows_field(seen, name)]


def _field(seen: Seen, name: str, lang: str) -> FieldValue:
    label = seen.workflow.label("fields", name, lang)
    value: Any = seen.case.fields[name]
    if names_foreign(seen, name, value):
        return FieldValue(label=label, readable=False, value=None, text=MASK)
    text = value_text(seen, seen.workflow.fields[name], value, lang)
    return FieldValue(label=label, readable=True, value=value, text=text)


def value_text(seen: Seen, part: FieldDef, value: Any, lang: str) -> str:
    """Return a value as people read it: labels for options, titles for units, names for items."""
    separator = Text("、", ", ").text(lang)
    if value == []:
        return Text("（空）", "(none)").text(lang)
    if part.type is FieldType.LIST:
        columns = part.columns
        rows = [
            separator.join(
                f"{field_label(columns[n], n, lang)} {value_text(seen, columns[n], v, lang)}"
                for n, v in row.items()
            )
            for row in value
        ]
        return (Text("；", "; ").text(lang)).join(f"{n}) {r}" for n, r in enumerate(rows, 1))
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
            return name_of(seen, value)
        case FieldType.CASE:
            other = seen.world.linked.get(str(value))
            return (other.number if other else None) or str(value)
        case (
            FieldType.TEXT | FieldType.INTEGER | FieldType.DECIMAL | FieldType.MONEY
            | FieldType.BOOLEAN | FieldType.DATE | FieldType.CHOICE | FieldType.FILE
            | FieldType.LIST
        ):  # fmt: skip
            return shown(value, lang_of(lang))
        case _:
            assert_never(part.type)


def field_label(part: FieldDef, name: str, lang: str) -> str:
    """Return a label of a field or column, its id where it has none."""
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
