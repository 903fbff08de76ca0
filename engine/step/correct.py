"""Changes data without a transition: amendments where a state allows them, and corrections."""

from engine.case.errors import MoveRefused, Reasons
from engine.case.text import said
from engine.case.values import Plain
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.facts.given import Ways, read_data
from engine.facts.messages import label_or_id
from engine.facts.roles import standing
from engine.step import words
from engine.step.draft import Draft


def amend(draft: Draft, facts: Facts) -> None:
    """Change fields that the state lets these roles change.

    Raises:
        MoveRefused: a field that the state does not open, or not for this person.

    Source:
        language.md 1 ``amends``; the field's value is parsed as in a move.
    """
    amendments = draft.workflow.amendments.get(draft.case.state, ())
    reasons = Reasons()
    whole: set[str] = set()
    adds: set[str] = set()
    edits: dict[str, frozenset[str]] = {}
    opened: set[str] = set()
    role = ""
    for part in amendments:
        opened |= part.fields | part.adds | part.edits.keys()
        found = standing(part.by, draft.move.actor, facts, on_behalf_of=draft.move.on_behalf_of)
        if not found:
            continue
        role = role or found.role
        draft.acts_by(found)
        whole |= part.fields
        adds |= part.adds
        for name, columns in part.edits.items():
            edits[name] = edits.get(name, frozenset()) | frozenset(columns)
    ways = Ways(whole=frozenset(whole), adds=frozenset(adds), edits=edits)
    _refuse_others(draft, facts, ways, opened, reasons)
    _merge(draft, facts, ways, reasons)
    draft.kind = "amended"
    draft.notes |= {"role": role, "from": draft.case.state, "to": draft.case.state}


def _refuse_others(
    draft: Draft, facts: Facts, ways: Ways, opened: set[str], reasons: Reasons
) -> None:
    if not draft.move.data:
        reasons.add("move.missing", words.NOTHING_TO_AMEND)
    for name in draft.move.data:
        if name in opened and name not in ways.names:
            refused = said(words.NOT_YOURS_TO_AMEND, field=label_or_id(facts, name))
            reasons.add("move.role", refused, names=[name])
    if reasons.found:
        raise MoveRefused(reasons.found)


def correct(draft: Draft, facts: Facts) -> None:
    """Mend a wrong entry by an event of its own: the old value stays in the history.

    Whoever may enter a field anywhere in the file may correct it, with a reason; the state's own
    role whatever holds a value already. What no move asks for but only rules set is no entry.
    Lists are corrected whole. Clocks that ran from it are planned anew; guards are asked again
    at the next move.

    Raises:
        MoveRefused: no reason, nothing given, not for this person, or a bad value.

    Source:
        language.md 3.5; domain E.0: correction is a new record referencing the old.
    """
    reasons = Reasons()
    if not draft.move.reason.strip():
        reasons.add("move.missing", words.NO_REASON, names=["reason"])
    if not draft.move.data:
        reasons.add("move.missing", words.NOTHING_TO_CORRECT)
    known = [name for name in draft.move.data if name in draft.workflow.fields]
    allowed = frozenset(name for name in known if _may_correct(name, draft, facts))
    entered = entered_fields(draft.workflow)
    for name in draft.move.data:
        if name in draft.workflow.fields and name not in entered:
            refused = said(words.SET_BY_RULES, field=label_or_id(facts, name))
            reasons.add("move.field", refused, names=[name])
        elif name in draft.workflow.fields and name not in allowed:
            refused = said(words.NOT_YOURS_TO_CORRECT, field=label_or_id(facts, name))
            reasons.add("move.role", refused, names=[name])
    if reasons.found:
        raise MoveRefused(reasons.found)
    _merge(draft, facts, Ways(whole=allowed), reasons)
    draft.kind = "corrected"
    draft.notes["corrected"] = sorted(draft.move.data)


def entered_fields(workflow: Workflow) -> frozenset[str]:
    """Return the fields that some move, opening or amendment brings."""
    names = [b.accepts for group in workflow.branches.values() for b in group]
    names += [b.accepts for b in workflow.openings]
    parts = [part for group in workflow.amendments.values() for part in group]
    names += [part.fields | part.adds | part.edits.keys() for part in parts]
    return frozenset[str]().union(*names)


def _may_correct(name: str, draft: Draft, facts: Facts) -> bool:
    workflow, actor = draft.workflow, draft.move.actor
    roles: set[str] = set()
    assignee = workflow.definition.states[draft.case.state].assignee
    # Whoever has the case mends what stands there; what only others may enter they cannot add,
    # nor touch what is sealed until all have answered, or always (a seal has its seal_to).
    if assignee and name in draft.case.fields and not workflow.fields[name].seal_to:
        roles.add(assignee)
    for branches in (*workflow.branches.values(), workflow.openings):
        roles |= {role for b in branches if name in b.accepts for role in b.by}
    for amendments in workflow.amendments.values():
        for part in amendments:
            if name in part.fields | part.adds | part.edits.keys():
                roles |= set(part.by)
    # "Anyone" may add what they saw; only somebody with a role may mend what another wrote.
    found = standing(sorted(roles - {"anyone"}), actor, facts)
    draft.acts_by(found)
    return bool(found)


def _merge(draft: Draft, facts: Facts, ways: Ways, reasons: Reasons) -> None:
    given = read_data(draft.move.data, ways, facts, clear=True)
    reasons.found.extend(given.reasons.found)
    if reasons.found:
        raise MoveRefused(reasons.found)
    fields: dict[str, Plain] = given.fields
    draft.fields = fields
    draft.notes["given"] = sorted(given.names)
