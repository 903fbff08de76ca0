"""Applies a granted branch in order: sets, number, state, documents, effects owed."""

from collections.abc import Sequence
from string import Formatter
from typing import Any

from engine.case.errors import MoveRefused, Reason, Reasons
from engine.case.ids import IN_CASE
from engine.case.text import said
from engine.case.values import Erase, Join, OpenCase, Plain, Publish, Signal, Tell
from engine.clocks.extending import extensions
from engine.compiling.data import plain_of
from engine.compiling.plan import Branch, Literal
from engine.facts.facts import Facts
from engine.facts.messages import name_of, names_of
from engine.facts.people import in_case, person_id, restored
from engine.facts.roles import people_at
from engine.language.cel import Expression
from engine.language.model import TransitionDef
from engine.language.parts import NumberDef
from engine.step import words
from engine.step.choose import Choice
from engine.step.draft import Draft

_OWED = ("opens", "signals", "joins", "publishes", "tells")
"""What of a branch is read from the facts after its sets."""


def carry_out(draft: Draft, choice: Choice) -> None:
    """Apply a branch to the draft.

    Order: sets (all right-hand sides read the same facts), the number, the state, documents,
    then what is owed to other cases, catalogues and people, read from the facts after sets.

    Raises:
        MoveRefused: a right-hand side is unknown, naming what is missing.

    Source:
        language.md 3.1.
    """
    branch = choice.branch
    _sets(draft, branch)
    _draw_number(draft, branch)
    if getattr(branch.definition, "extends", None):
        draft.extends = extensions(branch, draft.after_facts())
    draft.go(choice.target, branch)
    _outcome(draft, branch)
    _documents(draft, branch)
    _assign(draft, branch)
    told = _owe(draft, branch)
    _erase(draft, branch)
    draft.effects.extend(told)


def _owe(draft: Draft, branch: Branch) -> list[Tell]:
    """Note what is owed to other cases and catalogues; return what is owed to people."""
    if not any(getattr(branch.definition, word, None) for word in _OWED):
        return []
    facts = draft.after_facts()
    facts.before = draft.facts.before
    _opens(draft, branch, facts)
    _links(draft, branch, facts)
    _publish(draft, branch, facts)
    return [_tell(branch, facts)] if branch.definition.tells else []


def _sets(draft: Draft, branch: Branch) -> None:
    reasons = Reasons()
    values: dict[str, Plain] = {}
    people = in_case(draft.workflow, draft.fields) if branch.sets else {}
    for name, value in branch.sets:
        answer = draft.facts.ask(value)
        if answer.known:
            part = draft.workflow.fields[name]
            values[name] = restored(part, plain_of(part, answer.value), people)
            continue
        lacks = names_of(draft.facts, answer.missing) or answer.error
        refused = said(words.CANNOT_SET, name=name, lacks=lacks)
        reasons.add("move.guard", refused, names=answer.missing)
    if reasons.found:
        raise MoveRefused(reasons.found)
    draft.fields = {**draft.fields, **values}


def _draw_number(draft: Draft, branch: Branch) -> None:
    number = draft.workflow.definition.number
    opening = draft.before is None
    if draft.case.number is not None or number is None:
        return
    if not draws_number(number, opening=opening, trigger=branch.trigger):
        return
    if draft.world.next_seq is None:
        message = "a number is drawn by this move; give the world its next_seq"
        raise ValueError(message)
    unit = draft.world.units[draft.case.unit]
    year = draft.facts.today.year
    draft.patch["number"] = format_number(
        number.format, unit=unit.title, year=year, seq=draft.world.next_seq
    )
    draft.drew = (draft.case.unit, draft.workflow.name, year)


def draws_number(number: NumberDef | None, *, opening: bool, trigger: str) -> bool:
    """Tell whether a move of this kind draws the case's number."""
    if number is None:
        return False
    if number.drawn is None:
        return opening
    return not opening and number.drawn.move == trigger


def format_number(pattern: str, *, unit: str, year: int, seq: int) -> str:
    """Return a case number from ``{unit}议字〔{year}〕{seq:04}号``.

    Only these three names with plain widths are filled; nothing else of ``str.format`` works.
    """
    values: dict[str, str | int] = {"unit": unit, "year": year, "seq": seq}
    text = ""
    for literal, name, spec, _conversion in Formatter().parse(pattern):
        text += literal
        if name is not None:
            text += format(values[name], spec or "")
    return text


def _outcome(draft: Draft, branch: Branch) -> None:
    workflow = draft.workflow
    state = workflow.definition.states[draft.state]
    if state.final:
        own = getattr(branch.definition, "outcome", None)
        if not branch.stays or own is not None:
            draft.patch["outcome"] = own or state.outcome
    elif draft.case.outcome is not None:
        draft.patch["outcome"] = None
        draft.notes["reopening"] = True


def _documents(draft: Draft, branch: Branch) -> None:
    draft.mark(branch.definition.issues, "issued")
    if isinstance(branch.definition, TransitionDef):
        draft.mark(branch.definition.delivers, "delivered")


def _assign(draft: Draft, branch: Branch) -> None:
    if branch.definition.assigns is not None:
        value = draft.fields.get(branch.definition.assigns)
        person = None if value is None else person_id(value)
        if person != draft.case.assignee:
            draft.patch["assignee"] = person


