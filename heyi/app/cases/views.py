"""Cases and offers as plain data, in one language, for printing and for JSON.

This is the one read path: what a person may not read is masked here, whoever asks.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from engine.case.errors import Reason
from engine.case.values import CLOCK, Actor, Event, Plain, Run
from engine.compiling.plan import Workflow
from engine.facts.clocks import current, is_over
from engine.facts.facts import Facts
from engine.facts.messages import MASK, shown
from engine.facts.reading import is_sealed, may_read
from engine.facts.roles import standing
from engine.language.parts import FieldDef
from engine.step.offers import Amendable, Offer
from engine.time.times import parse_moment
from heyi.app.cases.cases import Cases, Seen
from heyi.app.cases.clockwords import when

NOBODY = Actor(id="")
"""Who reads without saying who: what anyone may read, nothing else."""

View = dict[str, Any]


def look(
    cases: Cases, ref: str, *, person: str | None, now: datetime
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
        case = work.cases.load(ref)
        workflow = cases.library.get(work, case.workflow, case.version)
        world = cases.worlds.build(work, workflow, unit=case.unit, now=now, case=case)
        actor = work.people.actor(person) if person else NOBODY
        facts = Facts(workflow, case, world, now=now, actor=actor.id)
        seen = Seen(case=case, workflow=workflow, facts=facts, actor=actor, world=world)
        return seen, work.cases.events(case.id)


def case_view(seen: Seen, lang: str) -> View:
    """Return a case as its reader may see it."""
    case, workflow = seen.case, seen.workflow
    unit = seen.world.units.get(case.unit)
    return {
        "id": case.id,
        "number": case.number,
        "workflow": workflow.name,
        "version": workflow.version,
        "title": workflow.definition.title.text(lang),
        "unit": {"id": case.unit, "title": unit.title if unit else case.unit},
        "state": case.state,
        "state_label": workflow.label("states", case.state, lang),
        "under": [_named(workflow, "states", state, lang) for state in case.stack],
        "final": workflow.is_final(case.state),
        "outcome": case.outcome,
        "revision": case.revision,
        "assignee": case.assignee,
        "opened_by": person_told(seen, case.opened_by),
        "opened_at": case.opened_at,
        "moved_at": case.moved_at,
        "sealed": is_sealed(seen.facts),
        "fields": {name: _field(seen, name, lang) for name in _filled(seen)},
        "erased": sorted(case.erased),
        "clocks": [_clock(seen, run, lang) for run in case.runs],
        "documents": [
            {**_named(workflow, "documents", name, lang), **marks}
            for name, marks in case.documents.items()
        ],
        "proposals": [
            {
                "trigger": p.trigger,
                "by": person_told(seen, p.by),
                "needs": [*p.needs],
                "signed": signers_told(seen, p.signed),
            }
            for p in case.proposals
        ],
        "links": {name: [_linked(seen, one) for one in ids] for name, ids in case.links.items()},
    }


def knows_people(seen: Seen) -> bool:
    """Tell whether a reader may know who moved in a case, and read their free words.

    Those who read class internal; while the case is sealed, those alone who read all of it:
    whoever reported a violence is not to be told by the header.
    """
    rule = seen.workflow.definition
    if is_sealed(seen.facts):
        return rule.sealed is not None and bool(standing(rule.sealed.to, seen.actor, seen.facts))
    return bool(standing(rule.readers.get("internal", ()), seen.actor, seen.facts))


def person_told(seen: Seen, person: str) -> str:
    """Return who moved as the reader may know it; everybody knows their own moves.

    A file that names no readers of class internal keeps nobody from knowing, but for a sealed case.
    """
    open_file = "internal" not in seen.workflow.definition.readers and not is_sealed(seen.facts)
    known = person in {CLOCK, seen.actor.id} or open_file or knows_people(seen)
    return person if known else MASK


def signers_told(seen: Seen, signed: Iterable[Sequence[str]]) -> list[tuple[str, str]]:
    """Return roles with who signed for them, as the reader may know it."""
    return [(role, person_told(seen, person)) for role, person in signed]


def _filled(seen: Seen) -> list[str]:
    return [name for name in seen.workflow.fields if name in seen.case.fields]


def _field(seen: Seen, name: str, lang: str) -> View:
    label = seen.workflow.label("fields", name, lang)
    if not may_read(name, seen.actor, seen.facts):
        return {"label": label, "readable": False, "value": None, "text": MASK}
    value = seen.case.fields[name]
    text = value_text(seen, seen.workflow.fields[name], value, lang)
    return {"label": label, "readable": True, "value": value, "text": text}


def _named(workflow: Workflow, kind: str, name: str, lang: str) -> View:
    return {"name": name, "label": workflow.label(kind, name, lang)}


def value_text(seen: Seen, part: FieldDef, value: Any, lang: str) -> str:
    """Return a value as people read it: labels for options, titles for units, names for items."""
    separator = "、" if lang == "zh" else ", "
    if value == []:
        return "（空）" if lang == "zh" else "(none)"
    if part.type == "list":
        columns = part.of if isinstance(part.of, dict) else {}
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
    if part.type == "unit" and value in seen.world.units:
        return seen.world.units[str(value)].title
    if part.type == "item":
        row = seen.world.catalogues.get(str(part.of), {}).get(str(value), {})
        return f"{value} {row.get('name', '')}".strip()
    if part.type == "moment":
        return f"{parse_moment(str(value)).astimezone(seen.world.zone):%Y-%m-%d %H:%M}"
    if part.type == "case":
        other = seen.world.linked.get(str(value))
        return (other.number if other else None) or str(value)
    return shown(value, "en" if lang == "en" else "zh")


def _label(part: FieldDef, name: str, lang: str) -> str:
    return part.label.text(lang) if part.label else name


def _clock(seen: Seen, run: Run, lang: str) -> View:
    clock, zone, now = seen.workflow.clocks[run.clock], seen.world.zone, seen.facts.now
    rule = clock.variant_of(run.rule).definition
    is_open = run.ended is None
    over = is_over(run, zone, at=now)
    run = current(run, zone, at=parse_moment(run.ended_at) if run.ended_at else now)
    return {
        **_named(seen.workflow, "clocks", run.clock, lang),
        "item": run.item,
        "run": run.seq,
        "kind": run.kind,
        "class": rule.class_ or clock.definition.class_,
        "source": rule.source or clock.definition.source,
        "from": run.anchor,
        "due": run.due,
        "due_text": when(run.due, zone),
        "provisional": run.provisional,
        "running": is_open,
        "paused": is_open and run.paused,
        "until": run.until,
        "later": run.later,
        "overdue": is_open and over and run.kind != "at_least",
        "elapsed": over,
        "ended": run.ended,
        "ended_at": run.ended_at,
    }


def _linked(seen: Seen, case: str) -> View:
    other = seen.world.linked.get(case)
    if other is None:
        return {"id": case}
    return {"id": case, "number": other.number, "workflow": other.workflow, "state": other.state}


def offers_view(seen: Seen, found: Sequence[Offer], extra: Amendable, lang: str) -> View:
    """Return what a person may do now, with what data, and for the rest why not."""
    return {
        "case": seen.case.number or seen.case.id,
        "state": seen.case.state,
        "state_label": seen.workflow.label("states", seen.case.state, lang),
        "revision": seen.case.revision,
        "person": seen.actor.id,
        "offers": [_offer(seen, offer, lang) for offer in found],
        "amends": [
            *(field_view(seen.workflow, name, lang) for name in extra.fields),
            *({**field_view(seen.workflow, name, lang), "how": "add"} for name in extra.adds),
            *(
                {**field_view(seen.workflow, name, lang), "how": "edit", "only": [*columns]}
                for name, columns in extra.edits
            ),
        ],
    }


def _offer(seen: Seen, offer: Offer, lang: str) -> View:
    return {
        "trigger": offer.trigger,
        "rule": offer.rule,
        "label": offer.label.text(lang),
        "open": offer.open,
        "signs": offer.signs,
        "proposed": offer.proposed,
        "asks": [field_view(seen.workflow, name, lang) for name in offer.asks],
        "may": [field_view(seen.workflow, name, lang) for name in offer.may],
        "reasons": [reason_view(reason, lang) for reason in offer.reasons],
    }


def reason_view(reason: Reason, lang: str) -> View:
    """Return one reason of a refusal."""
    return {
        "code": reason.code,
        "text": reason.text(lang),
        "names": [*reason.names],
        "source": reason.source,
    }


def field_view(workflow: Workflow, name: str, lang: str) -> View:
    """Return what a form needs to ask for a field."""
    return {"name": name, **_part_view(workflow.fields[name], name, lang)}


def _part_view(part: FieldDef, name: str, lang: str) -> View:
    view: View = {"label": _label(part, name, lang), "type": part.type}
    if part.many:
        view["many"] = True
    if part.optional:
        view["optional"] = True
    for bound in ("min", "max"):
        if getattr(part, bound) is not None:
            view[bound] = getattr(part, bound)
    if part.options is not None:
        view["options"] = [
            {"value": word, "label": label.text(lang)} for word, label in part.options.items()
        ]
    if isinstance(part.of, dict):
        view["columns"] = [
            {"name": column, **_part_view(inner, column, lang)} for column, inner in part.of.items()
        ]
    elif part.of is not None:
        view["of"] = part.of
    return view
