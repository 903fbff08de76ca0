"""Decides who may see what of a case: fields, facts, documents, who moved."""

from collections.abc import Callable, Iterable
from dataclasses import replace

from engine.case.values import CLOCK, LINK, Actor
from engine.compiling.plan import Workflow
from engine.facts.facts import Facts
from engine.facts.knowing import known_to, may_know
from engine.facts.origins import rests_on
from engine.facts.roles import people_at, standing
from engine.facts.seals import is_sealed, is_shut, named_now
from engine.facts.viewing import views_class
from engine.language.readers import ANYONE, ReaderDef, always

SEALED = "sealed"
Entries = Iterable[ReaderDef | str]
Among = Callable[[Entries], bool]
"""Tells whether a reader is one of these roles or words, their conditions judged now."""


def may_read(field: str, actor: Actor, facts: Facts) -> bool:
    """Tell whether a person may see a field's value.

    One reads only a case that one may know, as a role that may know it. By the field's class
    and the file's ``readers``; in a sealed case everything by ``sealed.to``, by
    ``sealed.partly`` what their classes let them read anyway, by others nothing; what is of
    class sealed by no substitute; a field with
    ``seal`` only by ``seal_to`` until that state was entered, one with ``seal_to`` alone by
    nobody else ever. Who opened the case reads what the opening brought, sealed or not, until
    somebody acts. Whose request to read was allowed reads the classes that ``viewing`` names,
    and no field with readers of its own.

    Args:
        field: a field of the file.
        actor: who reads.
        facts: of the case as it stands.

    Source:
        language.md 1 ``readers``, ``sealed``, ``seal``, 8 ``opener``; design.md 8.
    """
    if field in facts.case.fields and _has_just_opened(actor, facts):
        return True
    privacy = str(facts.workflow.fields[field].privacy)
    # What is sealed is for named persons: nobody reads it in another's place.
    reader = replace(actor, lent=()) if privacy == SEALED else actor
    if _is_read(field, facts, _person(reader, facts, of=privacy)):
        return True
    return not facts.workflow.fields[field].seal_to and views_class(privacy, actor, facts)


def role_reads(role: str, field: str, facts: Facts) -> bool:
    """Tell whether the holder of a role may see a field's value, by the same rule.

    Whoever a field itself names reads it, unless it is hidden: it is their own name.

    Args:
        role: a role of the file, or ``anyone``.
        field: a field of the file.
        facts: of the case at the moment asked for.
    """
    roles = facts.workflow.definition.roles
    named = role in roles and roles[role].in_case == field
    return _is_read(field, facts, _role(role, facts), named=named)


def role_reads_always(workflow: Workflow, role: str, field: str) -> bool:
    """Tell whether a role reads a field in every case, unless it is sealed.

    Args:
        workflow: the rules; a reader under a condition counts as none.
        role: a role of the file, or ``anyone``, ``opener``, ``clock``, ``link``.
        field: a field of the file.
    """
    part = workflow.fields[field]
    if role in {"clock", "link"}:
        return True
    if part.seal_to and not _is_among(role, always(part.seal_to)):
        return False
    always_hidden = bool(part.seal_to) and part.seal is None
    return always_hidden or _is_among(role, readers_of(workflow, str(part.privacy)))


def may_read_as(readers: Entries, actor: Actor, facts: Facts) -> bool:
    """Tell whether a person may see a document that is for these readers.

    In a sealed case by ``sealed.to``, and by ``sealed.partly`` where they are among them.
    """
    among = _person(actor, facts, of="public")
    whole = _of_sealed(facts, among)
    return among(readers) if whole is None else whole


def entries_of(workflow: Workflow, privacy: str) -> tuple[ReaderDef | str, ...]:
    """Return who is listed for a class; the default for public is anyone, else nobody."""
    default = (ANYONE,) if privacy == "public" else ()
    return workflow.definition.readers.get(privacy, default)


def readers_of(workflow: Workflow, privacy: str) -> tuple[str, ...]:
    """Return who reads a class in every case; a reader under a condition counts as none."""
    return always(entries_of(workflow, privacy))


def knows_people(actor: Actor, facts: Facts) -> bool:
    """Tell whether a person may know who moved in a case, and read their free texts.

    Those who read class internal; while the case is sealed, those alone who read all of it:
    whoever reported a violence is not to be told by the header.
    """
    among = _person(actor, facts)
    if is_sealed(facts):
        return _of_sealed(facts, among) is True
    return among(entries_of(facts.workflow, "internal")) or views_class("internal", actor, facts)