def _opens(draft: Draft, branch: Branch, facts: Facts) -> None:
    for place, opens in enumerate(branch.definition.opens):
        link = draft.workflow.definition.links[opens.as_]
        items: list[Any] = [None]
        if opens.each is not None:
            items = draft.fields.get(opens.each, [])  # type: ignore[assignment]
        for item in items:
            inner = facts
            if item is not None and opens.each is not None:
                inner = facts.with_item(item, draft.workflow.fields[opens.each])
            data = _sent(branch, inner, ("opens", place))
            unit = draft.case.unit if opens.at is None else data.pop(None, None)
            if unit is None:
                raise MoveRefused([_no_unit(branch, inner, ("opens", place, None))])
            draft.effects.append(
                OpenCase(
                    workflow=opens.workflow,
                    link=opens.as_,
                    unit=str(unit),
                    data=data,
                    inverse=link.inverse,
                )
            )


def _no_unit(branch: Branch, facts: Facts, key: tuple[Any, ...]) -> Reason:
    """Return the reason that a case cannot be opened at a unit that is not known."""
    names = facts.ask(branch.values[key]).missing
    refused = said(words.UNIT_NOT_KNOWN, names=names_of(facts, names))
    return Reason(code="move.guard", words=refused, names=names)


def _values(branch: Branch, facts: Facts, prefix: tuple[Any, ...]) -> dict[Any, Any]:
    """Return the known values under a prefix, plain; unset ones are left out."""
    found: dict[Any, Any] = {}
    for key, value in branch.values.items():
        if key[: len(prefix)] != prefix:
            continue
        answer = facts.ask(value)
        if answer.known:
            found[key[-1]] = _bare(answer.value)
    return found


def _sent(branch: Branch, facts: Facts, prefix: tuple[Any, ...]) -> dict[Any, Any]:
    """Return what another case is given: fields as this case keeps them, other values plain."""
    kept = {
        key[-1]: _as_kept(value, facts)
        for key, value in branch.values.items()
        if key[: len(prefix)] == prefix
    }
    return {
        name: value if kept[name] is None else kept[name]
        for name, value in _values(branch, facts, prefix).items()
    }


def _as_kept(value: Expression | Literal, facts: Facts) -> Plain:
    """Return the field that a value names, as the case keeps it; None where it names none."""
    named = value.source if isinstance(value, Expression) else ""
    return facts.fields.get(named) if named in facts.workflow.fields else None


def _bare(value: Any) -> Any:
    """Return units and catalogue rows by their id, everything else as it is."""
    if isinstance(value, dict):
        for key in ("id", "code"):
            if key in value:
                return value[key]
        return {name: _bare(inner) for name, inner in value.items()}
    return [_bare(one) for one in value] if isinstance(value, list) else value


def _links(draft: Draft, branch: Branch, facts: Facts) -> None:
    """Join first: the case that is joined gets the signals of this very move, too."""
    if not isinstance(branch.definition, TransitionDef):
        return
    links = _join(draft, branch.definition)
    for target, signal in branch.definition.signals.items():
        if target.startswith("links."):
            cases = tuple(links.get(target.removeprefix("links."), ()))
        else:
            named = draft.fields.get(target, [])
            cases = tuple(str(one) for one in (named if isinstance(named, list) else [named]))
        data = _sent(branch, facts, ("signals", target))
        if cases:
            draft.effects.append(Signal(cases=cases, trigger=signal.does, data=data))


def _join(draft: Draft, rule: TransitionDef) -> dict[str, Sequence[str]]:
    """Note the case that this one is joined to; return all links as they are then.

    Raises:
        MoveRefused: it is this very case.
    """
    links: dict[str, Sequence[str]] = {**draft.case.links}
    joins = rule.joins
    if joins is not None and joins.case in draft.fields:
        other = str(draft.fields[joins.case])
        if other == draft.case.id:
            refused = said(words.JOINS_ITSELF, field=name_of(draft.facts, joins.case))
            raise MoveRefused([Reason(code="move.field", words=refused, names=(joins.case,))])
        name = joins.as_ or joins.case
        links[name] = list(dict.fromkeys([*links.get(name, ()), other]))
        draft.patch["links"] = {name: links[name]}
        draft.effects.append(
            Join(case=other, inverse=draft.workflow.definition.links[name].inverse)
        )
    return links


def _publish(draft: Draft, branch: Branch, facts: Facts) -> None:
    publishes = getattr(branch.definition, "publishes", None)
    if publishes is None:
        return
    row = _values(branch, facts, ("publishes",))
    draft.effects.append(
        Publish(catalogue=publishes.catalogue, row=row, drop=publishes.put is None)
    )


def _erase(draft: Draft, branch: Branch) -> None:
    for name in getattr(branch.definition, "erases", ()):
        if name in draft.fields or name in draft.case.fields:
            draft.fields.pop(name, None)
            draft.erased.add(name)
            draft.effects.append(Erase(vault=draft.workflow.vaults[name]))


def _tell(branch: Branch, facts: Facts) -> Tell:
    persons: list[str] = []
    for name in branch.definition.tells:
        role = facts.workflow.definition.roles.get(name)
        if role is not None and role.in_case is not None:
            persons += people_at(role.in_case, facts)
    # Who is known in this case alone has no address: a paper reaches such a person.
    known = (one for one in dict.fromkeys(persons) if not one.startswith(IN_CASE))
    return Tell(roles=branch.definition.tells, persons=tuple(known))
