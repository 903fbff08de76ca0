"""What may stand on a document: what its addressee and its reader may both read."""

from collections.abc import Iterable

from engine.compiling.names.documents import CHANGED
from engine.facts.facts import Facts
from engine.facts.reading import base_fields, is_sealed, is_shut, may_read
from engine.facts.roles import standing
from heyi.app.cases.views import NOBODY
from heyi.app.papers.issue import Issue

ANYONE = "anyone"


def audience(issue: Issue) -> tuple[str, ...]:
    """Return for whom a document is: its addressees, else the readers of its class.

    A word of ``to`` that is no role of the file means the public.
    """
    rule = issue.workflow.definition
    if issue.rule.to:
        return tuple(word if word in rule.roles else ANYONE for word in issue.rule.to)
    return _readers(issue)


def for_public(issue: Issue) -> bool:
    """Tell whether a document is for everybody, or this copy of it is."""
    return ANYONE in audience(issue) or issue.seen.actor == NOBODY


def _readers(issue: Issue) -> tuple[str, ...]:
    rule = issue.workflow.definition
    kind = str(issue.rule.privacy or rule.defaults.privacy)
    return rule.readers.get(kind, (ANYONE,) if kind == "public" else ())


def may_print(issue: Issue) -> bool:
    """Tell whether the reader may have the document at all.

    By its class (the file's default where it names none) or as one of its addressees; of a
    sealed case only those whom ``sealed.to`` names, or ``sealed.partly`` by the same rule.

    Source:
        language.md 1 ``readers``, ``sealed``.
    """
    seen, rule = issue.seen, issue.workflow.definition
    if rule.sealed and is_sealed(seen.facts):
        if standing(rule.sealed.to, seen.actor, seen.facts):
            return True
        if not standing(rule.sealed.partly, seen.actor, seen.facts):
            return False
    return bool(standing((*_readers(issue), *audience(issue)), seen.actor, seen.facts))


def may_stand(issue: Issue, path: str) -> bool:
    """Tell whether the value of a path may be printed.

    Every field it is made from must be readable for whoever prints it, as the case stands
    today, and for everyone it is addressed to, as the case stood when it was issued.
    """
    fields = base_fields(issue.workflow, [path.removeprefix(CHANGED)])
    reader, now = issue.seen.actor, issue.seen.facts
    return all(may_read(field, reader, now) for field in fields) and all(
        role_reads(role, field, issue.then) for role in audience(issue) for field in fields
    )


def may_address(issue: Issue, role: str, person: str) -> bool:
    """Tell whether an addressee's name may stand on the document.

    It is no secret from themselves, nor from those it is addressed to together with them: the
    other readers must be allowed to read the field that names them.

    Args:
        issue: the document.
        role: as one of which the person is addressed.
        person: the addressee.
    """
    path = issue.workflow.definition.roles[role].in_case or ""
    fields = base_fields(issue.workflow, [path])
    if is_sealed(issue.then) or any(
        is_shut(issue.workflow.fields[f], issue.then.case) for f in fields
    ):
        return may_stand(issue, path)
    reader, now = issue.seen.actor, issue.seen.facts
    others = [word for word in audience(issue) if word != role]
    return (reader.id == person or all(may_read(field, reader, now) for field in fields)) and all(
        role_reads(word, field, issue.then) for word in others for field in fields
    )


def role_reads(role: str, field: str, facts: Facts) -> bool:
    """Tell whether a role may read a field: by class, seal and sealing of the case.

    Whoever a field itself names reads it: it is their own name.

    Args:
        role: a role of the file, or ``anyone``.
        field: a field of the file.
        facts: of the case at the moment asked for.
    """
    rule, part = facts.workflow.definition, facts.workflow.fields[field]
    whole = False
    if rule.sealed and is_sealed(facts):
        whole = role in rule.sealed.to
        if not whole and role not in rule.sealed.partly:
            return False
    if is_shut(part, facts.case):
        return _among(role, part.seal_to)
    if whole:
        return True
    if role in rule.roles and rule.roles[role].in_case == field:
        return True
    kind = str(part.privacy)
    return _among(role, rule.readers.get(kind, (ANYONE,) if kind == "public" else ()))


def _among(role: str, readers: Iterable[str]) -> bool:
    return role in readers or ANYONE in readers