def knows_person(person: str, actor: Actor, facts: Facts) -> bool:
    """Tell whether somebody may know that a person moved; everybody knows their own moves.

    A file that names no readers of class internal keeps nobody from knowing, but for a sealed case.
    Whom the case itself names, as a party, is not named to who may not read where it does.
    """
    if person in {CLOCK, LINK, actor.id}:
        return True
    is_open = "internal" not in facts.workflow.definition.readers and not is_sealed(facts)
    return (is_open or knows_people(actor, facts)) and not _is_hidden(person, actor, facts)


def _is_hidden(person: str, actor: Actor, facts: Facts) -> bool:
    """Tell whether the case names a person, for no post of theirs, where a reader may not read."""
    for role in facts.workflow.definition.roles.values():
        if role.in_case is None or role.level is not None:
            continue
        if person in people_at(role.in_case, facts):
            fields = base_fields(facts.workflow, [role.in_case])
            if not all(may_read(field, actor, facts) for field in fields):
                return True
    return False


def _has_just_opened(actor: Actor, facts: Facts) -> bool:
    """Tell whether somebody opened the case in person and nobody has acted since.

    Rungs and re-plans are no act of anybody. What was opened by a link is linked at once, which
    counts as an act: then nobody has opened it.
    """
    case = facts.case
    return actor.kind == "person" and actor.id == case.opened_by and case.acted == 1


def _is_read(field: str, facts: Facts, among: Among, *, named: bool = False) -> bool:
    part = facts.workflow.fields[field]
    whole = _of_sealed(facts, among)
    if whole is False:
        return False
    if is_shut(part, facts.case):
        return among(part.seal_to)
    return bool(whole) or named or among(entries_of(facts.workflow, str(part.privacy)))


def _of_sealed(facts: Facts, among: Among) -> bool | None:
    """Tell whether a reader reads all of a sealed case or nothing; None: as in any case."""
    sealed = facts.workflow.definition.sealed
    if sealed is None or not is_sealed(facts):
        return None
    if among(sealed.to):
        return True
    return None if among(sealed.partly) else False


def _person(actor: Actor, facts: Facts, *, of: str = "internal") -> Among:
    """Return the test whether a person is among readers of a class.

    A role counts where it may know the case. Whoever knows it as anyone reads what is public.
    """
    if actor.kind != "person":
        return lambda entries: bool(standing(named_now(entries, facts), actor, facts))
    known = set(known_to(facts))

    def among(entries: Entries) -> bool:
        words = named_now(entries, facts)
        if ANYONE in words:
            return _knows(actor, facts, known if of == "public" else known - {ANYONE})
        return bool(standing([word for word in words if word in known], actor, facts))

    return among


def _knows(actor: Actor, facts: Facts, words: set[str]) -> bool:
    """Tell whether somebody may know a case, and does so as one of these words."""
    is_all = ANYONE in words or ANYONE not in known_to(facts)
    return may_know(actor, facts) if is_all else bool(standing(sorted(words), actor, facts))


def _role(role: str, facts: Facts) -> Among:
    return lambda entries: _is_among(role, named_now(entries, facts))


def _is_among(role: str, words: Iterable[str]) -> bool:
    return not {role, ANYONE}.isdisjoint(words)


def readable_fields(actor: Actor, facts: Facts) -> list[str]:
    """Return the fields a person may see, in the file's order."""
    return [name for name in facts.workflow.fields if may_read(name, actor, facts)]


def may_read_fact(name: str, actor: Actor, facts: Facts) -> bool:
    """Tell whether a person may see a fact: all fields it is made from."""
    return all(may_read(field, actor, facts) for field in base_fields(facts.workflow, [name]))


def base_fields(workflow: Workflow, names: Iterable[str]) -> set[str]:
    """Return the fields that variables are made from, through facts and tables."""
    heads = {name.partition(".")[0] for name in rests_on(workflow, names)}
    return heads & workflow.fields.keys()


__all__ = [
    "ANYONE", "base_fields", "entries_of", "is_sealed", "is_shut", "knows_people", "knows_person",
    "may_read", "may_read_as", "may_read_fact", "readable_fields", "readers_of", "role_reads",
    "role_reads_always",
]  # fmt: skip
